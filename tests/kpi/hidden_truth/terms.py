"""Months of records with known ends: destroyed in time, a day late, held by a case, not yet due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from complaints import services as desk
from complaints.enums import CaseKind, Channel
from complaints.models import Case, Reason
from quality import retention_counts
from quality.models import RetentionRule
from quality.services import things
from quality.services.improvement import retaining
from shipments.models import Parcel
from staff import services as staff
from tests.factories import shipments as make
from tests.factories import staff as school
from tests.kpi.hidden_truth.answers import Answer
from tests.kpi.hidden_truth.lives import CHINA, DAY, NOW, end_of
from tests.kpi.hidden_truth.loops import Told, people_of
from tests.quality.conftest import Loop

PLACE = "HZ-02"
# Terms of the story, in months: the last days of a month, so many months later, and thirty days.
TERMS = {"waybill-paper": 1, "training": 2}


def terms(sites: dict[str, Any]) -> Iterator[Told]:
    """Keep paper waybills a month and lists of training two; destroy some in time, some late."""
    people = people_of(sites[PLACE], sites["hub"])
    for code, months in TERMS.items():
        _shortened(code, months, people)
    yield "", "", list(_papers(people, sites))
    yield from _lists(people, sites[PLACE])
    retention_counts.run(now=NOW)


def _shortened(code: str, months: int, people: Loop) -> None:
    rule = RetentionRule.objects.get(code=code)
    fields = {name: getattr(rule, name) for name in retaining.WORDS}
    retaining.save_rule(rule, code=code, fields={**fields, "months": months, "is_active": True},
                        by=people.quality, at=_at(2025, 9, 1))  # fmt: skip


# -- paper: trial parcels of last autumn, which no other figure knows ----
def _papers(people: Loop, sites: dict[str, Any]) -> Iterator[Answer]:
    """October in time, November a day late, December held by a question, January not yet due."""
    for month, number in ((10, 3), (11, 2), (12, 2)):
        found = [_taken(sites, _at(2025, month, 15)) for _one in range(number)]
    _taken(sites, _at(2026, 1, 15))
    # A question that was closed on the last day holds nothing of November.
    closed = _asked(_taken(sites, _at(2025, 11, 30)), people, _at(2026, 1, 5))
    desk.withdraw_case(case=closed, by=people.quality, at=_at(2026, 1, 29), reason="已找到")
    _asked(found[0], people, _at(2026, 2, 26))
    _destroyed("waybill-paper", people, date(2025, 10, 31), date(2025, 12, 30), 3)
    _destroyed("waybill-paper", people, date(2025, 11, 30), date(2026, 1, 30), 3)
    yield _weighed(date(2025, 12, 30), 3, 3)
    yield _weighed(date(2026, 1, 29), 0, 3)
    yield Answer("X01", _last(date(2026, 3, 2)), hit=False, out=True)
    yield Answer("X01", _last(date(2026, 3, 30)), hit=False)


def _taken(sites: dict[str, Any], at: datetime) -> Parcel:
    row = make.order(origin=sites["origin"], destination=sites[PLACE], at=at, is_test=True)
    return make.accept(row, at)


def _asked(parcel: Parcel, people: Loop, at: datetime) -> Case:
    """Open a question about a parcel, which no figure of complaints counts."""
    intake = desk.Intake(
        key=f"term-{parcel.pk}", reason=Reason.objects.get(code="lost"), channel=Channel.PHONE,
        words="何时送到", phone=f"137{parcel.pk:08}", parcel=parcel, received_at=at,
        kind=CaseKind.QUERY,
    )  # fmt: skip
    return desk.open_case(intake, by=people.quality, at=at)


# -- lists of training ---------------------------------------------------------------------------
def _lists(people: Loop, site: Any) -> Iterator[Told]:
    """November's three on the very last day, December's one not yet due."""
    for day in (3, 12, 30):
        yield PLACE, "", [_held(people, site, _at(2025, 11, day))]
    yield PLACE, "", [_held(people, site, _at(2025, 12, 8))]
    _destroyed("training", people, date(2025, 11, 30), date(2026, 3, 1), 3)
    yield "", "", [
        _weighed(date(2026, 3, 1), 3, 3),
        Answer("X01", _last(date(2026, 3, 30)), hit=False),
    ]  # fmt: skip


def _held(people: Loop, site: Any, at: datetime) -> Answer:
    by = people.quality
    row = staff.plan_session(school.CourseFactory(), on=at.date(), by=by, at=at - DAY, site=site)
    staff.hold_session(row, on=at.date(), present=[], by=by, at=at)
    return Answer("H01", end_of(at), hit=True)


# -- both ----------------------------------------------------------------------------------------
def _destroyed(code: str, people: Loop, until: date, on: date, number: int) -> None:
    rule = RetentionRule.objects.get(code=code)
    things.destroy_records(
        data_kind=rule.name, site=None, records_until=until, term_ended_on=until, way="shredded",
        count=number, destroyed_on=on, witness=people.leader, note="", by=people.quality,
        at=_at(on.year, on.month, on.day),
    )  # fmt: skip


def _weighed(due: date, gone: int, number: int) -> Answer:
    """A month weighs as many records as it has."""
    return Answer("X01", _last(due), hit=False, above=gone, below=number)


def _last(day: date) -> datetime:
    return end_of(datetime(day.year, day.month, day.day, tzinfo=CHINA))


def _at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 10, tzinfo=CHINA)
