"""The files of a snapshot: PDFs and data annexes. Written whole or not at all."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from courierqa.core.errors import DomainError
from kpi.enums import FileKind, Stage
from kpi.models import Publication, ReportFile, Snapshot
from kpi.reports import sealing
from kpi.snapshots.canonical import canonical
from kpi.snapshots.editions import edition_of

LANGUAGES = ("zh", "en")
CODES = {"zh": "zh-hans", "en": "en"}


class FileLost(DomainError):
    """The stored bytes of a signed file are gone; they cannot be made a second time."""

    code = "file_lost"
    status = 503


def render(snapshot: Snapshot, language: str, *, published: bool | None = None) -> bytes:
    """Print the snapshot; the same snapshot always gives the same bytes."""
    from kpi.reports.monthly_quality import make_pdf  # noqa: PLC0415 -- the PDF library is slow

    return make_pdf(snapshot.content, edition_of(snapshot, published=published), language=language)


def workbook(snapshot: Snapshot, language: str) -> bytes:
    """Return the data annex; the same snapshot always gives the same bytes."""
    from kpi.reports.annex import workbook_of  # noqa: PLC0415 -- likewise

    text = canonical(snapshot.content)
    edition = edition_of(snapshot, published=False)
    return workbook_of(snapshot.content, edition, text, language=CODES[language])


def annex_json(snapshot: Snapshot) -> bytes:
    """Return the canonical text the fingerprint was taken of."""
    return canonical(snapshot.content).encode()


def file_of(
    snapshot: Snapshot, language: str, *, now: datetime, kind: str = FileKind.PDF
) -> ReportFile:
    """Return a file in one language, making it when it is not there (yet, or any more)."""
    is_published = Publication.objects.filter(snapshot=snapshot).exists()
    stage = Stage.PUBLISHED if is_published else Stage.MADE
    named = {"snapshot": snapshot, "language": language, "kind": kind, "stage": stage}
    row = ReportFile.objects.filter(**named).first()
    if row is not None and default_storage.exists(str(row.file.name)):
        return row
    plain = _printed(snapshot, language, kind, published=is_published)
    if row is not None:
        return _brought_back(row, plain)
    signed = sealing.seal(plain, at=now) if kind == FileKind.PDF and is_published else None
    return _stored(named, plain, signed, now=now)


def _printed(snapshot: Snapshot, language: str, kind: str, *, published: bool) -> bytes:
    if kind == FileKind.PDF:
        return render(snapshot, language, published=published)
    return workbook(snapshot, language)


def _brought_back(row: ReportFile, plain: bytes) -> ReportFile:
    """Write a lost file again, if these are its bytes: a digital signature is made once."""
    if hashlib.sha256(plain).hexdigest() != row.sha256:
        raise FileLost(
            _("The stored file is missing and cannot be made again. Restore it from the backup")
        )
    write_whole(Path(default_storage.path(str(row.file.name))), plain)
    return row


def _stored(
    named: dict[str, Any], plain: bytes, signed: bytes | None, *, now: datetime
) -> ReportFile:
    """Write the bytes, then the row; of two makers at once the first row counts."""
    content = plain if signed is None else signed
    sha = hashlib.sha256(content).hexdigest()
    name = _name(named, sha)
    write_whole(Path(default_storage.path(name)), content)
    made, is_new = ReportFile.objects.get_or_create(
        **named,
        defaults={
            "file": name,
            "sha256": sha,
            "plain_sha256": "" if signed is None else hashlib.sha256(plain).hexdigest(),
            "size": len(content),
            "made_at": now,
        },
    )
    if not is_new and made.file.name != name:
        default_storage.delete(name)
    return made


def _name(named: dict[str, Any], sha: str) -> str:
    """Return the place of a file; two different contents never share one."""
    row: Snapshot = named["snapshot"]
    site = f"{re.sub(r'[^A-Za-z0-9-]', '_', row.site)}-" if row.site else ""
    return (
        f"reports/{row.period}/{site}{row.version}-{named['language']}-{sha[:12]}.{named['kind']}"
    )


def make_files(snapshot: Snapshot, *, now: datetime) -> list[ReportFile]:
    """Make the PDFs of a snapshot in every language."""
    return [file_of(snapshot, language, now=now) for language in LANGUAGES]


def make_published(snapshot: Snapshot, *, now: datetime) -> list[ReportFile]:
    """Make every file of a published snapshot, so that its fingerprints are known."""
    return [
        file_of(snapshot, language, now=now, kind=kind)
        for kind in FileKind.values
        for language in LANGUAGES
    ]


def write_whole(path: Path, content: bytes) -> None:
    """Write beside, flush to disk, rename: a reader sees the old file, the new one, or none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".making-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _flush_folder(path.parent)


def _flush_folder(folder: Path) -> None:
    """Make the rename itself survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
