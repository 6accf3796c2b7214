"""A document is published and acknowledged; an audit finding is closed by its re-audit."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from courierqa.core import notify
from quality.document_enums import AuditStatus, ReadingState
from quality.models import InternalAudit, Reading
from quality.services import documents
from tests.quality.conftest import Loop, loop
from tests.quality.test_pages import signed_in

__all__ = ["loop"]
pytestmark = [pytest.mark.django_db, pytest.mark.once]
START = datetime(2026, 3, 2, 2, tzinfo=UTC)
DAY = timedelta(days=1)


class Clock:
    """The time of day, moved by the test."""

    def __init__(self) -> None:
        self.now = START

    def move(self, days: int) -> datetime:
        self.now += days * DAY
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    moved = Clock()
    monkeypatch.setattr(timezone, "now", lambda: moved.now)
    return moved


def sent(client: Client, path: str, **said: Any) -> Any:
    answer = client.post(path, said)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return answer


QUIZ = "? 可以未经同意投柜吗 | Locker without consent\n- 可以 | Yes\n+ 不可以 | No"


@pytest.mark.req("DOC-12")
@pytest.mark.req("DOC-04")
@pytest.mark.req("DOC-06")
def test_a_document_is_published_and_acknowledged(clock: Clock, loop: Loop) -> None:
    quality, manager = signed_in(loop.quality), signed_in(loop.manager)
    courier, leader = signed_in(loop.courier.user), signed_in(loop.leader.user)
    card = {"number": "qi-09", "level": "instruction", "category": "courier", "title": "投递指导",
            "title_en": "Delivery", "owner": loop.leader.number, "review_months": "12",
            "must_be_read": "on", "posts": ["courier"], "screens": ["delivery"]}  # fmt: skip
    sent(quality, "/documents/new/", **card, body="## 派前\n\n- 先联系收件人", quiz=QUIZ)
    assert courier.get("/documents/QI-09/").status_code == 404
    own = quality.post("/documents/QI-09/decide/", {"outcome": "yes"})
    assert own.status_code in (403, 422)
    sent(quality, "/documents/QI-09/submit/", effective_on="2026-03-05")
    assert "QI-09" in manager.get("/documents/?show=coming").content.decode()
    sent(manager, "/documents/QI-09/decide/", outcome="yes", note="")

    documents.run_documents(now=clock.move(3))

    # Days have passed: everybody signs in again.
    quality, manager = signed_in(loop.quality), signed_in(loop.manager)
    courier, leader = signed_in(loop.courier.user), signed_in(loop.leader.user)
    assert notify.unread_for(loop.courier.user).count() == 1
    phone = courier.get("/m/documents/").content.decode()
    assert "/m/documents/QI-09/" in phone
    assert "QI-09" in leader.get("/documents/readings/").content.decode()
    page = courier.get("/sop/delivery/", follow=True).content.decode()
    assert "先联系收件人" in page
    assert courier.post("/m/documents/QI-09/", {"q0": "0"}).status_code == 422
    sent(courier, "/m/documents/QI-09/", q0="1")
    reading = Reading.objects.get(employee=loop.courier)
    assert (reading.state, reading.read_at, reading.wrong) == (ReadingState.READ, clock.now, 1)
    assert "Nobody is on this list" in leader.get("/documents/readings/").content.decode()

    # The next version asks again.
    sent(quality, "/documents/QI-09/text/", body="## 派前\n\n- 先电话联系收件人", change="改为电话")
    sent(quality, "/documents/QI-09/submit/", effective_on="2026-03-05")
    sent(manager, "/documents/QI-09/decide/", outcome="yes", note="")
    compared = courier.get("/documents/QI-09/compare/?old=1&new=2").content.decode()
    assert "<ins>电话</ins>" in compared
    assert "QI-09" in courier.get("/documents/?show=mine").content.decode()


@pytest.mark.req("AUD-05")
@pytest.mark.req("AUD-01")
def test_an_audit_finding_is_closed_by_its_reaudit(clock: Clock, loop: Loop) -> None:
    quality, manager = signed_in(loop.quality), signed_in(loop.manager)
    sent(quality, "/audits/programmes/new/", year="2026", aim="覆盖全部站点")
    sent(manager, "/audits/programmes/2026/approve/")
    plan = {"title": "西湖站内审", "site": "HZ-01", "owner": loop.leader.number,
            "lead": loop.leader.number, "planned_on": "2026-03-10", "scopes": ["delivery"],
            "methods": ["inspection"], "questions": "8.5 逐件扫描\n8.7 破损登记"}  # fmt: skip
    refused = quality.post("/audits/programmes/2026/plan/", plan)
    assert refused.status_code == 422
    assert "answers for what is audited" in refused.content.decode()
    plan["lead"] = loop.checker.number
    sent(quality, "/audits/programmes/2026/plan/", **plan)
    clock.move(8)
    quality, leader = signed_in(loop.quality), signed_in(loop.leader.user)
    auditor = signed_in(loop.checker.user)
    audit = "/audits/IA-2026-01"
    sent(auditor, f"{audit}/lines/1/grade/", grade="major", evidence="3 件未扫描")
    sent(auditor, f"{audit}/lines/2/grade/", grade="conform", evidence="")
    sent(auditor, f"{audit}/report/", conclusion="扫描需要整改")
    said = {"title": "未逐件扫描", "kind": "actual", "severity": "minor", "site": "HZ-01",
            "found_on": "2026-03-10"}  # fmt: skip
    sent(quality, "/actions/new/?source=audit&ref=IA-2026-01-1", **said)
    assert leader.post(f"{audit}/lines/1/verify/", {"verification": "已改"}).status_code == 403
    early = auditor.post(f"{audit}/lines/1/verify/", {"verification": "已改"})
    assert early.status_code == 422

    sent(quality, f"{audit}/again/", lead=loop.checker.number, planned_on="2026-05-04")
    clock.move(55)
    quality, auditor = signed_in(loop.quality), signed_in(loop.checker.user)
    again = auditor.get("/audits/IA-2026-02/").content.decode()
    assert "Finding IA-2026-01-1: 3 件未扫描" in again
    sent(auditor, "/audits/IA-2026-02/lines/1/grade/", grade="conform", evidence="50 件均已扫描")
    sent(auditor, "/audits/IA-2026-02/report/", conclusion="已消除")

    states = list(InternalAudit.objects.order_by("number").values_list("status", flat=True))
    assert states == [AuditStatus.CLOSED, AuditStatus.CLOSED]
    assert "seen gone by" in quality.get(f"{audit}/").content.decode()
    assert "No finding is open" in quality.get("/audits/findings/").content.decode()
