"""StepFacts: the steps of parcels kept equal to their stories, set-wise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from courierqa.core import changed
from shipments.models import StepFacts
from shipments.services import bulk
from shipments.steps import STRIDE, StepRow

STEPS = "steps"


def follow(parcel_ids: Sequence[int], fresh: Sequence[StepRow], *, at: datetime) -> int:
    """Make the stored steps of these parcels equal to `fresh`; return how many moved.

    The caller holds the parcels locked.
    """
    held = {row.id: row for row in _held(parcel_ids)}
    wanted = {row.id: row for row in fresh}
    altered = [row for key, row in wanted.items() if held.get(key) != row]
    gone = [row for key, row in held.items() if key not in wanted]
    if not altered and not gone:
        return 0
    if gone:
        StepFacts.objects.filter(pk__in=[row.id for row in gone]).delete()
    bulk.insert_values(StepFacts, altered, replace=StepRow._fields[1:])
    before = [held[row.id] for row in altered if row.id in held]
    pairs = {(row.day, row.site_id) for row in (*altered, *gone, *before)}
    changed.mark(STEPS, pairs, at=at)
    return len(altered) + len(gone)


def _held(parcel_ids: Sequence[int]) -> list[StepRow]:
    spans = [(pk * STRIDE, (pk + 1) * STRIDE) for pk in parcel_ids]
    return [StepRow._make(row) for row in bulk.rows_of_spans(StepFacts, StepRow._fields, spans)]
