"""What an authority sends about a customer: registered with its due time, replied to on record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from complaints import clocks, facts, selectors
from complaints.enums import RegulatorMatter, RegulatorOutcome
from complaints.models import Case, RegulatorFile
from complaints.services.intake import Intake, register
from complaints.services.moves import hold, move, must_be_open, must_own
from complaints.words import BadText, clean_line, clean_text
from courierqa.core import audit
from courierqa.core.errors import DomainError
from staff.models import User


@dataclass(frozen=True)
class Forwarded:
    """What the authority's letter says. Without a due time of its own the usual days run."""

    authority: str
    reference: str
    matter: RegulatorMatter
    forwarded_at: datetime
    due_at: datetime | None = None


def open_regulator_case(intake: Intake, said: Forwarded, *, by: User, at: datetime) -> Case:
    """Open the case and its file; the same reference of the authority is one file (CMP-29)."""
    reference = clean_line(said.reference, field="reference", limit=60)
    if known := RegulatorFile.objects.filter(reference=reference).first():
        text = _("This reference is registered already: %(number)s")
        raise DomainError(text % {"number": known.case.number}, code="known", field="reference")
    try:
        with transaction.atomic():
            case = register(intake, by=by, at=at)
            _add_file(case, said, reference, by=by, at=at)
    except IntegrityError as error:
        text = _("This reference or form was registered at the same moment")
        raise DomainError(text, code="known", field="reference") from error
    return case


@transaction.atomic
def reply_regulator(
    *, case: Case, text: str, reference: str, by: User, at: datetime,
    outcome: RegulatorOutcome = RegulatorOutcome.OPEN,
) -> RegulatorFile:  # fmt: skip
    """Record the reply that was sent; it stops the regulator's clock once."""
    hold(case)
    must_be_open(case)
    must_own(case, by)
    row = RegulatorFile.objects.select_for_update(no_key=True).filter(case=case).first()
    if row is None:
        raise DomainError(_("No authority asked about this case"), code="no_file")
    if row.replied_at is not None:
        raise DomainError(_("The reply is recorded already"), code="already_replied")
    words = clean_text(text, field="text")
    if not words:
        raise BadText(_("Enter what was replied"), code="required", field="text")
    row.replied_at, row.replied_by, row.reply, row.outcome = at, by, words, outcome
    row.reply_reference = clean_line(reference, field="reference", limit=60)
    row.save()
    detail = {"file": row.pk, "outcome": str(outcome)}
    move(case, "inform", by=by, at=at, reason=row.reference, detail=detail,
         changes={"regulator_replied_at": at})  # fmt: skip
    return row


@transaction.atomic
def set_outcome(
    *, row: RegulatorFile, outcome: RegulatorOutcome, by: User, at: datetime
) -> RegulatorFile:
    """Note how the authority judged; it may come months after the reply."""
    row.outcome = outcome
    row.save(update_fields=["outcome", "updated_at"])
    audit.record("regulator.set", row, actor=by, at=at, fields=["outcome"])
    facts.refresh(hold(row.case), at=at)
    return row


def _add_file(case: Case, said: Forwarded, reference: str, *, by: User, at: datetime) -> None:
    authority = clean_line(said.authority, field="authority", limit=100)
    if not (authority and reference):
        field = "reference" if authority else "authority"
        raise BadText(_("Enter the authority and its reference"), code="required", field=field)
    if said.forwarded_at > at:
        raise BadText(_("Received cannot be later than now"), field="forwarded_on")
    days = selectors.case_rules().regulator_days
    due = said.due_at or clocks.regulator_due(said.forwarded_at, days)
    if due <= said.forwarded_at:
        raise BadText(_("The reply is due after the letter came"), field="due_on")
    row = RegulatorFile.objects.create(
        case=case, authority=authority, reference=reference, matter=said.matter,
        forwarded_at=said.forwarded_at, due_at=due,
    )  # fmt: skip
    move(case, "inform", by=by, at=at, reason=f"{authority} {reference}",
         detail={"file": row.pk}, changes={"regulator_due_at": due})  # fmt: skip
