"""Taps and words: what is a second tap of the same deed, and what is another one (B6)."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from shipments.enums import Condition, State
from shipments.fold import Event, Rules, fold
from tests.properties.test_fold import HOUR, MINUTE, NINE, PICKED, codes, event

pytestmark = pytest.mark.once
OUT = [*PICKED, event(5, "OFD", NINE + HOUR)]
DOOR = NINE + 3 * HOUR


def soon(number: int, code: str, minutes: int, **fields) -> Event:
    return event(number, code, DOOR + minutes * MINUTE, **fields)


@pytest.mark.req("ACC-04", "ACC-14")
@pytest.mark.parametrize(
    ("results", "conditions"),
    [
        (["fail", "pass"], ()),
        (["pass", "fail"], (Condition.SECURITY_STOP,)),
        (["pass", "fail", "pass"], ()),
        (["recheck", "recheck", "pass"], ()),
        (["pass", "pass", "fail"], (Condition.SECURITY_STOP,)),
    ],
)
def test_the_last_word_of_the_machine_counts_however_soon_it_follows(results, conditions):
    checks = [
        soon(10 + n, "XRY", 2 * n, detail={"result": result}) for n, result in enumerate(results)
    ]

    assert fold([*PICKED, *checks]).conditions == conditions


def test_a_parcel_found_and_lost_again_within_minutes_is_lost():
    words = [soon(10, "LST", 0), soon(11, "FND", 3)]

    assert fold([*PICKED, *words]).state == State.ACCEPTED
    assert fold([*PICKED, *words, soon(12, "LST", 6)]).state == State.LOST


@pytest.mark.parametrize("code", ["PAS", "OFD"])
def test_whoever_was_named_last_has_it_however_often_it_changed_hands(code):
    start = PICKED[:1] if code == "PAS" else PICKED
    hands = [soon(10 + n, code, 3 * n, person_id=who) for n, who in enumerate([7, 8, 7])]

    assert fold([*start, *hands[:2]]).holder_id == 8
    assert fold([*start, *hands]).holder_id == 7
    twice = fold([*start, hands[0], soon(19, code, 4, person_id=7)])
    assert len([leg for leg in twice.legs if leg.code == code]) == (code == "OFD")


def test_a_delivered_that_says_how_is_no_second_tap_of_one_that_did_not():
    bare, door = soon(10, "DLV", 0), soon(11, "DLV", 4, detail={"way": "recipient"})

    told = fold([*OUT, bare, door])

    assert (told.state, told.done_at) == (State.DELIVERED, door.effective_at)
    assert codes(told) == ["way_missing"]
    assert codes(fold([*OUT, door, soon(12, "DLV", 8)])) == []


def test_handing_over_what_was_put_down_a_minute_ago_is_a_deed_of_its_own():
    put, taken = (soon(10 + n, "DLV", n, detail={"way": way}) for n, way in enumerate(
        ["station", "collected"]))  # fmt: skip

    told = fold([*OUT, put, taken])

    assert (told.state, told.done_at) == (State.DELIVERED, taken.effective_at)
    # A placing that is scanned once more says nothing new.
    assert codes(fold([*OUT, put, taken, soon(12, "DLV", 4, detail={"way": "station"})])) == [
        "no_consent"
    ]


def test_sorting_to_and_fro_ends_where_it_was_sorted_last():
    lanes = [("HUB-A", True), ("HUB-B", False), ("HUB-A", True)]
    sorts = [
        soon(10 + n, "SRT", 2 * n, detail={"next": lane, "right": right})
        for n, (lane, right) in enumerate(lanes)
    ]

    assert fold([*PICKED, *sorts[:2]]).conditions == (Condition.MISSORTED,)
    assert fold([*PICKED, *sorts]).conditions == ()


def test_a_question_that_arrives_after_the_end_leaves_nothing_waiting():
    door = soon(10, "DLV", 0, detail={"way": "recipient"})
    asked = soon(11, "CON", 30, detail={"asked": True, "kind": "locker"})

    assert fold([*OUT, door, asked]).conditions == ()


def test_the_way_back_is_on_no_lane_it_could_stray_from():
    wrong, back = soon(10, "MIS", 0), soon(11, "RTS", 30, detail={"cause": "refused"})

    assert fold([*PICKED, wrong, back]).conditions == ()
    assert fold([*PICKED, back, soon(12, "MIS", 60)]).conditions == ()


@pytest.mark.req("ACC-14")
@pytest.mark.parametrize(
    ("end", "state"), [("DLV", State.DELIVERED), ("RTD", State.RETURNED), ("LST", State.LOST)]
)
def test_what_ended_in_spite_of_a_stop_is_released_all_the_same(end, state):
    stop = soon(10, "HLD", 0, detail={"security": True, "why": "可疑"})
    over = soon(11, end, 30, detail={"way": "recipient"})
    free = soon(12, "RLS", 90, source="office", detail={"why": "复核无异常"})

    held, freed = fold([*OUT, stop, over]), fold([*OUT, stop, over, free])

    assert (held.state, held.conditions) == (state, (Condition.SECURITY_STOP,))
    assert (freed.state, freed.conditions) == (state, ())
    assert "after_end" not in codes(freed)


def test_cash_is_open_only_until_one_of_the_taps_says_it_was_paid():
    owed = Rules(cod=True)
    way = {"way": "recipient"}
    first, tap = soon(10, "DLV", 0, detail=way), soon(11, "DLV", 3, detail={**way, "cod_paid": 1})
    denied = soon(12, "DNR", 60, detail={"confirmed": True})

    assert fold([*OUT, first], rules=owed).conditions == (Condition.COD_OPEN,)
    assert fold([*OUT, first, tap], rules=owed).conditions == ()
    # Nobody owes for what was not received.
    assert Condition.COD_OPEN not in fold([*OUT, first, denied], rules=owed).conditions


def test_a_place_is_where_the_parcel_waits_until_a_scan_takes_it_away():
    def put(number: int, minutes: int, place: str) -> Event:
        return soon(number, "RDY", minutes, detail={"way": "locker", "place": place})

    first, second = put(10, 0, "A03"), put(12, 120, "B11")
    away = soon(11, "OFD", 60, person_id=8)
    void = event(13, "VOI", DOOR + 3 * HOUR, corrects=UUID(int=12), reason="wrong-person")
    back = soon(14, "DLV", 240, detail={"way": "collected"})

    waiting, moved = fold([*OUT, first]), fold([*OUT, first, away])
    assert (waiting.placed.place, waiting.left_point) == ("A03", None)
    assert (moved.placed, moved.left_point.code) == (None, "OFD")
    assert fold([*OUT, first, away, second]).placed.place == "B11"
    assert fold([*OUT, first, second, void]).placed.place == "A03"
    gone = fold([*OUT, first, back])
    assert (gone.left_point.code, gone.left_point.at) == ("DLV", DOOR + timedelta(hours=4))
