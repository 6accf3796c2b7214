"""Gates that a deed already done ran through: noted here, stopped in the forms (§4.4)."""

from __future__ import annotations

from shipments.enums import ENDED, FindingKind
from shipments.enums import Condition as Cond
from shipments.fold import judge
from shipments.fold.table import NOT_ACCEPTED, SCREENED_MODES, STOPPED
from shipments.fold.types import ConsentMark, Event
from shipments.fold.walk import Walk


def check(walk: Walk, event: Event) -> None:
    """Learn from checks and consents, and note a deed done without them."""
    code, detail = event.code, event.detail
    if code == "CON":
        _consent(walk, event)
    if walk.state in ENDED:
        return
    if code == "INS":
        walk.inspected = detail.get("result", "pass") == "pass"
    elif code == "RNV":
        walk.identified = True
    elif code == "XRY":
        walk.screened = detail.get("result", "pass") == "pass"
    elif code == "PUP" and walk.state in NOT_ACCEPTED:
        _pickup(walk, event)
    elif code == "DEP" and detail.get("mode") in SCREENED_MODES and not walk.screened:
        walk.find(event, FindingKind.GATE, "not_screened")
    elif judge.is_placing(event) and not walk.agreed(event):
        walk.find(event, FindingKind.GATE, "no_consent", way=judge.way_of(event))
        walk.conditions.add(Cond.CONSENT_WAITING)
    elif code == "DLV":
        _delivery(walk, event)
    if Cond.SECURITY_STOP in walk.conditions and code in STOPPED:
        walk.find(event, FindingKind.GATE, "security_stop", code=code)


def _pickup(walk: Walk, event: Event) -> None:
    if event.source == "import":
        return
    if not walk.inspected:
        walk.find(event, FindingKind.GATE, "not_inspected")
    if not (walk.identified or walk.rules.agreement):
        walk.find(event, FindingKind.GATE, "identity_not_verified")


def _delivery(walk: Walk, event: Event) -> None:
    if judge.way_of(event) != "proxy":
        return
    if not (event.detail.get("signer") or event.detail.get("name")):
        walk.find(event, FindingKind.GATE, "proxy_unnamed")
    if not (event.detail.get("consent") or walk.agreed(event)):
        walk.find(event, FindingKind.GATE, "no_consent", way="proxy")


def _consent(walk: Walk, event: Event) -> None:
    """Asked, given or refused; the latest word on a way counts."""
    detail = event.detail
    if detail.get("asked"):
        if walk.state not in ENDED:
            walk.conditions.add(Cond.CONSENT_WAITING)
        return
    given = bool(detail.get("given", True))
    kind = str(detail.get("kind") or "")
    walk.consents.append(ConsentMark(kind, given, event.effective_at))
    walk.conditions.discard(Cond.CONSENT_WAITING)
