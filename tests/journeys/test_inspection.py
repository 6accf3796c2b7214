"""An inspection of 24 points with two fails, done on a phone without a connection."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from courierqa.core.calendars import business_day
from quality.models import CheckFinding, Checklist, Inspection, InspectionFile
from quality.services.inspections import make_inspection_plan
from tests.journeys.phones import Thumb
from tests.shipments.test_courier_pages import settled, sign, until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.once]
FIRE_EXIT, CHIP = 13, 17
# A supervisor needs no more (ux.md §6); the two signatures are strokes, not taps.
MOST_TAPS = 40
KEPT = """async () => {
  for (const name of await caches.keys()) {
    if (await (await caches.open(name)).match("/m/inspect/-/")) {
      return Boolean(await courier.store.meta("inspections"));
    }
  }
  return false;
}"""


def planned(cast: Any) -> Any:
    """Plan the round of the station for today, with a second person of the team."""
    now = timezone.now()
    plan = make_inspection_plan(
        checklist=Checklist.objects.get(code="site-round"), site=cast.station, kind="random",
        lead=cast.supervisor.employee, members=[cast.quality.employee], every="month", interval=1,
        starts_on=business_day(now), by=cast.quality, at=now,
    )  # fmt: skip
    return plan.days.earliest("planned_day")


def fail(thumb: Thumb, point: str, grave: str) -> None:
    """Fail a point: how grave, a photo, until when."""
    thumb.tap(f'{point} [data-grade][value="fault"]')
    thumb.tap(f'{point} [data-grave][value="{grave}"]')
    thumb.photo(f"{point} input[type=file]")
    thumb.page.wait_for_selector(f"{point} .photo-view:not([hidden])")
    thumb.tap(f'{point} [data-due][value="three"]')


def draw(page: Any, name: str) -> None:
    """Sign where no bar of the page lies over the pad."""
    page.locator(f'[data-pad="{name}"]').evaluate("(pad) => pad.scrollIntoView({block: 'center'})")
    sign(page, name)


@pytest.mark.req("INS-02")
def test_24_points_with_two_fails_offline_arrive_once_with_their_findings(
    browser_page: Any, live_server: Any, cast: Any
) -> None:
    day = planned(cast)
    page = browser_page(user=cast.supervisor, width=390, height=844)
    page.goto(f"{live_server.url}/m/inspect/")
    page.evaluate("navigator.serviceWorker.ready")
    until(page, KEPT)
    page.context.set_offline(True)
    thumb = Thumb(page)
    thumb.tap(f'#due a[href="/m/inspect/p{day.pk}/"]')
    page.wait_for_selector(".i-point")

    lines = list(day.plan.checklist.versions.get(state="approved").lines.all())
    assert page.locator('.i-point[data-state="open"]').count() == len(lines) == 24
    assert page.locator('.i-point [aria-pressed="true"]').count() == 0
    for line in lines:
        point = f"#point-{line.pk}"
        if line.position in (FIRE_EXIT, CHIP):
            fail(thumb, point, "major" if line.position == FIRE_EXIT else "minor")
        else:
            thumb.tap(f'{point} [data-grade][value="conform"]')
    assert page.locator("#progress").inner_text() == "24 / 24"

    # What was tapped outlives the page.
    page.reload()
    page.wait_for_selector(".i-point")
    assert page.locator("#progress").inner_text() == "24 / 24"
    draw(page, "inspector")
    page.fill("#signed-by", "王站长")
    draw(page, "site")
    assert page.locator("#why").inner_text() == ""
    thumb.tap("#finish")
    page.wait_for_url("**/m/inspect/")
    assert "22" in page.locator("#result").inner_text()
    assert not Inspection.objects.exists()
    assert thumb.taps <= MOST_TAPS

    page.context.set_offline(False)
    settled(page)
    row = Inspection.objects.get()
    assert (row.planned_id, row.points, row.conform, row.is_failed) == (day.pk, 24, 22, True)
    assert [one.name for one in row.team.all()] == [cast.quality.employee.name]
    assert InspectionFile.objects.filter(graded__inspection=row).count() == 2
    found = CheckFinding.objects.order_by("graded__line__position")
    assert [one.severity for one in found] == ["major", "minor"]
    page.goto(f"{live_server.url}/inspections/{row.uid}/")
    page.wait_for_selector(f'a[href="/inspections/findings/{found[0].pk}/"]')
