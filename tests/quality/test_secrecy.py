"""The system of secrecy: a policy everybody confirms, a signed statement, regular checks (INF-07).

The statement is proved in tests/staff/test_posts.py.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from quality.inspection_enums import Area
from quality.models import CheckFinding, Checklist
from quality.services import inspections
from tests.quality.conftest import DAY, NOW, Loop
from tests.quality.inspecting import MEND_BY, inspected, version
from tests.quality.shelf import Shelf

pytestmark = [pytest.mark.django_db, pytest.mark.req("INF-07")]


def test_the_policy_is_confirmed_by_whoever_it_binds(loop: Loop) -> None:
    paper = Shelf(loop).in_force("QI-05", posts=(loop.courier.post,))

    (owed,) = paper.versions.get().readings.filter(employee=loop.courier)

    assert owed.due_on == NOW.date() + timedelta(days=14)


def test_every_round_of_a_site_checks_it_week_by_week_and_a_fault_has_its_day(loop: Loop) -> None:
    points = version().lines.filter(area=Area.PRIVACY)
    assert {point.every for point in points} == {"week"}
    assert len(points) == 2
    plan = inspections.make_inspection_plan(
        checklist=Checklist.objects.get(code="site-round"), site=loop.site, kind="random",
        lead=loop.leader, every="week", interval=1, starts_on=NOW.date(), by=loop.quality, at=NOW,
    )  # fmt: skip
    days = list(plan.days.order_by("planned_day").values_list("planned_day", flat=True)[:3])
    assert days == [NOW.date() + turn * 7 * DAY for turn in range(3)]

    inspected(
        loop, grades={points[0].position: "major"}, planned=plan.days.get(planned_day=days[0])
    )

    finding = CheckFinding.objects.get()
    assert (finding.graded.line, finding.due_on) == (points[0], MEND_BY)
