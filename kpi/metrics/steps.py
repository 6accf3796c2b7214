"""Figures about steps on the way, each on the day it happened (domain rules C1 and C2)."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kpi.enums import Direction, Group, Unit
from kpi.metrics.parcels import AFTER_7_DAYS, POPULATION
from kpi.metrics.shape import PARCELS, STEPS, Metric, Tally, Words, counted

NEXT_DAY = _("1 day after the period")
FLAW = Q(is_hit=True)
SORTING = _("Rule book 001, part 3(2)2; rule book 000, part R 2.2")

T12 = Metric(
    code="T12",
    group=Group.TIME,
    unit=Unit.SHARE,
    direction=Direction.UP,
    proposal=Decimal("0.90"),
    mature_days=7,
    record=STEPS,
    tally=counted("T12", STEPS, hit=Q(is_hit=True), excluded=Q(is_out=True)),
    words=Words(
        name=_("From the station to the door"),
        short=_("To the door in time"),
        formula=_("Parcels with a valid attempt by the station's limit ÷ those whose limit ended"),
        assigned=_("The limit: 3 hours after arriving at the delivery station"),
        edges=_(
            "Arrived from 08:00 until before 16:00: three hours. Earlier or later: until 11:00 of "
            "the next shift. A delivery time booked after the limit, a way back or a recall before "
            "it: excluded. Never tried is a failure."
        ),
        maturity=AFTER_7_DAYS,
        source=_("Standard GB/T 27917; rule book 000, part H 3.5"),
    ),
)

# Rows under way at the end of a day; see `rollups.under_way`.
E05 = Metric(
    code="E05",
    group=Group.INTEGRITY,
    unit=Unit.SHARE,
    direction=Direction.DOWN,
    proposal=Decimal("0.02"),
    mature_days=0,
    is_snapshot=True,
    tally=Tally(
        facts=PARCELS, day="due_day", moment="due_at", population=POPULATION,
        hit=Q(stuck_day__isnull=False),
    ),
    words=Words(
        name=_("Stuck parcels"),
        short=_("Stuck"),
        formula=_("Parcels without a scan for 24 hours ÷ all parcels under way, at 24:00"),
        assigned=_("The end of the day; a period shows its last ended day"),
        edges=_(
            "On the road, that is after a departure, 48 hours. Scans are those of somebody with "
            "the parcel in hand: a notice, a consent or an address are none. Past days are counted "
            "anew when a late scan tells of them."
        ),
        maturity=_("At once"),
        source=_("Rule book 000, part A 3.2"),
    ),
)  # fmt: skip

D03 = Metric(
    code="D03",
    group=Group.DELIVERY,
    unit=Unit.PER_100,
    direction=Direction.DOWN,
    proposal=Decimal(115),
    mature_days=1,
    record=STEPS,
    tally=counted("D03", STEPS, hit_sum="amount", flaw=FLAW),
    words=Words(
        name=_("Attempts per delivered parcel"),
        short=_("Attempts per parcel"),
        formula=_("Valid attempts, the delivery with them ÷ parcels done × 100"),
        assigned=_("The day the parcel was done"),
        edges=_(
            "The list shows the parcels that took three attempts or more. Parcels whose source "
            "tells no attempts are not counted. Watch it: there is no limit to keep."
        ),
        maturity=NEXT_DAY,
        source=_("Express Market Measures: two attempts without charge"),
    ),
)

D04 = Metric(
    code="D04",
    group=Group.DELIVERY,
    unit=Unit.SHARE,
    direction=Direction.DOWN,
    proposal=Decimal("0.01"),
    mature_days=1,
    record=STEPS,
    tally=counted("D04", STEPS, hit_sum="amount", total_sum="number", flaw=FLAW),
    words=Words(
        name=_("Attempts that were none"),
        short=_("Invalid attempts"),
        formula=_("Failed attempts without reason, evidence or a fair hour ÷ failed attempts"),
        assigned=_("The day of the attempt"),
        edges=_(
            "Evidence is a call, a photo or a position; it heals the attempt when it is uploaded "
            "later. A fair hour is 08:00 to 20:00, or what was agreed. Refusals at the door are "
            "failed attempts. A file tells no evidence: imported attempts are not counted."
        ),
        maturity=NEXT_DAY,
        source=_("Rule book 002, part I rule 4"),
    ),
)

D10 = Metric(
    code="D10",
    group=Group.DELIVERY,
    unit=Unit.PER_10K,
    direction=Direction.DOWN,
    proposal=Decimal(5),
    mature_days=7,
    record=STEPS,
    tally=counted("D10", STEPS, hit_sum="amount", total_sum="number", flaw=FLAW),
    words=Words(
        name=_("Mis-sort rate"),
        short=_("Mis-sorts"),
        formula=_("Sorts onto another lane than the planned one ÷ sorts × 10,000"),
        assigned=_("The day of the sort, at the site that sorted"),
        edges=_(
            "Found at the sort itself or at a site the plan does not name: it counts at the sort "
            "before, once for each sort. A mis-sort without any sort scan counts as a sort where "
            "it was found. A plan changed after the sort makes no mis-sort. What follows the start "
            "of a return is not counted."
        ),
        maturity=AFTER_7_DAYS,
        source=SORTING,
    ),
)

D10B = Metric(
    code="D10B",
    group=Group.DELIVERY,
    unit=Unit.PER_10K,
    direction=Direction.DOWN,
    proposal=Decimal(50),
    mature_days=7,
    record=STEPS,
    tally=counted("D10B", STEPS, hit_sum="amount", total_sum="number", flaw=FLAW),
    words=Words(
        name=_("Missed-sort rate"),
        short=_("Missed sorts"),
        formula=_("Arrivals at hubs that left again without a sort ÷ arrivals at hubs × 10,000"),
        assigned=_("The day of the arrival at the hub"),
        edges=_(
            "Still in the hub is not missed. Without a departure scan nothing is said. What "
            "follows the start of a return is not counted."
        ),
        maturity=AFTER_7_DAYS,
        source=SORTING,
    ),
)
