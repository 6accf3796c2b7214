"""A case comes in: by phone, form, API or import; numbered once, never twice."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from complaints import clocks, facts, selectors, steps
from complaints.enums import OPEN, CaseKind, Channel, EntryKind, PauseEnd, Status, Wish
from complaints.models import Case, CaseNumber, Entry, Forum, Reason
from complaints.selectors import customers
from complaints.services.incidents import open_incident_for
from complaints.services.moves import living, move, settle_clocks
from complaints.services.pausing import end_pause, end_proofs
from complaints.words import BadText, clean_line, clean_phone, clean_text, clean_waybill
from courierqa.core import history, notify, privacy
from courierqa.core.calendars import business_day
from courierqa.core.enums import ClockKind
from shipments.models import Parcel
from staff.models import User

SAME_WORDS = timedelta(hours=24)
# The tail of a phone is looked for in all cases, whatever site they belong to.
ANYWHERE = selectors.ANYWHERE
NUMBER = "C-{year}-{last:06d}"


@dataclass(frozen=True)
class Intake:
    """What is known when a customer speaks up. `key` makes sending it twice harmless."""

    key: str
    reason: Reason
    channel: Channel
    words: str
    kind: CaseKind = CaseKind.COMPLAINT
    wish: Wish | str = ""
    phone: str = ""
    email: str = ""
    name: str = ""
    waybill: str = ""
    parcel: Parcel | None = None
    language: str = "zh-hans"
    received_at: datetime | None = None
    repeat_of: Case | None = None
    split_from: Case | None = None
    # Who took the words although they do not handle cases: a courier at the door (CMP-20).
    reported_by: User | None = None
    forum: Forum | None = None
    source_url: str = ""


def open_case(intake: Intake, *, by: User | None, at: datetime) -> Case:
    """Register a case and promise an answer. The same key gives the same case.

    The person who takes the words is first responder and owner; a case from the public form or
    the API gets the next agent in turn.
    """
    if known := Case.objects.filter(key=intake.key).first():
        return known
    try:
        with transaction.atomic():
            return register(intake, by=by, at=at)
    except IntegrityError:
        # Its twin won the race for the key between our look and our insert.
        if known := Case.objects.filter(key=intake.key).first():
            return known
        raise


def said_before(intake: Intake, *, at: datetime) -> Case | None:
    """The same words of the same person about the same parcel within a day are one complaint.

    A public form sent once more after "back" carries a new key; the customer wrote nothing new.
    """
    if not (intake.phone or intake.email):
        return None
    phone = clean_phone(intake.phone)
    rows = Case.objects.filter(
        channel=Channel.WEB, status__in=OPEN, received_at__gte=at - SAME_WORDS,
        waybill_given=clean_waybill(intake.waybill), reason=intake.reason,
        phone_index=privacy.phone_index(phone) if phone else "",
    )  # fmt: skip
    words = clean_text(intake.words, field="words")
    return next((c for c in rows if (c.words, c.customer_email) == (words, intake.email)), None)


@transaction.atomic
def add_words(*, case: Case, text: str, at: datetime, again: bool = False) -> Entry:
    """Keep what the customer adds; `again` says that the matter is not settled for them."""
    from complaints.services.closing import reopen_case  # noqa: PLC0415 -- mutual

    case = living(case)
    words = clean_text(text, field="text")
    if not words:
        raise BadText(_("Enter what you want to tell us"), code="required", field="text")
    entry = Entry.objects.create(
        case=case, kind=EntryKind.CUSTOMER, is_public=True, author=None, at=at, text=words
    )
    end_pause(case, how=PauseEnd.CUSTOMER, by=None, at=at)
    end_proofs(case, how=PauseEnd.CUSTOMER, at=at)
    settled = (Status.ANSWERED, Status.FOLLOWED_UP, Status.CLOSED)
    if again and case.status in settled:
        reopen_case(case=case, by=None, at=at, reason="customer")
    if case.owner:
        tell_staff(case, case.owner, key=f"words-{entry.uid}", template="customer_words", at=at)
    return entry


def tell_staff(
    case: Case, user: User, *, key: str, template: str, at: datetime, link: str = ""
) -> None:
    """Put a notice for a colleague into the same transaction; it leads to the case."""
    link = link or reverse("complaints:case", args=[case.number])
    notify.send(
        key=f"case-{case.pk}-{key}",
        channel="in_app",
        template=f"complaints/{template}",
        language=user.language or settings.LANGUAGE_CODE,
        user=user,
        context={"number": case.number, "reason": case.reason, "link": link},
        obj=case,
        link=link,
        at=at,
    )


def register(intake: Intake, *, by: User | None, at: datetime) -> Case:
    """Insert the case; call inside a transaction. `open_case` is the door for everybody else."""
    received = intake.received_at or at
    if received > at:
        raise BadText(_("Received cannot be later than now"), field="received_at")
    parcel = intake.parcel or selectors.parcel_by_waybill(clean_waybill(intake.waybill))
    case = _draft(intake, parcel=parcel, received=received)
    # Last before the insert: the counter's row is locked from here to commit.
    case.number, turn = _next_number(at)
    case.owner = by or selectors.agent_in_turn(turn, at=at)
    case.first_responder = intake.reported_by or case.owner
    case.save(force_insert=True)
    heard = by or intake.reported_by
    Entry.objects.create(
        case=case, kind=EntryKind.CUSTOMER, is_public=True, author=heard, at=received,
        text=case.words,
    )  # fmt: skip
    _first_steps(case, by=by, at=at)
    open_incident_for(case, by=by, at=at)
    if selectors.sends_receipt(case.channel):
        _send_receipt(case, at=at)
    if case.owner and case.owner != by:
        tell_staff(case, case.owner, key="assigned", template="assigned", at=at)
    return case


def _draft(intake: Intake, *, parcel: Parcel | None, received: datetime) -> Case:
    words = clean_text(intake.words, field="words")
    if not words:
        raise BadText(_("Enter what the customer said"), code="required", field="words")
    reason = intake.reason
    who = _customer(intake)
    limits = customers.limits_for(reason, parcel=parcel, phone_index=who["phone_index"])
    return Case(
        key=intake.key,
        token=secrets.token_urlsafe(24),
        kind=intake.kind,
        reason=reason,
        case_class=reason.case_class,
        severity=reason.severity,
        channel=intake.channel,
        language=intake.language,
        wish=intake.wish,
        parcel=parcel,
        waybill_given=clean_waybill(intake.waybill),
        site=parcel.destination if parcel else None,
        words=words,
        received_at=received,
        repeat_of=intake.repeat_of,
        split_from=intake.split_from,
        forum=intake.forum,
        source_url=intake.source_url,
        **who,
        **_targets(limits, parcel, received),
    )


def _customer(intake: Intake) -> dict[str, str]:
    phone = clean_phone(intake.phone)
    return {
        "customer_name": clean_line(intake.name, field="name", limit=100),
        "customer_phone": phone or clean_line(intake.phone, field="phone", limit=40),
        "customer_email": clean_line(intake.email, field="email", limit=200),
        "phone_index": privacy.phone_index(phone) if phone else "",
        "tail_index": privacy.tail_index(phone, site_id=ANYWHERE) if phone else "",
    }


def _targets(limits: Reason, parcel: Parcel | None, received: datetime) -> dict[str, Any]:
    """Copy what is promised now; later changes of the settings leave the case alone."""
    calendar = clocks.ALWAYS
    if limits.clock_kind != ClockKind.HOURS:
        rules = selectors.case_rules()
        calendar = selectors.calendar_for(parcel.destination if parcel else None, rules)
    first = clocks.first_due(limits, received, calendar)
    return {
        "clock_kind": limits.clock_kind,
        "calendar_code": calendar,
        "first_hours": limits.first_hours,
        "resolve_hours": limits.resolve_hours,
        "resolve_from": received,
        "first_due_at": first,
        "resolve_due_at": clocks.resolve_due(limits, received, calendar),
        "legal_due_at": clocks.legal_due(received),
        "next_due_at": first,
    }


def _next_number(at: datetime) -> tuple[str, int]:
    """Return the next number of the year; two callers wait for each other's commit."""
    year = business_day(at).year
    CaseNumber.objects.get_or_create(year=year)
    CaseNumber.objects.filter(year=year).update(last=F("last") + 1)
    last = CaseNumber.objects.values_list("last", flat=True).get(year=year)
    return NUMBER.format(year=year, last=last), last


def _first_steps(case: Case, *, by: User | None, at: datetime) -> None:
    """Received always; registered at once when a colleague took the words."""
    history.begin(case, machine=steps.CASE, actor=by, at=at)
    settle_clocks(case, at=at)
    facts.refresh(case, at=at)
    facts.refresh_earlier(case, at=at)
    if by is not None:
        move(case, "register", by=by, at=at)


def _send_receipt(case: Case, *, at: datetime) -> None:
    """Tell the customer the number and the first-answer time; it does not count as an answer."""
    from complaints.services.replies import contact_of  # noqa: PLC0415 -- mutual

    channel, address = contact_of(case)
    if not address:
        return
    notify.send(
        key=f"case-receipt-{case.uid}",
        channel=channel,
        template="complaints/receipt",
        language=case.language,
        to=address,
        context={
            "number": case.number,
            "responder": str(case.first_responder or ""),
            "due_at": case.first_due_at,
            "link": status_link(case),
        },
        obj=case,
        at=at,
    )


def status_link(case: Case) -> str:
    """Return the full address of the customer's own page."""
    prefix = "/en" if case.language.startswith("en") else ""
    return f"{settings.PUBLIC_BASE_URL}{prefix}/complain/status/{case.token}/"
