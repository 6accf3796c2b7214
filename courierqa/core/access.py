"""Who may do what: one table of data (`access.toml`) read by every page and endpoint.

A view declares its resource and the action of each method:

    @allow("parcel", GET="read")
    def parcel_page(request, waybill): ...

and finds in `request.access` which rows it may touch. A view without a declaration fails the
test that walks every address × method × role.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.permissions import BasePermission

from courierqa.core.enums import Role, Scope

WIDTH = {scope: place for place, scope in enumerate(Scope.values)}


@lru_cache(maxsize=1)
def matrix() -> dict[str, dict[str, dict[str, str]]]:
    """Return resource → action → role → scope."""
    text = (Path(__file__).parent / "access.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@dataclass(frozen=True)
class Access:
    """What the actor of this request may touch of one resource with one action."""

    resource: str
    action: str
    scope: str
    sites: frozenset[int] = frozenset()
    user: Any = None
    employee_id: int | None = None
    roles: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_all(self) -> bool:
        return self.scope == Scope.ALL

    def rows(self, *, site: str | Iterable[str] = (), own: str = "", queue: Q | None = None) -> Q:
        """Return the filter for this scope over the named columns.

        `site` names the site id columns (any may match), `own` the employee id column, `queue`
        the rows of the actor's queue. A scope whose column is not given sees nothing.
        """
        if self.scope == Scope.ALL:
            return Q()
        if self.scope in (Scope.SITE, Scope.KEY):
            columns = (site,) if isinstance(site, str) else tuple(site)
            found = Q(pk__in=())
            for column in columns:
                found |= Q(**{f"{column}__in": self.sites})
            return found
        if self.scope == Scope.OWN and own and self.employee_id is not None:
            return Q(**{own: self.employee_id})
        if self.scope == Scope.QUEUE and queue is not None:
            return queue
        return Q(pk__in=())


def roles_of(user: Any) -> tuple[frozenset[str], frozenset[int], frozenset[str]]:
    """Return (roles, granted site ids, roles granted everywhere), read anew at each request."""
    if not getattr(user, "is_authenticated", False):
        return frozenset({Role.PUBLIC.value}), frozenset(), frozenset()
    grants = user.grants_at(timezone.now())
    roles = frozenset(role for role, _site in grants)
    sites = frozenset(site for _role, site in grants if site is not None)
    everywhere = frozenset(role for role, site in grants if site is None)
    return roles, sites, everywhere


def access_for(user: Any, resource: str, action: str) -> Access | None:
    """Return the widest access the user's roles give, or None.

    A role whose cell says `site` but that was granted everywhere reaches all rows.
    """
    cells: Mapping[str, str] = matrix()[resource][action]
    roles, sites, everywhere = roles_of(user)
    scopes = []
    for role in roles & cells.keys():
        scope = cells[role]
        wide = scope in (Scope.SITE, Scope.KEY) and role in everywhere
        scopes.append(Scope.ALL.value if wide else scope)
    if not scopes:
        return None
    employee = getattr(user, "employee", None) if user.is_authenticated else None
    return Access(
        resource=resource,
        action=action,
        scope=max(scopes, key=lambda scope: WIDTH[scope]),
        sites=sites,
        user=user if user.is_authenticated else None,
        employee_id=employee.pk if employee else None,
        roles=roles,
    )


def may(user: Any, resource: str, action: str) -> bool:
    """Say whether a link or button for this deed should be shown."""
    return access_for(user, resource, action) is not None


def refuse(request: HttpRequest, resource: str, action: str) -> HttpResponse:
    """Answer a page request without the right: sign in, or say which right is missing."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
    missing = {"resource": resource, "action": action, "roles": matrix()[resource][action]}
    named = [Role(role).label for role in missing["roles"]]
    page = {"missing": missing, "named": named, "title": _("No permission")}
    return render(request, "403.html", page, status=403)


def allow(resource: str, **methods: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare a page: `allow("case", GET="read", POST="change")`. Other methods answer 405."""
    for action in methods.values():
        matrix()[resource][action]

    def declare(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            method = "GET" if request.method == "HEAD" and "GET" in methods else request.method
            action = methods.get(method or "")
            if action is None:
                return HttpResponseNotAllowed(sorted(methods))
            access = access_for(request.user, resource, action)
            if access is None:
                return refuse(request, resource, action)
            request.access = access  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)

        guarded.access = (resource, dict(methods))  # type: ignore[attr-defined]
        return guarded

    return declare


class DeclaredAccess(BasePermission):
    """API permission: the view class says `access = ("scan", {"POST": "create"})`."""

    def has_permission(self, request: Any, view: Any) -> bool:
        resource, methods = view.access
        method = "GET" if request.method == "HEAD" and "HEAD" not in methods else request.method
        action = methods.get(method)
        if action is None:
            # No handler: let the view answer 405. A handler nobody declared is refused.
            return not hasattr(view, (request.method or "").lower()) or request.method == "OPTIONS"
        access = access_for(request.user, resource, action)
        if access is None:
            return False
        rights = getattr(request.auth, "rights", None)
        if rights is not None and f"{resource}.{action}" not in rights:
            return False
        request.access = access
        return True
