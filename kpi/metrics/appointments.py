"""Figures about agreed times and about what is under way (domain rules C1: T08 to T10)."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kpi.enums import Direction, Group, Unit
from kpi.metrics.parcels import POPULATION
from kpi.metrics.shape import PARCELS, STEPS, Metric, Tally, Words, counted

AFTER_1_DAY = _("1 day after the period")

T08 = Metric(
    code="T08",
    group=Group.TIME,
    unit=Unit.SHARE,
    direction=Direction.UP,
    proposal=Decimal("0.95"),
    mature_days=1,
    record=STEPS,
    tally=counted("T08", STEPS, hit=Q(is_hit=True), excluded=Q(is_out=True)),
    words=Words(
        name=_("Pickup on-time rate"),
        short=_("Pickup on time"),
        formula=_("Pickups made in the agreed window ÷ pickups whose window has ended"),
        assigned=_("The end of the agreed window"),
        edges=_(
            "Without an agreed window: two hours after the order, between 08:00 and 18:00; ordered "
            "later, the next day until 10:00. A window we moved stays to be judged, and the new "
            "one is an appointment of its own; moved by the customer before its end, only the new "
            "one counts. The sender absent or not ready, with a call, photo or position behind it, "
            "or a refusal at the door: kept. Handed over earlier than agreed: kept. Called off by "
            "the customer before the window ended: excluded."
        ),
        maturity=AFTER_1_DAY,
        source=_("Rule book 003, part 2(2); rule book 002, part I rule 5"),
    ),
)

T09 = Metric(
    code="T09",
    group=Group.TIME,
    unit=Unit.SHARE,
    direction=Direction.UP,
    proposal=Decimal("0.95"),
    mature_days=1,
    tally=Tally(
        facts=PARCELS,
        day="slot_day",
        moment="slot_at",
        population=POPULATION & Q(slot_at__isnull=False),
        hit=Q(slot_kept=True),
    ),
    words=Words(
        name=_("Delivery appointment kept"),
        short=_("Appointment kept"),
        formula=_("Booked delivery times with somebody at the door ÷ booked times that have ended"),
        assigned=_("The end of the booked time"),
        edges=_(
            "A valid attempt or the delivery itself inside the time counts, at most 15 minutes "
            "early. Only the customer moves the time, before it has ended; a time we moved is "
            "judged by the one before."
        ),
        maturity=AFTER_1_DAY,
        source=_("Rule book 002, part I rules 4(1) and 8(1); part G 3.2"),
    ),
)

# Rows under way at the end of a day; see `rollups.open`. The tally says which of them fail.
T10 = Metric(
    code="T10",
    group=Group.TIME,
    unit=Unit.SHARE,
    direction=Direction.DOWN,
    proposal=Decimal("0.02"),
    mature_days=0,
    is_snapshot=True,
    tally=Tally(
        facts=PARCELS,
        day="due_day",
        moment="due_at",
        population=POPULATION,
        hit=Q(ended_at__isnull=True) | Q(ended_at__gt=F("due_at")),
    ),
    words=Words(
        name=_("Overdue open parcels"),
        short=_("Overdue open"),
        formula=_(
            "Parcels accepted, not done and past their promise ÷ all parcels under way, at 24:00"
        ),
        assigned=_("The end of the day; a period shows its last ended day"),
        edges=_(
            "Under way is what was accepted and is neither done, nor on its way back, lost or "
            "disposed of; what safety has stopped is excluded and shown beside it. Counted anew "
            "for past days when a late scan tells of an earlier end. By "
            "age: up to 24 hours, 1 to 3 days, 3 to 7 days, longer; none should be over 3 days."
        ),
        maturity=_("At once"),
        source=_("Rule book 000, part A 3.2 and part D 2"),
    ),
)
