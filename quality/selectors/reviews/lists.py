"""Which reviews a reader reaches, which are overdue, and what one of them holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from courierqa.core.access import Access
from quality.measured import Line, measure
from quality.models import EffectCheck, Review, ReviewDecision, ReviewInput, ReviewVerdict
from quality.review_enums import LETTERS, UNHELD, ReviewKind, ReviewStatus, Topic
from quality.selectors.reviews.inputs import WORDS, last_management
from staff.models import Site

MOST = 5


def reviews_for(access: Access) -> QuerySet[Review]:
    """Return those of the reader's sites, and whatever the reader holds; a site's leader sees
    the company's timeliness too, but no management review."""
    rows = Review.objects.select_related("plan", "site", "owner")
    if access.is_all:
        return rows
    seen = access.rows(site="site_id") | Q(site=None, kind=ReviewKind.TIMELINESS)
    if access.employee_id is not None:
        seen |= Q(owner=access.employee_id)
    return rows.filter(seen)


def filtered(rows: QuerySet[Review], asked: Mapping[str, str], *, today: date) -> QuerySet[Review]:
    """Narrow by what the address asks for; unknown words change nothing."""
    if asked.get("kind") in ReviewKind.values:
        rows = rows.filter(kind=asked["kind"])
    if asked.get("site"):
        rows = rows.filter(site__code=asked["site"][:12])
    if asked.get("show") == "overdue":
        rows = rows.filter(status__in=UNHELD, due_day__lt=today)
    if asked.get("show") == "held":
        rows = rows.filter(status=ReviewStatus.HELD)
    if asked.get("show") == "coming":
        rows = rows.filter(status__in=UNHELD)
    return rows


def with_counts(rows: QuerySet[Review]) -> QuerySet[Review]:
    """Return reviews with how many decisions they took and how many of these have ended."""
    ended = Q(decisions__ended_at__isnull=False)
    return rows.annotate(decisions_n=Count("decisions"),
                         ended_n=Count("decisions", filter=ended))  # fmt: skip


def overdue_count(rows: QuerySet[Review], *, today: date) -> int:
    """Return how many were not held by their day (TIM-07)."""
    return rows.filter(status__in=UNHELD, due_day__lt=today).count()


def owed_reviews(employee_id: int, *, today: date) -> list[Review]:
    """Return the reviews a person has to hold: those late, and those whose month is over."""
    rows = Review.objects.filter(owner=employee_id, status__in=UNHELD).select_related("site")
    found = rows.order_by("due_day", "id")[: MOST * 3]
    return [one for one in found if one.period.end_day <= today][:MOST]


def decisions_to_end(access: Access) -> QuerySet[ReviewDecision]:
    """Return the decisions of held reviews that wait for keep, adjust or stop."""
    rows = ReviewDecision.objects.filter(ended_at=None, review__status=ReviewStatus.HELD)
    return rows.filter(review__in=reviews_for(access))


@dataclass(frozen=True)
class Shown:
    """One topic of the agenda as a page shows it."""

    row: ReviewInput
    letter: str
    facts: list[tuple[Any, int, str]]
    lines: list[dict[str, Any]]

    @property
    def label(self) -> Any:
        return Topic(self.row.topic).label

    @property
    def has_data(self) -> bool:
        """Say whether anything was counted; the page says so where nothing was."""
        counted = any(number for _words, number, _url in self.facts)
        return counted or any(line["has_figure"] for line in self.lines)


def agenda(row: Review) -> list[Shown]:
    """Return the topics in the order of 9.3.2, with facts and figures in the reader's words."""
    stored = {one.topic: one for one in row.inputs.all()}
    goals = [one.line for one in row.verdicts.all() if one.metric]
    return [
        Shown(
            stored[topic], LETTERS[topic],
            [(WORDS[code], number, url) for code, number, url in stored[topic].facts
             if code in WORDS],
            [measure().shown(line) for line in
             (goals if topic == Topic.OBJECTIVES else row.figures.get(topic, []))],
        )
        for topic in Topic if topic in stored
    ]  # fmt: skip


def verdicts_of(row: Review) -> list[tuple[ReviewVerdict, dict[str, Any] | None]]:
    """Return the policy and each objective with what the figure says."""
    rows = row.verdicts.select_related("document")
    return [(one, measure().shown(one.line) if one.metric else None) for one in rows]


def shown_lines(lines: list[Line]) -> list[dict[str, Any]]:
    """Return kept figures in the reader's words."""
    return [measure().shown(line) for line in lines]


@dataclass
class Followed:
    """A decision with what became of it; a page adds the form that ends it."""

    row: ReviewDecision
    check: EffectCheck | None
    sides: list[dict[str, Any]]
    form: Any = None


def decisions_of(row: Review) -> list[Followed]:
    """Return the decisions of a review with measure, effect check and outcome."""
    rows = list(row.decisions.select_related(
        "owner", "cause", "nonconformity", "action", "ended_by", "review__site"))  # fmt: skip
    checks: dict[int, EffectCheck] = {}
    numbers = [one.nonconformity_id for one in rows if one.nonconformity_id]
    for check in EffectCheck.objects.filter(nonconformity__in=numbers).order_by("round"):
        checks[check.nonconformity_id] = check
    return [Followed(one, checks.get(one.nonconformity_id or 0), shown_lines(one.reading))
            for one in rows]  # fmt: skip


def earlier_decisions(row: Review) -> list[Followed]:
    """Return what the review before decided and what became of it."""
    before = previous_of(row)
    return decisions_of(before) if before is not None else []


def previous_of(row: Review) -> Review | None:
    """Return the held review before this one: of the same place for timeliness."""
    if row.kind == ReviewKind.MANAGEMENT:
        return last_management(row)
    rows = Review.objects.filter(kind=row.kind, site=row.site_id, status=ReviewStatus.HELD)
    return rows.filter(due_day__lt=row.due_day).order_by("-due_day").first()


def sites_of(access: Access) -> QuerySet[Site]:
    """Return the sites a reader may filter by."""
    sites = Site.objects.order_by("code")
    return sites if access.is_all else sites.filter(pk__in=access.sites)
