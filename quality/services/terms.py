"""Setting how long the steps of the loop may take, and reading it where a step begins."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError
from quality.enums import Severity
from quality.models import LoopTerms
from quality.selectors.terms import current_terms
from quality.services.moves import said
from quality.thing_enums import IncidentSeverity
from staff.models import User

# A graver matter never waits longer than a lighter one.
ORDER = (("plan_days", "plan_days_major"), ("climb_slight", "climb_serious"),
         ("climb_serious", "climb_grave"))  # fmt: skip


@transaction.atomic
def set_terms(*, terms: dict[str, int], reason: str, by: User, at: datetime) -> LoopTerms:
    """Fix new terms for what begins from now on; what has begun keeps its day (NCR-09, SAF-03)."""
    for lighter, graver in ORDER:
        if terms[graver] > terms[lighter]:
            text = _("A graver one may not wait longer: at most %(most)s")
            raise DomainError(text % {"most": terms[lighter]}, code="order", field=graver)
    words = said(reason, field="reason", limit=300)
    row = LoopTerms.objects.create(**terms, reason=words, set_by=by, set_at=at)
    audit.record("loop_terms.change", row, actor=by, at=at, fields=sorted(terms), reason=words)
    return row


def plan_due(severity: str, at: datetime) -> date:
    """Return the day the plan of something found now has to be approved by."""
    terms = current_terms()
    days = {Severity.MINOR: terms.plan_days, Severity.MAJOR: terms.plan_days_major}
    return business_day(at) + timedelta(days=days[Severity(severity)])


def climb_wait(severity: str) -> timedelta:
    """Return how long a report may lie before the next superior is told."""
    terms = current_terms()
    minutes = {
        IncidentSeverity.SLIGHT: terms.climb_slight,
        IncidentSeverity.SERIOUS: terms.climb_serious,
        IncidentSeverity.GRAVE: terms.climb_grave,
    }
    return timedelta(minutes=minutes[IncidentSeverity(severity)])
