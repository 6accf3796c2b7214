"""The pages about exceptions: board, list, one exception, watchlist, monitor, notices, classes."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from courierqa.core.models import AuditEntry
from shipments import services
from shipments.models import (
    ExceptionClass,
    Parcel,
    ParcelException,
    Responsibility,
    WatchLimit,
)
from tests.factories import shipments as make

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
BOARD = "/exceptions/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def parcel(cast) -> Parcel:
    return accepted(cast)


def accepted(cast, hours: float = 8) -> Parcel:
    now = timezone.now()
    placed = make.order(
        origin=cast.station, destination=cast.neighbour, at=now - (hours + 1) * HOUR
    )
    return make.accept(placed, now - hours * HOUR)


def opened(parcel: Parcel, kind: str = "address", **fields) -> ParcelException:
    values = {"site_id": parcel.origin_id, "at": timezone.now(), "actor": None, "note": "门牌不清"}
    return services.open_exception(parcel=parcel, kind=kind, **{**values, **fields})


def url_of(row: ParcelException, name: str = "exception") -> str:
    return reverse(f"shipments:{name}", args=[row.number])


def upload() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "blue").save(out, "PNG")
    return SimpleUploadedFile("x.png", out.getvalue(), "image/png")


@pytest.mark.req("EXC-02")
def test_a_report_with_a_photo_is_kept_and_shown_with_its_delay(as_role, parcel):
    client, now = as_role("supervisor"), timezone.localtime()
    seen = (now - 2 * HOUR).strftime("%Y-%m-%dT%H:%M")
    form = reverse("shipments:exception_new", args=[parcel.waybill])

    bad = client.post(form, {"kind": "damaged", "note": "", "place": "分拣台"})
    good = client.post(
        form,
        {"kind": "damaged", "note": "一角压破", "found_at": seen, "place": "分拣台",
         "photo": upload()},
    )  # fmt: skip

    assert bad.status_code == 422
    assert "分拣台" in bad.content.decode()
    row = ParcelException.objects.get()
    assert good.url == url_of(row)
    page = client.get(good.url).content.decode()
    assert "发现后 2 小时" in page
    photo = row.photos.get()
    picture = client.get(reverse("shipments:exception_photo", args=[row.number, photo.uid]))
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/jpeg")
    fake = client.post(
        good.url, {"verb": "photo", "photo": SimpleUploadedFile("a.jpg", b"<script>")}
    )
    assert fake.status_code == 422


@pytest.mark.req("EXC-01")
def test_classes_are_edited_by_the_right_people_and_used_at_once(as_role, parcel):
    client = as_role("quality")
    values = {
        "code": "wet", "name": "受潮", "name_en": "Wet", "severity": "high", "tell_hours": 6,
        "solve_hours": 24, "next_steps": "拍照\n晾干", "by_hand": "on", "is_active": "on",
        "position": 3,
    }  # fmt: skip
    new = "/settings/exceptions/new/"

    bad = client.post(new, {**values, "code": "W E T"})
    client.post(new, values)
    twice = client.post(new, values)
    changed = client.post("/settings/exceptions/wet/", {**values, "tell_hours": 5})

    assert (bad.status_code, twice.status_code, changed.status_code) == (422, 422, 302)
    row = ExceptionClass.objects.get(code="wet")
    assert (row.tell_hours, row.is_proposal, row.steps) == (5, False, ["拍照", "晾干"])
    assert AuditEntry.objects.filter(action="exception_class.change").count() == 1
    report = reverse("shipments:exception_new", args=[parcel.waybill])
    supervisor = as_role("supervisor")
    supervisor.post(report, {"kind": "wet", "note": "外箱潮湿"})
    assert ParcelException.objects.get().kind == "wet"
    assert supervisor.post("/settings/exceptions/wet/", values).status_code == 403


def test_watch_hours_are_set_on_the_same_page_and_bad_ones_keep_what_was_typed(as_role, db):
    client = as_role("admin")
    rows = list(WatchLimit.objects.all())
    typed = {f"hours-{row.pk}": "30" for row in rows}

    bad = client.post("/settings/exceptions/", {**typed, f"hours-{rows[0].pk}": "0"})
    client.post("/settings/exceptions/", typed)

    assert bad.status_code == 422
    assert 'value="0"' in bad.content.decode()
    assert set(WatchLimit.objects.values_list("hours", "is_proposal")) == {(30, False)}


@pytest.mark.req("EXC-04", "EXC-06")
def test_the_board_counts_by_class_and_narrows_by_address(as_role, cast):
    first, second = accepted(cast), accepted(cast)
    late = opened(first, "delayed", at=timezone.now() - 20 * HOUR)
    opened(second)
    client = as_role("agent")

    board = client.get(BOARD).context["board"]
    overdue = client.get(BOARD, {"show": "overdue"}).context["board"]
    kind = client.get(BOARD, {"kind": "address"}).context["board"]
    mine = client.get(BOARD, {"view": "mine"}).context["board"]
    listed = client.get(BOARD, {"layout": "list", "show": "untold", "kind": "delayed"})

    assert [(k.code, n) for k, n in board.kinds] == [("delayed", 1), ("address", 1)]
    assert (board.untold, board.overdue) == (2, 1)
    assert [card.row for card in board.columns[0].cards] == [late, *second.exceptions.all()]
    assert overdue.columns[0].total == kind.columns[0].total == 1
    assert mine.columns[0].total == 0
    assert [card.row for card in listed.context["cards"]] == [late]


@pytest.mark.req("EXC-04")
def test_cards_move_and_a_refusal_comes_back_beside_the_words(as_role, parcel, cast):
    row, client = opened(parcel, "delayed"), as_role("supervisor")
    move = url_of(row, "exception_move")

    taken = client.post(move, {"verb": "take"}, headers=HTMX)
    silent = client.post(move, {"verb": "tell", "note": "会晚到", "dialog": "1"}, headers=HTMX)
    told = client.post(
        move, {"verb": "tell", "note": "会晚到", "plan": "wait", "dialog": "1"}, headers=HTMX
    )
    solved = client.post(move, {"verb": "solve", "note": "已送达"})
    back = client.post(move, {"verb": "put_back"}, headers=HTMX)
    odd = client.post(move, {"verb": "dance"}, headers=HTMX)

    assert [c.total for c in taken.context["board"].columns] == [0, 1, 0, 0]
    assert (silent.status_code, silent["HX-Retarget"]) == (422, "#move-problem")
    assert told.context["board"].columns[2].cards[0].row.owner == cast.supervisor.employee
    assert solved.status_code == 302
    assert [c.total for c in back.context["board"].columns] == [1, 0, 0, 0]
    assert odd.status_code == 422


def test_other_sites_see_neither_cards_nor_files(as_role, cast):
    elsewhere = make.site("SH-09", city="上海")
    far = make.accept(make.order(origin=elsewhere, destination=cast.neighbour))
    row = opened(far, site_id=elsewhere.pk)
    client = as_role("supervisor")

    assert client.get(BOARD).context["board"].columns[0].total == 0
    assert client.get(url_of(row)).status_code == 404
    assert client.post(url_of(row, "exception_move"), {"verb": "take"}).status_code == 404
    assert client.post(url_of(row, "blame_decide"), {}).status_code == 404


@pytest.mark.req("EXC-03")
def test_the_compensation_plan_leads_to_a_claim(as_role, parcel):
    row, client = opened(parcel, "damaged"), as_role("agent")

    client.post(url_of(row), {"verb": "plan", "plan": "compensate"})
    page = client.get(url_of(row)).content.decode()
    slot = client.get(reverse("complaints:parcel_cases", args=[parcel.waybill]))

    assert f'href="/complaints/new/?waybill={parcel.waybill}"' in page
    assert f'hx-get="/complaints/of-parcel/{parcel.waybill}/"' in page
    assert slot.status_code == 200


@pytest.mark.req("EXC-04")
@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"verb": "plan", "plan": ""}, "plan"),
        ({"verb": "plan", "plan": "wait", "due_at": "2020-01-01T08:00"}, "due_at"),
        ({"verb": "step", "step": "7"}, "step"),
        ({"verb": "step", "step": "x"}, "step"),
        ({"verb": "analyse", "root_cause": ""}, "root_cause"),
        ({"verb": "solve", "note": ""}, "note"),
        ({"verb": "photo"}, "photo"),
        ({"verb": "tell", "note": "好", "plan": "gold"}, "plan"),
    ],
)
def test_a_deed_without_what_it_needs_is_refused_at_its_field(as_role, parcel, data, field):
    row = opened(parcel)

    answer = as_role("agent").post(url_of(row), data)

    assert answer.status_code == 422
    assert field in answer.context["form"].errors


@pytest.mark.req("EXC-09", "EXC-13")
def test_the_courier_named_appeals_and_quality_answers(as_role, cast, parcel):
    courier = cast.courier.employee
    row = opened(parcel, "disputed")
    supervisor, phone, quality = (as_role(r) for r in ("supervisor", "courier", "quality"))
    assert phone.get(url_of(row)).status_code == 404
    named = {"party": "person", "person": courier.number, "evidence": "签收照片与地址不符"}

    wrong = supervisor.post(url_of(row, "blame_decide"), {**named, "person": "E0"})
    supervisor.post(url_of(row, "blame_decide"), named)
    seen = phone.get(url_of(row))
    empty = phone.post(url_of(row, "blame_appeal"), {"appeal": ""})
    phone.post(url_of(row, "blame_appeal"), {"appeal": "收件人电话里同意放门口"})
    answered = quality.post(
        url_of(row, "blame_answer"), {"uphold": "yes", "answer": "通话没有提到门口"}
    )

    assert (wrong.status_code, empty.status_code) == (422, 422)
    assert seen.context["may_appeal"]
    assert answered.status_code == 302
    blame = Responsibility.objects.get()
    assert (blame.status, blame.person) == ("upheld", courier)
    assert "收件人电话里同意放门口" in quality.get(url_of(row)).content.decode()


@pytest.mark.req("ACC-14")
def test_a_stopped_parcel_shuts_station_scans_and_is_released_by_the_right_role(
    as_role, cast, parcel
):
    agent, supervisor = as_role("agent"), as_role("supervisor")
    stop, release = (
        reverse(f"shipments:{name}", args=[parcel.waybill]) for name in ("stop", "release")
    )

    empty = agent.post(stop, {"why": ""})
    agent.post(stop, {"why": "有异味"})
    scanned = supervisor.post(
        reverse("shipments:station"),
        {"code": "ARR", "site": "HZ-01", "waybills": parcel.waybill},
    )
    denied = agent.post(release, {"why": "无异常"})
    page = supervisor.get(reverse("shipments:parcel", args=[parcel.waybill])).content.decode()
    freed = supervisor.post(release, {"why": "复核无异常"})

    assert (empty.status_code, denied.status_code, freed.status_code) == (422, 403, 302)
    assert not scanned.context["answers"][0].good
    assert "放行" in scanned.context["answers"][0].words
    assert release in page
    parcel.refresh_from_db()
    assert "security_stop" not in parcel.conditions
    assert (
        "有异味"
        in supervisor.get(reverse("shipments:parcel", args=[parcel.waybill])).content.decode()
    )


@pytest.mark.req("EXC-05")
def test_the_parcel_page_tells_scans_and_exceptions_as_one_story(as_role, parcel):
    row = opened(parcel)
    services.solve_exception(row, note="地址已更正", actor=None, at=timezone.now())

    page = as_role("agent").get(reverse("shipments:parcel", args=[parcel.waybill]))

    newest = page.context["entries"][0]
    assert (newest.verb, newest.link) == ("solve", f"/exceptions/{row.number}/")
    assert "地址已更正" in page.content.decode()


def test_the_list_exports_what_is_seen_without_formulas(as_role, parcel):
    opened(parcel, note="=1+1")
    client = as_role("lead")

    body = b"".join(client.get("/exceptions/export.csv", {"kind": "address"})).decode()
    empty = b"".join(client.get("/exceptions/export.csv", {"kind": "lost"})).decode()

    assert parcel.waybill in body
    assert len(empty.splitlines()) == 1
    assert AuditEntry.objects.filter(action="exception.export").count() == 2


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    "address",
    ["/exceptions/", "/exceptions/?layout=list", "/watchlist/", "/watchlist/?tab=late",
     "/watchlist/?tab=backlog", "/monitor/", "/monitor/process/", "/service-notices/",
     "/settings/exceptions/", "/home/exceptions/now/"],
)  # fmt: skip
def test_pages_ask_the_database_a_fixed_number_of_times(
    as_role, cast, address, count, django_assert_max_num_queries
):
    for _number in range(count):
        opened(make.accept(make.order(origin=cast.station, destination=cast.neighbour)), "delayed")
    client = as_role("lead")
    client.get(address)

    with django_assert_max_num_queries(QUERIES[address.split("?")[0]]):
        response = client.get(address)

    assert response.status_code == 200


QUERIES = {
    "/exceptions/": 18, "/watchlist/": 19, "/monitor/": 15, "/monitor/process/": 18,
    "/service-notices/": 11, "/settings/exceptions/": 12, "/home/exceptions/now/": 11,
}  # fmt: skip


@pytest.mark.browser
@pytest.mark.parametrize(("width", "is_list"), [(1199, True), (1200, False)])
def test_below_four_columns_the_list_comes_first(browser_page, live_server, cast, width, is_list):
    page = browser_page(user=cast.supervisor, width=width)
    page.goto(f"{live_server.url}/exceptions/?show=overdue")
    if is_list:
        page.wait_for_url("**/exceptions/?show=overdue&layout=list")
        page.click('.tabs a[href$="layout=board"]')
    page.wait_for_selector("#board")
