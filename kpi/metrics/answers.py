"""Figures about calls, repeats, letters of authorities and surveys (domain rules C6 and C8)."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kpi.enums import Direction, Group, Unit
from kpi.metrics.parcels import AFTER_7_DAYS, AFTER_30_DAYS
from kpi.metrics.shape import VOICE, Metric, Words, counted

HIT, OUT = Q(is_hit=True), Q(is_out=True)
AT_ONCE = _("At once")
RECEIVED = _("The date of the first contact")
INVITED = _("The day of the invitation; answers within 7 days")
SURVEYS = _("Rule book 004, §8.1")

C06 = Metric(
    code="C06",
    group=Group.VOICE,
    unit=Unit.SHARE,
    direction=Direction.UP,
    proposal=Decimal("0.90"),
    mature_days=0,
    record=VOICE,
    tally=counted("C06", VOICE, hit=HIT),
    words=Words(
        name=_("Satisfied with the handling"),
        short=_("Satisfied with handling"),
        formula=_("Follow-up calls with a satisfied customer ÷ calls that were answered"),
        assigned=_("The day of the call"),
        edges=_(
            "Who was not reached is neither. Whoever answered the complaint does not make the "
            "call. Read the share beside how many were called in time."
        ),
        maturity=AT_ONCE,
        source=_("Rule book 004, §5.2(7)"),
    ),
)

C07 = Metric(
    code="C07",
    group=Group.VOICE,
    unit=Unit.SHARE,
    direction=Direction.UP,
    proposal=Decimal("0.95"),
    mature_days=0,
    record=VOICE,
    tally=counted("C07", VOICE, hit=HIT, excluded=OUT),
    words=Words(
        name=_("Follow-up calls made"),
        short=_("Follow-up calls"),
        formula=_("Calls tried within 3 working days ÷ calls due"),
        assigned=_("The third working day after the final answer"),
        edges=_(
            "A try counts although nobody answered. Withdrawn, merged or taken up again before "
            "the call was due: excluded."
        ),
        maturity=AT_ONCE,
        source=_("Rule book 004, §5.2(7)"),
    ),
)

C08 = Metric(
    code="C08",
    group=Group.VOICE,
    unit=Unit.SHARE,
    direction=Direction.DOWN,
    proposal=Decimal("0.05"),
    mature_days=30,
    record=VOICE,
    tally=counted("C08", VOICE, hit=HIT),
    words=Words(
        name=_("Repeat complaints"),
        short=_("Repeats"),
        formula=_("Complaints that repeat an earlier one or were reopened ÷ complaints received"),
        assigned=RECEIVED,
        edges=_("The repeat counts on its own day, a reopening on the day of its complaint."),
        maturity=AFTER_30_DAYS,
        source=_("Rule book 000, part E 3"),
    ),
)

C13 = Metric(
    code="C13",
    group=Group.VOICE,
    unit=Unit.SHARE,
    direction=Direction.UP,
    proposal=Decimal(1),
    mature_days=0,
    record=VOICE,
    tally=counted("C13", VOICE, hit=HIT),
    words=Words(
        name=_("Appeals replied to in time"),
        short=_("Replies in time"),
        formula=_("Replies to the authority by their limit ÷ appeals whose limit has ended"),
        assigned=_("The limit: 10 days after forwarding, or the one the letter names"),
        edges=_("Not replied past the limit is a failure. Other letters are not counted."),
        maturity=AT_ONCE,
        source=_("Rules on appeals of users of postal services"),
    ),
)

C14 = Metric(
    code="C14",
    group=Group.VOICE,
    unit=Unit.SHARE,
    direction=Direction.DOWN,
    proposal=Decimal("0.01"),
    mature_days=30,
    record=VOICE,
    tally=counted("C14", VOICE, hit=HIT),
    words=Words(
        name=_("Complaints taken to the authority"),
        short=_("Escalated"),
        formula=_("Complaints followed by an appeal within 30 days ÷ complaints received"),
        assigned=RECEIVED,
        edges=_(
            "An appeal about the same parcel is taken for the same matter. Repeats are the first "
            "one's matter. A complaint without a parcel cannot be followed."
        ),
        maturity=AFTER_30_DAYS,
        source=_("State Post Bureau, monthly notice on appeals; rule book 001, part 2"),
    ),
)

V01 = Metric(
    code="V01",
    group=Group.VOICE,
    unit=Unit.POINTS,
    direction=Direction.UP,
    proposal=Decimal(85),
    mature_days=7,
    record=VOICE,
    tally=counted("V01", VOICE, hit_sum="amount"),
    words=Words(
        name=_("Satisfaction score"),
        short=_("Satisfaction"),
        formula=_("Sum of the answers' scores ÷ answers; 1 to 5 is 0 to 100 points"),
        assigned=INVITED,
        edges=_(
            "The blocks of a questionnaire weigh as it says; what was not used is left out, and "
            "with fewer than half of the items an answer has no score. Own method: not comparable "
            "with the Bureau's."
        ),
        maturity=AFTER_7_DAYS,
        source=SURVEYS,
    ),
)

V02 = Metric(
    code="V02",
    group=Group.VOICE,
    unit=Unit.SHARE,
    direction=Direction.UP,
    proposal=Decimal("0.90"),
    mature_days=7,
    record=VOICE,
    tally=counted("V02", VOICE, hit=HIT),
    words=Words(
        name=_("Share satisfied"),
        short=_("Satisfied"),
        formula=_("Answers of 4 and 5 to the overall question ÷ answers"),
        assigned=INVITED,
        edges=_("One answer per invitation; the last word of the day in which it may change."),
        maturity=AFTER_7_DAYS,
        source=SURVEYS,
    ),
)

V03 = Metric(
    code="V03",
    group=Group.VOICE,
    unit=Unit.NPS,
    direction=Direction.UP,
    proposal=Decimal(0),
    mature_days=7,
    record=VOICE,
    tally=counted("V03", VOICE, hit_sum="amount"),
    words=Words(
        name=_("Net promoter score"),
        short=_("NPS"),
        formula=_("Share of answers of 9 and 10 − share of answers of 0 to 6, × 100"),
        assigned=INVITED,
        edges=_(
            "Asked from 0 to 10: would you recommend us? 7 and 8 count in n alone. Questionnaires "
            "without this question, and answers that leave it out, are not counted. Watch it: the "
            "proposed value is a mark to look at, not an aim."
        ),
        maturity=AFTER_7_DAYS,
        source=_("Net promoter score (F. Reichheld); rule book 004, §8.1"),
    ),
)

V04 = Metric(
    code="V04",
    group=Group.VOICE,
    unit=Unit.SHARE,
    direction=Direction.UP,
    proposal=Decimal("0.10"),
    mature_days=7,
    record=VOICE,
    tally=counted("V04", VOICE, hit=HIT, excluded=OUT),
    words=Words(
        name=_("Answer rate of surveys"),
        short=_("Answer rate"),
        formula=_("Answers within 7 days ÷ invitations that arrived"),
        assigned=_("The day of the invitation"),
        edges=_(
            "Below 10 % the other figures of surveys may be biased. Refusals are not answers. What "
            "could not be delivered, and who was not reached for an interview, is excluded."
        ),
        maturity=AFTER_7_DAYS,
        source=SURVEYS,
    ),
)

V05 = Metric(
    code="V05",
    group=Group.VOICE,
    unit=Unit.SHARE,
    direction=Direction.UP,
    proposal=Decimal(1),
    mature_days=0,
    record=VOICE,
    tally=counted("V05", VOICE, hit=HIT, excluded=OUT),
    words=Words(
        name=_("Survey plan kept"),
        short=_("Surveys held"),
        formula=_("Rounds of surveys held on their day ÷ rounds planned"),
        assigned=_("The planned day of the round"),
        edges=_(
            "Held later, or skipped, is not kept; so is a day that passed while a changed plan "
            "waited for its approval. A plan ended before the day was over: excluded. Days moved "
            "before they came count where they were moved to."
        ),
        maturity=AT_ONCE,
        source=_("Rule book 004, §8.3.1(1); rule book 002, part I improvement 3"),
    ),
)
