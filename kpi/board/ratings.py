"""Customers' ratings as a page shows them: on time against late, each with its n."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from complaints.selectors import Compared, Scores
from courierqa.core import formats
from kpi.selectors import FEW


def shown(found: Compared) -> dict[str, Any] | None:
    """Return the rows of the panel; nothing when nobody answered."""
    if not found.every.n:
        return None
    named = (
        (_("All answers"), found.every),
        (_("Delivered on time"), found.on_time),
        (_("Delivered late"), found.late),
    )
    return {"rows": [_row(name, scores) for name, scores in named], "unplaced": found.unplaced}


def _row(name: str, scores: Scores) -> dict[str, Any]:
    """A mean of few answers is withheld like any other figure (B21)."""
    return {
        "name": name,
        "n": scores.n,
        "is_few": 0 < scores.n < FEW,
        "mean": formats.number(scores.mean, 2),
    }
