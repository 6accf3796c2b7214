"""Working on a case: who has it, who helps, what was found out."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from complaints import clocks, selectors
from complaints.enums import EntryKind
from complaints.models import Case, Entry, Transfer
from complaints.services.intake import tell_staff
from complaints.services.moves import hold, is_leader, move, must_be_open, must_own
from complaints.words import BadText, clean_line, clean_text
from courierqa.core.access import access_for
from courierqa.core.errors import DomainError, NotAllowed
from staff.models import Site, User


@transaction.atomic
def take(*, case: Case, by: User, at: datetime) -> Case:
    """Take a case nobody has; a leader may also take one over."""
    hold(case)
    must_be_open(case)
    if case.owner_id == by.pk:
        return case if case.status != "received" else move(case, "register", by=by, at=at)
    if case.owner and case.owner.is_active and not is_leader(by):
        words = _("%(number)s belongs to %(owner)s. Ask for a transfer")
        raise NotAllowed(words % {"number": case.number, "owner": case.owner})
    detail = {"from": case.owner_id, "to": by.pk}
    changes = {"owner": by, "first_responder": case.first_responder or by}
    return move(case, "take", by=by, at=at, detail=detail, changes=changes)


@transaction.atomic
def transfer(
    *,
    case: Case,
    to_user: User,
    question: str,
    by: User,
    at: datetime,
    takes_over: bool = False,
    hours: int | None = None,
    to_site: Site | None = None,
) -> Transfer:
    """Ask a colleague for help with a deadline of their own. The owner stays (CMP-11)."""
    hold(case)
    must_own(case, by)
    asked = clean_line(question, field="question", limit=300)
    if not asked:
        raise BadText(_("Enter what the colleague should do"), code="required", field="question")
    if to_user.pk == by.pk or access_for(to_user, "case", "change") is None:
        wrong = _("Choose a colleague who may handle cases")
        raise DomainError(wrong, code="not_a_helper", field="to_user", status=422)
    rules = selectors.case_rules()
    row = Transfer(
        case=case, to_user=to_user, to_site=to_site, by=by, at=at, question=asked,
        due_at=at + timedelta(hours=hours or rules.transfer_hours), takes_over=takes_over,
    )  # fmt: skip
    row.next_check_at = min(clocks.looks(clocks.helping(row), selectors.ladder_of(rules)))
    row.save()
    detail = {"to": to_user.pk, "takes_over": takes_over, "transfer": row.pk}
    changes = {"handovers": case.handovers + 1}
    move(case, "transfer", by=by, at=at, reason=asked, detail=detail, changes=changes)
    tell_staff(case, to_user, key=f"transfer-{row.pk}", template="transfer", at=at)
    return row


@transaction.atomic
def accept_transfer(*, transfer: Transfer, by: User, at: datetime) -> Transfer:
    """The named person says yes; only then does a case that was to be handed over change hands."""
    case = hold(transfer.case)
    must_be_open(case)
    row = _my_transfer(transfer, by)
    if row.accepted_at is not None:
        return row
    row.accepted_at = at
    row.save(update_fields=["accepted_at"])
    if row.takes_over:
        detail = {"from": case.owner_id, "to": by.pk, "transfer": row.pk}
        move(case, "take", by=by, at=at, detail=detail, changes={"owner": by})
    return row


@transaction.atomic
def answer_transfer(*, transfer: Transfer, answer: str, by: User, at: datetime) -> Transfer:
    """The helper's findings go back to the owner; the internal clock stops."""
    case = hold(transfer.case)
    must_be_open(case)
    row = _my_transfer(transfer, by)
    if row.answered_at is not None:
        raise DomainError(_("This question is already answered"), code="already_answered")
    words = clean_text(answer, field="answer", limit=500)
    if not words:
        raise BadText(_("Enter what you found out"), code="required", field="answer")
    row.accepted_at = row.accepted_at or at
    row.answered_at, row.answer, row.next_check_at = at, words, None
    row.save(update_fields=["accepted_at", "answered_at", "answer", "next_check_at"])
    if case.status == "transferred":
        move(case, "investigate", by=by, at=at, detail={"transfer": row.pk})
    if case.owner and case.owner != by:
        tell_staff(case, case.owner, key=f"answered-{row.pk}", template="transfer_answer", at=at)
    return row


@transaction.atomic
def return_transfer(*, transfer: Transfer, reason: str, by: User, at: datetime) -> Transfer:
    """Decline what was asked, or give it back: the owner has it again and is told why."""
    case = hold(transfer.case)
    must_be_open(case)
    row = _my_transfer(transfer, by)
    if row.answered_at is not None:
        raise DomainError(_("This question is already answered"), code="already_answered")
    if row.takes_over and row.accepted_at is not None:
        text = _("You accepted the case. Ask a colleague to take it over")
        raise DomainError(text, code="accepted")
    why = clean_line(reason, field="reason", limit=300)
    if not why:
        raise BadText(_("Enter why you give it back"), code="required", field="reason")
    row.returned_at, row.return_reason, row.next_check_at = at, why, None
    row.save(update_fields=["returned_at", "return_reason", "next_check_at"])
    move(case, "return", by=by, at=at, reason=why, detail={"transfer": row.pk})
    if case.owner and case.owner != by:
        tell_staff(case, case.owner, key=f"returned-{row.pk}", template="transfer_back", at=at)
    return row


@transaction.atomic
def assign_case(*, case: Case, to_user: User, by: User, at: datetime) -> Case:
    """Give a case nobody has to a colleague; one that has an owner is offered to them.

    The owner stays the owner until the named colleague accepts (CMP-11).
    """
    hold(case)
    must_be_open(case)
    if not is_leader(by):
        raise NotAllowed(_("Only a leader assigns cases"))
    if access_for(to_user, "case", "change") is None:
        wrong = _("Choose a colleague who may handle cases")
        raise DomainError(wrong, code="not_a_helper", field="to_user", status=422)
    if case.owner_id == to_user.pk:
        return case
    if case.owner and case.owner.is_active:
        asked = _("Please take this case over")
        transfer(case=case, to_user=to_user, question=asked, by=by, at=at, takes_over=True)
        return case
    detail = {"from": case.owner_id, "to": to_user.pk}
    changes = {"owner": to_user, "first_responder": case.first_responder or to_user}
    move(case, "assign", by=by, at=at, detail=detail, changes=changes)
    tell_staff(case, to_user, key=f"assigned-{to_user.pk}", template="assigned", at=at)
    return case


@transaction.atomic
def add_note(*, case: Case, text: str, by: User, at: datetime) -> Entry:
    """Keep something colleagues should know; customers never see it."""
    words = clean_text(text, field="text")
    if not words:
        raise BadText(_("Enter a note"), code="required", field="text")
    return Entry.objects.create(
        case=case, kind=EntryKind.NOTE, is_public=False, author=by, at=at, text=words
    )


def _my_transfer(transfer: Transfer, by: User) -> Transfer:
    row = Transfer.objects.select_for_update(no_key=True).get(pk=transfer.pk)
    if row.to_user_id != by.pk:
        words = _("Only %(name)s can answer this")
        raise NotAllowed(words % {"name": row.to_user})
    if row.returned_at is not None:
        raise DomainError(_("You gave this back already"), code="already_returned")
    return row
