"""Imports as rows: dry run and run share one path, on a page, in the worker or on the console."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import IO, Any

from django.utils.translation import gettext_lazy as _

from courierqa.core.errors import DomainError
from courierqa.core.imports import ImportReport, finish_run
from courierqa.core.imports.kinds import ImportKind, kinds, register
from courierqa.core.models import ImportRun
from shipments.imports import mappings
from shipments.imports.bundles import Bundle
from shipments.imports.parcels import import_parcels
from shipments.imports.scans import import_scans
from staff.models import local


def _parcel_mappings() -> Mapping[str, Any]:
    return {name: local(mappings.load(name), "title") for name in mappings.names()}


def _run_parcels(
    file: IO[bytes], *, filename: str, mapping: str, now: datetime, dry_run: bool,
    progress: Any = None,
) -> ImportReport:  # fmt: skip
    main = mappings.load(mapping).file
    bundle = Bundle.of_upload(file, filename=filename, main=main)
    return import_parcels(bundle, mapping=mapping, now=now, dry_run=dry_run, progress=progress)


def _run_scans(
    file: IO[bytes], *, filename: str, mapping: str, now: datetime, dry_run: bool,
    progress: Any = None,
) -> ImportReport:  # fmt: skip
    bundle = Bundle.of_upload(file, filename=filename, main="scans.csv")
    return import_scans(bundle, now=now, dry_run=dry_run, progress=progress)


def register_kinds() -> None:
    """Offer parcels and scans on the import pages."""
    register(ImportKind("parcels", _("Parcels"), _parcel_mappings, _run_parcels, takes_bundle=True))
    register(
        ImportKind(
            "scans", _("Scans"), lambda: {"standard": _("Columns of the interface")}, _run_scans
        )
    )


def carry_out(run: ImportRun, *, now: datetime) -> ImportRun:
    """Read the run's file and write what became of its rows; a broken file is told, not raised."""
    kind = kinds()[run.kind]
    run.problem_rows.all().delete()
    extra = {"progress": _progress(run)} if kind.code in ("parcels", "scans") else {}
    report, error = ImportReport(), ""
    try:
        with run.file.open("rb") as file:
            report = kind.run(
                file, filename=run.file_name, mapping=run.mapping, now=now, dry_run=run.dry_run,
                **extra,
            )  # fmt: skip
    except DomainError as refusal:
        error = refusal.message
    return finish_run(run, report, now=now, error=error[:500])


def _progress(run: ImportRun) -> Any:
    """Write the count after each chunk, so that a page can show how far it is."""

    def note(report: ImportReport) -> None:
        ImportRun.objects.filter(pk=run.pk).update(rows=report.rows, counts=dict(report.counts))

    return note
