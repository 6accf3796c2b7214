"""What every page shell needs: company, language, navigation, notices. Lazy, so that a fragment
that shows none of it asks the database nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from courierqa.core.access import matrix, roles_of
from courierqa.core.models import Message
from courierqa.core.public import public_links, public_url


@dataclass(frozen=True)
class Rights:
    """The roles of this request's actor, read once."""

    roles: frozenset[str] = frozenset()

    def may(self, resource: str, action: str) -> bool:
        """Say whether any role has this right on any rows."""
        return bool(self.roles & matrix()[resource][action].keys())


@dataclass(frozen=True)
class NavLink:
    """An entry of the navigation and the right it needs."""

    name: str
    label: Any
    icon: str
    resource: str
    action: str = "read"
    key: str = ""


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
    items: list[NavItem] = field(default_factory=list)


NAVIGATION: list[tuple[Any, list[NavLink]]] = [
    (
        "",
        [
            NavLink("core:home", _("Home"), "home", "account", key="h"),
            NavLink("kpi:dashboard", _("Dashboard"), "layout-dashboard", "figure", key="d"),
        ],
    ),
    (
        _("Work"),
        [
            NavLink("complaints:inbox", _("Complaints"), "inbox", "case", key="c"),
            NavLink("complaints:followups", _("Follow-ups"), "phone-call", "case", "change", "f"),
            NavLink("shipments:parcels", _("Parcels"), "package", "parcel", key="p"),
            NavLink("shipments:orders", _("Orders"), "clipboard-list", "order", key="o"),
            NavLink("shipments:refusals", _("Refusals"), "hand-stop", "acceptance"),
            NavLink("shipments:goods", _("Prohibited goods"), "ban", "goods"),
            NavLink("shipments:dangers", _("Dangerous goods"), "urgent", "danger"),
            NavLink("shipments:station", _("Station scans"), "scan", "scan", "create"),
            NavLink(
                "shipments:exceptions", _("Exceptions"), "alert-triangle", "exception", key="e"
            ),
            NavLink("shipments:findings", _("Findings"), "zoom-question", "finding"),
            NavLink("shipments:watchlist", _("Watchlist"), "eye-check", "watchlist"),
            NavLink("shipments:monitor", _("Monitor"), "activity", "monitor"),
            NavLink("shipments:m_today", _("My round"), "truck-delivery", "round", key="m"),
        ],
    ),
    (
        _("Network"),
        [
            NavLink("shipments:network", _("Sites and load"), "sitemap", "network"),
            NavLink("shipments:lanes", _("Lanes"), "route", "network", key="l"),
            NavLink("shipments:trips", _("Trips"), "truck", "trip", key="v"),
            NavLink("shipments:bags", _("Bags"), "archive", "trip", key="b"),
            NavLink("shipments:sorting", _("Sorting"), "switch-horizontal", "trip"),
            NavLink("shipments:stocktakes", _("Stocktakes"), "clipboard-check", "stocktake"),
        ],
    ),
    (
        _("Delivery"),
        [
            NavLink("shipments:rounds", _("Rounds"), "route", "run_sheet"),
            NavLink("shipments:placements", _("Waiting for collection"), "box", "delivery"),
            NavLink("shipments:proofs", _("Missing proofs"), "signature", "delivery"),
            NavLink("shipments:consents", _("Consents and wishes"), "heart-handshake", "consent"),
            NavLink("shipments:returns", _("Returns"), "truck-return", "delivery"),
            NavLink("shipments:cod", _("Cash on delivery"), "cash", "cod"),
            NavLink("shipments:delivery_quality", _("Delivery quality"), "target", "delivery"),
        ],
    ),
    (
        _("People"),
        [
            NavLink("staff:sites", _("Sites"), "building-warehouse", "staff", key="s"),
            NavLink("staff:people", _("Staff"), "users", "staff", key="w"),
            NavLink("staff:grades", _("Grades"), "medal", "grade"),
            NavLink("staff:training", _("Training"), "school", "training", key="t"),
        ],
    ),
    (
        _("Proof"),
        [
            NavLink("kpi:reports", _("Reports"), "report-analytics", "report", key="r"),
            NavLink(
                "shipments:notices",
                _("Service notices"),
                "speakerphone",
                "service_notice",
                "change",
            ),
            NavLink(
                "shipments:exception_classes",
                _("Exception classes"),
                "adjustments",
                "exception_class",
                "change",
            ),
            NavLink("shipments:systems", _("Three systems"), "shield-check", "acceptance"),
            NavLink("shipments:green", _("Green indicators"), "seedling", "acceptance"),
            NavLink("shipments:instruments", _("Instruments"), "scale", "instrument"),
            NavLink("core:message_log", _("Messages sent"), "send", "message"),
            NavLink("core:audit", _("Audit log"), "history", "audit_log", key="a"),
            NavLink("core:runs", _("Runs"), "activity", "job"),
            NavLink("shipments:scan_quality", _("Scan quality"), "scan", "finding"),
            NavLink("shipments:reasons", _("Reasons"), "list-details", "reason"),
            NavLink("shipments:imports", _("Imports"), "database-import", "import", key="i"),
            NavLink("shipments:texts", _("Published texts"), "speakerphone", "publication"),
            NavLink("complaints:answers", _("Answers"), "help", "publication"),
            NavLink("shipments:webhooks", _("Webhooks"), "transfer-out", "webhook"),
            NavLink("staff:users", _("Users"), "user-shield", "user", key="u"),
        ],
    ),
]


def rights(request: HttpRequest) -> Rights:
    """Return the rights of the actor; one query per request, however many links ask."""
    known = getattr(request, "_rights", None)
    if known is None:
        user = getattr(request, "user", None)
        known = Rights(roles_of(user)[0] if user is not None else frozenset())
        request._rights = known  # type: ignore[attr-defined]
    return known


def address_of(name: str) -> str:
    """Return the address of a named page, or nothing where the page does not exist."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def navigation(request: HttpRequest) -> list[NavGroup]:
    """Return the links this reader may open; never a dead or forbidden one."""
    allowed = rights(request)
    groups = []
    for label, links in NAVIGATION:
        items = [
            NavItem(url, link.label, link.icon, link.key, _is_current(url, request.path))
            for link in links
            if allowed.may(link.resource, link.action) and (url := address_of(link.name))
        ]
        if items:
            groups.append(NavGroup(label, items))
    return _only_the_nearest(groups)


def _is_current(url: str, path: str) -> bool:
    return path == url if url == "/" else path.startswith(url)


def _only_the_nearest(groups: list[NavGroup]) -> list[NavGroup]:
    """Keep one current entry: the one with the longest address."""
    current = [item.url for group in groups for item in group.items if item.is_current]
    nearest = max(current, key=len, default="")
    return [
        NavGroup(
            group.label,
            [
                NavItem(item.url, item.label, item.icon, item.key, item.url == nearest)
                for item in group.items
            ],
        )
        for group in groups
    ]


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
