"""No page stands in anybody's way: axe-core on every public page and state, and on staff pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from complaints import services as complaints
from complaints.models import Reason
from courierqa.core.public import PAGES as PUBLIC_PAGES
from courierqa.core.public import public_url
from tests.factories import shipments as make
from tests.journeys.barriers import barriers_in_both_themes
from tests.journeys.test_pages import PAGES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.once]
HOUR = timedelta(hours=1)


def tracked(cast: Any) -> list[str]:
    """Make parcels in the states a visitor can meet; return the addresses that show them."""
    now = timezone.now()

    def parcel(hours: int) -> Any:
        at = now - hours * HOUR
        way = {"origin": cast.station, "destination": cast.neighbour}
        return make.accept(make.order(at=at, **way), at + HOUR)

    fresh, late, done = parcel(9), parcel(24 * 40), parcel(30)
    make.tell(make.scan(late, "ATT", now - 2 * HOUR, site_id=cast.neighbour.pk, reason="absent"))
    make.deliver(done, now - HOUR)
    ordered = make.order(origin=cast.station, destination=cast.neighbour)
    numbers = [one.waybill for one in (fresh, late, done, ordered)]
    return [f"/track/{number}/" for number in (*numbers, "YS9999999999999")]


def a_case() -> str:
    """Open a case and return the address of its public page."""
    intake = complaints.Intake(
        key="axe", reason=Reason.objects.get(code="late-delivery"), channel="web", words="晚了",
        phone="13812345678",
    )  # fmt: skip
    return f"/complain/status/{complaints.open_case(intake, by=None, at=timezone.now()).token}/"


STATES = (
    "/service/", "/service/faq/?q=取件码", "/service/faq/?q=?", "/service/ask/",
    "/service/prices/?origin=HZ-01&destination=HZ-02&weight=2&declared=500",
    "/service/prices/?origin=HZ-01&destination=HZ-02&weight=x", "/service/area/?place=西湖",
    "/service/area/?place=none", "/login/",
)  # fmt: skip


def walk(page: Any, url: str, addresses: list[str]) -> list[str]:
    found = []
    for address in addresses:
        page.goto(url + address)
        found += [f"{address} {one}" for one in barriers_in_both_themes(page)]
    return found


def test_a_page_with_barriers_does_not_pass(browser_page: Any, live_server: Any) -> None:
    page = browser_page(bypass_csp=True)
    page.goto(f"{live_server.url}/service/")
    page.evaluate(
        """() => { document.querySelector("main").insertAdjacentHTML("beforeend",
        '<img src="/static/img/mark.svg"><p class="pale">pale words</p><input>');
        document.querySelector(".pale").style.color = "#ccc"; }"""
    )

    found = barriers_in_both_themes(page)

    assert {one.split(":")[0] for one in found} >= {"image-alt", "color-contrast", "label"}


@pytest.mark.parametrize("width", [390, 1440])
def test_no_public_page_has_a_barrier(
    browser_page: Any, live_server: Any, cast: Any, width: int
) -> None:
    addresses = [public_url(page.name) for page in PUBLIC_PAGES]
    addresses += [*STATES, *tracked(cast), a_case()]
    page = browser_page(width=width, bypass_csp=True)

    assert walk(page, live_server.url, [a for a in addresses if a]) == []


def test_the_english_pages_have_none_either(browser_page: Any, live_server: Any, cast: Any) -> None:
    addresses = [f"/en{public_url(page.name)}" for page in PUBLIC_PAGES]
    page = browser_page(width=390, lang="en", bypass_csp=True)

    assert walk(page, live_server.url, addresses) == []


@pytest.mark.parametrize("role", PAGES)
def test_no_staff_page_has_a_barrier(
    browser_page: Any, live_server: Any, cast: Any, role: str
) -> None:
    width = 390 if role == "courier" else 1440
    page = browser_page(user=cast.users[role], width=width, bypass_csp=True)

    assert walk(page, live_server.url, list(PAGES[role])) == []
