"""Working days and hours, as versioned data: holidays, make-up workdays, several periods a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.conf import settings

from courierqa.core.models import Calendar

Hours = tuple[time, time]
MIDNIGHT = time(0)


@dataclass(frozen=True)
class CalendarView:
    """One version of a calendar, ready to compute with.

    A period that ends at 00:00 ends at the midnight after its day.
    """

    code: str
    version: int
    tz: ZoneInfo
    hours: Mapping[int, tuple[Hours, ...]] = field(hash=False)
    days: Mapping[date, bool] = field(hash=False, default_factory=dict)
    years: frozenset[int] = frozenset()

    def is_working(self, day: date) -> bool:
        return self.days.get(day, day.weekday() in self.hours)

    def periods(self, day: date) -> list[Hours]:
        """Return the working periods of a day; a make-up workday has those of an ordinary one."""
        if not self.is_working(day):
            return []
        usual = self.hours.get(min(self.hours, default=0), ())
        return list(self.hours.get(day.weekday(), usual))

    def has_year(self, year: int) -> bool:
        """Say whether the official list of that year is loaded. 24/7 needs none."""
        return len(self.hours) == 7 or year in self.years

    def spans(self, day: date) -> list[tuple[datetime, datetime]]:
        """Return the working periods of a day as moments."""
        return [
            (self.at(day, start), self.at(day + timedelta(days=end == MIDNIGHT), end))
            for start, end in self.periods(day)
        ]

    def at(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self.tz)


def load(code: str) -> CalendarView:
    """Return the calendar as it stands; a new version is seen at once."""
    version = Calendar.objects.values_list("version", flat=True).get(code=code)
    return _load(code, version)


def forget() -> None:
    """Forget the versions read: one of them was computed with and then rolled back."""
    _load.cache_clear()


@lru_cache(maxsize=64)
def _load(code: str, version: int) -> CalendarView:
    calendar = Calendar.objects.get(code=code)
    return CalendarView(
        code=code,
        version=version,
        tz=zone(),
        hours=_hours(calendar.hours),
        days=dict(calendar.days.values_list("day", "is_working")),
        years=frozenset(calendar.years.values_list("year", flat=True)),
    )


def _hours(rows: list[list]) -> dict[int, tuple[Hours, ...]]:
    found: dict[int, list[Hours]] = {}
    for weekday, start, end in sorted(rows):
        closing = MIDNIGHT if end == "24:00" else time.fromisoformat(end)
        found.setdefault(weekday, []).append((time.fromisoformat(start), closing))
    return {weekday: tuple(periods) for weekday, periods in found.items()}


def zone() -> ZoneInfo:
    """Return the zone whose midnights divide business days."""
    return ZoneInfo(settings.BUSINESS_TIME_ZONE)


def business_day(at: datetime) -> date:
    """Return the business day of a moment."""
    return at.astimezone(zone()).date()


def day_start(day: date) -> datetime:
    """Return the moment a business day begins."""
    return datetime.combine(day, time(0), zone())
