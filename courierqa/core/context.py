"""What every page shell needs: company, language, navigation, notices. Lazy, so that a fragment
that shows none of it asks the database nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from courierqa.core.access import matrix, roles_of
from courierqa.core.enums import Scope
from courierqa.core.models import Message
from courierqa.core.navigation import NAVIGATION, NavLink, NavSection
from courierqa.core.public import public_links, public_url


@dataclass(frozen=True)
class Rights:
    """The roles of this request's actor, read once."""

    roles: frozenset[str] = frozenset()

    def may(self, resource: str, action: str) -> bool:
        """Say whether any role has this right on any rows."""
        return bool(self.roles & matrix()[resource][action].keys())

    def may_beyond_own(self, resource: str, action: str) -> bool:
        """Say whether any role has this right on more rows than the actor's own."""
        cells = matrix()[resource][action]
        return any(cells[role] != Scope.OWN for role in self.roles & cells.keys())


@dataclass(frozen=True)
class NavItem:
    """An entry the reader may open."""

    url: str
    label: Any
    icon: str
    key: str
    is_current: bool


@dataclass(frozen=True)
class NavGroup:
    """Entries that belong together."""

    label: Any
    icon: str
    items: tuple[NavItem, ...] = ()

    @property
    def is_open(self) -> bool:
        """Say whether the page that is shown is one of them."""
        return any(item.is_current for item in self.items)


def rights(request: HttpRequest) -> Rights:
    """Return the rights of the actor; what the page's own check read is not asked again."""
    known = getattr(request, "_rights", None)
    if known is None:
        known = request._rights = Rights(_roles(request))  # type: ignore[attr-defined]
    return known


def _roles(request: HttpRequest) -> frozenset[str]:
    access = getattr(request, "access", None)
    if access is not None:
        return access.roles
    user = getattr(request, "user", None)
    return roles_of(user)[0] if user is not None else frozenset()


def address_of(name: str, *parts: object) -> str:
    """Return the address of a named page, or nothing where the page does not exist."""
    try:
        return reverse(name, args=parts)
    except NoReverseMatch:
        return ""


def navigation(request: HttpRequest) -> list[NavGroup]:
    """Return the links this reader may open; never a dead or forbidden one."""
    return _with_current(_groups(rights(request), get_script_prefix()), request.path)


# Readers have few different sets of roles; finding a hundred addresses took a third of a page.
@lru_cache(maxsize=64)
def _groups(allowed: Rights, _prefix: str) -> tuple[NavGroup, ...]:
    groups = [NavGroup(one.label, one.icon, _items(one, allowed)) for one in NAVIGATION]
    return tuple(group for group in groups if group.items)


def _items(section: NavSection, allowed: Rights) -> tuple[NavItem, ...]:
    return tuple(
        NavItem(url, link.label, link.icon, link.key, is_current=False)
        for link in section.links
        if _is_for(link, allowed) and (url := address_of(link.name))
    )


def _is_for(link: NavLink, allowed: Rights) -> bool:
    """Say whether an entry is for this reader."""
    may = allowed.may_beyond_own if link.is_wide else allowed.may
    return may(link.resource, link.action)


def _with_current(groups: tuple[NavGroup, ...], path: str) -> list[NavGroup]:
    """Mark one current entry: the one with the longest address that leads to this page."""
    urls = [item.url for group in groups for item in group.items]
    nearest = max((url for url in urls if _leads_to(url, path)), key=len, default="")
    return [_marked(group, nearest) for group in groups]


def _marked(group: NavGroup, nearest: str) -> NavGroup:
    if all(item.url != nearest for item in group.items):
        return group
    items = (replace(item, is_current=item.url == nearest) for item in group.items)
    return replace(group, items=tuple(items))


def _leads_to(url: str, path: str) -> bool:
    return path == url if url == "/" else path.startswith(url)


def unread_notices(request: HttpRequest) -> int:
    """Return how many in-product notices wait for the reader."""
    user = getattr(request, "user", None)
    if not getattr(user, "is_authenticated", False):
        return 0
    return Message.objects.filter(recipient_user=user, channel="in_app", read_at=None).count()


def other_language(request: HttpRequest) -> str:
    """Return the address of the twin page in the other language, for public pages."""
    path = request.get_full_path()
    return path.removeprefix("/en") if path.startswith("/en/") else f"/en{path}"


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return what the page frames show."""
    language = get_language() or settings.LANGUAGE_CODE
    return {
        "company": settings.COMPANY_NAME.get(language, settings.COMPANY_NAME["zh-hans"]),
        "language": language,
        "language_tag": "en" if language.startswith("en") else "zh-Hans",
        "nav": SimpleLazyObject(lambda: navigation(request)),
        "unread": SimpleLazyObject(lambda: unread_notices(request)),
        "twin_url": other_language(request),
        "public_links": SimpleLazyObject(lambda: public_links(request.path)),
        "public_home": SimpleLazyObject(lambda: public_url("shipments:service")),
    }
