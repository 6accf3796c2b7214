"""Meetings and their series, notices with receipts, tasks across units."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from complaints.selectors.tasks import tasks_of
from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError
from courierqa.core.models import Message
from quality.models import CommonTask, Meeting, MeetingSeries, Receipt, StaffNotice, TaskPart
from quality.selectors.improvement.audience import audience_of
from quality.services import communication as services
from staff.models import Employee
from tests.quality.conftest import DAY, NOW, Loop, worker
from tests.quality.test_fleet import signed_in
from tests.shipments.test_courier_pages import PIXEL

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def series(loop: Loop, **fields: Any) -> MeetingSeries:
    whole: dict[str, Any] = {
        "kind": "team", "title": "周例会", "site": loop.site, "chair": loop.leader,
        "people": [loop.leader, loop.courier], "agenda": "上周问题\n本周安排", "every": "week",
        "interval": 1, "anchor": TODAY, **fields,
    }  # fmt: skip
    return services.plan_series(**whole, by=loop.quality, at=NOW)


def held(loop: Loop, row: Meeting, **fields: Any) -> Meeting:
    whole: dict[str, Any] = {"held_on": TODAY, "minutes": "讨论迟到", "there": [loop.leader],
                             **fields}  # fmt: skip
    return services.hold_meeting(row, **whole, by=loop.leader.user, at=NOW)


def notice(loop: Loop, **fields: Any) -> StaffNotice:
    whole: dict[str, Any] = {
        "title": "雨季收派要求", "text": "快件必须防雨。", "sites": [loop.site], "roles": [],
        "people": [], "carriers": ["board"], "due_on": TODAY + 7 * DAY, **fields,
    }  # fmt: skip
    return services.write_notice(None, **whole, by=loop.quality, at=NOW)


def task(loop: Loop, **fields: Any) -> CommonTask:
    parts = [services.Part(loop.leader, "更新站点清单"), services.Part(loop.checker, "通知客服")]
    whole: dict[str, Any] = {"title": "双十一准备", "text": "", "owner": loop.checker,
                             "due_on": TODAY + 10 * DAY, "parts": parts, **fields}  # fmt: skip
    return services.give_task(**whole, by=loop.quality, at=NOW)


def code_of(deed: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(DomainError) as refused:
        deed(*args, **kwargs)
    return refused.value.code


@pytest.mark.req("COM-03")
def test_a_series_calls_its_meetings_once_each_even_when_the_clock_jumps(loop: Loop) -> None:
    row = series(loop)
    days = [TODAY + week * 7 * DAY for week in range(5)]
    assert sorted(row.meetings.values_list("planned_day", flat=True)) == days
    for now in (NOW, NOW - 9 * DAY, NOW + DAY, NOW):
        services.run_series(now=now)
    assert row.meetings.count() == 5
    assert services.run_series(now=NOW + 7 * DAY) == {"meetings": 1}
    page = signed_in(loop.quality).get("/meetings/series/").content.decode()
    # Nobody held the one of March: by the real clock it is overdue.
    assert "badge-bad" in page
    assert "Overdue" in signed_in(loop.quality).get("/meetings/?show=late").content.decode()


@pytest.mark.req("COM-03")
def test_a_series_that_ends_takes_back_only_what_lies_ahead(loop: Loop) -> None:
    row = series(loop)
    first = row.meetings.get(planned_day=TODAY)
    assert code_of(services.end_series, row, on=TODAY - DAY, reason="x", by=loop.quality, at=NOW)
    services.end_series(row, on=TODAY + 7 * DAY, reason="改为日会", by=loop.quality, at=NOW)
    left = sorted(row.meetings.values_list("planned_day", flat=True))
    assert left == [first.planned_day, TODAY + 7 * DAY]
    services.run_series(now=NOW)
    assert row.meetings.count() == 2


@pytest.mark.req("COM-01")
def test_a_meeting_is_written_down_once_with_who_came(loop: Loop) -> None:
    row = series(loop).meetings.get(planned_day=TODAY)
    assert code_of(held, loop, row, there=[]) == "nobody"
    assert code_of(held, loop, row, excused=[loop.leader]) == "twice"
    assert code_of(held, loop, row, held_on=TODAY + DAY) == "future"
    assert code_of(services.decide, row, text="x", nonconformity=None, by=loop.quality, at=NOW)
    held(loop, row)
    kept = {one.employee: one.presence for one in row.attendances.all()}
    assert kept == {loop.leader: "there", loop.courier: "absent"}
    assert code_of(held, loop, row) == "wrong_step"
    with pytest.raises(DatabaseError), transaction.atomic():
        row.attendances.update(presence="there")


@pytest.mark.req("COM-01", "COM-05")
def test_a_meeting_decides_links_a_problem_and_gives_a_task_that_is_owed(loop: Loop) -> None:
    row, problem = series(loop).meetings.get(planned_day=TODAY), loop.raised()
    leader, url = signed_in(loop.leader.user), f"/meetings/{row.pk}/"
    sent = {"verb": "hold", "held_on": "2026-03-02", "there": [loop.leader.number], "minutes": ""}
    assert leader.post(url, sent).status_code == 422
    assert leader.post(url, {**sent, "minutes": "见附件"}).status_code == 302
    said = {"verb": "decide", "text": "增加晚班", "nonconformity": problem.number}
    assert leader.post(url, said).status_code == 302
    tomorrow = (business_day(timezone.now()) + DAY).isoformat()
    give = {"title": "排晚班", "text": "", "owner": loop.leader.number, "due_on": tomorrow,
            "parts": f"{loop.courier.number} 试行一周"}  # fmt: skip
    assert leader.post(f"/tasks/new/?meeting={row.pk}", {**give, "parts": "无此人 x"}).status_code
    assert leader.post(f"/tasks/new/?meeting={row.pk}", give).status_code == 302
    made = CommonTask.objects.get()
    assert (made.meeting, made.parts.get().owner) == (row, loop.courier)
    page = leader.get(url).content.decode()
    assert problem.number in page
    assert made.number in page
    owed = tasks_of(loop.courier.user, now=timezone.now())
    assert [one.words for one in owed] == ["排晚班 · 试行一周"]
    home = signed_in(loop.courier.user).get("/actions/home/").content.decode()
    assert "排晚班" in home
    assert signed_in(worker("courier", loop.site).user).get(url).status_code == 404


def test_a_meeting_is_put_off_with_its_planned_day_kept_or_called_off(loop: Loop) -> None:
    row = series(loop).meetings.get(planned_day=TODAY)
    by = {"by": loop.leader.user, "at": NOW}
    services.move_meeting(row, due_day=TODAY + 2 * DAY, reason="台风", **by)
    row.refresh_from_db()
    assert (row.planned_day, row.due_day) == (TODAY, TODAY + 2 * DAY)
    services.run_series(now=NOW)
    assert Meeting.objects.filter(plan=row.plan).count() == 5
    services.cancel_meeting(row, reason="合并", **by)
    assert code_of(held, loop, row) == "wrong_step"


@pytest.mark.req("COM-02")
def test_a_notice_reaches_its_audience_and_each_confirms_for_themselves(loop: Loop) -> None:
    row = notice(loop)
    assert set(audience_of(row)) == {loop.leader, loop.courier}
    assert services.publish_notice(row, by=loop.quality, at=NOW) == 2
    assert code_of(services.publish_notice, row, by=loop.quality, at=NOW) == "wrong_step"
    mine = row.receipts.get(employee=loop.courier)
    assert code_of(services.confirm_notice, mine, by=loop.leader.user, at=NOW) == "not_own"
    courier, url = signed_in(loop.courier.user), f"/staff-notices/{row.pk}/"
    assert courier.post(url, {"verb": "confirm"}).status_code == 302
    mine.refresh_from_db()
    first = mine.confirmed_at
    assert first is not None
    services.confirm_notice(mine, by=loop.courier.user, at=NOW + DAY)
    mine.refresh_from_db()
    assert mine.confirmed_at == first
    page = signed_in(loop.quality).get(url).content.decode()
    assert "Not confirmed yet (1)" in page
    assert "Confirmed (1)" in page
    # One of the audience sees the text, and nothing about colleagues.
    assert loop.leader.number not in courier.get(url).content.decode()
    assert signed_in(worker("courier", loop.checker.site).user).get(url).status_code == 404


@pytest.mark.req("COM-02")
def test_names_and_roles_make_the_audience_smaller_or_add_to_it(loop: Loop) -> None:
    def reached(**fields: Any) -> set[Employee]:
        return set(audience_of(notice(loop, **fields)))

    office = {loop.checker, *Employee.objects.filter(site=loop.checker.site)}
    assert reached(sites=[]) == office | {loop.leader, loop.courier}
    assert reached(roles=["courier"]) == {loop.courier}
    assert reached(sites=[], roles=[], people=[loop.checker]) == {loop.checker}
    assert reached(roles=["courier"], people=[loop.checker]) == {loop.courier, loop.checker}
    nobody = notice(loop, roles=["hr"])
    assert code_of(services.publish_notice, nobody, by=loop.quality, at=NOW) == "nobody"
    assert StaffNotice.objects.get(pk=nobody.pk).status == "draft"


@pytest.mark.req("COM-02")
def test_who_has_not_confirmed_is_reminded_once_and_newcomers_are_asked(loop: Loop) -> None:
    row = notice(loop, due_on=TODAY + 3 * DAY)
    services.publish_notice(row, by=loop.quality, at=NOW)
    services.confirm_notice(row.receipts.get(employee=loop.leader), by=loop.leader.user, at=NOW)
    new = worker("courier", loop.site)
    assert services.run_notices(now=NOW) == {"asked": 1, "reminded": 0}
    late = NOW + 2 * DAY
    assert services.run_notices(now=late) == {"asked": 0, "reminded": 2}
    assert services.run_notices(now=late + DAY) == {"asked": 0, "reminded": 0}
    told = Message.objects.filter(template="quality/notice_late")
    assert {one.recipient_user for one in told} == {loop.courier.user, new.user}
    services.withdraw_notice(row, reason="有误", by=loop.quality, at=late)
    assert [one for one in tasks_of(new.user, now=late) if one.words == row.title] == []


@pytest.mark.req("COM-04")
def test_a_task_is_done_when_every_unit_has_reported_with_proof(loop: Loop) -> None:
    row = task(loop)
    first, second = row.parts.order_by("position")
    said: dict[str, Any] = {"note": "已更新", "by": loop.leader.user, "at": NOW}
    assert code_of(services.finish_part, first, **said) == "no_proof"
    services.finish_part(first, **said, reference="SOP-12")
    assert code_of(services.finish_part, first, **said, reference="x") == "wrong_step"
    assert CommonTask.objects.get().status == "open"
    services.finish_part(second, **said, content=PIXEL, file_name="通知.png")
    row.refresh_from_db()
    assert (row.status, row.ended_at) == ("done", NOW)
    file = second.files.get()
    client = signed_in(loop.leader.user)
    assert client.get(f"/tasks/files/{file.uid}/").status_code == 200
    other = signed_in(worker("courier", loop.checker.site).user)
    assert other.get(f"/tasks/files/{file.uid}/").status_code == 404


@pytest.mark.req("COM-04")
def test_each_reports_only_their_own_part(loop: Loop) -> None:
    row = task(loop)
    leader, lead = signed_in(loop.leader.user), signed_in(loop.checker.user)
    url = f"/tasks/{row.number}/parts/"
    assert leader.get(f"{url}1/").status_code == 200
    assert leader.get(f"{url}2/").status_code == 404
    assert lead.post(f"{url}1/", {"note": "x", "reference": "y"}).status_code == 404
    assert leader.post(f"{url}1/", {"note": "完成", "reference": ""}).status_code == 422
    assert leader.post(f"{url}1/", {"note": "完成", "reference": "R-1"}).status_code == 302
    assert TaskPart.objects.filter(status="done").count() == 1
    page = leader.get(f"/tasks/{row.number}/").content.decode()
    assert "R-1" in page
    # Whoever only has a part neither puts the whole off nor gives it up.
    late = {"verb": "later", "due_on": "2026-12-31", "reason": "x"}
    assert leader.post(f"/tasks/{row.number}/", late).status_code == 422
    assert lead.post(f"/tasks/{row.number}/", late).status_code == 302
    row.refresh_from_db()
    assert (row.first_due_on, row.due_on) == (TODAY + 10 * DAY, date(2026, 12, 31))
    services.cancel_task(row, reason="取消", by=loop.quality, at=NOW)
    assert leader.get("/tasks/?status=cancelled").content.decode().count(row.number)


def test_a_task_needs_people_who_are_here_once_each(loop: Loop) -> None:
    part = services.Part(loop.leader, "做")
    assert code_of(task, loop, parts=[]) == "nobody"
    assert code_of(task, loop, parts=[part, part]) == "twice"
    assert code_of(task, loop, due_on=TODAY - DAY) == "past"


@pytest.mark.parametrize("n", [1, 3])
@pytest.mark.parametrize(
    ("address", "queries"), [("/meetings/", 7), ("/staff-notices/", 7), ("/tasks/", 7)]
)
def test_lists_ask_the_same_however_long_they_are(
    loop: Loop, n: int, address: str, queries: int, django_assert_num_queries: Any
) -> None:
    for turn in range(n):
        services.call_meeting(
            kind="work", title=f"例会 {turn}", site=loop.site, chair=loop.leader, agenda="一",
            on=TODAY, place="", by=loop.quality, at=NOW,
        )  # fmt: skip
        services.publish_notice(notice(loop), by=loop.quality, at=NOW)
        task(loop)
    client = signed_in(loop.quality)
    client.get(address)
    with django_assert_num_queries(queries):
        page = client.get(address)
    assert page.content.decode().count("data-row") == n
    assert client.get(f"{address}?format=csv").status_code == 200


def soon(at: datetime) -> str:
    return (business_day(at) + timedelta(days=2)).isoformat()


@pytest.mark.req("COM-02")
def test_a_notice_is_drafted_changed_and_published_on_its_pages(loop: Loop) -> None:
    client = signed_in(loop.quality)
    sent = {"title": "节日值班", "text": "见附表", "due_on": soon(timezone.now()),
            "sites": ["HZ-01"], "roles": ["courier"], "carriers": ["paper"]}  # fmt: skip
    assert client.post("/staff-notices/new/", {**sent, "due_on": "2026-01-01"}).status_code == 422
    assert client.post("/staff-notices/new/", sent).status_code == 302
    row = StaffNotice.objects.get()
    url = f"/staff-notices/{row.pk}/"
    assert "It will reach 1 person" in client.get(url).content.decode()
    assert signed_in(loop.courier.user).get(url).status_code == 404
    assert client.post(f"{url}edit/", {**sent, "roles": []}).status_code == 302
    assert client.post(url, {"verb": "publish"}).status_code == 302
    assert Receipt.objects.filter(notice=row).count() == 2
    assert client.get(f"{url}edit/").status_code == 404
    assert "节日值班" in signed_in(loop.courier.user).get("/my-tasks/").content.decode()
