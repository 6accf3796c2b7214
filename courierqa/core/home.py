"""What the home page shows: three bands, filled by core itself and by slots of the apps above.

An app offers a slot by giving a fragment view one of the names below; core never imports it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from courierqa.core.context import address_of, rights
from courierqa.core.models import Message

# band → (url name of the fragment, resource, action)
SLOTS: dict[str, list[tuple[str, str, str]]] = {
    "now": [
        ("core:home_approvals", "account", "read"),
        ("complaints:home_now", "case", "read"),
        ("shipments:home_now", "exception", "read"),
        ("staff:home_now", "training", "read"),
        ("quality:home_now", "nonconformity", "read"),
        ("kpi:home_now", "figure", "read"),
    ],
    "changed": [
        ("kpi:home_changed", "figure", "read"),
        ("complaints:home_voice", "survey", "read"),
        ("complaints:home_own_score", "own_score", "read"),
    ],
    "mine": [
        ("staff:home_mine", "staff", "read"),
        ("kpi:home_mine", "figure", "read"),
    ],
}
ROWS = 7


@dataclass(frozen=True)
class Row:
    """One thing to do: where, what, until when."""

    url: str
    icon: str
    text: Any
    due: Any = None


def slots(request: HttpRequest) -> dict[str, list[str]]:
    """Return the addresses of the fragments this reader may see, per band."""
    allowed = rights(request)
    return {
        band: [
            url
            for name, resource, action in entries
            if allowed.may(resource, action) and (url := address_of(name))
        ]
        for band, entries in SLOTS.items()
    }


def notices(request: HttpRequest) -> list[Message]:
    """Return the newest unread notices."""
    unread = Message.objects.filter(recipient_user=request.user, channel="in_app", read_at=None)
    return list(unread.order_by("-not_before", "-pk")[:ROWS])


# Doors below the queue, in this order, when the page exists; what waits behind them comes by slot.
FIRST_STEPS: list[tuple[str, str, str, str, Any]] = [
    ("complaints:inbox", "case", "change", "inbox", _("Answer the case that is due next")),
    (
        "complaints:followups",
        "case",
        "change",
        "phone-call",
        _("Call back: follow-ups that are due"),
    ),
    ("shipments:exceptions", "exception", "change", "alert-triangle", _("Solve parcel exceptions")),
    ("shipments:m_today", "round", "create", "truck-delivery", _("Open my round")),
]


def now_rows(request: HttpRequest) -> list[Row]:
    """Return the doors to today's work."""
    allowed = rights(request)
    return [
        Row(url, icon, text)
        for name, resource, action, icon, text in FIRST_STEPS
        if allowed.may(resource, action) and (url := address_of(name))
    ][:ROWS]
