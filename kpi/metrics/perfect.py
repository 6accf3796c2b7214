"""The one figure for management: nothing went wrong (S07)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from django.db.models import DateTimeField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from complaints.models import CaseFacts
from kpi.enums import Direction, Group, Unit
from kpi.metrics.parcels import AFTER_30_DAYS, INTACT, NEVER_LOST, POPULATION
from kpi.metrics.shape import PARCELS, Metric, Tally, Words
from shipments.models import HandoverFacts

HEARD = timedelta(days=30)
_latest = ExpressionWrapper(OuterRef("due_at") + HEARD, output_field=DateTimeField())
FAULTY = Exists(HandoverFacts.objects.filter(parcel_id=OuterRef("parcel_id"), is_faulty=True))
UPHELD = Exists(
    CaseFacts.objects.filter(
        case__parcel_id=OuterRef("parcel_id"), is_complaint=True, upheld=True,
        received_at__lte=_latest,
    )
)  # fmt: skip

S07 = Metric(
    code="S07",
    group=Group.INTEGRITY,
    unit=Unit.SHARE,
    direction=Direction.UP,
    proposal=Decimal("0.90"),
    mature_days=30,
    tally=Tally(
        facts=PARCELS,
        day="due_day",
        moment="due_at",
        population=POPULATION,
        excluded=Q(out_t01=True),
        hit=Q(done_at__lte=F("due_at")) & NEVER_LOST & INTACT & ~Q(FAULTY) & ~Q(UPHELD),
        is_excusable=True,
    ),
    words=Words(
        name=_("Perfect delivery rate"),
        short=_("Perfect"),
        formula=_(
            "Parcels on time, intact, with consent and proof, without an upheld complaint ÷ "
            "parcels promised"
        ),
        assigned=_("The promised-by date"),
        edges=_(
            "The same parcels as on-time delivery. A complaint within 30 days of the promise "
            "counts once it is decided against us beyond appeal, and restates the figure."
        ),
        maturity=AFTER_30_DAYS,
        source=_("Rule book 000, part E 2"),
    ),
)
