"""Audits, readings, services, drills, accidents, hazards and runs judged a second time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from unicodedata import normalize

from courierqa.core import calendars
from kpi.verification.fallen import Fallen, said
from quality.models import (
    AuditLine,
    Drill,
    EquipmentCheck,
    Hazard,
    InternalAudit,
    Maintenance,
    Reading,
    SafetyIncident,
)
from shipments.models import Round, RoundCheck, Vehicle
from staff.models import Move


def falls() -> Iterator[Fallen]:
    """Yield how each of these records falls."""
    yield from _audits()
    yield from _readings()
    yield from _turns()
    yield from _safety()
    yield from _runs()


def _midnight(day: date) -> datetime:
    return calendars.day_start(day + timedelta(days=1)) - timedelta(microseconds=1)


def _by(at: datetime | None, until: datetime) -> bool:
    return at is not None and at <= until


def _audits() -> Iterator[Fallen]:
    names = ("pk", "site_id", "planned_month", "reported_at", "postponed")
    for pk, site, month, reported, moved in InternalAudit.objects.values_list(*names):
        following = (month + timedelta(days=31)).replace(day=1)
        until = _midnight(following - timedelta(days=1))
        yield Fallen("I07", pk, (site or 0, 0), until, said(_by(reported, until) and moved < 2))
    lines = AuditLine.objects.filter(grade__in=["minor", "major"]).exclude(
        audit__status="cancelled"
    )
    for pk, site, due, seen in lines.values_list("pk", "audit__site_id", "due_on", "verified_at"):
        assert due is not None, "a finding has its day from grading"
        until = _midnight(due)
        yield Fallen("I03A", pk, (site or 0, 0), until, said(_by(seen, until)))


def _readings() -> Iterator[Fallen]:
    moves = list(Move.objects.order_by("on", "pk").values_list("employee_id", "on", "from_site_id"))
    names = ("pk", "employee_id", "employee__site_id", "from_on", "due_on", "state", "read_at",
             "dropped_at")  # fmt: skip
    for pk, who, now_at, start, due, state, read, gone in Reading.objects.values_list(*names):
        until = _midnight(due)
        site = next((one for other, on, one in moves if other == who and on > start), now_at)
        left = state == "dropped" and (gone is None or gone <= until)
        fell = "excluded" if left else said(_by(read, until))
        yield Fallen("I09", pk, (site, 0), until, fell)


def _turns() -> Iterator[Fallen]:
    looks: dict[int, list[tuple[date, int, str]]] = defaultdict(list)
    for which, on, pk, result in EquipmentCheck.objects.values_list(
        "equipment_id", "on", "pk", "result"
    ):
        looks[which].append((on, pk, result))
    for turn in Maintenance.objects.select_related("plan__vehicle", "plan__equipment"):
        car, thing = turn.plan.vehicle, turn.plan.equipment
        good = turn.done_on is not None and turn.done_on <= turn.due_day
        code, site = "F01", car.site_id if car else 0
        if thing is not None:
            site = thing.site_id
            if thing.kind in ("fire", "electric"):
                code = "F05"
                seen = max((one for one in looks[thing.pk] if one[0] <= turn.due_day), default=None)
                good = good and not (seen and seen[2] == "bad")
        yield Fallen(code, turn.pk, (site, 0), _midnight(turn.due_day), said(good))


def _safety() -> Iterator[Fallen]:
    names = ("pk", "site_id", "first_planned_on", "status", "held_on")
    for pk, site, planned, status, held in Drill.objects.values_list(*names):
        good = status == "held" and held <= planned
        yield Fallen("F06", pk, (site, 0), _midnight(planned), said(good))
    grave = SafetyIncident.objects.filter(
        kind__in=["traffic", "injury", "fire", "equipment"], is_commuting=False
    )
    for pk, site, at, hurt, fen in grave.values_list(
        "pk", "site_id", "happened_at", "people_hurt", "damage_fen"
    ):
        if hurt or fen:
            yield Fallen("F07", pk, (site, 0), at)
    dangers = Hazard.objects.values_list("pk", "site_id", "first_due_on", "verified_at")
    for pk, site, due, seen in dangers:
        until = _midnight(due)
        yield Fallen("F08", pk, (site, 0), until, said(_by(seen, until)))


def _runs() -> Iterator[Fallen]:
    energies = {
        _bare(one): energy for one, energy in Vehicle.objects.values_list("plate", "energy")
    }
    first: dict[int, datetime] = {}
    for run, at in RoundCheck.objects.filter(phase="before").values_list("round_id", "at"):
        first[run] = min(first.get(run, at), at)
    rows = Round.objects.exclude(started_at=None)
    for pk, site, start, plate in rows.values_list("pk", "site_id", "started_at", "vehicle"):
        assert start is not None, "asked for above"
        yield Fallen("F02", pk, (site, 0), start, said(_by(first.get(pk), start)))
        energy = energies.get(_bare(plate))
        clean = said(energy in ("electric", "hydrogen", "muscle"))
        yield Fallen("G04", pk, (site, 0), start, "excluded" if energy is None else clean)


def _bare(plate: str) -> str:
    """Return a plate as it is compared: letters and digits alone, in capitals."""
    return "".join(one for one in normalize("NFKC", plate) if one.isalnum()).upper()
