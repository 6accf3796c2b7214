"""Periods: days, weeks, months, quarters and years as half-open ranges of business days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from courierqa.core import calendars
from courierqa.core.errors import DomainError
from courierqa.core.formats import is_english

FIRST_YEAR, LAST_YEAR = 2000, 2100
# Days of the longest own range: three years, one of them a leap year.
LONGEST = 1096


class BadPeriod(DomainError):
    """The text names no period."""

    code = "bad_period"
    status = 400


@dataclass(frozen=True)
class Period:
    """From `start_day` up to, not including, `end_day`. `key` is its name in addresses."""

    start_day: date
    end_day: date
    key: str
    kind: str

    @property
    def label(self) -> str:
        """Return the name for people, in the reader's language."""
        start = self.start_day
        named = {
            "day": _("%(year)s-%(month)s-%(day)s"),
            "week": _("Week %(week)s of %(iso_year)s"),
            "month": _("%(year)s-%(month)s"),
            "quarter": _("Q%(quarter)s %(year)s"),
            "year": _("%(year)s"),
            "span": _("%(year)s-%(month)s-%(day)s to %(end)s"),
        }
        iso = start.isocalendar()
        return named[self.kind] % {
            "year": start.year,
            "month": f"{start.month:02}" if is_english() else start.month,
            "day": f"{start.day:02}" if is_english() else start.day,
            "week": iso.week,
            "iso_year": iso.year,
            "quarter": (start.month + 2) // 3,
            "end": (self.end_day - timedelta(days=1)).isoformat(),
        }

    @property
    def start_at(self) -> datetime:
        return calendars.day_start(self.start_day)

    @property
    def end_at(self) -> datetime:
        """Return the first moment after the period."""
        return calendars.day_start(self.end_day)

    def previous(self) -> Period:
        """Return the period just before; before an own range as many days."""
        if self.kind == "span":
            return span_of(self.start_day - (self.end_day - self.start_day), self.start_day)
        return _around(self.kind, self.start_day - timedelta(days=1))

    def following(self) -> Period:
        """Return the period just after; after an own range as many days."""
        if self.kind == "span":
            return span_of(self.end_day, self.end_day + (self.end_day - self.start_day))
        return _around(self.kind, self.end_day)

    def weeks_before(self) -> Period:
        """Return as many days just before, moved by whole weeks: the same weekdays as here."""
        length = (self.end_day - self.start_day).days
        start = self.start_day - timedelta(weeks=-(-length // 7))
        if self.kind in ("day", "week"):
            return _around(self.kind, start)
        return span_of(start, start + timedelta(days=length))

    def days(self) -> list[date]:
        length = (self.end_day - self.start_day).days
        return [self.start_day + timedelta(days=step) for step in range(length)]

    def __contains__(self, day: date) -> bool:
        return self.start_day <= day < self.end_day


def parse_period(text: str) -> Period:
    """Read 2026, 2026-Q4, 2026-10, 2026-W41, 2026-10-05 or 2026-10-05/2026-10-11.

    Both days of an own range belong to it. Anything else is refused.
    """
    first, slash, last = text.strip().upper().partition("/")
    try:
        return _span(_parse(first), _parse(last)) if slash else _parse(first)
    except (ValueError, OverflowError):
        raise BadPeriod(
            _("Enter a period such as 2026-10, 2026-W41, 2026-Q4 or 2026-10-05"), field="period"
        ) from None


def _span(first: Period, last: Period) -> Period:
    if first.kind != "day" or last.kind != "day":
        raise ValueError(first.key, last.key)
    if last.start_day < first.start_day:
        raise BadPeriod(
            _("The range ends on %(last)s, before it begins on %(first)s. Change one of the days")
            % {"first": first.key, "last": last.key},
            field="period",
        )
    if (last.end_day - first.start_day).days > LONGEST:
        raise BadPeriod(
            _("A range has at most %(n)s days. Choose a later first day") % {"n": LONGEST},
            field="period",
        )
    return span_of(first.start_day, last.end_day)


def span_of(start: date, end: date) -> Period:
    """Return an own range from `start` up to, not including, `end`; its key names its last day."""
    last = end - timedelta(days=1)
    return Period(start, end, f"{start.isoformat()}/{last.isoformat()}", "span")


def month_of(day: date) -> Period:
    """Return the month that holds a day."""
    return _around("month", day)


def period_of(kind: str, day: date) -> Period:
    """Return the day, week, month, quarter or year that holds a day."""
    return _around(kind, day)


_SHAPES = {
    "day": re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII),
    "month": re.compile(r"(\d{4})-(\d{2})", re.ASCII),
    "week": re.compile(r"(\d{4})-W(\d{2})", re.ASCII),
    "quarter": re.compile(r"(\d{4})-Q([1-4])", re.ASCII),
    "year": re.compile(r"(\d{4})", re.ASCII),
}


def _parse(text: str) -> Period:
    for kind, shape in _SHAPES.items():
        found = shape.fullmatch(text)
        if found:
            numbers = [int(part) for part in found.groups()]
            if not FIRST_YEAR <= numbers[0] <= LAST_YEAR:
                break
            return _around(kind, _first_day(kind, numbers))
    raise ValueError(text)


def _first_day(kind: str, numbers: list[int]) -> date:
    if kind == "week":
        return date.fromisocalendar(numbers[0], numbers[1], 1)
    if kind == "quarter":
        return date(numbers[0], numbers[1] * 3 - 2, 1)
    return date(*numbers, *[1] * (3 - len(numbers)))


def _around(kind: str, day: date) -> Period:
    """Return the period of this kind that holds `day`."""
    if kind == "day":
        return Period(day, day + timedelta(days=1), day.isoformat(), kind)
    if kind == "week":
        start = day - timedelta(days=day.weekday())
        iso = start.isocalendar()
        return Period(start, start + timedelta(days=7), f"{iso.year}-W{iso.week:02}", kind)
    months = {"month": 1, "quarter": 3, "year": 12}[kind]
    first = (day.month - 1) // months * months + 1
    start = date(day.year, first, 1)
    end = date(day.year + (first + months > 12), (first + months - 1) % 12 + 1, 1)
    keys = {
        "month": f"{day.year}-{day.month:02}",
        "quarter": f"{day.year}-Q{(first + 2) // 3}",
        "year": f"{day.year}",
    }
    return Period(start, end, keys[kind], kind)
