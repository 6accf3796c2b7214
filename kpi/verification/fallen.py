"""How one record of the second book falls into a figure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from courierqa.core.timeframes import Period


@dataclass(frozen=True)
class Fallen:
    """One record judged: hit, miss or excluded once its moment has come; `amount` where summed."""

    metric: str
    record: Any
    place: tuple[int, int]
    moment: datetime
    fell: str = "hit"
    amount: int = 0


def within(period: Period, *columns: str) -> Q:
    """Return the filter for rows with one of these moments in the period."""
    query = Q()
    for name in columns:
        query |= Q(**{f"{name}__gte": period.start_at, f"{name}__lt": period.end_at})
    return query


def said(good: Any) -> str:
    """Return how a record falls that is either right or wrong."""
    return "hit" if good else "miss"
