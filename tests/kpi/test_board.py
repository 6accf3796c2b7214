"""What the dashboard says in words: of targets only what was judged, ratings with their n."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from complaints.models import Answer
from courierqa.core.timeframes import parse_period
from kpi import selectors, services, snapshots
from kpi.board import places
from kpi.models import Target
from kpi.selectors import SiteRow
from kpi.selectors.figures import make as make_figure
from kpi.selectors.sums import COUNTS
from shipments.models import Parcel
from tests.factories import shipments as make
from tests.factories.kpi import case_row, save_cases
from tests.factories.staff import SiteFactory
from tests.kpi.test_pages import DUE, NOW, month, page, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def network(db):
    """One site with 60 parcels, 12 late, and one with 20 parcels; two complaints."""
    make.catalogue()
    here, there = SiteFactory(code="HZ-01", name="杭州站"), SiteFactory(code="NB-01", name="宁波站")
    month(here, parcels=60, late=12)
    month(there, parcels=20, late=1)
    save_cases(case_row(received_at=DUE, site_id=here.pk), case_row(received_at=DUE, site_id=None))
    services.refresh_dirty(now=NOW)
    return here, there


def test_without_a_target_nothing_meets_it(client, network) -> None:
    """An imported month before the first target: no colour, no verdict, and the page says so."""
    Target.objects.update(valid_from=date(2027, 1, 1))
    sign_in(client, "manager")

    text = page(client, "dashboard", period="2026-10")
    home = page(client, "home_mine")

    assert "No target is set for these figures." in text
    assert "meets its target" not in text + home
    assert "Colour: distance to the target" not in text
    assert "misses it beyond chance" not in text


def test_only_figures_with_a_target_meet_it(client, network) -> None:
    Target.objects.exclude(metric="S01").delete()
    Target.objects.filter(metric="S01").update(value=Decimal("0.5"))
    sign_in(client, "manager")

    text = page(client, "dashboard", period="2026-10")

    assert "1 figure has a target and meets it." in text
    counted = sum(bool(one.n) for one in selectors.figures("2026-10"))
    assert f"No target is set for {counted - 1} figures." in text


def test_home_counts_only_judged_figures_as_without_a_signal(client, network) -> None:
    """One month is too short a history for any verdict."""
    sign_in(client, "manager")

    assert "without a signal" not in page(client, "home_changed")


def rate(parcel, *scores: int) -> None:
    """Store one answer per score, in October."""
    first = Answer.objects.count()
    Answer.objects.bulk_create(
        Answer(
            key=str(first + place), parcel=parcel, channel="import", score=score, answered_at=DUE
        )
        for place, score in enumerate(scores)
    )


def rated_parcel(site, *, late: bool):
    """Return a parcel of one site that kept or broke its promise."""
    parcel = make.order(destination=site)
    done = DUE + timedelta(hours=1 if late else -1)
    Parcel.objects.filter(pk=parcel.pk).update(promised_by=DUE, done_at=done)
    return parcel


def test_ratings_are_shown_on_time_against_late(client, network) -> None:
    """40 answers of 4 on time, 30 of 2 late, 5 without a parcel; another site has none."""
    here, _there = network
    rate(rated_parcel(here, late=False), *[4] * 40)
    rate(rated_parcel(here, late=True), *[2] * 30)
    rate(None, *[5] * 5)

    found = selectors.ratings(parse_period("2026-10"))
    sign_in(client, "manager")
    text = page(client, "dashboard", period="2026-10")
    content = snapshots.make_snapshot("2026-10", now=NOW).content

    means = [(one.n, one.mean) for one in (found.on_time, found.late)]
    assert means == [(40, 4.0), (30, 2.0)]
    assert (found.every.n, found.unplaced) == (75, 5)
    assert "Customer ratings" in text
    assert all(mean in text for mean in ("4.00", "2.00", "3.27"))
    assert "5 answers are about no finished delivery" in text
    assert content["ratings"]["late"] == {"n": 30, "sum": 60}


def test_few_ratings_show_no_mean_and_none_no_panel(client, network) -> None:
    sign_in(client, "manager")
    assert "Customer ratings" not in page(client, "dashboard", period="2026-10")
    rate(None, 5, 5, 4)

    assert "4.67" not in page(client, "dashboard", period="2026-10")
    assert "Customer ratings" in page(client, "dashboard", period="2026-10")
    assert "Customer ratings" not in page(client, "dashboard", period="2026-10", site="NB-01")


def test_a_funnel_names_sites_outside_and_the_readers_own(network) -> None:
    def of(hits: int, total: int):
        row = {**dict.fromkeys(COUNTS, 0), "hits": hits, "total": total}
        return make_figure("T01", row, period="2026-10", as_of=NOW)

    hits = {"F0": 950, "F1": 951, "F2": 952, "F9": 700}
    rows = [SiteRow(SiteFactory(code=code), {"T01": of(n, 1000)}) for code, n in hits.items()]
    for own, named in ((frozenset(), ["F9"]), (frozenset({rows[0].site.pk}), ["F0", "F9"])):
        drawn = places.funnel(rows, of(38_000, 40_000), "", own)
        points = drawn["series"][2]["data"]
        assert [point["name"] for point in points if point["label"]["show"]] == named
