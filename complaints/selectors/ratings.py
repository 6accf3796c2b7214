"""What customers' ratings say."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Avg, Count, F, Q, QuerySet, Sum

from complaints.models import Answer

# On time means delivered no later than promised; a parcel that never arrived is in neither group,
# because its customer did not rate a delivery.
KEPT = Q(parcel__done_at__lte=F("parcel__promised_by"))
LATE = Q(parcel__done_at__gt=F("parcel__promised_by"))


@dataclass(frozen=True)
class Mean:
    """A mean score with the number of answers behind it; no answers, no mean."""

    value: float | None
    n: int


@dataclass(frozen=True)
class Scores:
    """How many answers, and their scores added up: a mean nobody has rounded yet."""

    n: int
    total: int

    @property
    def mean(self) -> float | None:
        """Return the mean score, or nothing without answers."""
        return self.total / self.n if self.n else None


@dataclass(frozen=True)
class Compared:
    """The answers of a time, and those about deliveries that kept or broke their promise."""

    every: Scores
    on_time: Scores
    late: Scores

    @property
    def unplaced(self) -> int:
        """Return how many answers are about no delivery we know the promise of."""
        return self.every.n - self.on_time.n - self.late.n


def mean_score(*, on_time: bool | None = None) -> Mean:
    """Return the mean rating, of all answers or of deliveries that kept or broke their promise."""
    rows = Answer.objects.all()
    if on_time is not None:
        rows = rows.filter(KEPT if on_time else LATE)
    found = rows.aggregate(value=Avg("score"), n=Count("pk"))
    return Mean(found["value"], found["n"])


def compared(
    start: datetime,
    end: datetime,
    *,
    sites: Collection[int] | None = None,
    product: int | None = None,
) -> Compared:
    """Return the ratings answered in a time, for some sites' deliveries or for all."""
    rows = Answer.objects.filter(answered_at__gte=start, answered_at__lt=end)
    if sites is not None:
        rows = rows.filter(parcel__facts__site_id__in=sites)
    if product is not None:
        rows = rows.filter(parcel__product_id=product)
    return _summed(rows)


def _summed(rows: QuerySet[Answer]) -> Compared:
    groups = {"every": Q(), "kept": KEPT, "late": LATE}
    wanted = {f"{name}_n": Count("pk", filter=group) for name, group in groups.items()}
    wanted |= {f"{name}_sum": Sum("score", filter=group) for name, group in groups.items()}
    found = rows.aggregate(**wanted)
    every, kept, late = (Scores(found[f"{name}_n"], found[f"{name}_sum"] or 0) for name in groups)
    return Compared(every, kept, late)
