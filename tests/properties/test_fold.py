"""The fold: any order, any repetition, the same state; and the examples of domain.md D."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shipments.enums import Code, Condition, FindingKind, State
from shipments.fold import ConsentMark, Event, Rules, effective_time, fold

pytestmark = pytest.mark.once
DAY = datetime(2026, 3, 2, tzinfo=UTC)
NINE = DAY + timedelta(hours=1)  # 09:00 in Shanghai
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def event(number: int, code: str, at: datetime, **fields) -> Event:
    values = {"recorded_at": at, "effective_at": at, "site_id": 1, "person_id": 7, **fields}
    return Event(uid=UUID(int=number), code=code, happened_at=at, **values)


def codes(state, kind: FindingKind | None = None) -> list[str]:
    return [f.code for f in state.findings if kind is None or f.kind == kind]


PICKED = [
    event(1, "ORD", NINE - HOUR),
    event(2, "RNV", NINE - 3 * MINUTE),
    event(3, "INS", NINE - 2 * MINUTE),
    event(4, "PUP", NINE),
]

moments = st.integers(0, 60 * 24 * 6).map(lambda m: NINE + m * MINUTE)
details = st.fixed_dictionaries(
    {},
    optional={
        "way": st.sampled_from(["recipient", "proxy", "locker", "collected", "", 3]),
        "given": st.booleans(),
        "kind": st.sampled_from(["locker", "proxy", "", None]),
        "confirmed": st.booleans(),
        "short": st.booleans(),
        "cause": st.sampled_from(["refused", "recall", ""]),
        "call": st.just({"seconds": 3}),
        "why": st.just("mistake"),
        "security": st.booleans(),
        "set": st.sampled_from([{"reason": "x"}, {"detail": 4}, {"effective_at": "soon"}, 7]),
        "status": st.sampled_from(["opened", "cleared"]),
        "mode": st.sampled_from(["air", "road"]),
        "result": st.sampled_from(["pass", "fail", "recheck", 1]),
        "delivered": st.sampled_from([0, 1, 2, True, "2", None]),
        "of": st.sampled_from([1, 2, 3, "3"]),
        "right": st.booleans(),
        "settled": st.booleans(),
        "asked": st.booleans(),
    },
)


@st.composite
def histories(draw) -> list[Event]:
    found = []
    for number in range(draw(st.integers(0, 14))):
        at = draw(moments)
        corrects = draw(st.none() | st.integers(1, 14).map(lambda n: UUID(int=n)))
        found.append(
            event(
                number + 1,
                draw(st.sampled_from(Code.values)),
                at,
                recorded_at=at + draw(st.integers(0, 600)) * MINUTE,
                reason=draw(st.sampled_from(["", "absent"])),
                detail=draw(details),
                site_id=draw(st.sampled_from([None, 1, 2])),
                person_id=draw(st.sampled_from([None, 7, 8])),
                corrects=corrects,
            )
        )
    return found


@given(histories(), st.randoms(use_true_random=False))
@settings(max_examples=300, deadline=None)
@pytest.mark.req("LIF-12")
def test_any_order_and_repetition_of_events_gives_the_same_state(events, source: random.Random):
    shuffled = [*events, *source.choices(events, k=5)] if events else []
    source.shuffle(shuffled)

    assert fold(shuffled) == fold(events)


@given(histories())
@settings(max_examples=300, deadline=None)
def test_the_fold_takes_any_history_and_keeps_its_promises(events):
    state = fold(events)

    assert state.state in State.values
    assert state.first_attempt_at is None or state.attempts >= 1
    assert state.done_at is None or state.first_attempt_at <= state.done_at
    assert not state.is_lost or state.lost_at is not None
    assert set(state.conditions) <= set(Condition.values)
    assert state.pieces[0] <= state.pieces[1]
    # What is shown as delivered counts as done.
    assert state.state != State.DELIVERED or state.done_at is not None


@given(histories())
@settings(max_examples=100, deadline=None)
def test_voiding_an_event_is_as_if_it_had_never_been(events):
    plain = [e for e in events if e.code not in ("VOI", "COR")]
    wrong = event(99, "DLV", NINE + HOUR, detail={"way": "recipient"})
    void = event(100, "VOI", NINE + 2 * HOUR, corrects=wrong.uid, reason="wrong-person")

    voided, without = fold([*plain, wrong, void]), fold(plain)

    assert (voided.state, voided.done_at, voided.findings) == (
        without.state, without.done_at, without.findings,
    )  # fmt: skip
    assert voided.voided == 1


@pytest.mark.req("LIF-12")
def test_a_late_upload_from_an_offline_device_does_not_reopen_a_delivered_parcel():
    day = DAY + 2 * HOUR  # 10:00
    accepted = event(1, "PUP", day)
    delivered = event(2, "DLV", day + 5 * HOUR, detail={"way": "recipient"})
    late = event(3, "OFD", day + 3 * HOUR + 40 * MINUTE, recorded_at=day + 8 * HOUR + 5 * MINUTE)

    state = fold([accepted, delivered, late])

    assert state.state == State.DELIVERED
    out, door = [leg.at for leg in state.legs if leg.code in ("OFD", "DLV")]
    assert (out, door) == (day + 3 * HOUR + 40 * MINUTE, day + 5 * HOUR)


def test_a_device_clock_in_the_future_gives_way_to_the_server():
    recorded = DAY + 10 * HOUR + 5 * MINUTE  # 18:05
    device = DAY + 15 * HOUR + 50 * MINUTE  # 23:50

    assert effective_time(device, recorded, None) == (recorded, ("future",))


@pytest.mark.parametrize(
    ("happened", "recorded", "flags"),
    [
        (NINE, NINE + 24 * HOUR, ()),
        (NINE, NINE + 24 * HOUR + MINUTE, ("late_upload",)),
        (NINE + 5 * MINUTE, NINE, ()),
        (NINE + 6 * MINUTE, NINE, ("future",)),
        (NINE - 10 * MINUTE, NINE, ()),
        (NINE - 11 * MINUTE, NINE, ("before_acceptance",)),
        (datetime(1970, 1, 1, tzinfo=UTC), NINE, ("clock", "before_acceptance", "late_upload")),
    ],
)
def test_the_device_time_counts_only_inside_its_limits(happened, recorded, flags):
    counted, why = effective_time(happened, recorded, NINE, code="DLV")

    assert (counted, why) == (recorded if flags else happened, flags)


def test_two_taps_within_ten_minutes_are_one_and_another_courier_is_a_conflict():
    out = [*PICKED, event(5, "OFD", NINE + HOUR)]
    way = {"way": "recipient"}
    first = event(6, "DLV", NINE + 6 * HOUR, detail=way)
    tap = event(7, "DLV", NINE + 6 * HOUR + 4 * MINUTE, detail=way)
    other = event(8, "DLV", NINE + 7 * HOUR, detail=way, person_id=8)

    once = fold([*out, first, tap])
    twice = fold([*out, first, other])

    assert codes(once) == []
    assert codes(twice, FindingKind.CONFLICT) == ["second_delivery"]
    assert twice.done_at == first.effective_at
    assert twice.delivered_by == 7


@pytest.mark.req("DEL-12")
def test_a_locker_without_consent_is_done_only_when_collected_or_agreed_later():
    way = {"way": "locker"}
    placed = event(6, "RDY", NINE + 2 * HOUR, detail=way)
    out = [*PICKED, event(5, "OFD", NINE + HOUR), placed]
    asked = event(7, "CON", NINE + HOUR, detail={"given": True, "kind": "locker"})
    later = event(8, "CON", NINE + 3 * HOUR, detail={"given": True, "kind": "locker"})
    fetched = event(9, "DLV", NINE + 9 * HOUR, detail={"way": "collected"})

    assert fold([*out, asked]).done_at == placed.effective_at
    assert fold([*out, later]).done_at == later.effective_at
    assert fold([*out, fetched]).done_at == fetched.effective_at
    assert fold(out).done_at is None
    assert codes(fold(out), FindingKind.GATE) == ["no_consent"]
    assert codes(fold([*out, asked]), FindingKind.GATE) == []


def test_a_standing_consent_counts_from_its_day_until_it_is_withdrawn():
    out = [*PICKED, event(5, "OFD", NINE + HOUR), event(6, "RDY", NINE + 2 * HOUR)]
    standing = ConsentMark("locker", given=True, at=NINE - 99 * HOUR)
    ended = ConsentMark("locker", given=True, at=NINE - 99 * HOUR, until=NINE)

    assert fold(out, rules=Rules(consents=(standing,))).done_at == NINE + 2 * HOUR
    assert fold(out, rules=Rules(consents=(ended,))).done_at is None


@pytest.mark.req("DEL-17")
@pytest.mark.parametrize(
    ("fields", "valid"),
    [
        ({"reason": "no-answer", "detail": {"call": {"seconds": 30}}}, True),
        ({"reason": "absent", "has_position": True}, True),
        ({"reason": "absent", "has_proof": True}, True),
        ({"reason": "absent"}, False),
        ({"detail": {"call": {"seconds": 30}}}, False),
    ],
)
def test_an_attempt_counts_only_with_a_reason_and_evidence(fields, valid):
    state = fold([*PICKED, event(5, "OFD", NINE), event(6, "ATT", NINE + HOUR, **fields)])

    assert state.first_attempt_at == (NINE + HOUR if valid else None)
    assert state.state == State.UNDELIVERED


def test_an_attempt_in_the_night_counts_only_when_agreed():
    night = NINE + 12 * HOUR  # 21:00
    seen = {"call": {"seconds": 9}}
    tried = event(6, "ATT", night, reason="absent", detail=seen)
    agreed = event(6, "ATT", night, reason="absent", detail={**seen, "agreed": True})

    assert fold([*PICKED, tried]).first_attempt_at is None
    assert fold([*PICKED, agreed]).first_attempt_at == night


@pytest.mark.req("ACC-01", "ACC-02")
def test_a_pickup_without_its_checks_is_kept_and_noted():
    bare = fold([event(1, "ORD", NINE - HOUR), event(4, "PUP", NINE)])
    agreement = fold([PICKED[0], PICKED[2], PICKED[3]], rules=Rules(agreement=True))

    assert bare.state == State.ACCEPTED
    assert codes(bare, FindingKind.GATE) == ["identity_not_verified", "not_inspected"]
    assert codes(agreement, FindingKind.GATE) == []


def test_a_skipped_scan_moves_the_parcel_and_is_noted():
    state = fold([*PICKED, event(5, "DLV", NINE + HOUR, detail={"way": "recipient"})])

    assert state.state == State.DELIVERED
    assert codes(state, FindingKind.MISSING_SCAN) == ["gap"]


def test_a_scan_after_the_end_is_noted_and_changes_nothing():
    done = [
        *PICKED,
        event(5, "OFD", NINE),
        event(6, "DLV", NINE + HOUR, detail={"way": "recipient"}),
    ]
    state = fold([*done, event(7, "ARR", NINE + 5 * HOUR)])

    assert state.state == State.DELIVERED
    assert codes(state, FindingKind.AFTER_END) == ["after_end"]


def test_a_lost_parcel_that_is_found_goes_on_from_where_it_was():
    lost = [*PICKED, event(5, "ARR", NINE + HOUR), event(6, "LST", NINE + 99 * HOUR)]
    found = event(7, "FND", NINE + 120 * HOUR, site_id=2)

    assert fold(lost).state == State.LOST
    assert fold(lost).is_lost
    again = fold([*lost, found])
    assert (again.state, again.is_lost, again.last_site_id) == (State.AT_SITE, False, 2)
    assert again.lost_at == NINE + 99 * HOUR


def test_a_return_ends_the_forward_trip():
    tried = event(6, "RFS", NINE + HOUR, reason="refuses", detail={"photo": True})
    back = event(7, "RTS", NINE + 3 * HOUR, detail={"cause": "refused"})
    state = fold([*PICKED, event(5, "OFD", NINE), tried, back, event(8, "RTD", NINE + 30 * HOUR)])

    assert (state.state, state.return_cause) == (State.RETURNED, "refused")
    assert (state.first_attempt_at, state.done_at) == (NINE + HOUR, None)


def test_a_confirmed_false_signature_takes_the_delivery_back():
    signed = event(6, "DLV", NINE + HOUR, detail={"way": "recipient"})
    denied = event(7, "DNR", NINE + 9 * HOUR, detail={"confirmed": True})
    real = event(8, "DLV", NINE + 30 * HOUR, detail={"way": "recipient"}, person_id=8)

    assert fold([*PICKED, signed, denied]).done_at is None
    assert fold([*PICKED, signed, denied, real]).done_at == real.effective_at
    assert Condition.RECEIPT_DISPUTED in fold([*PICKED, signed, denied]).conditions


def test_a_security_stop_notes_every_scan_that_moves_the_parcel():
    stop = event(5, "HLD", NINE + HOUR, detail={"security": True})
    moved = event(6, "DEP", NINE + 2 * HOUR)
    freed = event(7, "RLS", NINE + HOUR + 30 * MINUTE, source="office")

    assert "security_stop" in codes(fold([*PICKED, stop, moved]), FindingKind.GATE)
    assert "security_stop" not in codes(fold([*PICKED, stop, freed, moved]), FindingKind.GATE)


def test_a_void_needs_a_reason_and_may_itself_be_voided():
    door = event(6, "DLV", NINE + HOUR, detail={"way": "recipient"})
    silent = event(7, "VOI", NINE + 2 * HOUR, corrects=door.uid)
    void = event(8, "VOI", NINE + 2 * HOUR, corrects=door.uid, reason="scanned-by-mistake")
    undo = event(9, "VOI", NINE + 3 * HOUR, corrects=void.uid, reason="scanned-by-mistake")

    assert fold([*PICKED, door, silent]).state == State.DELIVERED
    assert fold([*PICKED, door, void]).state == State.ACCEPTED
    assert fold([*PICKED, door, void, undo]).state == State.DELIVERED


def test_a_correction_replaces_what_it_names():
    door = event(6, "DLV", NINE + HOUR)
    put_right = event(
        7, "COR", NINE + 2 * HOUR, corrects=door.uid, detail={"set": {"detail": {"way": "proxy"}}}
    )

    assert fold([*PICKED, door]).done_at is None
    assert fold([*PICKED, door, put_right]).done_way == "proxy"


def test_a_pickup_never_scanned_is_seen_from_the_first_scan_in_our_hands():
    state = fold([event(1, "ORD", NINE), event(2, "ARR", NINE + HOUR)])

    assert (state.accepted_at, state.accepted_by_scan) == (NINE + HOUR, False)
    assert "no_pickup" in codes(state, FindingKind.MISSING_SCAN)
