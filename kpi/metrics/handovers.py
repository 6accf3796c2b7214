"""Figures about handovers: consent, notice, evidence, false signatures, waiting (domain C2)."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kpi.enums import Direction, Group, Unit
from kpi.metrics.parcels import AFTER_30_DAYS
from kpi.metrics.shape import HANDOVERS, Metric, Tally, Words

NEXT_DAY = _("1 day after the period")
MEASURES = _("Express Market Measures, articles 28 and 54; rule book 003, part 2(3)")
IMPORTS = Q(is_import=True)
# Given into somebody's hands: what the rates per deliveries divide by.
DELIVERED = Tally(facts=HANDOVERS, day="made_day", moment="made_at", population=Q(is_placing=False))

D05 = Metric(
    code="D05",
    group=Group.DELIVERY,
    unit=Unit.SHARE,
    direction=Direction.UP,
    proposal=Decimal(1),
    mature_days=1,
    by_courier=True,
    record=HANDOVERS,
    tally=Tally(
        facts=HANDOVERS,
        day="made_day",
        moment="made_at",
        population=Q(needs_consent=True),
        hit=Q(agreed=True),
        is_excusable=True,
    ),
    words=Words(
        name=_("Consent before placing"),
        short=_("With consent"),
        formula=_("Placements and handovers to a proxy with consent before ÷ all of them"),
        assigned=_("The day of the placement or handover"),
        edges=_(
            "Lockers, stations, safe places and proxies. A standing wish counts until it is "
            "withdrawn. Consent afterwards heals the delivery, not this figure. Imported "
            "placements without consent are failures."
        ),
        maturity=NEXT_DAY,
        source=MEASURES,
    ),
)

D06 = Metric(
    code="D06",
    group=Group.DELIVERY,
    unit=Unit.SHARE,
    direction=Direction.UP,
    proposal=Decimal("0.99"),
    mature_days=1,
    by_courier=True,
    record=HANDOVERS,
    tally=Tally(
        facts=HANDOVERS,
        day="tell_day",
        moment="tell_by",
        population=Q(is_placing=True),
        excluded=IMPORTS,
        hit=Q(told_at__lte=F("tell_by")),
    ),
    words=Words(
        name=_("Told after placing"),
        short=_("Told in 30 minutes"),
        formula=_("Recipients told within 30 minutes ÷ parcels put down"),
        assigned=_("30 minutes after the placement"),
        edges=_(
            "Never told is a failure. A file tells no notices: imported placements are excluded."
        ),
        maturity=NEXT_DAY,
        source=_("Rule book 003, part 2(3)"),
    ),
)

D07 = Metric(
    code="D07",
    group=Group.DELIVERY,
    unit=Unit.SHARE,
    direction=Direction.UP,
    proposal=Decimal("0.995"),
    mature_days=1,
    by_courier=True,
    record=HANDOVERS,
    tally=Tally(
        facts=HANDOVERS,
        day="proof_day",
        moment="proof_by",
        population=Q(is_placing=False),
        excluded=IMPORTS,
        hit=Q(proof_at__lte=F("proof_by")),
    ),
    words=Words(
        name=_("Valid proof of delivery"),
        short=_("With proof"),
        formula=_("Deliveries with fitting evidence within 24 hours ÷ deliveries"),
        assigned=_("24 hours after the delivery"),
        edges=_(
            "Each way of delivery says which evidence fits; a proxy is named with the relation. "
            "The upload counts, not the picture's own time. A file tells no evidence: imported "
            "deliveries are excluded."
        ),
        maturity=NEXT_DAY,
        source=_("Rule book 004, part 4.1.6; Express Market Measures, article 28"),
    ),
)

D08 = Metric(
    code="D08",
    group=Group.DELIVERY,
    unit=Unit.PER_100K,
    direction=Direction.DOWN,
    proposal=Decimal(0),
    mature_days=30,
    record=HANDOVERS,
    tally=Tally(
        facts=HANDOVERS,
        day="denied_day",
        moment="denied_at",
        population=Q(is_placing=False, denied_at__isnull=False),
    ),
    base=DELIVERED,
    words=Words(
        name=_("False signature rate"),
        short=_("False signatures"),
        formula=_("Deliveries proven not to have been received ÷ deliveries × 100,000"),
        assigned=_("The day of the proof, and the day of the deliveries"),
        edges=_(
            "Only what was confirmed counts; a complaint is a hint. The delivery it disproves "
            "leaves the figures on time. With few deliveries read the range."
        ),
        maturity=AFTER_30_DAYS,
        source=MEASURES,
    ),
)

D11 = Metric(
    code="D11",
    group=Group.DELIVERY,
    unit=Unit.SHARE,
    direction=Direction.DOWN,
    proposal=Decimal("0.05"),
    mature_days=1,
    record=HANDOVERS,
    tally=Tally(
        facts=HANDOVERS,
        day="fetch_day",
        moment="fetch_by",
        population=Q(fetch_by__isnull=False),
        excluded=Q(left_at__lte=F("fetch_by")) | IMPORTS,
        hit=Q(fetched_at__isnull=True) | Q(fetched_at__gt=F("fetch_by")),
    ),
    words=Words(
        name=_("Waiting longer than 48 hours"),
        short=_("Not fetched"),
        formula=_("Parcels not fetched within 48 hours ÷ parcels put into lockers and stations"),
        assigned=_("48 hours after the placement"),
        edges=_("Taken out again before is excluded, and so are imported placements."),
        maturity=NEXT_DAY,
        source=_("Rule book 000, part G 2"),
    ),
)
