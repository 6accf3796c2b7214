"""Figures about people: training and grades (domain rules C9)."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kpi.enums import Direction, Group, Unit
from kpi.metrics.shape import PEOPLE, POSTS, Metric, Words, counted

HIT, OUT = Q(is_hit=True), Q(is_out=True)
MONTH_END = _("At the end of the month, once grades are confirmed")
GRADES = _("Rule book 002, part I; rule book 000, part P 2")
LAST_DAY = _("The last day of the month graded")
NEWEST = _(
    "The newest confirmed version of each month counts; months that were not graded are left out. "
    "To be watched, never a quota."
)

H01 = Metric(
    code="H01",
    group=Group.PEOPLE,
    unit=Unit.SHARE,
    direction=Direction.UP,
    proposal=Decimal("0.95"),
    mature_days=0,
    record=PEOPLE,
    tally=counted("H01", PEOPLE, hit=HIT, excluded=OUT),
    words=Words(
        name=_("Training plan done"),
        short=_("Training held"),
        formula=_("Sessions held by their planned day ÷ sessions planned"),
        assigned=_("The first planned day, not the moved one"),
        edges=_("Moved is late. Cancelled before its day by decision: excluded and shown apart."),
        maturity=_("At once"),
        source=_("Rule book 002, part I 3.5; rule book 000, part F 4.1"),
    ),
)

H02 = Metric(
    code="H02",
    group=Group.PEOPLE,
    unit=Unit.SHARE,
    direction=Direction.UP,
    proposal=Decimal("0.90"),
    mature_days=0,
    record=PEOPLE,
    tally=counted("H02", PEOPLE, hit=HIT),
    words=Words(
        name=_("Passed at the first try"),
        short=_("First try passed"),
        formula=_("Courses whose exam was passed at the first try in time ÷ courses due"),
        assigned=_("The day by which the course was due"),
        edges=_("Not sat by then is a failure. Courses without an exam are not counted."),
        maturity=_("At once"),
        source=_("Rule book 002, part A 9; rule book 000, part N 3.2"),
    ),
)

H03 = Metric(
    code="H03",
    group=Group.PEOPLE,
    unit=Unit.SHARE,
    direction=Direction.UP,
    proposal=Decimal("0.80"),
    mature_days=0,
    record=PEOPLE,
    tally=counted("H03", PEOPLE, hit=HIT),
    words=Words(
        name=_("Training that helped"),
        short=_("Training effect"),
        formula=_("Sessions whose effect was proved in time ÷ sessions with a check due"),
        assigned=_("The day the check of the effect was due"),
        edges=_("Not checked is not effective."),
        maturity=_("At once"),
        source=_("Rule book 002, part I 6"),
    ),
)

H04 = Metric(
    code="H04",
    group=Group.PEOPLE,
    unit=Unit.SHARE,
    direction=Direction.UP,
    proposal=Decimal(1),
    mature_days=0,
    record=POSTS,
    is_snapshot=True,
    tally=counted("H04", POSTS, hit=HIT),
    words=Words(
        name=_("Qualified for the post"),
        short=_("Qualified on post"),
        formula=_("People on a post with every certificate it asks for valid ÷ people on it"),
        assigned=_("The end of the day; a period shows its last ended day"),
        edges=_(
            "A certificate that ends on the day is not valid. What the post asked for on that day "
            "counts, except inductions; a post that asks for nothing is not counted. Who is new "
            "and learns under supervision until the first due day is not yet active. Counted from "
            "the first month graded."
        ),
        maturity=_("At once"),
        source=_("Rule book 003, part 1 (1) and 1 (3)"),
    ),
)

H05 = Metric(
    code="H05",
    group=Group.PEOPLE,
    unit=Unit.POINTS,
    direction=Direction.UP,
    proposal=Decimal(85),
    mature_days=10,
    record=PEOPLE,
    tally=counted("H05", PEOPLE, hit_sum="amount"),
    words=Words(
        name=_("Service score of couriers"),
        short=_("Service score"),
        formula=_("Sum of the confirmed monthly scores ÷ people graded"),
        assigned=LAST_DAY,
        edges=NEWEST,
        maturity=MONTH_END,
        source=GRADES,
    ),
)

H06 = Metric(
    code="H06",
    group=Group.PEOPLE,
    unit=Unit.SHARE,
    direction=Direction.UP,
    proposal=Decimal("0.98"),
    mature_days=0,
    record=PEOPLE,
    tally=counted("H06", PEOPLE, hit=HIT, excluded=OUT),
    words=Words(
        name=_("Assessments confirmed in time"),
        short=_("Assessed in time"),
        formula=_("Monthly assessments confirmed by their day ÷ assessments due"),
        assigned=_("The day of the next month set in the scheme, the 10th unless another is"),
        edges=_(
            "Who joined with fewer than 10 working days left in the month is excluded. An "
            "objection that is open leaves it done and is marked. The first confirmed version "
            "counts."
        ),
        maturity=_("At once"),
        source=_("Rule book 000, part C 5.2"),
    ),
)

H07 = Metric(
    code="H07",
    group=Group.PEOPLE,
    unit=Unit.SHARE,
    direction=Direction.UP,
    proposal=Decimal("0.90"),
    mature_days=0,
    record=PEOPLE,
    tally=counted("H07", PEOPLE, hit=HIT),
    words=Words(
        name=_("Suggestions answered in time"),
        short=_("Suggestions answered"),
        formula=_("Suggestions decided within 30 days ÷ suggestions whose 30 days have ended"),
        assigned=_("30 days after the suggestion was made"),
        edges=_(
            "Adopted or not, the answer counts. Undecided past the 30 days is a failure. It counts "
            "at the site of who made it then."
        ),
        maturity=_("At once"),
        source=_("Rule book 000, part C 7.2"),
    ),
)

H08 = Metric(
    code="H08",
    group=Group.PEOPLE,
    unit=Unit.PER_100,
    direction=Direction.DOWN,
    proposal=Decimal(1),
    mature_days=0,
    record=PEOPLE,
    tally=counted("H08", PEOPLE),
    base=counted("H08M", PEOPLE),
    words=Words(
        name=_("Conduct violations"),
        short=_("Violations"),
        formula=_("Confirmed violations ÷ 100 courier-months"),
        assigned=_("The day of the act; courier-months by their last day"),
        edges=_(
            "Taken back counts nowhere. It counts at the site the courier worked at that day. A "
            "courier-month is a month with a day on a courier's post, at the site of the last "
            "such day; the running month divides once it has ended."
        ),
        maturity=_("At once"),
        source=_("Rule book 002, part I 4"),
    ),
)

H05A = Metric(
    code="H05A",
    group=Group.PEOPLE,
    unit=Unit.SHARE,
    direction=Direction.UP,
    proposal=Decimal("0.30"),
    mature_days=10,
    record=PEOPLE,
    tally=counted("H05A", PEOPLE, hit=HIT),
    words=Words(
        name=_("Share of grade A"),
        short=_("Grade A"),
        formula=_("People graded A ÷ people graded"),
        assigned=LAST_DAY,
        edges=NEWEST,
        maturity=MONTH_END,
        source=GRADES,
    ),
)

H05C = Metric(
    code="H05C",
    group=Group.PEOPLE,
    unit=Unit.SHARE,
    direction=Direction.DOWN,
    proposal=Decimal("0.05"),
    mature_days=10,
    record=PEOPLE,
    tally=counted("H05C", PEOPLE, hit=HIT),
    words=Words(
        name=_("Share of grade C"),
        short=_("Grade C"),
        formula=_("People graded C ÷ people graded"),
        assigned=LAST_DAY,
        edges=NEWEST,
        maturity=MONTH_END,
        source=GRADES,
    ),
)
