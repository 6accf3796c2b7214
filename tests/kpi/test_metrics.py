"""Known answers, worked out by hand: each figure with the edges of its rule (domain part B, C)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db.models import Sum

from courierqa.core.timeframes import parse_period
from kpi import selectors, services
from kpi.enums import Outcome
from kpi.metrics import METRICS, Metric
from tests.factories.kpi import case_row, save_cases
from tests.factories.staff import SiteFactory
from tests.kpi.known import ACCEPTED, DUE, HOUR, WEEK, WEEK_END, counted, delivered, figure, parcel

pytestmark = pytest.mark.django_db


def survivorship_week() -> None:
    """Domain part D: ten due in the week, an eleventh due next week."""
    for _number in range(6):
        delivered(DUE - HOUR)
    delivered(DUE + timedelta(days=1))
    parcel()
    parcel(state="lost", lost=True, lost_at=DUE + HOUR)
    parcel(state="returning", attempt_at=DUE - HOUR, out_t01=True)
    parcel(due_at=WEEK_END + timedelta(days=2))


@pytest.mark.req("TIM-12", "TIM-18")
def test_on_time_counts_the_open_and_the_lost_not_only_the_delivered() -> None:
    """6 in time of 9 due (the refused one is excluded); "delivered only" would say 6 of 7."""
    survivorship_week()

    found = figure("T01")

    assert (found.hits, found.total, found.excluded) == (6, 9, 1)
    assert found.value == pytest.approx(6 / 9)


def test_first_attempt_on_time_keeps_the_refused_parcel() -> None:
    """6 delivered in time and 1 refused at the door in time, of all 10 due."""
    survivorship_week()

    assert counted("T02") == (7, 10)


def test_the_parcel_of_next_week_is_not_yet_due() -> None:
    survivorship_week()

    october = figure("T01", period=parse_period("2026-10"))

    assert (october.total, october.not_yet_due) == (9, 1)


def test_a_deadline_exactly_met_is_on_time() -> None:
    """B4: exactly at the deadline is in time, a moment later is not."""
    delivered(DUE)
    delivered(DUE + timedelta(microseconds=1))

    assert counted("T01") == (1, 2)


def test_a_deadline_counts_from_its_own_moment_on() -> None:
    """B1, B2: before the deadline an open parcel is on neither side; at it, it is late."""
    parcel()

    before, after = figure("T01", now=DUE - HOUR), figure("T01", now=DUE)

    assert (before.total, before.not_yet_due) == (0, 1)
    assert (after.hits, after.total, after.not_yet_due) == (0, 1, 0)


def test_end_of_day_promise_belongs_to_its_day() -> None:
    """A promise "by the end of 11 October" is due in that week, not in the next."""
    last_moment = WEEK_END - timedelta(microseconds=1)
    parcel(due_at=last_moment)

    assert counted("T01") == (0, 1)
    assert counted("T01", period=WEEK.following()) == (0, 0)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param({"is_test": True}, (0, 0), id="B25 a test item is nowhere"),
        pytest.param({"accepted_at": None}, (0, 0), id="never accepted is no parcel of ours"),
        pytest.param({"damaged": True}, (1, 1), id="B15 damaged and delivered is on time"),
        pytest.param({"done_at": None, "lost": True}, (0, 1), id="B14 lost is late for ever"),
        pytest.param({"out_t01": True}, (0, 0), id="B11 recalled before the deadline leaves"),
        pytest.param({"done_at": DUE + HOUR}, (0, 1), id="found and delivered later stays late"),
    ],
)
def test_on_time_edges(given: dict, expected: tuple[int, int]) -> None:
    parcel(**{"done_at": DUE - HOUR, "attempt_at": DUE - HOUR, **given})

    assert counted("T01") == expected


def test_72_hours_runs_on_whatever_was_promised() -> None:
    """Accepted 4 Oct 10:00; 72 h end 7 Oct 10:00. Promised only for the 9th: late here anyway."""
    end = ACCEPTED + timedelta(hours=72)
    late_promise = DUE + timedelta(days=2)
    delivered(end, due_at=late_promise)
    delivered(end + HOUR, due_at=late_promise)
    parcel(due_at=late_promise)
    parcel(due_at=late_promise, same_city=True)
    parcel(due_at=late_promise, out_t03=True)

    found = figure("T03")

    assert (found.hits, found.total, found.excluded) == (1, 3, 1)


def test_first_attempt_delivery_counts_attempts_of_the_period_only() -> None:
    """Done at the first try 2; refused or missed at the first try 2; never tried: not here."""
    delivered(DUE)
    delivered(DUE)
    parcel(attempt_at=DUE, attempt_done=False, done_at=DUE + timedelta(days=1))
    parcel(attempt_at=DUE, attempt_done=False)
    parcel()

    assert counted("D01") == (2, 4)


@pytest.mark.req("ANA-05")
def test_intact_keeps_lost_parcels_in_the_denominator() -> None:
    """Of 5 due: lost, damaged, short, and damaged and short at once are not intact: 1 of 5."""
    delivered(DUE)
    parcel(lost=True)
    delivered(DUE, damaged=True)
    delivered(DUE, short=True)
    delivered(DUE, damaged=True, short=True)

    assert counted("S01") == (1, 5)


@pytest.mark.req("ANA-06")
def test_loss_and_damage_are_per_million_accepted_with_their_range() -> None:
    """4 accepted on 4 Oct (week 40): 1 lost, 2 damaged. Poisson range of 1: 0.0253 to 5.572."""
    parcel(lost=True)
    delivered(DUE, damaged=True)
    delivered(DUE, damaged=True)
    parcel(due_at=WEEK_END + timedelta(days=30))
    week = parse_period("2026-W40")

    lost, damaged = figure("S02", period=week), figure("S03", period=week)

    assert (lost.hits, lost.total, lost.value) == (1, 4, 250_000)
    assert (damaged.hits, damaged.total, damaged.value) == (2, 4, 500_000)
    assert lost.low == pytest.approx(0.025318 / 4 * 1e6, rel=1e-4)
    assert lost.high == pytest.approx(5.571643 / 4 * 1e6, rel=1e-4)


def test_a_recovered_loss_leaves_the_loss_rate_and_stays_late() -> None:
    """B14: the fold says lost=False once found; the deadline failure stays."""
    parcel(lost=False, lost_at=DUE + HOUR, done_at=DUE + timedelta(days=9))

    assert counted("S02", period=parse_period("2026-W40")) == (0, 1)
    assert counted("T01") == (0, 1)


@pytest.mark.req("ANA-02", "CMP-21")
def test_complaints_per_ten_thousand_have_two_sources() -> None:
    """3 complaints received in the week on 2 parcels accepted in it; no queries, no repeats."""
    in_week = datetime(2026, 10, 6, 2, tzinfo=UTC)
    parcel(accepted_at=in_week)
    parcel(accepted_at=in_week)
    save_cases(
        case_row(received_at=in_week),
        case_row(received_at=in_week),
        case_row(received_at=in_week, site_id=None, product_id=None),
        case_row(received_at=in_week, kind="query", is_complaint=False),
        case_row(received_at=in_week, is_repeat=True),
        case_row(received_at=in_week - timedelta(days=7)),
    )
    site = SiteFactory(pk=2)

    company = figure("C01")
    at_site = figure("C01", site=site.code)

    assert (company.hits, company.total, company.value) == (3, 2, 15_000)
    assert (at_site.hits, at_site.total) == (2, 2)


@pytest.mark.req("ANA-02")
def test_legal_limit_counts_silence_as_failure() -> None:
    """Received 28 Sep, due end of 5 Oct although it is a holiday; open past it has failed."""
    received = datetime(2026, 9, 28, 3, tzinfo=UTC)
    due = datetime(2026, 10, 5, 16, tzinfo=UTC) - timedelta(microseconds=1)
    common = {"received_at": received, "legal_due_at": due}
    save_cases(
        case_row(**common, answered_at=due, told_at=due),
        case_row(**common, answered_at=due, told_at=due + timedelta(microseconds=1)),
        case_row(**common, answered_at=due, told_at=None),
        case_row(**common),
        case_row(**common, out_c03=True),
    )

    found = figure("C03")

    assert (found.hits, found.total, found.excluded) == (1, 4, 1)


def test_nothing_counted_is_neither_zero_nor_full() -> None:
    """B21."""
    found = figure("T01")

    assert (found.value, found.low, found.high, found.n) == (None, None, None, 0)
    assert found.is_few


def test_days_add_up_to_months_and_sites_to_the_company() -> None:
    """B20: counts are summed; 1/2 and 1/1 make 2/3, not the mean 75 %."""
    sites = [SiteFactory(pk=2), SiteFactory(pk=3)]
    delivered(DUE, site_id=2)
    parcel(site_id=2)
    delivered(DUE, site_id=3)

    october = figure("T01", period=parse_period("2026-10"))
    days = [figure("T01", period=parse_period(f"2026-10-{day:02}")) for day in range(5, 12)]
    each = [figure("T01", site=site.code) for site in sites]

    assert (october.hits, october.total) == (2, 3)
    assert sum(day.hits for day in days) == sum(one.hits for one in each) == 2
    assert sum(day.total for day in days) == sum(one.total for one in each) == 3


def test_as_of_an_earlier_moment_counts_what_was_due_then() -> None:
    """The same week seen on the evening before the deadline: nothing was due."""
    delivered(DUE - HOUR)
    parcel()

    (then,) = selectors.figures(WEEK, metric="T01", as_of=DUE - HOUR)

    assert (then.hits, then.total, then.not_yet_due) == (0, 0, 2)
    assert then.as_of == DUE - HOUR


@pytest.mark.parametrize("code", list(METRICS))
def test_the_records_behind_a_number_are_as_many_as_the_number(code: str) -> None:
    survivorship_week()
    delivered(DUE, damaged=True)
    save_cases(case_row(received_at=DUE), case_row(received_at=DUE - timedelta(days=5)))
    services.refresh_dirty(now=WEEK_END)
    (found,) = selectors.figures("2026-10", metric=code)

    def behind(outcome: str) -> int:
        rows = selectors.records(
            code,
            parse_period("2026-10"),
            scope=selectors.EVERYTHING,
            outcome=outcome,
            as_of=WEEK_END,
        )
        return _counted(METRICS[code], rows, outcome)

    if METRICS[code].is_sum:
        # A sum has no bad side: its list holds what is added up.
        outcome = Outcome.FAILED if METRICS[code].base else Outcome.ALL
        assert behind(outcome) == found.hits
    else:
        assert behind(Outcome.FAILED) == found.failed
    assert behind(Outcome.PENDING) == found.not_yet_due
    assert behind(Outcome.EXCLUDED) == found.excluded
    if METRICS[code].base is None and not METRICS[code].is_sum:
        assert behind(Outcome.ALL) == found.total


def _counted(metric: Metric, rows, outcome: str) -> int:
    """Return what a list adds to its figure: its rows, or what the figure sums of them."""
    above, below = metric.tally.hit_sum, metric.tally.total_sum
    if not above or outcome in (Outcome.PENDING, Outcome.EXCLUDED):
        return rows.count()
    if not below:
        return rows.aggregate(above=Sum(above, default=0))["above"]
    sums = rows.aggregate(above=Sum(above, default=0), below=Sum(below, default=0))
    if outcome == Outcome.ALL:
        return sums["below"]
    return sums["below"] - sums["above"] if metric.higher_is_better else sums["above"]


@pytest.mark.req("OBJ-02")
def test_every_metric_has_a_proposed_target_from_the_start() -> None:
    targets = selectors.targets_on(date(2026, 10, 31))

    assert set(targets) == set(METRICS)
    assert all(target.is_proposal for target in targets.values())
    assert {code: target.value for code, target in targets.items()} == {
        code: metric.proposal for code, metric in METRICS.items()
    }
