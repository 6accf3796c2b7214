"""Photos of points and evidence of fixes: cleaned, hashed, opened only with a log entry."""

from __future__ import annotations

import hashlib
import uuid
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from complaints.services import clean_file, file_name
from courierqa.core import audit
from courierqa.core.errors import DomainError
from quality.models import ExternalEvaluation, InspectionFile, InspectionLine
from staff.models import User

MAX_FILES = 10


def add_photo(
    graded: InspectionLine, *, kind: str, content: bytes, name: str, by: User, at: datetime,
    uid: uuid.UUID | None = None,
) -> InspectionFile:  # fmt: skip
    """Keep a picture or PDF of a point; the same `uid` twice is one file."""
    uid = uid or uuid.uuid4()
    if known := InspectionFile.objects.filter(uid=uid).first():
        return _same(known, graded)
    if graded.files.count() >= MAX_FILES:
        wrong = _("There are %(n)s files already") % {"n": MAX_FILES}
        raise DomainError(wrong, code="too_many", field="file")
    file_kind, body = clean_file(content)
    made = InspectionFile(
        uid=uid, graded=graded, kind=kind, name=file_name(name, file_kind), size=len(body),
        sha256=hashlib.sha256(body).hexdigest(),
        received_sha256=hashlib.sha256(content).hexdigest(), by=by, at=at,
    )  # fmt: skip
    try:
        with transaction.atomic():
            made.file.save(_stored_name(uid, made.name), ContentFile(body), save=False)
            made.save()
            audit.record(
                "file.store", graded.inspection, actor=by, at=at, fields=[kind],
                reason=made.sha256[:16],
            )  # fmt: skip
    except IntegrityError:
        made.file.storage.delete(made.file.name or "")
        return _same(InspectionFile.objects.get(uid=uid), graded)
    return made


def _stored_name(uid: uuid.UUID, name: str) -> str:
    return f"{uid.hex}.{name.rpartition('.')[2]}"


def _same(known: InspectionFile, graded: InspectionLine) -> InspectionFile:
    if known.graded_id != graded.pk:
        text = _("This id was used before for other evidence; the first one is kept")
        raise DomainError(text, code="other_content", field="id")
    return known


def open_inspection_file(file: InspectionFile, *, by: User, at: datetime) -> bytes:
    """Return the bytes as kept, logged first; a file changed outside is refused."""
    audit.record("file.read", file.graded.inspection, actor=by, at=at, reason=file.sha256[:16])
    return _stored(file)


def open_report(row: ExternalEvaluation, *, by: User, at: datetime) -> bytes:
    """Return the report of an outside body, logged first."""
    audit.record("file.read", row, actor=by, at=at, reason=row.sha256[:16])
    return _stored(row)


def _stored(row: Any) -> bytes:
    with row.file.open("rb") as opened:
        body = bytes(opened.read())
    if hashlib.sha256(body).hexdigest() != row.sha256:
        wrong = _("This file was changed outside the program")
        raise DomainError(wrong, code="changed", status=409)
    return body
