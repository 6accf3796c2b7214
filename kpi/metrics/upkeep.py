"""Figures about audits, readings, vehicles, places and safety (domain rules C10, C11, G04)."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kpi.enums import Direction, Group, Unit
from kpi.metrics.integrity import S02
from kpi.metrics.shape import INSPECTIONS, RUNS, UPKEEP, VIEWS, VOICE, Metric, Words, counted

HIT, OUT = Q(is_hit=True), Q(is_out=True)
AT_ONCE = _("At once")
FIRST_DAY = _("The day first set, not the moved one")
STARTED = _("The moment the run started")


def share(
    code: str, record: str, words: Words, *, proposal: str = "1", excluded: Q | None = None
) -> Metric:
    """Return a share of the management system: higher is better, mature at once."""
    return Metric(
        code=code, group=Group.SYSTEM, unit=Unit.SHARE, direction=Direction.UP, mature_days=0,
        proposal=Decimal(proposal), record=record, words=words,
        tally=counted(code, record, hit=HIT, excluded=excluded),
    )  # fmt: skip


I03 = share(
    "I03", INSPECTIONS, proposal="0.95",
    words=Words(
        name=_("Faults of inspections mended in time"),
        short=_("Faults mended"),
        formula=_("Faults seen mended by the day first set ÷ faults due"),
        assigned=FIRST_DAY,
        edges=_(
            "Mended and not yet seen by somebody else is not mended. Put off keeps the first day. "
            "A fault that was none is not counted."
        ),
        maturity=AT_ONCE,
        source=_("Rule book 000, part J 4.1.1; rule book 004, 6.2.3"),
    ),
)  # fmt: skip

I03A = share(
    "I03A", UPKEEP, proposal="0.95",
    words=Words(
        name=_("Findings of audits corrected in time"),
        short=_("Audit findings"),
        formula=_("Findings an auditor saw gone by their day ÷ findings due"),
        assigned=_("The day the correction is due"),
        edges=_(
            "Corrected and not yet seen is not corrected. An audit that was given up leaves no "
            "findings."
        ),
        maturity=AT_ONCE,
        source=_("Rule book 000, part N 5.3; rule book 004, 6.2.3"),
    ),
)  # fmt: skip

I07 = share(
    "I07", UPKEEP,
    words=Words(
        name=_("Audits held as planned"),
        short=_("Audits held"),
        formula=_("Audits reported by the end of their planned month ÷ audits planned"),
        assigned=_("The month first planned"),
        edges=_("Put off twice is missed, and so is one that was given up. A re-audit counts too."),
        maturity=AT_ONCE,
        source=_("Rule book 000, part N 5.3"),
    ),
)  # fmt: skip

I09 = share(
    "I09", UPKEEP, proposal="0.98", excluded=OUT,
    words=Words(
        name=_("Documents confirmed in time"),
        short=_("Documents read"),
        formula=_("People who confirmed a version within 14 days ÷ people it was asked from"),
        assigned=_("14 days after it came into force, or after joining"),
        edges=_(
            "A new version begins anew. Whoever it was no longer asked from before the day is "
            "excluded. It counts at the site of the day it was asked."
        ),
        maturity=AT_ONCE,
        source=_("Rule book 002, part A 9"),
    ),
)  # fmt: skip

F01 = share(
    "F01", UPKEEP, proposal="0.98",
    words=Words(
        name=_("Services of vehicles and equipment on time"),
        short=_("Services on time"),
        formula=_("Services done by their day ÷ services due"),
        assigned=_("The planned day, or the day the kilometres were reached before it"),
        edges=_(
            "Time out of service puts the day off, with a record. Fire and electrical equipment "
            "has a figure of its own."
        ),
        maturity=AT_ONCE,
        source=_("Rule book 000, part K 5; rule book 003, part 1"),
    ),
)  # fmt: skip

F02 = share(
    "F02", RUNS,
    words=Words(
        name=_("Runs checked before the start"),
        short=_("Checked before"),
        formula=_("Runs whose check was saved before the start ÷ runs started"),
        assigned=STARTED,
        edges=_("A check after the start is none. A safety defect that is open blocks the run."),
        maturity=AT_ONCE,
        source=_("Rule book 004, 4.1.2"),
    ),
)  # fmt: skip

F05 = share(
    "F05", UPKEEP,
    words=Words(
        name=_("Fire and electrical checks on time"),
        short=_("Fire and electricity"),
        formula=_("Checks of fire and electrical equipment done by their day ÷ checks due"),
        assigned=_("The planned day"),
        edges=_("Where the last look found a defect that was still open that day, it failed."),
        maturity=AT_ONCE,
        source=_("Rule book 003, part 1"),
    ),
)  # fmt: skip

F06 = share(
    "F06", UPKEEP,
    words=Words(
        name=_("Emergency drills held"),
        short=_("Drills held"),
        formula=_("Drills held by the day first planned ÷ drills planned"),
        assigned=FIRST_DAY,
        edges=_("Without a list of who took part it was not held."),
        maturity=AT_ONCE,
        source=_("Rule book 002, part B 10"),
    ),
)  # fmt: skip

F07 = Metric(
    code="F07",
    group=Group.SYSTEM,
    unit=Unit.PER_MILLION,
    direction=Direction.DOWN,
    proposal=Decimal(20),
    mature_days=7,
    record=UPKEEP,
    tally=counted("F07", UPKEEP),
    base=S02.tally,
    words=Words(
        name=_("Accidents"),
        short=_("Accidents"),
        formula=_("Accidents with injury or damage ÷ a million parcels accepted"),
        assigned=_("The day of the accident; parcels by the day they were accepted"),
        edges=_(
            "Traffic, injuries at work, fire, machines and buildings. On the way to or from work "
            "is counted apart. What is reported late restates the figure. Kilometres are not yet "
            "a second denominator."
        ),
        maturity=_("7 days after the end of the period"),
        source=_("Rule book 000, part L 2.2"),
    ),
)

F08 = share(
    "F08", UPKEEP, proposal="0.95",
    words=Words(
        name=_("Hazards removed in time"),
        short=_("Hazards removed"),
        formula=_("Hazards whose removal was verified by the day first set ÷ hazards due"),
        assigned=FIRST_DAY,
        edges=_(
            "Removed and not yet verified by somebody else is not removed. Of a major hazard the "
            "work stops until then."
        ),
        maturity=AT_ONCE,
        source=_("Rule book 000, part D 4"),
    ),
)  # fmt: skip

X02 = share(
    "X02", VIEWS, proposal="0.99", excluded=OUT,
    words=Words(
        name=_("Full views with purpose"),
        short=_("Views with purpose"),
        formula=_("Views of customers’ full data for the viewer’s own task ÷ all such views"),
        assigned=_("The moment it was seen"),
        edges=_(
            "An own task is a case one handles or helps with, a call or interview one makes, an "
            "exception one owns, the parcel in one’s hands, a customer one looks after. Any other "
            "reason counts as a miss, however good it sounds. Files of colleagues are excluded. "
            "Lists and files show masks alone. Counted from the day tasks were first recorded."
        ),
        maturity=AT_ONCE,
        source=_("Rule book 004, 5.3 case 4; rule book 000, part N 6.2"),
    ),
)  # fmt: skip

X03 = share(
    "X03", VOICE, excluded=OUT,
    words=Words(
        name=_("Leaks of personal data told in time"),
        short=_("Leaks told"),
        formula=_("Incidents with authority and people told within 72 hours ÷ incidents"),
        assigned=_("72 hours after it was found"),
        edges=_(
            "The law says at once; 72 hours is our outer limit. Found to be none: excluded. One "
            "reported without a complaint is an accident report and is not counted here."
        ),
        maturity=AT_ONCE,
        source=_("Personal Information Protection Law, article 57"),
    ),
)  # fmt: skip

X01 = Metric(
    code="X01", group=Group.SYSTEM, unit=Unit.SHARE, direction=Direction.UP, mature_days=0,
    proposal=Decimal(1), record=UPKEEP,
    tally=counted("X01", UPKEEP, hit=HIT, excluded=OUT, hit_sum="amount", total_sum="amount"),
    words=Words(
        name=_("Records destroyed on time"),
        short=_("Destroyed on time"),
        formula=_("Records destroyed by 30 days after their term ÷ records reaching that day"),
        assigned=_("30 days after the term of their month ended"),
        edges=_(
            "A month of one kind of data is destroyed as a whole and weighs as many records as it "
            "has. A month held back by an open complaint, claim or appeal is excluded and counted. "
            "A destruction of one site alone does not count. Backups end by themselves 35 days "
            "later. A changed term moves the days of the past too."
        ),
        maturity=AT_ONCE,
        source=_("Rule book 004, 3.3.4; Interim Regulations on Express Delivery, article 35"),
    ),
)  # fmt: skip

X04 = share(
    "X04", UPKEEP,
    words=Words(
        name=_("Requests about personal data answered in time"),
        short=_("Requests answered"),
        formula=_("Requests answered within 15 working days ÷ requests due"),
        assigned=_("The day the answer is due"),
        edges=_(
            "To see, copy, correct, delete or explain. Checking who asks stops the clock once; "
            "while it stands nothing is due. An answer that nothing is kept, or a refusal with its "
            "reason, is an answer. The number of days is our own."
        ),
        maturity=AT_ONCE,
        source=_("Personal Information Protection Law, articles 44 to 50"),
    ),
)  # fmt: skip

G04 = share(
    "G04", RUNS, proposal="0.50", excluded=OUT,
    words=Words(
        name=_("Runs by new energy"),
        short=_("New energy"),
        formula=_("Runs by electric, hydrogen or muscle-driven vehicles ÷ runs"),
        assigned=STARTED,
        edges=_("A run whose vehicle is not registered is excluded and shown apart."),
        maturity=AT_ONCE,
        source=_("Rule book 001, part 2; rule book 002, part E 2.5"),
    ),
)  # fmt: skip
