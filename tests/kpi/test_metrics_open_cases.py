"""Known answers of complaints open past their limit at the end of each day (C10)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from complaints import facts
from complaints import services as desk
from complaints.enums import CaseKind
from complaints.models import CaseSpell
from courierqa.core.models import ChangedDay
from courierqa.core.timeframes import parse_period
from kpi import selectors, services
from kpi.models import Cell
from tests.factories import complaints as make
from tests.factories import shipments as parcels

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# Monday, 2 March 2026, 10:00 in the business zone; the limit ends with Monday, the 9th.
AT = datetime(2026, 3, 2, 2, tzinfo=UTC)
NOW = AT + 20 * DAY
MARCH = parse_period("2026-03")


@pytest.fixture
def agent():
    return parcels.user("agent")


def answer(case, by, at, **more) -> None:
    desk.reply(case=case, by=by, at=at, text="已处理", via="phone", final=True, **more)


def days(first: int, last: int, *, now=NOW) -> list[tuple[int, int]]:
    """Return (overdue, open) at the end of these days of March."""
    services.refresh_dirty(now=now)
    rows = Cell.objects.filter(metric="C10", day__gte=AT.replace(day=first).date())
    found = {row.day.day: (row.hits, row.total) for row in rows}
    return [found.get(day, (0, 0)) for day in range(first, last + 1)]


@pytest.mark.req("ANA-01")
def test_a_complaint_is_overdue_from_the_end_of_its_last_day_on(agent) -> None:
    """Received on the 2nd, answered on the 11th: open nine evenings, overdue at two of them."""
    case = make.open_case(at=AT)
    answer(case, agent, AT + 9 * DAY)

    assert days(1, 12) == [(0, 0), *[(0, 1)] * 7, (1, 1), (1, 1), (0, 0), (0, 0)]


def test_answered_on_its_last_day_it_was_never_overdue(agent) -> None:
    case = make.open_case(at=AT)
    answer(case, agent, case.legal_due_at)

    assert days(2, 9) == [*[(0, 1)] * 7, (0, 0)]


def test_taken_up_again_it_is_open_with_days_of_its_own(agent) -> None:
    """Answered on the 4th, reopened on the 6th, never answered: overdue from the 13th on."""
    case = make.open_case(at=AT)
    answer(case, agent, AT + 2 * DAY)
    desk.reopen_case(case=case, by=agent, at=AT + 4 * DAY, reason="又来电")

    assert days(2, 7) == [(0, 1), (0, 1), (0, 0), (0, 0), (0, 1), (0, 1)]
    assert days(12, 14) == [(0, 1), (1, 1), (1, 1)]


def test_reopened_twice_it_has_three_spells(agent) -> None:
    case = make.open_case(at=AT)
    answer(case, agent, AT + DAY)
    desk.reopen_case(case=case, by=agent, at=AT + 2 * DAY, reason="又来电")
    answer(case, agent, AT + 3 * DAY)
    desk.reopen_case(case=case, by=agent, at=AT + 5 * DAY, reason="又来电")
    answer(case, agent, AT + 6 * DAY)

    spells = list(CaseSpell.objects.order_by("turn"))
    assert [(one.opened_day.day, one.ended_day.day) for one in spells] == [(2, 3), (4, 5), (7, 8)]


def test_withdrawn_it_is_open_no_longer(agent) -> None:
    case = make.open_case(at=AT)
    desk.withdraw_case(case=case, by=agent, at=AT + 3 * DAY, reason="已解决")

    assert days(2, 6) == [(0, 1), (0, 1), (0, 1), (0, 0), (0, 0)]


def test_a_question_is_no_complaint() -> None:
    make.open_case(at=AT, kind=CaseKind.QUERY)

    assert days(2, 3) == [(0, 0), (0, 0)]


def test_an_end_told_late_counts_past_evenings_anew() -> None:
    """Counted as overdue first; then it shows that the answer was given days before."""
    case = make.open_case(at=AT)
    assert days(9, 12) == [(1, 1)] * 4
    told = AT + 8 * DAY
    for name in ("first_final_at", "first_told_at", "answered_at", "told_at"):
        setattr(case, name, told)
    case.save()
    facts.refresh(case, at=NOW)

    assert set(ChangedDay.objects.values_list("day__day", flat=True)) >= set(range(10, 22))
    assert days(9, 12) == [(1, 1), (0, 0), (0, 0), (0, 0)]


def test_the_list_shows_what_is_overdue_at_the_end_of_the_period(client) -> None:
    late = make.open_case(at=AT)
    make.open_case(at=NOW - DAY)
    services.refresh_dirty(now=NOW)
    client.force_login(parcels.user("manager"))

    (found,) = selectors.figures(MARCH, metric="C10")
    page = client.get(reverse("kpi:metric", args=["C10"]), {"period": "2026-03"})
    listed = {
        outcome: set(
            selectors.records(
                "C10", MARCH, scope=selectors.EVERYTHING, outcome=outcome, as_of=NOW
            ).values_list("number", flat=True)
        )
        for outcome in ("failed", "all")
    }

    assert (found.hits, found.total) == (1, 2)
    assert page.status_code == 200
    assert listed["failed"] == {late.number}
    assert len(listed["all"]) == 2
