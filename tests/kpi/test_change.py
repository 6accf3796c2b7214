"""What explains a change: the parts add up to it exactly, and name what was planted."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courierqa.core.timeframes import parse_period
from kpi import selectors, services
from kpi.metrics import METRICS
from kpi.selectors import custody
from kpi.selectors.change import change_of
from kpi.stats.change import explain
from tests.factories import shipments as make
from tests.factories.kpi import case_row, parcel_row, save_cases, save_parcels

SEPTEMBER, OCTOBER = parse_period("2026-09"), parse_period("2026-10")
NOW = OCTOBER.end_at + timedelta(days=9)
HOUR = timedelta(hours=1)
counts = st.tuples(st.integers(0, 50), st.integers(0, 60))
groups = st.dictionaries(st.integers(1, 6), counts, max_size=6)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(groups, groups)
def test_the_parts_add_up_to_the_change_to_the_last_digit(before, after) -> None:
    """Whatever the groups: new ones, gone ones, hits without items."""
    parts = explain(before, after)
    totals = [
        (sum(h for h, _n in one.values()), sum(n for _h, n in one.values()))
        for one in (before, after)
    ]
    if not totals[0][1] or not totals[1][1]:
        assert parts == []
        return
    moved = Fraction(*totals[1]) - Fraction(*totals[0])
    assert sum((part.total for part in parts), Fraction(0)) == moved


def test_known_answer_of_rate_and_mix() -> None:
    """Two sites, 90 of 100 and 40 of 50; then 90 of 100 and 100 of 200, by hand.

    R1 = 13/15, R2 = 19/30, change -7/30. A: w 2/3 to 1/3, r 0.9 both: rate 0, mix
    -1/3 x (0.9 - 0.75) = -1/20. B: rate (0.5 - 0.8) x 1/2 = -3/20, mix 1/3 x (0.65 - 0.75) = -1/30.
    """
    found = {part.key: part for part in explain({"A": (90, 100), "B": (40, 50)},
                                                {"A": (90, 100), "B": (100, 200)})}  # fmt: skip

    assert (found["A"].rate, found["A"].mix) == (0, Fraction(-1, 20))
    assert (found["B"].rate, found["B"].mix) == (Fraction(-3, 20), Fraction(-1, 30))


def test_a_pure_shift_of_volume_is_all_mix_and_a_pure_loss_of_rate_is_none() -> None:
    shifted = explain({"A": (90, 100), "B": (10, 100)}, {"A": (180, 200), "B": (1, 10)})
    worse = explain({"A": (90, 100), "B": (10, 100)}, {"A": (80, 100), "B": (10, 100)})

    assert all(part.rate == 0 for part in shifted)
    assert {part.key: (part.rate, part.mix) for part in worse} == {
        "A": (Fraction(-1, 20), 0), "B": (0, 0),
    }  # fmt: skip


@pytest.fixture
def drop(db) -> dict[str, int]:
    """On time 40 of 40 in September; in October NB-01 has 10 of 20 late, all at its own hub."""
    sites = {code: make.site(code).pk for code in ("NB-01", "SH-01", "NB-H1")}
    rows = []
    for period, late in ((SEPTEMBER, 0), (OCTOBER, 10)):
        due = period.start_at + timedelta(days=9)
        for code in ("NB-01", "SH-01"):
            for number in range(20):
                is_late = code == "NB-01" and number < late
                done = due + (30 * HOUR if is_late else -HOUR)
                cause = {"cause_leg": "DEP NB-H1", "cause_site_id": sites["NB-H1"]}
                rows.append(
                    parcel_row(
                        accepted_at=due - timedelta(days=3), due_at=due, done_at=done,
                        attempt_at=done, site_id=sites[code], **(cause if is_late else {}),
                    )
                )  # fmt: skip
    save_parcels(*rows)
    services.refresh_dirty(now=NOW)
    return sites


@pytest.mark.req("ANA-01")
def test_the_drop_is_explained_by_its_site_and_its_link(drop) -> None:
    """From 40 of 40 to 30 of 40: -25 points, all of them at NB-01, all by one hub."""
    found = change_of(METRICS["T01"], SEPTEMBER, OCTOBER)

    assert found.change == -0.25
    assert [(one.code, one.rate, one.mix) for one in found.by_site] == [
        ("NB-01", -0.25, 0.0), ("SH-01", 0.0, 0.0),
    ]  # fmt: skip
    assert [(one.code, one.total) for one in found.by_cause] == [("DEP NB-H1", -0.25)]
    assert sum(one.total for one in found.by_product) == found.change
    narrowed = selectors.EVERYTHING.within(selectors.site_by_code("SH-01"))
    assert change_of(METRICS["T01"], SEPTEMBER, OCTOBER, scope=narrowed).change == 0.0
    assert change_of(METRICS["T01"], parse_period("2026-08"), OCTOBER) is None


def test_complaints_of_every_kind_are_explained_although_some_have_no_parcel(drop) -> None:
    """5 complaints more on 40 parcels, one of them without a site: 1,250 per 10,000."""
    at = OCTOBER.start_at + timedelta(days=6)
    rows = [case_row(received_at=at, site_id=drop["NB-01"], reason_code="late") for _n in range(4)]
    save_cases(*rows, case_row(received_at=at, site_id=None, product_id=None, reason_code="lost"))
    services.rebuild(now=NOW)

    found = change_of(METRICS["C01"], SEPTEMBER, OCTOBER)

    assert found.change == pytest.approx(1250)
    for shares in (found.by_site, found.by_product, found.by_cause):
        assert sum(one.total for one in shares) == pytest.approx(1250)


@pytest.mark.req("ANA-01")
def test_page_and_api_say_what_explains_the_drop(drop, as_role) -> None:
    quality = as_role("quality")
    page = quality.get("/kpi/T01/", {"period": "2026-10"}).content.decode()
    said = quality.get(
        "/api/v1/figures/change/", {"metric": "T01", "before": "2026-09", "period": "2026-10"}
    )
    refused = quality.get("/api/v1/figures/change/", {"metric": "T01", "when": "2026-09"})

    assert "−25.00" in page
    assert '<a href="/kpi/T01/?period=2026-10&amp;site=NB-01">' in page
    assert said.json()["change"] == -0.25
    assert said.json()["by_site"][0]["code"] == "NB-01"
    assert refused.status_code == 400


@pytest.mark.req("ANA-06")
def test_the_last_hands_of_a_lost_parcel_are_named(db) -> None:
    """Accepted, at the hub, then lost; a wrong scan on it later was declared wrong."""
    hub = make.site("NB-H1", kind="hub")
    parcel = make.accept(make.order())
    at = make.MONDAY
    wrong = make.scan(parcel, "AST", at + 4 * HOUR, site_id=parcel.destination_id)
    make.tell(
        make.scan(parcel, "ARR", at + 3 * HOUR, site_id=hub.pk),
        wrong,
        make.scan(parcel, "VOI", at + 5 * HOUR, corrects=wrong.uid, detail={"why": "other one"}),
        make.scan(parcel, "LST", at + 99 * HOUR, detail={"why": "searched"}),
        make.scan(parcel, "ARR", at + 120 * HOUR, site_id=parcel.origin_id),
    )

    march = parse_period("2026-03")
    (found,) = custody.last_custody(march, as_of=march.end_at)

    assert (found.waybill, found.site, found.at) == (parcel.waybill, hub, at + 3 * HOUR)
    assert custody.by_site([found]) == [(hub, 1)]
