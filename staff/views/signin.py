"""Sign in, sign out, and the own account."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from courierqa.core.access import allow
from staff import selectors, services
from staff.forms import AccountForm, LoginForm, PasswordForm
from staff.models import User

# "Keep me signed in" means two weeks; otherwise the session ends with the browser.
KEEP_SECONDS = 14 * 24 * 3600


def _next(request: HttpRequest) -> str:
    """Return where to go after signing in: only an address of our own."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else settings.LOGIN_REDIRECT_URL


def _speak(response: HttpResponse, language: str) -> HttpResponse:
    """Remember the reader's language on this device."""
    if language:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, max_age=365 * 24 * 3600, samesite="Lax"
        )
    return response


@allow("public", GET="read", POST="create")
@sensitive_post_parameters("password")
@never_cache
def login_page(request: HttpRequest) -> HttpResponse:
    """Identity, secret, one button."""
    if request.user.is_authenticated:
        return redirect(_next(request))
    if request.method != "POST":
        return _show_login(request, LoginForm(initial={"keep": True}))
    form = LoginForm(request.POST)
    user = _sign_in(request, form) if form.is_valid() else None
    if user is None:
        return _show_login(request, form)
    login(request, user)
    request.session.set_expiry(KEEP_SECONDS if form.cleaned_data["keep"] else 0)
    chosen = settings.LANGUAGE_COOKIE_NAME in request.COOKIES
    return _speak(redirect(_next(request)), "" if chosen else user.language)


def _sign_in(request: HttpRequest, form: LoginForm) -> User | None:
    """Count the try, then look at the password; say one thing for every wrong pair."""
    identity, now = form.cleaned_data["username"].strip(), timezone.now()
    try:
        attempt = services.reserve_try(identity=identity, ip=request.META["REMOTE_ADDR"], now=now)
    except services.Locked as locked:
        form.refuse(locked)
        form.locked_minutes = locked.minutes
        return None
    user = authenticate(request, username=identity, password=form.cleaned_data["password"])
    if user is None:
        form.add_error(None, _("Staff number and password do not match. Check both and try again"))
        return None
    services.note_success(attempt)
    return user


def _show_login(request: HttpRequest, form: LoginForm) -> HttpResponse:
    minutes = getattr(form, "locked_minutes", 0)
    status = 200 if not form.is_bound else 429 if minutes else _fault_status(form)
    page = {"title": _("Sign in"), "form": form, "next": _next(request)}
    response = render(request, "staff/login.html", page, status=status)
    if minutes:
        response["Retry-After"] = str(minutes * 60)
    return response


def _fault_status(form: LoginForm) -> int:
    return 400 if form.has_error("password", "password_too_long") else 422


@allow("public", POST="create")
@never_cache
def logout_page(request: HttpRequest) -> HttpResponse:
    """End the session and let the browser drop the pages it keeps."""
    logout(request)
    response = redirect("staff:login")
    response["Clear-Site-Data"] = '"cache"'
    return response


@allow("account", GET="read", POST="change")
@never_cache
def account_page(request: HttpRequest) -> HttpResponse:
    """Language, appearance, keys; my rights; who looked at my data."""
    user = request.user
    form = AccountForm(request.POST or None, initial=_own_settings(request))
    if request.method == "POST" and form.is_valid():
        _save_settings(user, form)
        with override(user.language):
            messages.success(request, _("Saved"))
        return _speak(redirect("staff:account"), user.language)
    return _show_account(request, form, PasswordForm(user=user))


def _own_settings(request: HttpRequest) -> dict[str, object]:
    user = request.user
    language = user.language or request.LANGUAGE_CODE
    return {"language": language, "theme": user.theme, "single_keys": user.single_keys}


def _save_settings(user: User, form: AccountForm) -> None:
    for name, value in form.cleaned_data.items():
        setattr(user, name, value)
    user.save(update_fields=list(form.cleaned_data))


def _show_account(request: HttpRequest, form: AccountForm, secret: PasswordForm) -> HttpResponse:
    now = timezone.now()
    page = {
        "title": _("Account"),
        "form": form,
        "secret": secret,
        "grants": selectors.grants_of(request.user, now=now),
        "person": getattr(request.user, "employee", None),
        "looks": selectors.looks_at(request.user),
    }
    is_bad = form.errors or secret.errors
    return render(request, "staff/account.html", page, status=422 if is_bad else 200)


@allow("account", GET="read", POST="change")
@sensitive_post_parameters("old", "new")
@never_cache
def password_page(request: HttpRequest) -> HttpResponse:
    """Change the password; every other session of this person ends.

    A page of its own for whoever has to, before anything else is open; others have the account.
    """
    is_forced = request.user.must_change_password
    if request.method != "POST":
        if not is_forced:
            return redirect("staff:account")
        return _show_password(request, PasswordForm(user=request.user))
    secret = PasswordForm(request.POST, user=request.user)
    if not secret.is_valid():
        if is_forced:
            return _show_password(request, secret)
        return _show_account(request, AccountForm(initial=_own_settings(request)), secret)
    new = secret.cleaned_data["new"]
    services.change_own_password(secret.user, new, at=timezone.now(), request=request)
    update_session_auth_hash(request, secret.user)
    messages.success(request, _("Password changed. Other devices have been signed out"))
    return redirect(_next(request) if is_forced else "staff:account")


def _show_password(request: HttpRequest, secret: PasswordForm) -> HttpResponse:
    page = {"title": _("Choose your own password"), "form": secret, "next": _next(request)}
    return render(request, "staff/password.html", page, status=422 if secret.errors else 200)
