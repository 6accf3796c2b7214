"""Objectives: the tree, what does not add up, who is missing; notes with their writer."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courierqa.core.timeframes import parse_period
from kpi import baselining, noting, selectors, targeting
from kpi.board import goals
from kpi.metrics import METRICS
from kpi.models import Note, Target
from kpi.selectors import EVERYTHING
from staff.models import Team, TeamMember
from tests.factories import shipments as make
from tests.kpi.test_pages import network, page, sign_in  # noqa: F401

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 2, 1, tzinfo=UTC)
OCTOBER = parse_period("2026-10")


def aim(value: str, code: str = "T01", **given) -> Target:
    return targeting.set_target(
        metric=METRICS[code], value=Decimal(value), valid_from=date(2026, 10, 1), reason="Year",
        by=given.pop("by", None) or make.user("quality"), at=AT, **given,
    )  # fmt: skip


def tree(code: str = "T01"):
    (found,) = [
        node for node in selectors.objectives(OCTOBER, scope=EVERYTHING) if node.metric.code == code
    ]
    return found


@pytest.fixture
def team(network):  # noqa: F811
    here, _there, courier = network
    found = Team.objects.create(name="Team 3", site=here, aim="On time")
    TeamMember.objects.create(team=found, employee=courier, from_on=date(2026, 1, 1))
    return found


@pytest.mark.req("OBJ-02", "OBJ-03")
def test_targets_are_broken_down_to_sites_and_teams(network, team) -> None:  # noqa: F811
    """67 of 80 in the company, 48 of 60 at the site and in its team."""
    here, _there, courier = network
    aim("0.90", owner=courier)
    aim("0.92", site=here)
    aim("0.93", team=team)

    company = tree()
    (site,) = company.children
    (crew,) = site.children

    assert (company.figure.hits, company.figure.n) == (67, 80)
    assert (site.place, site.figure.hits, site.figure.n) == (here, 48, 60)
    assert (crew.place, crew.figure.hits, crew.figure.n) == (team, 48, 60)
    assert "nobody answers for it" not in list(goals.flags_of(company))


@pytest.mark.req("OBJ-03")
def test_children_below_the_parent_are_flagged(network) -> None:  # noqa: F811
    """60 parcels owe 0.88, the 20 of the other site owe the company's 0.90: (52.8 + 18) / 80."""
    here, there, _courier = network
    aim("0.90")
    aim("0.88", site=here)

    assert tree().reached == pytest.approx(0.885)
    assert not tree().adds_up
    assert any("88.5" in flag for flag in goals.flags_of(tree()))
    aim("0.96", site=there)
    assert tree().reached == pytest.approx(0.90)
    assert tree().adds_up


def test_a_falling_figure_adds_up_the_other_way(network) -> None:  # noqa: F811
    here, _there, _courier = network
    aim("4", "C01")
    aim("5", "C01", site=here)
    assert not tree("C01").adds_up
    aim("3", "C01", site=here)
    assert tree("C01").adds_up


@pytest.mark.req("OBJ-03")
def test_no_owner_and_no_measure_are_flagged(network) -> None:  # noqa: F811
    node = tree("T04")

    assert set(goals.flags_of(node)) >= {"nobody answers for it"} or node.target.owner is None


@pytest.mark.req("OBJ-04", "OBJ-07")
def test_status_is_said_in_words_with_the_months_comment(client, network) -> None:  # noqa: F811
    """48 of 60 = 80 % (69 to 88): on track at 75, at risk at 85, off track at 95."""
    here, _there, _courier = network
    for value, word in (("0.75", "on track"), ("0.85", "at risk"), ("0.95", "off track")):
        aim(value, site=here)
        (site,) = tree().children
        assert goals.status_of(site)[0] in ("good", "warn", "bad")
        with_words = [
            row for row in goals.rows([site], period=OCTOBER, as_of=AT) if row.node is not None
        ]
        assert with_words[0].status_word in (
            word,
            {"on track": "达标", "at risk": "有风险", "off track": "未达标"}[word],
        )
    author = make.user("quality")
    noting.write_note(
        metric="T01", site=here, day=date(2026, 10, 9), text="New hub layout", by=author, at=AT
    )
    sign_in(client, "manager")

    text = page(client, "objectives", period="2026-10")

    assert 'role="treegrid"' in text
    assert 'aria-level="3"' in text
    assert "New hub layout" in text
    assert "to rise" in text


def test_a_site_head_sees_no_figure_of_the_company(client, network) -> None:  # noqa: F811
    here, there, _courier = network
    aim("0.90")
    aim("0.91", site=here)
    aim("0.92", site=there)
    sign_in(client, "supervisor", site=there)

    text = page(client, "objectives", period="2026-10")

    assert "83.8" not in text
    assert "HZ-01" not in text
    assert "≥ 92" in text


def test_the_tree_costs_as_many_queries_for_three_sites(client, network) -> None:  # noqa: F811
    from django.db import connection

    here, there, _courier = network
    sign_in(client, "manager")
    counts = []
    for site in (here, there):
        aim("0.91", site=site)
        page(client, "objectives", period="2026-10")
        with CaptureQueriesContext(connection) as found:
            page(client, "objectives", period="2026-10")
        counts.append(len(found))

    assert counts[0] == counts[1]


def test_a_team_is_held_to_figures_counted_per_person(client, team) -> None:
    sign_in(client, "quality")
    typed = {"value": "9", "valid_from": "2026-12-01", "team": team.pk, "reason": "Year"}
    address = reverse("kpi:target_change", args=["C01"])

    answer = client.post(address, typed, HTTP_ACCEPT_LANGUAGE="en")

    assert answer.status_code == 422
    assert "not counted per person" in answer.content.decode()
    assert client.post(address, {**typed, "team": "", "owner": "none"}).status_code == 422


def test_a_target_of_a_team_is_no_target_of_its_site(team) -> None:
    aim("0.99", team=team)

    found = selectors.targets_on(date(2026, 10, 31), site=team.site)

    assert found["T01"].value == Decimal("0.95")


def test_notes_are_only_added(client, network) -> None:  # noqa: F811
    user = sign_in(client, "quality")
    address = reverse("kpi:note_new", args=["T01"])

    assert client.post(address, {"day": "2999-01-01", "text": "x"}).status_code == 422
    client.post(f"{address}?period=2026-10", {"day": "2026-10-09", "text": "Hub closed"})

    note = Note.objects.get()
    assert (note.by, note.day, note.site) == (user, date(2026, 10, 9), None)
    assert "Hub closed" in page(client, "metric", "T01", period="2026-10")
    with pytest.raises(DatabaseError), transaction.atomic():
        note.delete()


def test_a_site_head_notes_at_an_own_site_only(client, network) -> None:  # noqa: F811
    here, _there, _courier = network
    sign_in(client, "supervisor", site=here)
    address, typed = reverse("kpi:note_new", args=["T01"]), {"day": "2026-10-09", "text": "Ice"}

    assert client.post(address, typed).status_code == 422
    assert client.post(f"{address}?site=NB-01", typed).status_code == 404
    assert client.post(f"{address}?site=HZ-01", typed).status_code == 302
    assert Note.objects.get().site == here


def test_the_tree_reads_the_breaks_of_the_company_and_of_the_site(network) -> None:  # noqa: F811
    here, there, _courier = network
    aim("0.90")
    aim("0.92", site=here)
    aim("0.93", site=there)
    boss = make.user("quality")
    for site, month in ((None, date(2026, 8, 1)), (here, date(2026, 9, 1))):
        baselining.set_baseline(
            metric="T01", site=site, month=month, reason="新流程", by=boss, at=AT
        )

    company = tree()
    below = {node.place: node.breaks for node in company.children}

    assert company.breaks == (date(2026, 8, 1),)
    assert below == {here: (date(2026, 8, 1), date(2026, 9, 1)), there: (date(2026, 8, 1),)}
