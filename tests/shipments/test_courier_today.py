"""The courier's list of today: what is late already, and buttons a thumb can tell apart."""

from datetime import UTC, datetime, timedelta

import pytest

from shipments.models import Parcel
from tests.shipments.test_courier_pages import list_loaded, out_for_delivery, phone

pytestmark = [pytest.mark.browser]

GAPS = """() => {
  const boxes = [...document.querySelectorAll(".btn-block, .scan-big")]
    .map((one) => one.getBoundingClientRect()).filter((box) => box.height)
    .sort((a, b) => a.top - b.top);
  return boxes.slice(1).map((box, place) => box.top - boxes[place].bottom);
}"""


def test_what_is_past_its_promise_has_its_own_word_and_no_buttons_touch(
    browser_page, live_server, cast
):
    now = datetime.now(UTC)
    for minutes in (-30, 60, 600):
        due = now + timedelta(minutes=minutes)
        Parcel.objects.filter(pk=out_for_delivery(cast).pk).update(promised_by=due)
    page = phone(browser_page, cast)

    list_loaded(page, live_server)

    classes = page.locator(".stop").evaluate_all("all => all.map(one => one.className)")
    assert classes == ["stop is-overdue", "stop is-risk", "stop"]
    assert page.locator(".stop-overdue:visible").all_inner_texts() == ["已超时"]
    assert page.locator(".stop-risk:visible").all_inner_texts() == ["将超时"]
    counted = {name: page.inner_text(f'[data-n="{name}"]') for name in ("left", "overdue", "risk")}
    assert counted == {"left": "3", "overdue": "1", "risk": "1"}
    assert min(page.evaluate(GAPS)) >= 8
