"""The pages anybody may read, as data: what the header and the foot of public pages list.

An app offers a page by giving its view one of the names below, and its English twin the name with
`_en`; core never imports it, and a page that does not exist is not listed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class PublicPage:
    """One public page: its name, what it is called, what it answers."""

    name: str
    label: Any
    icon: str
    hint: Any = ""
    in_header: bool = False


PAGES = [
    PublicPage("shipments:track", _("Track a parcel"), "package",
               _("Where it is and when it comes"), in_header=True),
    PublicPage("shipments:order_here", _("Send a parcel"), "send",
               _("Order a pickup, without an account"), in_header=True),
    PublicPage("shipments:prices", _("Prices and time"), "currency-yen",
               _("What it costs, when it arrives, what is insured"), in_header=True),
    PublicPage("shipments:area", _("Service area"), "map-pin",
               _("Where we pick up and deliver"), in_header=True),
    PublicPage("complaints:faq", _("Questions and answers"), "help",
               _("Find an answer or ask us"), in_header=True),
    PublicPage("complaints:complain", _("Complain"), "message-report",
               _("You get a number and a name"), in_header=True),
    PublicPage("complaints:suggest", _("Suggest something"), "message-report",
               _("What we could do better; you get an answer")),
    PublicPage("shipments:standards", _("Service standards"), "shield-check",
               _("Limits of each product, and our pledges")),
    PublicPage("kpi:pledges_public", _("What we promise, and what we keep"), "circle-check",
               _("Each promise with last month's figure")),
    PublicPage("shipments:delivery_rules", _("Delivery rules"), "truck-delivery",
               _("Contact, consent, attempts, collection")),
    PublicPage("complaints:compensation", _("Compensation rules"), "receipt-refund",
               _("What you get when something goes wrong")),
    PublicPage("shipments:terms", _("Terms of service"), "file-text",
               _("What applies when you send")),
    PublicPage("shipments:prohibited", _("What may not be sent"), "ban",
               _("Prohibited and restricted goods")),
    PublicPage("shipments:notices", _("Service notices"), "speakerphone",
               _("Weather, closures, changed hours")),
    PublicPage("kpi:verify", _("Check a quality report"), "shield-check",
               _("Is this report ours, and unchanged?")),
    PublicPage("complaints:contact", _("Contact and complaint ways"), "phone",
               _("Phone, stations, regulator")),
    PublicPage("shipments:privacy", _("Privacy statement"), "lock",
               _("What we keep, for how long, and your rights")),
]  # fmt: skip


_CURRENT = mark_safe(' aria-current="page"')


@dataclass(frozen=True)
class PublicLink:
    """A public page that exists, in the language of the reader."""

    url: str
    label: Any
    icon: str
    hint: Any
    in_header: bool
    is_current: bool


def public_url(name: str, *args: Any) -> str:
    """Return the address of a public page in the language of this one, "" when there is none."""
    english = (get_language() or "").startswith("en")
    try:
        return reverse(f"{name}_en" if english else name, args=args)
    except NoReverseMatch:
        return ""


def public_links(path: str) -> list[PublicLink]:
    """Return the public pages that exist."""
    return [
        PublicLink(url, page.label, page.icon, page.hint, page.in_header, url == path)
        for page in PAGES
        if (url := public_url(page.name))
    ]


@lru_cache(maxsize=64)
def _menu(language: str, current: str, *, in_header: bool) -> SafeString:
    links = [link for link in public_links(current) if link.in_header or not in_header]
    return format_html_join(
        "\n", '<li><a href="{}"{}>{}</a></li>',
        ((link.url, _CURRENT if link.is_current else "", link.label) for link in links),
    )  # fmt: skip


@lru_cache(maxsize=8)
def _addresses(language: str) -> frozenset[str]:
    return frozenset(link.url for link in public_links(""))


def menu(path: str = "", *, header: bool = False) -> SafeString:
    """Return the entries of the header or the foot of public pages, drawn once per language."""
    language = get_language() or ""
    current = path if path in _addresses(language) else ""
    return _menu(language, current, in_header=bool(header))
