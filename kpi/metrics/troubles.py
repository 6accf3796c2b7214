"""Figures about exceptions (domain rules C5), and what only exceptions tell (D09, A06)."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kpi.enums import Direction, Group, Unit
from kpi.metrics.handovers import DELIVERED
from kpi.metrics.integrity import S02
from kpi.metrics.parcels import AFTER_7_DAYS, AFTER_30_DAYS
from kpi.metrics.shape import TROUBLES, Metric, Words, counted

RULES_OF_EXCEPTIONS = _("Rule book 004, §4.3")

E01 = Metric(
    code="E01",
    group=Group.INTEGRITY,
    unit=Unit.PER_10K,
    direction=Direction.DOWN,
    proposal=Decimal(300),
    mature_days=7,
    record=TROUBLES,
    tally=counted("E01", TROUBLES),
    base=S02.tally,
    words=Words(
        name=_("Exception rate"),
        short=_("Exceptions"),
        formula=_("Parcels with an exception ÷ parcels accepted in the same period × 10,000"),
        assigned=_("The day the first exception of the parcel was opened"),
        edges=_(
            "A parcel counts once, however much goes wrong with it. Predictions and parcels "
            "announced but never handed in are none. More reports can mean more openness: read it "
            "by class."
        ),
        maturity=AFTER_7_DAYS,
        source=RULES_OF_EXCEPTIONS,
    ),
)

E02 = Metric(
    code="E02",
    group=Group.INTEGRITY,
    unit=Unit.SHARE,
    direction=Direction.UP,
    proposal=Decimal("0.95"),
    mature_days=7,
    record=TROUBLES,
    tally=counted("E02", TROUBLES, hit=Q(is_hit=True)),
    words=Words(
        name=_("Exceptions closed in time"),
        short=_("Closed in time"),
        formula=_("Exceptions closed by their limit ÷ exceptions whose limit has ended"),
        assigned=_("The limit of its class as it stood when the exception was opened"),
        edges=_(
            "Open past the limit is a failure. Opened again within 7 days: it had not been closed, "
            "and the next closing counts. What the end of the trip settles is closed by it."
        ),
        maturity=AFTER_7_DAYS,
        source=RULES_OF_EXCEPTIONS,
    ),
)

E03 = Metric(
    code="E03",
    group=Group.INTEGRITY,
    unit=Unit.SHARE,
    direction=Direction.UP,
    proposal=Decimal("0.95"),
    mature_days=7,
    record=TROUBLES,
    tally=counted("E03", TROUBLES, hit=Q(is_hit=True)),
    words=Words(
        name=_("Customer told in time"),
        short=_("Told in time"),
        formula=_("Customers told within 2 hours ÷ exceptions of which we must tell them"),
        assigned=_("2 hours after opening; from 20:00 to 08:00 the clock stands still"),
        edges=_(
            "Which classes need a notice is set with the class. The hours of the class until the "
            "customer must know are the desk's own limit and do not change this figure. Closed "
            "without telling is a failure, and so is a customer who came to us first."
        ),
        maturity=AFTER_7_DAYS,
        source=_("Rule book 000, part C 3; rule book 001, part 3(4)"),
    ),
)

E04 = Metric(
    code="E04",
    group=Group.INTEGRITY,
    unit=Unit.SHARE,
    direction=Direction.UP,
    proposal=Decimal("0.95"),
    mature_days=7,
    record=TROUBLES,
    tally=counted("E04", TROUBLES, hit=Q(is_hit=True)),
    words=Words(
        name=_("Exceptions reported in time"),
        short=_("Reported in time"),
        formula=_("Exceptions reported within 1 hour of being found ÷ exceptions reported"),
        assigned=_("The day the exception was found"),
        edges=_(
            "A scan finds and reports: its upload is the report. What the watch opened by itself "
            "was reported by nobody and is not counted."
        ),
        maturity=AFTER_7_DAYS,
        source=RULES_OF_EXCEPTIONS,
    ),
)

D09 = Metric(
    code="D09",
    group=Group.DELIVERY,
    unit=Unit.PER_10K,
    direction=Direction.DOWN,
    proposal=Decimal("0.5"),
    mature_days=30,
    record=TROUBLES,
    tally=counted("D09", TROUBLES),
    base=DELIVERED,
    words=Words(
        name=_("Misdelivery rate"),
        short=_("Wrong person"),
        formula=_("Parcels reported as given to the wrong person ÷ deliveries × 10,000"),
        assigned=_("The day it was reported, and the day of the deliveries"),
        edges=_("A parcel counts once. A report that proved wrong is taken out again."),
        maturity=AFTER_30_DAYS,
        source=_("Rule book 000, part R 2"),
    ),
)

A06 = Metric(
    code="A06",
    group=Group.INTEGRITY,
    unit=Unit.PER_MILLION,
    direction=Direction.DOWN,
    proposal=Decimal(0),
    mature_days=7,
    record=TROUBLES,
    tally=counted("A06", TROUBLES),
    base=S02.tally,
    words=Words(
        name=_("Dangerous goods taken in"),
        short=_("Taken in"),
        formula=_("Accepted parcels found to hold dangerous goods ÷ parcels accepted × 1,000,000"),
        assigned=_("The day of the find, and the acceptance date of the parcels"),
        edges=_(
            "Found by screening, on the way, at the door or by an authority, after acceptance. "
            "What is refused at the counter is no leak. With few parcels read the range."
        ),
        maturity=AFTER_7_DAYS,
        source=_("Rule book 001, part 2; Interim Regulation on Express Delivery, article 34"),
    ),
)
