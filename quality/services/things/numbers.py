"""Numbers people use: a prefix, the business day, the row's own number."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from courierqa.core.calendars import business_day


def temporary() -> str:
    """Return a number for the moment between the row and its own number."""
    return f"new-{uuid4().hex[:15]}"


def give_number(row: Any, prefix: str, at: datetime) -> None:
    """Give a row that was just made its number."""
    row.number = f"{prefix}{business_day(at):%y%m%d}{row.pk:05d}"
    row.save(update_fields=["number"])
