"""Audits, readings, services, drills, accidents, hazards and runs with known answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import shipments.services
from quality.models import EmergencyPlan
from quality.services import auditing, documents, things
from shipments.models import CheckItem
from staff.models import Post
from tests.factories import things as thing
from tests.kpi.hidden_truth.answers import Answer
from tests.kpi.hidden_truth.deeds import HOUR, TINY
from tests.kpi.hidden_truth.lives import CHINA, DAY, NOW, end_of
from tests.kpi.hidden_truth.loops import Told, people_of
from tests.quality.conftest import Loop, worker
from tests.quality.shelf import Shelf

PLACE = "HZ-02"
# Monday 2 February and Monday 2 March, both at ten.
FEBRUARY, MARCH = (datetime(2026, month, 2, 10, tzinfo=CHINA) for month in (2, 3))
LAST_OF_FEBRUARY = end_of(datetime(2026, 2, 28, tzinfo=CHINA))
FORTNIGHT = 14 * DAY


def keeping(sites: dict[str, Any]) -> Iterator[Told]:
    """Keep some duties of one place in time, some late, some never."""
    people = people_of(sites[PLACE], sites["hub"])
    for said in (_audits, _readings, _services, _drills, _accidents, _hazards, _runs):
        yield PLACE, "", list(said(people))


# -- audits and readings --------------------------------------------------------------------------
def _audits(people: Loop) -> Iterator[Answer]:
    """February's audits: reported at the last moment, one too late, never, twice put off, off."""
    year = auditing.make_programme(year=2026, aim="全部站点", by=people.quality, at=FEBRUARY)
    plan = auditing.Plan(
        title="站点内审", site=people.site, owner=people.leader, lead=people.checker,
        planned_on=date(2026, 2, 20), scopes=("delivery",), methods=("inspection",),
        questions=(("8.5", "逐件扫描吗"), ("8.7", "异常登记吗")),
    )  # fmt: skip
    for how in ("kept", "late", "never", "twice", "off"):
        row = auditing.plan_audit(year, plan=plan, by=people.quality, at=FEBRUARY)
        for turn in range(2 if how == "twice" else 0):
            auditing.postpone_audit(row, planned_on=date(2026, 2, 21 + turn), reason="大雪",
                                    by=people.quality, at=FEBRUARY)  # fmt: skip
        if how == "off":
            auditing.cancel_audit(row, reason="站点关闭", by=people.quality, at=FEBRUARY)
        at = {"kept": LAST_OF_FEBRUARY, "twice": FEBRUARY + 20 * DAY,
              "late": LAST_OF_FEBRUARY + TINY}.get(how)  # fmt: skip
        yield Answer("I07", LAST_OF_FEBRUARY, how == "kept")
        if at is not None:
            yield from _found(people, row, at, gone=how == "kept")
    later = replace(plan, planned_on=date(2026, 3, 20))
    auditing.plan_audit(year, plan=later, by=people.quality, at=FEBRUARY)
    yield Answer("I07", end_of(datetime(2026, 3, 31, tzinfo=CHINA)), False)


def _found(people: Loop, row: Any, at: datetime, *, gone: bool) -> Iterator[Answer]:
    """Report an audit with one major finding; a re-audit sees it gone by its day, or nobody."""
    lines = list(row.lines.order_by("position"))
    for line, grade in zip(lines, ("major", "conform"), strict=True):
        auditing.grade_line(line, grade=grade, evidence="三件未扫", by=people.checker.user, at=at)
    auditing.report_audit(row, conclusion="需改进", by=people.checker.user, at=at)
    until = end_of(at.astimezone(CHINA) + FORTNIGHT)
    if gone:
        row.refresh_from_db()
        again = auditing.plan_reaudit(
            row, lead=people.checker, planned_on=date(2026, 4, 1), by=people.quality, at=at
        )
        for line in again.lines.all():
            auditing.grade_line(line, grade="conform", evidence="", by=people.checker.user,
                                at=until)  # fmt: skip
        auditing.report_audit(again, conclusion="已改", by=people.checker.user, at=until)
        yield Answer("I07", end_of(datetime(2026, 4, 30, tzinfo=CHINA)), False)
    yield Answer("I03A", until, gone)


def _readings(people: Loop) -> Iterator[Answer]:
    """Six people of one post: read at the last moment, a moment later, never, left in time."""
    post = Post.objects.create(code="guard", name="保安", name_en="Guard", role="courier")
    readers = {how: worker("courier", people.site) for how in ("limit", "late", "never", "left")}
    for one in readers.values():
        one.post = post
        one.save()
    shelf = Shelf(people)
    paper = shelf.in_force("QI-90", at=MARCH, posts=(post,))
    until = end_of(MARCH + FORTNIGHT)
    owed = {row.employee_id: row for row in paper.versions.get().readings.all()}
    for how, at in (("limit", until), ("late", until + TINY)):
        one = readers[how]
        documents.confirm_reading(owed[one.pk], answers={}, by=one.user, at=at)
    readers["left"].post = Post.objects.get(code="courier")
    readers["left"].save()
    documents.run_documents(now=MARCH + DAY)
    for how in readers:
        yield Answer("I09", until, how == "limit", how == "left")
    # A new version asks everybody again; whoever had not read the first one by then failed it.
    at = MARCH + 20 * DAY
    shelf.next_version(paper, at=at)
    for how in readers:
        if how != "left":
            yield Answer("I09", end_of(at + FORTNIGHT), False)


# -- things ---------------------------------------------------------------------------------------
def _services(people: Loop) -> Iterator[Answer]:
    """A van and an extinguisher, each serviced on its day, a day late, or never."""
    day = (MARCH + 5 * DAY).date()
    until = end_of(MARCH + 5 * DAY)
    extinguisher = {"kind": "fire", "sop": "", "name": "灭火器"}
    cases = [
        ("F01", thing.vehicle(people.site, at=MARCH, plate="浙A 90001")),
        ("F05", thing.equipment(people.site, by=people.manager, at=MARCH, code="FE-90",
                                **extinguisher)),
    ]  # fmt: skip
    for code, one in cases:
        for how in ("kept", "late", "never", "delayed"):
            plan = things.plan_maintenance(
                thing=one, what=how, every="year", interval=1, anchor=day, every_km=None,
                by=people.manager, at=MARCH,
            )  # fmt: skip
            turn, due = plan.turns.get(), until
            if how == "delayed":
                things.delay_maintenance(turn, due_day=day + 3 * DAY, reason="停用",
                                         by=people.manager, at=MARCH)  # fmt: skip
                due = until + 3 * DAY
            done = {"kept": day, "late": day + DAY, "delayed": day + 3 * DAY}.get(how)
            if done is not None:
                things.finish_maintenance(
                    turn, done_on=done, km=0 if code == "F01" else None, cost_fen=0, workshop="",
                    note="", by=people.manager, at=MARCH + 9 * DAY,
                )  # fmt: skip
            yield Answer(code, due, how in ("kept", "delayed"))
    yield from _defect(people, extinguisher, until)


def _defect(people: Loop, facts: dict[str, Any], until: datetime) -> Iterator[Answer]:
    """Looked after on its day, yet broken since the last look: failed."""
    one = thing.equipment(people.site, by=people.manager, at=MARCH, code="FE-91", **facts)
    plan = things.plan_maintenance(
        thing=one, what="年检", every="year", interval=1, anchor=until.date(), every_km=None,
        by=people.manager, at=MARCH,
    )  # fmt: skip
    things.finish_maintenance(plan.turns.get(), done_on=until.date(), km=None, cost_fen=0,
                              workshop="", note="", by=people.manager, at=until)  # fmt: skip
    things.check_equipment(
        one, on=(MARCH + DAY).date(), result="bad", guards_in_place=None, valid_until=None,
        note="压力不足", by=people.manager, at=until,
    )  # fmt: skip
    yield Answer("F05", until, False)


def _drills(people: Loop) -> Iterator[Answer]:
    plan = EmergencyPlan.objects.get(kind="fire")
    for how in ("kept", "moved", "never", "soon"):
        day = MARCH + (30 if how == "soon" else 4) * DAY
        row = things.plan_drill(plan=plan, site=people.site, planned_on=day.date(),
                                by=people.quality, at=MARCH)  # fmt: skip
        held = day
        if how == "moved":
            held = day + DAY
            things.move_drill(row, planned_on=held.date(), reason="检查冲突", by=people.quality,
                              at=MARCH)  # fmt: skip
        if how in ("kept", "moved"):
            things.hold_drill(row, held_on=held.date(), people=[people.courier], partners="",
                              lessons="疏散三分钟", by=people.quality, at=held + HOUR)  # fmt: skip
        yield Answer("F06", end_of(day), how == "kept")


def _accidents(people: Loop) -> Iterator[Answer]:
    """Somebody hurt at once; damage known at the end; nobody hurt; on the way to work; a theft."""
    cases = (("traffic", 1, 0, False), ("fire", 0, 50_000, False), ("traffic", 0, 0, False),
             ("injury", 1, 0, True), ("theft", 0, 9_000, False))  # fmt: skip
    for number, (kind, hurt, fen, commuting) in enumerate(cases):
        at = MARCH + number * DAY
        said = things.Happening(kind, "slight", "剐蹭", at, people_hurt=hurt,
                                is_commuting=commuting)  # fmt: skip
        row = things.report_incident(uid=uuid4(), happening=said, site=people.site, reporter=None,
                                     by=people.quality, at=at + HOUR)  # fmt: skip
        if fen:
            things.take_incident(row, by=people.quality, at=at + HOUR)
            things.close_incident(row, outcome="已处理", people_hurt=hurt, damage_fen=fen,
                                  by=people.quality, at=at + 2 * DAY)  # fmt: skip
        if number < 2:
            yield Answer("F07", at, True)


def _hazards(people: Loop) -> Iterator[Answer]:
    due = end_of(MARCH + 3 * DAY)
    for how, seen in (("limit", due), ("late", due + TINY), ("unseen", None), ("back", due)):
        row = things.register_hazard(
            site=people.site, level="general", what="护栏松动", place="平台", owner=people.leader,
            due_on=due.date(), by=people.quality, at=MARCH,
        )  # fmt: skip
        things.remove_hazard(row, how="已加固", by=people.leader.user, at=MARCH + DAY)
        if seen is not None:
            things.verify_hazard(row, is_gone=how != "back", note="仍松动", by=people.quality,
                                 at=seen)  # fmt: skip
        yield Answer("F08", due, how == "limit")


def _runs(people: Loop) -> Iterator[Answer]:
    """Electric, petrol, a plate typed with a blank, and one nobody registered."""
    thing.vehicle(people.site, at=MARCH, plate="浙A90002", energy="electric")
    for number, (plate, clean) in enumerate(
        (("浙A90002", True), ("浙a 90002", True), ("浙A90003", False), ("浙A90004", None))
    ):
        at = MARCH + number * DAY
        row = shipments.services.give_out(courier=people.courier, site=people.site, day=at.date(),
                                          parcels=[], at=at, actor=None)  # fmt: skip
        shipments.services.accept_round(row, at=at, actor=None)
        answers = {one.code: True for one in CheckItem.objects.filter(phase="before")}
        shipments.services.save_check(row, phase="before", answers=answers, vehicle=plate, at=at,
                                      actor=None)  # fmt: skip
        shipments.services.start_round(row, at=at + HOUR, actor=None)
        yield Answer("F02", at + HOUR, True)
        yield Answer("G04", at + HOUR, bool(clean), clean is None)
    # Registered after its run: known from then on, for that run too.
    thing.vehicle(people.site, at=NOW, plate="浙A90003", energy="petrol")
