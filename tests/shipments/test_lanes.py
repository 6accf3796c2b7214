"""Lanes: links that add up, changes on record, key lanes, plan beside actual; the calendar."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from courierqa.core.errors import DomainError
from courierqa.core.models import AuditEntry, Calendar
from shipments import selectors, services
from shipments.models import Lane, PromiseChange
from shipments.services.lanes import LanePlan, Link
from tests.factories import network as net
from tests.factories import shipments as make

pytestmark = pytest.mark.django_db
NOW = make.MONDAY


def plan(cast: Any, *hours: float, promise: int | None = 48, product: Any = None) -> LanePlan:
    sites = (cast.station, cast.hub, cast.neighbour)
    codes = ("DEP", "ARR", "DLV")
    links = tuple(
        Link(code, site, round(hour * 60))
        for code, site, hour in zip(codes, sites, hours, strict=True)
    )
    return LanePlan("road", is_key=True, promise_hours=promise, product=product, links=links)


@pytest.mark.req("TIM-01")
def test_links_must_add_up_to_the_limit(cast: Any) -> None:
    where = {"origin": cast.station, "destination": cast.neighbour, "reason": "新标准", "at": NOW}
    with pytest.raises(DomainError) as short:
        services.create_lane(**where, plan=plan(cast, 6, 4, 30), actor=None)
    by_product = plan(cast, 20, 40, 61, promise=None, product=net.standard())
    with pytest.raises(DomainError) as standard:
        services.create_lane(**where, plan=by_product, actor=None)

    assert (short.value.code, short.value.field) == ("links_do_not_add_up", "links")
    for part in ("40", "48", "8"):
        assert part in short.value.message
    assert "120" in standard.value.message
    assert not Lane.objects.exists()
    lane = services.create_lane(**where, plan=plan(cast, 6, 4, 38), actor=cast.manager)
    assert list(lane.legs.values_list("code", "limit_minutes")) == [
        ("DEP", 360), ("ARR", 600), ("DLV", 2880)
    ]  # fmt: skip


@pytest.mark.req("TIM-01", "NET-01")
def test_a_lane_shows_each_link_beside_what_happened(cast: Any, as_role: Any) -> None:
    now = timezone.now()
    start = now - timedelta(hours=60)
    lane = net.lane(cast.station, cast.hub, cast.neighbour, at=start)
    late, good = (net.accepted(cast.station, cast.neighbour, start) for _n in range(2))
    for parcel, left in ((good, 5), (late, 9)):
        make.tell(
            make.scan(parcel, "DEP", start + timedelta(hours=left)),
            make.scan(parcel, "ARR", start + timedelta(hours=left + 1), site_id=cast.hub.pk),
        )

    lines = selectors.link_lines(lane, now=now)

    dep, arr, ast, dlv = lines
    assert (dep.own_minutes, arr.own_minutes, dlv.own_minutes) == (360, 240, 1440)
    assert (dep.n, dep.overruns) == (2, 1)
    assert dep.median_minutes == pytest.approx(7 * 60)
    assert arr.median_minutes == pytest.approx(60)
    assert (ast.overruns, dlv.overruns) == (2, 2)
    assert as_role("quality").get(f"/lanes/{lane.pk}/").status_code == 200


@pytest.mark.req("TIM-15")
def test_the_lanes_own_limit_goes_before_the_product(cast: Any) -> None:
    usual = net.accepted(cast.station, cast.neighbour, NOW)
    net.lane(cast.station, cast.hub, cast.neighbour, at=NOW)
    quick = net.accepted(cast.station, cast.neighbour, NOW)

    assert quick.promised_by == NOW + timedelta(hours=48)
    assert usual.promised_by > quick.promised_by


@pytest.mark.req("TIM-14")
def test_key_lanes_are_watched_apart_with_their_complaints(cast: Any, as_role: Any) -> None:
    now = timezone.now()
    start = now - timedelta(days=4)
    lane = net.lane(cast.station, cast.hub, cast.neighbour, at=start, is_key=True)
    good, silent = (net.accepted(cast.station, cast.neighbour, start) for _n in range(2))
    make.deliver(good, start + timedelta(hours=40))
    from complaints import services as complaints
    from complaints.models import Reason
    from complaints.services.intake import Intake

    complaints.open_case(
        Intake(key="k1", reason=Reason.objects.get(code="late-delivery"), channel="phone",
               words="还没到", wish="info", phone="13812345678", name="李明", parcel=silent),
        by=cast.agent, at=now - timedelta(hours=1),
    )  # fmt: skip
    client = as_role("quality")

    board = client.get("/lanes/key/")
    slot = client.get("/complaints/lanes/")

    (line,) = board.context["lines"]
    assert (line["lane"], line["this"].hits, line["this"].total) == (lane, 1, 2)
    (row,) = slot.context["rows"]
    assert (row.lane, row.now, row.before) == (lane, 1, 0)
    assert "/complaints/lanes/" in board.content.decode()


def test_a_changed_standard_says_who_and_why(cast: Any, as_role: Any) -> None:
    lane = net.lane(cast.station, cast.hub, cast.neighbour, at=NOW)
    client, url = as_role("manager"), f"/lanes/{lane.pk}/edit/"
    form = client.get(url).context["links"]
    rows = {f"links-{i}-{k}": v for i, one in enumerate(form.initial) for k, v in one.items()}
    said = {"mode": "rail", "promise_hours": "50", "reason": "", "links-TOTAL_FORMS": "8",
            "links-INITIAL_FORMS": "8", **rows}  # fmt: skip

    bare = client.post(url, said)
    uneven = client.post(url, {**said, "reason": "改铁路"})
    half = client.post(url, {**said, "reason": "改铁路", "links-3-hours": ""})
    good = client.post(url, {**said, "reason": "改铁路", "links-3-hours": "26"})

    assert [r.status_code for r in (bare, uneven, half, good)] == [422, 422, 422, 302]
    assert "48" in uneven.content.decode()
    lane.refresh_from_db()
    assert (lane.mode, lane.promise_hours) == ("rail", 50)
    change = lane.changes.latest("pk")
    assert (change.by, change.reason) == (cast.manager, "改铁路")
    assert (change.before["promise_hours"], change.after["promise_hours"]) == (48, 50)
    assert AuditEntry.objects.filter(action="lane.save").count() == 2
    assert as_role("supervisor").get(url).status_code == 403


@pytest.mark.req("TIM-13")
def test_a_holiday_entered_later_moves_open_promises_with_a_log(cast: Any, as_role: Any) -> None:
    waiting = net.accepted(cast.station, cast.neighbour, NOW)
    done = net.accepted(cast.station, cast.neighbour, NOW)
    asked = net.accepted(cast.station, cast.neighbour, NOW)
    make.deliver(done, NOW + timedelta(hours=20))
    services.change_promise(
        parcel=asked, new=asked.promised_by + timedelta(days=2), asked_by_customer=True,
        cause="出差", at=NOW, actor=None,
    )  # fmt: skip
    before = waiting.promised_by
    said = {"calendar": Calendar.objects.get(code="CN"), "name": "临时放假", "reason": "国办通知"}

    change = services.change_calendar_day(
        **said, day=date(2026, 3, 4), is_working=False, at=NOW, actor=cast.manager
    )

    for parcel in (waiting, done, asked):
        parcel.refresh_from_db()
    assert (change.looked_at, change.moved) == (1, 1)
    assert waiting.promised_by == before + timedelta(days=1)
    assert waiting.promised_original == before
    assert waiting.facts.due_at == waiting.promised_by
    assert done.promised_by == before
    log = PromiseChange.objects.get(parcel=waiting)
    assert (log.old, log.new, log.asked_by_customer) == (before, waiting.promised_by, False)
    assert "2026-03-04" in log.cause

    back = services.change_calendar_day(
        **said, day=date(2026, 3, 4), is_working=True, at=NOW, actor=cast.manager
    )
    weekend = services.change_calendar_day(
        **said, day=date(2026, 3, 7), is_working=True, at=NOW, actor=cast.manager
    )
    waiting.refresh_from_db()
    assert (back.moved, weekend.moved) == (1, 0)
    assert waiting.promised_by == before
    page = as_role("manager").get("/network/calendar/").content.decode()
    assert "国办通知" in page


def test_the_calendar_page_says_what_is_missing(cast: Any, as_role: Any) -> None:
    make.catalogue()
    client = as_role("manager")
    said = {"calendar": "CN", "day": "2027-01-01", "is_working": "0", "name": "元旦", "reason": ""}
    bare = client.post("/network/calendar/", said)
    good = client.post("/network/calendar/", {**said, "reason": "国办发明电"})
    assert (bare.status_code, good.status_code) == (422, 302)
    assert as_role("supervisor").post("/network/calendar/", said).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_lanes_asks_the_same_questions(
    cast: Any, as_role: Any, count: int, django_assert_max_num_queries: Any
) -> None:
    for _n in range(count):
        net.lane(cast.station, cast.hub, make.site(), at=NOW)
    client = as_role("supervisor")
    with django_assert_max_num_queries(11):
        answer = client.get("/lanes/")
    assert len(answer.context["lines"]) == count
