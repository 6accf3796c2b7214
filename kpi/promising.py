"""Pledges to everybody and resources for objectives: the two things a company commits itself to."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError
from courierqa.core.text import clean_text
from kpi.enums import Unit
from kpi.metrics import METRICS
from kpi.models import ObjectiveResource, Pledge
from staff.models import Site, User


@transaction.atomic
def change_pledge(
    pledge: Pledge, *, value: Decimal, text: str, text_en: str, is_active: bool, by: User,
    at: datetime,
) -> Pledge:  # fmt: skip
    """Set what is promised, in the unit of the figure; a person's word ends the proposal."""
    row = Pledge.objects.select_for_update(no_key=True).get(pk=pledge.pk)
    check_value(row.metric, value)
    if value != row.value or row.is_proposal:
        row.since = business_day(at)
    row.value, row.is_active, row.is_proposal, row.changed_by = value, is_active, False, by
    row.text = _said(text, "text", 120)
    row.text_en = _said(text_en, "text_en", 160)
    row.save()
    audit.record("pledge.change", row, actor=by, at=at, fields=["value", "text"])
    return row


@transaction.atomic
def make_pledge(
    *, code: str, metric: str, value: Decimal, text: str, text_en: str, by: User, at: datetime
) -> Pledge:
    """Promise something that a figure measures (OBJ-10)."""
    if Pledge.objects.filter(code=code).exists():
        raise DomainError(_("This code is taken"), code="taken", field="code", status=422)
    if metric not in METRICS:
        raise DomainError(_("Choose a figure"), code="required", field="metric", status=422)
    check_value(metric, value)
    last = Pledge.objects.order_by("-position").values_list("position", flat=True).first() or 0
    row = Pledge.objects.create(
        code=code, metric=metric, value=value, text=_said(text, "text", 120),
        text_en=_said(text_en, "text_en", 160), position=last + 1, is_proposal=False,
        since=business_day(at), changed_by=by,
    )  # fmt: skip
    audit.record("pledge.create", row, actor=by, at=at)
    return row


def check_value(metric: str, value: Decimal) -> None:
    """A share is promised between nought and one."""
    if value < 0 or (METRICS[metric].unit == Unit.SHARE and value > 1):
        text = _("A share is at most 100 percent")
        raise DomainError(text, code="range", field="value", status=422)


@transaction.atomic
def give_resource(
    *, metric: str, site: Site | None, year: int, kind: str, amount: int, words: str, by: User,
    at: datetime,
) -> ObjectiveResource:  # fmt: skip
    """Set people, vehicles or fen aside for an objective; less than nought takes some back."""
    if amount == 0:
        text = _("Enter how much is given, or taken back with a minus")
        raise DomainError(text, code="nothing", field="amount", status=422)
    rows = ObjectiveResource.objects.filter(metric=metric, site=site, year=year, kind=kind)
    held = rows.aggregate(n=Sum("amount"))["n"] or 0
    if held + amount < 0:
        text = _("More would be taken back than was given")
        raise DomainError(text, code="below", field="amount", status=422)
    row = ObjectiveResource.objects.create(
        metric=metric, site=site, year=year, kind=kind, amount=amount,
        words=_said(words, "words", 200), by=by, at=at,
    )  # fmt: skip
    audit.record("objective.give", row, actor=by, at=at, fields=[metric, kind])
    return row


def _said(text: str, field: str, limit: int) -> str:
    words = clean_text(text or "", max_length=limit, field=field).strip()
    if not words:
        raise DomainError(_("Fill this in"), code="required", field=field, status=422)
    return words
