"""Known answers of the figures about reviews (I10, I11), told by the services."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from courierqa.core.calendars import day_start
from courierqa.core.timeframes import parse_period
from kpi import services as figures
from quality.models import Review, UpkeepRow
from quality.services import reviews as services
from tests.kpi.known import figure
from tests.quality.conftest import DAY, NOW, Loop
from tests.quality.test_pages import signed_in
from tests.quality.test_reviews import TENTH, judged, monthly, on, written

pytestmark = pytest.mark.django_db
TINY = timedelta(microseconds=1)
LIMIT = day_start(TENTH + DAY) - TINY
MARCH, APRIL = parse_period("2026-03"), parse_period("2026-04")
LATER = NOW + 500 * DAY


def of(code: str, period: Any, *, now: datetime = LATER) -> Any:
    return figure(code, period=period, now=now)


def agree(period: Any, now: datetime = LATER) -> bool:
    return figures.verify_period(period, now=now).differences == []


def opened(loop: Loop, row: Review, at: datetime) -> Review:
    row = services.open_review(row, by=loop.quality, at=at)
    said = written(loop, verdicts=judged(row))
    return services.write_review(row, written=said, by=loop.quality, at=at)


def yearly(loop: Loop, *, every: str = "year", starts_on: date = TENTH) -> Any:
    return services.make_review_plan(
        kind="management", site=None, owner=loop.checker, every=every, starts_on=starts_on,
        by=loop.quality, at=NOW,
    )  # fmt: skip


def met(loop: Loop, row: Review, *, on: datetime, signed: datetime) -> None:
    """Meet on a day; the president signs the outcome at a moment."""
    row = opened(loop, row, on)
    services.propose_review(row, held_on=on.date(), by=loop.quality, at=on)
    services.decide_review(row, approve=True, note="", by=loop.manager, at=signed)


@pytest.mark.req("TIM-07")
@pytest.mark.parametrize(("at", "hits"), [(LIMIT, 1), (LIMIT + TINY, 0), (None, 0)])
def test_a_month_is_signed_by_the_end_of_the_tenth(loop: Loop, at: Any, hits: int) -> None:
    row = monthly(loop, site=loop.site)
    if at is not None:
        services.hold_review(opened(loop, row, at), held_on=TENTH, by=loop.quality, at=at)
    else:
        # Prepared and never signed is not held.
        opened(loop, row, NOW)

    early, found = of("I11", MARCH, now=LIMIT - TINY), of("I11", MARCH)

    assert (early.total, early.not_yet_due) == (0, 1)
    assert (found.hits, found.total) == (hits, 1)
    assert agree(MARCH)


def test_a_plan_that_names_a_later_day_does_not_make_it_later(loop: Loop) -> None:
    plan = services.make_review_plan(
        kind="timeliness", site=None, owner=loop.leader, every="month",
        starts_on=date(2026, 3, 20), by=loop.quality, at=NOW,
    )  # fmt: skip
    at = LIMIT + DAY
    services.hold_review(opened(loop, plan.reviews.first(), at), held_on=at.date(),
                         by=loop.quality, at=at)  # fmt: skip

    assert (of("I11", MARCH).hits, of("I11", MARCH).total) == (0, 1)


def test_turns_taken_off_the_plan_are_not_counted(loop: Loop) -> None:
    row = monthly(loop, site=loop.site)
    services.run_reviews(now=on(TENTH))
    assert of("I11", APRIL, now=NOW).not_yet_due == 1

    services.end_review_plan(row.plan, on=TENTH, reason="站点关闭", by=loop.quality, at=on(TENTH))

    assert (of("I11", MARCH).total, of("I11", APRIL).total) == (1, 0)
    assert agree(APRIL)


@pytest.mark.req("REV-01")
def test_a_year_runs_from_the_meeting_and_waits_for_the_signature(loop: Loop) -> None:
    """Planned for 10 March and met on the 9th, signed on the 10th: in time. The next is due on
    9 March, though its plan says the 10th: signed a moment late."""
    plan = yearly(loop)
    first = on(TENTH - DAY)
    met(loop, plan.reviews.get(), on=first, signed=LIMIT)
    services.run_reviews(now=NOW + 360 * DAY)
    due = day_start(date(2027, 3, 10)) - TINY
    turn = plan.reviews.get(planned_day=date(2027, 3, 10))
    next_march = parse_period("2027-03")

    waits = of("I10", next_march, now=due - TINY)
    met(loop, turn, on=due - 9 * timedelta(hours=1), signed=due + TINY)

    assert (of("I10", MARCH).hits, of("I10", MARCH).total) == (1, 1)
    assert (waits.total, waits.not_yet_due) == (0, 1)
    assert (of("I10", next_march).hits, of("I10", next_march).total) == (0, 1)
    assert agree(MARCH)
    assert agree(next_march)


def test_a_turn_passed_over_within_the_year_was_not_due(loop: Loop) -> None:
    """Planned every half year: met in March, not in September, again a year later to the day."""
    plan = yearly(loop, every="half_year")
    met(loop, plan.reviews.get(), on=on(TENTH), signed=on(TENTH))
    for days in (170, 350):
        services.run_reviews(now=NOW + days * DAY)
    september = parse_period("2026-09")
    assert of("I10", september).total == 0

    last = on(date(2027, 3, 10))
    met(loop, plan.reviews.get(planned_day=date(2027, 3, 10)), on=last, signed=last)

    march = of("I10", parse_period("2027-03"))
    assert (march.hits, march.total) == (1, 1)
    assert not UpkeepRow.objects.filter(record_id=plan.reviews.all()[1].pk).exists()
    assert agree(parse_period("2027-03"))


def test_a_review_that_never_came_is_missed_once(loop: Loop) -> None:
    yearly(loop, every="quarter")
    services.run_reviews(now=NOW + 200 * DAY)

    totals = [of("I10", parse_period(f"2026-{month:02}")).total for month in (3, 6, 9)]

    assert totals == [1, 0, 0]
    assert of("I10", MARCH).hits == 0
    assert agree(MARCH)


def test_a_rebuild_makes_the_same_rows_and_the_list_leads_to_the_review(loop: Loop) -> None:
    row = monthly(loop, site=loop.site)
    met(loop, yearly(loop).reviews.get(), on=on(TENTH), signed=on(TENTH))
    names = ("kind", "record_id", "label", "day", "is_hit", "site_id")
    before = list(UpkeepRow.objects.order_by("kind").values(*names))
    UpkeepRow.objects.all().delete()

    figures.rebuild(now=LATER)

    assert list(UpkeepRow.objects.order_by("kind").values(*names)) == before
    assert [one["kind"] for one in before] == ["I10", "I11", "I11"]
    shown = signed_in(loop.quality).get(
        reverse("kpi:records", args=["I11"]), {"period": "2026-03", "outcome": "all"}
    )
    assert reverse("quality:review", args=[row.pk]) in shown.content.decode()
