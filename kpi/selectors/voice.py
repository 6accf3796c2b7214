"""What complaints say as a whole: why, when, how quickly, by whom answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import (
    Count,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
)
from django.db.models.functions import TruncMonth, TruncWeek

from complaints.enums import CaseClass, FollowUpResult
from complaints.models import (
    Case,
    CaseFacts,
    FollowUp,
    Investigation,
    Reason,
    RootCause,
    Transfer,
)
from courierqa.core.access import Access
from kpi.selectors.causes import Pareto, pareto
from staff.models import User

# A case is judged 14 days after receipt: 7 to settle, 7 for the customer to come back (C05).
MATURE = timedelta(days=14)
FEW = 30


@dataclass(frozen=True)
class Share:
    """Hits of a total; no records, no share."""

    hits: int
    total: int

    @property
    def value(self) -> float | None:
        return self.hits / self.total if self.total else None

    @property
    def is_few(self) -> bool:
        return self.total < FEW


@dataclass(frozen=True)
class Month:
    """One month of cases: received, solved at once, satisfied with the handling."""

    month: date
    received: int
    first_time: Share
    satisfied: Share


@dataclass(frozen=True)
class Agent:
    """What an agent's cases came to. How many were registered is nobody's figure (EN 14012)."""

    name: str
    answered: int
    in_time: Share
    first_time: Share
    satisfied: Share
    transfers: float


@dataclass(frozen=True)
class Speed:
    """How quickly people answered, and how often cases were handed on (CMP-25)."""

    in_limit: Share
    median: timedelta | None
    passed_on: list[tuple[str, int]]
    mean_transfers: float


def complaints_in(
    access: Access, *, start: date, end: date, site_id: int | None = None
) -> QuerySet[CaseFacts]:
    """Return the complaints of the reader's sites received from `start` until before `end`."""
    rows = CaseFacts.objects.filter(
        access.rows(site="site_id"), is_complaint=True, received_day__gte=start,
        received_day__lt=end,
    )  # fmt: skip
    return rows.filter(site_id=site_id) if site_id is not None else rows


def by_reason(rows: QuerySet[CaseFacts]) -> Pareto:
    """Return complaints per reason, most frequent first; repeats on one matter count once."""
    names = {reason.code: str(reason) for reason in Reason.objects.all()}
    return pareto(_counted(rows, "reason_code"), lambda code: names.get(code, code))


def by_class(rows: QuerySet[CaseFacts]) -> Pareto:
    """Return complaints per class of the service code."""
    return pareto(_counted(rows, "case_class"), lambda code: str(CaseClass(code).label))


def by_cause(rows: QuerySet[CaseFacts]) -> Pareto:
    """Return complaints per root cause, of those that were investigated."""
    found = Investigation.objects.filter(case__in=rows.order_by().values("pk")).order_by()
    counted = found.values_list("root_cause__code").annotate(n=Count("pk"))
    numbers = [(code, 0, n) for code, n in counted]
    causes = RootCause.objects.filter(code__in=[code for code, _site, _n in numbers])
    names = {cause.code: str(cause) for cause in causes}
    return pareto(numbers, lambda code: names[code])


def _counted(rows: QuerySet[CaseFacts], column: str) -> list[tuple[str, int, int]]:
    counted = rows.filter(is_repeat=False).order_by().values_list(column).annotate(n=Count("pk"))
    return [(code, 0, n) for code, n in counted]


def weekly(rows: QuerySet[CaseFacts]) -> list[tuple[date, int]]:
    """Return complaints per week of receipt, weeks without any as well."""
    counted = rows.filter(is_repeat=False).annotate(week=TruncWeek("received_day")).order_by()
    found = dict(counted.values_list("week").annotate(n=Count("pk")))
    if not found:
        return []
    week, last, weeks = min(found), max(found), []
    while week <= last:
        weeks.append((week, found.get(week, 0)))
        week += timedelta(days=7)
    return weeks


def monthly(rows: QuerySet[CaseFacts], *, now: datetime) -> list[Month]:
    """Return first-time resolution and satisfaction per month of receipt (CMP-17)."""
    judged = _judged(rows, now).annotate(month=TruncMonth("received_day")).order_by()
    counts = judged.values("month").annotate(
        received=Count("pk"), total=Count("pk", filter=_mature(now)),
        hits=Count("pk", filter=_mature(now) & _SOLVED),
    )  # fmt: skip
    called = _calls(rows).annotate(month=TruncMonth("case__facts__received_day")).order_by()
    happy = {
        row["month"]: Share(row["good"], row["n"])
        for row in called.values("month").annotate(n=Count("pk"), good=_happy())
    }
    found = {row["month"]: row for row in counts}
    return [
        Month(month, row["received"], Share(row["hits"], row["total"]),
              happy.get(month, Share(0, 0)))
        for month, row in sorted(found.items())
    ]  # fmt: skip


def agents(rows: QuerySet[CaseFacts], *, now: datetime, only: int | None = None) -> list[Agent]:
    """Return what came of each owner's cases, by name: nobody is ranked."""
    judged = _judged(rows, now).filter(case__owner__isnull=False)
    if only is not None:
        judged = judged.filter(case__owner=only)
    due = Q(first_due_at__lte=now) | Q(first_answer_at__isnull=False)
    counts = judged.order_by().values("case__owner").annotate(
        answered=Count("pk", filter=Q(answered_at__isnull=False)),
        due=Count("pk", filter=due),
        quick=Count("pk", filter=Q(first_answer_at__lte=F("first_due_at"))),
        total=Count("pk", filter=_mature(now)), hits=Count("pk", filter=_mature(now) & _SOLVED),
    )  # fmt: skip
    found = {row["case__owner"]: row for row in counts}
    calls = _calls(rows).order_by().values("case__owner").annotate(n=Count("pk"), good=_happy())
    happy = {row["case__owner"]: Share(row["good"], row["n"]) for row in calls}
    moved = _transfers(rows).values_list("case__owner").annotate(n=Count("pk"))
    passed = dict(moved)
    held = dict(judged.order_by().values_list("case__owner").annotate(n=Count("pk")))
    people = User.objects.in_bulk(found)
    lines = [
        Agent(
            str(people[pk]), row["answered"], Share(row["quick"], row["due"]),
            Share(row["hits"], row["total"]), happy.get(pk, Share(0, 0)),
            passed.get(pk, 0) / held[pk],
        )
        for pk, row in found.items()
    ]  # fmt: skip
    return sorted(lines, key=lambda one: one.name)


def speed(rows: QuerySet[CaseFacts], *, now: datetime) -> Speed:
    """Return the first answers in their limit, the median wait, and how cases were passed on."""
    due = rows.filter(Q(first_due_at__lte=now) | Q(first_answer_at__isnull=False))
    total = due.count()
    quick = due.filter(first_answer_at__lte=F("first_due_at")).count()
    moved = _transfers(rows).values_list("case").annotate(n=Count("pk"))
    times = [n for _case, n in moved]
    cases = rows.count()
    steps = [("0", cases - len(times)), ("1", times.count(1)), ("2", times.count(2)),
             ("≥ 3", sum(n > 2 for n in times))]  # fmt: skip
    mean = sum(times) / cases if cases else 0.0
    return Speed(Share(quick, total), _median(due, total), steps, mean)


def _median(due: QuerySet[CaseFacts], total: int) -> timedelta | None:
    """The middle wait; whoever still waits, waits longest. None when the middle one does."""
    if not total:
        return None
    wait = ExpressionWrapper(F("first_answer_at") - F("received_at"), DurationField())
    ordered = due.annotate(wait=wait).order_by(F("wait").asc(nulls_last=True), "pk")
    return ordered.values_list("wait", flat=True)[(total - 1) // 2]


_SOLVED = Q(
    answered_at__lte=F("legal_due_at"), told_at__isnull=False, case__reopened=0, came_back=False
)


def _judged(rows: QuerySet[CaseFacts], now: datetime) -> QuerySet[CaseFacts]:
    """Repeats and merged cases are part of the first one, not cases of their own."""
    again = Case.objects.filter(repeat_of=OuterRef("pk"))
    return (
        rows.filter(is_repeat=False)
        .exclude(case__status="merged")
        .annotate(came_back=Exists(again))
    )


def _mature(now: datetime) -> Q:
    return Q(received_at__lte=now - MATURE)


def _calls(rows: QuerySet[CaseFacts]) -> QuerySet[FollowUp]:
    """Answered follow-up calls: unreachable is neither satisfied nor not (C06)."""
    answered = (FollowUpResult.SATISFIED, FollowUpResult.UNSATISFIED)
    return FollowUp.objects.filter(
        case__in=rows.order_by().values("pk"), done_at__isnull=False, result__in=answered
    )


def _happy() -> Count:
    return Count("pk", filter=Q(result=FollowUpResult.SATISFIED))


def _transfers(rows: QuerySet[CaseFacts]) -> QuerySet[Transfer]:
    return Transfer.objects.filter(case__in=rows.order_by().values("pk")).order_by()
