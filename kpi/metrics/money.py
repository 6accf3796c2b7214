"""Figures about claims (domain rules C7). Money is summed in fen."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kpi.enums import Direction, Group, Unit
from kpi.metrics.integrity import S02
from kpi.metrics.parcels import POPULATION
from kpi.metrics.shape import PARCELS, VOICE, Metric, Tally, Words, counted

AT_ONCE = _("At once")
CLAIMS = _("Rule book 000, part F 3.2; Interim Regulation on Express Delivery, article 28")
REVENUE = Tally(
    facts=PARCELS,
    day="accepted_day",
    moment="accepted_at",
    population=POPULATION,
    total_sum="fee_fen",
)

P01 = Metric(
    code="P01",
    group=Group.VOICE,
    unit=Unit.PER_10K,
    direction=Direction.DOWN,
    proposal=Decimal(5),
    mature_days=0,
    record=VOICE,
    tally=counted("P01", VOICE),
    base=S02.tally,
    words=Words(
        name=_("Claim rate"),
        short=_("Claims"),
        formula=_("Claims opened ÷ parcels accepted in the same period × 10,000"),
        assigned=_("The day the claim was opened, and the acceptance date of the parcels"),
        edges=_("Claims refused or dropped later stay. One parcel may have several kinds."),
        maturity=AT_ONCE,
        source=CLAIMS,
    ),
)

P02 = Metric(
    code="P02",
    group=Group.VOICE,
    unit=Unit.SHARE,
    direction=Direction.UP,
    proposal=Decimal("0.95"),
    mature_days=0,
    record=VOICE,
    tally=counted("P02", VOICE, hit=Q(is_hit=True)),
    words=Words(
        name=_("Claims decided in time"),
        short=_("Decided in time"),
        formula=_("Claims decided by their limit ÷ claims whose limit has ended"),
        assigned=_("The limit: 7 days after opening"),
        edges=_(
            "Waiting for the customer's proof moves the limit, at most 15 days in all and only "
            "after a request on record. Undecided past the limit is a failure."
        ),
        maturity=AT_ONCE,
        source=CLAIMS,
    ),
)

P03 = Metric(
    code="P03",
    group=Group.VOICE,
    unit=Unit.SHARE,
    direction=Direction.UP,
    proposal=Decimal(1),
    mature_days=0,
    record=VOICE,
    tally=counted("P03", VOICE, hit=Q(is_hit=True)),
    words=Words(
        name=_("Claims paid in time"),
        short=_("Paid in time"),
        formula=_("Claims paid by their limit ÷ agreed claims whose limit has ended"),
        assigned=_("The limit: the seventh working day after the agreement"),
        edges=_("Unpaid past the limit is a failure. Dropped with its complaint: not counted."),
        maturity=AT_ONCE,
        source=CLAIMS,
    ),
)

P04 = Metric(
    code="P04",
    group=Group.VOICE,
    unit=Unit.PER_MILLE,
    direction=Direction.DOWN,
    proposal=Decimal(3),
    mature_days=0,
    record=VOICE,
    tally=counted("P04", VOICE, hit_sum="amount"),
    base=REVENUE,
    words=Words(
        name=_("Compensation cost"),
        short=_("Compensation"),
        formula=_("Compensation and fees given back ÷ fees of the parcels accepted × 1,000"),
        assigned=_("The day of the payment, and the acceptance date of the parcels"),
        edges=_(
            "Gross: what insurers and partners paid back stands beside it, with what remains, on "
            "the day it came. Parcels whose fee is unknown bring no revenue."
        ),
        maturity=AT_ONCE,
        source=CLAIMS,
    ),
)
