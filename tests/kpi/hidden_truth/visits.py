"""Inspections with known answers: planned days kept or not, points graded and corrected."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from quality.models import CheckFinding, Checklist, PlannedInspection
from quality.services import inspections
from tests.kpi.hidden_truth.answers import Answer
from tests.kpi.hidden_truth.deeds import TINY
from tests.kpi.hidden_truth.lives import CHINA, DAY, NOW, end_of
from tests.kpi.hidden_truth.loops import Told, people_of
from tests.quality.inspecting import inspected, version
from tests.shipments.test_courier_pages import PIXEL

LIST = "site-round"
# Mondays of March at ten; the plan ends with the month.
MONDAY, LAST = datetime(2026, 3, 2, 10, tzinfo=CHINA), date(2026, 3, 31)
# Faults are due by the day `inspected` sets.
MEND = datetime(2026, 3, 5, 9, tzinfo=CHINA)
FAULTS = {1: "minor", 2: "major", 3: "na"}


def visits(sites: dict[str, Any]) -> Iterator[Told]:
    """Keep and miss planned days at two places; look at random and for a reason."""
    for place in ("HZ-01", "NB-01"):
        people = people_of(sites[place], sites["hub"])
        yield place, "", list(_planned(people))
        yield place, "", list(_unplanned(people))


def _planned(people: Any) -> Iterator[Answer]:
    """The first Monday is kept, the second a day late, the third left half; the rest is to come."""
    ways = iter(("kept", "late", "half"))
    for day in _mondays(people):
        at = datetime(day.planned_day.year, day.planned_day.month, day.planned_day.day, 10,
                      tzinfo=CHINA)  # fmt: skip
        due = end_of(at)
        how = next(ways, "") if at < NOW else ""
        yield Answer("I01", due, how == "kept")
        if how:
            seen = at + DAY if how == "late" else at
            half = {4: "unchecked"} if how == "half" else {}
            yield from _looked(people, "I02", seen, half, planned=day)


def _mondays(people: Any) -> list[PlannedInspection]:
    plan = inspections.make_inspection_plan(
        checklist=Checklist.objects.get(code=LIST), site=people.site, kind="random",
        lead=people.leader, every="week", interval=1, starts_on=MONDAY.date(), by=people.quality,
        at=MONDAY,
    )  # fmt: skip
    inspections.end_plan(plan, on=LAST, reason="季末", by=people.quality, at=MONDAY)
    return list(plan.days.order_by("planned_day"))


def _unplanned(people: Any) -> Iterator[Answer]:
    """Two looks nobody planned, one of them for a reason, with faults; one fault was none."""
    at = MONDAY + timedelta(days=1)
    yield from _looked(people, "I02", at, FAULTS)
    yield from _mended(people)
    yield from _looked(people, "I02T", at, FAULTS, corrected=2)
    # The first fault of it is never mended; the second was none.
    yield Answer("I03", end_of(MEND), False)


def _mended(people: Any) -> Iterator[Answer]:
    """Both faults are mended; one is seen at the last moment, the other one a moment later."""
    faults = CheckFinding.objects.filter(site=people.site, status="open").order_by("pk")
    due = end_of(MEND)
    for one, late in zip(list(faults), (timedelta(0), TINY), strict=True):
        inspections.fix_finding(one, text="已补", content=PIXEL + bytes([late > timedelta(0)]),
                                name="fix.png", by=people.leader.user, at=MEND)  # fmt: skip
        inspections.judge_fix(one, is_mended=True, note="", by=people.quality, at=due + late)
        yield Answer("I03", due, not late)


def _looked(
    people: Any, code: str, at: datetime, grades: dict[int, str], *, corrected: int = 0,
    planned: Any = None,
) -> Iterator[Answer]:  # fmt: skip
    """Send one visit, whole; return what every point says that was looked at."""
    kind = "targeted" if code == "I02T" else "random"
    row = inspected(people, at=at, kind=kind, grades=dict(grades), planned=planned)
    if corrected:
        wrong = row.lines.get(line__position=corrected)
        inspections.correct_grade(
            wrong, grade="conform", reason="照片看错", by=people.quality, at=at + DAY
        )
    for position in version(LIST).lines.values_list("position", flat=True):
        grade = "conform" if position == corrected else grades.get(position, "conform")
        if grade not in ("na", "unchecked"):
            yield Answer(code, at, grade == "conform")
