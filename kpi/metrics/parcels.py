"""Figures about parcels: time, delivery, integrity (domain rules C1 to C3)."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kpi.enums import Direction, Group, Unit
from kpi.metrics.shape import PARCELS, Metric, Tally, Words

# Accepted into the network, and not a test item (B25).
POPULATION = Q(accepted_at__isnull=False, is_test=False)
# A parcel once declared lost is late for ever, whatever turns up later (B14).
NEVER_LOST = Q(lost_at__isnull=True)
INTACT = Q(lost=False, damaged=False, short=False)
AFTER_30_DAYS = _("30 days after the period, when searches and claims are decided")
AFTER_7_DAYS = _("7 days after the period, when late uploads have arrived")

T01 = Metric(
    code="T01",
    group=Group.TIME,
    unit=Unit.SHARE,
    direction=Direction.UP,
    proposal=Decimal("0.95"),
    mature_days=7,
    by_courier=True,
    tally=Tally(
        facts=PARCELS,
        day="due_day",
        moment="due_at",
        population=POPULATION,
        excluded=Q(out_t01=True),
        hit=Q(done_at__lte=F("due_at")) & NEVER_LOST,
    ),
    words=Words(
        name=_("On-time delivery rate"),
        short=_("On time"),
        formula=_("Parcels done by the promised time ÷ all parcels promised for the period"),
        assigned=_("The promised-by date, whether or not the parcel was delivered"),
        edges=_(
            "A parcel still open past its promise is late, and so is one declared lost, even when "
            "it is found. A locker or "
            "pickup point without consent is not a delivery. Damaged but delivered in time is on "
            "time. Recalled before the promise, or refused at a valid attempt in time: excluded "
            "and shown beside the share. A new date set by the company does not move the promise."
        ),
        maturity=AFTER_7_DAYS,
        source=_(
            "Rule book 002, part A 4; rule book 000, part C 5.1; rule book 001, part 2; "
            "Express Market Measures, article 26(9)"
        ),
    ),
)

T02 = Metric(
    code="T02",
    group=Group.TIME,
    unit=Unit.SHARE,
    direction=Direction.UP,
    proposal=Decimal("0.97"),
    mature_days=7,
    by_courier=True,
    tally=Tally(
        facts=PARCELS,
        day="due_day",
        moment="due_at",
        population=POPULATION,
        excluded=Q(out_t02=True),
        hit=Q(attempt_at__lte=F("due_at")),
    ),
    words=Words(
        name=_("First-attempt on-time rate"),
        short=_("First attempt on time"),
        formula=_("Parcels with a first valid attempt by the promise ÷ parcels promised"),
        assigned=_("The promised-by date"),
        edges=_(
            "A valid attempt is a delivery, a placement with consent, or a failed attempt with a "
            "reason and evidence between 08:00 and 20:00. A refusal at the door is an attempt. "
            "Returned parcels stay in; parcels recalled before the promise leave."
        ),
        maturity=AFTER_7_DAYS,
        source=_("Standard CEN/TS 15472; rule book 003, part 2(3)"),
    ),
)

T03 = Metric(
    code="T03",
    group=Group.TIME,
    unit=Unit.SHARE,
    direction=Direction.UP,
    proposal=Decimal("0.8375"),
    mature_days=7,
    tally=Tally(
        facts=PARCELS,
        day="h72_day",
        moment="h72_at",
        population=POPULATION & Q(same_city=False),
        excluded=Q(out_t03=True),
        hit=Q(done_at__lte=F("h72_at")) & NEVER_LOST,
    ),
    words=Words(
        name=_("72-hour on-time rate"),
        short=_("72 hours"),
        formula=_("Intercity parcels done within 72 hours ÷ those whose 72 hours have ended"),
        assigned=_("The date on which 72 hours since acceptance end"),
        edges=_(
            "The industry's measure, by our own method: it does not depend on the product's "
            "promise, no holiday stops it, slow products are inside. Same-city parcels are not."
        ),
        maturity=AFTER_7_DAYS,
        source=_("State Post Bureau, third quarter of 2023 (83.75 %); standard GB/T 27917"),
    ),
)

D01 = Metric(
    code="D01",
    group=Group.DELIVERY,
    unit=Unit.SHARE,
    direction=Direction.UP,
    proposal=Decimal("0.90"),
    mature_days=1,
    by_courier=True,
    tally=Tally(
        facts=PARCELS,
        day="attempt_day",
        moment="attempt_at",
        population=POPULATION & Q(attempt_at__isnull=False),
        excluded=Q(attempts_told=False),
        hit=Q(attempt_done=True),
    ),
    words=Words(
        name=_("First-attempt delivery rate"),
        short=_("First attempt done"),
        formula=_("Parcels done at their first valid attempt ÷ parcels first attempted"),
        assigned=_("The date of the first valid attempt"),
        edges=_(
            "A placement with consent counts as done. A refusal is a failure. Parcels never "
            "attempted are not in this figure; they fail the two on-time figures instead. Imported "
            "parcels whose source tells no attempts are excluded: each would look like a success."
        ),
        maturity=_("1 day after the period"),
        source=_("Rule book 004, part 4; standard CEN/TS 15472"),
    ),
)

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
