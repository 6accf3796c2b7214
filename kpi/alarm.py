"""Telling somebody that stored figures and the recount differ: each difference once."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from courierqa.core import notify
from courierqa.core.enums import Channel, Role
from courierqa.core.timeframes import parse_period
from kpi.models import Verification
from staff.models import Grant, User

# What makes two differences the same one, whatever the counts are tonight.
NAMES = ("book", "metric", "day", "site", "product", "courier", "cause", "cause_site")


@transaction.atomic
def tell_differences(check: Verification, *, at: datetime) -> int:
    """Tell administrators and quality managers of what was not seen before; return how many."""
    new = unseen(check)
    told = _recipients(at) if new else []
    link = reverse("kpi:check", args=[check.pk])
    for user in told:
        language = user.language or settings.LANGUAGE_CODE
        notify.send(
            key=f"figures-differ-{check.pk}:{user.pk}",
            channel=Channel.IN_APP,
            template="kpi/figures_differ",
            language=language,
            user=user,
            context={"n": len(new), "month": parse_period(check.period), "first": new[0]},
            obj=check,
            link=link,
            at=at,
        )
    return len(told)


def unseen(check: Verification) -> list[dict[str, Any]]:
    """Return the differences the check of this period before did not find."""
    before = Verification.objects.filter(period=check.period, pk__lt=check.pk).last()
    known = {_identity(one) for one in before.differences} if before else set()
    return [one for one in check.differences if _identity(one) not in known]


def _identity(one: dict[str, Any]) -> str:
    return json.dumps([one.get(name) for name in NAMES])


def _recipients(at: datetime) -> list[User]:
    valid = Q(valid_to=None) | Q(valid_to__gt=at)
    grants = Grant.objects.filter(
        valid, role__in=(Role.ADMIN, Role.QUALITY), valid_from__lte=at, user__is_active=True
    )
    return list(User.objects.filter(pk__in=grants.values("user")).order_by("pk"))
