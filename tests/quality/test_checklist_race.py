"""Many people at one draft at once: decided once, no point lost; the control decides many times."""

from __future__ import annotations

from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from courierqa.core.errors import DomainError, IllegalTransition
from courierqa.core.models import Approval, AuditEntry
from quality.selectors.inspections import versions
from quality.services import inspections as services
from quality.services.inspections import approving
from tests.quality.conftest import NOW, Loop, worker
from tests.quality.test_checklist_versions import begun, positions, submitted
from tests.quality.test_meeting_race import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.req("INS-10")]
TIMES = 4


@pytest.fixture(autouse=True)
def on_postgres() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets one write at a time: this race needs PostgreSQL")


def managers(loop: Loop) -> list[Any]:
    return [loop.manager, *(worker("manager", loop.site).user for _ in range(TIMES - 1))]


def approvals_written() -> int:
    return AuditEntry.objects.filter(action="checklist.approve").count()


def test_one_of_many_approvers_at_once_decides(loop: Loop) -> None:
    people, draft = managers(loop), submitted(loop)
    seen = Approval.objects.get().fingerprint
    waiting, refused = iter(people), []

    def run(gate: Barrier) -> None:
        by = next(waiting)
        gate.wait(30)
        try:
            services.decide_checklist(draft, approve=True, note="", seen=seen, by=by, at=NOW)
        except (DomainError, IllegalTransition) as error:
            refused.append(error.code)

    together(run, TIMES)
    assert refused == ["wrong_step"] * (TIMES - 1)
    draft.refresh_from_db()
    assert (draft.state, approvals_written()) == ("approved", 1)


def test_control_without_the_lock_many_decide(loop: Loop) -> None:
    people, draft = managers(loop), submitted(loop)
    waiting = iter(people)

    def run(gate: Barrier) -> None:
        by = next(waiting)
        assert versions.waiting(draft) is not None
        gate.wait(30)
        approving._enforce(draft, by=by, at=NOW)

    together(run, TIMES)
    assert approvals_written() == TIMES


def test_points_moved_and_added_at_once_stand_one_behind_the_other(loop: Loop) -> None:
    draft = begun(loop)
    before = positions(draft)
    last = draft.lines.order_by("-position")[0]
    new = services.PointText("vehicle", "车门密封", "Doors tight", "inspection", "week")

    def run(gate: Barrier) -> None:
        gate.wait(30)
        services.move_point(draft, line=last.pk, up=True, by=loop.quality, at=NOW)
        services.save_point(draft, point=new, by=loop.quality, at=NOW)

    together(run, TIMES)
    after = positions(draft)
    assert [place for place, _name in after] == list(range(1, len(before) + TIMES + 1))
    assert sum(name == "Doors tight" for _place, name in after) == TIMES
    assert after.index(next(row for row in after if row[1] == last.text_en)) < len(before) - TIMES
