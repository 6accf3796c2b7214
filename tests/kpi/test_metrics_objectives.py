"""Known answers of objectives reached (I08): what is assessed, on which day, and what is kept."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from courierqa.core.models import AuditEntry
from courierqa.core.timeframes import parse_period
from kpi import assessing, services
from kpi.models import Cell, ObjectiveResult, Target
from kpi.selectors import assessed
from staff.models import Team, TeamMember
from tests.factories import shipments as make
from tests.kpi.known import figure
from tests.kpi.test_objectives import aim
from tests.kpi.test_pages import CHINESE, network, page, sign_in  # noqa: F401

pytestmark = pytest.mark.django_db
# October's on-time share is final after 7 days: assessed at the end of 7 November in China.
LAST = datetime(2026, 11, 7, 16, tzinfo=UTC) - timedelta(microseconds=1)
NOVEMBER = parse_period("2026-11")


def assess(now: datetime = LAST) -> list[ObjectiveResult]:
    services.refresh_dirty(now=now)
    assessing.run(now=now)
    return list(ObjectiveResult.objects.order_by("pk"))


def counts(now: datetime = LAST, **where: Any) -> tuple[int, int]:
    one = figure("I08", period=NOVEMBER, now=now, **where)
    return one.hits, one.total


def agree() -> bool:
    """Say whether the second judge agrees; the parcels of the network have no scans to judge."""
    found = services.verify_period(NOVEMBER, now=LAST).differences
    return [one for one in found if one["metric"] == "I08"] == []


@pytest.mark.parametrize(("wanted", "reached"), [("0.80", True), ("0.8001", False)])
def test_a_value_that_meets_its_target_exactly_is_reached(network, wanted, reached) -> None:  # noqa: F811
    """48 of 60 at the site; the company is measured by the objective below it."""
    here, _there, _courier = network
    aim("0.10")
    aim(wanted, site=here)

    (one,) = assess()

    assert (one.value, one.records, one.is_reached) == (Decimal("0.8"), 60, reached)
    assert (one.site, one.due_at, one.at) == (here, LAST, LAST)
    assert counts() == counts(site="HZ-01") == (int(reached), 1)
    assert counts(site="NB-01") == (0, 0)
    assert agree()


def test_a_figure_that_should_fall_is_reached_below_its_target(network) -> None:  # noqa: F811
    """Two complaints of 80 parcels are 250 of ten thousand."""
    for wanted in ("249", "250"):
        Target.objects.filter(metric="C01").delete()
        aim(wanted, "C01")
        with transaction.atomic():
            (one,) = assess()
            assert one.is_reached == (wanted == "250")
            transaction.set_rollback(True)


@pytest.mark.req("OBJ-04")
def test_nothing_is_assessed_before_its_day_nor_twice(network) -> None:  # noqa: F811
    aim("0.80")

    assert assess(LAST - timedelta(microseconds=1)) == []
    assert len(assess()) == 1
    assert len(assess(LAST + timedelta(days=9))) == 1
    assert AuditEntry.objects.filter(action="objective.assess").count() == 1


def test_figures_that_do_not_reach_the_day_are_waited_for(network) -> None:  # noqa: F811
    aim("0.80")

    assert assessing.run(now=LAST) == {"assessed": 0}
    services.refresh_dirty(now=LAST)
    assert assessing.run(now=LAST + timedelta(days=2)) == {"assessed": 1}


def test_what_could_not_be_measured_is_not_reached(network) -> None:  # noqa: F811
    """Nobody of the team carried anything; no letter came from an authority."""
    _here, there, _courier = network
    crew = Team.objects.create(name="Team 9", site=there, aim="On time")
    TeamMember.objects.create(team=crew, employee=make.courier(there), from_on=date(2026, 1, 1))
    aim("0.10", site=there)
    aim("0.10", team=crew)
    aim("1", "C13")

    found = {(one.metric, one.team_id): one for one in assess()}

    assert set(found) == {("C13", None), ("T01", crew.pk)}
    assert {(one.value, one.is_reached) for one in found.values()} == {(None, False)}
    assert counts(site="NB-01") == (0, 1)
    assert agree()


def test_a_proposal_is_no_objective(network) -> None:  # noqa: F811
    assert Target.objects.filter(metric="T01", is_proposal=True).exists()

    assert assess() == []


def test_a_target_is_assessed_from_the_month_it_begins_with(network) -> None:  # noqa: F811
    Target.objects.filter(pk=aim("0.80").pk).update(valid_from=date(2026, 10, 2))

    assert assess() == []


@pytest.mark.parametrize(("closed", "assessed_at"), [(1, "HZ-01"), (2, "team")])
def test_a_closed_place_owes_nothing(network, closed, assessed_at) -> None:  # noqa: F811
    """Closed on the first day of the month, the site is measured itself; a day later the team."""
    here, _there, courier = network
    day = date(2026, 10, closed)
    crew = Team.objects.create(name="Team 3", site=here, aim="On time", closed_on=day)
    TeamMember.objects.create(team=crew, employee=courier, from_on=date(2026, 1, 1))
    aim("0.80", site=here)
    aim("0.80", team=crew)

    (one,) = assess()

    assert (one.team or one.site) == {"HZ-01": here, "team": crew}[assessed_at]


def test_a_site_closed_before_or_opened_after_the_month_owes_nothing(network) -> None:  # noqa: F811
    here, there, _courier = network
    aim("0.80", site=here)
    aim("0.80", site=there)
    type(here).objects.filter(pk=here.pk).update(closed_on=date(2026, 10, 1))
    type(there).objects.filter(pk=there.pk).update(opened_on=date(2026, 11, 1))

    assert assess() == []


def test_what_is_corrected_later_does_not_move_what_was_kept(network) -> None:  # noqa: F811
    aim("0.80")
    (one,) = assess()
    Cell.objects.filter(metric="T01").update(hits=0)
    aim("0.99")

    assert assess(LAST + timedelta(days=3)) == [one]
    one.refresh_from_db()
    assert (one.is_reached, one.wanted) == (True, Decimal("0.8"))
    services.refresh_dirty(now=LAST)
    assert counts() == (1, 1)
    with pytest.raises(DatabaseError), transaction.atomic():
        ObjectiveResult.objects.update(is_reached=False)


def test_a_rebuild_makes_the_rows_anew(network) -> None:  # noqa: F811
    from quality.models import UpkeepRow

    aim("0.80")
    assess()
    UpkeepRow.objects.filter(kind="I08").delete()

    services.rebuild(now=LAST)

    assert counts() == (1, 1)


def test_a_team_below_a_site_without_an_own_target_is_no_objective(network) -> None:  # noqa: F811
    """The tree does not show it, and nothing is computed for it again and again."""
    here, _there, courier = network
    crew = Team.objects.create(name="Team 3", site=here, aim="On time")
    TeamMember.objects.create(team=crew, employee=courier, from_on=date(2026, 1, 1))
    aim("0.80", team=crew)

    assert assess() == []
    assert list(assessed.open_months(now=LAST)) == []


def test_the_tree_and_the_list_say_what_was_found(client, network) -> None:  # noqa: F811
    here, there, _courier = network
    aim("0.90")
    aim("0.80", site=here)
    aim("0.99", site=there)
    assess()
    services.refresh_dirty(now=LAST)
    sign_in(client, "quality")

    text = page(client, "objectives", period="2026-10")
    chinese = page(client, "objectives", period="2026-10", language=CHINESE)
    records = page(client, "records", "I08", period="2026-11")

    assert "Assessed 7 Nov 2026: reached, 80.0" in text
    assert "Assessed 7 Nov 2026: not reached, 95.0" in text
    assert "2026-11-07 考核：达成" in chinese
    assert "T01 2026-10" in records
    assert f"{reverse('kpi:objectives')}?period=2026-10" in records


def test_a_site_head_sees_what_was_found_at_the_own_site(client, network) -> None:  # noqa: F811
    _here, there, _courier = network
    aim("0.80")
    aim("0.80", "D01")
    aim("0.80", "D01", site=there)
    assess()
    sign_in(client, "supervisor", site=there)

    text = page(client, "objectives", period="2026-10")

    assert text.count("Assessed ") == 1
