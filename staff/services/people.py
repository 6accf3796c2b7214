"""Sites, posts, and the people who hold them."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _
from stdnum.cn import ric

from courierqa.core import audit
from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError, NotAllowed
from courierqa.core.privacy import normal_phone, phone_index
from staff import roster
from staff.enums import CheckResult, EmployeeState, Guard
from staff.models import Employee, Grant, Post, Site, TeamMember, User
from staff.qualifications import NotQualified, require_for_post
from staff.services.grants import revoke_role
from staff.services.plans import assign_induction


class BackgroundCheckMissing(DomainError):
    """A post that needs a background check was to be taken up without one."""

    code = "background_check_missing"


def create_site(*, code: str, name: str, kind: str, **fields: Any) -> Site:
    """Open a place of the network."""
    if Site.objects.filter(code=code).exists():
        raise DomainError(_("This site code is taken"), code="taken", field="code")
    return Site.objects.create(code=code, name=name, kind=kind, **fields)


def create_user(
    *, username: str, display_name: str, password: str | None = None, **fields: Any
) -> User:
    """Make a login without any right."""
    if User.objects.filter(username=username).exists():
        raise DomainError(_("This login exists already"), code="taken", field="username")
    return User.objects.create_user(username, password, display_name=display_name, **fields)


@transaction.atomic
def create_login(employee: Employee, *, by: User, at: datetime) -> tuple[User, str]:
    """Give a person a login named like their number, with a first password shown once.

    Whoever gave it knows it: the first sign-in begins with a change.
    """
    if employee.user_id:
        raise DomainError(_("This person has a login already"), code="taken", field="number")
    password = fresh_password()
    user = create_user(
        username=employee.number,
        display_name=employee.name,
        password=password,
        must_change_password=True,
    )
    employee.user = user
    employee.save(update_fields=["user", "updated_at"])
    audit.record("user.create", user, actor=by, at=at, seal_now=True)
    return user, password


def fresh_password() -> str:
    """Return a password that can be read out, for a first or a forgotten one."""
    return f"{secrets.token_hex(3)}-{secrets.token_hex(3)}"


@transaction.atomic
def set_new_password(user: User, *, by: User, at: datetime, reason: str) -> str:
    """Give somebody who forgot theirs a new password; it is returned once, only a hash is kept.

    Every session of the person ends with the old one, and the next begins with a change: whoever
    set the password knows it.
    """
    if by.pk == user.pk:
        raise NotAllowed(_("Change your own password on your account page"))
    if not user.has_usable_password():
        raise DomainError(_("This login signs in with keys only"), code="no_password")
    password = fresh_password()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    audit.record("user.password", user, actor=by, at=at, reason=reason, seal_now=True)
    return password


@transaction.atomic
def change_own_password(
    user: User, password: str, *, at: datetime, request: HttpRequest | None = None
) -> None:
    """Keep the password somebody chose; every other session of the person ends."""
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    audit.record("user.password", user, actor=user, at=at, request=request)


def check_identity(id_number: str) -> str:
    """Return the identity number without blanks, or refuse one that cannot be right."""
    number = "".join(id_number.split()).upper()
    if number and not ric.is_valid(number):
        raise DomainError(
            _("The identity number has 18 digits and its check digit does not match"),
            code="bad_id_number",
            field="id_number",
        )
    return number


def check_phone(phone: str) -> str:
    """Return the phone as typed, or refuse one that cannot be dialled."""
    if phone and not normal_phone(phone):
        raise DomainError(
            _("Enter a phone number with area code, for example 138 0013 8000"),
            code="bad_phone",
            field="phone",
        )
    return phone


def require_check(post: Post, checked_on: date | None, result: str) -> None:
    """Refuse a post that needs a background check to whoever has none without concern."""
    if post.needs_background_check and (checked_on is None or result != CheckResult.CLEAR):
        raise BackgroundCheckMissing(
            _("This post needs a background check: enter its date and a clear result first"),
            field="background_checked_on",
        )


def _require_no_guard(post: Post) -> None:
    """Refuse to start somebody at once on a post whose certificate nobody could record yet."""
    guarded = post.courses.filter(guards=Guard.POST).first()
    if guarded is not None:
        raise NotQualified(
            _("Take the person on without activating, record “%(course)s”, then activate")
            % {"course": guarded},
            field="activate",
        )


@transaction.atomic
def create_employee(
    *,
    number: str,
    name: str,
    post: Post,
    site: Site,
    hired_on: date,
    user: User | None = None,
    supervisor: Employee | None = None,
    background_checked_on: date | None = None,
    background_result: str = "",
    phone: str = "",
    id_number: str = "",
    activate: bool = True,
    by: User | None = None,
    at: datetime | None = None,
) -> Employee:
    """Take a person on. Active at once only with the background check the post needs."""
    if Employee.objects.filter(number=number).exists():
        raise DomainError(_("This staff number is taken"), code="taken", field="number")
    if background_checked_on and not background_result:
        background_result = CheckResult.CLEAR
    if activate:
        require_check(post, background_checked_on, background_result)
        _require_no_guard(post)
    employee = Employee.objects.create(
        number=number,
        name=name,
        post=post,
        site=site,
        hired_on=hired_on,
        user=user,
        supervisor=supervisor,
        background_checked_on=background_checked_on,
        background_result=background_result,
        phone=check_phone(phone),
        phone_index=phone_index(phone),
        id_number=check_identity(id_number),
        state=EmployeeState.ACTIVE if activate else EmployeeState.PENDING,
    )
    audit.record("staff.create", employee, actor=by, at=at)
    if at is not None:
        assign_induction(employee, by=by, at=at)
        roster.refresh_person(employee, at=at)
    return employee


@transaction.atomic
def change_employee(
    employee: Employee, *, changes: dict[str, Any], by: User | None = None, at: datetime
) -> Employee:
    """Correct a person's record; post and site change by `transfer` only."""
    if {"post", "site"} & changes.keys():
        raise DomainError(_("Another post or site needs a move"), code="move")
    if "phone" in changes:
        changes = {**changes, "phone_index": phone_index(check_phone(changes["phone"]))}
    if "id_number" in changes:
        changes = {**changes, "id_number": check_identity(changes["id_number"])}
    for name, value in changes.items():
        setattr(employee, name, value)
    if employee.state == EmployeeState.ACTIVE:
        require_check(employee.post, employee.background_checked_on, employee.background_result)
    employee.save(update_fields=[*changes, "updated_at"])
    if "hired_on" in changes:
        roster.refresh_person(employee, at=at)
    audit.record("staff.change", employee, actor=by, at=at, fields=sorted(changes))
    return employee


@transaction.atomic
def activate_employee(employee: Employee, *, by: User | None = None, at: datetime) -> Employee:
    """Let a person start work; refused without the background check the post needs."""
    if employee.state != EmployeeState.PENDING:
        raise DomainError(_("Only a person not yet active can be activated"), code="not_pending")
    require_check(employee.post, employee.background_checked_on, employee.background_result)
    require_for_post(employee, employee.post, day=business_day(at))
    employee.state, employee.active_from = EmployeeState.ACTIVE, business_day(at)
    employee.save(update_fields=["state", "active_from", "updated_at"])
    roster.refresh_person(employee, at=at)
    audit.record("staff.activate", employee, actor=by, at=at)
    return employee


def _end_grants(employee: Employee, *, by: User | None, at: datetime, reason: str) -> None:
    """End every role that acts now or would act later, each with who ended it and why."""
    why = reason or _("The person has left")
    grants = Grant.objects.filter(user=employee.user_id)
    for grant in grants.filter(Q(valid_to=None) | Q(valid_to__gt=at)).order_by("pk"):
        revoke_role(grant, by=by, at=at, reason=why[:200])


@transaction.atomic
def leave(
    employee: Employee, *, on: date, by: User | None = None, at: datetime, reason: str = ""
) -> Employee:
    """End the employment: the login closes and every role ends now."""
    if on > business_day(at):
        raise DomainError(_("The last day lies ahead. Enter it when it has come"), code="ahead",
                          field="on")  # fmt: skip
    employee.state, employee.left_on = EmployeeState.LEFT, on
    employee.save(update_fields=["state", "left_on", "updated_at"])
    if employee.user_id:
        User.objects.filter(pk=employee.user_id).update(is_active=False)
        _end_grants(employee, by=by, at=at, reason=reason)
    TeamMember.objects.filter(employee=employee, to_on=None).update(to_on=on)
    roster.refresh_person(employee, at=at)
    audit.record("staff.leave", employee, actor=by, at=at, reason=reason, seal_now=True)
    return employee
