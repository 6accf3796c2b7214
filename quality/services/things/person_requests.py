"""Requests of persons about their own data: taken, identity checked, answered (X04)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit, calendars
from courierqa.core.clocks import Target, read_clock
from courierqa.core.enums import ClockKind
from courierqa.core.errors import DomainError
from courierqa.core.privacy import normal_phone
from quality import upkeep_counts as counts
from quality.models import PersonRequest
from quality.request_enums import AnswerKind
from quality.services.moves import said
from quality.services.things.numbers import give_number, temporary
from staff.models import User

# A number of our own; the law says "in time" (PIPL, article 50).
ANSWER_WITHIN = Target(kind=ClockKind.WORKING_DAYS, amount=15, can_pause=True)


@dataclass(frozen=True)
class Asked:
    """What a person asks for and how they are reached."""

    kind: str
    name: str
    phone: str
    words: str
    received_at: datetime


@transaction.atomic
def take_request(asked: Asked, *, by: User, at: datetime) -> PersonRequest:
    """Write down a request; whoever takes it handles it."""
    if asked.received_at > at:
        raise DomainError(_("Enter a moment that has passed"), code="future", field="received_at")
    row = PersonRequest.objects.create(
        number=temporary(), kind=asked.kind, received_at=asked.received_at, handler=by,
        name=said(asked.name, field="name", limit=60),
        phone=normal_phone(said(asked.phone, field="phone", limit=30)),
        words=said(asked.words, field="words", limit=1000),
    )  # fmt: skip
    give_number(row, "PR", at)
    return _kept(row, "request.open", by, at)


@transaction.atomic
def ask_proof(request: PersonRequest, *, by: User, at: datetime) -> PersonRequest:
    """Ask who it is: the clock stands until it is known. Once only, and before the day is over."""
    row = _open(request)
    if row.checking_from is not None:
        text = _("Identity was asked about once already; the clock is not stopped again")
        raise DomainError(text, code="once")
    if row.due_at is not None and at > row.due_at:
        raise DomainError(_("The last day has passed; answer now"), code="too_late")
    row.checking_from = at
    return _kept(row, "request.pause", by, at)


@transaction.atomic
def note_proof(request: PersonRequest, *, by: User, at: datetime) -> PersonRequest:
    """Write down that it is known who asks: the clock goes on."""
    row = _open(request)
    if not row.is_standing:
        raise DomainError(_("The clock does not stand"), code="running")
    row.checked_at = at
    return _kept(row, "request.resume", by, at)


@transaction.atomic
def answer_request(
    request: PersonRequest, *, answer_kind: str, answer: str, by: User, at: datetime
) -> PersonRequest:
    """Answer a request. While the clock stands only for want of proof; then it ends with it."""
    row = _open(request)
    if row.is_standing:
        if answer_kind != AnswerKind.UNKNOWN:
            text = _("It is not known yet who asks: write down the proof first")
            raise DomainError(text, code="unproven", field="answer_kind")
        row.checked_at = at
    row.answer_kind, row.answer = answer_kind, said(answer, field="answer", limit=1000)
    row.answered_at, row.answered_by = at, by
    return _kept(row, "request.answer", by, at)


def _open(request: PersonRequest) -> PersonRequest:
    row = PersonRequest.objects.select_for_update(no_key=True).get(pk=request.pk)
    if row.answered_at is not None:
        raise DomainError(_("This was answered already"), code="answered")
    return row


def _kept(row: PersonRequest, word: str, by: User, at: datetime) -> PersonRequest:
    row.due_at = None if row.is_standing else _due(row)
    row.save()
    audit.record(word, row, actor=by, at=at)
    counts.refresh_request(row, at=at)
    return row


def _due(row: PersonRequest) -> datetime:
    waits = [] if row.checking_from is None else [(row.checking_from, row.checked_at)]
    state = read_clock(
        started_at=row.received_at, target=ANSWER_WITHIN, calendar=calendars.load("CN"),
        pauses=waits, stopped_at=None, now=row.checked_at or row.received_at, warn=timedelta(),
    )  # fmt: skip
    return state.due_at
