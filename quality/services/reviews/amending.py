"""What a review decided to change in the policy becomes its next version (OBJ-06, REV-03)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core.errors import DomainError
from quality.models import Document, ReviewVerdict
from quality.review_enums import ReviewStatus, Verdict
from quality.services.documents import Text, in_force, start_version
from staff.models import User


@transaction.atomic
def start_policy(verdict: ReviewVerdict, *, by: User, at: datetime) -> Document:
    """Begin a draft from the text in force, naming the decision; approval is the document's own."""
    document = verdict.document
    is_decided = verdict.review.status == ReviewStatus.HELD and verdict.verdict == Verdict.CHANGE
    if document is None or not is_decided:
        raise DomainError(_("A held review has to decide the change first"), code="wrong_step")
    now = in_force(document)
    if now is None:
        raise DomainError(_("Nothing of it is in force"), code="wrong_step")
    change = f"{verdict.review.number}: {verdict.words}"[:300]
    text = Text(now.body, now.body_en, change=change, quiz=now.quiz)
    start_version(document, text=text, by=by, at=at)
    return document
