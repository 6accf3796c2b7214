"""Side effects of the improvement loop, carried out by the worker from rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from courierqa.core import outbox
from quality.services.things import telling


@outbox.effect("quality.climb")
def climb(payload: dict[str, Any], *, now: datetime) -> None:
    """Tell the next level of an incident nobody took in hand."""
    telling.climb(payload["incident_id"], payload["step"], at=now)
