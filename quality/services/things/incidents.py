"""Incidents: reported with one tap, taken in hand, closed with what came of it (SAF-03)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit, history
from courierqa.core.errors import DomainError
from quality import upkeep_counts as counts
from quality.models import IncidentLine, SafetyIncident
from quality.services.moves import said
from quality.services.things import telling
from quality.services.things.numbers import give_number, temporary
from quality.thing_enums import IncidentKind, IncidentSeverity
from quality.thing_enums import IncidentStatus as S
from staff.models import Employee, Site, User

MACHINE = history.Machine(
    "incident",
    {S.REPORTED: {"take": S.TAKEN}, S.TAKEN: {"close": S.CLOSED}, S.CLOSED: {"reopen": S.TAKEN}},
)


@dataclass(frozen=True)
class Happening:
    """What happened, as its reporter says it."""

    kind: str
    severity: str
    what: str
    happened_at: datetime
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    people_hurt: int = 0
    is_commuting: bool = False


@transaction.atomic
def report_incident(
    *, uid: UUID, happening: Happening, site: Site, reporter: Employee | None, by: User,
    at: datetime,
) -> SafetyIncident:  # fmt: skip
    """Keep a report and tell the superior at once; the same `uid` again changes nothing."""
    if known := SafetyIncident.objects.filter(uid=uid).first():
        return known
    if happening.kind not in IncidentKind.values:
        raise DomainError(_("Choose what happened"), code="required", field="kind", status=422)
    if happening.severity not in IncidentSeverity.values:
        raise DomainError(_("Choose how grave it is"), code="required", field="severity",
                          status=422)  # fmt: skip
    row = SafetyIncident.objects.create(
        uid=uid, number=temporary(), kind=happening.kind, severity=happening.severity, site=site,
        reporter=reporter, reported_by=by, what=said(happening.what, field="what", limit=500),
        place=happening.place.strip()[:120], latitude=happening.latitude,
        longitude=happening.longitude, people_hurt=happening.people_hurt,
        is_commuting=happening.is_commuting, happened_at=min(happening.happened_at, at),
        reported_at=at,
    )  # fmt: skip
    give_number(row, "IN", at)
    history.begin(row, machine=MACHINE, actor=by, at=at)
    counts.refresh_incident(row, at=at)
    telling.begin_telling(row, at=at)
    return row


@transaction.atomic
def take_incident(row: SafetyIncident, *, by: User, at: datetime) -> SafetyIncident:
    """Take a report in hand: nobody further up is told by the clock any more."""
    history.transition(row, "take", machine=MACHINE, actor=by, at=at,
                       changes={"taken_at": at, "taken_by": by})  # fmt: skip
    return row


@transaction.atomic
def note_incident(row: SafetyIncident, *, text: str, by: User, at: datetime) -> IncidentLine:
    """Add a line to the time line."""
    audit.record("incident.note", row, actor=by, at=at)
    words = said(text, field="text", limit=300)
    return IncidentLine.objects.create(incident=row, at=at, by=by, text=words)


@transaction.atomic
def close_incident(
    row: SafetyIncident, *, outcome: str, people_hurt: int, damage_fen: int, by: User, at: datetime
) -> SafetyIncident:
    """Close it with what came of it: people hurt, damage in fen."""
    changes = {
        "closed_at": at, "outcome": said(outcome, field="outcome", limit=500),
        "people_hurt": people_hurt, "damage_fen": damage_fen,
    }  # fmt: skip
    history.transition(row, "close", machine=MACHINE, actor=by, at=at, changes=changes)
    counts.refresh_incident(row, at=at)
    return row
