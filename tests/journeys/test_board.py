"""What only a browser shows of the measure: eight figures and eight sites on one screen, rows of
the home page by digit, objectives by arrow key."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from kpi import services, targeting
from kpi.metrics import METRICS
from staff.models import Site
from tests.factories import shipments as make
from tests.factories.staff import SiteFactory
from tests.kpi.test_pages import month

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.once]


def eight_sites() -> None:
    make.catalogue()
    for number in range(8):
        site = SiteFactory(
            code=f"QA-{number:02}", name=f"杭州第{number}站", name_en=f"Stop {number}"
        )
        month(site, parcels=40, late=number)
    services.refresh_dirty(now=timezone.now())


@pytest.mark.parametrize("lang", ["zh-CN", "en"])
def test_eight_figures_and_eight_sites_fit_one_screen(
    lang: str, cast: Any, browser_page: Any, live_server: Any
) -> None:
    eight_sites()
    user = cast.users["manager"]
    user.language = "en" if lang == "en" else "zh-hans"
    user.save(update_fields=["language"])
    page = browser_page(user=user, lang=lang)

    page.goto(f"{live_server.url}/dashboard/?period=2026-10")

    # The station that sent the parcels has a row of its own for their acceptance.
    rows = page.locator(".kpi-heat tbody tr")
    assert rows.count() == 9
    last = rows.nth(7).bounding_box()
    assert last["y"] + last["height"] <= 900
    for table in (".kpi-lines", ".kpi-heat"):
        hidden = "one => one.parentElement.scrollWidth - one.parentElement.clientWidth"
        assert page.locator(table).evaluate(hidden) <= 1
    page.keyboard.press("t")
    assert "is-plain" in page.locator(".kpi-heat").get_attribute("class")


def test_digits_open_rows_and_arrows_walk_objectives(
    cast: Any, browser_page: Any, live_server: Any
) -> None:
    site = Site.objects.get(code="HZ-01")
    for place in (None, site):
        targeting.set_target(
            metric=METRICS["T01"], value="0.9", valid_from=timezone.now().date(), reason="Year",
            by=cast.users["quality"], at=timezone.now(), site=place,
        )  # fmt: skip
    page = browser_page(user=cast.users["supervisor"], lang="en")
    page.goto(live_server.url)
    page.wait_for_function("() => !document.querySelector('.slot')")
    bands = page.locator(".band").evaluate_all(
        "all => all.map((one) => one.querySelectorAll('.band-row:not([hidden])').length)"
    )
    assert len(bands) == 3
    assert max(bands) <= 7
    wanted = page.locator(".band-row").first.get_attribute("href")
    page.keyboard.press("1")
    page.wait_for_url(f"**{wanted}")

    user = cast.users["quality"]
    page = browser_page(user=user, lang="en")
    today = timezone.now().date()
    page.goto(f"{live_server.url}/objectives/?period={today:%Y-%m}-{today.day:02}")
    page.locator("tr[aria-level='2'][aria-expanded]").first.focus()
    page.keyboard.press("ArrowLeft")
    assert page.locator("tr[aria-level='3']").first.is_hidden()
    page.keyboard.press("ArrowRight")
    assert page.locator("tr[aria-level='3']").first.is_visible()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_url("**/kpi/T01/**site=HZ-01**")
