"""Subscriptions and how their messages went."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from courierqa.core.access import Access
from shipments import enums
from shipments.models import Webhook, WebhookDelivery


def webhooks_for(access: Access) -> QuerySet[Webhook]:
    """Return all subscriptions, or for a key those that hear of its own sites only."""
    rows = Webhook.objects.all()
    if access.is_all:
        return rows
    foreign = Webhook.objects.filter(sites__isnull=False).exclude(sites__in=access.sites)
    return rows.filter(sites__in=access.sites).exclude(pk__in=foreign).distinct()


def webhook_lines(hooks: Sequence[Webhook]) -> list[dict[str, Any]]:
    """Return each subscription with its counts; one query for all."""
    rows = WebhookDelivery.objects.filter(webhook__in=[hook.pk for hook in hooks])
    open_states = (enums.DeliveryState.WAITING, enums.DeliveryState.RETRYING)
    counts = {
        line["webhook"]: line
        for line in rows.values("webhook").order_by("webhook").annotate(
            taken=Count("pk", filter=Q(state=enums.DeliveryState.TAKEN)),
            lost=Count("pk", filter=Q(state=enums.DeliveryState.GIVEN_UP)),
            waiting=Count("pk", filter=Q(state__in=open_states)), last_at=Max("last_at"),
        )
    }  # fmt: skip
    return [{"hook": hook, **counts.get(hook.pk, {})} for hook in hooks]


def webhook_events(hook: Webhook) -> list[str]:
    """Return the words of what a subscription hears."""
    words = dict(enums.WebhookEvent.choices)
    return [str(words.get(event, event)) for event in hook.events]
