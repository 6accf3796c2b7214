"""Calls, repeats, letters, claims and surveys judged from their rows a second time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from complaints.models import (
    Case,
    Claim,
    FollowUp,
    Invitation,
    PrivacyIncident,
    RegulatorFile,
    SurveyItem,
    SurveyOccurrence,
    SurveyRound,
)
from courierqa.core import calendars
from courierqa.core.models import StatusChange
from courierqa.core.timeframes import Period
from kpi.verification.fallen import Fallen, said, within

WEEK, MONTH = timedelta(days=7), timedelta(days=30)
CASE = ("pk", "received_at", "repeat_of_id", "reopened", "parcel_id", "site_id",
        "parcel__product_id")  # fmt: skip


def falls(period: Period) -> Iterator[Fallen]:
    """Yield how the records of the customer's voice fall that the period touches."""
    yield from _cases(period)
    yield from _calls(period)
    yield from _letters(period)
    yield from _claims(period)
    yield from _surveys(period)
    yield from _leaks()
    yield from _planned(period)


def _cases(period: Period) -> Iterator[Fallen]:
    rows = Case.objects.filter(within(period, "received_at"), kind="complaint").values(*CASE)
    appeals: dict[int, list[datetime]] = defaultdict(list)
    letters = Case.objects.filter(kind="appeal", parcel_id__isnull=False)
    for pk, at in letters.values_list("parcel_id", "received_at"):
        appeals[pk or 0].append(at)
    for row in rows:
        place, at = (row["site_id"] or 0, row["parcel__product_id"] or 0), row["received_at"]
        yield Fallen("C08", row["pk"], place, at, said(row["repeat_of_id"] or row["reopened"]))
        if not row["repeat_of_id"]:
            went = any(at <= one <= at + MONTH for one in appeals[row["parcel_id"]])
            yield Fallen("C14", row["pk"], place, at, said(went))


def _calls(period: Period) -> Iterator[Fallen]:
    # A call falls due some days after the answer; holidays make them more.
    early = Q(planned_at__gte=period.start_at - MONTH, planned_at__lt=period.end_at)
    rows = FollowUp.objects.filter(early | within(period, "done_at")).values(
        "pk", "result", "done_at", "planned_at", "tried_at", "case__site_id",
        "case__parcel__product_id",
    )  # fmt: skip
    for row in rows:
        place = (row["case__site_id"] or 0, row["case__parcel__product_id"] or 0)
        if row["done_at"] and row["result"] in ("satisfied", "unsatisfied"):
            fell = said(row["result"] == "satisfied")
            yield Fallen("C06", row["pk"], place, row["done_at"], fell)
        if row["planned_at"]:
            due = _third_working_day(row["planned_at"])
            yield Fallen("C07", row["pk"], place, due, _called(row, due))


def _called(row: Mapping[str, Any], due: datetime) -> str:
    if row["tried_at"] is None and row["done_at"] and row["done_at"] <= due:
        return "excluded"
    return said(row["tried_at"] and row["tried_at"] <= due)


def _third_working_day(start: datetime) -> datetime:
    view, day, left = calendars.load("CN"), calendars.business_day(start), 3
    while left:
        day += timedelta(days=1)
        left -= view.is_working(day)
    return calendars.day_start(day + timedelta(days=1)) - timedelta(microseconds=1)


def _letters(period: Period) -> Iterator[Fallen]:
    letters = RegulatorFile.objects.filter(
        within(period, "due_at"), matter="appeal", case__kind="appeal"
    )
    rows = letters.values(
        "case_id", "due_at", "replied_at", "case__site_id", "case__parcel__product_id"
    )
    for row in rows:
        place = (row["case__site_id"] or 0, row["case__parcel__product_id"] or 0)
        good = row["replied_at"] and row["replied_at"] <= row["due_at"]
        yield Fallen("C13", row["case_id"], place, row["due_at"], said(good))


def _claims(period: Period) -> Iterator[Fallen]:
    moments = ("opened_at", "due_at", "pay_due_at", "paid_at")
    rows = Claim.objects.filter(within(period, *moments)).values(
        "pk", "opened_at", "due_at", "decided_at", "pay_due_at", "paid_at", "status", "amount_fen",
        "case__site_id", "parcel__product_id",
    )  # fmt: skip
    for row in rows:
        place = (row["case__site_id"] or 0, row["parcel__product_id"] or 0)
        yield Fallen("P01", row["pk"], place, row["opened_at"])
        good = row["decided_at"] and row["decided_at"] <= row["due_at"]
        yield Fallen("P02", row["pk"], place, row["due_at"], said(good))
        if row["pay_due_at"] and row["status"] in ("approved", "paid"):
            good = row["paid_at"] and row["paid_at"] <= row["pay_due_at"]
            yield Fallen("P03", row["pk"], place, row["pay_due_at"], said(good))
        if row["paid_at"]:
            yield Fallen("P04", row["pk"], place, row["paid_at"], amount=row["amount_fen"])


def _surveys(period: Period) -> Iterator[Fallen]:
    rows = Invitation.objects.filter(within(period, "invited_at")).values(
        "pk", "site_id", "parcel__product_id", "invited_at", "answer__answered_at",
        "answer__score", "answer__rating__score", "outcome",
    )  # fmt: skip
    steps = dict(
        SurveyItem.objects.filter(
            within(period, "answer__invitation__invited_at"), question__kind="nps"
        ).values_list("answer__invitation", "value")
    )
    for row in rows.iterator(chunk_size=2000):
        place, at = (row["site_id"] or 0, row["parcel__product_id"]), row["invited_at"]
        heard = row["answer__answered_at"] and row["answer__answered_at"] <= at + WEEK
        lost = not heard and row["outcome"] in ("undelivered", "unreached")
        yield Fallen("V04", row["pk"], place, at, "excluded" if lost else said(heard))
        if not heard:
            continue
        yield Fallen("V02", row["pk"], place, at, said(row["answer__rating__score"] >= 4))
        if row["answer__score"] is not None:
            yield Fallen("V01", row["pk"], place, at, amount=row["answer__score"])
        if (step := steps.get(row["pk"])) is not None:
            balance = int(step > 8) - int(step < 7)
            yield Fallen("V03", row["pk"], place, at, amount=balance * 10_000)


def _leaks() -> Iterator[Fallen]:
    """Authority and people told within three days; what was found to be none is out (X03)."""
    steps = StatusChange.objects.filter(object_type="complaints.privacyincident").order_by("id")
    last = {int(pk): verb for pk, verb in steps.values_list("object_id", "verb")}
    rows = PrivacyIncident.objects.values_list(
        "pk", "opened_at", "authority_told_at", "people_told_at", "case__site_id",
        "case__parcel__product_id",
    )  # fmt: skip
    for pk, at, office, people, site, product in rows:
        until = at + timedelta(days=3)
        good = office and people and max(office, people) <= until
        fell = "excluded" if last.get(pk) == "dismiss" else said(good)
        yield Fallen("X03", pk, (site or 0, product or 0), until, fell)


def _planned(period: Period) -> Iterator[Fallen]:
    """A planned day is kept by a round that was held before it was over (V05)."""
    held = {
        (plan, day): at
        for plan, day, at in SurveyRound.objects.values_list("plan_id", "planned_on", "held_at")
    }
    rows = SurveyOccurrence.objects.filter(
        planned_on__gte=period.start_day, planned_on__lt=period.end_day
    )
    for pk, plan, day, dropped in rows.values_list("pk", "plan_id", "planned_on", "dropped_at"):
        end = calendars.day_start(day + timedelta(days=1))
        at = held.get((plan, day))
        fell = "excluded" if dropped and at is None else said(at is not None and at < end)
        yield Fallen("V05", pk, (0, 0), end - timedelta(microseconds=1), fell)
