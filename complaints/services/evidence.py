"""Evidence files: known by their content, cleaned, hashed, and never shown inside a page.

A picture is decoded and written anew without metadata. A PDF stays as it is, but only when it
reads as a plain document: no scripts, no attachments, no password, nothing before or behind it.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from complaints.models import Case, EvidenceFile, Statement
from complaints.services.moves import hold
from complaints.words import BadText, clean_line
from complaints.work_enums import FileKind
from courierqa.core import audit
from courierqa.core.errors import DomainError
from shipments.services.proving import MAX_BYTES, clean_image
from staff.models import User

MAX_FILES = 20
# What a document must not carry: code, files, or actions when it opens.
_ACTIVE = re.compile(
    rb"/(?:JavaScript|JS|Launch|EmbeddedFile|EmbeddedFiles|RichMedia|OpenAction|AA|XFA|Encrypt"
    rb"|SubmitForm|ImportData|GoToR|GoToE)\b"
)
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_EICAR = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"
_RESERVED = re.compile(r"^(?:con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)


class BadFile(DomainError):
    """The file is no usable evidence."""

    code = "bad_file"
    status = 400


@dataclass(frozen=True)
class CleanFile:
    """What is kept of a file: its kind, its bytes, a harmless name, the hash of what was sent."""

    kind: FileKind
    body: bytes
    name: str
    sent_sha256: str


@transaction.atomic
def add_file(
    *,
    case: Case,
    content: bytes,
    name: str,
    by: User,
    at: datetime,
    statement: Statement | None = None,
) -> EvidenceFile:
    """Keep a picture or PDF with the case; the same content twice is one file."""
    kind, body = clean_file(content)
    sent = hashlib.sha256(content).hexdigest()
    clean = CleanFile(kind, body, file_name(name, kind), sent)
    return keep_file(case=case, clean=clean, by=by, at=at, statement=statement)


def keep_file(
    *,
    case: Case,
    clean: CleanFile,
    by: User | None,
    at: datetime,
    statement: Statement | None = None,
) -> EvidenceFile:
    """Write down a file that was cleaned; call inside a transaction. Nobody is the customer."""
    hold(case)
    rows = EvidenceFile.objects.filter(case=case, removed_at=None)
    if known := rows.filter(received_sha256=clean.sent_sha256).first():
        return known
    if rows.count() >= MAX_FILES:
        wrong = _("A case holds %(n)s files. Remove one first")
        raise BadFile(wrong % {"n": MAX_FILES}, code="too_many", field="file")
    row = EvidenceFile(
        case=case, statement=statement, kind=clean.kind, name=clean.name, size=len(clean.body),
        sha256=hashlib.sha256(clean.body).hexdigest(), received_sha256=clean.sent_sha256,
        added_by=by, added_at=at,
    )  # fmt: skip
    name = f"{row.uid.hex}.{_suffix(clean.kind)}"
    row.file.save(name, ContentFile(clean.body), save=False)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        row.file.storage.delete(str(row.file.name))
        return rows.get(received_sha256=clean.sent_sha256)
    audit.record("file.store", case, actor=by, at=at, fields=[row.kind], reason=row.sha256[:16])
    return row


@transaction.atomic
def remove_file(*, file: EvidenceFile, why: str, by: User, at: datetime) -> EvidenceFile:
    """Take a file out of the case: it is not shown any more; who removed it and why stays."""
    row = EvidenceFile.objects.select_for_update(no_key=True).get(pk=file.pk)
    reason = clean_line(why, field="why", limit=200)
    if not reason:
        raise BadText(_("Say why"), code="required", field="why")
    if row.removed_at is None:
        row.removed_at, row.removed_by, row.removed_why = at, by, reason
        row.save(update_fields=["removed_at", "removed_by", "removed_why", "updated_at"])
        audit.record("file.remove", row.case, actor=by, at=at, reason=reason)
    return row


def open_file(*, file: EvidenceFile, by: User, at: datetime) -> bytes:
    """Return the bytes as kept, after the log has who opened them; a changed file is refused."""
    audit.record("file.read", file.case, actor=by, at=at, reason=file.sha256[:16])
    with file.file.open("rb") as stored:
        body = stored.read()
    if hashlib.sha256(body).hexdigest() != file.sha256:
        wrong = _("This file was changed outside the program")
        raise DomainError(wrong, code="changed", status=409)
    return bytes(body)


def clean_file(content: bytes) -> tuple[FileKind, bytes]:
    """Return what the content is and the bytes to keep, or refuse it."""
    if not content:
        raise BadFile(_("The file is empty"), code="empty", field="file")
    if len(content) > MAX_BYTES:
        text = _("The file is larger than 10 MB")
        raise BadFile(text, code="too_large", field="file", status=413)
    if _EICAR in content:
        text = _("This file looks like malware and was not kept")
        raise BadFile(text, code="malware", field="file", status=415)
    if content.startswith(b"%PDF-"):
        return FileKind.PDF, _clean_pdf(content)
    if b"%PDF-" in content[:1024]:
        raise _not_evidence()
    try:
        return FileKind.IMAGE, clean_image(content)
    except DomainError as error:
        raise BadFile(error.message, code=error.code, field="file", status=error.status) from error


def _clean_pdf(content: bytes) -> bytes:
    end = content.rfind(b"%%EOF")
    # Nothing but line ends may follow: a second file hidden behind the first is refused.
    if end < 0 or content[end + 5 :].strip(b"\r\n \t\x00"):
        raise _not_evidence()
    plain = _ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), content)
    if _ACTIVE.search(plain):
        text = _("This PDF carries code, files or a password. Print it to a plain PDF first")
        raise BadFile(text, code="active_pdf", field="file", status=415)
    return content


def _not_evidence() -> BadFile:
    text = _("Send a JPEG, PNG or WebP picture, or a PDF")
    return BadFile(text, code="not_evidence", field="file", status=415)


def file_name(name: str, kind: str) -> str:
    """Return a harmless name to save under, with the ending of what the file really is."""
    last = re.split(r"[\\/]", name)[-1]
    stem = re.sub(r"[^\w\- .()（）]", "_", last.rsplit(".", 1)[0]).strip(" ._")[:80]
    if not stem or _RESERVED.match(stem):
        stem = "file"
    return f"{stem}.{_suffix(kind)}"


def _suffix(kind: str) -> str:
    return "pdf" if kind == FileKind.PDF else "jpg"
