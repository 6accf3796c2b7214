"""The end of a programme: the figures after it, its cost, what becomes of it (IMP-03, IMP-04)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import history
from courierqa.core.errors import DomainError, NotAllowed
from quality.enums import ActionStatus
from quality.improvement_enums import ProgrammeStatus as S
from quality.models import Programme
from quality.services.improvement.moves import MACHINE, hold, require
from quality.services.moves import said
from staff.models import User


@transaction.atomic
def conclude(
    row: Programme, *, verdict: str, note: str, cost_fen: int, reading: dict[str, Any], by: User,
    at: datetime,
) -> Programme:  # fmt: skip
    """Keep the figures read after it with what becomes of it: keep, adjust or stop, and why.

    Somebody who worked on it cannot judge it, and not before its measures and plans have ended.
    """
    row = hold(row)
    require(row, S.RUNNING, why=_("Only a running programme is judged"))
    me = getattr(by, "employee", None)
    if me is not None and (me.pk == row.owner_id or row.team.filter(pk=me.pk).exists()):
        text = _("Somebody who did not work on it must judge it")
        raise NotAllowed(text, code="own_work")
    if row.actions.filter(status=ActionStatus.OPEN).exists():
        text = _("A measure of it is still open: finish it or cancel it first")
        raise DomainError(text, code="open_measures")
    if row.plans.filter(status__in=[S.DRAFT, S.PROPOSED, S.RUNNING]).exists():
        text = _("A plan of it has not ended yet")
        raise DomainError(text, code="open_plans")
    words = said(note, field="note", limit=1000)
    changes = {
        "verdict": verdict, "verdict_note": words, "cost_fen": cost_fen, "reading": reading,
        "judged_by": by, "ended_at": at,
    }  # fmt: skip
    history.transition(row, "conclude", machine=MACHINE, actor=by, at=at, reason=words[:300],
                       changes=changes)  # fmt: skip
    return row
