"""Figures about delivery (domain rules C2)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

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
            "The others are returned, recalled, lost or still open: each has a share of its own, "
            "and the list behind the figure shows the state of each. Nothing is excluded. A loss "
            "that was found and delivered by then is done."
        ),
        maturity=_("At once"),
        source=_("Rule book 001, part 3(1); rule book 002, part A 3"),
    ),
)


def _share(letter: str, outcome: str, proposal: str, name: Any, short: Any, formula: Any) -> Metric:
    """Return one of the other shares of the outcome; with D02 they add up to all parcels."""
    return Metric(
        code=f"D02{letter}",
        group=Group.DELIVERY,
        unit=Unit.SHARE,
        direction=Direction.DOWN,
        proposal=Decimal(proposal),
        mature_days=0,
        tally=Tally(
            facts=PARCELS,
            day="week_day",
            moment="week_at",
            population=POPULATION,
            hit=Q(outcome=outcome),
        ),
        words=Words(
            name=name,
            short=short,
            formula=formula,
            assigned=D02.words.assigned,
            edges=_(
                "Each parcel has one outcome: done, recalled, returned, lost or still open, the "
                "first of these that holds; the five shares add up to 100 %. Causes that are not "
                "ours stay in."
            ),
            maturity=D02.words.maturity,
            source=D02.words.source,
        ),
    )


D02A = _share(
    "A", "returned", "0.01", _("Returned a week after the promise"),
    pgettext_lazy("outcome", "Returned"), _("Parcels on their way back ÷ all parcels promised"),
)  # fmt: skip
D02B = _share(
    "B", "recalled", "0.01", _("Recalled a week after the promise"),
    pgettext_lazy("outcome", "Recalled"),
    _("Parcels called back by their sender ÷ all parcels promised"),
)  # fmt: skip
D02C = _share(
    "C", "lost", "0.0001", _("Lost a week after the promise"),
    pgettext_lazy("outcome", "Lost"),
    _("Parcels declared lost and not found again ÷ all parcels promised"),
)  # fmt: skip
D02D = _share(
    "D", "open", "0.002", _("Open a week after the promise"),
    pgettext_lazy("outcome", "Still open"),
    _("Parcels neither done nor otherwise ended ÷ all parcels promised"),
)  # fmt: skip
