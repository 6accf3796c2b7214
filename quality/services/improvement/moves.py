"""Which verb leads a programme where."""

from __future__ import annotations

from courierqa.core import history
from courierqa.core.errors import DomainError
from quality.improvement_enums import ProgrammeStatus as S
from quality.models import Programme

MACHINE = history.Machine(
    "programme",
    {
        S.DRAFT: {"propose": S.PROPOSED, "drop": S.DROPPED},
        S.PROPOSED: {"approve": S.RUNNING, "reject": S.DRAFT, "drop": S.DROPPED},
        S.RUNNING: {"conclude": S.ENDED, "drop": S.DROPPED},
        S.ENDED: {},
        S.DROPPED: {},
    },
)


def hold(row: Programme) -> Programme:
    """Return the row locked and read anew, so that two people cannot do it twice."""
    rows = Programme.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("owner", "site", "product").get(pk=row.pk)


def require(row: Programme, *statuses: S, why: str) -> None:
    """Refuse a deed that belongs to another step."""
    if row.status not in statuses:
        raise DomainError(why, code="wrong_step")
