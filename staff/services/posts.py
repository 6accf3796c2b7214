"""Posts in versions, moves between posts and sites, units, teams, signed texts."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError, NotAllowed
from staff import counted, roster
from staff.enums import EmployeeState
from staff.models import (
    Employee,
    Grant,
    Move,
    Post,
    PostVersion,
    Signature,
    Site,
    Statement,
    Team,
    TeamMember,
    Unit,
    User,
)
from staff.qualifications import require_for_post
from staff.services.grants import EVERYWHERE, grant_role, revoke_role
from staff.services.people import require_check

TEXTS = ("duties", "duties_en", "standard", "standard_en")


@transaction.atomic
def revise_post(
    post: Post, *, texts: dict[str, str], reviewed_on: date, by: User | None, at: datetime
) -> Post:
    """Review a post: its texts as they are now become the next version (STF-01)."""
    post = Post.objects.select_for_update().get(pk=post.pk)
    _keep_version(post, by=None, at=at)
    for name in TEXTS:
        setattr(post, name, texts.get(name, getattr(post, name)))
    post.version, post.reviewed_on = post.version + 1, reviewed_on
    post.save(update_fields=[*TEXTS, "version", "reviewed_on", "updated_at"])
    _keep_version(post, by=by, at=at)
    audit.record("post.change", post, actor=by, at=at, fields=["version"])
    return post


def _keep_version(post: Post, *, by: User | None, at: datetime) -> None:
    texts = {name: getattr(post, name) for name in TEXTS}
    PostVersion.objects.get_or_create(
        post=post,
        version=post.version,
        defaults={**texts, "reviewed_on": post.reviewed_on, "by": by, "at": at},
    )


@transaction.atomic
def transfer(
    employee: Employee,
    *,
    post: Post,
    site: Site,
    on: date,
    reason: str,
    by: User | None = None,
    at: datetime,
) -> Move:
    """Take a person to another post or site; their site roles move with them at once.

    Records of the past stay with the site and post of their time (B19).
    """
    employee = Employee.objects.select_for_update().get(pk=employee.pk)
    if by is not None and by.pk == employee.user_id:
        raise NotAllowed(_("Nobody decides about themselves"))
    if employee.state == EmployeeState.LEFT:
        raise DomainError(_("This person has left"), code="left")
    if (post.pk, site.pk) == (employee.post_id, employee.site_id):
        raise DomainError(_("Choose another post or another site"), code="no_change", field="site")
    if on > business_day(at):
        raise DomainError(_("This day lies ahead. Enter the move when it has come"),
                          code="ahead", field="on")  # fmt: skip
    # Whoever has not started yet is looked at when starting.
    if post.pk != employee.post_id and employee.state == EmployeeState.ACTIVE:
        require_check(post, employee.background_checked_on, employee.background_result)
        require_for_post(employee, post, day=on)
    old = employee.post, employee.site
    move = Move.objects.create(
        employee=employee, from_post=old[0], to_post=post, from_site=old[1], to_site=site,
        on=on, reason=reason, by=by, at=at,
    )  # fmt: skip
    employee.post, employee.site = post, site
    employee.save(update_fields=["post", "site", "updated_at"])
    _move_grants(employee, old[0], old[1], by=by, at=at)
    TeamMember.objects.filter(employee=employee, to_on=None).exclude(team__site=site).update(
        to_on=on
    )
    counted.refresh_courses_of(employee, at=at)
    roster.refresh_person(employee, at=at)
    audit.record("staff.move", employee, actor=by, at=at, fields=["post", "site"], reason=reason)
    return move


def _move_grants(
    employee: Employee, old_post: Post, old_site: Site, *, by: User | None, at: datetime
) -> None:
    """End the role of the old post at the old site; give the new post's at the new one.

    Network-wide roles are an administrator's to give and to take.
    """
    if employee.user is None:
        return
    now = Grant.objects.filter(user=employee.user, valid_from__lte=at)
    now = now.filter(Q(valid_to=None) | Q(valid_to__gt=at))
    held = list(now.filter(site=old_site, role=old_post.role))
    # A role given for a time stays one for that time.
    ends = [grant.valid_to for grant in held]
    for grant in held:
        revoke_role(grant, by=by, at=at, reason=_("Moved"))
    role = employee.post.role
    if not held or not role or role in EVERYWHERE:
        return
    if not now.filter(site=employee.site, role=role).exists():
        until = None if None in ends else max(end for end in ends if end)
        grant_role(employee.user, role, employee.site, by=by, at=at, until=until,
                   reason=_("Moved"))  # fmt: skip


@transaction.atomic
def save_unit(unit: Unit, *, changes: dict[str, Any], by: User, at: datetime) -> Unit:
    """Correct a unit's duties or its head."""
    for name, value in changes.items():
        setattr(unit, name, value)
    unit.save(update_fields=[*changes, "updated_at"])
    audit.record("unit.change", unit, actor=by, at=at, fields=sorted(changes))
    return unit


@transaction.atomic
def open_team(
    *, name: str, site: Site, aim: str, leader: Employee | None, by: User | None, at: datetime
) -> Team:
    """Start a team of a site with its aim."""
    if Team.objects.filter(site=site, name=name).exists():
        raise DomainError(_("This site has a team of this name"), code="taken", field="name")
    team = Team.objects.create(name=name, site=site, aim=aim, leader=leader)
    audit.record("team.create", team, actor=by, at=at)
    return team


@transaction.atomic
def join_team(
    team: Team, employee: Employee, *, role: str = "", on: date, by: User | None, at: datetime
) -> TeamMember:
    """Take a person of the site into a team; the team before ends that day."""
    employee = Employee.objects.select_for_update().get(pk=employee.pk)
    if employee.site_id != team.site_id or employee.state == EmployeeState.LEFT:
        raise DomainError(
            _("Choose a person who works at this site"), code="other_site", field="person"
        )
    now = TeamMember.objects.filter(employee=employee, to_on=None)
    if found := now.filter(team=team).first():
        return found
    now.update(to_on=on)
    made = TeamMember.objects.create(team=team, employee=employee, role=role, from_on=on)
    audit.record("team.change", team, actor=by, at=at)
    return made


@transaction.atomic
def leave_team(member: TeamMember, *, on: date, by: User, at: datetime) -> TeamMember:
    """Take a person out of a team from a day on; who has left it stays as recorded."""
    member = TeamMember.objects.select_for_update().get(pk=member.pk)
    if member.to_on is not None:
        raise DomainError(_("This person has left the team"), code="left", field="person")
    member.to_on = on
    member.save(update_fields=["to_on"])
    audit.record("team.change", member.team, actor=by, at=at)
    return member


@transaction.atomic
def sign_statement(statement: Statement, employee: Employee, *, at: datetime) -> Signature:
    """Keep that a person signed this version; twice is once (STF-11, STF-19)."""
    made, is_new = Signature.objects.get_or_create(
        statement=statement, employee=employee, defaults={"at": at}
    )
    if is_new:
        audit.record("statement.sign", statement, actor=employee.user, at=at)
    return made
