"""The watch: late, unmoving, unscanned, uncollected parcels are noticed by the system (EXC-07)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import DateTimeField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from shipments import enums
from shipments.enums import ExceptionKind as Kind
from shipments.models import Parcel, ParcelException, ParcelFacts, WatchLimit
from shipments.services import exceptions, foreseeing, refolding, total_delay
from shipments.services.retry import in_transaction

LIMIT = 2000
# A story imported this long after its last event is history: nobody waits for its parcels.
HISTORY = timedelta(days=7)
# Hours where the data say nothing.
DEFAULT_HOURS = {Kind.STUCK: 48, Kind.ANNOUNCED: 24, Kind.UNCOLLECTED: 48}
NOT_MOVING = (
    enums.State.NONE, enums.State.ORDERED, enums.State.PICKUP_DUE, enums.State.AT_POINT,
)  # fmt: skip


def watch_parcels(*, now: datetime, limit: int = LIMIT) -> dict[str, int]:
    """Open what the watch finds, mark what will be late; return how many of each."""
    found = {
        "lost": total_delay.declare_total_delays(now=now, limit=limit),
        "late": _open(late_unnoticed(now), Kind.DELAYED, now, limit),
        "stuck": _open(stuck_unnoticed(now), Kind.STUCK, now, limit),
        "announced": _open(never_scanned(now), Kind.ANNOUNCED, now, limit),
        "uncollected": _open(uncollected(now), Kind.UNCOLLECTED, now, limit),
        "traced": _trace(now, limit),
    }
    return found | foreseeing.mark_parcels(now=now)


def _noticed(kind: str, *, again: bool = False) -> Exists:
    """There was one of this kind; with `again`, one that no scan has settled since."""
    rows = ParcelException.objects.filter(parcel=OuterRef("pk"), kind=kind)
    if again:
        still = ~Q(status=enums.ExceptionStatus.SOLVED) | Q(
            opened_at__gte=OuterRef("last_event_at")
        )
        rows = rows.filter(still)
    return Exists(rows)


def _under_way() -> QuerySet[Parcel]:
    rows = Parcel.objects.filter(state__in=enums.UNDER_WAY, is_test=False)
    return rows.exclude(_is_history())


def _is_history() -> Q:
    """Told by an import long after the fact, and not scanned since (EXC-07)."""
    since = ExpressionWrapper(F("order__created_at") - HISTORY, output_field=DateTimeField())
    return Q(order__channel=enums.OrderChannel.IMPORT, last_event_at__lt=since)


def late_unnoticed(now: datetime) -> QuerySet[Parcel]:
    """Accepted, not done, promise passed, and not noticed yet."""
    rows = _under_way().exclude(accepted_at=None).filter(promised_by__lt=now, done_at=None)
    return rows.exclude(_noticed(Kind.DELAYED))


def stuck_unnoticed(now: datetime) -> QuerySet[Parcel]:
    """No scan for longer than its place allows, while it should be moving."""
    rows = _under_way().exclude(accepted_at=None).filter(done_at=None)
    rows = rows.filter(_older(Kind.STUCK, "last_event_at", now)).exclude(state__in=NOT_MOVING)
    return rows.exclude(_noticed(Kind.STUCK, again=True))


def never_scanned(now: datetime) -> QuerySet[Parcel]:
    """Ordered or announced, past its pickup window, and still without a pickup."""
    waiting = (enums.State.NONE, enums.State.ORDERED, enums.State.PICKUP_DUE)
    until = now - timedelta(hours=_hours(Kind.ANNOUNCED)[""])
    window = Q(order__window_end__lt=until) | Q(order__window_end=None, order__ordered_at__lt=until)
    rows = _under_way().filter(window, state__in=waiting, accepted_at=None)
    return rows.exclude(_noticed(Kind.ANNOUNCED))


def uncollected(now: datetime) -> QuerySet[Parcel]:
    """Waiting at a locker or service point for longer than it should."""
    rows = _under_way().filter(
        _older(Kind.UNCOLLECTED, "last_event_at", now), state=enums.State.AT_POINT
    )
    return rows.exclude(_noticed(Kind.UNCOLLECTED, again=True))


def _hours(kind: str) -> dict[str, int]:
    rows = WatchLimit.objects.filter(kind=kind).values_list("place", "hours")
    return {"": DEFAULT_HOURS[Kind(kind)], **dict(rows)}


def _older(kind: str, column: str, now: datetime) -> Q:
    """The condition that `column` lies further back than the place's limit."""
    hours = _hours(kind)
    default = now - timedelta(hours=hours.pop(""))
    elsewhere = Q(last_site=None) | ~Q(last_site__kind__in=list(hours))
    found = Q(**{f"{column}__lt": default}) & elsewhere
    for place, number in hours.items():
        limit = now - timedelta(hours=number)
        found |= Q(**{f"{column}__lt": limit, "last_site__kind": place})
    return found


def _open(rows: QuerySet[Parcel], kind: Kind, now: datetime, limit: int) -> int:
    names = ("pk", "last_site_id", "origin_id", "destination_id")
    chosen = list(rows.order_by("pk").values_list(*names)[:limit])
    if not chosen:
        return 0
    of = exceptions.class_of(kind, exceptions.classes())
    fresh = [
        exceptions.fresh(
            pk, of, at=now, reported_at=now,
            site_id=last or (origin if kind == Kind.ANNOUNCED else destination),
        )
        for pk, last, origin, destination in chosen
    ]  # fmt: skip
    return len(in_transaction(lambda: exceptions.open_many(fresh)))


def _trace(now: datetime, limit: int) -> int:
    """Name the causing link of parcels that became late since their last scan."""
    late = ParcelFacts.objects.filter(due_at__lt=now, cause_leg="", out_t01=False)
    late = late.filter(Q(done_at=None) | Q(done_at__gt=F("due_at")))
    return refolding.refold(late.order_by("pk").values_list("pk", flat=True)[:limit], now=now)
