"""A round of a survey: the sample is drawn by rule, so that anybody can draw it again (SAT-04).

Every delivery of the window is ranked by the SHA-256 of seed and waybill; the first ones are
asked. Nobody is asked twice within thirty days, nor about a delivery they have rated already.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet

from complaints import counted
from complaints.enums import Audience, CustomerClass, Outcome, SurveyMethod
from complaints.models import Answer, Invitation, SurveyPlan, SurveyRound, SurveyTemplate
from complaints.services import occurring
from courierqa.core import audit, calendars, notify
from courierqa.core.calendars import business_day
from courierqa.core.enums import MessageState
from courierqa.core.models import Message
from shipments.models import Parcel, ParcelFacts

VALID = timedelta(days=7)
REST = timedelta(days=30)
APART = timedelta(microseconds=1)
WIDEST = timedelta(days=60)
# Messages that failed longer ago were noted before.
LOOK_BACK = timedelta(days=2)


@dataclass(frozen=True)
class Delivery:
    """A delivery that may be asked about."""

    parcel_id: int
    waybill: str
    phone_index: str
    site_id: int
    courier_id: int | None


def run_surveys(*, now: datetime) -> dict[str, int]:
    """Hold the rounds whose day has come; the seed is drawn here, then stored.

    Each has a moment of its own, so that the next one knows whom the one before it asked.
    """
    occurring.note_due(now=now)
    due = SurveyPlan.objects.filter(
        next_on__lte=business_day(now), approved_at__isnull=False, ended_at=None
    )
    held = [
        hold_round(plan=plan, seed=secrets.token_hex(16), at=now + place * APART)
        for place, plan in enumerate(due)
    ]
    return {"rounds": len(held), "invited": sum(one.sample for one in held if one)}


@transaction.atomic
def hold_round(*, plan: SurveyPlan, seed: str, at: datetime) -> SurveyRound | None:
    """Draw the sample of a plan's next day and invite it; a day is held once."""
    row = SurveyPlan.objects.select_for_update(no_key=True).get(pk=plan.pk)
    day = row.next_on
    if row.approved_at is None or row.ended_at or day > business_day(at):
        return None
    template = SurveyTemplate.objects.filter(code=row.template_code).order_by("-version")[0]
    start = _window_start(row, at)
    found = deliveries(row, start, at, known_at=at)
    chosen = drawn(seed, found, row.sample_size)
    made = SurveyRound.objects.create(
        plan=row, template=template, planned_on=day, held_at=at, from_at=start, to_at=at,
        seed=seed, population=len(found), population_mark=mark(found), sample=len(chosen),
    )  # fmt: skip
    _invite(made, chosen)
    occurring.note_held(row, day=day, at=at)
    while row.next_on <= business_day(at):
        row.next_on += timedelta(days=row.interval_days)
    row.save(update_fields=["next_on", "updated_at"])
    audit.record("survey_round.open", made, actor=None, at=at)
    return made


def drawn(seed: str, found: Sequence[Delivery], size: int) -> list[Delivery]:
    """Return the sample: the deliveries of lowest rank, one for each phone. Pure."""
    ranked = sorted(found, key=lambda one: (_rank(seed, one.waybill), one.waybill))
    chosen: dict[str, Delivery] = {}
    for one in ranked:
        if len(chosen) == size:
            break
        chosen.setdefault(one.phone_index, one)
    return list(chosen.values())


def mark(found: Sequence[Delivery]) -> str:
    """Return a fingerprint of whom the sample was drawn from."""
    text = "\n".join(sorted(one.waybill for one in found))
    return hashlib.sha256(text.encode()).hexdigest()


def drawn_again(held: SurveyRound) -> bool | None:
    """Say whether drawing again gives the same people; None when deliveries changed since."""
    found = deliveries(held.plan, held.from_at, held.to_at, known_at=held.held_at)
    if mark(found) != held.population_mark:
        return None
    again = [one.parcel_id for one in drawn(held.seed, found, held.sample)]
    rows = Invitation.objects.filter(round=held).order_by("place")
    return again == list(rows.values_list("parcel_id", flat=True))


def deliveries(
    plan: SurveyPlan, start: datetime, end: datetime, *, known_at: datetime
) -> list[Delivery]:
    """Return the deliveries of a window that may be asked about."""
    rows = _audience(plan, ParcelFacts.objects.filter(done_at__gte=start, done_at__lt=end))
    recent = Invitation.objects.filter(
        invited_at__gte=known_at - REST, invited_at__lt=known_at
    ).values("parcel__recipient_phone_index")
    rated = Answer.objects.filter(answered_at__lt=known_at, parcel__isnull=False).values("parcel")
    asked = rows.filter(is_test=False, parcel__isnull=False).exclude(
        parcel__recipient_phone_index__in=recent
    )
    listed = asked.exclude(parcel__in=rated).exclude(parcel__recipient_phone_index="")
    columns = ("parcel_id", "waybill", "parcel__recipient_phone_index", "site_id", "courier_id")
    return [Delivery(*row) for row in listed.order_by("parcel_id").values_list(*columns)]


def _audience(plan: SurveyPlan, rows: QuerySet[ParcelFacts]) -> QuerySet[ParcelFacts]:
    if plan.audience == Audience.LATE:
        return rows.filter(done_at__gt=F("due_at"))
    if plan.audience == Audience.KEY:
        return rows.filter(parcel__customer__customer_class=CustomerClass.VIP)
    return rows


def _window_start(plan: SurveyPlan, at: datetime) -> datetime:
    """Begin where the last round ended, so that no delivery falls between two rounds."""
    last = plan.rounds.order_by("-to_at").first()
    usual = calendars.day_start(plan.next_on) - timedelta(days=plan.interval_days)
    start = last.to_at if last else usual
    return min(max(start, at - WIDEST), at - timedelta(seconds=1))


def _invite(held: SurveyRound, chosen: Sequence[Delivery]) -> None:
    by_message = held.plan.method == SurveyMethod.ONLINE
    rows = [
        Invitation(
            round=held, parcel_id=one.parcel_id, place=place, token=secrets.token_urlsafe(24),
            site_id=one.site_id, courier_id=one.courier_id, invited_at=held.held_at,
            expires_at=held.held_at + VALID,
            message_key=f"survey-{held.pk}-{place}" if by_message else "",
        )
        for place, one in enumerate(chosen, start=1)
    ]  # fmt: skip
    made = Invitation.objects.bulk_create(rows)
    counted.refresh_invitations([row.pk for row in made], at=held.held_at)
    if by_message:
        _send(made, at=held.held_at)


def _send(rows: Sequence[Invitation], *, at: datetime) -> None:
    """Put the links into the outbox; quiet hours and retries are the outbox's business."""
    found = Parcel.objects.only("uid", "waybill", "recipient_phone")
    parcels = found.in_bulk([row.parcel_id for row in rows])
    letters = [_letter(row, parcels[row.parcel_id]) for row in rows]
    notify.send_many(
        letters, channel="sms", template="complaints/survey", language=settings.LANGUAGE_CODE,
        at=at,
    )  # fmt: skip


def note_undelivered(*, now: datetime) -> int:
    """Mark invitations whose message could not be delivered: they never arrived (V04)."""
    failed = Message.objects.filter(
        template="complaints/survey", state=MessageState.FAILED, updated_at__gte=now - LOOK_BACK
    )
    keys = list(failed.values_list("key", flat=True))
    open_ones = Invitation.objects.filter(message_key__in=keys, outcome=Outcome.OPEN)
    ids = list(open_ones.values_list("pk", flat=True))
    Invitation.objects.filter(pk__in=ids).update(outcome=Outcome.UNDELIVERED)
    counted.refresh_invitations(ids, at=now)
    return len(ids)


def _letter(row: Invitation, parcel: Parcel) -> notify.Letter:
    context = {"page": f"{settings.PUBLIC_BASE_URL}/s/{row.token}/", "until": row.expires_at,
               "waybill": parcel.waybill}  # fmt: skip
    return notify.Letter(row.message_key, parcel.recipient_phone, context, obj=row)


def _rank(seed: str, waybill: str) -> str:
    return hashlib.sha256(f"{seed}:{waybill}".encode()).hexdigest()
