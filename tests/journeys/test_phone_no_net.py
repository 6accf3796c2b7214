"""Without a net every page opens, the mark in the head is honest, and the counts agree."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from courierqa.core import calendars
from shipments.models import Round
from tests.factories import shipments as make
from tests.journeys.test_phone_offline import CAPTURE
from tests.shipments.test_courier_pages import (
    list_loaded,
    out_for_delivery,
    phone,
    settled,
    until,
    worker_ready,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.once]
# Pages that cannot work without the office, and those of the account the phone links to.
NEEDS_NET = ["/m/round/start/", "/m/round/end/", "/m/cod/", "/training/", "/account/"]
WORKS = ["/m/today/", "/m/scan/", "/m/queue/", "/m/me/"]


@pytest.mark.parametrize("lang", ["zh-CN", "en"])
def test_every_page_opens_without_a_net(browser_page, live_server, cast, lang):
    parcel = out_for_delivery(cast)
    cast.courier.language = "en" if lang == "en" else "zh-hans"
    cast.courier.save(update_fields=["language"])
    page = phone(browser_page, cast, lang=lang, expect_errors=True)
    list_loaded(page, live_server)
    worker_ready(page)
    page.context.set_offline(True)

    for path in [*WORKS, f"/m/deliver/{parcel.waybill}/", *NEEDS_NET]:
        page.goto(f"{live_server.url}{path}")
        until(page, "() => document.querySelector('#connection').dataset.state === 'offline'")
        assert page.url == f"{live_server.url}{path}"
        assert page.locator("body.m-offline").count() == (path in NEEDS_NET)
        if path in NEEDS_NET:
            assert parcel.waybill not in page.content()
    assert ("safe" if lang == "en" else "安全") in page.inner_text("main")
    page.click("main .btn-primary")
    page.wait_for_selector(".stop-link")


def test_the_chip_says_offline_until_a_request_succeeds(browser_page, live_server, cast):
    out_for_delivery(cast)
    page = phone(browser_page, cast, expect_errors=True)
    # Some phones say that they have a net as long as any radio is on.
    page.add_init_script(
        "Object.defineProperty(Navigator.prototype, 'onLine', { get: () => true })"
    )
    list_loaded(page, live_server)
    worker_ready(page)
    until(page, "() => document.querySelector('#connection').dataset.state === 'online'")
    page.context.set_offline(True)
    # A busy browser forgets for a moment of a new page that it has no net: no answer comes at all.
    page.context.route("**/api/**", lambda route: route.abort())
    page.reload()
    until(page, "() => document.querySelector('#connection').dataset.state === 'offline'")
    # An empty queue sends nothing and so learns nothing.
    page.evaluate("courier.send.flush()")
    assert page.get_attribute("#connection", "data-state") == "offline"

    page.context.unroute("**/api/**")
    page.context.set_offline(False)
    page.evaluate("courier.send.open()")
    until(page, "() => document.querySelector('#connection').dataset.state === 'online'")


def test_a_form_sent_without_a_net_keeps_what_was_filled_in(browser_page, live_server, cast):
    page = phone(browser_page, cast, expect_errors=True)
    list_loaded(page, live_server)
    worker_ready(page)
    page.goto(f"{live_server.url}/m/me/")
    page.context.set_offline(True)
    page.click('button[value="en"]')
    page.wait_for_selector(".toast-bad")
    assert page.url.endswith("/m/me/")


def test_kept_pages_follow_the_language(browser_page, live_server, cast):
    page = phone(browser_page, cast, lang="en", expect_errors=True)
    list_loaded(page, live_server)
    worker_ready(page)
    page.goto(f"{live_server.url}/m/me/")
    page.click('button[value="zh-hans"]')
    page.wait_for_selector('html[lang^="zh"]')
    until(
        page,
        "async () => (await (await caches.match('/m/offline/')).text()).includes('需要联网')",
    )


def test_today_and_the_end_of_the_round_count_alike(browser_page, live_server, cast):
    parcels = [out_for_delivery(cast) for _ in range(3)]
    now = timezone.now()
    person = {"site_id": cast.station.pk, "person_id": cast.courier.employee.pk}
    for parcel in parcels:
        make.tell(make.scan(parcel, "OFD", now - timedelta(minutes=1), **person))
    make.tell(make.scan(parcels[0], "ATT", now, **person))
    Round.objects.create(
        courier=cast.courier.employee, site=cast.station, day=calendars.business_day(now),
        given_at=now, accept_by=now,
    )  # fmt: skip
    page = phone(browser_page, cast, expect_errors=True)
    list_loaded(page, live_server)
    worker_ready(page)
    assert _counts(page) == {"loaded": "3", "done": "0", "failed": "1"}

    page.context.set_offline(True)
    page.evaluate(CAPTURE, [parcel.waybill for parcel in parcels[:2]])
    page.reload()
    until(page, "() => document.querySelector('[data-n=done]').textContent === '2'")
    assert _counts(page) == {"loaded": "3", "done": "2", "failed": "0"}

    page.context.set_offline(False)
    settled(page)
    page.goto(f"{live_server.url}/m/today/")
    until(page, "async () => (await courier.store.round()).counts.done === 2")
    assert _counts(page) == {"loaded": "3", "done": "2", "failed": "0"}
    page.goto(f"{live_server.url}/m/round/end/")
    assert page.locator(".counts b").all_inner_texts() == ["3", "2", "0"]


def _counts(page: Any) -> dict[str, str]:
    return {name: page.inner_text(f'[data-n="{name}"]') for name in ("loaded", "done", "failed")}
