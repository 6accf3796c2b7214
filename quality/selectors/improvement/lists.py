"""Lists of programmes, activities, changes and routines within a reader's reach."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from courierqa.core.access import Access
from courierqa.core.enums import Scope
from quality.enums import ActionStatus
from quality.improvement_enums import ActivityStatus, Field, ProgrammeKind, ProgrammeStatus, Verdict
from quality.models import Action, Activity, Programme, Routine, RoutineTurn


def programmes_for(access: Access) -> QuerySet[Programme]:
    """Return those of the reader's sites, those of the whole company, and one's own."""
    rows = Programme.objects.select_related("site", "product", "owner", "programme")
    if access.is_all:
        return rows
    seen = access.rows(site="site_id")
    if access.scope == Scope.SITE:
        seen |= Q(site=None)
    if access.employee_id is not None:
        on_team = Programme.team.through.objects.filter(employee=access.employee_id)
        seen |= Q(owner=access.employee_id) | Q(pk__in=on_team.values("programme"))
    return rows.filter(seen)


def changeable(access: Access) -> QuerySet[Programme]:
    """Return the programmes the actor may change: of the own sites, or those one owns."""
    rows = Programme.objects.select_related("site", "product", "owner", "programme")
    if access.is_all:
        return rows
    own = Q(owner=access.employee_id) if access.employee_id else Q(pk__in=())
    return rows.filter(access.rows(site="site_id") | own)


def board(
    rows: QuerySet[Programme], asked: Mapping[str, str], *, today: date
) -> QuerySet[Programme]:
    """Narrow the list by what the address asks for, with how far its measures and plans are."""
    status, kind, field = (asked.get(name, "") for name in ("status", "kind", "field"))
    if status == "late":
        rows = rows.filter(status=ProgrammeStatus.RUNNING, due_on__lt=today)
    elif status in ProgrammeStatus.values:
        rows = rows.filter(status=status)
    elif status in Verdict.values:
        rows = rows.filter(verdict=status)
    if kind in ProgrammeKind.values:
        rows = rows.filter(kind=kind)
    if field in Field.values:
        rows = rows.filter(field=field)
    if asked.get("site"):
        rows = rows.filter(site__code=asked["site"][:12])
    return rows.annotate(
        n_actions=_count(Q()), n_done=_count(Q(action__status=ActionStatus.DONE)),
        n_plans=Coalesce(Subquery(_plans(Q())), 0),
        n_ended=Coalesce(Subquery(_plans(Q(status=ProgrammeStatus.ENDED))), 0),
    )  # fmt: skip


def _count(wanted: Q) -> Coalesce:
    links = Programme.actions.through.objects.filter(wanted, programme=OuterRef("pk"))
    counted = links.order_by().values("programme").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def _plans(wanted: Q) -> QuerySet[Programme, Any]:
    """Return the count of a programme's plans that were not given up."""
    rows = Programme.objects.filter(wanted, programme=OuterRef("pk"))
    rows = rows.exclude(status=ProgrammeStatus.DROPPED)
    return rows.order_by().values("programme").annotate(n=Count("pk")).values("n")


def linkable_actions(row: Programme, access: Access) -> QuerySet[Action]:
    """Return the measures that may become those of a programme: not cancelled, at its place."""
    rows = Action.objects.exclude(status=ActionStatus.CANCELLED).exclude(programmes=row)
    if row.site_id is not None:
        rows = rows.filter(nonconformity__site=row.site_id)
    elif not access.is_all:
        rows = rows.filter(access.rows(site="nonconformity__site_id"))
    return rows.select_related("nonconformity", "owner").order_by("-nonconformity_id", "position")


def activities_for(access: Access, asked: Mapping[str, str]) -> QuerySet[Activity]:
    """Return the calendar: of the reader's sites and of the company."""
    rows = Activity.objects.select_related("site", "owner")
    if not access.is_all:
        own = Q(owner=access.employee_id) if access.employee_id else Q(pk__in=())
        rows = rows.filter(access.rows(site="site_id") | Q(site=None) | own)
    if asked.get("status") in ActivityStatus.values:
        rows = rows.filter(status=asked["status"])
    return rows


def routines() -> QuerySet[Routine]:
    """Return the routines with the turn that is due next and the last one done."""
    turns = RoutineTurn.objects.filter(plan=OuterRef("pk"))
    coming = turns.filter(done_at=None).order_by("due_day")
    done = turns.exclude(done_at=None).order_by("-done_at")
    return Routine.objects.select_related("owner").annotate(
        next_id=Subquery(coming.values("pk")[:1]), next_on=Subquery(coming.values("due_day")[:1]),
        last_at=Subquery(done.values("done_at")[:1]),
        last_result=Subquery(done.values("result")[:1]),
    )  # fmt: skip
