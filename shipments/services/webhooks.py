"""Subscriptions of other systems: who is told what, where, and with which secret."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit, history, webhooks
from courierqa.core.errors import DomainError
from shipments import enums
from shipments.models import Webhook
from staff.models import Site

Status = enums.WebhookStatus
MACHINE = history.Machine(
    "webhook",
    {
        Status.ACTIVE: {"pause": Status.PAUSED, "disable": Status.DISABLED},
        Status.PAUSED: {"resume": Status.ACTIVE},
        Status.DISABLED: {"resume": Status.ACTIVE},
    },
)


@transaction.atomic
def open_webhook(
    *, name: str, url: str, events: Sequence[str], sites: Iterable[Site], by: Any, at: datetime
) -> tuple[Webhook, str]:
    """Make a subscription; return it with its secret, which is shown this once."""
    _check(url, events)
    secret = new_secret()
    hook = Webhook.objects.create(
        name=name, url=url, secret=secret, events=sorted(events), made_by=audit.person(by)
    )
    hook.sites.set(sites)
    history.begin(hook, machine=MACHINE, actor=by, at=at)
    return hook, secret


@transaction.atomic
def change_webhook(
    hook: Webhook, *, name: str, url: str, events: Sequence[str], sites: Iterable[Site],
    by: Any, at: datetime,
) -> None:  # fmt: skip
    """Change where a subscription goes and what it hears."""
    _check(url, events)
    hook.name, hook.url, hook.events = name, url, sorted(events)
    hook.save(update_fields=["name", "url", "events", "updated_at"])
    hook.sites.set(sites)
    fields = ["name", "url", "events", "sites"]
    audit.record("webhook.change", hook, actor=by, at=at, fields=fields)


@transaction.atomic
def renew_secret(hook: Webhook, *, by: Any, at: datetime) -> str:
    """Give a new secret; messages sent from now on are signed with it."""
    secret = new_secret()
    hook.secret = secret
    hook.save(update_fields=["secret", "updated_at"])
    audit.record("webhook.secret", hook, actor=by, at=at, fields=["secret"])
    return secret


@transaction.atomic
def switch_webhook(hook: Webhook, *, on: bool, by: Any, at: datetime) -> None:
    """Pause a subscription, or let it hear again; what it missed meanwhile is not told later."""
    changes = {"misses": 0} if on else {}
    verb = "resume" if on else "pause"
    history.transition(hook, verb, machine=MACHINE, actor=by, at=at, changes=changes)


def new_secret() -> str:
    return f"whsec_{secrets.token_urlsafe(32)}"


def _check(url: str, events: Sequence[str]) -> None:
    webhooks.check_target(url)
    if not events or set(events) - set(enums.WebhookEvent.values):
        raise DomainError(_("Choose at least one event"), code="required", field="events")
