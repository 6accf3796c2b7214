"""How times, shares and numbers read in both languages. Pure, apart from the active language."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import dateformat
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

NOTHING = "—"
NARROW = "\N{NO-BREAK SPACE}"
Number = int | float | Decimal


def is_english() -> bool:
    """Say whether the reader reads English."""
    return (get_language() or "").startswith("en")


def local_time(at: datetime) -> datetime:
    """Return the moment in the business zone."""
    return at.astimezone(ZoneInfo(settings.BUSINESS_TIME_ZONE))


def moment(at: datetime | None) -> str:
    """Return 2026-11-23 08:32, or 23 Nov 2026, 08:32."""
    if not at:
        return NOTHING
    pattern = "j M Y, H:i" if is_english() else "Y-m-d H:i"
    return dateformat.format(local_time(at), pattern)


def kilos(grams: int | None) -> str:
    """Return a weight as 1.53 kg."""
    return f"{grams / 1000:.2f}{NARROW}kg" if grams else NOTHING


def clock_time(at: datetime | None) -> str:
    """Return 08:32 in the business zone."""
    return f"{local_time(at):%H:%M}" if at else NOTHING


def day(value: date | datetime | None) -> str:
    """Return 2026-11-23, or 23 Nov 2026."""
    if not value:
        return NOTHING
    if isinstance(value, datetime):
        value = local_time(value).date()
    return dateformat.format(value, "j M Y" if is_english() else "Y-m-d")


def due(at: datetime | None, *, now: datetime) -> str:
    """Return the due moment as calendar time, with today and tomorrow by name."""
    if not at:
        return NOTHING
    here, today = local_time(at), local_time(now).date()
    hour = f"{here:%H:%M}"
    if here.date() == today:
        return _("today %(time)s") % {"time": hour}
    if here.date() == today + timedelta(days=1):
        return _("tomorrow %(time)s") % {"time": hour}
    if here.year == today.year:
        return dateformat.format(here, "D j M, H:i" if is_english() else "n 月 j 日 H:i")
    return moment(at)


def duration(span: timedelta | None) -> str:
    """Return the length of a span in its two largest units, without a sign."""
    if span is None:
        return NOTHING
    minutes = int(abs(span).total_seconds() // 60)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [
        ngettext("%(n)d day", "%(n)d days", days) % {"n": days} if days else "",
        _("%(n)d h") % {"n": hours} if hours else "",
        _("%(n)d min") % {"n": rest} if rest and not days else "",
    ]
    return " ".join(part for part in parts if part) or _("%(n)d min") % {"n": 0}


def share(value: Number | None) -> str:
    """Return a fraction as a percentage: 96.1%, two decimals above 99 %."""
    if value is None:
        return NOTHING
    percent = float(value) * 100
    places = 2 if 99 < percent < 100 else 1
    # A miss must never be rounded up to perfection.
    text = f"{percent:.{places}f}"
    if percent < 100 and float(text) >= 100:
        text = "99.99"
    return f"{text}{NARROW}%" if is_english() else f"{text}%"


def number(value: Number | None, places: int = 0) -> str:
    """Return a number with thousands apart."""
    return NOTHING if value is None else f"{value:,.{places}f}"


def yuan(fen: int | None) -> str:
    """Return ¥1,234.50 for an amount in fen, counted in whole numbers."""
    if fen is None:
        return NOTHING
    whole, cents = divmod(abs(int(fen)), 100)
    return f"{'−' if fen < 0 else ''}¥{whole:,}.{cents:02d}"


def grouped(waybill: str) -> str:
    """Return a parcel number in groups of four, which are read aloud without mistakes."""
    text = str(waybill or "")
    return NARROW.join(text[start : start + 4] for start in range(0, len(text), 4))


def tail(waybill: str) -> str:
    """Return the last four characters with an ellipsis."""
    return f"…{str(waybill)[-4:]}"
