"""What customers' ratings say."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Avg, Count, F, Q

from complaints.models import Answer


@dataclass(frozen=True)
class Mean:
    """A mean score with the number of answers behind it; no answers, no mean."""

    value: float | None
    n: int


def mean_score(*, on_time: bool | None = None) -> Mean:
    """Return the mean rating, of all answers or of deliveries that kept or broke their promise.

    On time means delivered no later than promised; a parcel that never arrived is in neither
    group, because its customer did not rate a delivery.
    """
    rows = Answer.objects.all()
    if on_time is not None:
        kept = Q(parcel__done_at__lte=F("parcel__promised_by"))
        late = Q(parcel__done_at__gt=F("parcel__promised_by"))
        rows = rows.filter(kept if on_time else late)
    found = rows.aggregate(value=Avg("score"), n=Count("pk"))
    return Mean(found["value"], found["n"])
