"""A courier's day: given out, accepted, checked, started, ended; an outcome for every parcel."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from courierqa.core import calendars
from courierqa.core.errors import DomainError, IllegalTransition
from shipments import services
from shipments.models import CheckItem, OrderAcceptance, Parcel, Round, RoundCheck, ScanEvent
from shipments.selectors import runsheets
from shipments.selectors.loads import loads_of
from shipments.selectors.round_board import round_board
from tests.factories import shipments as make

pytestmark = pytest.mark.django_db
DAY = calendars.business_day(make.MONDAY)
AT = make.MONDAY


@pytest.fixture(autouse=True)
def _rules(db):
    make.catalogue()


@pytest.fixture
def station():
    return make.site("NB-01", city="宁波")


@pytest.fixture
def courier(station):
    return make.courier(station)


def waiting(station, address: str = "宁波市鄞州区中山路 8 号 301 室", **fields) -> Parcel:
    """Return a parcel that lies at its delivery station."""
    party = services.PartyInput("王芳", fields.pop("phone", "13798763391"), address)
    parcel = make.accept(make.order(destination=station, recipient=party, **fields))
    make.tell(make.scan(parcel, "AST", AT + timedelta(minutes=5), site_id=station.pk))
    parcel.refresh_from_db()
    return parcel


def load(parcel, courier, at=AT + timedelta(hours=1)):
    make.tell(make.scan(parcel, "OFD", at, site_id=courier.site_id, person_id=courier.pk))


def give(courier, *parcels, at=AT) -> Round:
    return services.give_out(
        courier=courier, site=courier.site, day=DAY, parcels=parcels, at=at, actor=None
    )


def check(row, phase="before", at=AT, **wrong):
    codes = CheckItem.objects.filter(phase=phase).values_list("code", flat=True)
    answers = {code: wrong.get(code.replace("-", "_"), True) for code in codes}
    return services.save_check(
        row, phase=phase, answers=answers, note="已处理" if wrong else "", at=at, actor=None
    )


@pytest.mark.req("DEL-01")
@pytest.mark.parametrize(("minutes", "late"), [(30, False), (31, True)])
def test_accepting_late_is_allowed_and_visible(courier, station, minutes, late):
    row = give(courier, waiting(station))

    services.accept_round(row, at=AT + timedelta(minutes=minutes), actor=None)

    row.refresh_from_db()
    assert (row.status, row.accepted_late) == ("accepted", late)


@pytest.mark.req("DEL-02")
def test_a_round_starts_only_after_its_check_was_saved(courier, station):
    row = give(courier, waiting(station))
    services.accept_round(row, at=AT, actor=None)

    with pytest.raises(DomainError) as unchecked:
        services.start_round(row, at=AT, actor=None)
    check(row, brakes_tyres=False)
    with pytest.raises(DomainError) as unfit:
        services.start_round(row, at=AT, actor=None)
    check(row, uniform_badge=False)
    services.start_round(row, at=AT, actor=None)

    assert (unchecked.value.code, unfit.value.code) == ("not_checked", "not_fit")
    assert "刹车" in unfit.value.message
    assert Round.objects.get().status == "running"


def test_a_check_wants_every_line_and_a_word_about_what_is_amiss(courier, station):
    row = give(courier, waiting(station))

    with pytest.raises(DomainError) as open_line:
        services.save_check(row, phase="before", answers={"box-locks": True}, at=AT, actor=None)
    codes = CheckItem.objects.filter(phase="before").values_list("code", flat=True)
    with pytest.raises(DomainError) as no_word:
        services.save_check(
            row, phase="before", answers=dict.fromkeys(codes, False), at=AT, actor=None
        )

    assert open_line.value.field == "brakes-tyres"
    assert no_word.value.field == "note"
    assert not RoundCheck.objects.exists()


def test_checks_are_kept_for_ever(courier, station):
    row = give(courier, waiting(station))
    saved = check(row)

    with pytest.raises(DatabaseError), transaction.atomic():
        RoundCheck.objects.filter(pk=saved.pk).update(answers={})


@pytest.mark.req("DEL-03")
def test_incomplete_addresses_are_marked_on_the_run_sheet(courier, station):
    whole = waiting(station)
    # Only a file of the past brings an order that the forms would have refused.
    half = waiting(station, "宁波市鄞州区中山路", channel="import")
    no_phone = waiting(station, phone="", channel="import")
    row = give(courier, whole, half, no_phone)

    lines = {line.parcel: line for line in runsheets.run_sheet(row, now=AT).lines}

    assert not lines[whole].has_address_problem
    assert lines[half].gaps == ["缺少门牌号"]
    assert lines[no_phone].gaps == ["缺少电话或号码有误"]


@pytest.mark.req("DEL-04")
def test_the_run_sheet_follows_streets_and_house_numbers_or_the_promise(courier, station):
    far = waiting(station, "宁波市鄞州区中山路 120 号")
    near = waiting(station, "宁波市鄞州区中山路 9 号")
    other = waiting(station, "宁波市鄞州区百丈路 500 号")
    urgent = Parcel.objects.filter(pk=far.pk)
    urgent.update(promised_by=AT + timedelta(hours=1))
    row = give(courier, far, near, other)

    def order():
        return [stop.parcel for stop in row.stops.all()]

    by_area = order()
    services.arrange(row, by="promise", at=AT, actor=None)
    by_promise = order()
    services.set_sequence(row, places={other.pk: 0}, at=AT, actor=None)

    assert by_area.index(near) + 1 == by_area.index(far)
    assert by_promise[0] == far
    assert order()[0] == other


def test_a_parcel_is_on_one_open_round_of_a_day(courier, station):
    parcel, colleague = waiting(station), make.courier(station)
    first = give(courier, parcel)

    second = give(colleague, parcel)

    assert not first.stops.exists()
    assert [stop.parcel for stop in second.stops.all()] == [parcel]
    assert list(runsheets.waiting_parcels([station.pk])) == []


def test_outcomes_are_read_from_the_scans_in_any_order(courier, station):
    parcel = waiting(station)
    out, door = AT + timedelta(hours=1), AT + timedelta(hours=2)
    wrong = make.scan(parcel, "ATT", door - timedelta(minutes=30), person_id=courier.pk)
    make.tell(make.scan(parcel, "DLV", door, detail={"way": "recipient"}, person_id=courier.pk))
    load(parcel, courier, out)
    make.tell(wrong, make.scan(parcel, "VOI", door, corrects=wrong.uid, detail={"why": "误扫"}))

    found = loads_of(DAY, people=[courier.pk])[courier.pk][parcel.pk]

    assert (found.loaded_at, found.outcome.code, found.outcome.at) == (out, "DLV", door)


@pytest.mark.req("LIF-26")
def test_every_loaded_parcel_needs_an_outcome_before_the_round_ends(courier, station):
    done, left, extra = waiting(station), waiting(station), waiting(station)
    row = give(courier, done, left)
    services.accept_round(row, at=AT, actor=None)
    check(row)
    services.start_round(row, at=AT, actor=None)
    for parcel in (done, left, extra):
        load(parcel, courier)
    make.tell(make.scan(done, "DLV", AT + timedelta(hours=2), detail={"way": "recipient"}))
    end = AT + timedelta(hours=9)

    with pytest.raises(DomainError) as unchecked:
        services.end_round(row, reasons={}, at=end, actor=None)
    check(row, "after", at=end)
    with pytest.raises(DomainError) as unsaid:
        services.end_round(row, reasons={left.pk: "no-time"}, at=end, actor=None)
    both = {left.pk: "no-time", extra.pk: "left-on-vehicle"}
    brought = services.end_round(row, reasons=both, at=end, actor=None)

    assert (unchecked.value.code, unsaid.value.code) == ("not_checked", "no_outcome")
    assert sorted(brought) == sorted([left.pk, extra.pk])
    left.refresh_from_db()
    assert (left.state, left.attempts) == ("undelivered", 0)
    assert ScanEvent.objects.get(code="NAT", parcel_id=extra.pk).reason == "left-on-vehicle"
    assert Round.objects.get().status == "ended"
    assert runsheets.run_sheet(row, now=end).counts["owed"] == 0


def test_an_ended_round_takes_nothing_more_and_ends_once(courier, station):
    row = give(courier, waiting(station))
    services.accept_round(row, at=AT, actor=None)
    check(row)
    services.start_round(row, at=AT, actor=None)
    check(row, "after")
    services.end_round(row, reasons={}, at=AT, actor=None)

    with pytest.raises(DomainError, match="班次已结束"):
        give(courier, waiting(station))
    with pytest.raises(IllegalTransition):
        services.end_round(row, reasons={}, at=AT, actor=None)


@pytest.mark.req("LIF-02")
def test_a_courier_accepts_own_pickups_once(courier, station):
    parcel = make.order(origin=station, courier=courier)

    first = services.accept_order(parcel.order, courier=courier, at=AT, actor=None)
    again = services.accept_order(
        parcel.order, courier=courier, at=AT + timedelta(hours=1), actor=None
    )
    with pytest.raises(DomainError) as stranger:
        services.accept_order(parcel.order, courier=make.courier(station), at=AT, actor=None)

    assert first == again
    assert OrderAcceptance.objects.get().at == AT
    assert stranger.value.code == "not_yours"


def test_the_board_shows_who_loaded_without_a_run_sheet_or_check(cast, courier, station):
    load(waiting(station), courier)
    other = make.courier(station)
    give(other, waiting(station))
    from courierqa.core.access import access_for

    rows = round_board(access_for(cast.quality, "run_sheet", "read"), DAY)

    assert [(line.courier, line.loaded, line.loaded_unchecked) for line in rows] == [
        (courier, 1, True),
        (other, 0, False),
    ]
    assert rows[0].row is None


# -- pages ----------------------------------------------------------------------------------------
@pytest.fixture
def today(cast):
    """A round of the courier of the cast, given out today at their station."""
    now = timezone.now()
    parcels = []
    for house in (12, 3):
        party = services.PartyInput("王芳", "13798763391", f"杭州市西湖区文三路 {house} 号")
        parcel = make.accept(
            make.order(
                origin=cast.neighbour, destination=cast.station, recipient=party,
                at=now - timedelta(hours=9),
            ),
            now - timedelta(hours=8),
        )  # fmt: skip
        make.tell(make.scan(parcel, "AST", now - timedelta(hours=2), site_id=cast.station.pk))
        parcels.append(parcel)
    return services.give_out(
        courier=cast.courier.employee, site=cast.station, day=calendars.business_day(now),
        parcels=parcels, at=now, actor=cast.supervisor,
    )  # fmt: skip


@pytest.mark.parametrize("extra", [0, 2])
def test_the_run_sheet_asks_as_often_for_one_as_for_many(
    as_role, cast, today, extra, django_assert_num_queries
):
    for place in range(extra):
        party = services.PartyInput("李明", "13798763391", f"杭州市西湖区文三路 {place + 20} 号")
        parcel = make.order(destination=cast.station, recipient=party)
        services.give_out(
            courier=today.courier, site=cast.station, day=today.day, parcels=[parcel],
            at=timezone.now(), actor=None,
        )  # fmt: skip
    client = as_role("supervisor")
    client.get(reverse("shipments:round", args=[today.pk]))

    with django_assert_num_queries(17):
        response = client.get(reverse("shipments:round", args=[today.pk]))

    assert len(response.context["sheet"].lines) == 2 + extra


@pytest.mark.req("DEL-01", "DEL-02", "LIF-02", "LIF-26")
def test_a_courier_walks_through_the_day_on_the_phone(as_role, cast, today):
    client = as_role("courier")
    start, end = reverse("shipments:m_round_start"), reverse("shipments:m_round_end")
    order = make.order(origin=cast.station, courier=today.courier, at=timezone.now()).order
    checks = dict.fromkeys(CheckItem.objects.values_list("code", flat=True), "yes")

    assert client.post(start, {"verb": "order", "order": order.number}).status_code == 302
    assert client.post(start, {"verb": "accept"}).status_code == 302
    refused = client.post(start, {"verb": "start"})
    assert client.post(start, {"verb": "check", **checks, "vehicle": "浙A-1"}).status_code == 302
    assert client.post(start, {"verb": "start"}).status_code == 302
    parcel = today.stops.first().parcel
    load(parcel, today.courier, timezone.now())
    unsaid = client.post(end, checks)
    ended = client.post(end, {**checks, f"reason_{parcel.pk}": "no-time"})

    assert refused.status_code == 422
    assert "请先保存" in refused.content.decode()
    assert unsaid.status_code == 422
    assert ended.status_code == 302
    today.refresh_from_db()
    assert (today.status, today.vehicle) == ("ended", "浙A-1")
    assert OrderAcceptance.objects.filter(order=order).exists()


def test_a_supervisor_gives_out_orders_and_takes_back(as_role, cast, today):
    client, page = as_role("supervisor"), reverse("shipments:round", args=[today.pk])
    first, second = (stop.parcel for stop in today.stops.all())

    moved = client.post(page, {"verb": "sequence", f"place_{second.pk}": "0", "place_x": "9"})
    back = client.post(page, {"verb": "take_back", "waybill": first.waybill})
    wrong = client.post(page, {"verb": "dance"})
    given = client.post(
        reverse("shipments:round_new"),
        {"courier": today.courier.number, "day": today.day, "parcels": [first.waybill]},
    )
    nothing = client.post(reverse("shipments:round_new"), {"courier": today.courier.number})

    assert (moved.status_code, back.status_code, wrong.status_code) == (302, 302, 422)
    assert given.url == page
    assert [stop.parcel for stop in today.stops.order_by("pk")] == [second, first]
    assert nothing.status_code == 422
    assert "parcels" not in Round.objects.get().note


def test_a_round_of_another_station_is_not_there(as_role, cast, today):
    other = make.courier(cast.neighbour)
    row = services.give_out(
        courier=other, site=cast.neighbour, day=today.day, parcels=[], at=timezone.now(), actor=None
    )

    answers = [
        as_role("supervisor").get(reverse("shipments:round", args=[pk])).status_code
        for pk in (row.pk, 999999)
    ]

    assert answers == [404, 404]


def test_the_sheet_as_a_table_names_streets_and_no_house(as_role, today):
    response = as_role("supervisor").get(reverse("shipments:round_csv", args=[today.pk]))

    text = b"".join(response.streaming_content).decode()
    assert "文三路" in text
    assert "12 号" not in text


@pytest.mark.req("LIF-26")
def test_what_has_ended_is_owed_by_nobody_whatever_its_device_said_about_the_time(courier, station):
    parcel = waiting(station)
    row = give(courier, parcel)
    services.accept_round(row, at=AT, actor=None)
    check(row)
    services.start_round(row, at=AT, actor=None)
    load(parcel, courier)
    # Its clock is hours slow: to the round the delivery seems to come before the loading.
    early = make.scan(parcel, "DLV", AT - timedelta(hours=5), detail={"way": "recipient"})
    services.record_scans([early], source="courier", recorded_at=AT + timedelta(hours=3))
    check(row, "after")

    owed = runsheets.run_sheet(row, now=AT).counts["owed"]
    left = services.end_round(row, reasons={}, at=AT + timedelta(hours=9), actor=None)

    assert (owed, left) == (0, [])
    assert not ScanEvent.objects.filter(code="NAT").exists()
    assert Parcel.objects.get(pk=parcel.pk).state == "delivered"
