"""What happens to reviews by the passing of time: turns come, owners of missed ones are told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from courierqa.core import notify
from courierqa.core.calendars import business_day
from quality.models import Review, ReviewPlan
from quality.review_enums import UNHELD
from quality.services.reviews.planning import lay_out

MOST = 500


def run_reviews(*, now: datetime) -> dict[str, Any]:
    """Make the turns within reach and tell of overdue ones; twice does no harm (TIM-07)."""
    today = business_day(now)
    plans = ReviewPlan.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today)).order_by("pk")
    made = sum(lay_out(plan, at=now) for plan in plans)
    late = Review.objects.filter(status__in=UNHELD, due_day__lt=today, told=False)
    rows = list(late.select_related("owner__user", "site", "plan").order_by("id")[:MOST])
    return {"days": made, "told": sum(_tell(row, now) for row in rows)}


@transaction.atomic
def _tell(row: Review, at: datetime) -> bool:
    """Tell the owner once; of two schedulers one finds it untold."""
    if not Review.objects.filter(pk=row.pk, told=False).update(told=True):
        return False
    user: Any = row.owner.user
    if user is None or not user.is_active:
        return False
    notify.send(
        key=f"review-late:{row.pk}", channel="in_app", template="quality/review_late",
        language=user.language or settings.LANGUAGE_CODE, user=user, obj=row, at=at,
        context={"review": row, "is_management": row.kind == "management",
                 "due_on": row.due_day},
        link=reverse("quality:review", args=[row.pk]),
    )  # fmt: skip
    return True
