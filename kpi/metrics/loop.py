"""Figures about the improvement loop (domain rules C10: I04 to I06)."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kpi.enums import Direction, Group, Unit
from kpi.metrics.shape import LOOP, Metric, Words, counted

HIT = Q(is_hit=True)
AT_ONCE = _("At once")

I04 = Metric(
    code="I04",
    group=Group.SYSTEM,
    unit=Unit.SHARE,
    direction=Direction.UP,
    proposal=Decimal("0.95"),
    mature_days=0,
    record=LOOP,
    tally=counted("I04", LOOP, hit=HIT),
    words=Words(
        name=_("Measures done in time"),
        short=_("Measures in time"),
        formula=_("Measures done by their first due day ÷ approved measures due"),
        assigned=_("The first due day, however often it was moved"),
        edges=_(
            "Put off keeps the first day. A measure that was cancelled has failed. Of a "
            "nonconformity that was void nothing counts. Before its plan is approved a measure "
            "is not due."
        ),
        maturity=AT_ONCE,
        source=_("Rule book 000, part M 7"),
    ),
)

I05 = Metric(
    code="I05",
    group=Group.SYSTEM,
    unit=Unit.SHARE,
    direction=Direction.UP,
    proposal=Decimal("0.90"),
    mature_days=0,
    record=LOOP,
    tally=counted("I05", LOOP, hit=HIT),
    words=Words(
        name=_("Measures that worked"),
        short=_("Effective"),
        formula=_("Effect checks with the result “effective” ÷ effect checks due"),
        assigned=_("The day first fixed for the check"),
        edges=_(
            "Not checked is not effective; checked later, it restates the figure. Each round has "
            "a check of its own. Whoever did some of it cannot check."
        ),
        maturity=AT_ONCE,
        source=_("Rule book 000, part M 7; standard ISO 9001, 10.2"),
    ),
)

I06 = Metric(
    code="I06",
    group=Group.SYSTEM,
    unit=Unit.SHARE,
    direction=Direction.DOWN,
    proposal=Decimal("0.05"),
    mature_days=0,
    record=LOOP,
    tally=counted("I06", LOOP, hit=HIT),
    words=Words(
        name=_("Problems that came back"),
        short=_("Came back"),
        formula=_(
            "Closed nonconformities with the same cause at the same place again ÷ closed ones"
        ),
        assigned=_("180 days after closing"),
        edges=_(
            "Causes that were merged are one cause, also for the past. What was opened again is "
            "not closed. What was void did not come back."
        ),
        maturity=AT_ONCE,
        source=_("Rule book 000, part E 3"),
    ),
)
