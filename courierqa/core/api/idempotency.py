"""POSTs that may be sent again: one deed and one answer per sender's own Idempotency-Key."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response

from courierqa.core.errors import DomainError
from courierqa.core.models import IdempotencyKey

HEADER = "Idempotency-Key"
LONGEST = 255
# A first sending that has not answered by then died; the next one may try.
GIVEN_UP = timedelta(seconds=60)
KEPT = timedelta(days=7)
RETRY_SECONDS = 2


class StillRunning(APIException):
    """The same key is at work right now."""

    status_code = 409
    default_code = "still_running"
    wait = RETRY_SECONDS - 1


def _key(request: Request) -> str:
    key = request.headers.get(HEADER, "")
    if not key:
        text = _("Send a header Idempotency-Key of your own, a new one for each order")
        raise DomainError(text, code="idempotency_key_missing", field=HEADER, status=400)
    if len(key) > LONGEST or not key.isascii() or not key.isprintable():
        text = _("An Idempotency-Key has at most 255 printable ASCII characters")
        raise DomainError(text, code="idempotency_key_bad", field=HEADER, status=400)
    return key


def fingerprint(body: Any) -> str:
    """Return what makes two bodies the same."""
    text = json.dumps(body, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def answer_once(
    request: Request, endpoint: str, act: Callable[[], tuple[int, Any]], *, now: datetime
) -> Response:
    """Do the deed once and answer; the same key and body again gets the same answer.

    A refusal (an exception of `act`) is not kept: the sender mends the body and tries again
    under the same key. Another user's key is another key.
    """
    row = _begin(request, endpoint, now)
    if row.status is not None:
        return Response(row.answer, status=row.status, headers={"Idempotent-Replay": "true"})
    try:
        status, body = act()
    except BaseException:
        IdempotencyKey.objects.filter(pk=row.pk, status=None).delete()
        raise
    IdempotencyKey.objects.filter(pk=row.pk).update(status=status, answer=body)
    return Response(body, status=status)


def _begin(request: Request, endpoint: str, now: datetime) -> IdempotencyKey:
    """Take the key, or find who has it. Insert first: the unique row decides, not a look."""
    named = {"owner_id": request.user.pk, "endpoint": endpoint, "key": _key(request)}
    mark = fingerprint(request.data)
    IdempotencyKey.objects.filter(created_at__lt=now - KEPT).delete()
    try:
        with transaction.atomic():
            return IdempotencyKey.objects.create(**named, fingerprint=mark, created_at=now)
    except IntegrityError:
        row = IdempotencyKey.objects.filter(**named).first()
    if row is None:
        raise _running()
    if row.fingerprint != mark:
        text = _("This Idempotency-Key was used for another body. Take a new key")
        raise DomainError(text, code="idempotency_key_reused", field=HEADER, status=422)
    if row.status is None and not _taken_over(row, now):
        raise _running()
    return row


def _running() -> StillRunning:
    return StillRunning(_("The same request is being carried out. Ask again in a moment"))


def _taken_over(row: IdempotencyKey, now: datetime) -> bool:
    """Take over from a sending that died; of two that try, one wins."""
    if row.created_at > now - GIVEN_UP:
        return False
    dead = IdempotencyKey.objects.filter(pk=row.pk, status=None, created_at=row.created_at)
    return dead.update(created_at=now) == 1
