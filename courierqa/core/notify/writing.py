"""Writing a message: the row and its effect are part of the caller's transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import QuerySet
from django.template.loader import get_template
from django.utils import timezone, translation

from courierqa.core import calendars, outbox
from courierqa.core.enums import Channel, MessageState
from courierqa.core.models import Message

# Nobody is woken by a text message unless it is urgent: (from hour, until hour), local time.
QUIET_HOURS = (21, 8)


@dataclass(frozen=True)
class Letter:
    """One message of many: its key, the address, what its text is filled with."""

    key: str
    to: str
    context: dict[str, Any]
    obj: models.Model | None = None
    link: str = ""


def send(
    *,
    key: str,
    channel: str,
    template: str,
    language: str,
    to: str = "",
    user: Any = None,
    context: dict[str, Any],
    obj: models.Model | None = None,
    link: str = "",
    at: datetime,
    urgent: bool = False,
) -> Message:
    """Write one message; the same key twice is one message. `template` is "<app>/<name>"."""
    known = Message.objects.filter(key=key).first()
    if known is not None:
        return known
    letter = Letter(key, to or getattr(user, "email", ""), context, obj=obj, link=link)
    text = {"channel": channel, "template": template, "language": language}
    message = _written(letter, **text, not_before=_not_before(channel, at, urgent=urgent))
    message.recipient_user = user
    if channel == Channel.IN_APP:
        message.state, message.sent_at = MessageState.SENT, at
    message.save()
    if channel != Channel.IN_APP:
        outbox.emit(
            "notify.deliver",
            f"notify:{message.uid}",
            {"message_id": message.pk},
            run_after=message.not_before,
        )
    return message


def send_many(
    letters: Sequence[Letter], *, channel: str, template: str, language: str, at: datetime
) -> None:
    """Write many messages of one text to people outside, in as many queries as for one.

    A key known already is left alone, like in `send`.
    """
    keys = [letter.key for letter in letters]
    known = set(Message.objects.filter(key__among=keys).values_list("key", flat=True))
    text = {"channel": channel, "template": template, "language": language}
    when = _not_before(channel, at)
    new = {letter.key: letter for letter in letters if letter.key not in known}
    rows = [_written(letter, **text, not_before=when) for letter in new.values()]
    made = Message.objects.bulk_create(rows, batch_size=500)
    payloads = {f"notify:{row.uid}": {"message_id": row.pk} for row in made}
    outbox.emit_many("notify.deliver", payloads, run_after=when)


def _written(
    letter: Letter, *, channel: str, template: str, language: str, not_before: datetime
) -> Message:
    subject, body = compose(template, language, {**letter.context, "link": letter.link})
    obj = letter.obj
    return Message(
        key=letter.key,
        channel=channel,
        template=template,
        text_version=text_version(template, language),
        language=language,
        address=letter.to,
        subject=subject[:200],
        body=body,
        link=letter.link,
        object_type=obj._meta.label_lower if obj is not None else "",
        object_id=obj.pk if obj is not None else None,
        not_before=not_before,
    )


def _not_before(channel: str, at: datetime, *, urgent: bool = False) -> datetime:
    return after_quiet_hours(at) if channel == Channel.SMS and not urgent else at


def compose(template: str, language: str, context: dict[str, Any]) -> tuple[str, str]:
    """Return (subject, body) of a text template; its first line is the subject."""
    with translation.override(language):
        text = _words(template, language).render(context)
    subject, _blank, body = text.strip().partition("\n")
    return subject.strip(), body.strip()


def text_version(template: str, language: str) -> str:
    """Return a mark of the template's words; it changes when the words do."""
    source = _words(template, language).template.source
    return hashlib.sha256(source.encode()).hexdigest()[:8]


def _words(template: str, language: str) -> Any:
    app, name = template.split("/", 1)
    return get_template(f"{app}/mail/{name}.{language}.txt")


def after_quiet_hours(at: datetime) -> datetime:
    """Return `at`, or the next morning when it falls into the quiet hours."""
    begin, end = getattr(settings, "QUIET_HOURS", QUIET_HOURS)
    local = timezone.localtime(at, calendars.zone())
    if end <= local.hour < begin:
        return at
    day = local.date() + timedelta(days=1 if local.hour >= begin else 0)
    return calendars.day_start(day) + timedelta(hours=end)


def unread_for(user: Any) -> QuerySet[Message]:
    """Return the user's unread notices, newest first."""
    mine = Message.objects.filter(channel=Channel.IN_APP, recipient_user=user)
    return mine.filter(read_at=None).order_by("-id")


def mark_read(user: Any, *, at: datetime, message_id: int | None = None) -> int:
    """Mark one notice, or all of them, as read."""
    rows = unread_for(user)
    rows = rows.filter(pk=message_id) if message_id else rows
    return rows.update(read_at=at, updated_at=at)
