"""Who answers for an exception: decided on evidence; whoever is named may appeal (EXC-13)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit, history
from courierqa.core.errors import DomainError, NotAllowed
from shipments.enums import Blame, BlameStatus
from shipments.models import ParcelException, Responsibility
from staff.models import Employee, Site

# Days in which the person named may disagree. A proposal, not law.
APPEAL_DAYS = 7
MACHINE = history.Machine(
    "responsibility",
    {
        BlameStatus.DECIDED: {"appeal": BlameStatus.APPEALED, "decide": BlameStatus.DECIDED},
        BlameStatus.APPEALED: {"uphold": BlameStatus.UPHELD, "lift": BlameStatus.LIFTED},
        BlameStatus.UPHELD: {},
        BlameStatus.LIFTED: {"decide": BlameStatus.DECIDED},
    },
)


@transaction.atomic
def decide_responsibility(
    *, exception: ParcelException, party: str, evidence: str, actor: Any, at: datetime,
    site: Site | None = None, person: Employee | None = None,
) -> Responsibility:  # fmt: skip
    """Name the site, the person, or the outside as responsible; the trace-back only suggests."""
    _check(party, evidence, site, person)
    found = {
        "party": party, "site": site if party != Blame.OUTSIDE else None,
        "person": person if party == Blame.PERSON else None, "evidence": evidence.strip()[:500],
        "decided_at": at, "decided_by": audit.person(actor),
    }  # fmt: skip
    held = Responsibility.objects.filter(exception=exception).first()
    if held is not None:
        # What an earlier appeal said stays in the history; the new decision may be appealed again.
        history.transition(
            held, "decide", machine=MACHINE, actor=actor, at=at, reason=evidence,
            changes={**found, "appeal": "", "appealed_at": None, "answer": "",
                     "answered_at": None, "answered_by": None},
        )  # fmt: skip
        return held
    row = Responsibility.objects.create(exception=exception, **found)
    history.begin(row, machine=MACHINE, actor=actor, at=at, detail={"party": party})
    return row


def _check(party: str, evidence: str, site: Site | None, person: Employee | None) -> None:
    if party not in Blame.values:
        raise DomainError(_("Choose who answers for it"), code="required", field="party")
    if party == Blame.SITE and site is None:
        raise DomainError(_("Choose the site"), code="required", field="site")
    if party == Blame.PERSON and person is None:
        raise DomainError(_("Choose the person"), code="required", field="person")
    if len(evidence.strip()) < 4:
        raise DomainError(_("Write what shows it"), code="required", field="evidence")


@transaction.atomic
def appeal_responsibility(
    row: Responsibility, *, text: str, actor: Any, at: datetime, employee_id: int | None = None
) -> None:
    """The person named disagrees, or the supervisor of the site named, within seven days."""
    if not text.strip():
        raise DomainError(_("Write why you disagree"), code="required", field="appeal")
    if row.party == Blame.OUTSIDE:
        raise DomainError(_("Nobody of the company was named"), code="nobody_named")
    if row.party == Blame.PERSON and row.person_id != employee_id:
        raise NotAllowed(_("Only the person named may appeal"))
    if at > row.decided_at + timedelta(days=APPEAL_DAYS):
        raise DomainError(_("The seven days for an appeal have passed"), code="too_late")
    history.transition(row, "appeal", machine=MACHINE, actor=actor, at=at, reason=text,
                       changes={"appeal": text.strip()[:500], "appealed_at": at})  # fmt: skip


@transaction.atomic
def answer_appeal(
    row: Responsibility, *, uphold: bool, text: str, actor: Any, at: datetime
) -> None:
    """Decide on an appeal: somebody else than who decided first, with reasons."""
    if not text.strip():
        raise DomainError(_("Give the reasons"), code="required", field="answer")
    if audit.person(actor) is not None and row.decided_by_id == actor.pk:
        raise NotAllowed(_("Somebody else must decide on the appeal"))
    history.transition(
        row, "uphold" if uphold else "lift", machine=MACHINE, actor=actor, at=at, reason=text,
        changes={"answer": text.strip()[:500], "answered_at": at,
                 "answered_by": audit.person(actor)},
    )  # fmt: skip
