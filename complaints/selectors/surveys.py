"""Surveys as pages show them: plans with their rhythm, results with n, range and period."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from complaints import survey_scores
from complaints.enums import Effect, Outcome, QuestionKind, SurveyMethod
from complaints.models import (
    Invitation,
    SurveyAnswer,
    SurveyItem,
    SurveyMeasure,
    SurveyPlan,
    SurveyRound,
    SurveyTemplate,
)
from complaints.survey_scores import Estimate, Recommendation
from courierqa.core.calendars import day_start
from courierqa.core.enums import MessageState
from courierqa.core.models import Message
from staff.models import Employee, Site

# The kinds of questions that are answered with a number.
NUMBERS = (QuestionKind.SCALE, QuestionKind.NPS)


@dataclass(frozen=True)
class Asked:
    """Which answers count: invited in [start, end), at some sites, in one way, of one courier."""

    start: datetime
    end: datetime
    sites: Collection[int] | None = None
    method: str = ""
    courier_id: int | None = None
    block: str = ""


@dataclass
class Group:
    """The answers of one site, courier or channel."""

    name: str
    scores: list[int] = field(default_factory=list)
    taps: list[int] = field(default_factory=list)

    @property
    def score(self) -> Estimate:
        return survey_scores.mean_score(self.scores)

    @property
    def satisfied(self) -> Estimate:
        return survey_scores.share_satisfied(self.taps)


@dataclass(frozen=True)
class Results:
    """What a period's answers say (V01, V02, V04)."""

    whole: Group
    sites: list[Group]
    couriers: list[Group]
    channels: list[Group]
    invited: int

    @property
    def answered(self) -> int:
        return len(self.whole.taps)

    @property
    def rate(self) -> float | None:
        """Return answers per delivered invitation, and never more than all."""
        return self.answered / self.invited if self.invited else None

    @property
    def is_biased(self) -> bool:
        return self.rate is not None and self.rate < survey_scores.LEAST_RATE


def results(asked: Asked) -> Results:
    """Return the scores of a period, in two queries and one for the names."""
    rows = _answers(asked).values_list(
        "score", "rating__score", "invitation__site_id", "invitation__courier_id", "channel"
    )
    whole = Group("")
    by_site: dict[Any, Group] = defaultdict(lambda: Group(""))
    by_courier: dict[Any, Group] = defaultdict(lambda: Group(""))
    by_channel: dict[Any, Group] = defaultdict(lambda: Group(""))
    for score, tap, site, courier, channel in rows:
        for group in (whole, by_site[site], by_courier[courier], by_channel[channel]):
            group.taps.append(tap)
            if score is not None:
                group.scores.append(score)
    by_courier.pop(None, None)
    _name(by_site, {site.pk: str(site) for site in Site.objects.filter(pk__in=by_site)})
    people = Employee.objects.filter(pk__in=by_courier)
    _name(by_courier, {one.pk: f"{one.name} {one.number}" for one in people})
    _name(by_channel, {way: SurveyMethod(way).label for way in by_channel})
    return Results(
        whole, _sorted(by_site), _sorted(by_courier), _sorted(by_channel), delivered(asked)
    )


def whole(asked: Asked) -> Group:
    """Return all answers of a period as one group, in one query: what a home page shows."""
    rows = list(_answers(asked).values_list("score", "rating__score"))
    scores = [score for score, _tap in rows if score is not None]
    return Group("", scores, [tap for _score, tap in rows])


def questions(asked: Asked) -> tuple[list[tuple[Any, Estimate, list[int]]], Recommendation]:
    """Return what every question that asks for a number was answered with, in one query.

    First each scaled question with its mean in points and how often each step was given, then
    the question from 0 to 10, whatever its wording (V03).
    """
    rows = SurveyItem.objects.filter(
        answer__in=_answers(asked), question__kind__in=NUMBERS, value__isnull=False
    )
    if asked.block:
        rows = rows.filter(question__block=asked.block)
    counted: dict[Any, Counter[int]] = defaultdict(Counter)
    named: dict[Any, Any] = {}
    recommended: Counter[int] = Counter()
    for item in rows.select_related("question").only("value", "question", "answer_id"):
        question = item.question
        if question.kind == QuestionKind.NPS:
            recommended[item.value or 0] += 1
            continue
        named.setdefault((question.block, question.text), question)
        counted[question.block, question.text][item.value or 0] += 1
    ordered = sorted(named.items(), key=lambda pair: pair[1].position)
    scaled = [
        (question, survey_scores.mean_score(_spread(counted[key])), _steps(counted[key]))
        for key, question in ordered
    ]
    return scaled, Recommendation(tuple(recommended[step] for step in range(11)))


def words(asked: Asked) -> QuerySet[SurveyItem]:
    """Return what people wrote, newest first; the reader sees it masked."""
    rows = SurveyItem.objects.filter(answer__in=_answers(asked), question__kind=QuestionKind.WORDS)
    return rows.exclude(words="").select_related("question", "answer__rating")


def tag_counts(asked: Asked) -> Counter[str]:
    """Return how often each tag was set."""
    found = words(asked).values_list("tags", flat=True)
    return Counter(tag for tags in found for tag in tags)


def delivered(asked: Asked) -> int:
    """Return how many invitations reached somebody: not the messages that came back."""
    rows = _invitations(asked)
    failed = Message.objects.filter(
        key__in=rows.exclude(message_key="").values("message_key"), state=MessageState.FAILED
    ).count()
    unreached = rows.filter(outcome=Outcome.UNREACHED).count()
    return rows.count() - failed - unreached


def plans(*, today: date) -> list[tuple[SurveyPlan, bool]]:
    """Return the plans with last and next date, and whether they are overdue (SAT-01)."""
    rows = SurveyPlan.objects.select_related("owner", "approved_by")
    found = rows.annotate(last_at=Max("rounds__held_at"), held=Count("rounds"))
    return [
        (plan, plan.is_overdue_on(today)) for plan in found.order_by("ended_at", "next_on", "pk")
    ]


def rounds_of(plan: SurveyPlan) -> list[SurveyRound]:
    """Return the rounds of a plan, newest first, with how many answered."""
    done = Count("invitations", filter=Q(invitations__outcome=Outcome.ANSWERED))
    return list(plan.rounds.annotate(answered=done).order_by("-planned_on"))


def missed_days(plan: SurveyPlan, *, now: datetime) -> list[date]:
    """Return the planned days that passed without a round, newest first (V05)."""
    rows = plan.occurrences.filter(held_at=None, dropped_at=None, due_at__lt=now)
    return list(rows.order_by("-planned_on").values_list("planned_on", flat=True))


def questionnaires() -> list[SurveyTemplate]:
    """Return the newest version of each questionnaire."""
    newest: dict[str, SurveyTemplate] = {}
    for row in SurveyTemplate.objects.order_by("code", "version").annotate(n=Count("questions")):
        newest[row.code] = row
    return list(newest.values())


def measures() -> list[SurveyMeasure]:
    """Return measures, those whose check is due first."""
    rows = SurveyMeasure.objects.select_related("owner", "site", "checked_by")
    return sorted(rows, key=lambda row: (row.checked_at is not None, row.check_on))


def before_after(measure: SurveyMeasure) -> tuple[Estimate, Estimate]:
    """Return the score before and after a measure, each with its number of answers (SAT-08)."""
    start = day_start(measure.started_on)
    span = timedelta(days=measure.window_days)
    site = [measure.site_id] if measure.site_id else None
    return (
        _scored(Asked(start - span, start, sites=site, block=measure.block)),
        _scored(Asked(start, start + span, sites=site, block=measure.block)),
    )


def effect_of(before: Estimate, after: Estimate) -> Effect:
    """Return what two scores say: different only when their ranges do not overlap. Pure."""
    if before.is_few or after.is_few or before.low is None or after.low is None:
        return Effect.TOO_FEW
    if after.low > (before.high or 0):
        return Effect.BETTER
    return Effect.WORSE if (after.high or 0) < before.low else Effect.SAME


def block_score(asked: Asked, block: str) -> Estimate:
    """Return the mean of one block, in points."""
    return _scored(replace(asked, block=block))


def _scored(asked: Asked) -> Estimate:
    if not asked.block:
        rows = _answers(asked).only("score")
        return survey_scores.mean_score([row.score for row in rows if row.score is not None])
    items = SurveyItem.objects.filter(
        answer__in=_answers(asked), question__block=asked.block, value__isnull=False
    )
    per_answer: dict[int, list[int]] = defaultdict(list)
    for answer, value in items.values_list("answer_id", "value"):
        per_answer[answer].append(2500 * ((value or 1) - 1))
    return survey_scores.mean_score([round(sum(v) / len(v)) for v in per_answer.values()])


def _answers(asked: Asked) -> QuerySet[SurveyAnswer]:
    """Answers belong to the day of their invitation and count for seven days (V01)."""
    return SurveyAnswer.objects.filter(_where(asked, "invitation__"))


def _invitations(asked: Asked) -> QuerySet[Invitation]:
    return Invitation.objects.filter(_where(asked, ""))


def _where(asked: Asked, path: str) -> Q:
    found = Q(**{f"{path}invited_at__gte": asked.start, f"{path}invited_at__lt": asked.end})
    if asked.sites is not None:
        found &= Q(**{f"{path}site_id__in": asked.sites})
    if asked.method:
        found &= Q(**{f"{path}round__plan__method": asked.method})
    if asked.courier_id is not None:
        found &= Q(**{f"{path}courier_id": asked.courier_id})
    return found


def _name(groups: dict[Any, Group], names: dict[Any, Any]) -> None:
    for key, group in groups.items():
        group.name = str(names.get(key, "—"))


def _sorted(groups: dict[Any, Group]) -> list[Group]:
    """Return groups by name: few answers make no ranking."""
    return sorted(groups.values(), key=lambda group: group.name)


def _spread(counts: Counter[int]) -> list[int]:
    return [2500 * (value - 1) for value, n in counts.items() for _one in range(n)]


def _steps(counts: Counter[int]) -> list[int]:
    return [counts[value] for value in (1, 2, 3, 4, 5)]
