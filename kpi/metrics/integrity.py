"""Figures about whole parcels (domain rules C3)."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kpi.enums import Direction, Group, Unit
from kpi.metrics.parcels import AFTER_7_DAYS, AFTER_30_DAYS, INTACT, POPULATION
from kpi.metrics.shape import PARCELS, SCANS, Metric, Tally, Words

S01 = Metric(
    code="S01",
    group=Group.INTEGRITY,
    unit=Unit.SHARE,
    direction=Direction.UP,
    proposal=Decimal("0.9995"),
    mature_days=30,
    tally=Tally(facts=PARCELS, day="due_day", moment="due_at", population=POPULATION, hit=INTACT),
    words=Words(
        name=_("Intact parcel rate"),
        short=_("Intact"),
        formula=_("1 − parcels with confirmed loss, damage or shortage ÷ parcels promised"),
        assigned=_("The promised-by date, so that lost parcels are in the denominator"),
        edges=_("Damage reported after signature counts once it is confirmed."),
        maturity=AFTER_30_DAYS,
        source=_("Rule book 002, part A 4"),
    ),
)

S02 = Metric(
    code="S02",
    group=Group.INTEGRITY,
    unit=Unit.PER_MILLION,
    direction=Direction.DOWN,
    proposal=Decimal(50),
    mature_days=30,
    tally=Tally(
        facts=PARCELS,
        day="accepted_day",
        moment="accepted_at",
        population=POPULATION,
        hit=Q(lost=True),
    ),
    words=Words(
        name=_("Loss rate"),
        short=_("Lost"),
        formula=_("Parcels lost, less those found again ÷ parcels accepted × 1,000,000"),
        assigned=_("The acceptance date"),
        edges=_(
            "Pieces count one by one. A parcel found again leaves this figure and stays late. "
            "With few parcels read the range, not the rate."
        ),
        maturity=AFTER_30_DAYS,
        source=_("Rule book 001, part 2"),
    ),
)

S03 = Metric(
    code="S03",
    group=Group.INTEGRITY,
    unit=Unit.PER_MILLION,
    direction=Direction.DOWN,
    proposal=Decimal(100),
    mature_days=30,
    tally=Tally(
        facts=PARCELS,
        day="accepted_day",
        moment="accepted_at",
        population=POPULATION,
        hit=Q(damaged=True),
    ),
    words=Words(
        name=_("Damage rate"),
        short=_("Damaged"),
        formula=_("Parcels with confirmed damage ÷ parcels accepted × 1,000,000"),
        assigned=_("The acceptance date"),
        edges=_("Repeated reports on one parcel count once. Shortage is its own figure."),
        maturity=AFTER_30_DAYS,
        source=_("Rule book 001, part 2; Interim Regulation on Express Delivery, article 28"),
    ),
)

S04 = Metric(
    code="S04",
    group=Group.INTEGRITY,
    unit=Unit.PER_MILLION,
    direction=Direction.DOWN,
    proposal=Decimal(20),
    mature_days=30,
    tally=Tally(
        facts=PARCELS,
        day="accepted_day",
        moment="accepted_at",
        population=POPULATION,
        hit=Q(short=True),
    ),
    words=Words(
        name=_("Shortage rate"),
        short=_("Contents missing"),
        formula=_("Parcels with confirmed missing contents ÷ parcels accepted × 1,000,000"),
        assigned=_("The acceptance date"),
        edges=_("Repeated reports on one parcel count once. A parcel may be short and damaged."),
        maturity=AFTER_30_DAYS,
        source=_("Rule book 001, part 2; Interim Regulation on Express Delivery, article 28"),
    ),
)

S05 = Metric(
    code="S05",
    group=Group.INTEGRITY,
    unit=Unit.SHARE,
    direction=Direction.UP,
    proposal=Decimal("0.995"),
    mature_days=7,
    tally=Tally(
        facts=PARCELS,
        day="due_day",
        moment="due_at",
        population=POPULATION,
        hit_sum="scans_present",
        total_sum="scans_expected",
        flaw=Q(scans_present__lt=F("scans_expected")),
    ),
    words=Words(
        name=_("Trace completeness"),
        short=_("Trace complete"),
        formula=_(
            "Mandatory scans present ÷ mandatory scans expected up to the furthest stage reached"
        ),
        assigned=_("The promised-by date, whatever the state of the parcel"),
        edges=_(
            "Mandatory are pickup, departure, arrival, arrival at the station, out for delivery "
            "and the delivery or placement; within one site pickup, out for delivery and delivery. "
            "The same scan twice counts once. More than five places within one second were filled "
            "in by a batch and do not count. Scans of the way back do not count."
        ),
        maturity=AFTER_7_DAYS,
        source=_("Rule book 000, part E 2.4; Express Market Measures, articles 26(10) and 53"),
    ),
)

S06 = Metric(
    code="S06",
    group=Group.INTEGRITY,
    unit=Unit.SHARE,
    direction=Direction.UP,
    proposal=Decimal("0.98"),
    mature_days=1,
    by_courier=True,
    record=SCANS,
    tally=Tally(
        facts=SCANS, day="day", moment="moment", population=Q(), hit_sum="in_time",
        total_sum="scans", flaw=Q(in_time__lt=F("scans")),
    ),
    words=Words(
        name=_("Scans uploaded in time"),
        short=_("Scans in time"),
        formula=_("Scans stored within 30 minutes of happening ÷ scans that happened"),
        assigned=_("The day of the scan, at the site where it was made"),
        edges=_(
            "Every scan counts, corrections too. A device more than 5 minutes ahead tells no time: "
            "its scans are left out and told beside. A time more than 31 days back, or a day "
            "ahead, is a clock set wrong and not counted. Imported files tell no upload."
        ),
        maturity=_("1 day after the period"),
        source=_("Rule book 001, part 3(4)3; rule book 002, part H 4.2"),
    ),
)  # fmt: skip
