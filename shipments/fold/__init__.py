"""From scan events to the state of a parcel: a pure function without a database or a clock.

The same events in any order of arrival, any number of times, give the same state. Nothing is
refused here: a scan that does not fit is kept and becomes a finding.
"""

from shipments.fold.engine import fold
from shipments.fold.times import effective_time
from shipments.fold.types import (
    ConsentMark,
    Event,
    FoldFinding,
    LegTime,
    ParcelState,
    Placed,
    Rules,
)

__all__ = [
    "ConsentMark",
    "Event",
    "FoldFinding",
    "LegTime",
    "ParcelState",
    "Placed",
    "Rules",
    "effective_time",
    "fold",
]
