"""Known answers of the figures about the improvement loop, told by its services (domain C10)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from courierqa.core.calendars import day_start
from courierqa.core.timeframes import parse_period
from kpi import services as figures
from quality import services
from quality.models import LoopRow, Nonconformity
from tests.kpi.known import figure
from tests.quality.conftest import DAY, DUE, NOW

pytestmark = pytest.mark.django_db
TINY = timedelta(microseconds=1)
MARCH, JUNE = parse_period("2026-03"), parse_period("2026-06")
LATER = NOW + 400 * DAY


def of(code: str, period, *, now=LATER):
    return figure(code, period=period, now=now)


def agree(period, now=LATER) -> bool:
    return figures.verify_period(period, now=now).differences == []


@pytest.mark.req("NCR-09")
def test_measures_are_in_time_for_their_first_day(loop) -> None:
    """Four ordered for 12 March: done that day, done a day later after the day was moved, never
    done, and one that became void with its nonconformity: 1 of 3. A plan nobody approved is not
    due."""
    good, moved, never, void = (
        loop.approved(loop.planned(loop.raised(even_so=True))) for _n in range(4)
    )
    loop.planned(loop.raised(even_so=True))
    due = day_start(DUE) + 2 * timedelta(hours=1)
    loop.done(good, at=due)
    services.extend_action(
        moved.actions.get(), due_on=DUE + DAY, reason="备件未到", by=loop.leader.user, at=NOW
    )
    loop.done(moved, at=due + DAY)
    services.void(void, reason="重复登记", by=loop.quality, at=NOW + DAY)

    before, found = of("I04", MARCH, now=day_start(DUE + DAY) - 2 * TINY), of("I04", MARCH)

    assert never.actions.get().status == "open"
    assert (before.total, before.not_yet_due) == (0, 3)
    assert (found.hits, found.total, found.value) == (1, 3, pytest.approx(1 / 3))
    assert agree(MARCH)


def test_a_cancelled_measure_has_failed(loop) -> None:
    """Two measures of one plan: one done in time, one given up with a reason: 1 of 2."""
    row = loop.planned(loop.raised(even_so=True))
    services.add_action(
        row, kind="preventive", text="更新路线图", owner=loop.courier, due_on=DUE,
        by=loop.leader.user, at=NOW,
    )  # fmt: skip
    row = loop.approved(row)
    first, second = row.actions.order_by("position")
    services.finish_action(
        first, done_on=NOW.date(), note="已完成", reference="TS-1", by=loop.courier.user, at=NOW
    )
    services.cancel_action(second, reason="不再需要", by=loop.leader.user, at=NOW + DAY)

    found = of("I04", MARCH)

    assert (found.hits, found.total) == (1, 2)
    assert agree(MARCH)


@pytest.mark.req("NCR-07")
def test_measures_worked_only_when_somebody_looked_and_saw_it(loop) -> None:
    """Three checks due on 11 June: effective, not effective, never looked at: 1 of 3. The second
    round of the one that failed has a plan nobody approved yet: not due."""
    good, bad, _silent = (
        loop.done(loop.approved(loop.planned(loop.raised(even_so=True))), at=NOW + 5 * DAY)
        for _n in range(3)
    )
    look = NOW + 103 * DAY
    loop.checked(good, services.MET, at=look)
    loop.checked(bad, services.MISSED, at=look)

    found = of("I05", JUNE)

    assert (found.hits, found.total) == (1, 3)
    assert agree(JUNE)


def test_problems_came_back_within_half_a_year_of_closing(loop) -> None:
    """Two closed; the same cause at the same place is found again within 180 days: both came back.
    At another place it would be another problem; what is void did not come back: then 0 of 2."""
    first, second = loop.closed(even_so=True), loop.closed(even_so=True)
    closed = Nonconformity.objects.get(pk=first.pk).closed_at
    period = parse_period((closed + 180 * DAY).strftime("%Y-%m"))

    quiet = of("I06", period)
    again = loop.raised(at=closed + 10 * DAY, even_so=True)
    services.contain(again, text="已致电", by=loop.leader.user, at=closed + 10 * DAY)
    loop.analysed(again, at=closed + 11 * DAY)
    back = of("I06", period)
    seen = agree(period)
    services.void(again, reason="重复登记", by=loop.quality, at=closed + 12 * DAY)
    void = of("I06", period)

    assert second.closed_at == closed
    assert (quiet.hits, quiet.total) == (0, 2)
    assert (back.hits, back.total) == (2, 2)
    assert (void.hits, void.total) == (0, 2)
    assert seen
    assert agree(period)


def test_a_rebuild_makes_the_same_rows(loop) -> None:
    loop.closed()
    names = ("kind", "record_id", "label", "day", "is_hit", "site_id")
    before = list(LoopRow.objects.order_by("kind", "record_id").values(*names))
    LoopRow.objects.all().delete()

    figures.rebuild(now=LATER)

    assert list(LoopRow.objects.order_by("kind", "record_id").values(*names)) == before
    assert [one["kind"] for one in before] == ["I04", "I05", "I06"]
    assert before[0]["day"] == date(2026, 3, 12)


def test_the_list_behind_a_figure_leads_to_the_nonconformity(loop, client) -> None:
    row = loop.approved(loop.planned(loop.raised(even_so=True)))
    figures.refresh_dirty(now=LATER)

    client.force_login(loop.quality)

    page = client.get("/kpi/I04/records/?period=2026-03").content.decode()

    assert reverse("quality:nonconformity", args=[row.number]) in page
