"""Files of tasks, benchmarks, duties and certificates: cleaned, hashed, opened with a log."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from complaints.services import clean_file, file_name
from courierqa.core import audit
from courierqa.core.errors import DomainError
from quality.models import KeptFile
from staff.models import User


def keep_file(*, content: bytes, name: str, by: User, at: datetime, **owner: Any) -> KeptFile:
    """Keep a picture or a PDF; call inside a transaction.

    `owner` is one of `part`, `benchmark`, `check_of_duty` and `certification`. The same content
    twice with one record is one file.
    """
    kind, body = clean_file(content)
    sha256 = hashlib.sha256(body).hexdigest()
    if known := KeptFile.objects.filter(**owner, sha256=sha256).first():
        return known
    made = KeptFile(**owner, kind=kind, name=file_name(name, kind), sha256=sha256, by=by, at=at)
    made.file.save(f"{made.uid.hex}.{made.name.rpartition('.')[2]}", ContentFile(body), save=False)
    made.save()
    audit.record("file.store", made.owner, actor=by, at=at, fields=[kind])
    return made


def open_file(file: KeptFile, *, by: User, at: datetime) -> bytes:
    """Return the bytes as kept, after the log has who opened them; a changed file is refused."""
    audit.record("file.read", file.owner, actor=by, at=at,
                 reason=file.sha256[:16])  # fmt: skip
    with file.file.open("rb") as opened:
        body = bytes(opened.read())
    if hashlib.sha256(body).hexdigest() != file.sha256:
        wrong = _("This file was changed outside the program")
        raise DomainError(wrong, code="changed", status=409)
    return body
