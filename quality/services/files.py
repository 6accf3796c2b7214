"""Evidence: cleaned and hashed like the evidence of a complaint, opened only with a log entry."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from complaints.services import clean_file, file_name
from courierqa.core import audit
from courierqa.core.errors import DomainError
from quality.models import Action, Nonconformity, QualityFile
from staff.models import User

MAX_FILES = 30


@transaction.atomic
def add_file(
    row: Nonconformity, *, content: bytes, name: str, by: User, at: datetime,
    action: Action | None = None,
) -> QualityFile:  # fmt: skip
    """Keep a picture or a PDF; the same content twice is one file."""
    kind, body = clean_file(content)
    sent = hashlib.sha256(content).hexdigest()
    rows = QualityFile.objects.filter(nonconformity=row)
    if known := rows.filter(received_sha256=sent).first():
        return _of_action(known, action)
    if rows.count() >= MAX_FILES:
        wrong = _("There are %(n)s files already")
        raise DomainError(wrong % {"n": MAX_FILES}, code="too_many", field="file")
    made = QualityFile(
        nonconformity=row, action=action, kind=kind, name=file_name(name, kind), size=len(body),
        sha256=hashlib.sha256(body).hexdigest(), received_sha256=sent, added_by=by, added_at=at,
    )  # fmt: skip
    made.file.save(f"{made.uid.hex}.{made.name.rpartition('.')[2]}", ContentFile(body), save=False)
    made.save()
    audit.record("file.store", row, actor=by, at=at, fields=[kind], reason=made.sha256[:16])
    return made


def _of_action(known: QualityFile, action: Action | None) -> QualityFile:
    """A file kept for the whole may prove one deed; a file that proves one deed stays with it."""
    if known.action_id is None and action is not None:
        known.action = action
        known.save(update_fields=["action", "updated_at"])
    elif action is not None and known.action_id != action.pk:
        text = _("This file already shows another measure")
        raise DomainError(text, code="used", field="file")
    return known


def open_file(file: QualityFile, *, by: User, at: datetime) -> bytes:
    """Return the bytes as kept, after the log has who opened them; a changed file is refused."""
    audit.record("file.read", file.nonconformity, actor=by, at=at, reason=file.sha256[:16])
    return stored(file)


def stored(file: QualityFile) -> bytes:
    """Return the bytes of a file, or refuse one that was changed outside the program."""
    with file.file.open("rb") as opened:
        body = bytes(opened.read())
    if hashlib.sha256(body).hexdigest() != file.sha256:
        wrong = _("This file was changed outside the program")
        raise DomainError(wrong, code="changed", status=409)
    return body
