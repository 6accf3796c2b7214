"""Figures about acceptance safety (domain rules C4). They count at the site that accepted."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kpi.enums import Direction, Group, Unit
from kpi.metrics.integrity import S02
from kpi.metrics.parcels import POPULATION
from kpi.metrics.shape import PARCELS, STEPS, Metric, Tally, Words, counted

AFTER_1_DAY = _("1 day after the period")
ACCEPTING = "origin_id"


def _accepted(population: Q, *, hit: Q, excluded: Q | None = None) -> Tally:
    return Tally(
        facts=PARCELS,
        day="accepted_day",
        moment="accepted_at",
        population=POPULATION & population,
        excluded=excluded,
        hit=hit,
        site=ACCEPTING,
    )


A01 = Metric(
    code="A01",
    group=Group.SAFETY,
    unit=Unit.SHARE,
    direction=Direction.UP,
    proposal=Decimal(1),
    mature_days=1,
    tally=_accepted(Q(needs_inspection=True), excluded=Q(checks_told=False), hit=Q(inspected=True)),
    words=Words(
        name=_("Inspection rate"),
        short=_("Inspected"),
        formula=_("Parcels inspected at acceptance ÷ parcels accepted that need it"),
        assigned=_("The acceptance date"),
        edges=_(
            "Every parcel but letters needs it; a safety agreement does not replace it. It counts "
            "when a named person passed it no later than 10 minutes after the acceptance. Imported "
            "parcels whose source tells no checks are excluded."
        ),
        maturity=AFTER_1_DAY,
        source=_("Interim Regulation on Express Delivery; rule book 003, part 1(2)"),
    ),
)

A02 = Metric(
    code="A02",
    group=Group.SAFETY,
    unit=Unit.SHARE,
    direction=Direction.UP,
    proposal=Decimal(1),
    mature_days=1,
    tally=_accepted(Q(needs_identity=True), excluded=Q(checks_told=False), hit=Q(identified=True)),
    words=Words(
        name=_("Real-name rate"),
        short=_("Real name"),
        formula=_("Parcels whose sender's identity was verified ÷ parcels accepted that need it"),
        assigned=_("The acceptance date"),
        edges=_(
            "Every parcel but letters and those of customers with a safety agreement in force "
            "needs it. Verified later than 10 minutes after the acceptance is not verified. "
            "Imported parcels whose source tells no checks are excluded."
        ),
        maturity=AFTER_1_DAY,
        source=_("Interim Regulation on Express Delivery; rule book 003, part 1(2)"),
    ),
)

A03 = Metric(
    code="A03",
    group=Group.SAFETY,
    unit=Unit.SHARE,
    direction=Direction.UP,
    proposal=Decimal("0.99"),
    mature_days=1,
    record=STEPS,
    tally=counted("A03", STEPS, hit=Q(is_hit=True), excluded=Q(is_out=True)),
    words=Words(
        name=_("Screening rate"),
        short=_("Screened"),
        formula=_("Parcels that passed through the machine ÷ parcels that left their first hub"),
        assigned=_("The day of the first departure from a hub"),
        edges=_(
            "A parcel that passes no hub counts on the day it left its first site. A screening "
            "counts whenever it was made and whatever it found. Imported parcels whose source "
            "tells no checks are excluded."
        ),
        maturity=AFTER_1_DAY,
        source=_("Rule book 003, part 1(2)"),
    ),
)

A04 = Metric(
    code="A04",
    group=Group.SAFETY,
    unit=Unit.SHARE,
    direction=Direction.UP,
    proposal=Decimal(1),
    mature_days=1,
    record=STEPS,
    tally=counted("A04", STEPS, hit=Q(is_hit=True)),
    words=Words(
        name=_("Mandatory screening rate"),
        short=_("Mandatory screening"),
        formula=_("Parcels screened before they left by air or rail ÷ parcels that left so"),
        assigned=_("The day of the first departure by air or rail"),
        edges=_(
            "A departure without a passed screening is a miss, even when it is screened later; so "
            "is one whose last screening before it failed."
        ),
        maturity=AFTER_1_DAY,
        source=_("Rule book 003, part 1(2)"),
    ),
)

A05 = Metric(
    code="A05",
    group=Group.SAFETY,
    unit=Unit.PER_10K,
    direction=Direction.DOWN,
    proposal=Decimal(200),
    mature_days=1,
    tally=Tally(
        facts=PARCELS,
        day="refused_day",
        moment="refused_at",
        population=Q(is_test=False, refused_at__isnull=False),
        site=ACCEPTING,
    ),
    base=Tally(
        facts=PARCELS,
        day=S02.tally.day,
        moment=S02.tally.moment,
        population=POPULATION,
        site=ACCEPTING,
    ),
    words=Words(
        name=_("Refusals at acceptance"),
        short=_("Refused"),
        formula=_("Ordered parcels not accepted ÷ parcels accepted in the same period × 10,000"),
        assigned=_("The date of the refusal, and the acceptance date of the parcels"),
        edges=_(
            "A falling number may be a bad sign: the proposed value is a mark to look at, not an "
            "aim. What is refused at the counter before an order is written is in the list of "
            "refusals, not here."
        ),
        maturity=AFTER_1_DAY,
        source=_("Rule book 003, part 1(2)"),
    ),
)
