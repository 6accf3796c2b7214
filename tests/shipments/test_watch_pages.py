"""The pages of the watch: watchlist, monitor, process, notices, and the promise of each parcel."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from shipments import selectors, services
from shipments.models import Parcel, ServiceNotice
from tests.factories import shipments as make

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def parcel(cast) -> Parcel:
    return accepted(cast)


def accepted(cast, hours: float = 8) -> Parcel:
    now = timezone.now()
    placed = make.order(
        origin=cast.station, destination=cast.neighbour, at=now - (hours + 1) * HOUR
    )
    return make.accept(placed, now - hours * HOUR)


@pytest.mark.req("EXC-11")
def test_a_notice_is_public_for_its_period_and_hangs_on_parcels_of_its_area(as_role, cast, parcel):
    client, now = as_role("quality"), timezone.localtime()
    form = {
        "title": "台风", "title_en": "Typhoon", "text": "顺延一天", "text_en": "One day later",
        "sites": ["HZ-02"], "starts_at": (now - HOUR).strftime("%Y-%m-%dT%H:%M"),
        "ends_at": (now + DAY).strftime("%Y-%m-%dT%H:%M"), "is_public": "on",
    }  # fmt: skip
    new = reverse("shipments:notice_new")

    backwards = client.post(new, {**form, "ends_at": form["starts_at"]})
    client.post(new, form)
    row = ServiceNotice.objects.get()
    far = make.site("SH-09", city="上海")
    elsewhere = make.accept(make.order(origin=cast.station, destination=far), now - 3 * HOUR)

    assert backwards.status_code == 422
    assert list(selectors.current_notices(now)) == [row]
    assert list(selectors.current_notices(now + 2 * DAY)) == []
    assert list(selectors.parcels_hit(row)) == [parcel]
    page = client.get(reverse("shipments:parcel", args=[parcel.waybill])).content.decode()
    assert "顺延一天" in page
    assert selectors.notices_for_parcel(elsewhere, now=now) == []
    client.post(reverse("shipments:notice", args=[row.pk]), {"verb": "withdraw"})
    assert list(selectors.current_notices(timezone.now())) == []
    assert as_role("supervisor").get(new).status_code == 403


@pytest.mark.req("EXC-07", "EXC-08", "EXC-06")
@pytest.mark.parametrize("tab", list(selectors.WATCH_TABS))
def test_every_tab_of_the_watchlist_opens_and_exports(as_role, cast, tab):
    make.tell(make.scan(accepted(cast, 200), "ARR", timezone.now() - 190 * HOUR))
    services.watch_parcels(now=timezone.now())
    client = as_role("supervisor")

    page = client.get("/watchlist/", {"tab": tab})
    counts = {code: n for code, _label, n in page.context["tabs"]}

    assert page.status_code == 200
    assert (counts["late"], counts["stuck"], counts["untold"], counts["backlog"]) == (1, 1, 2, 1)
    rows = b"".join(client.get("/watchlist/export.csv", {"tab": tab})).decode().splitlines()
    assert len(rows) == 1 + (counts[tab] if tab != "backlog" else 0)


@pytest.mark.req("EXC-10", "TIM-04", "TIM-17")
def test_the_monitor_shows_live_states_and_three_trends(as_role, cast):
    parcel = accepted(cast, 24 * 12)
    make.tell(
        make.scan(parcel, "DMG", timezone.now() - 11 * DAY, detail={"confirmed": True}),
    )
    accepted(cast)

    page = as_role("manager").get("/monitor/")

    states = {row.state: (row.count, row.late) for row in page.context["states"]}
    assert states == {"accepted": (2, 1)}
    assert [chart["name"] for chart in page.context["charts"]] == [
        "trend-delayed", "trend-damaged", "trend-lost",
    ]  # fmt: skip
    damaged = page.context["charts"][1]["table"]["rows"]
    assert sum(row[1] for row in damaged) == 1


@pytest.mark.req("LIF-11", "LIF-28")
def test_the_process_page_counts_links_and_their_checks(as_role, cast):
    parcel = accepted(cast, 1)
    now = timezone.now()
    make.tell(make.scan(parcel, "DEP", now - HOUR / 2))
    blind = make.order(origin=cast.station, destination=cast.neighbour, at=now - 2 * HOUR)
    make.tell(make.scan(blind, "PUP", now - HOUR))

    links = {
        one.link.code: one for one in as_role("lead").get("/monitor/process/").context["links"]
    }

    assert links["transport"].inside == 1
    assert links["acceptance"].inside == 1
    unseen = {c.check.findings: (c.failed, c.n) for c in links["acceptance"].checks}
    assert unseen[("not_inspected",)] == (1, 2)
    assert all(check.check.owner.label for one in links.values() for check in one.checks)


@pytest.mark.req("TIM-04", "TIM-18")
@pytest.mark.parametrize(
    ("promised", "done", "code"),
    [(5, None, "running"), (-2, None, "overdue"), (5, 1, "kept"), (1, 3, "broken"),
     (None, None, "none")],
)  # fmt: skip
def test_promise_and_result_stand_side_by_side(parcel, promised, done, code):
    now = timezone.now()
    parcel.promised_by = now + promised * HOUR if promised is not None else None
    parcel.done_at = now + done * HOUR if done else None

    assert selectors.promise_result(parcel, now=now).code == code
