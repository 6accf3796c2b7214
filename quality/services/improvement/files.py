"""Files of benchmarks and tasks: cleaned and hashed like other evidence, opened with a log."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from complaints.services import clean_file, file_name
from courierqa.core import audit
from courierqa.core.errors import DomainError
from quality.models import Benchmark, KeptFile, TaskPart
from staff.models import User


def keep_file(
    *, content: bytes, name: str, by: User, at: datetime, part: TaskPart | None = None,
    benchmark: Benchmark | None = None,
) -> KeptFile:  # fmt: skip
    """Keep a picture or a PDF with a part or a benchmark; call inside a transaction."""
    kind, body = clean_file(content)
    made = KeptFile(
        part=part, benchmark=benchmark, kind=kind, name=file_name(name, kind),
        sha256=hashlib.sha256(body).hexdigest(), by=by, at=at,
    )  # fmt: skip
    made.file.save(f"{made.uid.hex}.{made.name.rpartition('.')[2]}", ContentFile(body), save=False)
    made.save()
    audit.record("file.store", part or benchmark, actor=by, at=at, fields=[kind])
    return made


def open_file(file: KeptFile, *, by: User, at: datetime) -> bytes:
    """Return the bytes as kept, after the log has who opened them; a changed file is refused."""
    audit.record("file.read", file.part or file.benchmark, actor=by, at=at,
                 reason=file.sha256[:16])  # fmt: skip
    with file.file.open("rb") as opened:
        body = bytes(opened.read())
    if hashlib.sha256(body).hexdigest() != file.sha256:
        wrong = _("This file was changed outside the program")
        raise DomainError(wrong, code="changed", status=409)
    return body
