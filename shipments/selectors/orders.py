"""Orders a reader may see, filtered by what the address says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from courierqa.core import calendars
from courierqa.core.access import Access
from courierqa.core.text import clean_code
from shipments import enums
from shipments.models import FeeChange, Order, Parcel

NOT_PICKED_UP = (enums.State.NONE, enums.State.ORDERED, enums.State.PICKUP_DUE)
VIEWS = ("late", "changed", "unpaid", "untaken")


@dataclass(frozen=True)
class OrderFilter:
    """What the list is narrowed to; anything that is not ours counts as not asked."""

    text: str = ""
    channel: str = ""
    product: str = ""
    site: str = ""
    state: str = ""
    view: str = ""
    start: date | None = None
    end: date | None = None

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> OrderFilter:
        """Read the filter from an address."""
        return cls(
            text=clean_code(asked.get("q", "")[:60]),
            channel=_known(asked.get("channel", ""), enums.OrderChannel.values),
            product=asked.get("product", "")[:30], site=asked.get("site", "")[:12],
            state=_known(asked.get("state", ""), enums.State.values),
            view=_known(asked.get("view", ""), VIEWS), start=_day(asked.get("from", "")),
            end=_day(asked.get("to", "")),
        )  # fmt: skip

    @property
    def is_empty(self) -> bool:
        """Say whether nothing narrows the list."""
        return self == OrderFilter()


def _known(value: str, known: tuple[str, ...] | list[str]) -> str:
    return value if value in known else ""


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2100 else None


def orders_for(access: Access) -> QuerySet[Order]:
    """Return the orders of the actor's scope, newest first."""
    seen = access.rows(site="pickup_site_id", own="courier_id")
    rows = Order.objects.filter(seen).select_related("product", "pickup_site", "courier")
    return rows.prefetch_related("parcels").order_by("-pk")


def orders_page(access: Access, asked: OrderFilter, *, now: datetime) -> QuerySet[Order]:
    """Return the orders that the filter leaves."""
    rows = orders_for(access).filter(_fields(asked))
    if asked.state:
        rows = rows.filter(_has(state=asked.state))
    if asked.text:
        rows = rows.filter(_named(asked.text))
    if asked.view == "late":
        rows = rows.filter(_has(state__in=NOT_PICKED_UP), window_end__lt=now)
    if asked.view == "changed":
        manual = FeeChange.objects.filter(order=OuterRef("pk"), is_manual=True)
        rows = rows.filter(Exists(manual))
    if asked.view == "unpaid":
        rows = rows.filter(payment_state=enums.PaymentState.DUE)
    if asked.view == "untaken":
        rows = rows.filter(_has(state__in=NOT_PICKED_UP), taken_at=None)
    return rows


def _fields(asked: OrderFilter) -> Q:
    wanted = Q()
    if asked.channel:
        wanted &= Q(channel=asked.channel)
    if asked.product:
        wanted &= Q(product__code=asked.product)
    if asked.site:
        wanted &= Q(pickup_site__code=asked.site)
    if asked.start:
        wanted &= Q(ordered_at__gte=calendars.day_start(asked.start))
    if asked.end:
        wanted &= Q(ordered_at__lt=calendars.day_start(date.fromordinal(asked.end.toordinal() + 1)))
    return wanted


def _has(**fields: object) -> Exists:
    return Exists(Parcel.objects.filter(order=OuterRef("pk"), **fields))


def _named(text: str) -> Q:
    """An order number or a waybill, whole or from its start."""
    starts = Parcel.objects.filter(order=OuterRef("pk"), waybill__startswith=text)
    return Q(number__startswith=text) | Q(Exists(starts))


def waiting_pickups(employee_id: int) -> QuerySet[Order]:
    """Return a courier's assigned orders that are not fetched yet, the most urgent first."""
    rows = Order.objects.filter(_has(state__in=NOT_PICKED_UP), courier_id=employee_id)
    rows = rows.select_related("product", "pickup_site").prefetch_related("parcels")
    return rows.order_by("window_end", "pk")
