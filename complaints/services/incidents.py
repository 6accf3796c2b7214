"""Privacy incidents: opened by the complaint itself, followed until everybody was told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from complaints import counted
from complaints.enums import CaseClass, CaseKind
from complaints.models import Case, IncidentNote, PrivacyIncident
from complaints.words import BadText, clean_text
from complaints.work_enums import IncidentStatus as S
from courierqa.core import audit, history
from courierqa.core.errors import DomainError
from staff.models import User

MACHINE = history.Machine(
    "incident",
    {
        S.OPEN: {"contain": S.CONTAINED, "close": S.CLOSED, "dismiss": S.CLOSED},
        S.CONTAINED: {"close": S.CLOSED, "dismiss": S.CLOSED},
        S.CLOSED: {"reopen": S.OPEN},
    },
)


@dataclass(frozen=True)
class Picture:
    """What is known about an incident; None and "" are not known yet."""

    kinds: str = ""
    affected: int | None = None
    cause: str = ""
    harm: str = ""
    measures: str = ""
    people_told_at: datetime | None = None
    authority_told_at: datetime | None = None
    postal_told_at: datetime | None = None


def open_incident_for(case: Case, *, by: User | None, at: datetime) -> PrivacyIncident | None:
    """A complaint about personal data is an incident until somebody finds it is none (CMP-27).

    Call it inside the transaction that gives the case its class; the same case has one incident.
    """
    if case.case_class != CaseClass.PRIVACY or case.kind != CaseKind.COMPLAINT:
        return None
    row, is_new = PrivacyIncident.objects.get_or_create(case=case, defaults={"opened_at": at})
    if is_new:
        history.begin(row, machine=MACHINE, actor=by, at=at)
        counted.refresh_leak(row, at=at)
    return row


@transaction.atomic
def describe_incident(
    *, incident: PrivacyIncident, picture: Picture, by: User, at: datetime
) -> PrivacyIncident:
    """Write down what is known; every change leaves its field names in the audit log."""
    row = _hold(incident)
    changed = [name for name, value in vars(picture).items() if getattr(row, name) != value]
    for name in ("people_told_at", "authority_told_at", "postal_told_at"):
        told = getattr(picture, name)
        if told is not None and not row.opened_at <= told <= at:
            wrong = _("This lies before the incident or after now")
            raise DomainError(wrong, code="bad_time", field=name, status=422)
    for name in changed:
        setattr(row, name, getattr(picture, name))
    row.save(update_fields=[*changed, "updated_at"])
    if changed:
        audit.record("incident.change", row, actor=by, at=at, fields=changed)
        counted.refresh_leak(row, at=at)
    return row


@transaction.atomic
def note_incident(*, incident: PrivacyIncident, text: str, by: User, at: datetime) -> IncidentNote:
    """Add a line to the incident's time line."""
    words = clean_text(text, field="text")
    if not words:
        raise BadText(_("Enter a note"), code="required", field="text")
    audit.record("incident.note", incident, actor=by, at=at)
    return IncidentNote.objects.create(incident=incident, at=at, by=by, text=words)


@transaction.atomic
def move_incident(
    *, incident: PrivacyIncident, verb: str, by: User, at: datetime, reason: str = ""
) -> PrivacyIncident:
    """Contain, close, dismiss or reopen. Closing needs the picture and the notices given."""
    row = _hold(incident)
    if verb == "close" and (lacking := missing_to_close(row)):
        named = ", ".join(lacking)
        raise DomainError(_("Still missing: %(parts)s") % {"parts": named}, code="not_ready")
    if verb in ("dismiss", "reopen") and not reason.strip():
        raise DomainError(_("Say why"), code="required", field="reason", status=422)
    ends = {"closed_at": at if verb in ("close", "dismiss") else None}
    changes: dict[str, Any] = {} if verb == "contain" else ends
    history.transition(
        row, verb, machine=MACHINE, actor=by, at=at, reason=reason.strip(), changes=changes
    )
    counted.refresh_leak(row, at=at)
    return row


def missing_to_close(row: PrivacyIncident) -> list[str]:
    """Return in words what an incident still lacks (PIPL, article 57)."""
    have = {
        _("kinds of data"): row.kinds,
        _("people affected"): row.affected is not None,
        _("cause"): row.cause,
        _("measures"): row.measures,
        _("notice to the people affected"): row.people_told_at,
        _("notice to the data authority"): row.authority_told_at,
        _("notice to the postal administration"): row.postal_told_at,
    }
    return [name for name, there in have.items() if not there]


def _hold(incident: PrivacyIncident) -> PrivacyIncident:
    return PrivacyIncident.objects.select_for_update(no_key=True).get(pk=incident.pk)
