"""Passwords and keys an administrator gives anew or takes away; a secret is shown once."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from courierqa.core.access import allow
from courierqa.core.errors import DomainError
from staff import services
from staff.forms import GrantForm, ReasonForm
from staff.models import ApiToken
from staff.views.users import login_of, show_user, with_reason


@allow("user", POST="change")
@never_cache
def password_set(request: HttpRequest, username: str) -> HttpResponse:
    """Set a new password for somebody who forgot theirs."""
    user = login_of(username)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        problem = DomainError(_("Write why"), field="reason")
        return show_user(request, user, GrantForm(), problem)
    try:
        password = services.set_new_password(
            user, by=request.user, at=timezone.now(), reason=form.cleaned_data["reason"]
        )
    except DomainError as problem:
        return show_user(request, user, GrantForm(), problem)
    page = {"title": _("New password set"), "login": user, "password": password, "is_new": True}
    return render(request, "staff/user_made.html", page)


@allow("user", POST="change")
def token_revoke(request: HttpRequest, username: str, token_id: int) -> HttpResponse:
    """Withdraw a key of an integration."""
    user = login_of(username)
    token = get_object_or_404(ApiToken, pk=token_id, user=user)
    return with_reason(
        request,
        user,
        lambda reason: services.revoke_token(
            token, by=request.user, at=timezone.now(), reason=reason
        ),
        _("Key withdrawn. It stops at its next request"),
    )
