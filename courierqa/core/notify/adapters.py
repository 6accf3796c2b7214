"""Ways out of the house: e-mail, text message, webhook. Each takes a message or raises."""

from __future__ import annotations

import json
import os
import urllib.request
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.module_loading import import_string

from courierqa.core.enums import Channel
from courierqa.core.models import Message

Adapter = Callable[[Message], None]
TIMEOUT = 10


def adapter_for(channel: str) -> Adapter:
    """Return the adapter of a channel, as chosen by the settings."""
    if channel == Channel.EMAIL:
        return send_email
    if channel == Channel.SMS:
        chosen = getattr(settings, "SMS_ADAPTER", "")
        return import_string(chosen) if chosen else _default_sms
    return post_webhook


def send_email(message: Message) -> None:
    """Send through Django's mail settings; the subject cannot carry a second header."""
    if not message.address:
        raise ValueError("No address.")
    subject = " ".join(message.subject.split())
    EmailMessage(subject, message.body, to=[message.address]).send()


def _default_sms(message: Message) -> None:
    if getattr(settings, "SMS_WEBHOOK_URL", ""):
        post_sms(message)
    else:
        write_sms_file(message)


def write_sms_file(message: Message) -> None:
    """Embedded default: append the text message to `var/sms.log`, readable by the owner only."""
    path = Path(settings.VAR_DIR) / "sms.log"
    line = {"to": message.address, "text": message.body, "uid": str(message.uid)}
    with open(path, "a", encoding="utf-8", opener=_private) as file:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def post_sms(message: Message) -> None:
    """Hand the text message to the gateway named in the settings."""
    _post(settings.SMS_WEBHOOK_URL, {"to": message.address, "text": message.body}, message)


def post_webhook(message: Message) -> None:
    """Post the message to its address, which the caller checked when it was configured."""
    _post(message.address, {"subject": message.subject, "text": message.body}, message)


def _post(url: str, content: dict[str, str], message: Message) -> None:
    if not url.startswith("https://") and not settings.EMBEDDED:
        raise ValueError("A webhook needs https.")
    request = urllib.request.Request(
        url,
        json.dumps(content, ensure_ascii=False).encode(),
        {"Content-Type": "application/json", "Idempotency-Key": str(message.uid)},
    )
    with urllib.request.urlopen(request, timeout=TIMEOUT):
        pass
