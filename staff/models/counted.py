"""What figures know of people's records: flat rows kept beside them."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from courierqa.core.counted import CountedRow
from courierqa.core.evenings import EveningSpan


class PeopleRow(CountedRow):
    """Sessions, courses, effect checks and grades as H01, H02, H03 and H05 count them."""


class PostSpan(EveningSpan):
    """A run of evenings on which a person was active on a post that asks for something (H04)."""

    class Meta:
        constraints = [
            UniqueConstraint(fields=["kind", "record_id", "day"], name="staff_span_once"),
            CheckConstraint(
                name="staff_span_in_order", condition=Q(last_day=None) | Q(last_day__gte=F("day"))
            ),
        ]
        indexes = [models.Index(fields=["day", "last_day"], name="staff_span_days")]
