"""What was sent to customers, for readers who need not know whom it reached (ONL-05)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.db.models import Q, QuerySet

from courierqa.core import calendars
from courierqa.core.enums import Channel
from courierqa.core.models import Message
from courierqa.core.privacy import mask_phone, mask_text

# What messages are about, by the name of its number and of its page; core imports none of them.
ABOUT: dict[str, tuple[str, str]] = {
    "shipments.parcel": ("waybill", "shipments:parcel"),
    "shipments.parcelexception": ("number", "shipments:exception"),
    "complaints.case": ("number", "complaints:case"),
}


@dataclass(frozen=True)
class MessageFilter:
    """What the reader asked for; empty means everything."""

    about: str = ""
    channel: str = ""
    state: str = ""
    from_day: date | None = None
    to_day: date | None = None


def customer_messages(wanted: MessageFilter) -> QuerySet[Message]:
    """Return messages that left the house; notices to colleagues are theirs alone."""
    rows = Message.objects.filter(recipient_user=None).exclude(channel=Channel.IN_APP)
    if wanted.about:
        rows = rows.filter(_about(wanted.about))
    if wanted.channel:
        rows = rows.filter(channel=wanted.channel)
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.from_day:
        rows = rows.filter(created_at__gte=calendars.day_start(wanted.from_day))
    if wanted.to_day:
        rows = rows.filter(created_at__lt=calendars.day_start(wanted.to_day + timedelta(days=1)))
    return rows


def _about(number: str) -> Q:
    """Find what a number names: a parcel, an exception or a case."""
    found = Q(pk__in=())
    for label, (column, _page) in ABOUT.items():
        ids = list(_model(label).filter(**{column: number}).values_list("pk", flat=True)[:5])
        if ids:
            found |= Q(object_type=label, object_id__in=ids)
    return found


def _model(label: str) -> QuerySet[Any]:
    return apps.get_model(label)._default_manager.all()


def numbers_of(messages: Iterable[Message]) -> dict[tuple[str, int], str]:
    """Return the number of what each message is about, in one query per kind of thing."""
    ids: dict[str, set[int]] = defaultdict(set)
    for message in messages:
        if message.object_id is not None and message.object_type in ABOUT:
            ids[message.object_type].add(message.object_id)
    found: dict[tuple[str, int], str] = {}
    for label, wanted in ids.items():
        column = ABOUT[label][0]
        for pk, number in _model(label).filter(pk__in=wanted).values_list("pk", column):
            found[label, pk] = number
    return found


def masked_address(message: Message) -> str:
    """Return where a message went, as far as a reader may know."""
    address = message.address
    if message.channel == Channel.SMS:
        return mask_phone(address)
    if message.channel == Channel.EMAIL:
        name, _at, host = address.partition("@")
        return f"{name[:1]}***@{host}" if host else "***"
    return urlsplit(address).hostname or ""


def masked_subject(message: Message, number: str) -> str:
    """Return the first line of a message without the numbers of people; `number` is ours."""
    if not number:
        return mask_text(message.subject)
    return number.join(mask_text(part) for part in message.subject.split(number))
