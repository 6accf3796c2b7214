"""What a month's records say about each person: counts per part of the score, set-wise.

Only the causing view counts against a person (B19): a parcel late through somebody else's link is
no failure of whoever was to deliver it, and a complaint counts once it is decided.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import TruncDate

from complaints.enums import CaseKind, Liability
from complaints.models import Answer, Case
from courierqa.core import calendars
from courierqa.core.timeframes import Period
from kpi.enums import Outcome
from kpi.metrics import METRICS
from kpi.models import CourierCell
from shipments.enums import Code, FindingKind, Source
from shipments.models import Finding, ParcelFacts, ScanEvent, Violation
from staff.enums import CourseState
from staff.models import CourseAssignment

# person → (hits, total)
Tally = dict[int, tuple[int, int]]
PICKUP_FAULTS = ("not_inspected", "identity_not_verified")
DELIVERY_FAULTS = ("no_consent", "proxy_unnamed")
IN_TIME = timedelta(minutes=30)
GOOD_RATING = 4


def on_time(period: Period) -> Tally:
    """Parcels to deliver, less those that were late through this person."""
    metric = METRICS["T01"]
    late = ParcelFacts.objects.filter(
        metric.records(Outcome.FAILED, period.end_at), _days("due_day", period)
    )
    caused = dict(late.values_list("cause_courier_id").annotate(n=Count("pk")))
    return {
        person: (max(0, total - caused.get(person, 0)), total)
        for person, (_hits, total) in cells("T01", period).items()
    }


def cells(metric: str, period: Period) -> Tally:
    """Return the stored counts of a metric per courier."""
    rows = CourierCell.objects.filter(_days("day", period), metric=metric)
    sums = rows.values_list("courier_id").annotate(h=Sum("hits"), t=Sum("total"))
    return {person: (hits, total) for person, hits, total in sums}


def upheld(period: Period) -> Tally:
    """Complaints decided against this person and final, per delivery."""
    cases = Case.objects.filter(
        kind=CaseKind.COMPLAINT,
        liability__in=[Liability.OURS, Liability.PARTNER],
        liable_person__isnull=False,
        liability_final_at__isnull=False,
        received_at__gte=period.start_at,
        received_at__lt=period.end_at,
    )
    against = dict(cases.values_list("liable_person_id").annotate(n=Count("pk")))
    made = deliveries(period)
    return {person: (min(against.get(person, 0), n), n) for person, n in made.items()}


def deliveries(period: Period) -> dict[int, int]:
    """Return how many parcels each person brought to their end."""
    done = ParcelFacts.objects.filter(_days("done_day", period), courier_id__isnull=False)
    return dict(done.filter(is_test=False).values_list("courier_id").annotate(n=Count("pk")))


def conduct(period: Period) -> Tally:
    """Pickups with the contents inspected and the identity checked."""
    return _without_fault(period, [Code.PUP], PICKUP_FAULTS)


def consent(period: Period) -> Tally:
    """Deliveries and placements with consent and a named signer."""
    return _without_fault(period, [Code.DLV, Code.RDY], DELIVERY_FAULTS)


def red_lines(period: Period) -> dict[int, set[str]]:
    """Return person → red lines that somebody recorded and nobody took back (DEL-16)."""
    rows = Violation.objects.filter(_days("happened_on", period), withdrawn_at=None).exclude(
        kind__red_line=""
    )
    found: dict[int, set[str]] = {}
    for person, line in rows.values_list("courier_id", "kind__red_line"):
        found.setdefault(person, set()).add(line)
    return found


def without_consent(period: Period) -> dict[int, int]:
    """Return how often each person placed a parcel nobody had agreed to."""
    return _faults(period, [Code.DLV, Code.RDY], ("no_consent",))


def _without_fault(period: Period, codes: list[Code], faults: tuple[str, ...]) -> Tally:
    wrong = _faults(period, codes, faults)
    made = _scans(period).filter(code__in=codes).values_list("person_id").annotate(n=Count("pk"))
    return {person: (n - wrong.get(person, 0), n) for person, n in made}


def _faults(period: Period, codes: list[Code], faults: tuple[str, ...]) -> dict[int, int]:
    """Return how many scans of each person left a gate unpassed and were not healed since."""
    found = Finding.objects.filter(kind=FindingKind.GATE, code__in=faults, closed_at=None)
    scans = _scans(period).filter(code__in=codes, uid__in=found.values("event_uid"))
    return dict(scans.values_list("person_id").annotate(n=Count("pk")))


def _scans(period: Period):  # type: ignore[no-untyped-def]
    rows = ScanEvent.objects.filter(
        effective_at__gte=period.start_at, effective_at__lt=period.end_at, person_id__isnull=False
    )
    return rows.exclude(source=Source.IMPORT).order_by()


def ratings(period: Period) -> Tally:
    """Ratings of 4 and 5 among those of parcels this person served."""
    rows = Answer.objects.filter(
        answered_at__gte=period.start_at,
        answered_at__lt=period.end_at,
        parcel__facts__courier_id__isnull=False,
    )
    counted = rows.values_list("parcel__facts__courier_id").annotate(
        good=Count("pk", filter=Q(score__gte=GOOD_RATING)), n=Count("pk")
    )
    return {person: (good, n) for person, good, n in counted}


def scans_in_time(period: Period) -> Tally:
    """Scans sent within half an hour."""
    quick = Q(recorded_at__lte=F("happened_at") + IN_TIME)
    rows = _scans(period).values_list("person_id")
    counted = rows.annotate(good=Count("pk", filter=quick), n=Count("pk"))
    return {person: (good, n) for person, good, n in counted}


def training(period: Period) -> Tally:
    """Courses passed among those that were to be done by the end of the month."""
    rows = CourseAssignment.objects.filter(_days("due_on", period)).values_list("employee_id")
    counted = rows.annotate(good=Count("pk", filter=Q(state=CourseState.PASSED)), n=Count("pk"))
    return {person: (good, n) for person, good, n in counted}


def work_days(period: Period) -> dict[int, int]:
    """Return on how many days each person scanned anything."""
    day = TruncDate("effective_at", tzinfo=calendars.zone())
    rows = _scans(period).annotate(day=day).values_list("person_id")
    return dict(rows.annotate(n=Count("day", distinct=True)))


def _days(column: str, period: Period) -> Q:
    return Q(**{f"{column}__gte": period.start_day, f"{column}__lt": period.end_day})


PARTS: dict[str, Callable[[Period], Tally]] = {
    "T01": on_time,
    "D01": lambda period: cells("D01", period),
    "C02": upheld,
    "CONDUCT": conduct,
    "CONSENT": consent,
    "V02": ratings,
    "S06": scans_in_time,
    "TRAINING": training,
}
