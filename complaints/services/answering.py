"""Editing the answers to common questions: each change is a version, the old ones stay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from complaints.models import Faq
from courierqa.core import audit
from courierqa.core.errors import DomainError, StaleEdit
from staff.models import User


@dataclass(frozen=True)
class AnswerText:
    """What an answer says, and whether the public page shows it."""

    question: str
    question_en: str
    answer: str
    answer_en: str
    keywords: str = ""
    keywords_en: str = ""
    position: int = 100
    is_published: bool = True


def publish_answer(
    *, code: str, said: AnswerText, seen_version: int, by: User, at: datetime
) -> Faq:
    """Write the next version of an answer. `seen_version` is the one the editor started from."""
    last = Faq.objects.filter(code=code).aggregate(top=Max("version"))["top"] or 0
    if last and not seen_version:
        text = _("This short name is taken. Choose another one")
        raise DomainError(text, code="taken", field="code")
    if last != seen_version:
        raise StaleEdit(_("Somebody changed this answer meanwhile. Look at it first"))
    try:
        with transaction.atomic():
            row = Faq.objects.create(
                code=code, version=last + 1, made_at=at, made_by=by, **vars(said)
            )
            audit.record("answer.publish", row, actor=by, at=at)
    except IntegrityError as error:
        raise StaleEdit(_("Somebody changed this answer at the same moment")) from error
    return row
