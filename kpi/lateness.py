"""When figures stand still: the administrators are told once, the dashboard says so."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from courierqa.core import notify
from courierqa.core.enums import Channel, Role
from kpi import selectors
from kpi.board.whole import is_late
from staff.models import Grant, User


def watch(*, now: datetime) -> dict[str, Any]:
    """Tell the administrators when figures are older than the limit; once per standstill."""
    as_of = selectors.reach()
    if as_of is None or not is_late(as_of, now, settings.FIGURES_LATE_MINUTES):
        return {}
    users = _administrators(now)
    for user in users:
        notify.send(
            # As long as the figures reach no further it is the same standstill.
            key=f"figures-late:{as_of.isoformat()}:{user.pk}",
            channel=Channel.IN_APP,
            template="kpi/late",
            language=user.language or settings.LANGUAGE_CODE,
            user=user,
            context={"as_of": as_of, "limit": timedelta(minutes=settings.FIGURES_LATE_MINUTES)},
            link=reverse("kpi:runs"),
            at=now,
        )
    return {"told": len(users)}


def _administrators(now: datetime) -> list[User]:
    """Return who keeps the system running today."""
    today = Q(valid_from__lte=now) & (Q(valid_to=None) | Q(valid_to__gt=now))
    granted = Grant.objects.filter(today, role=Role.ADMIN).values("user_id")
    return list(User.objects.filter(pk__in=granted, is_active=True).order_by("pk"))
