"""The way of a parcel to the door, told scan by scan, with gaps, strays, checks and machines."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from tests.kpi.hidden_truth.deeds import MINUTE, TINY, Trouble

if TYPE_CHECKING:
    from tests.kpi.hidden_truth.lives import Life, Teller

# Under which hub a place lies; one of them shares the hub of the origins.
HUB_OF = {
    "HZ-01": "far", "HZ-02": "hub", "NB-01": "far", "SH-01": "far", "SH-02": "hub",
    "origin": "hub", "yard": "hub",
}  # fmt: skip
STAGES = ("PUP", "DEP", "ARR", "AST", "OFD", "END")
# Fates whose parcels may go astray: delivered in the end, or never heard of again.
MAY_STRAY = ("handed", "second_try", "on_the_way")
MOVES = ("ARR", "DEP", "AST", "OFD", "SRT")
LATE = 10 * MINUTE


def accept(teller: Teller, life: Life, *, source: str = "courier") -> None:
    """Tell the checks and the pickup."""
    dice = teller.dice
    life.accepted, life.holder, life.visit.came = life.start, "picker", life.start
    look = dice.choice(["pass"] * 7 + ["limit", "late", "fail", "nobody", "none"])
    name = dice.choice(["pass"] * 7 + ["limit", "late", "fail", "none"])
    life.checks.looked, life.checks.named = look in ("pass", "limit"), name in ("pass", "limit")
    for code, how, before in (("RNV", name, 3), ("INS", look, 2)):
        if how != "none":
            at = {"limit": life.start + LATE, "late": life.start + LATE + TINY}.get(
                how, life.start - before * MINUTE
            )
            said = {"result": "fail" if how == "fail" else "pass"}
            person = "" if how == "nobody" else "picker"
            one = teller.say(life, code, at, life.origin, person, said, source=source)
            if how == "fail" and not any(t.kind == "realname" for t in life.troubles):
                life.troubles.append(Trouble("realname", at, life.origin, reported=one.sent_at))
    teller.say(life, "PUP", life.start, life.origin, "picker", source=source)
    life.road.stages.add("PUP")


def travel(teller: Teller, life: Life, *, until: datetime) -> None:
    """Tell the way from the pickup to the door, which is reached at `until`."""
    steps = _steps(teller, life)
    span = (until - life.start) / (len(steps) + 1)
    for number, (code, place, detail) in enumerate(steps, start=1):
        person = life.courier if code == "OFD" else ""
        at = life.start + number * span
        one = teller.say(life, code, at, place, person, detail)
        _note(life, code, place, at, detail)
        if code == "MIS":
            life.troubles.append(Trouble("missort", at, place, reported=one.sent_at))
        for trouble in life.troubles:
            if trouble.kind == "missort" and at > trouble.at and code in MOVES:
                trouble.settled = trouble.settled or at
    if life.fate != "on_the_way":
        # Of a trip that has ended when its scans arrive nothing is left to put right.
        life.troubles = [one for one in life.troubles if one.kind != "missort"]
    life.holder = life.courier


def _steps(teller: Teller, life: Life) -> list[tuple[str, str, dict]]:
    dice = teller.dice
    flight = {"mode": dice.choice(["road", "road", "air", "rail"])}
    machine = dice.choice(["", "pass", "pass", "fail", "fail pass", "pass fail", "after"])
    steps: list[tuple[str, str, dict]] = [("DEP", life.origin, {}), ("ARR", "hub", {})]
    steps += [("SRT", "hub", {})]
    if life.fate in MAY_STRAY and dice.random() < 0.3:
        steps += [("MIS", "hub", {})]
    steps += [("XRY", "hub", {"result": one}) for one in machine.split() if one != "after"]
    steps += [("DEP", "hub", flight)]
    steps += [("XRY", "hub", {"result": "pass"})] if machine == "after" else []
    if not life.road.one_hub:
        steps += [("ARR", "far", {}), ("SRT", "far", {})]
    gap = {"DEP": 0.15, "ARR": 0.15, "SRT": 0.3}
    steps = [one for one in steps if dice.random() >= gap.get(one[0], 0)]
    return [*steps, ("AST", life.place, {}), ("OFD", life.place, {})]


def _note(life: Life, code: str, place: str, at: datetime, detail: dict) -> None:
    road = life.road
    if code in STAGES:
        road.stages.add(code)
    if code == "DEP":
        road.left = road.left or at
        if detail.get("mode") in ("air", "rail"):
            road.flown, road.flown_ok = True, life.last_screening == "pass"
        if place == "hub":
            road.hub_left = at
    elif code == "ARR":
        road.stays.append((at, place))
        if place == "far":
            road.hub_come = at
    elif code == "AST":
        road.station = at
    elif code == "XRY":
        road.screened, life.last_screening = True, detail["result"]
        stopped = bool(road.stops) and road.stops[-1][1] is None
        if detail["result"] == "fail" and not stopped:
            road.stops.append((at, None))
        elif detail["result"] == "pass" and stopped:
            road.stops[-1] = (road.stops[-1][0], at)
    elif code == "SRT":
        road.sorts.append((at, place))
    elif code == "MIS":
        road.strays.append((at, place))
    elif code == "OFD":
        road.out = at
