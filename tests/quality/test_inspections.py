"""Inspections: kept once and complete, corrected with trace, findings mended and verified."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from courierqa.core.access import access_for
from courierqa.core.errors import DomainError, IllegalTransition, NotAllowed
from quality import selectors, services
from quality.models import (
    CheckFinding,
    Inspection,
    InspectionLine,
    InspectionRow,
    PlannedInspection,
)
from quality.selectors.inspections import reading
from quality.services import inspections
from shipments.models import ViolationKind
from staff.models import Observation
from tests.quality.conftest import DAY, NOW, Loop, worker
from tests.quality.inspecting import SIGNATURE, graded, inspected, visit
from tests.shipments.test_courier_pages import PIXEL

pytestmark = pytest.mark.django_db
FIRE_EXIT, WIRING, CHIP = 13, 15, 17


def refused(deed: Any, code: str) -> DomainError:
    with pytest.raises(DomainError) as error:
        deed()
    assert error.value.code == code
    return error.value


def test_the_same_visit_twice_is_one_and_other_content_under_its_id_is_refused(loop: Loop) -> None:
    one = visit(loop, grades={CHIP: "minor"})
    row, is_new = inspections.record_inspection(one, by=loop.leader.user, at=NOW)
    again, second = inspections.record_inspection(one, by=loop.leader.user, at=NOW + DAY)

    assert (row.pk, is_new, second) == (again.pk, True, False)
    assert (row.points, row.checked, row.conform, row.minor) == (24, 24, 23, 1)
    assert CheckFinding.objects.count() == 1
    other = replace(one, points=graded(grades={CHIP: "major"}))
    refused(lambda: inspections.record_inspection(other, by=loop.leader.user, at=NOW),
            "other_content")  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"points": "short"}, "incomplete"),
        ({"points": "no photo"}, "no_photo"),
        ({"points": "no day"}, "no_due"),
        ({"signature": []}, "empty"),
        ({"site_signature": []}, "unsigned"),
        ({"site_signature": SIGNATURE, "signed_by": ""}, "required"),
        ({"kind": "mixed"}, "required"),
        ({"finished_at": NOW + DAY}, "future"),
    ],
)
def test_what_is_not_complete_or_not_signed_is_refused(
    loop: Loop, fields: dict[str, Any], code: str
) -> None:
    points = {
        "short": graded()[:-1], "no photo": graded(grades={1: "minor"}, photos=0),
        "no day": graded(grades={1: "minor"}, due_on=None),
    }  # fmt: skip
    if "points" in fields:
        fields = {**fields, "points": points[fields["points"]]}
    one = visit(loop, **fields)

    refused(lambda: inspections.record_inspection(one, by=loop.leader.user, at=NOW), code)
    assert not Inspection.objects.exists()


def test_the_site_may_refuse_to_sign_with_a_reason(loop: Loop) -> None:
    row = inspected(loop, site_signature=[], signed_by="", not_signed_why="站长外出")

    assert (row.site_signature, row.not_signed_why) == ([], "站长外出")


def test_a_critical_point_fails_the_whole_and_na_is_out_of_the_rate(loop: Loop) -> None:
    row = inspected(loop, grades={FIRE_EXIT: "minor", 1: "na", 2: "unchecked"})

    assert (row.is_failed, row.checked, row.conform, row.unchecked) == (True, 22, 21, 1)
    assert inspected(loop, grades={CHIP: "major"}, at=NOW + DAY).is_failed is False


@pytest.mark.req("INS-02")
def test_a_joint_team_inspects_by_plan_and_the_closed_record_is_corrected_with_trace(
    loop: Loop,
) -> None:
    other = worker("supervisor", loop.site)
    plan = _plan(loop, members=[other])
    day = plan.days.get(planned_day=NOW.date())
    row = inspected(loop, planned=day, grades={FIRE_EXIT: "major", CHIP: "minor"}, team=[other])
    day.refresh_from_db()
    assert (row.planned_id, day.done_at, list(row.team.all())) == (day.pk, NOW, [other])
    line = row.lines.get(line__position=FIRE_EXIT)
    inspections.add_photo(line, kind="photo", content=PIXEL, name="1.png", by=loop.leader.user,
                          at=NOW)  # fmt: skip

    inspections.correct_grade(line, grade="conform", reason="照片为另一站点", by=loop.quality,
                              at=NOW + DAY)  # fmt: skip

    row.refresh_from_db()
    (kept,) = [one for one in reading.lines_of(row) if one.pk == line.pk]
    assert (kept.grade, kept.now, kept.found.status) == ("major", "conform", "void")  # type: ignore[attr-defined]
    assert (row.is_failed, row.major, row.minor, row.conform) == (False, 0, 1, 23)
    assert [c.reason for c in kept.corrections.all()] == ["照片为另一站点"]
    for change in ({"grade": "conform"}, {"note": ""}):
        with pytest.raises(DatabaseError), transaction.atomic():
            InspectionLine.objects.filter(pk=line.pk).update(**change)


def test_a_correction_to_a_fault_opens_a_finding_and_back_again_reopens_it(loop: Loop) -> None:
    row = inspected(loop)
    line = row.lines.get(line__position=CHIP)

    def correct(grade: str) -> CheckFinding:
        inspections.correct_grade(line, grade=grade, reason="复看照片", by=loop.quality, at=NOW)
        return CheckFinding.objects.get(graded=line)

    assert correct("minor").status == "open"
    assert correct("na").status == "void"
    found = correct("major")
    assert (found.status, found.severity) == ("open", "major")
    refused(lambda: correct("major"), "same")


def _plan(loop: Loop, **fields: Any) -> Any:
    from quality.models import Checklist

    whole = {
        "checklist": Checklist.objects.get(code="site-round"), "site": loop.site,
        "kind": "random", "lead": loop.leader, "every": "week", "interval": 1,
        "starts_on": NOW.date(), **fields,
    }  # fmt: skip
    return inspections.make_inspection_plan(**whole, by=loop.quality, at=NOW)


def test_plans_make_each_day_once_and_a_second_or_half_visit_ticks_nothing_off(loop: Loop) -> None:
    plan = _plan(loop)
    days = list(plan.days.order_by("planned_day"))
    assert len(days) == 9
    assert inspections.plan_ahead(now=NOW) == {"days": 0}
    assert inspections.plan_ahead(now=NOW + 7 * DAY) == {"days": 1}

    half = inspected(loop, planned=days[0], grades={1: "unchecked"})
    targeted = inspected(loop, planned=days[0], kind="targeted")
    whole = inspected(loop, planned=days[0], at=NOW + timedelta(hours=1))
    second = inspected(loop, planned=days[0], at=NOW + timedelta(hours=2))

    assert [one.planned_id for one in (half, targeted, whole, second)] == [
        None, None, days[0].pk, None,
    ]  # fmt: skip


def test_a_day_is_put_off_with_a_reason_and_counted_by_the_planned_one(loop: Loop) -> None:
    plan = _plan(loop)
    first = plan.days.order_by("planned_day").first()
    inspections.move_day(first, due_day=date(2026, 3, 4), reason="大雪", by=loop.quality, at=NOW)
    inspected(loop, planned=first, at=NOW + DAY)

    row = InspectionRow.objects.get(kind="I01", record_id=first.pk)
    assert (row.day, row.is_hit) == (NOW.date(), False)
    first.refresh_from_db()
    assert (first.due_day, first.planned_day) == (date(2026, 3, 4), NOW.date())
    refused(lambda: inspections.move_day(first, due_day=date(2026, 3, 9), reason="x",
                                         by=loop.quality, at=NOW), "done")  # fmt: skip


def test_ending_a_plan_takes_only_the_days_that_lie_ahead(loop: Loop) -> None:
    plan = _plan(loop)
    inspections.end_plan(plan, on=date(2026, 3, 20), reason="站点合并", by=loop.manager,
                         at=NOW + 10 * DAY)  # fmt: skip

    left = PlannedInspection.objects.order_by("planned_day").values_list("planned_day", flat=True)
    assert [day.day for day in left] == [2, 9, 16]
    assert InspectionRow.objects.filter(kind="I01").count() == 3
    assert inspections.plan_ahead(now=NOW + 40 * DAY) == {"days": 0}


@pytest.mark.req("INS-11")
def test_a_finding_is_mended_with_evidence_and_verified_by_somebody_else(loop: Loop) -> None:
    inspected(loop, grades={CHIP: "minor"})
    found = CheckFinding.objects.get()
    assert (found.owner, found.first_due_on, found.text) == (
        loop.leader, date(2026, 3, 5), "灭火器过期",
    )  # fmt: skip
    inspections.extend_finding(found, due_on=date(2026, 3, 9), reason="等配件", by=loop.quality,
                               at=NOW)  # fmt: skip
    leader = loop.leader.user
    found = inspections.fix_finding(found, text="已补漆", content=PIXEL, name="fix.png", by=leader,
                                    at=NOW + DAY)  # fmt: skip
    with pytest.raises(NotAllowed):
        inspections.judge_fix(found, is_mended=True, note="", by=leader, at=NOW + DAY)
    refused(lambda: inspections.judge_fix(found, is_mended=False, note="", by=loop.quality,
                                          at=NOW + DAY), "required")  # fmt: skip
    inspections.judge_fix(found, is_mended=False, note="仍有掉漆", by=loop.quality, at=NOW + DAY)
    found.refresh_from_db()
    assert found.status == "open"
    inspections.fix_finding(found, text="重新喷漆", content=PIXEL + b"2", name="fix.png", by=leader,
                            at=NOW + 2 * DAY)  # fmt: skip
    done = inspections.judge_fix(found, is_mended=True, note="", by=loop.quality, at=NOW + 3 * DAY)

    assert (done.status, done.first_due_on, done.due_on) == (
        "verified", date(2026, 3, 5), date(2026, 3, 9),
    )  # fmt: skip
    assert done.graded.files.filter(kind="fix").count() == 2
    with pytest.raises(IllegalTransition):
        inspections.fix_finding(done, text="x", content=PIXEL, name="x.png", by=leader, at=NOW)


@pytest.mark.req("INS-12")
def test_a_finding_becomes_a_violation_and_discipline_cites_it(loop: Loop) -> None:
    from staff.services import propose_discipline
    from tests.factories import shipments as make

    inspected(loop, grades={5: "major"})
    found = CheckFinding.objects.get()
    parcel = make.order(origin=loop.site, destination=loop.site, at=NOW - DAY)
    kind = ViolationKind.objects.filter(is_active=True).first()
    made = inspections.finding_to_violation(
        found, waybill=parcel.waybill, courier=loop.courier, kind=kind, by=loop.leader.user, at=NOW
    )

    assert (made.source, made.reference, made.courier) == (
        "inspection", f"F-{found.pk}", loop.courier,
    )  # fmt: skip
    step = propose_discipline(loop.courier, level="warning", basis="抛扔快件",
                              evidence=made.reference, by=loop.leader.user, at=NOW)  # fmt: skip
    assert step.evidence == f"F-{found.pk}"
    refused(lambda: inspections.finding_to_violation(
        found, waybill=parcel.waybill, courier=loop.courier, kind=kind, by=loop.leader.user,
        at=NOW), "known")  # fmt: skip


def test_a_failed_point_raises_a_nonconformity_that_leads_back_to_it(loop: Loop) -> None:
    inspected(loop, grades={FIRE_EXIT: "major"})
    found = CheckFinding.objects.get()
    source = selectors.find_source("inspection", str(found.pk), loop.quality)
    assert source is not None
    assert source.site == loop.site
    row = services.raise_nonconformity(
        source=source.kind, reference=source.reference, site=source.site, found_at=NOW,
        problem=services.Problem(title=source.title, severity="major"), by=loop.quality, at=NOW,
    )  # fmt: skip

    assert selectors.link_of(row) == f"/inspections/findings/{found.pk}/"
    stranger = worker("courier", loop.site)
    assert selectors.find_source("inspection", str(found.pk), stranger.user) is None


def test_nobody_inspects_their_own_work_and_a_foreign_site_stays_hidden(loop: Loop) -> None:
    one = visit(loop, person=loop.leader)
    refused(lambda: inspections.record_inspection(one, by=loop.leader.user, at=NOW), "own_case")
    inspected(loop)
    away = worker("supervisor", worker("courier", loop.checker.site).site)
    access = access_for(away.user, "inspection", "read")
    assert access is not None
    assert not reading.inspections_for(access).exists()
    assert not Observation.objects.exists()


def test_random_and_targeted_points_are_counted_apart(loop: Loop) -> None:
    inspected(loop, grades={CHIP: "minor", 1: "na"})
    inspected(loop, kind="targeted", grades={CHIP: "minor", 2: "major"})

    def share(kind: str) -> tuple[int, int]:
        rows = InspectionRow.objects.filter(kind=kind)
        return rows.filter(is_hit=True).count(), rows.count()

    assert (share("I02"), share("I02T")) == ((22, 23), (22, 24))
