"""UpkeepRow: audits, readings, services, drills, accidents and hazards as figures count them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from courierqa.core import calendars, counted
from courierqa.core.recurrence import add_months
from quality.document_enums import FINDING_GRADES, AuditStatus, ReadingState
from quality.models import (
    Drill,
    Equipment,
    EquipmentCheck,
    Hazard,
    InternalAudit,
    Maintenance,
    PersonRequest,
    Reading,
    SafetyIncident,
    UpkeepRow,
)
from quality.thing_enums import ACCIDENTS, WATCHED, CheckResult, DrillStatus
from shipments.models import Vehicle
from staff.selectors.people import sites_then

UPKEEP = "upkeep"
TICK = timedelta(microseconds=1)
# Put off twice, an audit was missed (I07).
MOST_PUT_OFF = 1
OF_TURN = ("F01", "F05")
Rows = Iterator[counted.CountedRow]


def end_of(day: date) -> datetime:
    """Return the last moment of a business day: a deadline in days."""
    return calendars.day_start(day + timedelta(days=1)) - TICK


# -- audits and readings --------------------------------------------------------------------------
def refresh_audit(audit: InternalAudit, *, at: datetime) -> None:
    """Make the rows of an audit and of the findings of its lines anew."""
    lines = list(audit.lines.all())
    _keep(("I07",), [_of_audit(audit)], [audit.pk], at)
    _keep(("I03A",), _of_lines(audit, lines), [one.pk for one in lines], at)


def _of_audit(one: InternalAudit) -> counted.CountedRow:
    """Reported by the end of the month first planned; a second delay is a miss by itself."""
    until = end_of(add_months(one.planned_month, 1) - timedelta(days=1))
    in_time = one.reported_at is not None and one.reported_at <= until
    return _row("I07", one.pk, until, label=one.number, site_id=one.site_id,
                is_hit=in_time and one.postponed <= MOST_PUT_OFF)  # fmt: skip


def _of_lines(audit: InternalAudit, lines: Sequence[Any]) -> Rows:
    if audit.status == AuditStatus.CANCELLED:
        return
    for one in lines:
        if one.grade in FINDING_GRADES and one.due_on is not None:
            until = end_of(one.due_on)
            seen = one.verified_at is not None and one.verified_at <= until
            yield _row("I03A", one.pk, until, label=audit.number, site_id=audit.site_id,
                       is_hit=seen)  # fmt: skip


def refresh_readings(rows: Iterable[Reading], *, at: datetime) -> None:
    """Make the rows of these readings anew."""
    found = list(rows)
    sites = sites_then([(one.employee, one.from_on) for one in found])
    made = [_of_reading(one, site) for one, site in zip(found, sites, strict=True)]
    _keep(("I09",), made, [one.pk for one in found], at)


def readings_of(version_id: int) -> Any:
    """Return the readings of a version with what their rows need."""
    rows = Reading.objects.filter(version=version_id).order_by("pk")
    return rows.select_related("employee", "version__document")


def _of_reading(one: Reading, site: int) -> counted.CountedRow:
    """Confirmed by its day. No longer asked for before that day: out of the share."""
    until = end_of(one.due_on)
    is_gone = one.state == ReadingState.DROPPED
    return _row(
        "I09", one.pk, until, label=one.version.document.number, site_id=site,
        courier_id=one.employee_id, is_hit=one.read_at is not None and one.read_at <= until,
        is_out=is_gone and (one.dropped_at is None or one.dropped_at <= until),
    )  # fmt: skip


# -- things ---------------------------------------------------------------------------------------
def refresh_turns(thing: Vehicle | Equipment, *, at: datetime) -> None:
    """Make the rows of every service planned for a thing anew; those taken off the plan go."""
    of_thing = {"vehicle" if isinstance(thing, Vehicle) else "equipment": thing}
    turns = list(Maintenance.objects.filter(**{f"plan__{k}": v for k, v in of_thing.items()}))
    label = thing.plate if isinstance(thing, Vehicle) else thing.code
    known = UpkeepRow.objects.filter(kind__in=OF_TURN, label=label)
    ids = {one.pk for one in turns} | set(known.values_list("record_id", flat=True))
    _keep(OF_TURN, [_of_turn(one, thing, label) for one in turns], sorted(ids), at)


def _of_turn(one: Maintenance, thing: Vehicle | Equipment, label: str) -> counted.CountedRow:
    """Done by its day, which kilometres bring forward and time out of service puts off (F01)."""
    until = end_of(one.due_day)
    in_time = one.done_on is not None and one.done_on <= one.due_day
    is_watched = isinstance(thing, Equipment) and thing.kind in WATCHED
    if is_watched and isinstance(thing, Equipment):
        in_time = in_time and not _is_defect(thing, one.due_day)
    return _row("F05" if is_watched else "F01", one.pk, until, label=label,
                site_id=thing.site_id, is_hit=in_time)  # fmt: skip


def _is_defect(thing: Equipment, on: date) -> bool:
    """Say whether the last look by a day had found a defect that was still open (F05)."""
    last = EquipmentCheck.objects.filter(equipment=thing, on__lte=on).order_by("on", "pk").last()
    return last is not None and last.result == CheckResult.BAD


def refresh_drill(one: Drill, *, at: datetime) -> None:
    """Make the row of a drill anew: held by the day first planned, or not (F06)."""
    held = one.status == DrillStatus.HELD and one.held_on is not None
    in_time = held and one.held_on <= one.first_planned_on  # type: ignore[operator]
    row = _row("F06", one.pk, end_of(one.first_planned_on), label=str(one.first_planned_on),
               site_id=one.site_id, is_hit=in_time)  # fmt: skip
    _keep(("F06",), [row], [one.pk], at)


def refresh_incident(one: SafetyIncident, *, at: datetime) -> None:
    """Make the row of an accident anew: with injury or damage, not on the way to work (F07)."""
    has_harm = one.people_hurt > 0 or one.damage_fen > 0
    rows = []
    if one.kind in ACCIDENTS and has_harm and not one.is_commuting:
        rows = [_row("F07", one.pk, one.happened_at, label=one.number, site_id=one.site_id,
                     is_hit=True)]  # fmt: skip
    _keep(("F07",), rows, [one.pk], at)


def refresh_hazard(one: Hazard, *, at: datetime) -> None:
    """Make the row of a hazard anew: verified by the day first set, or not (F08)."""
    until = end_of(one.first_due_on)
    seen = one.verified_at is not None and one.verified_at <= until
    row = _row("F08", one.pk, until, label=one.number, site_id=one.site_id, is_hit=seen)
    _keep(("F08",), [row], [one.pk], at)


# -- requests of persons --------------------------------------------------------------------------
def refresh_request(one: PersonRequest, *, at: datetime) -> None:
    """Make the row of a request anew: answered by its day (X04); none while its clock stands."""
    rows = []
    if one.due_at is not None:
        in_time = one.answered_at is not None and one.answered_at <= one.due_at
        rows = [_row("X04", one.pk, one.due_at, label=one.number, is_hit=in_time)]
    _keep(("X04",), rows, [one.pk], at)


# -- all ------------------------------------------------------------------------------------------
def renew(*, at: datetime) -> None:
    """Make every row anew, after an upgrade."""
    for audit in InternalAudit.objects.order_by("pk"):
        refresh_audit(audit, at=at)
    for version in Reading.objects.order_by("version").values_list("version", flat=True).distinct():
        refresh_readings(readings_of(version), at=at)
    for model in (Vehicle, Equipment):
        for thing in model.objects.order_by("pk"):
            refresh_turns(thing, at=at)
    for drill in Drill.objects.order_by("pk"):
        refresh_drill(drill, at=at)
    for incident in SafetyIncident.objects.order_by("pk"):
        refresh_incident(incident, at=at)
    for hazard in Hazard.objects.order_by("pk"):
        refresh_hazard(hazard, at=at)
    for asked in PersonRequest.objects.order_by("pk"):
        refresh_request(asked, at=at)


def _row(kind: str, record: int, moment: datetime, **more: Any) -> counted.CountedRow:
    return counted.row(UpkeepRow, kind, record, moment, **more)


def _keep(
    kinds: Sequence[str], rows: Iterable[counted.CountedRow], records: Sequence[int], at: datetime
) -> None:
    counted.keep(UpkeepRow, rows, kinds=kinds, records=records, source=UPKEEP, at=at)
