"""A customer's rating of one delivery."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from complaints.models import Answer
from complaints.words import clean_text
from courierqa.core.errors import DomainError
from shipments.models import Parcel


@dataclass(frozen=True)
class Rating:
    """A score from 1 to 5 with the words beside it. `key` makes a second sending harmless."""

    key: str
    score: int
    channel: str
    answered_at: datetime
    parcel: Parcel | None = None
    asked_on: date | None = None
    words: str = ""


def record_answer(rating: Rating) -> tuple[Answer, bool]:
    """Keep a rating once; return it and whether it is new."""
    if not 1 <= rating.score <= 5:
        raise DomainError(_("A score is between 1 and 5"), code="bad_score", field="score")
    return Answer.objects.get_or_create(
        key=rating.key,
        defaults={
            "parcel": rating.parcel,
            "channel": rating.channel,
            "score": rating.score,
            "asked_on": rating.asked_on,
            "answered_at": rating.answered_at,
            "words": clean_text(rating.words, field="words"),
        },
    )
