"""The records behind each part of a person's grade: the same rows that were counted.

Every part of a score leads here (H05): first what cost points, then everything that was counted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from complaints.models import Case
from courierqa.core import formats
from courierqa.core.timeframes import Period
from kpi import evidence
from kpi.enums import Outcome
from shipments.enums import Code, FindingKind
from shipments.models import Finding, ParcelFacts
from shipments.selectors.findings import words_of
from staff.enums import CourseState, GradePart
from staff.models import Employee


@dataclass(frozen=True)
class Line:
    """One record: when, what it is called, the page it has, and what it says."""

    when: str
    name: str
    words: str
    # The page as (address name, argument) and the right to open it.
    page: tuple[str, Any] = ("", "")
    right: str = ""
    is_miss: bool = False


@dataclass(frozen=True)
class Trace:
    """Some records in the order of their time; `bad` are those among them that cost points."""

    rows: QuerySet[Any]
    order: tuple[str, str]
    line: Callable[[Any], Line]
    bad: QuerySet[Any] | None = None

    def lines(self, rows: Sequence[Any]) -> list[Line]:
        """Return the lines of a page of rows."""
        # Asked about these rows only: what cost points in a month may be thousands.
        found = [] if self.bad is None else self.bad.filter(pk__in=[row.pk for row in rows])
        bad = {row.pk for row in found}
        return [_marked(self.line(row), is_miss=row.pk in bad) for row in rows]


@dataclass(frozen=True)
class Traces:
    """What cost points, everything counted, and what was counted besides under its own heading."""

    missed: Trace
    every: Trace
    beside: Sequence[tuple[str, Trace]] = ()


def traces(part: str, person: Employee, period: Period) -> Traces | None:
    """Return the records behind a part of a month, or None where there is no such part."""
    found = PARTS.get(part)
    return found(person, period) if found else None


def _marked(line: Line, *, is_miss: bool) -> Line:
    return Line(line.when, line.name, line.words, line.page, line.right, is_miss)


def _pair(
    every: QuerySet[Any], missed: QuerySet[Any], order: str, line: Callable[[Any], Line],
    *, key: str = "pk",
) -> Traces:  # fmt: skip
    return Traces(
        missed=Trace(missed, (order, key), line, missed),
        every=Trace(every, (order, key), line, missed),
    )


def _on_time(person: Employee, period: Period) -> Traces:
    """Parcels to deliver; late ones count where their first late link was this person's (B19)."""
    late = evidence.parcels("T01", period, Outcome.FAILED)
    caused = late.filter(cause_courier_id=person.pk)
    mine = evidence.parcels("T01", period, Outcome.ALL)
    mine = mine.filter(Q(courier_id=person.pk) | Q(pk__in=caused.values("pk")))
    return _pair(mine, caused, "due_at", lambda row: _parcel(row, row.due_at), key="parcel_id")


def _first_attempt(person: Employee, period: Period) -> Traces:
    every, missed = (
        evidence.parcels("D01", period, outcome).filter(courier_id=person.pk)
        for outcome in (Outcome.ALL, Outcome.FAILED)
    )
    return _pair(
        every, missed, "attempt_at", lambda row: _parcel(row, row.attempt_at), key="parcel_id"
    )


def _complaints(person: Employee, period: Period) -> Traces:
    against = evidence.decided_against(period).filter(liable_person=person)
    made = evidence.delivered(period).filter(courier_id=person.pk)
    return Traces(
        missed=Trace(against.select_related("reason"), ("received_at", "pk"), _case, against),
        every=Trace(made, ("done_at", "parcel_id"), lambda row: _parcel(row, row.done_at)),
    )


def _conduct(person: Employee, period: Period) -> Traces:
    """Pickups with their two gates, and the points supervisors and inspectors looked at."""
    found = _scans(person, period, evidence.PICKUPS, evidence.PICKUP_FAULTS)
    seen = evidence.observations(period).filter(employee=person)
    checked = evidence.inspections(period).filter(person=person)
    checked = checked.select_related("version__checklist")
    order = ("on", "pk")
    beside = (
        (_("Seen by supervisors"), Trace(seen, order, _observation, seen.filter(fails__gt=0))),
        (_("Inspections of this person's work"),
         Trace(checked, order, _inspection, checked.filter(conform__lt=F("checked")))),
    )  # fmt: skip
    return Traces(found.missed, found.every, beside)


def _consent(person: Employee, period: Period) -> Traces:
    return _scans(person, period, evidence.DELIVERIES, evidence.DELIVERY_FAULTS)


def _scans(person: Employee, period: Period, codes: Sequence[str], faults: Sequence[str]) -> Traces:
    every = evidence.scans(period).filter(person_id=person.pk, code__in=codes)
    missed = evidence.faulty(period, codes, faults).filter(person_id=person.pk)
    noted: dict[Any, list[str]] = {}
    rows = Finding.objects.filter(
        kind=FindingKind.GATE, code__in=faults, closed_at=None,
        event_uid__in=missed.values("uid"),
    )  # fmt: skip
    for uid, code in rows.values_list("event_uid", "code"):
        noted.setdefault(uid, []).append(words_of(code))
    return _pair(every, missed, "effective_at", lambda scan: _scan(scan, noted.get(scan.uid, ())))


def _ratings(person: Employee, period: Period) -> Traces:
    rows = evidence.answers(period).filter(parcel__facts__courier_id=person.pk)
    rows = rows.select_related("parcel").defer("words")
    low = rows.filter(score__lt=evidence.GOOD_RATING)
    return _pair(rows, low, "answered_at", _answer)


def _scans_in_time(person: Employee, period: Period) -> Traces:
    rows = evidence.scans(period).filter(person_id=person.pk)
    return _pair(rows, rows.exclude(evidence.QUICK), "effective_at", _upload)


def _training(person: Employee, period: Period) -> Traces:
    rows = evidence.courses_due(period).filter(employee=person).select_related("course")
    return _pair(rows, rows.exclude(state=CourseState.PASSED), "due_on", _course)


def _parcel(row: ParcelFacts, at: datetime | None) -> Line:
    """Say how a parcel ended against its promise; `at` is the moment it is listed by."""
    if row.done_at is None:
        words = _("Not delivered; due %(at)s") % {"at": formats.moment(row.due_at)}
    elif row.due_at and row.done_at > row.due_at:
        words = _("Late by %(time)s") % {"time": formats.duration(row.done_at - row.due_at)}
    else:
        words = _("Done %(at)s") % {"at": formats.moment(row.done_at)}
    if row.attempt_at and not row.attempt_done:
        words = f"{words} · " + _("first attempt failed")
    return Line(formats.moment(at), formats.grouped(row.waybill), words,
                ("shipments:parcel", row.waybill), "parcel")  # fmt: skip


def _case(row: Case) -> Line:
    return Line(formats.moment(row.received_at), row.number,
                f"{row.reason} · {row.liability_reason}", ("complaints:case", row.number),
                "case")  # fmt: skip


def _scan(row: Any, noted: Sequence[str]) -> Line:
    words = " · ".join([str(Code(row.code).label), *noted])
    return Line(formats.moment(row.effective_at), formats.grouped(row.waybill), words,
                ("shipments:parcel", row.waybill), "parcel")  # fmt: skip


def _upload(row: Any) -> Line:
    took = formats.duration(row.recorded_at - row.happened_at)
    words = _("%(scan)s, sent after %(time)s") % {"scan": Code(row.code).label, "time": took}
    return Line(formats.moment(row.effective_at), formats.grouped(row.waybill), words,
                ("shipments:parcel", row.waybill), "parcel")  # fmt: skip


def _answer(row: Any) -> Line:
    words = _("%(score)d of 5 points") % {"score": row.score}
    return Line(formats.moment(row.answered_at), formats.grouped(row.parcel.waybill), words,
                ("shipments:parcel", row.parcel.waybill), "parcel")  # fmt: skip


def _course(row: Any) -> Line:
    return Line(formats.day(row.due_on), str(row.course), str(row.get_state_display()),
                ("staff:course", row.course.code), "training")  # fmt: skip


def _observation(row: Any) -> Line:
    return Line(formats.day(row.on), str(row.get_kind_display()),
                _in_order(row.seen - row.fails, row.seen),
                ("staff:observation", row.pk), "observation")  # fmt: skip


def _inspection(row: Any) -> Line:
    return Line(formats.day(row.on), str(row.version.checklist),
                _in_order(row.conform, row.checked),
                ("quality:inspection", row.uid), "inspection")  # fmt: skip


def _in_order(good: int, every: int) -> str:
    return _("%(good)d of %(all)d points in order") % {"good": good, "all": every}


PARTS: dict[str, Callable[[Employee, Period], Traces]] = {
    GradePart.ON_TIME: _on_time,
    GradePart.FIRST_ATTEMPT: _first_attempt,
    GradePart.COMPLAINTS: _complaints,
    GradePart.CONDUCT: _conduct,
    GradePart.CONSENT: _consent,
    GradePart.RATING: _ratings,
    GradePart.SCANS: _scans_in_time,
    GradePart.TRAINING: _training,
}
