"""Every scan code against the table of parcels.md §4.2 and §4.4: state, conditions, findings."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from shipments.enums import ENDED, Code, Condition, State
from shipments.fold import Event, Rules, fold
from shipments.fold.table import AFTER_END, RANK, TRANSITIONS

pytestmark = pytest.mark.once
NINE = datetime(2026, 3, 2, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
DLV = {"way": "recipient"}

# The shortest legal way into each state; a code alone, or (code, fields).
PICKED = ["ORD", "PAS", "RNV", "INS", "PUP"]
STATION = [*PICKED, "DEP", ("ARR", {"site_id": 2}), "SRT", "DEP", ("AST", {"site_id": 3})]
OUT = [*STATION, ("OFD", {"site_id": 3})]
AGREED = ("CON", {"detail": {"given": True, "kind": "locker"}})
TO_STATE = {
    State.NONE: [],
    State.ORDERED: ["ORD"],
    State.PICKUP_DUE: ["ORD", "PAS"],
    State.ACCEPTED: PICKED,
    State.AT_SITE: [*PICKED, ("ARR", {"site_id": 2})],
    State.IN_TRANSIT: [*PICKED, "DEP"],
    State.AT_STATION: STATION,
    State.OUT: OUT,
    State.UNDELIVERED: [*OUT, ("ATT", {"reason": "absent", "detail": {"call": 1}})],
    State.AT_POINT: [*OUT, AGREED, "RDY"],
    State.RETURNING: [*OUT, ("RFS", {"reason": "refuses", "detail": {"photo": 1}}),
                      ("RTS", {"detail": {"cause": "refused"}})],
    State.DELIVERED: [*OUT, ("DLV", {"detail": DLV})],
    State.LOST: [*PICKED, "SRH", "LST"],
    State.DISPOSED: [*PICKED, "DSP"],
    State.CANCELLED: ["ORD", "CNL"],
    State.REJECTED: ["ORD", ("REJ", {"reason": "forbidden"})],
    State.RETURNED: [*OUT, ("RFS", {"reason": "refuses", "detail": {"photo": 1}}),
                     ("RTS", {"detail": {"cause": "refused"}}), "RTD"],
}  # fmt: skip


def told(*steps) -> list[Event]:
    """Return events one hour apart; a step may name its own fields."""
    events = []
    for place, step in enumerate(steps):
        code, fields = (step, {}) if isinstance(step, str) else step
        at = NINE + place * HOUR / 4
        events.append(
            Event(
                uid=UUID(int=place + 1), code=code, happened_at=at, recorded_at=at,
                effective_at=at, **{"site_id": 1, "person_id": 7, **fields},
            )
        )  # fmt: skip
    return events


def findings(state) -> list[str]:
    return sorted(f.code for f in state.findings)


@pytest.mark.parametrize("state", State)
def test_the_legal_way_into_each_state_leaves_no_finding(state):
    found = fold(told(*TO_STATE[state]))

    assert found.state == state
    assert findings(found) == []


@pytest.mark.parametrize(
    ("state", "code", "target"),
    [(s, c, t) for s, moves in TRANSITIONS.items() for c, t in moves.items()],
)
def test_every_legal_transition(state, code, target):
    detail = {"way": "recipient"} if code == "DLV" else {"way": "locker"} if code == "RDY" else {}
    fields = {"detail": detail, "reason": "absent", "site_id": 1}

    assert fold(told(*TO_STATE[state], AGREED, (code, fields))).state == target


@pytest.mark.parametrize("state", sorted(ENDED))
@pytest.mark.parametrize("code", Code.values)
def test_after_the_end_only_a_named_reversal_reopens(state, code):
    after = fold(told(*TO_STATE[state], (code, {"detail": DLV, "reason": "absent"})))

    reopens = state == State.LOST and code == "FND"
    assert after.state == (State.ACCEPTED if reopens else state)
    marks = {"after_end", "second_delivery"} & set(findings(after))
    assert bool(marks) == (code not in AFTER_END)


@pytest.mark.parametrize(
    ("steps", "state", "conditions", "codes"),
    [
        # PFL and REJ need their reason; a failed pickup is assigned anew.
        (["ORD", "PAS", ("PFL", {"reason": "not-ready"})], "ordered", [], []),
        (["ORD", "PAS", "PFL"], "ordered", [], ["reason_missing"]),
        (["ORD", "PAS", "REJ"], "rejected", [], ["reason_missing"]),
        # INS that failed does not open the gate of the pickup.
        (["ORD", "RNV", ("INS", {"detail": {"result": "fail"}}), "PUP"], "accepted", [],
         ["not_inspected"]),
        # XRY: fail stops, recheck holds, pass or a release frees.
        ([*PICKED, ("XRY", {"detail": {"result": "fail"}})], "accepted", ["security_stop"], []),
        ([*PICKED, ("XRY", {"detail": {"result": "recheck"}})], "accepted", ["held"], []),
        ([*PICKED, ("XRY", {"detail": {"result": "fail"}}), "XRY"], "accepted", [], []),
        ([*PICKED, ("XRY", {"detail": {"result": "fail"}}), ("RLS", {"source": "office"})],
         "accepted", [], []),
        ([*PICKED, ("XRY", {"detail": {"result": "fail"}}), ("RLS", {"detail": {"stop": True}})],
         "accepted", ["security_stop"], ["security_stop"]),
        ([*PICKED, ("XRY", {"detail": {"result": "fail"}}), "DEP"], "in_transit",
         ["security_stop"], ["security_stop"]),
        ([*PICKED, ("DEP", {"detail": {"mode": "air"}})], "in_transit", [], ["not_screened"]),
        ([*PICKED, "XRY", ("DEP", {"detail": {"mode": "air"}})], "in_transit", [], []),
        # MIS until it is sorted right or reaches its station; a wrong lane says so at once.
        ([*PICKED, "ARR", "MIS"], "at_site", ["missorted"], []),
        ([*PICKED, "ARR", "MIS", "SRT"], "at_site", [], []),
        ([*PICKED, "ARR", ("SRT", {"detail": {"right": False}})], "at_site", ["missorted"],
         ["wrong_lane"]),
        # Sorting in the middle of the road means that the arrival is missing.
        ([*PICKED, "DEP", "SRT"], "at_site", [], ["gap"]),
        ([*PICKED, "DEP", ("DEP", {"site_id": 2})], "in_transit", [], ["gap"]),
        ([*PICKED, "ARR", ("ARR", {"site_id": 2})], "at_site", [], ["gap"]),
        # OFD by somebody else: the hand-over between them was not scanned.
        ([*OUT, ("OFD", {"person_id": 8})], "out", [], ["handed_over"]),
        # CON asked, given, refused.
        ([*OUT, ("CON", {"detail": {"asked": True, "kind": "locker"}})], "out",
         ["consent_waiting"], []),
        ([*OUT, ("CON", {"detail": {"asked": True}}), AGREED], "out", [], []),
        ([*OUT, ("CON", {"detail": {"given": False, "kind": "locker"}}), "RDY"], "at_point",
         ["consent_waiting"], ["no_consent"]),
        # OVD only where it waits; loading it again ends that.
        ([*OUT, AGREED, "RDY", "OVD"], "at_point", ["uncollected"], []),
        ([*OUT, AGREED, "RDY", "OVD", "OFD"], "out", [], []),
        ([*OUT, "OVD"], "out", [], ["not_at_point"]),
        # DLV into a box is a placement; at a safe place it is the end only when agreed.
        ([*OUT, AGREED, ("DLV", {"detail": {"way": "locker"}})], "at_point", [], []),
        ([*OUT, ("DLV", {"detail": {"way": "safe_place"}})], "at_point", ["consent_waiting"],
         ["no_consent"]),
        # PRT: pieces n of m; all of them is no part.
        ([*OUT, ("PRT", {"detail": {"delivered": 1, "of": 3}})], "out", [], []),
        ([*OUT, ("PRT", {"detail": {"delivered": 3, "of": 3}})], "out", [], ["pieces_unclear"]),
        ([*OUT, "PRT"], "out", [], ["pieces_unclear"]),
        ([*OUT, ("PRT", {"detail": {"delivered": 2, "of": 3}}),
          ("PRT", {"detail": {"delivered": 1, "of": 3}, "site_id": 4})], "out", [],
         ["pieces_complete"]),
        ([*OUT, ("PRT", {"detail": {"delivered": 1, "of": 2}}), ("DLV", {"detail": DLV})],
         "delivered", [], []),
        # HLD and RLS.
        ([*PICKED, ("HLD", {"reason": "security-check"})], "accepted", ["held"], []),
        ([*PICKED, ("HLD", {"reason": "x", "detail": {"security": True}})], "accepted",
         ["security_stop"], []),
        ([*PICKED, ("HLD", {"reason": "x", "detail": {"security": True}}), "DSP"], "disposed",
         [], []),
        ([*PICKED, "RLS"], "accepted", [], ["not_held"]),
        ([*PICKED, "HLD"], "accepted", ["held"], ["reason_missing"]),
        # DLY, ADR, DMG.
        ([*PICKED, ("DLY", {"reason": "weather-delay"})], "accepted", ["delayed"], []),
        ([*PICKED, "ADR"], "accepted", ["address_problem"], []),
        ([*PICKED, "ADR", ("ADR", {"detail": {"status": "cleared"}})], "accepted", [], []),
        ([*PICKED, "ADR", ("ADR", {"detail": {"status": "redirected"}})], "accepted", [], []),
        ([*PICKED, "DMG"], "accepted", ["damaged"], []),
        ([*TO_STATE[State.DELIVERED], "DMG"], "delivered", ["damaged"], []),
        # SRH, LST, FND: found where it was last, or where it is found.
        ([*PICKED, "SRH"], "accepted", ["searching"], []),
        ([*PICKED, "SRH", "FND"], "accepted", [], []),
        ([*PICKED, "FND"], "accepted", [], ["not_lost"]),
        ([*OUT, "SRH", "LST", ("FND", {"site_id": 3})], "at_site", [], []),
        (["ORD", "LST"], "ordered", [], ["not_accepted"]),
        (["ORD", "DSP"], "ordered", [], ["not_accepted"]),
        # RTS: every leg is a leg back, nothing is delivered on it.
        ([*TO_STATE[State.RETURNING], "DEP", ("ARR", {"site_id": 2})], "returning", [], []),
        ([*TO_STATE[State.RETURNING], ("DLV", {"detail": DLV})], "returning", [],
         ["while_returning"]),
        # CNL after the pickup is the sender's recall, no state.
        ([*PICKED, "CNL"], "accepted", [], []),
        # DNR: disputed, settled, confirmed; of nothing delivered it says nothing.
        ([*TO_STATE[State.DELIVERED], "DNR"], "delivered", ["receipt_disputed"], []),
        ([*TO_STATE[State.DELIVERED], "DNR", ("DNR", {"detail": {"settled": True}})],
         "delivered", [], []),
        ([*TO_STATE[State.DELIVERED], ("DNR", {"detail": {"confirmed": True}})], "undelivered",
         ["receipt_disputed"], []),
        ([*TO_STATE[State.DELIVERED], ("DNR", {"detail": {"confirmed": True}}),
          ("DLV", {"detail": DLV, "person_id": 8})], "delivered", [], []),
        ([*OUT, "DNR"], "out", [], ["nothing_delivered"]),
        # NTF moves nothing, wherever it was sent from.
        ([*OUT, ("NTF", {"site_id": 9})], "out", [], []),
        # VOI and COR of a scan that is not here.
        ([*PICKED, ("VOI", {"corrects": UUID(int=99), "reason": "x"})], "accepted", [],
         ["voids_unknown"]),
        ([*PICKED, ("COR", {"corrects": UUID(int=99)})], "accepted", [], ["corrects_unknown"]),
    ],
)  # fmt: skip
def test_rules_of_the_codes(steps, state, conditions, codes):
    found = fold(told(*steps))

    assert found.state == state
    assert list(found.conditions) == conditions
    assert findings(found) == codes


@pytest.mark.parametrize(("site", "code"), [(9, "bare_delivery"), (3, "way_missing")])
def test_a_bare_delivery_moves_nothing_until_a_person_confirms_it(site, code):
    bare = told(*STATION, ("DLV", {"site_id": site}))
    door = bare[-1]
    said = {"set": {"detail": {"way": "recipient", "confirmed": True}}}
    confirmed = told(*STATION, ("DLV", {"site_id": site}),
                     ("COR", {"corrects": door.uid, "detail": said}))  # fmt: skip
    dismissed = told(*STATION, ("DLV", {"site_id": site}),
                     ("VOI", {"corrects": door.uid, "reason": "scanned-by-mistake"}))  # fmt: skip

    state = fold(bare)
    assert (state.state, state.done_at, state.last_site_id) == (State.AT_STATION, None, 3)
    assert findings(state) == [code]
    after = fold(confirmed)
    assert (after.state, after.done_at) == (State.DELIVERED, door.effective_at)
    assert code not in findings(after)
    assert fold(dismissed).state == State.AT_STATION
    assert findings(fold(dismissed)) == []


def test_pieces_are_counted_and_cash_stays_open_until_it_is_paid():
    part = ("PRT", {"detail": {"delivered": 2, "of": 3}})
    unpaid = fold(told(*OUT, part, ("DLV", {"detail": DLV})), rules=Rules(cod=True))
    paid = fold(told(*OUT, ("DLV", {"detail": {**DLV, "cod_paid": 12800}})), rules=Rules(cod=True))

    assert unpaid.pieces == (2, 3)
    assert unpaid.conditions == (Condition.COD_OPEN,)
    assert paid.conditions == ()


def test_every_code_has_its_place_in_the_order_of_life():
    assert set(RANK) == set(Code.values)
