"""Figures about time (domain rules C1)."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kpi.enums import Direction, Group, Unit
from kpi.metrics.parcels import AFTER_7_DAYS, NEVER_LOST, POPULATION
from kpi.metrics.shape import PARCELS, Metric, Tally, Words

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
        is_excusable=True,
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
        is_excusable=True,
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
        day="hours_day",
        moment="hours_at",
        population=POPULATION & Q(same_city=False),
        excluded=Q(out_t03=True),
        hit=Q(done_at__lte=F("hours_at")) & NEVER_LOST,
        is_excusable=True,
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

T04 = Metric(
    code="T04",
    group=Group.TIME,
    unit=Unit.SHARE,
    direction=Direction.UP,
    proposal=Decimal("0.95"),
    mature_days=7,
    tally=Tally(
        facts=PARCELS,
        day="hours_day",
        moment="hours_at",
        population=POPULATION & Q(same_city=True),
        excluded=Q(out_t03=True),
        hit=Q(done_at__lte=F("hours_at")) & NEVER_LOST,
        is_excusable=True,
    ),
    words=Words(
        name=_("Same-city 24-hour on-time rate"),
        short=_("24 hours"),
        formula=_("Same-city parcels done within 24 hours ÷ those whose 24 hours have ended"),
        assigned=_("The date on which 24 hours since acceptance end"),
        edges=_(
            "As the 72-hour rate, for parcels within one city: it does not depend on the product's "
            "promise, and no holiday stops it. Recalled before the 24 hours end, or refused at a "
            "valid attempt within them: excluded."
        ),
        maturity=AFTER_7_DAYS,
        source=_("Standard GB/T 27917"),
    ),
)

T11 = Metric(
    code="T11",
    group=Group.TIME,
    unit=Unit.PER_10K,
    direction=Direction.DOWN,
    proposal=Decimal(2),
    mature_days=7,
    tally=Tally(
        facts=PARCELS,
        day="total_day",
        moment="total_at",
        population=POPULATION,
        excluded=Q(out_t11=True),
        hit=Q(done_at__isnull=True) | Q(done_at__gt=F("total_at")),
        is_excusable=True,
    ),
    words=Words(
        name=_("Total-delay rate"),
        short=_("Total delay"),
        formula=_(
            "Parcels not done 3 days (same city) or 7 days after their promise ÷ parcels that "
            "reached this moment × 10,000"
        ),
        assigned=_("The date on which the 3 or 7 days after the promise end"),
        edges=_(
            "From this moment the customer may claim the parcel as lost. A later date the customer "
            "asked for moves it. Returned for a cause that is not ours after a valid attempt, or "
            "recalled before it: excluded. A locker without consent is not done."
        ),
        maturity=AFTER_7_DAYS,
        source=_("Standard GB/T 27917"),
    ),
)
