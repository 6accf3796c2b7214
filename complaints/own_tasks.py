"""Cases as the own tasks of those who work on them: what a look at full data may be for (X02)."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from complaints.models import Case
from courierqa.core.enums import ViewTask
from courierqa.core.privacy import Task


def own_case(ref: str, actor: Any) -> Task | None:
    """Return the case of this number when the actor owns it, took it, or was asked to help."""
    if actor is None or actor.pk is None:
        return None
    asked = Q(transfers__to_user=actor, transfers__answered_at=None, transfers__returned_at=None)
    mine = Q(owner=actor) | Q(first_responder=actor) | asked
    row = Case.objects.filter(mine, number=ref.upper()).first()
    return Task(ViewTask.CASE, row.number) if row else None
