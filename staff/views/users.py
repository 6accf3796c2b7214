"""Logins and their roles: for administrators; acts at the next request of the person."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from courierqa.core.access import allow
from courierqa.core.enums import Role
from courierqa.core.errors import DomainError
from courierqa.core.forms import FieldErrors
from staff import selectors, services
from staff.forms import GrantForm, NewUserForm, ReasonForm
from staff.models import Grant, User


@allow("user", GET="read")
def users_page(request: HttpRequest) -> HttpResponse:
    """Every login with what it may do."""
    words, role = request.GET.get("q", "").strip()[:60], request.GET.get("role", "")
    found = selectors.users_list(words=words, role=role, now=timezone.now())
    page = {
        "title": _("Users"),
        "page": Paginator(found, 50).get_page(request.GET.get("page")),
        "roles": [choice for choice in Role.choices if choice[0] != Role.PUBLIC],
        "words": words,
        "role": role,
    }
    return render(request, "staff/users.html", page)


def login_of(username: str) -> User:
    found = User.objects.select_related("employee__post", "employee__site")
    return get_object_or_404(found, username=username)


@allow("user", GET="read", POST="change")
def user_page(request: HttpRequest, username: str) -> HttpResponse:
    """One login: its roles now and before; POST gives a role."""
    user = login_of(username)
    form = GrantForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            services.grant_role(user, **form.cleaned_data, by=request.user, at=timezone.now())
        if errors.ok:
            messages.success(request, _("Role given. It acts at the next click of this person"))
            return redirect("staff:user", username)
    return show_user(request, user, form)


def show_user(
    request: HttpRequest, user: User, form: GrantForm, problem: DomainError | None = None
) -> HttpResponse:
    now = timezone.now()
    page = {
        "title": user.display_name,
        "person": getattr(user, "employee", None),
        "login": user,
        "grants": selectors.grants_of(user, now=now),
        "past": selectors.past_grants_of(user, now=now),
        "tokens": user.tokens.prefetch_related("sites").order_by("-pk"),
        "form": form,
        "is_self": user.pk == request.user.pk,
        "problems": [("", problem.message)] if problem else [],
    }
    return render(request, "staff/user.html", page, status=422 if form.errors or problem else 200)


@allow("user", POST="change")
def grant_revoke(request: HttpRequest, username: str, grant_id: int) -> HttpResponse:
    """End a role now."""
    user = login_of(username)
    grant = get_object_or_404(Grant, pk=grant_id, user=user)
    return with_reason(
        request,
        user,
        lambda reason: services.revoke_role(
            grant, by=request.user, at=timezone.now(), reason=reason
        ),
        _("Role withdrawn. It ends at the next click of this person"),
    )


@allow("user", POST="change")
def user_switch(request: HttpRequest, username: str) -> HttpResponse:
    """Close a login, or open it again."""
    user = login_of(username)
    active = not user.is_active
    return with_reason(
        request,
        user,
        lambda reason: services.set_user_active(
            user, active=active, by=request.user, at=timezone.now(), reason=reason
        ),
        _("Login opened") if active else _("Login closed"),
    )


def with_reason(request: HttpRequest, user: User, deed, done: str) -> HttpResponse:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        problem = DomainError(_("Write why"), field="reason")
        return show_user(request, user, GrantForm(), problem)
    try:
        deed(form.cleaned_data["reason"])
    except DomainError as problem:
        return show_user(request, user, GrantForm(), problem)
    messages.success(request, done)
    return redirect("staff:user", user.username)


@allow("user", GET="change", POST="change")
@never_cache
def user_new(request: HttpRequest) -> HttpResponse:
    """Give a person a login; the first password is shown once, here."""
    form = NewUserForm(request.POST or None, initial={"number": request.GET.get("number", "")})
    if request.method == "POST" and form.is_valid():
        person = form.cleaned_data["number"]
        errors = FieldErrors(form)
        with errors:
            user, password = services.create_login(person, by=request.user, at=timezone.now())
        if errors.ok:
            page = {"title": _("Login made"), "login": user, "password": password}
            return render(request, "staff/user_made.html", page)
    page = {"title": _("New login"), "form": form}
    return render(request, "staff/user_new.html", page, status=422 if form.errors else 200)
