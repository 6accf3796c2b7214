"""The immediate correction, and the cause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core.errors import DomainError
from courierqa.core.text import clean_text
from quality.enums import AREAS, NcKind
from quality.enums import Status as S
from quality.models import Analysis, Cause, Nonconformity
from quality.services.moves import hold, move, said
from quality.services.recurring import mark_recurrence
from staff.models import User

MOST_WHYS = 5


@transaction.atomic
def contain(row: Nonconformity, *, text: str, by: User, at: datetime) -> Nonconformity:
    """Keep what was corrected at once for those it hit (ISO 9001 10.2.1 a, NCR-02)."""
    row = hold(row)
    words = said(text, field="text", limit=2000)
    move(row, "contain", by=by, at=at, correction=words, corrected_by=by, corrected_at=at)
    return row


@transaction.atomic
def find_cause(
    row: Nonconformity, *, cause: Cause, whys: Sequence[str], fishbone: Mapping[str, str],
    by: User, at: datetime,
) -> Analysis:  # fmt: skip
    """Name the cause with the whys that lead to it; before that nothing is planned (NCR-03)."""
    row = hold(row)
    if row.status == S.OPEN and row.kind == NcKind.ACTUAL:
        text = _("First write what was corrected at once, or why there was nothing to correct")
        raise DomainError(text, code="not_contained")
    asked = _whys(whys)
    _check_cause(cause)
    bones = {area: text for area in AREAS if (text := _bone(fishbone.get(area, ""), area))}
    move(row, "find_cause", by=by, at=at, cause=cause)
    found, _new = Analysis.objects.update_or_create(
        nonconformity=row, round=row.round,
        defaults={"cause": cause, "whys": asked, "fishbone": bones, "by": by, "at": at},
    )  # fmt: skip
    mark_recurrence(row, at=at)
    return found


def _whys(whys: Sequence[str]) -> list[str]:
    asked = [
        words for place, text in enumerate(whys[:MOST_WHYS], 1)
        if (words := clean_text(text or "", max_length=300, field=f"why{place}").strip())
    ]  # fmt: skip
    if not asked:
        raise DomainError(_("Ask why at least once"), code="no_why", field="why1", status=422)
    return asked


def _bone(text: str, area: str) -> str:
    return clean_text(text or "", max_length=500, field=f"bone_{area}", lines=True).strip()


def _check_cause(cause: Cause) -> None:
    if cause.parent_id is None:
        text = _("Choose a cause under the area, not the area itself")
        raise DomainError(text, code="area", field="cause", status=422)
    if not cause.is_active or cause.merged_into_id is not None:
        text = _("This cause is no longer in use. Choose another one")
        raise DomainError(text, code="unused", field="cause", status=422)
