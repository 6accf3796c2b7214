"""What reviews read of the measure, which stands above and says how it is read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Protocol

from courierqa.core.timeframes import Period
from staff.models import Site

Line = dict[str, Any]


class Measure(Protocol):
    """The questions a review asks. Answers are plain values that can be kept as they are."""

    def timeliness(self, period: Period, site: Site | None) -> dict[str, Any]:
        """Return figures, times and causes of a month: as frozen, or as they stand now."""

    def figures(self, period: Period, codes: Sequence[str]) -> list[Line]:
        """Return figures of the company."""

    def objectives(self, period: Period, on: date) -> list[Line]:
        """Return what the company wants on a day, with what it reached in the period."""

    def sides(self, site: Site | None, first: date, last: date, today: date) -> list[Line]:
        """Return time, satisfaction and cost before the first deed and after the last."""

    def shown(self, line: Line) -> dict[str, Any]:
        """Return a kept line in the words of the reader."""


_known: list[Measure] = []


def offer(measure: Measure) -> None:
    """Say how figures are read; called once when the measure is loaded."""
    _known.append(measure)


def measure() -> Measure:
    """Return the measure."""
    return _known[-1]
