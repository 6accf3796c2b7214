"""The files of a snapshot: two PDFs, the data annex. Written whole or not at all."""

from __future__ import annotations

import hashlib
import os
import tempfile
from datetime import datetime
from pathlib import Path

from django.core.files.storage import default_storage

from kpi.models import ReportFile, Snapshot
from kpi.snapshots.canonical import canonical
from kpi.snapshots.keeping import edition_of

LANGUAGES = ("zh", "en")


def render(snapshot: Snapshot, language: str) -> bytes:
    """Print the snapshot; the same snapshot always gives the same bytes."""
    from kpi.reports.monthly_quality import make_pdf  # noqa: PLC0415 -- the PDF library is slow

    return make_pdf(snapshot.content, edition_of(snapshot), language=language)


def annex_json(snapshot: Snapshot) -> bytes:
    """Return the canonical text the fingerprint was taken of."""
    return canonical(snapshot.content).encode()


def file_of(snapshot: Snapshot, language: str, *, now: datetime) -> ReportFile:
    """Return the PDF in one language, making it when it is not there (yet, or any more)."""
    row = ReportFile.objects.filter(snapshot=snapshot, language=language).first()
    if row is not None and default_storage.exists(str(row.file.name)):
        return row
    content = render(snapshot, language)
    name = f"reports/{snapshot.period}/{snapshot.version}-{language}.pdf"
    write_whole(Path(default_storage.path(name)), content)
    if row is not None:
        return row
    made, _new = ReportFile.objects.get_or_create(
        snapshot=snapshot,
        language=language,
        defaults={
            "file": name,
            "sha256": hashlib.sha256(content).hexdigest(),
            "size": len(content),
            "made_at": now,
        },
    )
    return made


def make_files(snapshot: Snapshot, *, now: datetime) -> list[ReportFile]:
    """Make the PDFs of a snapshot in every language."""
    return [file_of(snapshot, language, now=now) for language in LANGUAGES]


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
