"""Surveys are set up: questionnaires in versions, plans approved by a second person, measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from complaints.enums import SCORED_BLOCKS, Block, QuestionKind
from complaints.models import SurveyMeasure, SurveyPlan, SurveyQuestion, SurveyTemplate
from complaints.services import occurring
from complaints.words import BadText, clean_line
from courierqa.core import audit
from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError, NotAllowed, StaleEdit
from staff.models import User

MOST_QUESTIONS = 20
_PLANNED = ("name", "name_en", "purpose", "audience", "method", "template_code", "interval_days",
            "sample_size", "next_on")  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """One question of a questionnaire."""

    block: str
    kind: str
    text: str
    text_en: str


@transaction.atomic
def publish_questionnaire(
    *, code: str, name: str, name_en: str, weights: Mapping[str, int], questions: Sequence[Asked],
    seen_version: int, by: User, at: datetime,
) -> SurveyTemplate:  # fmt: skip
    """Write the next version of a questionnaire; answers given stay with the one they saw."""
    last = SurveyTemplate.objects.filter(code=code).aggregate(top=Max("version"))["top"] or 0
    if last != seen_version:
        raise StaleEdit(_("Somebody changed this questionnaire meanwhile. Look at it first"))
    _check_questions(questions)
    _check_weights(weights)
    try:
        with transaction.atomic():
            made = SurveyTemplate.objects.create(
                code=code, version=last + 1, weights=dict(weights), made_at=at, made_by=by,
                name=_line(name, "name", 80), name_en=_line(name_en, "name_en", 80),
            )  # fmt: skip
    except IntegrityError as error:
        raise StaleEdit(_("Somebody changed it at the same moment")) from error
    SurveyQuestion.objects.bulk_create(
        SurveyQuestion(
            template=made, position=place, block=one.block, kind=one.kind,
            text=_line(one.text, "questions", 120), text_en=_line(one.text_en, "questions", 160),
        )
        for place, one in enumerate(questions, start=1)
    )  # fmt: skip
    audit.record("questionnaire.publish", made, actor=by, at=at)
    return made


@transaction.atomic
def save_plan(
    *, plan: SurveyPlan | None, said: Mapping[str, Any], by: User, at: datetime
) -> SurveyPlan:
    """Write a plan. A changed plan waits for approval again (SAT-09)."""
    rows = SurveyPlan.objects.select_for_update(no_key=True)
    row = rows.get(pk=plan.pk) if plan else SurveyPlan(owner=by)
    if row.pk and row.ended_at:
        raise DomainError(_("This plan has ended"), code="ended")
    for name in _PLANNED:
        setattr(row, name, said[name])
    for name, limit in (("name", 80), ("name_en", 80), ("purpose", 200)):
        setattr(row, name, _line(getattr(row, name), name, limit))
    if not SurveyTemplate.objects.filter(code=row.template_code).exists():
        raise DomainError(_("Choose a questionnaire"), code="required", field="template_code")
    if row.next_on < business_day(at):
        raise DomainError(_("Choose today or a later day"), code="bad_date", field="next_on")
    row.owner, row.approved_by, row.approved_at = by, None, None
    row.save()
    audit.record("survey_plan.save", row, actor=by, at=at)
    return row


@transaction.atomic
def approve_plan(*, plan: SurveyPlan, seen: str, by: User, at: datetime) -> SurveyPlan:
    """Let a plan run; never by its owner. `seen` is when the copy that was read last changed."""
    row = SurveyPlan.objects.select_for_update(no_key=True).get(pk=plan.pk)
    if row.owner_id == by.pk:
        raise NotAllowed(_("Whoever owns the plan does not approve it. Somebody else must decide"))
    if row.ended_at:
        raise DomainError(_("This plan has ended"), code="ended")
    if row.updated_at.isoformat() != seen:
        raise StaleEdit(_("Somebody changed this plan meanwhile. Look at it first"))
    if row.approved_at is None:
        row.approved_by, row.approved_at = by, at
        row.save(update_fields=["approved_by", "approved_at", "updated_at"])
        audit.record("survey_plan.approve", row, actor=by, at=at, seal_now=True)
    return row


@transaction.atomic
def end_plan(*, plan: SurveyPlan, by: User, at: datetime) -> None:
    """End a plan; what was answered stays."""
    row = SurveyPlan.objects.select_for_update(no_key=True).get(pk=plan.pk)
    if row.ended_at is None:
        row.ended_at = at
        row.save(update_fields=["ended_at", "updated_at"])
        occurring.drop_open(row, at=at)
        audit.record("survey_plan.end", row, actor=by, at=at)


@transaction.atomic
def begin_measure(*, said: Mapping[str, Any], by: User, at: datetime) -> SurveyMeasure:
    """Decide what is done about a finding, and when its effect is checked (SAT-07)."""
    start: date = said["started_on"]
    if said["check_on"] <= start:
        wrong = _("The check comes after the beginning")
        raise DomainError(wrong, code="bad_date", field="check_on")
    row = SurveyMeasure.objects.create(
        finding=_line(said["finding"], "finding", 200),
        measure=_line(said["measure"], "measure", 300),
        improvement=clean_line(said["improvement"], field="improvement", limit=40),
        site=said["site"], block=said["block"], owner=by, started_on=start,
        check_on=said["check_on"],
    )  # fmt: skip
    audit.record("measure.create", row, actor=by, at=at)
    return row


@transaction.atomic
def check_measure(
    *, measure: SurveyMeasure, result: str, note: str, by: User, at: datetime
) -> SurveyMeasure:
    """Say whether the score moved, on the numbers shown; not by the owner (SAT-08)."""
    row = SurveyMeasure.objects.select_for_update(no_key=True).get(pk=measure.pk)
    if row.owner_id == by.pk:
        raise NotAllowed(_("Whoever owns the measure does not check it. Somebody else must"))
    if row.checked_at:
        raise DomainError(_("This is decided already"), code="already_done")
    if business_day(at) < row.check_on:
        text = _("The check is due on %(day)s")
        raise DomainError(text % {"day": row.check_on}, code="too_early", field="result")
    row.result, row.checked_by, row.checked_at = result, by, at
    row.note = clean_line(note, field="note", limit=300)
    row.save(update_fields=["result", "checked_by", "checked_at", "note", "updated_at"])
    audit.record("measure.check", row, actor=by, at=at, reason=row.note)
    return row


def _line(text: str, field: str, limit: int) -> str:
    clean = clean_line(text, field=field, limit=limit)
    if not clean:
        raise BadText(_("Fill this in"), code="required", field=field)
    return clean


def _check_questions(questions: Sequence[Asked]) -> None:
    """The first question is the first tap; every block of the code is asked about (SAT-05)."""
    if len(questions) > MOST_QUESTIONS:
        wrong = _("At most %(most)s questions: longer ones are not answered")
        raise DomainError(wrong % {"most": MOST_QUESTIONS}, code="too_many", field="questions")
    first = questions[0] if questions else None
    if first is None or (first.block, first.kind) != (Block.OVERALL, QuestionKind.SCALE):
        wrong = _("Begin with one question on a scale about the whole: it is the first tap")
        raise DomainError(wrong, code="no_first", field="questions")
    if sum(one.kind == QuestionKind.NPS for one in questions) > 1:
        wrong = _("Ask once at most, from 0 to 10, whether we are recommended")
        raise DomainError(wrong, code="two_nps", field="questions")
    if missing := [block.label for block in Block if block not in {q.block for q in questions}]:
        wrong = _("Nothing is asked about: %(blocks)s")
        named = {"blocks": ", ".join(str(label) for label in missing)}
        raise DomainError(wrong % named, code="block_missing", field="questions")


def _check_weights(weights: Mapping[str, int]) -> None:
    if set(weights) - set(SCORED_BLOCKS) or not any(weights.values()):
        raise DomainError(_("Give at least one block a weight"), field="weights")
    if any(not 0 <= weight <= 100 for weight in weights.values()):
        raise DomainError(_("A weight is between 0 and 100"), field="weights")
