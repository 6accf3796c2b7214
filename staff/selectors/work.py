"""Posts, teams, the plan, needs, supervision and rewards, within what the reader may see."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from courierqa.core.access import Access
from courierqa.core.enums import Scope
from staff import enums
from staff.models import (
    Attendance,
    CoachingNote,
    Discipline,
    Employee,
    LedgerEntry,
    Nomination,
    Observation,
    Post,
    Promotion,
    RewardProposal,
    Signature,
    Suggestion,
    Team,
    TeamMember,
    TrainingNeed,
    TrainingSession,
    Unit,
)


def _person(access: Access) -> Q:
    """Return the filter of rows that name an `employee`."""
    return access.rows(site="employee__site", own="employee")


def posts_with_people() -> QuerySet[Post]:
    """Return the posts with how many people hold them now."""
    here = Count("employees", filter=~Q(employees__state=enums.EmployeeState.LEFT))
    return Post.objects.annotate(people=here)


def organisation() -> list[Unit]:
    """Return the units at the top, each with the units below it as `below`."""
    units: list[Any] = list(Unit.objects.select_related("head"))
    below: dict[int | None, list[Any]] = defaultdict(list)
    for unit in units:
        below[unit.parent_id].append(unit)
    for unit in units:
        unit.below = below[unit.pk]
    return below[None]


def teams_for(access: Access) -> QuerySet[Team]:
    """Return the teams the reader may see, with their size: who is a member now."""
    now = Count("members", filter=Q(members__to_on=None))
    rows = Team.objects.filter(teams_within(access)).select_related("site", "leader")
    return rows.annotate(size=now)


def teams_within(access: Access) -> Q:
    """Return the filter of teams of the reader's sites, or the one they are in now.

    A query of its own: joined, the reader's membership would be all that is counted.
    """
    mine = TeamMember.objects.filter(access.rows(own="employee"), to_on=None).values("team")
    return Q(pk__in=mine) if access.scope == Scope.OWN else access.rows(site="site")


def signed_by(person: Employee | None) -> dict[int, datetime]:
    """Return statement id → when this person signed it."""
    if person is None:
        return {}
    return dict(Signature.objects.filter(employee=person).values_list("statement", "at"))


def sessions_within(access: Access) -> QuerySet[TrainingSession]:
    """Return sessions of the reader's sites, of the whole network, and those people of theirs are
    expected at."""
    if access.is_all:
        return TrainingSession.objects.all()
    # A query of its own: joined, only the reader would be counted as present.
    seen = access.rows(site="employee__site", own="employee")
    own = Attendance.objects.filter(seen).values("session")
    near = Q(site=None) | Q(site__in=access.sites) | Q(pk__in=own)
    return TrainingSession.objects.filter(near)


def sessions_for(access: Access, year: int) -> QuerySet[TrainingSession]:
    """Return the year plan: sessions of the reader's sites and of the whole network."""
    rows = sessions_within(access).filter(first_planned_on__year=year)
    came = Count("attendances", filter=Q(attendances__was_present=True))
    return rows.select_related("course", "site").annotate(came=came)


def need_words(need: TrainingNeed) -> str:
    """Return what must be learned, in the reader's language where a record raised the need."""
    month, _dash, code = need.reference.rpartition("-")
    if need.source == enums.NeedSource.GRADE and code in enums.GradePart.values:
        part = enums.GradePart(code).label
        return _("%(part)s at or below its floor in %(month)s") % {"part": part, "month": month}
    if need.source == enums.NeedSource.GRADE and code == enums.Grade.C:
        return _("Grade C in %(month)s") % {"month": month}
    if need.source == enums.NeedSource.EXAM:
        return _("All attempts at “%(course)s” failed") % {"course": need.text}
    point = need.reference[: -len("-2026-01")]
    if need.source == enums.NeedSource.INSPECTION and point in enums.ObservationItem.values:
        label = enums.ObservationItem(point).label
        return _("Found wanting again: %(point)s") % {"point": label}
    return need.text


def needs_for(access: Access, state: str = "") -> QuerySet[TrainingNeed]:
    """Return what must be learned by the people within reach."""
    rows = TrainingNeed.objects.filter(_person(access))
    rows = rows.filter(state=state) if state in enums.NeedState.values else rows
    return rows.select_related("employee__site", "assignment__course")


def observations_for(access: Access) -> QuerySet[Observation]:
    """Return ride-alongs and spot checks on people within reach; the person sees their own."""
    rows = Observation.objects.filter(access.rows(site="site", own="employee"))
    return rows.select_related("employee", "site", "by", "corrects", "corrected_by")


def coaching_for(access: Access) -> QuerySet[CoachingNote]:
    """Return agreements with people within reach, the next day to look first."""
    rows = CoachingNote.objects.filter(_person(access))
    return rows.select_related("employee", "by")


def about_people(model: Any, access: Access) -> QuerySet[Any]:
    """Return rows of a table that names an `employee`, within reach."""
    return model.objects.filter(_person(access)).select_related("employee__site")


def proposals_for(access: Access) -> QuerySet[RewardProposal]:
    """Return proposals of rewards and deductions."""
    return about_people(RewardProposal, access)


def discipline_for(access: Access) -> QuerySet[Discipline]:
    """Return discipline steps; a step only proposed is not yet the person's to see."""
    rows = about_people(Discipline, access)
    hidden = (enums.DisciplineState.PROPOSED, enums.DisciplineState.DROPPED)
    return rows.exclude(state__in=hidden) if access.scope == "own" else rows


def promotions_for(access: Access) -> QuerySet[Promotion]:
    """Return requests for a higher post."""
    return about_people(Promotion, access).select_related("to_post")


def stars() -> QuerySet[Nomination]:
    """Return nominations; the notice board shows them to everybody."""
    return Nomination.objects.select_related("employee__site", "by")


def suggestions_for(access: Access) -> QuerySet[Suggestion]:
    """Return suggestions: one's own, or everybody's for those who review."""
    return about_people(Suggestion, access).select_related("reward")


def balance_of(person: Employee) -> int:
    """Return what a person's ledger comes to, in fen: the sum of its entries."""
    return LedgerEntry.objects.filter(employee=person).aggregate(n=Sum("amount_fen"))["n"] or 0


def year_of(text: str, today: date) -> int:
    """Return the year asked for, this year where it makes no sense."""
    year = int(text) if text.isdecimal() and text.isascii() and len(text) == 4 else today.year
    return year if 2000 <= year <= 2100 else today.year
