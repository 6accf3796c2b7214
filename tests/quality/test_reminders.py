"""What is late or ends soon is told to the right people, each thing once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from courierqa.core.models import Message
from quality.models import CheckFinding, Checklist, Nonconformity, PlannedInspection
from quality.services import inspections
from quality.services.reminding import run_reminders
from shipments.services import keep_instrument
from tests.quality.conftest import DAY, DUE, NOW, Loop
from tests.quality.inspecting import MEND_BY, inspected
from tests.quality.shelf import Shelf
from tests.quality.test_safety import hazard

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def told(at: datetime, template: str = "overdue") -> set[tuple[int | None, str]]:
    """Run twice at one moment; return who was told of what by the messages it made."""
    before = set(Message.objects.values_list("pk", flat=True))
    run_reminders(now=at)
    after = set(Message.objects.values_list("pk", flat=True))
    run_reminders(now=at)
    assert set(Message.objects.values_list("pk", flat=True)) == after
    rows = Message.objects.exclude(pk__in=before).filter(template=f"quality/{template}")
    return {(row.recipient_user_id, row.subject) for row in rows}


@pytest.mark.req("PRE-01")
def test_an_inspection_that_is_late_is_told_once_and_later_to_the_superior(loop: Loop) -> None:
    loop.leader.supervisor = loop.checker
    loop.leader.save()
    inspections.make_inspection_plan(
        checklist=Checklist.objects.get(code="site-round"), site=loop.site, kind="random",
        lead=loop.leader, every="week", interval=1, starts_on=TODAY, by=loop.quality, at=NOW,
    )  # fmt: skip
    day = PlannedInspection.objects.order_by("due_day").first()
    assert day is not None
    PlannedInspection.objects.exclude(pk=day.pk).delete()
    due = NOW + (day.due_day - TODAY)
    assert told(due) == set()
    first = told(due + DAY)
    assert {who for who, _words in first} == {day.plan.lead.user_id}
    assert str(day.plan.checklist) in next(iter(first))[1]
    assert told(due + 2 * DAY) == set()
    assert {who for who, _words in told(due + 3 * DAY)} == {day.plan.lead.supervisor.user_id}
    inspections.move_day(day, due_day=day.due_day + 10 * DAY, reason="台风", by=loop.quality,
                         at=due + 4 * DAY)  # fmt: skip
    assert told(due + 9 * DAY) == set()
    assert len(told(due + 11 * DAY)) == 1, "the new day is a new promise"


def _finding(loop: Loop) -> tuple[Any, Any]:
    inspected(loop, grades={3: "minor"})
    row = CheckFinding.objects.get()
    return row.owner or loop.leader, MEND_BY


def _measure(loop: Loop) -> tuple[Any, Any]:
    loop.approved(loop.planned(loop.raised()))
    return loop.courier, DUE


def _plan(loop: Loop) -> tuple[Any, Any]:
    row: Nonconformity = loop.raised()
    return row.owner, row.plan_due_on


def _hazard(loop: Loop) -> tuple[Any, Any]:
    return loop.leader, hazard(loop).due_on


def _document(loop: Loop) -> tuple[Any, Any]:
    Shelf(loop).in_force(must_be_read=False, review_months=1)
    return loop.leader, TODAY.replace(month=TODAY.month + 1)


@pytest.mark.parametrize("make", [_finding, _measure, _plan, _hazard, _document])
def test_each_promise_past_its_day_is_told_to_its_owner(
    make: Callable[[Loop], tuple[Any, Any]], loop: Loop
) -> None:
    owner, due = make(loop)
    at = NOW + (due - TODAY)
    assert told(at) == set()
    assert {who for who, _words in told(at + DAY)} == {owner.user_id}


@pytest.mark.req("LIC-02")
def test_what_ends_is_told_at_90_60_30_days_and_at_its_end(loop: Loop) -> None:
    facts = {
        "code": "HZ-S1", "name": "电子秤", "kind": "scale", "site": loop.site,
        "calibrated_on": TODAY - DAY, "valid_until": TODAY + 100 * DAY, "certificate": "",
    }  # fmt: skip
    scale = keep_instrument(fields=facts, pk=None, at=NOW, actor=None)
    found = {n: told(NOW + n * DAY, "ending") for n in (0, 9, 10, 39, 40, 69, 70, 100, 101, 102)}
    assert {n for n, one in found.items() if one} == {10, 40, 70, 101}
    assert {who for one in found.values() for who, _words in one} == {loop.leader.user_id}
    assert all(str(scale) in words for one in found.values() for _who, words in one)
    facts |= {"valid_until": TODAY + 466 * DAY}
    keep_instrument(fields=facts, pk=scale.pk, at=NOW, actor=None)
    assert told(NOW + 103 * DAY, "ending") == set()
