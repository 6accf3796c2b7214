"""Exceptions: opened and settled by scans, planned, told, solved, decided and appealed against."""

from __future__ import annotations

import io
from datetime import timedelta
from uuid import uuid4

import pytest
from PIL import Image

from courierqa.core.errors import DomainError, IllegalTransition, NotAllowed
from courierqa.core.history import changes_of
from shipments import selectors, services
from shipments.models import ExceptionClass, Parcel, ParcelException, ScanEvent
from shipments.services.gates import check_gates
from tests.factories import shipments as make

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
NOW = make.MONDAY + 5 * HOUR


def picture(color: str = "red") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), color).save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def parcel() -> Parcel:
    return make.accept(make.order())


def report(parcel: Parcel, kind: str = "address", **fields) -> ParcelException:
    values = {"site_id": parcel.origin_id, "at": NOW, "actor": None, "note": "门牌不清", **fields}
    return services.open_exception(parcel=parcel, kind=kind, **values)


def kinds(parcel: Parcel) -> dict[str, str]:
    return dict(parcel.exceptions.order_by("pk").values_list("kind", "status"))


@pytest.mark.req("EXC-01", "EXC-12")
@pytest.mark.parametrize(
    ("code", "fields", "kind"),
    [
        ("RFS", {"reason": "refuses-cod"}, "unpaid"),
        ("RFS", {"reason": "refuses"}, "refused"),
        ("NAT", {"reason": "no-time"}, "attempt"),
        ("DMG", {"detail": {"stage": "hub", "confirmed": True, "short": True}}, "short"),
        ("DNR", {}, "disputed"),
        ("MIS", {"reason": "mis-sort"}, "missort"),
        ("RNV", {"detail": {"result": "fail"}}, "realname"),
        ("HLD", {"detail": {"security": True, "why": "影像可疑"}}, "security"),
        ("SRH", {}, "lost"),
    ],
)
def test_each_scan_of_trouble_opens_its_class(parcel, code, fields, kind):
    make.tell(make.scan(parcel, code, NOW, **fields))

    assert kinds(parcel) == {kind: "new"}
    row = parcel.exceptions.get()
    hours = ExceptionClass.objects.get(code=kind).tell_hours
    assert row.due_at == NOW + hours * HOUR


def test_a_second_delivery_scan_is_a_class_of_its_own(parcel):
    make.deliver(parcel, NOW)
    make.tell(make.scan(parcel, "DLV", NOW + HOUR, detail={"way": "recipient"}))

    assert kinds(parcel) == {"duplicate": "new"}


@pytest.mark.req("EXC-02")
def test_a_report_keeps_when_where_and_how_it_looked(parcel):
    row = report(parcel, found_at=NOW - 2 * HOUR, place="分拣台", photo=picture())

    assert row.reporting_delay == 2 * HOUR
    assert (row.place, row.description) == ("分拣台", "门牌不清")
    photo = row.photos.get()
    assert len(photo.sha256) == 64
    assert services.add_photo(row, content=picture(), actor=None, at=NOW) == photo
    with pytest.raises(DomainError) as refusal:
        report(parcel, "damaged", found_at=NOW + HOUR)
    assert refusal.value.field == "found_at"


@pytest.mark.parametrize("kind", ["", "none", "announced-twice"])
def test_an_unknown_class_is_refused(parcel, kind):
    with pytest.raises(DomainError) as refusal:
        report(parcel, kind)
    assert refusal.value.field == "kind"


def test_the_same_class_opens_once_at_a_time(parcel):
    first = report(parcel)
    with pytest.raises(DomainError) as refusal:
        report(parcel)
    assert refusal.value.code == "already_open"
    services.solve_exception(first, note="地址已更正", actor=None, at=NOW + HOUR)

    second = report(parcel, at=NOW + 2 * HOUR)

    assert second.number != first.number
    with pytest.raises(DomainError):
        services.reopen_exception(first, note="", actor=None, at=NOW + 3 * HOUR)


@pytest.mark.req("EXC-03", "EXC-04", "EXC-06")
def test_telling_a_late_customer_needs_an_offer_and_starts_the_next_clock(parcel):
    row = report(parcel, "delayed")
    with pytest.raises(DomainError) as refusal:
        services.tell_customer(row, note="会晚到", actor=None, at=NOW + HOUR)
    assert refusal.value.field == "plan"

    services.tell_customer(row, note="会晚到", plan="compensate", actor=None, at=NOW + HOUR)

    solve = ExceptionClass.objects.get(code="delayed").solve_hours
    assert (row.status, row.told_at, row.plan) == ("told", NOW + HOUR, "compensate")
    assert row.due_at == NOW + HOUR + solve * HOUR
    services.plan_exception(
        row, plan="resend", due_at=NOW + DAY, note="", actor=None, at=NOW + 2 * HOUR
    )
    assert (row.plan, row.due_at) == ("resend", NOW + DAY)
    assert [c.verb for c in changes_of(row)] == ["open", "tell", "plan"]


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"plan": ""}, "plan"), ({"plan": "magic"}, "plan"), ({"due_at": NOW - HOUR}, "due_at")],
)
def test_a_plan_without_sense_is_refused(parcel, fields, field):
    row = report(parcel)
    values = {"plan": "return", "due_at": None, "note": "", "actor": None, "at": NOW, **fields}
    with pytest.raises(DomainError) as refusal:
        services.plan_exception(row, **values)
    assert refusal.value.field == field
    row.refresh_from_db()
    assert row.plan == ""


@pytest.mark.req("ACC-08", "ACC-14")
def test_dangerous_goods_stop_the_parcel_and_close_only_after_every_step(parcel):
    row = report(parcel, "dangerous", note="有刺激性气味")
    parcel.refresh_from_db()
    of = ExceptionClass.objects.get(code="dangerous")
    assert of.severity == "critical"
    assert "security_stop" in parcel.conditions
    assert kinds(parcel) == {"dangerous": "new"}
    with pytest.raises(DomainError) as refusal:
        services.solve_exception(row, note="已移交", actor=None, at=NOW + HOUR)
    assert refusal.value.code == "steps_left"

    for step in range(len(of.steps)):
        services.do_step(row, step=step, note="", actor=None, at=NOW + step * HOUR)
    services.solve_exception(row, note="已移交公安", actor=None, at=NOW + DAY)

    assert row.steps_done["1"] == (NOW + HOUR).isoformat()
    assert (row.status, row.note) == ("solved", "已移交公安")
    with pytest.raises(DomainError):
        services.do_step(row, step=9, note="", actor=None, at=NOW)


@pytest.mark.req("ACC-14")
@pytest.mark.parametrize("state", ["accepted", "in_transit", "at_station", "out"])
def test_a_stop_at_any_state_shuts_every_form_until_the_release(parcel, state):
    way = ["DEP", "AST", "OFD"][: ["accepted", "in_transit", "at_station", "out"].index(state)]
    for hour, code in enumerate(way, 1):
        make.tell(make.scan(parcel, code, make.MONDAY + hour * HOUR))
    parcel.refresh_from_db()
    assert parcel.state == state

    services.stop_parcel(parcel=parcel, why="影像可疑", at=NOW, actor=None)
    shut = {
        code: [p.code for p in check_gates(parcel, code, {"way": "recipient"}, at=NOW)]
        for code in ("ARR", "DEP", "OFD", "DLV", "RDY", "BAG")
    }
    make.tell(make.scan(parcel, "ARR", NOW + HOUR))
    services.release_parcel(parcel=parcel, why="复核无异常", at=NOW + 2 * HOUR, actor=None)

    assert set(map(tuple, shut.values())) == {("security_stop",)}
    assert check_gates(parcel, "XRY", {}, at=NOW) == []
    # A device that was offline told of a move all the same: it is marked, not lost.
    assert parcel.findings.filter(code="security_stop", closed_at=None).count() == 1
    assert check_gates(parcel, "OFD", {}, at=NOW + 3 * HOUR) == []
    assert kinds(parcel) == {"security": "solved"}
    with pytest.raises(DomainError):
        services.release_parcel(parcel=parcel, why="x", at=NOW + 3 * HOUR, actor=None)


@pytest.mark.req("ACC-14")
def test_a_stop_binds_returns_and_sorting_too(parcel):
    services.stop_parcel(parcel=parcel, why="可疑", at=NOW, actor=None)
    at = {"at": NOW + HOUR, "actor": None}

    with pytest.raises(DomainError) as turned:
        services.request_return(
            parcel=parcel, kind="recall", asked_by="sender", cause="寄错", **at
        )  # fmt: skip
    with pytest.raises(DomainError) as sorted_on:
        services.redispatch(
            parcel=parcel, site=parcel.origin, person_id=None, key=uuid4(), **at
        )  # fmt: skip

    assert {turned.value.code, sorted_on.value.code} == {"security_stop"}
    assert not ScanEvent.objects.filter(code__in=("RTS", "SRT")).exists()
    assert not parcel.returns.exists()


@pytest.mark.req("ACC-14")
def test_returned_goods_that_are_stopped_are_taken_in_after_the_release(parcel):
    wish = services.request_return(
        parcel=parcel, kind="recall", asked_by="sender", cause="寄错", at=NOW, actor=None
    )
    services.stop_parcel(parcel=parcel, why="可疑", at=NOW + HOUR, actor=None)

    def inspect(at):
        services.inspect_return(wish, result="good", note="", at=at, actor=None)

    with pytest.raises(DomainError) as held:
        inspect(NOW + 2 * HOUR)
    services.release_parcel(parcel=parcel, why="复核无异常", at=NOW + 3 * HOUR, actor=None)
    inspect(NOW + 4 * HOUR)

    assert held.value.code == "security_stop"
    assert Parcel.objects.get(pk=parcel.pk).state == "returned"


@pytest.mark.req("ACC-14")
def test_what_a_device_delivered_in_spite_of_a_stop_can_be_released(parcel):
    services.stop_parcel(parcel=parcel, why="可疑", at=NOW, actor=None)
    make.deliver(parcel, NOW + 5 * HOUR)

    services.release_parcel(parcel=parcel, why="复核无异常", at=NOW + 6 * HOUR, actor=None)

    assert (parcel.state, parcel.conditions) == ("delivered", [])
    assert kinds(parcel) == {"security": "solved"}


def test_a_page_read_before_somebody_elses_deed_cannot_do_it_again(parcel):
    old = Parcel.objects.get(pk=parcel.pk)
    services.stop_parcel(parcel=parcel, why="可疑", at=NOW, actor=None)
    services.declare_loss(parcel=parcel, why="查找无果", at=NOW + HOUR, actor=None)

    for deed in (services.stop_parcel, services.declare_loss):
        with pytest.raises(DomainError):
            deed(parcel=old, why="x", at=NOW + 2 * HOUR, actor=None)


@pytest.mark.parametrize("code", ["DSP", "DLV", "RTD"])
def test_only_what_is_under_way_is_declared_lost(parcel, code):
    detail = {"way": "recipient"}
    make.tell(make.scan(parcel, code, NOW, detail=detail))
    parcel.refresh_from_db()

    with pytest.raises(DomainError):
        services.declare_loss(parcel=parcel, why="查找无果", at=NOW + HOUR, actor=None)
    assert not ScanEvent.objects.filter(code="LST").exists()


def test_an_exception_that_a_late_scan_settles_took_no_time(parcel):
    services.watch_parcels(now=NOW + 9 * DAY)
    row = parcel.exceptions.get(kind="delayed")
    late = make.scan(parcel, "DLV", NOW, detail={"way": "recipient"})

    services.record_scans([late], source="courier", recorded_at=NOW + 23 * HOUR)

    row.refresh_from_db()
    assert (row.status, row.closed_at) == ("solved", row.opened_at)
    assert [change.at for change in changes_of(row)] == [row.opened_at] * 2


def test_what_has_ended_cannot_be_stopped(parcel):
    make.deliver(parcel, NOW)
    parcel.refresh_from_db()
    with pytest.raises(DomainError) as refusal:
        services.stop_parcel(parcel=parcel, why="可疑", at=NOW + HOUR, actor=None)
    assert refusal.value.code == "ended"


@pytest.mark.req("EXC-05")
def test_steps_of_exceptions_stand_in_the_parcels_story(parcel):
    row = report(parcel)
    services.take_exception(row, owner_id=None, actor=None, at=NOW + HOUR)
    services.solve_exception(row, note="地址已更正", actor=None, at=NOW + 2 * HOUR)

    story = selectors.trouble_lines(parcel)

    assert [(line.verb, line.number) for line in story] == [
        ("solve", row.number), ("take", row.number), ("open", row.number),
    ]  # fmt: skip
    assert story[0].words == "地址已更正"
    assert story[2].words == "门牌不清"


def test_a_move_settles_what_stood_still(parcel):
    make.tell(make.scan(parcel, "DEP", NOW))
    services.watch_parcels(now=NOW + 3 * DAY)
    assert kinds(parcel)["stuck"] == "new"

    make.tell(make.scan(parcel, "AST", NOW + 4 * DAY))

    row = parcel.exceptions.get(kind="stuck")
    assert (row.status, row.closed_at) == ("solved", NOW + 4 * DAY)
    assert selectors.trouble_lines(parcel)[0].words


@pytest.mark.req("EXC-09", "EXC-13")
def test_the_trace_back_suggests_and_a_person_decides_and_another_answers(cast):
    parcel = make.accept(make.order(origin=cast.station, destination=cast.neighbour))
    courier = cast.courier.employee
    make.deliver(parcel, parcel.promised_by + HOUR, person=courier)
    parcel.refresh_from_db()
    row = report(parcel, "disputed", at=parcel.done_at + HOUR)
    at = parcel.done_at + DAY

    found = selectors.evidence(parcel, now=at)
    assert (found.site, found.person) == (cast.neighbour, courier)
    assert [hand.person for hand in found.hands if hand.label][-1] == str(courier)

    with pytest.raises(DomainError):
        decide(row, cast.supervisor, at, party="person", person=courier, evidence=" ")
    blame = decide(row, cast.supervisor, at, party="person", person=courier)
    with pytest.raises(NotAllowed):
        appeal(blame, cast.courier, at, employee_id=courier.pk + 1)
    with pytest.raises(DomainError):
        appeal(blame, cast.courier, at + 8 * DAY, employee_id=courier.pk)
    appeal(blame, cast.courier, at + DAY, employee_id=courier.pk)
    with pytest.raises(NotAllowed):
        answer(blame, cast.supervisor, at + 2 * DAY)
    answer(blame, cast.quality, at + 2 * DAY)

    blame.refresh_from_db()
    assert (blame.status, blame.answered_by) == ("lifted", cast.quality)
    assert [c.verb for c in changes_of(blame)] == ["open", "appeal", "lift"]
    with pytest.raises(IllegalTransition):
        answer(blame, cast.quality, at + 2 * DAY)
    again = decide(row, cast.quality, at + 3 * DAY, party="outside")
    assert (again.pk, again.status, again.person, again.appeal) == (blame.pk, "decided", None, "")
    with pytest.raises(DomainError):
        appeal(again, cast.courier, at + 3 * DAY, employee_id=courier.pk)


def decide(row, user, at, **fields):
    values = {"evidence": "依据签收凭证", **fields}
    return services.decide_responsibility(exception=row, actor=user, at=at, **values)


def appeal(blame, user, at, *, employee_id):
    services.appeal_responsibility(
        blame, text="当时已电话确认", actor=user, at=at, employee_id=employee_id
    )


def answer(blame, user, at):
    services.answer_appeal(blame, uphold=False, text="通话记录属实", actor=user, at=at)
