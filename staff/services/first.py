"""The first person of an empty installation: somebody has to let the others in."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.enums import Role
from courierqa.core.errors import DomainError
from staff.models import Grant, User
from staff.services.grants import grant_role
from staff.services.people import create_user, fresh_password


def administrator_at(at: datetime) -> User | None:
    """Return somebody who can sign in as administrator now, if there is anybody."""
    acting = Grant.objects.filter(role=Role.ADMIN, valid_from__lte=at, user__is_active=True)
    found = acting.filter(Q(valid_to=None) | Q(valid_to__gt=at)).select_related("user").first()
    return found.user if found else None


@transaction.atomic
def first_login(*, username: str, display_name: str, at: datetime) -> tuple[User, str]:
    """Make the first administrator with a password that is shown once and changed at sign-in.

    Refused once there is an administrator: from then on logins are given on the pages, by name.
    """
    known = administrator_at(at)
    if known is not None:
        raise DomainError(
            _("There is an administrator already: %(login)s. Ask them for a login")
            % {"login": known.username},
            code="taken",
        )
    password = fresh_password()
    user = create_user(
        username=username, display_name=display_name, password=password, must_change_password=True
    )
    audit.record("user.create", user, actor=None, at=at, reason="first_login", seal_now=True)
    grant_role(user, Role.ADMIN, at=at, reason="first_login")
    return user, password
