"""Figures about objectives and reviews of the management system (domain rules C10)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kpi.metrics.shape import UPKEEP, Words
from kpi.metrics.upkeep import AT_ONCE, share

I08 = share(
    "I08", UPKEEP, proposal="0.90",
    words=Words(
        name=_("Quality objectives reached"),
        short=_("Objectives met"),
        formula=_("Objectives whose value met the target ÷ objectives assessed"),
        assigned=_("The day of assessment: the day the figure of the month was final"),
        edges=_(
            "Targets that somebody set and that have none below them, month by month; a proposal "
            "is no objective yet, that of a closed place none any more. What could not be measured "
            "is not reached. The value and the target of that day are kept: later corrections of "
            "the figure do not change them."
        ),
        maturity=AT_ONCE,
        source=_("Rule book 000, part M 2; rule book 002, part A 4"),
    ),
)  # fmt: skip

I10 = share(
    "I10", UPKEEP,
    words=Words(
        name=_("Management reviews held in time"),
        short=_("Management review"),
        formula=_("Reviews signed within 12 months of the one before ÷ reviews due"),
        assigned=_("12 months after the review before was held; of the first, the day planned"),
        edges=_(
            "Without signed minutes it was not held. One that stays away is missed once, on the "
            "day it was due."
        ),
        maturity=AT_ONCE,
        source=_("Rule book 000, part M 2"),
    ),
)  # fmt: skip

I11 = share(
    "I11", UPKEEP,
    words=Words(
        name=_("Monthly timeliness reviews signed in time"),
        short=_("Timeliness review"),
        formula=_("Months whose review was signed by the 10th of the next ÷ months ended"),
        assigned=_("The 10th of the month after the one reviewed"),
        edges=_(
            "A month counts from the first turn of a plan, once for the company and once for each "
            "site with a plan of its own. Signed later is late, whatever day the plan names."
        ),
        maturity=AT_ONCE,
        source=_("Rule book 004, 6.2.2"),
    ),
)  # fmt: skip
