"""Liability: a named person decides with evidence; whoever is named may appeal (seed 004 §5.3).

Only a final decision counts against anybody: one nobody appealed in time, or one a second person
upheld. Decisions that name nobody of the company are final at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from complaints import facts
from complaints.enums import Liability
from complaints.models import Case, Ruling
from complaints.selectors import standing_ruling
from complaints.services.intake import tell_staff
from complaints.services.moves import hold, move
from complaints.words import BadText, clean_line
from complaints.work_enums import FINAL, RulingStatus
from courierqa.core import history
from courierqa.core.access import access_for
from courierqa.core.errors import DomainError, NotAllowed
from staff.models import Employee, Site, User

# Days in which whoever is named may disagree. A proposal, not law.
APPEAL_DAYS = 7
MACHINE = history.Machine(
    "ruling",
    {
        RulingStatus.DECIDED: {
            "appeal": RulingStatus.APPEALED,
            "stand": RulingStatus.FINAL,
            "replace": RulingStatus.REPLACED,
        },
        RulingStatus.APPEALED: {"uphold": RulingStatus.UPHELD, "lift": RulingStatus.LIFTED},
        RulingStatus.FINAL: {"replace": RulingStatus.REPLACED},
        RulingStatus.UPHELD: {"replace": RulingStatus.REPLACED},
        RulingStatus.LIFTED: {},
        RulingStatus.REPLACED: {},
    },
)


@dataclass(frozen=True)
class Verdict:
    """Who answers for a case; a site and a person only where it is ours."""

    liability: Liability
    site: Site | None = None
    person: Employee | None = None

    @property
    def names_somebody(self) -> bool:
        return self.site is not None or self.person is not None


@transaction.atomic
def decide_liability(
    *,
    case: Case,
    liability: Liability,
    evidence: str,
    by: User,
    at: datetime,
    site: Site | None = None,
    person: Employee | None = None,
) -> Case:
    """A named person decides who answers for it, with the evidence in a sentence."""
    hold(case)
    why = clean_line(evidence, field="evidence", limit=300)
    ours = liability == Liability.OURS
    verdict = Verdict(liability, site if ours else None, person if ours else None)
    _check(verdict, why, by, person=person)
    standing = standing_ruling(case)
    if standing is not None:
        if standing.status == RulingStatus.APPEALED:
            raise DomainError(
                _("An appeal is open. Somebody else answers it first"), code="appealed"
            )
        history.transition(standing, "replace", machine=MACHINE, actor=by, at=at, reason=why)
    _rule(case, verdict, why, by=by, at=at)
    return case


@transaction.atomic
def appeal_ruling(*, ruling: Ruling, text: str, by: User, at: datetime) -> Ruling:
    """The person named disagrees, or the supervisor of the site named, within seven days."""
    case = hold(ruling.case)
    ruling.refresh_from_db()
    words = clean_line(text, field="appeal", limit=500)
    if not words:
        raise BadText(_("Write why you disagree"), code="required", field="appeal")
    if not may_appeal(ruling, by):
        raise NotAllowed(_("Only whoever is named may appeal"))
    if ruling.appeal_until is None or at > ruling.appeal_until:
        raise DomainError(_("The seven days for an appeal have passed"), code="too_late")
    changes = {"appeal": words, "appealed_by": by, "appealed_at": at}
    history.transition(
        ruling, "appeal", machine=MACHINE, actor=by, at=at, reason=words, changes=changes
    )
    for user in {case.owner, ruling.decided_by} - {None}:
        key = f"appeal-{ruling.pk}-{user.pk}"  # type: ignore[union-attr]
        tell_staff(case, user, key=key, template="appeal", at=at)  # type: ignore[arg-type]
    return ruling


@transaction.atomic
def answer_appeal(
    *,
    ruling: Ruling,
    uphold: bool,
    text: str,
    by: User,
    at: datetime,
    instead: Verdict | None = None,
) -> Ruling:
    """Decide on an appeal: somebody else than who decided first, with reasons.

    A lifted decision is replaced at once by `instead`, by default that nobody is liable.
    """
    case = hold(ruling.case)
    ruling.refresh_from_db()
    words = clean_line(text, field="answer", limit=500)
    if not words:
        raise BadText(_("Give the reasons"), code="required", field="answer")
    if by.pk in (ruling.decided_by_id, ruling.appealed_by_id):
        raise NotAllowed(_("Somebody else must decide on the appeal"))
    changes = {"answer": words, "answered_by": by, "answered_at": at}
    verb = "uphold" if uphold else "lift"
    history.transition(
        ruling, verb, machine=MACHINE, actor=by, at=at, reason=words, changes=changes
    )
    if uphold:
        _make_final(case, at=at)
    else:
        verdict = instead or Verdict(Liability.NONE)
        _check(verdict, words, by, person=verdict.person)
        _rule(case, verdict, words[:300], by=by, at=at, moves=False)
    _tell_named(case, ruling, key="answered", template="appeal_answer", at=at)
    return ruling


def finish_rulings(*, now: datetime) -> int:
    """Make final what nobody appealed in time; return how many."""
    due = Ruling.objects.filter(status=RulingStatus.DECIDED, appeal_until__lt=now)
    return sum(_finish(row, now=now) for row in due.select_related("case")[:500])


def may_appeal(ruling: Ruling, user: User) -> bool:
    """Say whether this person is the one named, or answers for the site named."""
    access = access_for(user, "liability", "appeal")
    if access is None or not (ruling.person_id or ruling.site_id):
        return False
    if ruling.person_id and ruling.person_id == access.employee_id:
        return True
    return ruling.site_id in access.sites


@transaction.atomic
def _finish(row: Ruling, *, now: datetime) -> bool:
    case = hold(row.case)
    row.refresh_from_db()
    if row.status != RulingStatus.DECIDED:
        return False
    history.transition(row, "stand", machine=MACHINE, actor=None, at=now)
    _make_final(case, at=now)
    return True


def _rule(
    case: Case, verdict: Verdict, why: str, *, by: User, at: datetime, moves: bool = True
) -> Ruling:
    """Write the decision and what the case shows of it; `moves` puts it into the case's steps."""
    open_to_appeal = verdict.names_somebody
    row = Ruling.objects.create(
        case=case, liability=verdict.liability, site=verdict.site, person=verdict.person,
        evidence=why, status=RulingStatus.DECIDED if open_to_appeal else RulingStatus.FINAL,
        decided_by=by, decided_at=at,
        appeal_until=at + timedelta(days=APPEAL_DAYS) if open_to_appeal else None,
    )  # fmt: skip
    history.begin(row, machine=MACHINE, actor=by, at=at, detail={"was": case.liability})
    changes: dict[str, Any] = {
        "liability": verdict.liability,
        "liable_site": verdict.site,
        "liable_person": verdict.person,
        "liability_by": by,
        "liability_at": at,
        "liability_reason": why,
        "liability_final_at": None if open_to_appeal else at,
    }
    if moves:
        detail = {"liability": str(verdict.liability), "was": case.liability}
        move(case, "decide", by=by, at=at, reason=why, detail=detail, changes=changes)
    else:
        # An appeal may be answered after the case was closed: its step does not change.
        _write(case, changes, at=at)
    _tell_named(case, row, key="named", template="ruling", at=at)
    return row


def _make_final(case: Case, *, at: datetime) -> None:
    _write(case, {"liability_final_at": at}, at=at)


def _write(case: Case, changes: dict[str, Any], *, at: datetime) -> None:
    for name, value in changes.items():
        setattr(case, name, value)
    case.save(update_fields=[*changes, "updated_at"])
    facts.refresh(case, at=at)


def _check(verdict: Verdict, why: str, by: User, *, person: Employee | None) -> None:
    if verdict.liability == Liability.UNDECIDED:
        raise DomainError(_("Choose who is liable"), code="required", field="liability", status=422)
    if len(why) < 4:
        wrong = _("Enter the evidence in one sentence")
        raise BadText(wrong, code="required", field="evidence")
    if person is not None and person.user_id == by.pk:
        raise NotAllowed(_("Nobody decides about themselves. Ask a colleague"), field="person")


def _tell_named(case: Case, ruling: Ruling, *, key: str, template: str, at: datetime) -> None:
    if ruling.person is not None and ruling.person.user is not None:
        named = f"{key}-{ruling.pk}-{ruling.person.user_id}"
        tell_staff(case, ruling.person.user, key=named, template=template, at=at, link="/m/cases/")


def is_final(ruling: Ruling | None) -> bool:
    """Say whether a decision counts."""
    return ruling is not None and ruling.status in FINAL
