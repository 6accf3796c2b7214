"""Figures about complaints (domain rules C6)."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kpi.enums import Direction, Group, Unit
from kpi.metrics.integrity import S02
from kpi.metrics.parcels import AFTER_30_DAYS
from kpi.metrics.shape import CASES, Metric, Tally, Words

COMPLAINTS = Q(is_complaint=True)
# A repeat on the same matter is answered like any complaint, but received once (C08).
FIRST_TIME = COMPLAINTS & Q(is_repeat=False)
# Withdrawn ones, and those merged into another case, were received but are not judged.
STANDING = FIRST_TIME & Q(is_gone=False)

C01 = Metric(
    code="C01",
    group=Group.VOICE,
    unit=Unit.PER_10K,
    direction=Direction.DOWN,
    proposal=Decimal(4),
    mature_days=0,
    record=CASES,
    tally=Tally(facts=CASES, day="received_day", moment="received_at", population=FIRST_TIME),
    # The parcels accepted in the same period: the population of the loss rate.
    base=S02.tally,
    words=Words(
        name=_("Complaint rate"),
        short=_("Complaints"),
        formula=_("Complaints received ÷ parcels accepted in the same period × 10,000"),
        assigned=_("The date of the first contact, and the acceptance date of the parcels"),
        edges=_(
            "One person, one parcel or matter, one class. Queries and suggestions are not "
            "complaints; repeats on the same matter are not counted again; withdrawn ones are. "
            "Complaints without a parcel are in the total, not in a site's rate. Never a personal "
            "target: many complaints can mean an open door."
        ),
        maturity=_("At once"),
        source=_("Rule book 002, part A 4; rule book 000, part K 3; standard EN 14012"),
    ),
)

C03 = Metric(
    code="C03",
    group=Group.VOICE,
    unit=Unit.SHARE,
    direction=Direction.UP,
    proposal=Decimal(1),
    mature_days=0,
    record=CASES,
    tally=Tally(
        facts=CASES,
        day="legal_due_day",
        moment="legal_due_at",
        population=COMPLAINTS,
        excluded=Q(out_c03=True),
        hit=Q(answered_at__lte=F("legal_due_at"), told_at__lte=F("legal_due_at")),
    ),
    words=Words(
        name=_("Complaints settled within 7 days"),
        short=_("Settled in 7 days"),
        formula=_("Complaints answered and the customer told by the legal limit ÷ complaints due"),
        assigned=_("The legal limit: the day of receipt plus 7 calendar days"),
        edges=_(
            "The limit never pauses and no holiday extends it. Open past the limit is a failure. "
            "Withdrawn before the limit, or merged into another case: excluded."
        ),
        maturity=_("At once"),
        source=_("Interim Regulation on Express Delivery, article 29 (before 2025: 28)"),
    ),
)

# Counted at the end of a day; see `rollups.open_cases`. The tally says whose limits there are.
C10 = Metric(
    code="C10",
    group=Group.VOICE,
    unit=Unit.SHARE,
    direction=Direction.DOWN,
    proposal=Decimal(0),
    mature_days=0,
    is_snapshot=True,
    record=CASES,
    tally=Tally(
        facts=CASES, day="legal_due_day", moment="legal_due_at", population=COMPLAINTS,
        hit=Q(told_at__isnull=True) | Q(told_at__gt=F("legal_due_at")),
    ),
    words=Words(
        name=_("Overdue open complaints"),
        short=_("Overdue complaints"),
        formula=_("Complaints past the legal limit ÷ all complaints open, at 24:00"),
        assigned=_("The end of the day; a period shows its last ended day"),
        edges=_(
            "Open is what has no final answer that reached the customer, and was neither withdrawn "
            "nor merged. Taken up again it is open anew, with seven days from then on; no pause "
            "stops them. Past days are counted anew when an end is told late. None should be "
            "overdue."
        ),
        maturity=_("At once"),
        source=_("Interim Regulation on Express Delivery, article 29 (before 2025: 28)"),
    ),
)  # fmt: skip

C02 = Metric(
    code="C02",
    group=Group.VOICE,
    unit=Unit.PER_10K,
    direction=Direction.DOWN,
    proposal=Decimal(3),
    mature_days=30,
    record=CASES,
    is_undecided=True,
    tally=Tally(
        facts=CASES,
        day="received_day",
        moment="received_at",
        population=STANDING,
        excluded=Q(upheld__isnull=True),
        hit=Q(upheld=True),
    ),
    base=S02.tally,
    words=Words(
        name=_("Upheld complaint rate"),
        short=_("Upheld complaints"),
        formula=_("Complaints decided to be ours ÷ parcels accepted in the same period × 10,000"),
        assigned=_("The date of the first contact, and the acceptance date of the parcels"),
        edges=_(
            "Only a decision that can no longer be appealed counts; complaints not finally decided "
            "are shown beside the figure. A changed decision restates it. Withdrawn and merged "
            "complaints and repeats on the same matter are not counted."
        ),
        maturity=AFTER_30_DAYS,
        source=_("Rule book 004, §5.3; the valid appeals of the State Post Bureau"),
    ),
)

C04 = Metric(
    code="C04",
    group=Group.VOICE,
    unit=Unit.SHARE,
    direction=Direction.UP,
    proposal=Decimal("0.98"),
    mature_days=0,
    record=CASES,
    tally=Tally(
        facts=CASES,
        day="first_due_day",
        moment="first_due_at",
        population=COMPLAINTS,
        # Who withdrew in time was not kept waiting; past the limit the failure stays.
        excluded=Q(is_gone=True, closed_at__lte=F("first_due_at")),
        hit=Q(first_answer_at__lte=F("first_due_at")),
    ),
    words=Words(
        name=_("First response in time"),
        short=_("First response"),
        formula=_("Complaints with a first answer by its limit ÷ complaints whose limit has ended"),
        assigned=_("The limit of the first answer: 24 hours after receipt, or less where promised"),
        edges=_(
            "The answer of a person counts, an automatic receipt does not. The limit is the one "
            "promised when the case came in. Withdrawn or merged before the limit: excluded."
        ),
        maturity=_("At once"),
        source=_("Standard ISO 10002; rule book 000, part E 4.3"),
    ),
)

C05 = Metric(
    code="C05",
    group=Group.VOICE,
    unit=Unit.SHARE,
    direction=Direction.UP,
    proposal=Decimal("0.85"),
    mature_days=0,
    record=CASES,
    tally=Tally(
        facts=CASES,
        day="settled_day",
        moment="settled_at",
        population=FIRST_TIME,
        excluded=Q(is_gone=True),
        hit=Q(
            needed_more=False, answered_at__lte=F("legal_due_at"), told_at__lte=F("legal_due_at")
        ),
    ),
    words=Words(
        name=_("First-time resolution"),
        short=_("First-time resolved"),
        formula=_("Complaints settled by one answer in time ÷ complaints received, after 14 days"),
        assigned=_("The date 14 days after receipt: 7 for the answer and 7 to see that it holds"),
        edges=_(
            "Never answered is a failure. So is a second answer, a reopening, a repeat on the same "
            "matter or an appeal to the authority within 7 days of the answer. Handing the case "
            "over is allowed. Withdrawn or merged: excluded."
        ),
        maturity=_("At once"),
        source=_("Rule book 001, part 3(4)"),
    ),
)

C11 = Metric(
    code="C11",
    group=Group.VOICE,
    unit=Unit.PER_MILLION,
    direction=Direction.DOWN,
    proposal=Decimal(20),
    mature_days=0,
    record=CASES,
    tally=Tally(
        facts=CASES, day="received_day", moment="received_at", population=Q(is_appeal=True)
    ),
    base=S02.tally,
    words=Words(
        name=_("Appeals per million parcels"),
        short=_("Appeals"),
        formula=_(
            "Appeals the authority forwarded ÷ parcels accepted in the same period × 1,000,000"
        ),
        assigned=_("The date on which the authority forwarded the appeal"),
        edges=_(
            "Every appeal of a customer counts, whoever is responsible; questions and penalty "
            "procedures of the authority do not. With few parcels read the range, not the rate."
        ),
        maturity=_("At once"),
        source=_("State Post Bureau, monthly notice on appeals; rule book 001, part 2"),
    ),
)

C12 = Metric(
    code="C12",
    group=Group.VOICE,
    unit=Unit.PER_MILLION,
    direction=Direction.DOWN,
    proposal=Decimal(10),
    mature_days=30,
    record=CASES,
    is_undecided=True,
    tally=Tally(
        facts=CASES,
        day="received_day",
        moment="received_at",
        population=Q(is_appeal=True),
        excluded=Q(appeal_valid__isnull=True),
        hit=Q(appeal_valid=True),
    ),
    base=S02.tally,
    words=Words(
        name=_("Valid appeals per million parcels"),
        short=_("Valid appeals"),
        formula=_(
            "Appeals in which the authority held the company responsible ÷ parcels accepted in the "
            "same period × 1,000,000"
        ),
        assigned=_("The date on which the authority forwarded the appeal"),
        edges=_(
            "Appeals the authority has not judged are shown beside the figure; judged later, they "
            "restate it. With few parcels read the range, not the rate."
        ),
        maturity=AFTER_30_DAYS,
        source=_("State Post Bureau, monthly notice on appeals; rule book 001, part 2"),
    ),
)
