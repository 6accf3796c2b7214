"""Imports as rows: dry run and run share one path, on a page, in the worker or on the console."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import IO, Any

from django.core.files.storage import default_storage
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courierqa.core.errors import DomainError
from courierqa.core.imports import Choices, ImportReport, finish_run, guess, heads_of, start_run
from courierqa.core.imports.kinds import ImportKind, kinds, register, require_kind
from courierqa.core.models import ImportChoice, ImportRun
from shipments.imports import mappings
from shipments.imports.bundles import Bundle
from shipments.imports.carriers import TITLES, import_states
from shipments.imports.parcels import import_parcels
from shipments.imports.scans import COLUMNS, import_scans
from staff.models import local

# How long a checked file with secrets waits for the yes of its sender.
KEPT = timedelta(days=1)


def _parcel_mappings() -> Mapping[str, Any]:
    return {name: local(mappings.load(name), "title") for name in mappings.names()}


def _run_parcels(
    file: IO[bytes], *, filename: str, mapping: str, now: datetime, dry_run: bool, **more: Any
) -> ImportReport:
    main = mappings.load(mapping).file
    bundle = Bundle.of_upload(file, filename=filename, main=main)
    return import_parcels(bundle, mapping=mapping, now=now, dry_run=dry_run, **more)


def _run_scans(
    file: IO[bytes], *, filename: str, mapping: str, now: datetime, dry_run: bool, **more: Any
) -> ImportReport:
    bundle = Bundle.of_upload(file, filename=filename, main="scans.csv")
    return import_scans(bundle, now=now, dry_run=dry_run, **more)


def _run_states(
    file: IO[bytes], *, filename: str, mapping: str, now: datetime, dry_run: bool, **more: Any
) -> ImportReport:
    bundle = Bundle.of_upload(file, filename=filename, main="states.jsonl")
    return import_states(bundle, mapping=mapping, now=now, dry_run=dry_run, **more)


def register_kinds() -> None:
    """Offer parcels, scans and states of other carriers on the import pages."""
    register(
        ImportKind("states", _("States of other carriers"), lambda: TITLES, _run_states,
                   can_undo=True)
    )  # fmt: skip
    register(
        ImportKind(
            "parcels", _("Parcels"), _parcel_mappings, _run_parcels, takes_bundle=True,
            columns=lambda name: mappings.load(name).columns(), can_undo=True,
        )
    )  # fmt: skip
    register(
        ImportKind(
            "scans", _("Scans"), lambda: {"standard": _("Columns of the interface")}, _run_scans,
            columns=lambda _name: COLUMNS, can_undo=True,
        )
    )  # fmt: skip


def carry_out(run: ImportRun, *, now: datetime) -> ImportRun:
    """Read the run's file and write what became of its rows; a broken file is told, not raised.

    What is stored carries the moment the import was asked for: started again after a crash it
    is the same moment, and taking the import back finds exactly what it stored.
    """
    kind = kinds()[run.kind]
    run.problem_rows.all().delete()
    report, error = ImportReport(), ""
    stamp = run.started_at if kind.can_undo else now
    try:
        require_kind(run.kind, run.by)
        with run.file.open("rb") as file:
            report = kind.run(
                file, filename=run.file_name, mapping=run.mapping, now=stamp, dry_run=run.dry_run,
                **_extra(kind, run),
            )  # fmt: skip
    except DomainError as refusal:
        error = refusal.message
    except FileNotFoundError:
        error = str(_("The file is no longer kept. Send it again"))
    return finish_run(run, report, now=now, error=error[:500])


def forget_files(*, now: datetime) -> dict[str, int]:
    """Delete files with secrets of people once they are stored, and after a day in any case.

    Their runs stay on record with the fingerprint; refused rows are kept without the secrets.
    """
    secret = [code for code, kind in kinds().items() if kind.is_secret]
    stored = Q(dry_run=False, ended_at__isnull=False)
    runs = ImportRun.objects.filter(stored | Q(started_at__lt=now - KEPT), kind__in=secret)
    gone = 0
    for name in set(runs.exclude(file="").values_list("file", flat=True)):
        if default_storage.exists(name):
            default_storage.delete(name)
            gone += 1
    return {"files": gone}


def _extra(kind: ImportKind, run: ImportRun) -> dict[str, Any]:
    """Return what this kind takes beside its file."""
    extra: dict[str, Any] = {}
    if kind.can_undo or kind.columns is not None:
        extra["choices"] = choices_of(run)
    if kind.can_undo:
        extra |= {"progress": _progress(run), "run_id": run.pk}
    if kind.takes_actor:
        extra["by"] = run.by
    return extra


def guessed(kind: str, mapping: str, file: IO[bytes], *, filename: str) -> dict[str, str] | None:
    """Return our column → the file's column by its heads; None where nobody may choose."""
    columns = kinds()[kind].columns_of(mapping)
    if not columns or filename.lower().endswith(".zip"):
        return None
    try:
        heads, _samples = heads_of(file, filename=filename)
    except DomainError:
        # The run itself will say what is wrong with the file.
        return None
    finally:
        file.seek(0)
    return guess(columns, heads)


def console_run(
    kind: str, file: IO[bytes], filename: str, *, mapping: str, now: datetime, dry_run: bool
) -> ImportRun:
    """Begin a run from the console: its columns guessed, its file left where it is."""
    columns = guessed(kind, mapping, file, filename=filename)
    run = start_run(
        kind=kind, file=file, filename=filename, by=None, now=now, mapping=mapping,
        dry_run=dry_run,
    )  # fmt: skip
    run.columns = columns or {}
    run.save(update_fields=["columns", "updated_at"])
    return run


def choices_of(run: ImportRun) -> Choices:
    """Return what people decided about this file and about values of this kind."""
    kept = ImportChoice.objects.filter(kind=run.kind).values_list("value", "target")
    return Choices(run.columns, dict(kept))


def _progress(run: ImportRun) -> Any:
    """Write the count after each chunk, so that a page can show how far it is."""

    def note(report: ImportReport) -> None:
        ImportRun.objects.filter(pk=run.pk).update(rows=report.rows, counts=dict(report.counts))

    return note
