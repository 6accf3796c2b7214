"""Which verb leads a version from where to where; every service of documents moves through here."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from courierqa.core import history
from courierqa.core.errors import DomainError
from courierqa.core.models import StatusChange
from quality.document_enums import COMING
from quality.document_enums import VersionStatus as V
from quality.models import Document, DocumentVersion
from staff.models import User

MACHINE = history.Machine(
    "document",
    {
        V.DRAFT: {"submit": V.REVIEW, "discard": V.WITHDRAWN},
        V.REVIEW: {"approve": V.APPROVED, "reject": V.DRAFT},
        V.APPROVED: {"enforce": V.EFFECTIVE, "discard": V.WITHDRAWN},
        V.EFFECTIVE: {"supersede": V.REPLACED, "withdraw": V.REPLACED},
        V.REPLACED: {},
        V.WITHDRAWN: {},
    },
)


def move(
    row: DocumentVersion, verb: str, *, by: User | None, at: datetime, reason: str = "",
    **changes: Any,
) -> StatusChange:  # fmt: skip
    """Move one version."""
    return history.transition(
        row, verb, machine=MACHINE, actor=by, at=at, reason=reason, changes=changes
    )


def hold(document: Document) -> Document:
    """Return the document locked: versions of one document change one at a time."""
    return Document.objects.select_for_update(no_key=True).get(pk=document.pk)


def coming_of(document: Document) -> DocumentVersion:
    """Return the version somebody works on, locked; refuses where there is none."""
    rows = DocumentVersion.objects.select_for_update(no_key=True).filter(document=document)
    row = rows.filter(status__in=COMING).first()
    if row is None:
        raise DomainError(_("No new version is being written"), code="no_draft")
    return row


def in_force(document: Document) -> DocumentVersion | None:
    """Return the version that holds now."""
    return DocumentVersion.objects.filter(document=document, status=V.EFFECTIVE).first()
