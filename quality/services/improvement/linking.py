"""The measures of a programme: those of nonconformities, linked; there is no second kind."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.errors import DomainError
from quality.improvement_enums import ProgrammeStatus as S
from quality.models import Action, Programme
from quality.services.improvement.moves import hold, require
from staff.models import User

OPEN = (S.DRAFT, S.RUNNING)


@transaction.atomic
def link_action(row: Programme, action: Action, *, by: User, at: datetime) -> None:
    """Make a measure of a nonconformity one of the programme; in its proposal nothing moves."""
    row = hold(row)
    require(row, *OPEN, why=_("Measures are linked in a draft or while it runs"))
    if row.actions.filter(pk=action.pk).exists():
        text = _("This measure is linked already")
        raise DomainError(text, code="linked", field="action", status=422)
    row.actions.add(action)
    audit.record("programme.link", row, actor=by, at=at, reason=str(action))


@transaction.atomic
def unlink_action(row: Programme, action: Action, *, by: User, at: datetime) -> None:
    """Take a measure out of a draft; a running programme keeps what was approved."""
    row = hold(row)
    require(row, S.DRAFT, why=_("What was approved stays with the programme"))
    row.actions.remove(action)
    audit.record("programme.remove", row, actor=by, at=at, reason=str(action))
