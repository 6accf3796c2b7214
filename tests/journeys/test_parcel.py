"""One parcel from the order to the signature, the figure and the printed report, in a browser."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pypdf
import pytest

import kpi.services
from courierqa.core import outbox
from courierqa.core.calendars import business_day
from shipments import enums
from shipments.models import Lane, LaneLeg, Parcel, Product
from tests.shipments.test_courier_pages import PHOTO, settled, sign

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ORDER = {
    "sender_name": "陈思远", "sender_phone": "13800130001", "sender_address": "杭州市文三路 1 号",
    "recipient_name": "王雨桐", "recipient_phone": "13800130002",
    "recipient_address": "杭州市学院路 9 号 2 幢 301 室", "item_name": "毛衣", "weight": "1.2",
}  # fmt: skip


@pytest.fixture
def lane(cast: Any) -> Lane:
    """A planned way from the station by the hub back to the station."""
    lane = Lane.objects.create(origin=cast.station, destination=cast.station)
    for place, (code, site) in enumerate([("ARR", cast.hub), ("AST", cast.station)], 1):
        LaneLeg.objects.create(lane=lane, position=place, site=site, code=code, limit_minutes=600)
    return lane


def take_order(page: Any, url: str, cast: Any) -> Parcel:
    """The agent takes the order by phone: fee and promise are shown before it is confirmed."""
    page.goto(f"{url}/orders/new/")
    for name, value in ORDER.items():
        page.fill(f"[name={name}]", value)
    page.select_option("[name=product]", "same-day")
    page.select_option("[name=origin]", cast.station.code)
    page.select_option("[name=destination]", cast.station.code)
    page.select_option("[name=item_kind]", "clothes")
    page.check("[name=insurance][value=no]")
    page.click(".form-foot button[type=submit]")
    assert "¥" in page.inner_text("#quote")
    page.click("#quote button[name=confirm]")
    page.wait_for_url("**/parcels/*/")
    return Parcel.objects.get()


def assign(page: Any, url: str, parcel: Parcel, cast: Any) -> None:
    page.goto(f"{url}/parcels/{parcel.waybill}/assign/")
    page.select_option("[name=courier]", cast.courier.employee.number)
    page.click(".form-foot button[type=submit]")
    page.wait_for_url(f"**/parcels/{parcel.waybill}/")


def pick_up(page: Any, url: str, parcel: Parcel) -> None:
    """The courier walks through every gate of the pickup."""
    page.goto(f"{url}/m/today/")
    page.click(".stop-link")
    page.fill("#check-waybill", parcel.waybill)
    page.press("#check-waybill", "Enter")
    page.click('[data-pick="identity"][value="id_card"]')
    page.click('[data-pick="kind"][value="clothes"]')
    page.click("#inspected")
    page.fill("#weight", "1.25")
    page.click("#next")
    page.set_input_files("#pickup-photo", PHOTO)
    page.wait_for_selector('.gate.is-now[data-step="signature"]')
    sign(page, "sender")
    page.click("#next")
    page.wait_for_url("**/m/today/")
    settled(page)


def scan(page: Any, url: str, code: str, site: str, parcel: Parcel, *, courier: str = "") -> None:
    """Station staff scan the parcel where it is."""
    page.goto(f"{url}/scans/")
    page.select_option("[name=code]", code)
    page.select_option("[name=site]", site)
    if courier:
        page.select_option("[name=courier]", courier)
    if code == "XRY":
        page.fill("[name=machine]", "XR-1")
    page.fill("[name=waybills]", parcel.waybill)
    page.click(".form-foot button[type=submit]")
    page.wait_for_selector("#answers")


def deliver(page: Any, url: str) -> None:
    page.goto(f"{url}/m/today/")
    page.wait_for_selector("#counts:not([hidden])")
    page.click(".stop-link")
    page.click('.way[value="recipient"]')
    page.click('[data-pick="condition"][value="good"]')
    sign(page, "recipient")
    page.click("#finish")
    page.wait_for_url("**/m/today/")
    settled(page)


def print_report(page: Any, url: str, period: str) -> None:
    """The quality manager orders the report; the worker makes it."""
    page.goto(f"{url}/reports/{period}/")
    page.click(f'form[action="/reports/{period}/make/"] button')
    page.wait_for_load_state()
    while outbox.run_due(now=datetime.now(UTC)):
        pass


def text_of(page: Any, url: str, period: str, language: str) -> str:
    answer = page.request.get(f"{url}/reports/{period}/{language}.pdf")
    assert answer.ok
    pages = pypdf.PdfReader(io.BytesIO(answer.body())).pages
    return "\n".join(part.extract_text() for part in pages)


@pytest.mark.req("LIF-01", "DEL-01")
@pytest.mark.parametrize("lang", ["zh-CN", "en"])
def test_a_parcel_from_order_to_report(browser_page, live_server, cast, lane, lang):
    url, code = live_server.url, cast.courier.employee.number
    assert Product.objects.filter(code="same-day").exists()
    desk = browser_page(user=cast.lead, lang=lang)
    parcel = take_order(desk, url, cast)
    assign(desk, url, parcel, cast)

    phone = browser_page(user=cast.courier, width=390, height=844, lang=lang)
    pick_up(phone, url, parcel)
    boss = browser_page(user=cast.supervisor, lang=lang)
    cast_everywhere(cast)
    for step, site in (("DEP", cast.station), ("ARR", cast.hub), ("XRY", cast.hub),
                       ("SRT", cast.hub), ("DEP", cast.hub), ("AST", cast.station)):  # fmt: skip
        scan(boss, url, step, site.code, parcel)
    scan(boss, url, "OFD", cast.station.code, parcel, courier=code)
    deliver(phone, url)

    parcel.refresh_from_db()
    assert parcel.state == enums.State.DELIVERED
    assert not parcel.findings.exists()
    follow(browser_page, url, parcel, lang)
    figure_and_print(browser_page, url, parcel, cast, lang)


def cast_everywhere(cast: Any) -> None:
    """The supervisor of this journey looks after the hub as well."""
    from staff.services import grant_role

    grant_role(cast.supervisor, "supervisor", cast.hub, at=datetime.now(UTC))


def follow(browser_page: Any, url: str, parcel: Parcel, lang: str) -> None:
    """The recipient follows the parcel without an account; names stay hidden."""
    visitor = browser_page(lang=lang, width=390)
    prefix = "/en" if lang == "en" else ""
    visitor.goto(f"{url}{prefix}/track/{parcel.waybill}/")
    seen = visitor.inner_text("main")
    assert ("Delivered" if lang == "en" else "已妥投") in seen
    assert "王雨桐" not in seen


def figure_and_print(browser_page: Any, url: str, parcel: Parcel, cast: Any, lang: str) -> None:
    """After its due time the parcel is in the figure, behind the figure, and in print."""
    facts = parcel.facts
    later = facts.due_at + timedelta(minutes=1)
    kpi.services.refresh_dirty(now=later)
    period = facts.due_day.strftime("%Y-%m")
    manager = browser_page(user=cast.quality, lang=lang)
    manager.goto(f"{url}/dashboard/?period={period}")
    assert manager.locator('main a[href*="/kpi/T01/"]').count()
    manager.goto(f"{url}/kpi/T01/records/?period={period}&outcome=all")
    assert parcel.waybill in manager.inner_text("main").replace("\xa0", "")
    print_report(manager, url, period)
    said = {language: text_of(manager, url, period, language) for language in ("zh", "en")}
    assert "准时" in said["zh"]
    assert "On-time delivery" in said["en"]
    for text in said.values():
        assert "1 / 1" in text
    assert business_day(facts.due_at) == facts.due_day
