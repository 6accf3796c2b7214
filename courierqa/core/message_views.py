"""The log of messages to customers: channel, state, version of the text, masked address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courierqa.core import audit, exports
from courierqa.core.access import allow, may
from courierqa.core.enums import Channel, MessageState
from courierqa.core.models import Message
from courierqa.core.notify import log
from courierqa.core.paging import page_of
from courierqa.core.text import clean_code

ANY = ("", gettext_lazy("Everything"))
CHUNK = 500


class MessageFilterForm(forms.Form):
    """The filters of the page; they live in the address."""

    about = forms.CharField(
        max_length=40, required=False, label=gettext_lazy("Parcel, case or exception")
    )
    channel = forms.ChoiceField(
        required=False, label=gettext_lazy("Channel"),
        choices=[ANY, *(c for c in Channel.choices if c[0] != Channel.IN_APP)],
    )  # fmt: skip
    state = forms.ChoiceField(
        required=False, label=gettext_lazy("State"), choices=[ANY, *MessageState.choices]
    )
    from_day = forms.DateField(
        required=False, label=gettext_lazy("From"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    to_day = forms.DateField(
        required=False, label=gettext_lazy("To"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip

    def clean_about(self) -> str:
        text: str = self.cleaned_data["about"].strip()
        # Case numbers keep their hyphens; waybills are typed with blanks and hyphens at will.
        return text.upper() if text[:2].upper() in ("C-", "EX") else clean_code(text)

    def wanted(self) -> log.MessageFilter:
        return log.MessageFilter(**{k: v for k, v in self.cleaned_data.items() if v})


@allow("message", GET="read")
def message_log(request: HttpRequest) -> HttpResponse:
    """Show what was sent, newest first."""
    form = MessageFilterForm(request.GET)
    is_valid = form.is_valid()
    rows = log.customer_messages(form.wanted()) if is_valid else Message.objects.none()
    page = page_of(rows, request.GET)
    _dress(page)
    context = {
        "title": _("Messages sent"), "form": form, "page": page,
        "may_export": may(request.user, "message", "export"),
        "export_query": request.GET.urlencode(),
    }  # fmt: skip
    return render(request, "core/messages.html", context, status=200 if is_valid else 422)


def _dress(messages: Iterable[Any]) -> None:
    """Put what the page shows beside each message: number, page, masked address and subject."""
    numbers = log.numbers_of(messages)
    for message in messages:
        message.number = numbers.get((message.object_type, message.object_id or 0), "")
        message.page_url = _page(message)
        message.to = log.masked_address(message)
        message.first_line = log.masked_subject(message, message.number)


def _page(message: Any) -> str:
    try:
        return reverse(log.ABOUT[message.object_type][1], args=[message.number])
    except (KeyError, NoReverseMatch):
        return ""


@allow("message", GET="export")
def messages_csv(request: HttpRequest) -> HttpResponseBase:
    """Export what the filters show, masked; the export is an audit entry, sealed first."""
    form = MessageFilterForm(request.GET)
    if not form.is_valid():
        return redirect("core:message_log")
    audit.record(
        "message.export", actor=request.user, request=request, reason=request.GET.urlencode(),
        seal_now=True,
    )  # fmt: skip
    rows = log.customer_messages(form.wanted()).order_by("-id")
    return exports.csv_response("messages.csv", _HEADER, _cells(rows.iterator(chunk_size=CHUNK)))


_HEADER = (
    "written", "channel", "to", "about", "text", "text_version", "language", "first_line", "state",
    "sent", "error",
)  # fmt: skip


def _cells(rows: Iterator[Any]) -> Iterator[list[Any]]:
    while chunk := list(islice(rows, CHUNK)):
        _dress(chunk)
        for row in chunk:
            yield [
                row.created_at, row.channel, row.to, row.number, row.template, row.text_version,
                row.language, row.first_line, row.state, row.sent_at, row.error,
            ]  # fmt: skip
