"""The exception board, its list, and what stands behind one exception."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from courierqa.core.access import Access
from courierqa.core.calendars import business_day, day_start
from courierqa.core.enums import Scope
from courierqa.core.models import StatusChange
from shipments import enums
from shipments.enums import ExceptionStatus as Status
from shipments.models import ExceptionClass, Parcel, ParcelException

PER_COLUMN = 20
VIEWS = ("mine", "site", "all")
# A card shows no names of customers: their sealed columns stay in the table.
CARD_FIELDS = (
    "number", "kind", "status", "opened_at", "due_at", "told_at", "closed_at", "plan", "note",
    "steps_done", "owner__name", "owner__number", "site__code", "site__name", "site__name_en",
    "parcel__waybill", "parcel__state", "parcel__promised_by", "parcel__done_at",
    "parcel__last_event_at", "parcel__holder__name", "parcel__holder__number",
    "parcel__last_site__name", "parcel__last_site__name_en", "parcel__last_site__code",
)  # fmt: skip


def exceptions_for(access: Access) -> QuerySet[ParcelException]:
    """Return the exceptions of the actor's scope, the most urgent first.

    A courier sees those of parcels in hand and those somebody holds against the courier.
    """
    seen = access.rows(site=("site_id", "parcel__destination_id"), own="parcel__holder_id")
    if access.scope == Scope.OWN and access.employee_id is not None:
        seen |= Q(responsibility__person_id=access.employee_id)
    rows = ParcelException.objects.filter(seen)
    return rows.select_related("parcel", "site", "owner", "parcel__holder").order_by("due_at", "pk")


def exception_classes() -> dict[str, ExceptionClass]:
    """Return every class by code, in order."""
    return {row.code: row for row in ExceptionClass.objects.all()}


def classes_by_hand() -> QuerySet[ExceptionClass]:
    """Return the classes a person may report."""
    return ExceptionClass.objects.filter(is_active=True, by_hand=True)


@dataclass(frozen=True)
class Card:
    """One exception on the board."""

    row: ParcelException
    kind: ExceptionClass | None
    step: str
    late_by: timedelta | None
    unseen_for: timedelta | None
    is_overdue: bool


@dataclass(frozen=True)
class Column:
    """One column of the board: the most urgent cards, and how many there are."""

    status: str
    label: str
    cards: list[Card]
    total: int
    key: str

    @property
    def more(self) -> int:
        return self.total - len(self.cards)


@dataclass(frozen=True)
class Board:
    """The columns, and open exceptions per class."""

    columns: list[Column]
    kinds: list[tuple[ExceptionClass, int]] = field(default_factory=list)
    untold: int = 0
    overdue: int = 0


def filtered(
    rows: QuerySet[ParcelException], asked: Mapping[str, str], *, access: Access, now: datetime
) -> QuerySet[ParcelException]:
    """Narrow by what the address asks for: view, site, and so on; unknown words change nothing."""
    view, employee = asked.get("view", ""), getattr(access.user, "employee", None)
    if view == "mine":
        rows = rows.filter(owner_id=access.employee_id or 0)
    elif view == "site" and employee is not None:
        rows = rows.filter(site_id=employee.site_id)
    if asked.get("site"):
        rows = rows.filter(site__code=asked["site"][:12])
    if asked.get("show") == "untold":
        rows = rows.filter(told_at=None, closed_at=None)
    if asked.get("show") == "overdue":
        rows = rows.filter(due_at__lt=now, closed_at=None)
    return rows


def board(rows: QuerySet[ParcelException], *, kind: str, now: datetime) -> Board:
    """Return the board in a fixed number of queries, whatever the number of parcels."""
    classes = exception_classes()
    today = day_start(business_day(now))
    plain = rows.order_by()
    counts: Counter[tuple[str, str]] = Counter()
    open_by_kind: Counter[str] = Counter()
    grouped = plain.filter(closed_at=None).values_list("status", "kind").annotate(n=Count("pk"))
    for status, code, n in grouped:
        counts[status, code] += n
        open_by_kind[code] += n
    chosen = rows.filter(kind=kind) if kind in classes else rows
    wanted = kind if kind in classes else ""
    columns = [
        _column(chosen, status, counts, wanted, classes, now=now, today=today, key=str(place))
        for place, status in enumerate(Status, 1)
    ]
    waiting = plain.filter(closed_at=None).aggregate(
        untold=Count("pk", filter=Q(told_at=None)),
        overdue=Count("pk", filter=Q(due_at__lt=now)),
    )
    kinds = [(classes[code], n) for code, n in open_by_kind.items() if code in classes]
    kinds.sort(key=lambda pair: (pair[0].position, pair[0].code))
    return Board(columns, kinds, waiting["untold"], waiting["overdue"])


def _column(
    rows: QuerySet[ParcelException], status: Status, counts: Counter, kind: str,
    classes: Mapping[str, ExceptionClass], *, now: datetime, today: datetime, key: str,
) -> Column:  # fmt: skip
    chosen = rows.filter(status=status)
    if status == Status.SOLVED:
        chosen = chosen.filter(closed_at__gte=today).order_by("-closed_at", "-pk")
        total = chosen.order_by().count()
    else:
        total = sum(
            n for (where, code), n in counts.items() if where == status and kind in ("", code)
        )
    chosen = chosen.select_related("parcel__last_site").only(*CARD_FIELDS)
    cards = [card(row, classes, now=now) for row in chosen[:PER_COLUMN]]
    label = status.label if status != Status.SOLVED else enums.SOLVED_TODAY
    return Column(status.value, str(label), cards, total, key)


def card(row: ParcelException, classes: Mapping[str, ExceptionClass], *, now: datetime) -> Card:
    """Return what a card says about an exception."""
    kind, parcel = classes.get(row.kind), row.parcel
    late = parcel.promised_by is not None and (parcel.done_at or now) > parcel.promised_by
    seen = parcel.last_event_at
    is_open = row.status != Status.SOLVED
    return Card(
        row, kind, next_step(row, kind),
        late_by=(parcel.done_at or now) - parcel.promised_by
        if late and parcel.promised_by else None,
        unseen_for=now - seen if seen and is_open and parcel.state not in enums.ENDED else None,
        is_overdue=is_open and row.due_at < now,
    )  # fmt: skip


def next_step(row: ParcelException, kind: ExceptionClass | None) -> str:
    """Return what is to be done next: the plan, else the first step not yet done."""
    if row.plan:
        return str(row.get_plan_display())
    steps = kind.steps if kind else []
    left = [text for place, text in enumerate(steps) if str(place) not in row.steps_done]
    return left[0] if left else ""


# -- history ------------------------------------------------------------------------------------
@dataclass(frozen=True)
class TroubleLine:
    """One step of an exception as a line of its parcel's timeline (EXC-05)."""

    at: datetime
    number: str
    kind: str
    verb: str
    words: str
    actor: str


def trouble_lines(parcel: Parcel) -> list[TroubleLine]:
    """Return what happened to the parcel's exceptions, newest first, in four queries at most."""
    rows = {row.pk: row for row in ParcelException.objects.filter(parcel=parcel)}
    if not rows:
        return []
    classes = exception_classes()
    changes = StatusChange.objects.filter(
        object_type=ParcelException._meta.label_lower, object_id__in=rows
    ).select_related("actor")
    return [
        TroubleLine(
            change.at, rows[change.object_id].number,
            str(classes.get(rows[change.object_id].kind, rows[change.object_id].kind)),
            change.verb, history_words(change), str(change.actor or ""),
        )
        for change in changes.order_by("-at", "-pk")
    ]  # fmt: skip


def history_words(change: StatusChange) -> str:
    """Return what a line of history says beside its verb, in the reader's language."""
    detail: dict[str, Any] = change.detail
    settled = enums.SETTLED_WORDS.get(change.reason)
    words = [str(settled) if settled else change.reason]
    if detail.get("plan") in enums.Plan.values:
        words.insert(0, str(enums.Plan(detail["plan"]).label))
    if detail.get("text"):
        words.insert(0, str(detail["text"]))
    return " · ".join(word for word in words if word)
