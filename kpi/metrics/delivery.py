"""Figures about delivery (domain rules C2)."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kpi.enums import Direction, Group, Unit
from kpi.metrics.parcels import POPULATION
from kpi.metrics.shape import PARCELS, Metric, Tally, Words

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

D02 = Metric(
    code="D02",
    group=Group.DELIVERY,
    unit=Unit.SHARE,
    direction=Direction.UP,
    proposal=Decimal("0.99"),
    mature_days=0,
    tally=Tally(
        facts=PARCELS,
        day="week_day",
        moment="week_at",
        population=POPULATION,
        hit=Q(done_at__lte=F("week_at")),
    ),
    words=Words(
        name=_("Done a week after the promise"),
        short=_("Done in the end"),
        formula=_("Parcels done 7 days after their promise ÷ all parcels promised"),
        assigned=_("The promised-by date plus 7 days"),
        edges=_(
            "The others are returned, recalled, lost or still open; the list behind the figure "
            "shows the state of each. Nothing is excluded. A loss that was found and delivered "
            "by then is done."
        ),
        maturity=_("At once"),
        source=_("Rule book 001, part 3(1); rule book 002, part A 3"),
    ),
)
