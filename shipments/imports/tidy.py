"""What spreadsheets do to values, undone with a warning: full-width digits, date serials."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from courierqa.core.imports import Problem

_WIDE = re.compile("[\uff01-\uff5e\u3000]")
# Days since the last day of 1899, for the years 2000 to 2099; the part behind the point is time.
_SERIAL = re.compile(r"(?P<days>3[6-9]\d{3}|[45678]\d{4})(\.\d+)?")
_SHORT = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?")
_DAY_NOUGHT = datetime(1899, 12, 30)  # noqa: DTZ001 -- a serial has no zone
_SECONDS = 86400


def mended(
    raw: Mapping[str, str], names: Iterable[str], *, times: Collection[str]
) -> tuple[dict[str, str], list[Problem]]:
    """Return the row with the named columns as they were meant, and a warning for each change."""
    row, notes = dict(raw), []
    for name in sorted(set(names) & row.keys()):
        text = row[name]
        if _WIDE.search(text):
            row[name] = unicodedata.normalize("NFKC", text)
            why = _("Full-width signs were read as plain ones: %s") % text[:40]
            notes.append(Problem("full_width", name, why, _("Nothing, or type plain digits")))
        if name in times and from_serial(row[name]):
            why = _("A date shown as a number was read as %s") % from_serial(row[name])
            notes.append(Problem("date_serial", name, why, _("Nothing, or format it as a date")))
    return row, notes


def from_serial(text: str) -> datetime | None:
    """Return the local time of a date a spreadsheet shows as a number, to the second."""
    if not _SERIAL.fullmatch(text.strip()):
        return None
    return _DAY_NOUGHT + timedelta(seconds=round(float(text) * _SECONDS))


def local_time(text: str) -> datetime:
    """Read ISO times and what spreadsheets write: 2026/3/2 8:05; raise ValueError for others."""
    plain = text.strip().replace("/", "-")
    short = _SHORT.fullmatch(plain)
    if short is None:
        return datetime.fromisoformat(plain)
    year, month, day, hour, minute, second = (int(part or 0) for part in short.groups())
    return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 -- the caller's zone
