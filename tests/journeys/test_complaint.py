"""One complaint from the phone to its close: colleague, answer, money, call back, in a browser."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from complaints.enums import ClaimStatus, Status
from complaints.models import Case, SurveyAnswer
from complaints.services import check_clocks, sampling
from courierqa.core import audit
from courierqa.core.models import ClockMiss, Message
from shipments.models import Parcel
from staff import services as staff
from staff.models import Post
from tests.complaints.test_keyboard import Keys
from tests.factories import shipments as make
from tests.factories import surveys as ask

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = "13800130042"


@pytest.fixture
def parcel(cast: Any) -> Parcel:
    """A parcel of yesterday that its recipient will complain about."""
    from shipments.services import PartyInput

    return make.order(
        origin=cast.neighbour, destination=cast.station, at=datetime.now(UTC) - timedelta(days=1),
        recipient=PartyInput("何静", PHONE, "杭州市中山路 3 号"),
    )  # fmt: skip


@pytest.fixture
def colleague(cast: Any) -> Any:
    """A second agent, who did not handle the case and may make the call back."""
    user = staff.create_user(username="C901", display_name="林娜", password="a longer password")
    long_ago = datetime(2024, 1, 2, tzinfo=UTC)
    staff.create_employee(
        number="C901", name="林娜", post=Post.objects.get(code="agent"), site=cast.station,
        hired_on=long_ago.date(), background_checked_on=long_ago.date(), user=user, at=long_ago,
    )  # fmt: skip
    staff.grant_role(user, "agent", at=long_ago)
    return user


class Desk:
    """A person of the service desk at the case's page."""

    def __init__(self, page: Any, url: str, case: Case, part: str = "") -> None:
        self.page = page
        self.address = f"{url}/complaints/{case.number}/{part}"
        page.goto(self.address)

    def send(self, deed: str, **fields: Any) -> None:
        """Fill the form of one deed and send it; the page shows the case anew."""
        form = self.page.locator(f'form[action$="/{deed}/"]').first
        details = form.locator("xpath=ancestor::details[1]")
        if details.count() and details.get_attribute("open") is None:
            details.locator("> summary").click()
        for name, value in fields.items():
            self._fill(form, name.replace("_x", ""), value)
        with self.page.expect_response(lambda r: r.url.endswith(f"/{deed}/")) as told:
            form.locator("button[type=submit], button:not([type])").first.click()
        assert told.value.status in (200, 204, 302), f"{deed}: {told.value.text()[:400]}"
        self.page.goto(self.address)

    def _fill(self, form: Any, name: str, value: Any) -> None:
        field = form.locator(f'[name$="{name}"]')
        kind = field.first.evaluate("one => one.tagName + ':' + (one.type || '')")
        if kind == "INPUT:radio":
            form.locator(f'[name$="{name}"][value="{value}"]').check()
        elif kind == "INPUT:checkbox":
            field.set_checked(value)
        elif kind.startswith("SELECT"):
            field.select_option(value)
        else:
            field.fill(value)


def log_by_keyboard(page: Any, url: str) -> Case:
    """F2: phone, group, reason, wish, words, send; no mouse, at most fourteen groups of keys."""
    page.goto(f"{url}/complaints/")
    keys = Keys(page)
    keys.press("F2")
    page.wait_for_url("**/complaints/new/")
    keys.type(PHONE)
    keys.press("Enter")
    page.wait_for_selector("[name=words]:focus, [data-parcel]:focus, [data-step]:focus-within")
    for key in ("1", "2", "2"):
        keys.press(key)
    keys.type("说好昨天送到，到现在还没有")
    keys.press("Control+Enter")
    page.wait_for_url("**/saved/")
    assert keys.groups <= 14
    return Case.objects.get()


@pytest.mark.req("CMP-03", "CMP-07", "PAY-03")
@pytest.mark.parametrize("lang", ["zh-CN", "en"])
def test_a_complaint_from_phone_to_close(browser_page, live_server, cast, parcel, colleague, lang):
    url = live_server.url
    agent = browser_page(user=cast.agent, lang=lang)
    case = log_by_keyboard(agent, url)
    assert (case.parcel, case.first_responder, case.owner) == (parcel, cast.agent, cast.agent)
    nobody_answers(case, cast)

    desk = Desk(agent, url, case)
    desk.send("transfer", to_user=str(cast.supervisor.pk), question="请查在哪一环节耽误")
    helper = Desk(browser_page(user=cast.supervisor, lang=lang), url, case)
    helper.send(f"transfer/{case.transfers.get().pk}/answer", answer="中转少装一车，今天补送")
    case.refresh_from_db()
    assert case.owner == cast.agent

    whys = {"why1": "出站后没有扫描", "why2": "交接时未逐件核对"}
    found = Desk(agent, url, case, "investigation/")
    found.send("analysis", root_cause="handover-missed", **whys)
    desk = Desk(agent, url, case)
    desk.send("liability", liability="ours", evidence="依据扫描记录，分拨晚装一车")
    desk.send("claim", event_kind="loss", loss="200", amount="200")
    claim = case.claims.get()
    assert claim.status == ClaimStatus.WAITING
    Desk(browser_page(user=cast.lead, lang=lang), url, case).send(f"claim/{claim.pk}/decide")
    pay(browser_page(user=cast.manager, lang=lang), url, case, claim)
    desk.send("reply", text="分拨晚装一车，快件今天送到，赔偿已付", final=True, via="message")
    call_back(browser_page(user=colleague, lang=lang), url, case)
    desk.send("cause", cause="分拨漏装", summary="装车后核对件数")
    desk.send("close")

    case.refresh_from_db()
    assert case.status == Status.CLOSED
    assert case.told_at <= case.legal_due_at
    assert case.investigation.whys[:2] == ["出站后没有扫描", "交接时未逐件核对"]
    seen_by_customer(browser_page, url, case, lang)
    answers_a_survey(browser_page, url, parcel, lang)
    audit.seal(now=datetime.now(UTC))
    assert audit.verify().ok


def nobody_answers(case: Case, cast: Any) -> None:
    """Time moves on: the owner is reminded, the miss is written down, the head is told."""
    late = case.first_due_at + timedelta(days=2)
    for moment in (case.first_due_at - timedelta(minutes=10), late):
        # A head is told within the hours of their site; the watch comes back for that.
        Case.objects.filter(pk=case.pk).update(next_check_at=moment)
        check_clocks(now=moment)
    told = Message.objects.filter(object_type="complaints.case", object_id=case.pk)
    assert cast.agent.pk in set(told.values_list("recipient_user", flat=True))
    assert set(told.values_list("recipient_user", flat=True)) - {cast.agent.pk}, "no head was told"
    assert ClockMiss.objects.get(object_id=case.pk, clock="first").due_at == case.first_due_at


def answers_a_survey(browser_page: Any, url: str, parcel: Parcel, lang: str) -> None:
    """The parcel came after all; its recipient is asked and gives five with one tap."""
    now = datetime.now(UTC)
    make.deliver(make.accept(parcel, now - timedelta(hours=9)), now - timedelta(hours=1))
    held = sampling.hold_round(plan=ask.plan(), seed="a" * 32, at=now)
    visitor = browser_page(lang=lang, width=390)
    visitor.goto(f"{url}/s/{held.invitations.get().token}/")
    visitor.locator('button[name="score"][value="5"]').click()
    visitor.wait_for_url("**?tapped=1")
    assert SurveyAnswer.objects.get().rating.score == 5


def pay(page: Any, url: str, case: Case, claim: Any) -> None:
    """Neither who asked nor who approved pays."""
    Desk(page, url, case).send(f"claim/{claim.pk}/pay", payment_ref="PAY-2026-0001")
    claim.refresh_from_db()
    assert claim.status == ClaimStatus.PAID


def call_back(page: Any, url: str, case: Case) -> None:
    """The next day a colleague calls: satisfied. One key ends the call."""
    case.followups.update(due_at=datetime.now(UTC) - timedelta(minutes=1))
    page.goto(f"{url}/complaints/follow-ups/")
    page.wait_for_selector("[data-calls]")
    page.keyboard.press("1")
    page.wait_for_load_state()
    page.wait_for_selector("[data-calls]", state="detached")
    assert case.followups.get().result == "satisfied"


def seen_by_customer(browser_page: Any, url: str, case: Case, lang: str) -> None:
    """The customer reads the answer without an account; notes of colleagues stay inside."""
    visitor = browser_page(lang=lang, width=390)
    prefix = "/en" if lang == "en" else ""
    visitor.goto(f"{url}{prefix}/complain/status/{case.token}/")
    seen = visitor.inner_text("main")
    assert "赔偿已付" in seen
    assert "装车后核对件数" not in seen
    assert "请查在哪一环节耽误" not in seen
