"""A parcel's page: everything in one story, corrections beside what they correct, near misses."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from shipments import services
from shipments.models import ScanEvent
from shipments.selectors.parcels import slips
from tests.factories import shipments as make

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
AT = make.MONDAY + 5 * HOUR


@pytest.fixture
def parcel(cast):
    return make.accept(make.order(origin=cast.station, destination=cast.neighbour))


def entries(client, parcel):
    return client.get(f"/parcels/{parcel.waybill}/").context["entries"]


@pytest.mark.req("EXC-05", "LIF-12")
def test_exceptions_promises_and_scans_are_one_story_newest_first(as_role, cast, parcel):
    make.tell(make.scan(parcel, "ATT", AT, reason="no-answer", detail={"call": {"seconds": 9}}))
    trouble = parcel.exceptions.get()
    services.tell_customer(trouble, note="明天再送", actor=cast.agent, at=AT + HOUR)
    services.change_promise(
        parcel=parcel, new=AT + 90 * HOUR, asked_by_customer=True, cause="改期", at=AT + 2 * HOUR,
        actor=cast.agent,
    )  # fmt: skip
    services.record_contact(
        parcel=parcel, way="call", purpose="late", result="reached", seconds=32, at=AT + 3 * HOUR,
        recorded_at=AT + 3 * HOUR, actor=cast.agent,
    )  # fmt: skip
    client = as_role("agent")

    told = entries(client, parcel)

    assert [e.at for e in told] == sorted((e.at for e in told), reverse=True)
    assert [e.kind for e in told if e.kind != "scan"][:4] == [
        "contact", "promise", "exception", "exception",
    ]  # fmt: skip
    page = client.get(f"/parcels/{parcel.waybill}/").content.decode()
    assert "明天再送" in page
    assert "改期" in page


@pytest.mark.req("TIM-04")
def test_the_page_says_how_much_time_is_left_or_how_late_it_is(as_role, cast):
    fresh = make.accept(make.order(), timezone.now() - HOUR)
    late = make.accept(make.order(), timezone.now() - 900 * HOUR)
    client = as_role("agent")

    left = client.get(f"/parcels/{fresh.waybill}/").context["result"]
    late_by = client.get(f"/parcels/{late.waybill}/").context["result"]

    assert (left.code, left.span > 24 * HOUR) == ("running", True)
    assert (late_by.code, late_by.span > 24 * HOUR) == ("overdue", True)


def test_a_correction_is_shown_at_its_scan_and_the_scan_stays(as_role, cast, parcel):
    scan = make.scan(parcel, "AST", AT, site_id=cast.station.pk)
    make.tell(scan)
    client = as_role("supervisor")
    address = f"/parcels/{parcel.waybill}/scans/{scan.uid}/correct/"
    at = timezone.localtime(AT - HOUR).strftime("%Y-%m-%dT%H:%M")
    same = timezone.localtime(AT).strftime("%Y-%m-%dT%H:%M")

    nothing = client.post(address, {"verb": "correct", "at": same, "site": "HZ-01", "why": "x"})
    assert nothing.status_code == 422
    done = client.post(address, {"verb": "correct", "at": at, "site": "HZ-01", "why": "补记"})
    assert done.status_code == 302

    line = next(e.line for e in entries(client, parcel) if e.line and e.line.uid == scan.uid)
    assert (line.is_corrected, line.at, line.device_at) == (True, AT - HOUR, AT)
    parcel.refresh_from_db()
    assert parcel.last_event_at == AT - HOUR
    assert ScanEvent.objects.get(uid=scan.uid).effective_at == AT


def test_a_supervisor_corrects_no_scan_of_another_site(as_role, cast, parcel):
    scan = make.scan(parcel, "AST", AT, site_id=cast.neighbour.pk)
    make.tell(scan)
    at = timezone.localtime(AT).strftime("%Y-%m-%dT%H:%M")

    answer = as_role("supervisor").post(
        f"/parcels/{parcel.waybill}/scans/{scan.uid}/correct/",
        {"verb": "void", "at": at, "why": "误扫"},
    )

    assert answer.status_code == 422
    assert not ScanEvent.objects.filter(code="VOI").exists()


def test_both_times_are_shown_when_they_are_more_than_two_minutes_apart(as_role, parcel):
    near = make.scan(parcel, "DEP", AT)
    far = make.scan(parcel, "ARR", AT + HOUR)
    services.record_scans([near], source="hub", recorded_at=AT + timedelta(minutes=2))
    services.record_scans([far], source="hub", recorded_at=AT + HOUR + timedelta(minutes=3))

    shown = {e.line.code: e.line.shows_both_times for e in entries(as_role("agent"), parcel)
             if e.line}  # fmt: skip

    assert (shown["DEP"], shown["ARR"]) == (False, True)


def test_half_a_position_and_a_mock_one_are_marked(parcel):
    half = make.scan(parcel, "DEP", AT, latitude=30.2)
    mock = make.scan(parcel, "ARR", AT + HOUR, latitude=30.2, longitude=120.1, is_mock=True)
    make.tell(half, mock)

    flags = dict(ScanEvent.objects.exclude(flags=[]).values_list("code", "flags"))
    assert flags == {"DEP": ["half_position"], "ARR": ["mock_position"]}


def test_an_exact_number_opens_and_a_slip_shows_the_nearest(as_role, parcel):
    client = as_role("agent")
    number = parcel.waybill
    # The last two neighbours that are not the same digit: swapping equal ones changes nothing.
    at = next(n for n in range(len(number) - 1, 2, -1) if number[n] != number[n - 1])
    swapped = number[: at - 1] + number[at] + number[at - 1] + number[at + 1 :]

    assert client.get(f"/parcels/?q={number}").status_code == 302
    for wrong in (number[:-1], swapped, number + "7"):
        found = client.get("/parcels/", {"q": wrong}).context["found"]
        assert parcel in [*found.near, *found.rows]
    assert client.get("/parcels/?q=ZZ99999999999").context["found"].near == []


def test_slips_are_one_step_away_and_few():
    made = slips("YS0000000000012")

    assert {"YS0000000000021", "YS000000000012", "YS0000000000013", "YT0000000000012"} <= made
    assert "YS0000000000012" not in made
    assert len(made) < 450
