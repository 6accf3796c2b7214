"""The phone form by keyboard alone, in a real browser, counted in keystroke groups."""

from __future__ import annotations

import pytest

from complaints.models import Case
from shipments.models import Parcel
from tests.factories.complaints import open_case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Keys:
    """A keyboard that counts bursts: one uninterrupted run of typing, or one command key."""

    def __init__(self, page):
        self.page, self.groups = page, 0

    def press(self, key):
        self.groups += 1
        self.page.keyboard.press(key)

    def type(self, text):
        self.groups += 1
        self.page.keyboard.type(text)


@pytest.fixture
def second(parcel):
    """The same recipient waits for another parcel."""
    return Parcel.objects.create(
        waybill="YT8890123456790",
        product=parcel.product,
        origin=parcel.origin,
        destination=parcel.destination,
        recipient_phone="+8613900000042",
        recipient_phone_index=parcel.recipient_phone_index,
    )


@pytest.mark.req("CMP-02")
def test_phone_complaint_takes_few_keys_and_no_mouse(
    browser_page, live_server, team, parcel, second
):
    page = browser_page(user=team.ana)
    page.goto(f"{live_server.url}/complaints/")
    keys = Keys(page)

    keys.press("F2")
    page.wait_for_url("**/complaints/new/")
    keys.type("13900000042")
    keys.press("Enter")
    page.wait_for_selector("[data-parcel]:focus")
    keys.press("2")
    keys.press("2")
    keys.press("4")
    keys.press("2")
    keys.type("放到快件箱了，没有人打过电话给我")
    keys.press("Control+Enter")
    page.wait_for_url("**/saved/")

    case = Case.objects.select_related("reason", "parcel").get()
    assert page.inner_text("h1") == case.number
    assert (case.parcel, case.reason.code, case.wish) == (parcel, "locker-no-consent", "compensate")
    assert case.owner == team.ana
    assert keys.groups <= 14


def test_an_error_keeps_the_parcel_that_was_chosen(browser_page, live_server, team, parcel, second):
    page = browser_page(user=team.ana, expect_errors=True)
    page.goto(f"{live_server.url}/complaints/new/")
    page.keyboard.type("13900000042")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-parcel]:focus")
    for key in ("2", "2", "4", "2", "Control+Enter"):
        page.keyboard.press(key)
    page.wait_for_selector(".field-error")

    pressed = page.get_attribute('[data-parcel][aria-pressed="true"]', "data-parcel")
    page.fill("[name=words]", "放到快件箱了")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/saved/")

    assert Case.objects.get().parcel.waybill == pressed


def test_enter_of_an_input_method_does_not_send(browser_page, live_server, team):
    page = browser_page(user=team.ana)
    page.goto(f"{live_server.url}/complaints/new/")

    page.evaluate(
        """() => document.querySelector('[data-who]').dispatchEvent(
            new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true}))"""
    )

    assert page.evaluate("document.activeElement.name") == "who"
    assert not Case.objects.exists()


def test_draft_survives_escape(browser_page, live_server, team):
    page = browser_page(user=team.ana)
    page.goto(f"{live_server.url}/complaints/")
    page.keyboard.press("F2")
    page.wait_for_url("**/complaints/new/")
    page.keyboard.type("YT000")

    page.keyboard.press("Escape")
    page.wait_for_url("**/complaints/")
    page.goto(f"{live_server.url}/complaints/new/")

    assert page.input_value("[data-who]") == "YT000"


def test_template_blank_blocks_sending_and_typed_text_stays(browser_page, live_server, team):
    case = open_case(by=team.ana)
    page = browser_page(user=team.ana)
    page.goto(f"{live_server.url}/complaints/{case.number}/")

    page.select_option("[data-templates]", "search-started")
    assert page.is_visible("[data-blank-note]")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".error-summary")

    assert "{{答复时间}}" in page.input_value("#reply-text")
    assert not case.entries.filter(kind="reply").exists()


def test_row_keys_open_the_nearest_case(browser_page, live_server, team):
    open_case(by=team.ana)
    page = browser_page(user=team.ana)
    page.goto(f"{live_server.url}/complaints/")

    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/complaints/C-2026-000001/")
