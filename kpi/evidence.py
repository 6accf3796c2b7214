"""What a month's records say about each person: counts per part of the score, set-wise.

Only the causing view counts against a person (B19): a parcel late through somebody else's link is
no failure of whoever was to deliver it, and a complaint counts once it is decided.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import TruncDate

from complaints.enums import CaseKind, Liability
from complaints.models import Answer, Case
from courierqa.core import calendars
from courierqa.core.timeframes import Period
from kpi.enums import Outcome
from kpi.metrics import METRICS
from kpi.models import CourierCell
from quality.inspection_enums import SampleKind
from quality.models import Inspection
from shipments.enums import Code, FindingKind, Source
from shipments.models import Finding, ParcelFacts, ScanEvent, Violation
from shipments.selectors.exemptions import excuses
from staff.enums import CourseState
from staff.models import CourseAssignment, Observation

# person → (hits, total)
Tally = dict[int, tuple[int, int]]
PICKUPS, DELIVERIES = (Code.PUP,), (Code.DLV, Code.RDY)
PICKUP_FAULTS = ("not_inspected", "identity_not_verified")
DELIVERY_FAULTS = ("no_consent", "proxy_unnamed")
IN_TIME = timedelta(minutes=30)
QUICK = Q(recorded_at__lte=F("happened_at") + IN_TIME)
GOOD_RATING = 4


def on_time(period: Period) -> Tally:
    """Parcels to deliver, less those that were late through this person; exempt ones left out."""
    late = parcels("T01", period, Outcome.FAILED)
    caused = dict(late.values_list("cause_courier_id").annotate(n=Count("pk")))
    return {
        person: (max(0, total - caused.get(person, 0)), total)
        for person, (_hits, total) in cells("T01", period).items()
    }


def parcels(metric: str, period: Period, outcome: str) -> QuerySet[ParcelFacts]:
    """Return the parcels of a month behind one count of a metric, without exempt ones (B17)."""
    tally = METRICS[metric].tally
    rows = ParcelFacts.objects.filter(METRICS[metric].records(outcome, period.end_at))
    rows = rows.filter(_days(tally.day, period))
    excused = excuses(period.start_at, period.end_at)
    return rows.exclude(tally.exempt(excused)) if excused else rows


def cells(metric: str, period: Period) -> Tally:
    """Return the stored counts of a metric per courier, without what is exempt (B17)."""
    rows = CourierCell.objects.filter(_days("day", period), metric=metric)
    sums = rows.values_list("courier_id").annotate(
        h=Sum(F("hits") - F("exempt_hits")), t=Sum(F("total") - F("exempt_total"))
    )
    return {person: (hits, total) for person, hits, total in sums}


def upheld(period: Period) -> Tally:
    """Complaints decided against this person and final, per delivery."""
    cases = decided_against(period)
    against = dict(cases.values_list("liable_person_id").annotate(n=Count("pk")))
    made = deliveries(period)
    return {person: (min(against.get(person, 0), n), n) for person, n in made.items()}


def decided_against(period: Period) -> QuerySet[Case]:
    """Return the complaints of a month for which somebody answers, beyond appeal (B18)."""
    return Case.objects.filter(
        kind=CaseKind.COMPLAINT,
        liability__in=[Liability.OURS, Liability.PARTNER],
        liable_person__isnull=False,
        liability_final_at__isnull=False,
        received_at__gte=period.start_at,
        received_at__lt=period.end_at,
    )


def deliveries(period: Period) -> dict[int, int]:
    """Return how many parcels each person brought to their end."""
    return dict(delivered(period).values_list("courier_id").annotate(n=Count("pk")))


def delivered(period: Period) -> QuerySet[ParcelFacts]:
    """Return the parcels that somebody brought to their end."""
    rows = ParcelFacts.objects.filter(_days("done_day", period), courier_id__isnull=False)
    return rows.filter(is_test=False)


def conduct(period: Period) -> Tally:
    """Pickups with contents inspected and identity checked, and points somebody looked at."""
    return _together(
        _without_fault(period, PICKUPS, PICKUP_FAULTS), observed(period), inspected(period)
    )


def _together(*tallies: Tally) -> Tally:
    """Add the records of each person up."""
    found: Tally = {}
    for person, (good, n) in (row for one in tallies for row in one.items()):
        before = found.get(person, (0, 0))
        found[person] = (before[0] + good, before[1] + n)
    return found


def observed(period: Period) -> Tally:
    """Points in order among those seen on ride-alongs and spot checks; corrected ones left out."""
    rows = observations(period).order_by().values_list("employee_id")
    counted = rows.annotate(bad=Sum("fails"), n=Sum("seen"))
    return {person: (n - bad, n) for person, bad, n in counted}


def observations(period: Period) -> QuerySet[Observation]:
    """Return the checks of a month that nobody corrected since."""
    return Observation.objects.filter(_days("on", period), corrected_by=None)


def inspected(period: Period) -> Tally:
    """Conforming points among those checked on inspections of a person's work (H05).

    Points not applicable or not checked are neither (I02); a fault that a correction took back
    is none, on the day of the inspection.
    """
    rows = inspections(period).order_by().values_list("person_id")
    counted = rows.annotate(good=Sum("conform"), n=Sum("checked"))
    return {person: (good, n) for person, good, n in counted}


def inspections(period: Period) -> QuerySet[Inspection]:
    """Return the random inspections of a month that looked at somebody's work.

    A targeted one is made where a fault is expected, so its share says nothing about a month
    and never meets that of random ones in one rate (I02): what it finds counts as a violation.
    """
    rows = Inspection.objects.filter(_days("on", period), kind=SampleKind.RANDOM)
    return rows.filter(person__isnull=False)


def consent(period: Period) -> Tally:
    """Deliveries and placements with consent and a named signer."""
    return _without_fault(period, DELIVERIES, DELIVERY_FAULTS)


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
    return _faults(period, DELIVERIES, ("no_consent",))


def _without_fault(period: Period, codes: Sequence[str], faults: Sequence[str]) -> Tally:
    wrong = _faults(period, codes, faults)
    made = scans(period).filter(code__in=codes).values_list("person_id").annotate(n=Count("pk"))
    return {person: (n - wrong.get(person, 0), n) for person, n in made}


def _faults(period: Period, codes: Sequence[str], faults: Sequence[str]) -> dict[int, int]:
    """Return how many scans of each person left a gate unpassed and were not healed since."""
    wrong = faulty(period, codes, faults).values_list("person_id")
    return dict(wrong.annotate(n=Count("pk")))


def faulty(period: Period, codes: Sequence[str], faults: Sequence[str]) -> QuerySet[ScanEvent]:
    """Return the scans that left one of these gates unpassed."""
    found = Finding.objects.filter(kind=FindingKind.GATE, code__in=faults, closed_at=None)
    return scans(period).filter(code__in=codes, uid__in=found.values("event_uid"))


def scans(period: Period) -> QuerySet[ScanEvent]:
    """Return what people scanned themselves; old data from files say nothing about them."""
    rows = ScanEvent.objects.filter(
        effective_at__gte=period.start_at, effective_at__lt=period.end_at, person_id__isnull=False
    )
    return rows.exclude(source=Source.IMPORT).order_by()


def ratings(period: Period) -> Tally:
    """Ratings of 4 and 5 among those of parcels this person served."""
    counted = (
        answers(period)
        .values_list("parcel__facts__courier_id")
        .annotate(good=Count("pk", filter=Q(score__gte=GOOD_RATING)), n=Count("pk"))
    )
    return {person: (good, n) for person, good, n in counted}


def answers(period: Period) -> QuerySet[Answer]:
    """Return what customers said in a month about parcels somebody served."""
    return Answer.objects.filter(
        answered_at__gte=period.start_at,
        answered_at__lt=period.end_at,
        parcel__facts__courier_id__isnull=False,
    )


def scans_in_time(period: Period) -> Tally:
    """Scans sent within half an hour."""
    rows = scans(period).values_list("person_id")
    counted = rows.annotate(good=Count("pk", filter=QUICK), n=Count("pk"))
    return {person: (good, n) for person, good, n in counted}


def training(period: Period) -> Tally:
    """Courses passed among those that were to be done by the end of the month."""
    rows = courses_due(period).order_by().values_list("employee_id")
    counted = rows.annotate(good=Count("pk", filter=Q(state=CourseState.PASSED)), n=Count("pk"))
    return {person: (good, n) for person, good, n in counted}


def courses_due(period: Period) -> QuerySet[CourseAssignment]:
    """Return the courses that were to be done in a month."""
    return CourseAssignment.objects.filter(_days("due_on", period))


def work_days(period: Period) -> dict[int, int]:
    """Return on how many days each person scanned anything."""
    day = TruncDate("effective_at", tzinfo=calendars.zone())
    rows = scans(period).annotate(day=day).values_list("person_id")
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
