"""Answers to surveys: the first tap is kept at once, more can be said for a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from complaints import counted, survey_scores
from complaints.enums import Block, Channel, Outcome, QuestionKind, SurveyMethod, Tag
from complaints.models import (
    Case,
    Invitation,
    Reason,
    SurveyAnswer,
    SurveyItem,
    SurveyQuestion,
)
from complaints.services.intake import Intake, open_case
from complaints.services.ratings import Rating, record_answer
from complaints.words import BadText, clean_text
from courierqa.core import audit
from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError, NotAllowed
from staff.models import User

CHANGE_FOR = timedelta(hours=24)
LOW = 2
WORDS_LIMIT = 500
# Which reason of the tree a low block points to, where the customer asks for a call.
_REASONS = {Block.ATTITUDE: "rude-courier", Block.EFFICIENCY: "late-delivery",
            Block.QUALITY: "damaged"}  # fmt: skip


class LinkExpired(DomainError):
    """The time to answer is over."""

    code = "expired"
    status = 410


@dataclass(frozen=True)
class Said:
    """Steps and words by question id; a missing step means "not used"."""

    values: Mapping[int, int] = field(default_factory=dict)
    words: Mapping[int, str] = field(default_factory=dict)


@transaction.atomic
def first_tap(
    *, invitation: Invitation, score: int, at: datetime, interviewer: User | None = None
) -> SurveyAnswer:
    """Keep the first tap: one answer per invitation, changeable for a day (SAT-03)."""
    row = _hold(invitation)
    known = SurveyAnswer.objects.filter(invitation=row).first()
    if known is None and at > row.expires_at:
        raise LinkExpired(_("The time to answer is over"))
    if known is not None:
        return _tap_again(known, score, at=at)
    rating, _new = record_answer(
        Rating(
            key=f"survey:{row.pk}", score=score, channel=_channel(interviewer), answered_at=at,
            parcel=row.parcel, asked_on=business_day(row.invited_at),
        )
    )  # fmt: skip
    answer = SurveyAnswer.objects.create(
        invitation=row, rating=rating, channel=_channel(interviewer), interviewer=interviewer,
        answered_at=at,
    )  # fmt: skip
    row.outcome = Outcome.ANSWERED
    row.save(update_fields=["outcome"])
    _keep(answer, Said(values={first_question(row).pk: score}))
    return answer


@transaction.atomic
def say_more(*, answer: SurveyAnswer, said: Said, at: datetime) -> SurveyAnswer:
    """Keep the other questions; what was said before stays unless said anew."""
    row = SurveyAnswer.objects.select_for_update(no_key=True).get(pk=answer.pk)
    _still_open(row, at)
    row.changed_at = at
    _keep(row, said)
    first = first_question(row.invitation).pk
    if first in said.values:
        _tap_again(row, said.values[first], at=at)
    return row


@transaction.atomic
def ask_call_back(*, answer: SurveyAnswer, at: datetime) -> Case:
    """A low score may ask for a call: a case like any other, opened once."""
    row = SurveyAnswer.objects.select_for_update(no_key=True).get(pk=answer.pk)
    if row.case is not None:
        return row.case
    if row.rating.score > LOW:
        raise DomainError(_("Use the complaint form: somebody answers you"), code="not_low")
    parcel = row.invitation.parcel
    intake = Intake(
        key=f"survey:{row.invitation_id}", reason=_reason(row), channel=Channel.WEB,
        words=_words_of(row) or _("Asks to be called back after a survey"), parcel=parcel,
        phone=parcel.recipient_phone, name=parcel.recipient_name,
    )  # fmt: skip
    row.case = open_case(intake, by=None, at=at)
    row.save(update_fields=["case", "updated_at"])
    return row.case


@transaction.atomic
def record_interview(*, invitation: Invitation, said: Said, by: User, at: datetime) -> SurveyAnswer:
    """Enter what a drawn person said in an interview; not by who delivered (SAT-04)."""
    if _delivered(invitation, by):
        raise NotAllowed(_("Whoever delivered the parcel does not ask about it"))
    score = said.values.get(first_question(invitation).pk)
    if score is None:
        wrong = _("The first question needs an answer")
        raise DomainError(wrong, code="required", field="first", status=422)
    answer = first_tap(invitation=invitation, score=score, at=at, interviewer=by)
    return say_more(answer=answer, said=said, at=at)


@transaction.atomic
def note_no_interview(*, invitation: Invitation, outcome: str, by: User, at: datetime) -> None:
    """Write down a person who was not reached or does not want to answer: no substitute."""
    row = _hold(invitation)
    if row.outcome == Outcome.ANSWERED:
        raise DomainError(_("This person has answered already"), code="already_done")
    if outcome not in (Outcome.REFUSED, Outcome.UNREACHED):
        raise DomainError(_("Choose one of the entries"), code="required", field="outcome")
    row.outcome, row.tries = outcome, row.tries + 1
    row.save(update_fields=["outcome", "tries"])
    counted.refresh_invitations([row.pk], at=at)
    audit.record("interview.note", row, actor=by, at=at)


@transaction.atomic
def tag_words(*, item: SurveyItem, tags: list[str], by: User, at: datetime) -> SurveyItem:
    """Say what free words are about (SAT-06)."""
    row = SurveyItem.objects.select_for_update(no_key=True).get(pk=item.pk)
    row.tags = [tag for tag in Tag.values if tag in tags]
    row.tagged_by = by
    row.save(update_fields=["tags", "tagged_by"])
    audit.record("survey_words.set", row, actor=by, at=at, fields=["tags"])
    return row


def first_question(invitation: Invitation) -> SurveyQuestion:
    """Return the question of the first tap."""
    return SurveyQuestion.objects.filter(template_id=invitation.round.template_id)[0]


def _hold(invitation: Invitation) -> Invitation:
    rows = Invitation.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("parcel", "round").get(pk=invitation.pk)


def _channel(interviewer: User | None) -> str:
    return SurveyMethod.INTERVIEW if interviewer else SurveyMethod.ONLINE


def _delivered(invitation: Invitation, by: User) -> bool:
    courier = invitation.courier
    return courier is not None and courier.user_id == by.pk


def _still_open(answer: SurveyAnswer, at: datetime) -> None:
    if at > answer.answered_at + CHANGE_FOR:
        raise LinkExpired(_("You answered this survey already. Thank you"))


def _tap_again(answer: SurveyAnswer, score: int, *, at: datetime) -> SurveyAnswer:
    if answer.rating.score == score:
        return answer
    _still_open(answer, at)
    if not 1 <= score <= 5:
        raise DomainError(_("A score is between 1 and 5"), code="bad_score", field="score")
    answer.rating.score = score
    answer.rating.save(update_fields=["score", "updated_at"])
    answer.changed_at = at
    _keep(answer, Said(values={first_question(answer.invitation).pk: score}))
    return answer


def _keep(answer: SurveyAnswer, said: Said) -> None:
    """Write the items of the questions asked, and the score they make."""
    held = answer.invitation.round
    questions = list(SurveyQuestion.objects.filter(template_id=held.template_id))
    items = {item.question_id: item for item in answer.items.all()}
    for question in questions:
        item = items.get(question.pk) or SurveyItem(answer=answer, question=question)
        if _set(item, question, said):
            item.save()
            items[question.pk] = item
    weighted = [
        (q.block, items[q.pk].value if q.pk in items else None)
        for q in questions
        if q.kind == QuestionKind.SCALE
    ]
    answer.score = survey_scores.answer_score(weighted, held.template.weights)
    answer.save(update_fields=["score", "changed_at", "updated_at"])
    counted.refresh_invitations([answer.invitation_id], at=answer.changed_at or answer.answered_at)


def _set(item: SurveyItem, question: SurveyQuestion, said: Said) -> bool:
    """Put what was said into the item; say whether anything was."""
    if question.kind == QuestionKind.WORDS:
        if question.pk not in said.words:
            return False
        item.words = clean_text(said.words[question.pk], field="words", limit=WORDS_LIMIT)
        return bool(item.words) or item.pk is not None
    if question.pk not in said.values:
        return False
    item.value = _step(question, said.values[question.pk])
    return True


def _step(question: SurveyQuestion, value: int) -> int:
    """Return the step if the question has it: 1 to 5, or 0 to 10."""
    if question.kind == QuestionKind.NPS:
        if not 0 <= value <= 10:
            raise BadText(_("This score is between 0 and 10"), code="bad_score", field="score")
    elif not 1 <= value <= 5:
        raise BadText(_("A score is between 1 and 5"), code="bad_score", field="score")
    return value


def _reason(answer: SurveyAnswer) -> Reason:
    """Return the reason the lowest block points to."""
    low = answer.items.filter(
        value__lte=LOW, question__block__in=list(_REASONS), question__kind=QuestionKind.SCALE
    )
    worst = low.order_by("value", "question__position").select_related("question").first()
    code = _REASONS[Block(worst.question.block)] if worst else "other"
    return Reason.objects.get(code=code)


def _words_of(answer: SurveyAnswer) -> str:
    return "\n".join(item.words for item in answer.items.order_by("pk") if item.words)
