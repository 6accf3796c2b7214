"""What a month's score is made of, in versions: a new scheme never touches graded months."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError
from staff.models import AssessmentScheme, User

HUNDRED = Decimal(100)
# Every month has it.
LAST_DUE_DAY = 28


@transaction.atomic
def revise_scheme(
    scheme: AssessmentScheme, *, parts: list[dict[str, Any]], a_from: Decimal, b_from: Decimal,
    valid_from: date, by: User, at: datetime, due_day: int | None = None,
) -> AssessmentScheme:  # fmt: skip
    """Make the next version of a post's scheme, from the first of a coming month on (ASM-01).

    `due_day` is the day of the next month by which a month is confirmed (H06).
    """
    if valid_from.day != 1 or valid_from <= business_day(at):
        raise DomainError(
            _("Choose the first day of a coming month"), code="not_first", field="valid_from"
        )
    if sum(Decimal(str(part["weight"])) for part in parts) != HUNDRED:
        raise DomainError(_("The weights must add up to 100"), code="weights")
    if not 0 < b_from < a_from <= HUNDRED:
        raise DomainError(_("A begins above B, both within 100"), code="limits", field="a_from")
    until = due_day or scheme.due_day
    if not 1 <= until <= LAST_DUE_DAY:
        raise DomainError(_("Choose a day from 1 to 28"), code="due_day", field="due_day")
    if AssessmentScheme.objects.filter(post=scheme.post, valid_from=valid_from).exists():
        raise DomainError(_("A version from this day exists"), code="taken", field="valid_from")
    made = AssessmentScheme.objects.create(
        post=scheme.post, valid_from=valid_from, parts=parts, a_from=a_from, b_from=b_from,
        min_deliveries=scheme.min_deliveries, min_work_days=scheme.min_work_days,
        min_weight_percent=scheme.min_weight_percent, due_day=until, is_proposal=False,
    )  # fmt: skip
    audit.record("scheme.create", made, actor=by, at=at)
    return made
