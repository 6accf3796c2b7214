"""Ending otherwise: void with a reason, and opening a closed one again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import approvals
from quality.enums import Status as S
from quality.models import Nonconformity
from quality.services.checking import next_round
from quality.services.moves import hold, move, require, said
from quality.services.planning import waiting
from quality.services.recurring import mark_recurrence
from staff.models import User


@transaction.atomic
def void(row: Nonconformity, *, reason: str, by: User, at: datetime) -> Nonconformity:
    """It was none, or is another one already: it counts nowhere, its story stays."""
    row = hold(row)
    words = said(reason, field="reason", limit=500)
    if (asked := waiting(row)) is not None:
        approvals.take_back(asked, at=at)
    move(row, "void", by=by, at=at, reason=words)
    mark_recurrence(row, at=at)
    return row


@transaction.atomic
def reopen(row: Nonconformity, *, reason: str, by: User, at: datetime) -> Nonconformity:
    """Open a closed one again, because what was proven did not last."""
    row = hold(row)
    require(row, S.CLOSED, why=_("Only a closed one can be opened again"))
    next_round(row, reason=said(reason, field="reason", limit=500), by=by, at=at)
    return row
