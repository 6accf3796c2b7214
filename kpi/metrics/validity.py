"""Figures of what has to be valid every evening: measuring devices and licences (domain C11)."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kpi.enums import Direction, Group, Unit
from kpi.metrics.shape import SPANS, Metric, Words, counted

EVENING = _("The end of the day; a period shows its last ended day")
AT_ONCE = _("At once")


def evening(code: str, words: Words) -> Metric:
    """Return a share counted at the end of every day: higher is better, all should be valid."""
    return Metric(
        code=code, group=Group.SYSTEM, unit=Unit.SHARE, direction=Direction.UP, mature_days=0,
        proposal=Decimal(1), record=SPANS, is_snapshot=True, words=words,
        tally=counted(code, SPANS, hit=Q(is_hit=True)),
    )  # fmt: skip


F03 = evening(
    "F03",
    Words(
        name=_("Measuring devices in calibration"),
        short=_("Devices valid"),
        formula=_("Scales and tapes whose calibration had not ended ÷ those in use, at 24:00"),
        assigned=EVENING,
        edges=_(
            "The last day of a calibration counts as valid. A calibration written down late "
            "counts for the days it covers. Parcels weighed with one out of date are on a list of "
            "their own. A device counts from its registration on."
        ),
        maturity=AT_ONCE,
        source=_("Rule book 004, 3.2.1; rule book 000, part M"),
    ),
)

F04 = evening(
    "F04",
    Words(
        name=_("Licences valid"),
        short=_("Licences valid"),
        formula=_("Licences and permits whose term had not ended ÷ those required, at 24:00"),
        assigned=EVENING,
        edges=_(
            "A renewal applied for is not valid. Required is what is on the register, from its "
            "registration until it is taken off. A paper written down late counts for the days it "
            "covers. That of a vehicle or person counts at its site of the day it was written down."
        ),
        maturity=AT_ONCE,
        source=_("Rule book 000, part G 4.1"),
    ),
)
