"""The board of corrective actions: columns with counts, cards, the list behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from courierqa.core.access import Access
from courierqa.core.calendars import day_start
from quality.enums import COLUMN_OF, LIVE, ActionStatus, Column, SourceKind, Status
from quality.models import Action, EffectCheck, Nonconformity

PER_COLUMN = 20
CLOSED_DAYS = 90
VIEWS = ("mine", "team", "site", "")


@dataclass(frozen=True)
class Card:
    """One nonconformity on the board, with its tasks and the figure that is watched."""

    row: Nonconformity
    done: int
    total: int
    check: EffectCheck | None
    late: int

    @property
    def is_late(self) -> bool:
        return self.late > 0


@dataclass(frozen=True)
class BoardColumn:
    """One column: the most urgent cards, and how many there are."""

    code: str
    label: str
    cards: list[Card]
    total: int

    @property
    def more(self) -> int:
        return self.total - len(self.cards)


@dataclass(frozen=True)
class Board:
    """The columns, and how many are late or came back."""

    columns: list[BoardColumn]
    overdue: int
    live: int


def filtered(
    rows: QuerySet[Nonconformity], asked: Mapping[str, str], *, access: Access, today: date
) -> QuerySet[Nonconformity]:
    """Narrow by what the address asks for; unknown words change nothing."""
    rows = rows.filter(_view(asked.get("view", ""), access))
    if asked.get("site"):
        rows = rows.filter(site__code=asked["site"][:12])
    if asked.get("source") in SourceKind.values:
        rows = rows.filter(source=asked["source"])
    if asked.get("show") == "overdue":
        rows = rows.filter(due_on__lt=today, status__in=LIVE)
    if asked.get("show") == "repeated":
        rows = rows.exclude(repeats=None)
    return rows


def _view(view: str, access: Access) -> Q:
    me = access.employee_id or 0
    employee = getattr(access.user, "employee", None)
    if view == "mine":
        deeds = Action.objects.filter(owner=me, status=ActionStatus.OPEN)
        checks = EffectCheck.objects.filter(verifier=me, result="")
        return (
            Q(owner=me) | Q(pk__in=deeds.values("nonconformity"))
            | Q(pk__in=checks.values("nonconformity"))
        )  # fmt: skip
    if view == "team":
        deeds = Action.objects.filter(owner__supervisor=me, status=ActionStatus.OPEN)
        return Q(owner__supervisor=me) | Q(pk__in=deeds.values("nonconformity"))
    if view == "site" and employee is not None:
        return Q(site=employee.site_id)
    return Q()


def in_column(rows: QuerySet[Nonconformity], code: str, *, today: date) -> QuerySet[Nonconformity]:
    """Return the rows of one column; closed ones of the last ninety days."""
    if code == Column.CLOSED:
        since = day_start(today - timedelta(days=CLOSED_DAYS))
        return rows.filter(status=Status.CLOSED, closed_at__gte=since)
    return rows.filter(status__in=[one for one, column in COLUMN_OF.items() if column == code])


def board(rows: QuerySet[Nonconformity], *, today: date) -> Board:
    """Return the board in a fixed number of questions, however many there are."""
    plain = rows.order_by()
    counted = (
        plain.filter(status__in=LIVE)
        .values_list("status")
        .annotate(n=Count("pk"), late=Count("pk", filter=Q(due_on__lt=today)))
    )
    counts, overdue = dict.fromkeys(Column, 0), 0
    for status, n, late in counted:
        counts[COLUMN_OF[status]] += n
        overdue += late
    live = sum(counts.values())
    counts[Column.CLOSED] = in_column(plain, Column.CLOSED, today=today).count()
    picked = {column: _picked(rows, column, today) for column in Column}
    cards = _cards([row for some in picked.values() for row in some], today)
    columns = [
        BoardColumn(
            column.value, str(column.label), [cards[row.pk] for row in picked[column]],
            counts[column],
        )
        for column in Column
    ]  # fmt: skip
    return Board(columns, overdue, live)


def _picked(rows: QuerySet[Nonconformity], column: Column, today: date) -> list[Nonconformity]:
    order = ("-closed_at", "-id") if column == Column.CLOSED else ("due_on", "id")
    return list(in_column(rows, column, today=today).order_by(*order)[:PER_COLUMN])


def cards_of(rows: Sequence[Nonconformity], *, today: date) -> list[Card]:
    """Return a card for each row, in order, in two questions."""
    found = _cards(rows, today)
    return [found[row.pk] for row in rows]


def _cards(rows: Sequence[Nonconformity], today: date) -> dict[int, Card]:
    keys = [row.pk for row in rows]
    rounds = {row.pk: row.round for row in rows}
    tasks: dict[int, tuple[int, int]] = {}
    counted = Action.objects.filter(nonconformity__in=keys).order_by()
    grouped = counted.values_list("nonconformity", "round").annotate(
        n=Count("pk"), open=Count("pk", filter=Q(status=ActionStatus.OPEN))
    )
    for pk, place, n, still in grouped:
        if rounds[pk] == place:
            tasks[pk] = (n - still, n)
    checks = {
        one.nonconformity_id: one
        for one in EffectCheck.objects.filter(nonconformity__in=keys).order_by("round")
    }
    return {row.pk: _card(row, tasks.get(row.pk, (0, 0)), checks.get(row.pk), today)
            for row in rows}  # fmt: skip


def _card(
    row: Nonconformity, tasks: tuple[int, int], check: EffectCheck | None, today: date
) -> Card:
    late = (today - row.due_on).days if row.due_on is not None and row.status in LIVE else 0
    return Card(row, *tasks, check, max(late, 0))
