"""How one record of the second book falls into a figure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Fallen:
    """One record judged: hit, miss or excluded once its moment has come; `amount` where summed."""

    metric: str
    record: Any
    place: tuple[int, int]
    moment: datetime
    fell: str = "hit"
    amount: int = 0


def said(good: Any) -> str:
    """Return how a record falls that is either right or wrong."""
    return "hit" if good else "miss"
