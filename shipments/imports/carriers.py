"""States other carriers and platforms publish, as our scans (domain.md A11).

One JSON object a line as Kuaidi100 pushes it, or a table with one state a row. What is not known
is refused as unmapped, never guessed from words. Placed in a locker or station (304, 501) is not
delivered: nobody of the recipient's has it yet.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courierqa.core.enums import RowResult
from courierqa.core.imports import Choices, ImportReport, Problem, UnreadableFile
from courierqa.core.text import clean_code
from shipments import enums
from shipments.imports import tidy
from shipments.imports.bundles import Bundle, Row
from shipments.imports.rows import event_uid
from shipments.imports.tracing import trace
from shipments.services.scans import WAYBILL, ScanInput, record_scans

CHUNK = 200
ZONE = ZoneInfo("Asia/Shanghai")
MAX_STATES = 500
Meaning = tuple[str, dict[str, Any]]
KUAIDI100: Mapping[str, Meaning] = {
    "0": ("DEP", {}), "1": ("PUP", {}), "2": ("DLY", {}), "3": ("DLV", {}), "4": ("RTD", {}),
    "5": ("OFD", {}), "6": ("RTS", {}), "7": ("DEP", {"to": "other_carrier"}),
    "10": ("HLD", {"kind": "customs"}), "11": ("HLD", {"kind": "customs"}),
    "12": ("RLS", {"kind": "customs"}), "13": ("HLD", {"kind": "customs"}), "14": ("RFS", {}),
    "101": ("ORD", {}), "102": ("PAS", {}), "103": ("PUP", {}), "1001": ("ARR", {}),
    "1002": ("DEP", {}), "1003": ("ADR", {}), "501": ("RDY", {"way": "station"}),
    "301": ("DLV", {"way": "recipient"}), "302": ("DLV", {"way": "recipient"}),
    "303": ("DLV", {"way": "proxy"}), "304": ("RDY", {"way": "station"}), "401": ("CNL", {}),
    "201": ("DLY", {}), "202": ("DLY", {}), "203": ("RFS", {}), "204": ("ATT", {}),
    "205": ("OVD", {}), "206": ("ATT", {}), "207": ("ADR", {}), "208": ("DLY", {}),
    "209": ("DMG", {"stage": "transit", "confirmed": False}), "210": ("CNL", {}),
}  # fmt: skip
WECHAT: Mapping[str, Meaning] = {
    "100001": ("PUP", {}), "100002": ("PFL", {}), "100003": ("PAS", {}), "200001": ("DEP", {}),
    "300002": ("OFD", {}), "300003": ("DLV", {}), "300004": ("ATT", {}), "400001": ("CNL", {}),
    "400002": ("DLY", {}),
}  # fmt: skip
TABLES = {"kuaidi100": KUAIDI100, "wechat": WECHAT}
TITLES = {
    "kuaidi100": gettext_lazy("Kuaidi100 states"),
    "wechat": gettext_lazy("WeChat logistics states"),
}
NUMBERS = ("nu", "waybill", "waybill_id", "运单号", "快件号", "单号")
TIMES = ("time", "ftime", "action_time", "happened_at", "时间")
CODES = ("statusCode", "status_code", "action_type", "state", "code", "状态码")


@dataclass(frozen=True)
class State:
    """One published state of one parcel."""

    number: int
    raw: dict[str, str]
    waybill: str
    code: str
    time: str


def import_states(
    bundle: Bundle,
    *,
    mapping: str,
    now: datetime,
    dry_run: bool = False,
    progress: Callable[[ImportReport], None] | None = None,
    choices: Choices | None = None,
    run_id: int | None = None,
) -> ImportReport:
    """Read published states; the same state of the same moment is one scan."""
    report, table = ImportReport(), TABLES[mapping]
    states = _states(bundle.rows())
    while chunk := list(islice(states, CHUNK)):
        found = [(state, _scan(state, table, mapping)) for state in chunk]
        good = [scan for _state, scan in found if isinstance(scan, ScanInput)]
        answers = iter(
            [] if dry_run
            else record_scans(good, source=enums.Source.IMPORT, recorded_at=now, announce=False)
        )  # fmt: skip
        for state, scan in found:
            if isinstance(scan, Problem):
                report.refuse(state.number, state.raw, scan, key=state.waybill)
            else:
                _note(report, state, None if dry_run else next(answers))
        if run_id is not None and not dry_run:
            trace([scan.waybill for scan in good], run_id)
        if progress is not None:
            progress(report)
    if not report.rows:
        raise UnreadableFile(_("The file has no rows"), code="empty")
    return report


def _note(report: ImportReport, state: State, answer: Any) -> None:
    results = enums.ScanResult
    if answer is None or answer.result == results.CREATED:
        report.add(RowResult.CREATED)
    elif answer.result == results.DUPLICATE:
        report.add(RowResult.SKIPPED)
    else:
        problem = Problem(answer.code, "", answer.detail)
        marked = answer.result == results.UNMATCHED
        say = report.keep_marked if marked else report.refuse
        say(state.number, state.raw, problem, key=state.waybill)


# -- reading ----------------------------------------------------------------------------------
def _states(rows: Iterator[Row]) -> Iterator[State]:
    """Unfold pushes (one parcel, many states) and tables (one state a row) alike."""
    for number, raw in rows:
        result = _json(raw.get("lastResult", "")) or raw
        data = result.get("data")
        items = _json(data) if isinstance(data, str) else data
        waybill = clean_code(_first(result, NUMBERS))[:60]
        if not isinstance(items, list):
            yield State(number, raw, waybill, _first(result, CODES), _first(result, TIMES))
            continue
        for place, item in enumerate(items[:MAX_STATES]):
            said = item if isinstance(item, dict) else {}
            # The state of the parcel as a whole is that of its newest item only.
            code = _first(said, CODES) or (_first(result, CODES) if place == 0 else "0")
            yield State(number, raw, waybill, code, _first(said, TIMES))


def _json(text: Any) -> Any:
    try:
        return json.loads(text) if isinstance(text, str) and text else None
    except (ValueError, RecursionError):
        return None


def _first(row: Mapping[str, Any], names: tuple[str, ...]) -> str:
    found = (row[name] for name in names if row.get(name) not in (None, ""))
    return str(next(found, "")).strip()


def _scan(state: State, table: Mapping[str, Meaning], mapping: str) -> ScanInput | Problem:
    if not WAYBILL.fullmatch(state.waybill):
        why = _("A waybill number has 6 to 40 letters and digits")
        return Problem("bad_waybill", "nu", why, _("Put the number in"))
    meaning = table.get(state.code)
    if meaning is None:
        why = _("Unmapped state: %s") % (state.code[:20] or "—")
        return Problem("unmapped", "state", why, _("Tell us what this state means"), state.code)
    at = _moment(state.time)
    if at is None:
        why = _("Cannot read this time: %s") % state.time[:40]
        return Problem("bad_time", "time", why, _("Write it as 2026-03-02 10:00:00"))
    code, detail = meaning
    return ScanInput(
        uid=event_uid(mapping, state.waybill, state.code, at.isoformat()), waybill=state.waybill,
        code=code, happened_at=at, device=f"import:{mapping}",
        detail={**detail, "status": state.code},
    )  # fmt: skip


def _moment(text: str) -> datetime | None:
    """Return a time in UTC; seconds since 1970 and times without a zone are Chinese habits."""
    try:
        if text.isdigit() and len(text) == 10:
            return datetime.fromtimestamp(int(text), UTC)
        at = tidy.local_time(text)
        return (at if at.tzinfo else at.replace(tzinfo=ZONE)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
