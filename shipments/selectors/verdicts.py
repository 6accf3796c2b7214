"""What became of a promise: kept, broken, or how much time is left (TIM-04, TIM-18)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from shipments import enums
from shipments.models import Parcel


@dataclass(frozen=True)
class PromiseResult:
    """`code` is kept, broken, running, overdue or none; `span` how early, late, or left."""

    code: str
    span: timedelta | None = None


def promise_result(parcel: Parcel, *, now: datetime) -> PromiseResult:
    """Return the promise beside the result. An ended parcel that was not delivered has none."""
    due = parcel.promised_by
    if due is None or parcel.accepted_at is None:
        return PromiseResult("none")
    if parcel.done_at is not None:
        late = parcel.done_at > due
        return PromiseResult("broken" if late else "kept", abs(parcel.done_at - due))
    if parcel.state in enums.ENDED and parcel.state != enums.State.LOST:
        return PromiseResult("none")
    return PromiseResult("overdue" if now > due else "running", abs(due - now))
