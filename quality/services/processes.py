"""Changing a process of the process system."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.errors import DomainError
from quality.models import Document, Process, ProcessMeasure
from staff.models import User

FIELDS = ("name", "name_en", "owner", "inputs", "inputs_en", "outputs", "outputs_en", "steps",
          "steps_en")  # fmt: skip


@transaction.atomic
def change_process(
    process: Process, *, said: dict[str, Any], documents: Iterable[Document],
    measures: Sequence[tuple[str, str]], by: User, at: datetime,
) -> Process:  # fmt: skip
    """Change what a process is; at least one figure shows how well it works (DOC-09)."""
    if not measures:
        text = _("Choose at least one figure")
        raise DomainError(text, code="no_measure", field="metric1", status=422)
    row = Process.objects.select_for_update(no_key=True, of=("self",)).get(pk=process.pk)
    for name in FIELDS:
        setattr(row, name, said[name])
    row.save(update_fields=[*FIELDS, "updated_at"])
    row.documents.set(documents)
    row.measures.all().delete()
    ProcessMeasure.objects.bulk_create(
        ProcessMeasure(process=row, metric=code, method=method) for code, method in measures
    )
    audit.record("process.change", row, actor=by, at=at, fields=list(FIELDS))
    return row
