"""Answering the customer: on the status page at once, by message through the outbox."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from complaints import facts, selectors
from complaints.enums import CaseKind, EntryKind, PauseEnd, Status
from complaints.models import Case, Entry, FollowUp
from complaints.services.intake import status_link
from complaints.services.moves import hold, move, must_be_open, must_own, settle_clocks
from complaints.services.pausing import end_pause
from complaints.words import BadText, blanks_in, clean_phone, clean_text
from courierqa.core import notify
from courierqa.core.enums import MessageState
from courierqa.core.errors import DomainError
from courierqa.core.models import Message
from staff.models import User

MESSAGE, PHONE = "message", "phone"


class UnfilledBlanks(DomainError):
    """A template still has blanks; sending it would show them to the customer."""

    code = "unfilled_blanks"
    status = 422


@transaction.atomic
def reply(
    *,
    case: Case,
    text: str,
    by: User,
    at: datetime,
    final: bool,
    via: str = MESSAGE,
    once_more: bool = False,
) -> Entry:
    """Answer the customer. The first answer stops the first clock, a final one the others.

    The message is a row in the outbox: a mail server that is down delays it and blocks nothing.
    A second final answer is sent only by somebody who knows of the first: `once_more`.
    """
    hold(case)
    must_be_open(case)
    must_own(case, by)
    words = _checked(text)
    if final and is_answered(case) and not once_more:
        wrong = _("The customer has a final answer already. Tick that you send another one")
        raise DomainError(wrong, code="already_answered", field="once_more", status=422)
    entry = Entry(case=case, kind=EntryKind.REPLY, is_public=True, author=by, at=at, text=words)
    if via == MESSAGE:
        entry.message_key = _send(case, entry, at=at)
    entry.save()
    _stop_clocks(case, by=by, at=at, final=final, via=via)
    return entry


def is_answered(case: Case) -> bool:
    """Say whether a final answer stands that has reached the customer."""
    return case.status in (Status.ANSWERED, Status.FOLLOWED_UP) and case.told_at is not None


def contact_of(case: Case) -> tuple[str, str]:
    """Return (channel, address) of the customer: e-mail first, else a phone number."""
    if case.customer_email:
        return "email", case.customer_email
    if phone := clean_phone(case.customer_phone):
        return "sms", phone
    return "", ""


def _checked(text: str) -> str:
    words = clean_text(text, field="text")
    if not words:
        raise BadText(_("Enter the reply"), code="required", field="text")
    if blanks := blanks_in(words):
        wrong = _("Fill the blanks first: %(blanks)s") % {"blanks": ", ".join(blanks)}
        raise UnfilledBlanks(wrong, field="text")
    return words


def _send(case: Case, entry: Entry, *, at: datetime) -> str:
    channel, address = contact_of(case)
    if not address:
        return ""
    message = notify.send(
        key=f"case-reply-{entry.uid}",
        channel=channel,
        template="complaints/reply",
        language=case.language,
        to=address,
        context={"number": case.number, "words": entry.text, "link": status_link(case)},
        obj=case,
        at=at,
    )
    return message.key


def _stop_clocks(case: Case, *, by: User, at: datetime, final: bool, via: str) -> None:
    changes: dict[str, Any] = {"owner": case.owner or by}
    if case.first_answer_at is None:
        changes["first_answer_at"] = at
    if final:
        end_pause(case, how=PauseEnd.STEP, by=by, at=at)
        changes |= {"answered_at": at, "told_at": at}
        changes |= {"first_final_at": case.first_final_at or at}
        changes |= {"first_told_at": case.first_told_at or at}
        plan_follow_up(case, at=at)
        move(case, "answer", by=by, at=at, detail={"via": via}, changes=changes)
    elif case.first_answer_at is None:
        move(case, "first_answer", by=by, at=at, detail={"via": via}, changes=changes)


@transaction.atomic
def follow_message(*, message: Message, at: datetime) -> None:
    """Untell the customer when a final reply came back for good, and tell them once it is sent.

    The clocks run again meanwhile: somebody has to call, or to mend the address.
    """
    entry = Entry.objects.filter(message_key=message.key, kind=EntryKind.REPLY).first()
    if entry is None:
        return
    case = hold(entry.case)
    changes = _untold(case, entry) if message.state == MessageState.FAILED else {}
    if message.state == MessageState.SENT:
        changes = _told_after_all(case, entry, message.sent_at or at)
    if not changes:
        return
    for name, value in changes.items():
        setattr(case, name, value)
    case.save(update_fields=[*changes, "updated_at"])
    settle_clocks(case, at=at)
    facts.refresh(case, at=at)


def _untold(case: Case, entry: Entry) -> dict[str, datetime | None]:
    """Take back exactly what this reply said; an answer told by phone since then counts."""
    since = case.told_at if case.told_at != entry.at else None
    changes = {"first_told_at": since} if case.first_told_at == entry.at else {}
    return changes if since else changes | ({"told_at": None} if case.told_at else {})


def _told_after_all(case: Case, entry: Entry, sent_at: datetime) -> dict[str, datetime | None]:
    """The customer knows since the message left, not since the reply was written."""
    pairs = (("told_at", case.answered_at), ("first_told_at", case.first_final_at))
    return {
        name: sent_at
        for name, answered in pairs
        if answered == entry.at and getattr(case, name) is None
    }


def plan_follow_up(case: Case, *, at: datetime) -> None:
    """Put the call back into the queue, once; only complaints are followed up."""
    if case.kind != CaseKind.COMPLAINT or case.status == Status.FOLLOWED_UP:
        return
    hours = selectors.case_rules().follow_up_hours
    FollowUp.objects.get_or_create(
        case=case, done_at=None, defaults={"due_at": at + timedelta(hours=hours), "planned_at": at}
    )
