"""Requests of persons about their own data: taken, checked, answered within 15 working days."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from courierqa.core.errors import DomainError
from courierqa.core.models import AuditEntry, PersonalView
from courierqa.core.timeframes import parse_period
from kpi import services as figures
from quality.models import PersonRequest
from quality.services.things import person_requests as requests
from tests.factories import shipments as make
from tests.kpi.known import figure
from tests.quality.test_fleet import signed_in

pytestmark = pytest.mark.django_db
# Monday 2 March 2026, 10:00 in Shanghai; 15 working days later is Monday 23 March, 24:00.
NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
DAY = timedelta(days=1)
TICK = timedelta(microseconds=1)
DUE = datetime(2026, 3, 23, 16, tzinfo=UTC) - TICK
MARCH, APRIL = parse_period("2026-03"), parse_period("2026-04")


def taken(by: Any, *, at: datetime = NOW, kind: str = "see") -> PersonRequest:
    asked = requests.Asked(kind, "王小芳", "13912345678", "请告知贵司保存了我的哪些信息", at)
    return requests.take_request(asked, by=by, at=at)


def answered(row: PersonRequest, at: datetime, kind: str = "done") -> PersonRequest:
    return requests.answer_request(row, answer_kind=kind, answer="已书面告知", by=row.handler,
                                   at=at)  # fmt: skip


def counts(now: datetime, period: Any = MARCH) -> tuple[int, int, int]:
    one = figure("X04", period=period, now=now)
    return one.hits, one.total, one.not_yet_due


def agree(now: datetime, period: Any = MARCH) -> bool:
    return figures.verify_period(period, now=now).differences == []


def test_answered_at_the_last_moment_a_moment_later_or_never() -> None:
    by = make.user("quality")
    rows = [taken(by) for _one in range(3)]
    assert {row.due_at for row in rows} == {DUE}
    assert counts(NOW + DAY) == (0, 0, 3)
    answered(rows[0], DUE)
    answered(rows[1], DUE + TICK)

    later = DUE + 5 * DAY
    assert counts(later) == (1, 3, 0)
    assert agree(later)


def test_checking_who_asks_stops_the_clock_once() -> None:
    """Asked on Tuesday the 3rd, known on Thursday the 12th: the evenings of the 3rd to the 6th and
    of the 9th to the 11th do not count, seven working days."""
    by = make.user("quality")
    row = requests.ask_proof(taken(by), by=by, at=NOW + DAY)
    assert row.due_at is None
    assert counts(NOW + 2 * DAY) == (0, 0, 0)
    with pytest.raises(DomainError) as refused:
        answered(row, NOW + 2 * DAY)
    assert (refused.value.code, refused.value.field) == ("unproven", "answer_kind")

    row = requests.note_proof(row, by=by, at=NOW + 10 * DAY)

    assert row.due_at == datetime(2026, 4, 1, 16, tzinfo=UTC) - TICK
    with pytest.raises(DomainError) as refused:
        requests.ask_proof(row, by=by, at=NOW + 11 * DAY)
    assert refused.value.code == "once"
    answered(row, row.due_at)
    later = row.due_at + DAY
    assert counts(later, APRIL) == (1, 1, 0)
    assert agree(later, APRIL)
    assert agree(later)


def test_nobody_known_ends_it_and_a_late_stop_is_refused() -> None:
    by = make.user("quality")
    row = requests.ask_proof(taken(by), by=by, at=NOW + DAY)
    row = answered(row, NOW + 30 * DAY, kind="unknown")
    assert row.due_at > row.answered_at
    with pytest.raises(DomainError) as refused:
        answered(row, NOW + 31 * DAY)
    assert refused.value.code == "answered"
    with pytest.raises(DomainError) as refused:
        requests.ask_proof(taken(by), by=by, at=DUE + TICK)
    assert refused.value.code == "too_late"
    asked = requests.Asked("see", "王", "13912345678", "?", NOW + DAY)
    with pytest.raises(DomainError) as refused:
        requests.take_request(asked, by=by, at=NOW)
    assert refused.value.field == "received_at"


def test_contact_and_words_are_encrypted_masked_and_revealed_for_the_own_task() -> None:
    by, other = make.user("lead"), make.user("lead")
    row = taken(by)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, phone, words FROM quality_personrequest")
        assert not any(plain in str(cursor.fetchone()) for plain in ("小芳", "5678", "哪些"))
    for user in (by, other):
        client = signed_in(user)
        page = client.get(f"/person-requests/{row.number}/").content.decode()
        assert "13912345678" not in page
        address = f"/person-requests/{row.number}/contact/"
        assert client.post(address, {"reason": ""}).status_code == 422
        assert "13912345678" in client.post(address, {"reason": "回电"}).content.decode()
    told = PersonalView.objects.order_by("pk").values_list("task", "task_ref", "is_hit")
    assert list(told) == [("request", row.number, True), ("", "", False)]


def test_the_pages_take_check_and_answer_a_request() -> None:
    client = signed_in(make.user("quality"))
    sent = {"kind": "delete", "name": "王小芳", "phone": "13912345678", "words": "请删除",
            "received_at": "2026-03-02T10:00"}  # fmt: skip

    wrong = client.post("/person-requests/new/", {**sent, "received_at": "2099-01-01T10:00"})
    assert wrong.status_code == 422
    assert "王小芳" in wrong.content.decode()
    assert client.post("/person-requests/new/", sent).status_code == 302
    row = PersonRequest.objects.get()
    page = f"/person-requests/{row.number}/"
    assert client.post(page, {"verb": "answer", "answer_kind": "done"}).status_code == 422
    said = {"verb": "answer", "answer_kind": "done", "answer": "已删除"}
    assert client.post(page, said).status_code == 302
    assert client.post(page, {"verb": "ask"}).status_code == 422
    row.refresh_from_db()
    assert (row.answer_kind, row.answer) == ("done", "已删除")
    assert row.number in client.get("/person-requests/?view=done").content.decode()
    assert row.number not in client.get("/person-requests/").content.decode()
    words = AuditEntry.objects.filter(object_code=row.number).order_by("pk")
    assert list(words.values_list("action", flat=True)) == ["request.open", "request.answer"]


def test_an_auditor_reads_and_changes_nothing_and_others_see_nothing() -> None:
    row = taken(make.user("quality"))
    page = f"/person-requests/{row.number}/"
    auditor = signed_in(make.user("auditor"))
    assert auditor.get(page).status_code == 200
    assert auditor.post(page, {"verb": "answer"}).status_code == 403
    assert auditor.get("/person-requests/new/").status_code == 403
    assert signed_in(make.user("agent")).get(page).status_code in (403, 404)
