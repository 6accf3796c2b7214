"""Keep, adjust or stop: the end of a decision, with time, satisfaction and cost beside it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError
from quality.enums import ActionStatus, EffectResult
from quality.measured import Line, measure
from quality.models import EffectCheck, ReviewDecision
from quality.review_enums import Outcome
from quality.review_enums import ReviewStatus as R
from quality.services.moves import said
from staff.models import User


@transaction.atomic
def end_decision(
    decision: ReviewDecision, *, outcome: str, reason: str, by: User, at: datetime
) -> ReviewDecision:
    """Say what becomes of a measure, with the reason (TIM-11).

    Keep needs its effect proven by the check of the loop; adjust and stop do not.
    """
    rows = ReviewDecision.objects.select_for_update(no_key=True, of=("self",))
    row = rows.select_related("review__site", "nonconformity").get(pk=decision.pk)
    if row.review.status != R.HELD or row.outcome:
        raise DomainError(_("It has ended, or the review is not held yet"), code="wrong_step")
    if outcome == Outcome.KEEP and not is_proven(row):
        text = _("Kept is what was proven: first the effect check of %(number)s")
        number = row.nonconformity.number if row.nonconformity else ""
        raise DomainError(text % {"number": number}, code="not_proven", field="outcome",
                          status=422)  # fmt: skip
    words = said(reason, field="reason", limit=500)
    row.outcome, row.outcome_reason, row.reading = outcome, words, readings(row, at=at)
    row.ended_by, row.ended_at = by, at
    row.save(update_fields=["outcome", "outcome_reason", "reading", "ended_by", "ended_at",
                            "updated_at"])  # fmt: skip
    audit.record("review.end_decision", row.review, actor=by, at=at, reason=words,
                 fields=[str(row.position), outcome])  # fmt: skip
    return row


def is_proven(row: ReviewDecision) -> bool:
    """Say whether somebody else saw that it works."""
    checks = EffectCheck.objects.filter(nonconformity=row.nonconformity_id)
    last = checks.order_by("-round").first()
    return last is not None and last.result == EffectResult.EFFECTIVE


def readings(row: ReviewDecision, *, at: datetime) -> list[Line]:
    """Return time, satisfaction and cost before and after the deeds; none before any is done."""
    if row.nonconformity is None:
        return []
    deeds = row.nonconformity.actions.filter(status=ActionStatus.DONE)
    days: list[Any] = sorted(deeds.values_list("done_on", flat=True))
    if not days:
        return []
    return measure().sides(row.review.site, days[0], days[-1], business_day(at))
