"""What is the matter with a parcel, beside where it is: set and cleared by scans (§4.4)."""

from __future__ import annotations

from shipments.enums import ENDED, FindingKind, State
from shipments.enums import Condition as Cond
from shipments.fold.table import AFTER_END, NEEDS_REASON
from shipments.fold.types import Event
from shipments.fold.walk import Walk

SETS = {
    "DLY": Cond.DELAYED, "DMG": Cond.DAMAGED, "MIS": Cond.MISSORTED, "SRH": Cond.SEARCHING,
}  # fmt: skip
CLEARS = {
    "SRT": {Cond.MISSORTED},
    "AST": {Cond.MISSORTED},
    "FND": {Cond.SEARCHING},
    "LST": {Cond.SEARCHING},
    "OFD": {Cond.UNCOLLECTED},
    "RTS": {Cond.UNCOLLECTED, Cond.CONSENT_WAITING, Cond.MISSORTED},
}
OVER_AT_END = {
    Cond.DELAYED, Cond.MISSORTED, Cond.SEARCHING, Cond.UNCOLLECTED, Cond.ADDRESS_PROBLEM,
    Cond.CONSENT_WAITING, Cond.HELD,
}  # fmt: skip


def mark(walk: Walk, event: Event, *, was_ended: bool) -> None:
    """Set and clear conditions for an event that was believed."""
    code = event.code
    if was_ended and code not in AFTER_END | {"RLS"}:
        return
    _reason(walk, event)
    walk.conditions -= CLEARS.get(code, set())
    # The way back has no lanes of its own to stray from.
    if code in SETS and not (code == "MIS" and walk.state == State.RETURNING):
        walk.conditions.add(SETS[code])
    special = SPECIAL.get(code)
    if special is not None:
        special(walk, event)
    if walk.state in ENDED and walk.state != State.LOST:
        walk.conditions -= OVER_AT_END
    if walk.state == State.DISPOSED:
        walk.conditions.discard(Cond.SECURITY_STOP)


def _reason(walk: Walk, event: Event) -> None:
    said = event.reason or event.detail.get("cause") or event.detail.get("why")
    if event.code in NEEDS_REASON and not said:
        walk.find(event, FindingKind.ANOMALY, "reason_missing", code=event.code)


def _hold(walk: Walk, event: Event) -> None:
    security = event.detail.get("security")
    walk.conditions.add(Cond.SECURITY_STOP if security else Cond.HELD)


def _release(walk: Walk, event: Event) -> None:
    if not walk.conditions & {Cond.HELD, Cond.SECURITY_STOP}:
        walk.find(event, FindingKind.ANOMALY, "not_held")
    walk.conditions.discard(Cond.HELD)
    if not _lifts_stop(event):
        if Cond.SECURITY_STOP in walk.conditions:
            walk.find(event, FindingKind.GATE, "security_stop", code=event.code)
        return
    walk.conditions.discard(Cond.SECURITY_STOP)
    walk.stopped_by_screening = False


def _lifts_stop(event: Event) -> bool:
    """Say whether somebody who may release said so (ACC-14); whoever may scan ends holding only.

    Devices, keys and files never do. The office's own releases from before the mark carry none.
    """
    return event.source == "office" and event.detail.get("stop", True) is True


def _screening(walk: Walk, event: Event) -> None:
    """A failed screening stops the parcel until it passes, or until the stop is released."""
    result = event.detail.get("result", "pass")
    if result == "fail":
        walk.conditions.add(Cond.SECURITY_STOP)
        walk.stopped_by_screening = True
    elif result == "recheck":
        walk.conditions.add(Cond.HELD)
        walk.stopped_by_screening = True
    elif result == "pass" and walk.stopped_by_screening:
        walk.conditions -= {Cond.HELD, Cond.SECURITY_STOP}
        walk.stopped_by_screening = False


def _sorted(walk: Walk, event: Event) -> None:
    """A sort scan onto a lane that is not the parcel's is a mis-sort found at once."""
    if event.detail.get("right") is False:
        walk.conditions.add(Cond.MISSORTED)
        walk.find(event, FindingKind.ANOMALY, "wrong_lane")


def _address(walk: Walk, event: Event) -> None:
    if str(event.detail.get("status") or "opened") == "opened":
        walk.conditions.add(Cond.ADDRESS_PROBLEM)
    else:
        walk.conditions.discard(Cond.ADDRESS_PROBLEM)


def _overdue(walk: Walk, event: Event) -> None:
    if walk.state == State.AT_POINT:
        walk.conditions.add(Cond.UNCOLLECTED)
    else:
        walk.find(event, FindingKind.ANOMALY, "not_at_point", state=walk.state.value)


def _dispute(walk: Walk, event: Event) -> None:
    if event.detail.get("settled"):
        walk.conditions.discard(Cond.RECEIPT_DISPUTED)
    else:
        walk.conditions.add(Cond.RECEIPT_DISPUTED)


def _delivered(walk: Walk, event: Event) -> None:
    if walk.state != State.DELIVERED:
        return
    walk.conditions.discard(Cond.RECEIPT_DISPUTED)
    if walk.is_owed:
        walk.conditions.add(Cond.COD_OPEN)


def _partly(walk: Walk, event: Event) -> None:
    """Pieces n of m: the rest is still to be delivered, so all of them is no part."""
    n, m = _number(event.detail.get("delivered")), _number(event.detail.get("of"))
    if not 0 < n < m:
        walk.find(event, FindingKind.ANOMALY, "pieces_unclear")
        return
    handed = walk.pieces[0] + n
    walk.pieces = (min(handed, m), m)
    if handed >= m:
        walk.find(event, FindingKind.ANOMALY, "pieces_complete")


def _number(said: object) -> int:
    return said if isinstance(said, int) and not isinstance(said, bool) else 0


SPECIAL = {
    "HLD": _hold, "RLS": _release, "XRY": _screening, "SRT": _sorted, "ADR": _address,
    "OVD": _overdue, "DNR": _dispute, "DLV": _delivered, "PRT": _partly,
}  # fmt: skip
