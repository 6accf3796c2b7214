"""The question bank and the rules of an exam; papers already drawn stay as they are."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.errors import DomainError
from staff.models import Course, Exam, Question, User


@transaction.atomic
def save_question(
    course: Course, question: Question | None, *, by: User, at: datetime, **fields: Any
) -> Question:
    """Write a question of a course, new or changed."""
    keys = {option["key"] for option in fields["options"]}
    if fields["correct"] not in keys:
        raise DomainError(_("The right answer has no text"), code="no_option", field="correct")
    row = question or Question(course=course)
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    audit.record("question.change", row, actor=by, at=at)
    return row


@transaction.atomic
def save_exam(
    course: Course, *, blueprint: dict[str, int], practice: int | None, by: User, at: datetime,
    **fields: Any,
) -> Exam:  # fmt: skip
    """Set the rules of a course's exam; a blueprint the bank cannot fill is refused."""
    if sum(blueprint.values()) > fields["size"]:
        raise DomainError(
            _("The sections ask for more questions than a paper has"), code="too_many",
            field="blueprint",
        )  # fmt: skip
    for section, count in blueprint.items():
        have = Question.objects.filter(course=course, section=section, is_active=True).count()
        if have < count:
            raise DomainError(
                _("Section “%(section)s” has %(n)d questions in use")
                % {"section": section, "n": have},
                code="few", field="blueprint",
            )  # fmt: skip
    exam, _made = Exam.objects.update_or_create(
        course=course, defaults={**fields, "blueprint": blueprint}
    )
    course.practice_percent = practice
    course.save(update_fields=["practice_percent", "updated_at"])
    audit.record("exam.change", exam, actor=by, at=at)
    return exam
