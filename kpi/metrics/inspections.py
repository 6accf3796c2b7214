"""Figures about inspections (domain rules C10)."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kpi.enums import Direction, Group, Unit
from kpi.metrics.shape import INSPECTIONS, Metric, Words, counted

HIT = Q(is_hit=True)
POINTS = _("Points that conform ÷ points checked")
VISITED = _("The day of the inspection")
OUT = _(
    "Not applicable and not checked are out. Corrections with trace count. Random and targeted "
    "inspections are two figures and never meet in one rate."
)

I01 = Metric(
    code="I01",
    group=Group.SYSTEM,
    unit=Unit.SHARE,
    direction=Direction.UP,
    proposal=Decimal(1),
    mature_days=0,
    record=INSPECTIONS,
    tally=counted("I01", INSPECTIONS, hit=HIT),
    words=Words(
        name=_("Inspection plan done"),
        short=_("Inspections done"),
        formula=_("Inspections done by their planned day ÷ inspections planned"),
        assigned=_("The planned day, not the moved one"),
        edges=_(
            "Half-filled is not done. Unplanned inspections repair no missed ones. A phone that "
            "sends late counts by when it was done."
        ),
        maturity=_("At once"),
        source=_("Rule book 002, part I, control point 5"),
    ),
)

I02 = Metric(
    code="I02",
    group=Group.SYSTEM,
    unit=Unit.SHARE,
    direction=Direction.UP,
    proposal=Decimal("0.95"),
    mature_days=0,
    record=INSPECTIONS,
    tally=counted("I02", INSPECTIONS, hit=HIT),
    words=Words(
        name=_("Conformity in random inspections"),
        short=_("Conformity"),
        formula=POINTS,
        assigned=VISITED,
        edges=OUT,
        maturity=_("At once"),
        source=_("Rule book 000, part J 4.1"),
    ),
)

I02T = Metric(
    code="I02T",
    group=Group.SYSTEM,
    unit=Unit.SHARE,
    direction=Direction.UP,
    proposal=Decimal("0.95"),
    mature_days=0,
    record=INSPECTIONS,
    tally=counted("I02T", INSPECTIONS, hit=HIT),
    words=Words(
        name=_("Conformity in targeted inspections"),
        short=_("Conformity, targeted"),
        formula=POINTS,
        assigned=VISITED,
        edges=OUT,
        maturity=_("At once"),
        source=_("Rule book 000, part J 4.1"),
    ),
)
