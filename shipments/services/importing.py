"""Imports asked for on a page: checked at once when small, stored by the worker."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import IO, Any

from django.core.files.base import File
from django.db import transaction

from courierqa.core import audit, outbox
from courierqa.core.imports import start_run
from courierqa.core.imports.kinds import require_kind
from courierqa.core.models import ImportChoice, ImportRun

# A smaller file is checked while its sender waits.
AT_ONCE_BYTES = 8 * 1024 * 1024
# The worker looks after such a check only when the page that began it must have died.
PATIENCE = timedelta(minutes=10)


def is_at_once(run: ImportRun) -> bool:
    """Say whether the page that asked checks the file itself."""
    return run.file.size <= AT_ONCE_BYTES


def _ask_check(run: ImportRun, now: datetime) -> None:
    """Have the file checked by one of the two: the page itself, or the worker."""
    later = now + PATIENCE if is_at_once(run) else None
    outbox.emit("shipments.import", f"import:{run.pk}", {"run_id": run.pk}, run_after=later)


@transaction.atomic
def ask_dry_run(
    *, kind: str, mapping: str, file: IO[bytes], filename: str, by: Any, now: datetime,
    columns: dict[str, str] | None = None,
) -> ImportRun:  # fmt: skip
    """Keep the file and have it checked; nothing of it is stored yet."""
    require_kind(kind, by)
    run = start_run(kind=kind, file=file, filename=filename, by=by, now=now, mapping=mapping)
    file.seek(0)
    run.columns = columns or {}
    run.file.save(f"{run.pk}-{run.sha256[:12]}", File(file), save=True)
    _ask_check(run, now)
    return run


@transaction.atomic
def check_again(
    run: ImportRun, *, by: Any, now: datetime, columns: dict[str, str] | None = None
) -> ImportRun:
    """Have the same file checked once more, because a column or a value now means another."""
    require_kind(run.kind, by)
    again = ImportRun.objects.create(
        kind=run.kind, mapping=run.mapping, file_name=run.file_name, file=run.file.name,
        sha256=run.sha256, dry_run=True, by=audit.person(by), started_at=now,
        columns=run.columns if columns is None else columns,
    )  # fmt: skip
    audit.record("import.start", again, actor=by, at=now)
    _ask_check(again, now)
    return again


@transaction.atomic
def keep_choice(
    *, kind: str, value: str, target: str, by: Any, at: datetime, field: str = "site"
) -> ImportChoice:
    """Remember for this kind of import that a value of files means one of ours."""
    require_kind(kind, by)
    row, _made = ImportChoice.objects.update_or_create(
        kind=kind, field=field, value=value, defaults={"target": target, "by": audit.person(by)}
    )
    audit.record("import.choice", row, actor=by, at=at, fields=["target"])
    return row


@transaction.atomic
def ask_undo(run: ImportRun, *, by: Any, now: datetime) -> None:
    """Have a stored import taken back; asked twice it is done once."""
    require_kind(run.kind, by)
    mine = ImportRun.objects.filter(pk=run.pk, undo_asked_at=None)
    if mine.update(undo_asked_at=now, undone_by=audit.person(by)):
        outbox.emit("shipments.import_undo", f"import-undo:{run.pk}", {"run_id": run.pk})


@transaction.atomic
def ask_import(dry: ImportRun, *, by: Any, now: datetime) -> ImportRun:
    """Have the checked file stored, as a run of its own; asked twice it is one run."""
    require_kind(dry.kind, by)
    ImportRun.objects.select_for_update(no_key=True).get(pk=dry.pk)
    known = ImportRun.objects.filter(file=dry.file.name, dry_run=False, undo_asked_at=None)
    if (same := known.filter(columns=dry.columns).first()) is not None:
        return same
    run = ImportRun.objects.create(
        kind=dry.kind, mapping=dry.mapping, file_name=dry.file_name, file=dry.file.name,
        sha256=dry.sha256, dry_run=False, by=audit.person(by), started_at=now,
        columns=dry.columns,
    )  # fmt: skip
    audit.record("import.start", run, actor=by, at=now)
    outbox.emit("shipments.import", f"import:{run.pk}", {"run_id": run.pk})
    return run
