"""How long customers wait until a scan is on display: pages read live, so receipt is display."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from shipments.enums import Source
from shipments.models import ScanEvent
from shipments.selectors.customer_words import SHOWN

SAMPLE = 2000
LIMIT = timedelta(minutes=30)


@dataclass(frozen=True)
class DisplayDelay:
    """The newest customer-visible scans: how many, how many in time, the median wait."""

    n: int
    in_time: int
    median: timedelta
    newest: datetime | None

    @property
    def share(self) -> float | None:
        return self.in_time / self.n if self.n else None


def display_delay() -> DisplayDelay:
    """Measure the newest scans (PUB-06). Bounded, so it costs the same at any size of history."""
    rows = ScanEvent.objects.filter(parcel_id__isnull=False).order_by("-pk")
    newest = rows.values_list("code", "source", "happened_at", "recorded_at")[:SAMPLE]
    # An imported history was on display elsewhere before it came here.
    waits = [
        (max(seen - at, timedelta()), seen)
        for code, source, at, seen in newest
        if code in SHOWN and source != Source.IMPORT
    ]
    if not waits:
        return DisplayDelay(0, 0, timedelta(), None)
    seconds = median(wait.total_seconds() for wait, _seen in waits)
    in_time = sum(1 for wait, _seen in waits if wait <= LIMIT)
    return DisplayDelay(len(waits), in_time, timedelta(seconds=seconds), max(s for _w, s in waits))
