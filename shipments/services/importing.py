"""Imports asked for on a page: checked at once when small, stored by the worker."""

from __future__ import annotations

from datetime import datetime
from typing import IO, Any

from django.core.files.base import File
from django.db import transaction

from courierqa.core import audit, outbox
from courierqa.core.imports import start_run
from courierqa.core.models import ImportRun


@transaction.atomic
def ask_dry_run(
    *, kind: str, mapping: str, file: IO[bytes], filename: str, by: Any, now: datetime
) -> ImportRun:
    """Keep the file and have it checked; nothing of it is stored yet."""
    run = start_run(kind=kind, file=file, filename=filename, by=by, now=now, mapping=mapping)
    file.seek(0)
    run.file.save(f"{run.pk}-{run.sha256[:12]}", File(file), save=True)
    outbox.emit("shipments.import", f"import:{run.pk}", {"run_id": run.pk})
    return run


@transaction.atomic
def ask_import(dry: ImportRun, *, by: Any, now: datetime) -> ImportRun:
    """Have the checked file stored, as a run of its own; asked twice it is one run."""
    ImportRun.objects.select_for_update(no_key=True).get(pk=dry.pk)
    known = ImportRun.objects.filter(file=dry.file.name, dry_run=False).first()
    if known is not None:
        return known
    run = ImportRun.objects.create(
        kind=dry.kind, mapping=dry.mapping, file_name=dry.file_name, file=dry.file.name,
        sha256=dry.sha256, dry_run=False, by=audit.person(by), started_at=now,
    )  # fmt: skip
    audit.record("import.start", run, actor=by, at=now)
    outbox.emit("shipments.import", f"import:{run.pk}", {"run_id": run.pk})
    return run
