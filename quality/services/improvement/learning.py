"""Benchmarks and decisions of strategy: what others reach, what was chosen and why."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError
from quality import figures
from quality.models import Benchmark, StrategyDecision
from quality.services.improvement.files import keep_file
from quality.services.moves import said
from quality.services.things.numbers import give_number, temporary
from staff.models import User

STRATEGY_WORDS = {"title": 100, "situation": 1000, "decision": 1000, "reason": 1000}


@transaction.atomic
def add_benchmark(
    *, metric: str, who: str, value: Decimal, source: str, link: str, on: date, lesson: str,
    by: User, at: datetime, content: bytes = b"", file_name: str = "",
) -> Benchmark:  # fmt: skip
    """Write down how good somebody else is, with its source and its day (IMP-05).

    `value` is in the unit people read, such as 96.5 for 96.5 %. Entries are only added.
    """
    if metric not in figures.named():
        raise DomainError(_("Choose a figure"), code="no_figure", field="metric", status=422)
    if on > business_day(at):
        text = _("Choose today or an earlier day")
        raise DomainError(text, code="future", field="on", status=422)
    row = Benchmark.objects.create(
        metric=metric, who=said(who, field="who", limit=80, lines=False), value=value,
        source=said(source, field="source", limit=200), link=link, on=on,
        lesson=lesson.strip()[:500], by=by, at=at,
    )  # fmt: skip
    if content:
        keep_file(benchmark=row, content=content, name=file_name, by=by, at=at)
    audit.record("benchmark.create", row, actor=by, at=at)
    return row


@transaction.atomic
def decide_strategy(
    *, field: str, decided_on: date, effective_on: date, review_on: date, programme: Any, by: User,
    at: datetime, **words: str,
) -> StrategyDecision:  # fmt: skip
    """Keep a decision with the situation it answers, and the day it is looked at again (IMP-08)."""
    if decided_on > business_day(at):
        text = _("Choose today or an earlier day")
        raise DomainError(text, code="future", field="decided_on", status=422)
    if review_on <= effective_on:
        text = _("Choose a day after it takes effect")
        raise DomainError(text, code="order", field="review_on", status=422)
    clean = {name: said(words[name], field=name, limit=most)
             for name, most in STRATEGY_WORDS.items()}  # fmt: skip
    row = StrategyDecision.objects.create(
        number=temporary(), field=field, decided_on=decided_on, effective_on=effective_on,
        review_on=review_on, programme=programme, by=by, **clean,
    )  # fmt: skip
    give_number(row, "ST", at)
    audit.record("strategy.create", row, actor=by, at=at)
    return row


@transaction.atomic
def review_strategy(
    row: StrategyDecision, *, outcome: str, by: User, at: datetime
) -> StrategyDecision:
    """Say what became of a decision, once it has taken effect."""
    row = StrategyDecision.objects.select_for_update(no_key=True, of=("self",)).get(pk=row.pk)
    if row.reviewed_at is not None:
        raise DomainError(_("It was reviewed already"), code="wrong_step")
    if row.effective_on >= business_day(at):
        raise DomainError(_("It has not taken effect yet"), code="too_early")
    row.outcome = said(outcome, field="outcome")
    row.reviewed_by, row.reviewed_at = by, at
    row.save(update_fields=["outcome", "reviewed_by", "reviewed_at", "updated_at"])
    audit.record("strategy.check", row, actor=by, at=at)
    return row
