"""Figures about complaints (domain rules C6)."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kpi.enums import Direction, Group, Unit
from kpi.metrics.parcels import S02
from kpi.metrics.shape import CASES, Metric, Tally, Words

COMPLAINTS = Q(is_complaint=True)
# A repeat on the same matter is answered like any complaint, but received once (C08).
FIRST_TIME = COMPLAINTS & Q(is_repeat=False)

C01 = Metric(
    code="C01",
    group=Group.VOICE,
    unit=Unit.PER_10K,
    direction=Direction.DOWN,
    proposal=Decimal(4),
    mature_days=0,
    record=CASES,
    tally=Tally(facts=CASES, day="received_day", moment="received_at", population=FIRST_TIME),
    # The parcels accepted in the same period: the population of the loss rate.
    base=S02.tally,
    words=Words(
        name=_("Complaint rate"),
        short=_("Complaints"),
        formula=_("Complaints received ÷ parcels accepted in the same period × 10,000"),
        assigned=_("The date of the first contact, and the acceptance date of the parcels"),
        edges=_(
            "One person, one parcel or matter, one class. Queries and suggestions are not "
            "complaints; repeats on the same matter are not counted again; withdrawn ones are. "
            "Complaints without a parcel are in the total, not in a site's rate. Never a personal "
            "target: many complaints can mean an open door."
        ),
        maturity=_("At once"),
        source=_("Rule book 002, part A 4; rule book 000, part K 3; standard EN 14012"),
    ),
)

C03 = Metric(
    code="C03",
    group=Group.VOICE,
    unit=Unit.SHARE,
    direction=Direction.UP,
    proposal=Decimal(1),
    mature_days=0,
    record=CASES,
    tally=Tally(
        facts=CASES,
        day="legal_due_day",
        moment="legal_due_at",
        population=COMPLAINTS,
        excluded=Q(out_c03=True),
        hit=Q(answered_at__lte=F("legal_due_at"), told_at__lte=F("legal_due_at")),
    ),
    words=Words(
        name=_("Complaints settled within 7 days"),
        short=_("Settled in 7 days"),
        formula=_("Complaints answered and the customer told by the legal limit ÷ complaints due"),
        assigned=_("The legal limit: the day of receipt plus 7 calendar days"),
        edges=_(
            "The limit never pauses and no holiday extends it. Open past the limit is a failure. "
            "Withdrawn before the limit, or merged into another case: excluded."
        ),
        maturity=_("At once"),
        source=_("Interim Regulation on Express Delivery, article 29 (before 2025: 28)"),
    ),
)
