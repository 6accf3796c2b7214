"""Who may do what, where, from when to when."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.enums import Role
from courierqa.core.errors import DomainError, NotAllowed
from staff.enums import EmployeeState
from staff.models import Grant, Site, User

# These work in the network as a whole; giving them one site would hide rows they must see.
EVERYWHERE = frozenset(
    {Role.LEAD, Role.QUALITY, Role.MANAGER, Role.HR, Role.AUDITOR, Role.ADMIN, Role.AGENT}
)


def _check(user: User, role: str, site: Site | None, by: User | None) -> None:
    if role not in Role.values or role == Role.PUBLIC:
        raise DomainError(_("Choose a role"), code="unknown_role", field="role")
    if by is not None and by.pk == user.pk:
        raise NotAllowed(_("You cannot change your own roles. Ask another administrator"))
    if role in EVERYWHERE and site is not None:
        raise DomainError(_("This role works at every site; leave the site empty"), field="site")
    person = getattr(user, "employee", None)
    if person is not None and person.state != EmployeeState.ACTIVE:
        raise DomainError(_("Activate this person before giving a role"), code="not_active")


@transaction.atomic
def grant_role(
    user: User,
    role: str,
    site: Site | None = None,
    *,
    by: User | None = None,
    at: datetime,
    until: datetime | None = None,
    reason: str = "",
) -> Grant:
    """Give a role at a site, or everywhere; it acts at the next request."""
    _check(user, role, site, by)
    User.objects.select_for_update().get(pk=user.pk)
    same = Grant.objects.filter(user=user, role=role, site=site, valid_from__lte=at)
    if same.filter(Q(valid_to=None) | Q(valid_to__gt=at)).exists():
        raise DomainError(
            _("This person already has this role there"), code="granted", field="role"
        )
    grant = Grant.objects.create(
        user=user, role=role, site=site, valid_from=at, valid_to=until, granted_by=by, reason=reason
    )
    _note("grant.give", grant, by=by, at=at, reason=reason)
    return grant


@transaction.atomic
def revoke_role(grant: Grant, *, by: User | None, at: datetime, reason: str) -> Grant:
    """End a role now; the next request no longer has it."""
    grant = Grant.objects.select_for_update().get(pk=grant.pk)
    if by is not None and by.pk == grant.user_id:
        raise NotAllowed(_("You cannot change your own roles. Ask another administrator"))
    if grant.valid_to is not None and grant.valid_to <= at:
        raise DomainError(_("This role has already ended"), code="ended")
    grant.valid_to, grant.revoked_by, grant.revoke_reason = max(at, grant.valid_from), by, reason
    grant.save(update_fields=["valid_to", "revoked_by", "revoke_reason", "updated_at"])
    _note("grant.revoke", grant, by=by, at=at, reason=reason)
    return grant


@transaction.atomic
def set_user_active(user: User, *, active: bool, by: User, at: datetime, reason: str) -> User:
    """Close or reopen a login; open sessions and keys stop at their next request."""
    if by.pk == user.pk:
        raise NotAllowed(_("You cannot close your own login. Ask another administrator"))
    user.is_active = active
    user.save(update_fields=["is_active"])
    action = "user.open" if active else "user.close"
    audit.record(action, user, actor=by, at=at, reason=reason, seal_now=True)
    return user


def _note(action: str, grant: Grant, *, by: User | None, at: datetime, reason: str) -> None:
    """Put a change of rights into the chain at once: it must not be deniable for a second."""
    place = grant.site.code if grant.site else "*"
    audit.record(
        action,
        grant.user,
        actor=by,
        at=at,
        fields=[grant.role, place],
        reason=reason,
        seal_now=True,
    )
