"""Pickup windows a customer may choose from: two hours each, within the next days (LIF-10)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from courierqa.core import calendars, formats

# Hours of the day in the business zone at which a window begins. Proposals.
STARTS = (8, 10, 12, 14, 16, 18)
LENGTH = timedelta(hours=2)
DAYS = 4
# A courier needs this long to get there.
NOTICE = timedelta(minutes=60)
Window = tuple[datetime, datetime]


def windows(now: datetime) -> list[Window]:
    """Return the windows still open, the nearest first."""
    return [(start, start + LENGTH) for start in _starts(now) if start + LENGTH > now + NOTICE]


def _starts(now: datetime) -> Iterator[datetime]:
    today = calendars.business_day(now)
    for later in range(DAYS):
        for hour in STARTS:
            yield _moment(today + timedelta(days=later), hour)


def _moment(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), calendars.zone())


def window_choices(now: datetime) -> list[tuple[str, str]]:
    """Return (value, words) of each window, grouped by nothing: the words name the day."""
    return [(value_of(window), words_of(window, now)) for window in windows(now)]


def value_of(window: Window) -> str:
    """Return a window as a form sends it."""
    return window[0].strftime("%Y-%m-%dT%H:%M")


def window_of(value: str, now: datetime) -> Window | None:
    """Return the open window a form sent, or None."""
    return next((window for window in windows(now) if value_of(window) == value), None)


def words_of(window: Window, now: datetime) -> str:
    """Return a window in words: today 10:00–12:00."""
    start, end = window
    day, today = calendars.business_day(start), calendars.business_day(now)
    names = {today: _("Today"), today + timedelta(days=1): _("Tomorrow")}
    name = names.get(day) or formats.day(day)
    return f"{name} {formats.clock_time(start)}–{formats.clock_time(end)}"
