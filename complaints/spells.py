"""CaseSpell: the stretches a complaint was open, kept equal to the case (C10).

A complaint ends when its final answer has reached the customer, or when it is withdrawn, merged or
closed before that. Taken up again it is open anew, with the days of the law from then on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from complaints import clocks
from complaints.enums import CaseKind
from complaints.models import Case, CaseSpell
from courierqa.core.calendars import business_day
from courierqa.core.history import changes_of
from courierqa.core.models import StatusChange

ENDS = ("answer", "withdraw", "close")
FIELDS = ["site_id", "product_id", "opened_day", "due_day", "ended_day"]
Touched = set[tuple[date, int]]


def keep(case: Case, *, at: datetime) -> Touched:
    """Make the spells of a case equal to it; return the (day, site) whose count moved."""
    old = list(CaseSpell.objects.filter(case_id=case.pk).order_by("turn"))
    new = spells_of(case)
    if _said(old) == _said(new):
        return set()
    CaseSpell.objects.filter(case_id=case.pk).delete()
    CaseSpell.objects.bulk_create(new)
    today = business_day(at)
    return {(day, site) for day, site, _late in _evenings(old, today) ^ _evenings(new, today)}


def spells_of(case: Case) -> list[CaseSpell]:
    """Return the spells a case should have; only complaints have any."""
    if case.kind != CaseKind.COMPLAINT:
        return []
    product = case.parcel.product_id if case.parcel else None
    return [
        CaseSpell(
            case_id=case.pk, turn=turn, site_id=case.site_id, product_id=product,
            opened_day=business_day(opened), due_day=business_day(due),
            ended_day=business_day(ended) if ended else None,
        )
        for turn, (opened, due, ended) in enumerate(_turns(case))
    ]  # fmt: skip


def _turns(case: Case) -> Iterator[tuple[datetime, datetime, datetime | None]]:
    """Yield (opened, due, ended) of the receipt and of each reopening."""
    steps = changes_of(case) if case.reopened else []
    again = [row.at for row in steps if row.verb == "reopen"]
    starts = [case.received_at, *again]
    for turn, opened in enumerate(starts):
        due = clocks.legal_due(opened) if turn else case.legal_due_at
        if turn + 1 == len(starts):
            yield opened, due, _ended(case, is_first=turn == 0)
        else:
            yield opened, due, _ended_before(case, steps, opened, starts[turn + 1], turn)


def _ended(case: Case, *, is_first: bool) -> datetime | None:
    """Return when the last turn ended, if it has."""
    pair = (case.first_final_at, case.first_told_at) if is_first else _answer(case)
    told = [max(pair)] if all(pair) else []  # type: ignore[type-var]
    ends = [*told, *([case.closed_at] if case.closed_at else [])]
    return min(ends, default=None)  # type: ignore[type-var]


def _answer(case: Case) -> tuple[datetime | None, datetime | None]:
    return case.answered_at, case.told_at


def _ended_before(
    case: Case, steps: Sequence[StatusChange], opened: datetime, reopened: datetime, turn: int
) -> datetime:
    """Return when a turn ended that was followed by another one."""
    first = (case.first_final_at, case.first_told_at)
    if turn == 0 and all(first) and max(first) <= reopened:  # type: ignore[type-var, operator]
        return max(first)  # type: ignore[type-var, return-value]
    ends = [row.at for row in steps if row.verb in ENDS and opened <= row.at <= reopened]
    return min(ends, default=reopened)


def _said(spells: Sequence[CaseSpell]) -> list[tuple[object, ...]]:
    return [tuple(getattr(one, name) for name in FIELDS) for one in spells]


def _evenings(spells: Sequence[CaseSpell], today: date) -> set[tuple[date, int, bool]]:
    """Return (day, site, overdue) of the evenings before today at which it was open."""
    found: set[tuple[date, int, bool]] = set()
    for one in spells:
        day, last = one.opened_day, min(one.ended_day or today, today)
        while day < last:
            found.add((day, one.site_id or 0, one.due_day <= day))
            day += timedelta(days=1)
    return found
