"""The promise: computed from product, lane and calendar, fixed when a parcel is accepted."""

from __future__ import annotations

from datetime import datetime, timedelta

from courierqa.core import calendars, clocks
from courierqa.core.calendars import CalendarView
from courierqa.core.enums import ClockKind
from shipments.fold import ParcelState
from shipments.models import Lane, Parcel, Product


def promise(
    product: Product, lane: Lane | None, accepted_at: datetime, calendar: CalendarView
) -> datetime:
    """Return the promised-by moment; of a range such as 3–5 days the upper end counts (B23)."""
    if lane is not None and lane.promise_hours:
        return accepted_at + timedelta(hours=lane.promise_hours)
    target = clocks.Target(ClockKind(product.clock), product.high, product.cutoff)
    return clocks.due_at(accepted_at, target, calendar)


class Promiser:
    """Computes promises for many parcels, reading products, lanes and calendars once."""

    def __init__(self) -> None:
        self.products: dict[int, Product] = {}
        self.lanes: dict[int, Lane] = {}
        self.calendars: dict[str, calendars.CalendarView] = {}

    def fix(self, parcel: Parcel, state: ParcelState, *, was: datetime | None) -> None:
        """Promise at the pickup; the promise stays unless the pickup itself turns out otherwise.

        `was` is when the parcel counted as accepted before. A pickup declared wrong, or an earlier
        one that arrives late, moves what was computed from it; what a file or a customer said
        stays.
        """
        first = parcel.promised_original
        if first is not None and not self._computed_from(parcel, was, state.accepted_at):
            return
        picked = state.accepted_at if state.accepted_by_scan else None
        due = self.due(parcel, picked) if picked else None
        if parcel.promised_by == first:
            parcel.promised_by = due
        parcel.promised_original = due

    def _computed_from(
        self, parcel: Parcel, was: datetime | None, accepted_at: datetime | None
    ) -> bool:
        """Say whether the promise was computed from an acceptance that is another one now."""
        moved = was is not None and was != accepted_at
        return moved and parcel.promised_original == self.due(parcel, was)  # type: ignore[arg-type]

    def due(self, parcel: Parcel, accepted_at: datetime) -> datetime:
        """Return the promise of this parcel if it is accepted at that moment."""
        product = self._product(parcel.product_id)
        calendar = self._calendar(product.calendar_code)
        return promise(product, self._lane(parcel.lane_id), accepted_at, calendar)

    def _product(self, pk: int) -> Product:
        if not self.products:
            self.products = {row.pk: row for row in Product.objects.all()}
        return self.products[pk]

    def _lane(self, pk: int | None) -> Lane | None:
        if pk is None:
            return None
        if pk not in self.lanes:
            self.lanes[pk] = Lane.objects.get(pk=pk)
        return self.lanes[pk]

    def _calendar(self, code: str) -> calendars.CalendarView:
        if code not in self.calendars:
            self.calendars[code] = calendars.load(code)
        return self.calendars[code]
