"""Which systems are told about parcels, what they were told, and sending it again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from courierqa.core.access import allow
from courierqa.core.errors import DomainError
from courierqa.core.forms import FieldErrors, form_page
from courierqa.core.paging import page_of
from shipments.enums import DeliveryState
from shipments.forms.webhooks import WebhookForm
from shipments.models import Webhook, WebhookDelivery
from shipments.selectors import webhooks as selecting
from shipments.services import webhook_messages, webhooks


def _hook(request: HttpRequest, pk: int) -> Webhook:
    rows = selecting.webhooks_for(request.access)  # type: ignore[attr-defined]
    return get_object_or_404(rows, pk=pk)


@allow("webhook", GET="read")
def webhooks_page(request: HttpRequest) -> HttpResponse:
    """List subscriptions with how their last messages went."""
    rows = selecting.webhooks_for(request.access)  # type: ignore[attr-defined]
    page = page_of(rows, request.GET, order=("-id",))
    context = {"title": _("Webhooks"), "page": page, "lines": selecting.webhook_lines(page.rows)}
    return render(request, "shipments/webhooks.html", context)


@allow("webhook", GET="change", POST="change")
@never_cache
def webhook_new(request: HttpRequest) -> HttpResponse:
    """Make a subscription; its secret is shown once, here."""
    form = WebhookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            hook, secret = webhooks.open_webhook(
                **form.cleaned_data, by=request.user, at=timezone.now()
            )
        if errors.ok:
            return _shown_once(request, hook, secret, _("Webhook made"))
    context = {"title": _("New webhook"), "form": form, "hook": None}
    return form_page(request, "shipments/webhook_form.html", context)


def _shown_once(request: HttpRequest, hook: Webhook, secret: str, title: str) -> HttpResponse:
    context = {"title": title, "hook": hook, "secret": secret}
    return render(request, "shipments/webhook_made.html", context)


@allow("webhook", GET="read")
def webhook_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one subscription and the log of its messages."""
    hook = _hook(request, pk)
    rows: Any = hook.deliveries.all()
    state = request.GET.get("state", "")
    if state in DeliveryState.values:
        rows = rows.filter(state=state)
    context = {
        "title": hook.name, "hook": hook, "state": state, "states": DeliveryState.choices,
        "events": selecting.webhook_events(hook), "sites": hook.sites.order_by("code"),
        "page": page_of(rows, request.GET, order=("-id",)),
    }  # fmt: skip
    return render(request, "shipments/webhook.html", context)


@allow("webhook", GET="change", POST="change")
def webhook_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change where a subscription goes and what it hears."""
    hook = _hook(request, pk)
    known = {"name": hook.name, "url": hook.url, "events": hook.events, "sites": hook.sites.all()}
    form = WebhookForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            webhooks.change_webhook(hook, **form.cleaned_data, by=request.user, at=timezone.now())
        if errors.ok:
            messages.success(request, _("Saved"))
            return redirect("shipments:webhook", pk)
    context = {"title": _("Change webhook"), "form": form, "hook": hook}
    return form_page(request, "shipments/webhook_form.html", context)


@allow("webhook", POST="change")
@never_cache
def webhook_secret(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a new secret and show it once."""
    hook = _hook(request, pk)
    secret = webhooks.renew_secret(hook, by=request.user, at=timezone.now())
    return _shown_once(request, hook, secret, _("New secret"))


@allow("webhook", POST="change")
def webhook_switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Pause a subscription, or let it hear again."""
    hook = _hook(request, pk)
    on = hook.status != webhooks.Status.ACTIVE
    done = _("The webhook is told again from now on") if on else _("The webhook is paused")
    return _done(
        request, pk, done,
        lambda: webhooks.switch_webhook(hook, on=on, by=request.user, at=timezone.now()),
    )  # fmt: skip


@allow("webhook", POST="change")
def webhook_test(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a message that means nothing."""
    hook = _hook(request, pk)
    return _done(
        request, pk, _("Test message queued. Its result appears below within seconds"),
        lambda: webhook_messages.send_test(hook, by=request.user, at=timezone.now()),
    )  # fmt: skip


@allow("webhook", POST="change")
def webhook_resend(request: HttpRequest, pk: int, uid: Any) -> HttpResponse:
    """Send a message again."""
    row = get_object_or_404(WebhookDelivery, webhook=_hook(request, pk), uid=uid)
    return _done(
        request, pk, _("Message queued again"),
        lambda: webhook_messages.resend(row, by=request.user, at=timezone.now()),
    )  # fmt: skip


def _done(request: HttpRequest, pk: int, text: str, deed: Any) -> HttpResponse:
    try:
        deed()
    except DomainError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, text)
    return redirect("shipments:webhook", pk)
