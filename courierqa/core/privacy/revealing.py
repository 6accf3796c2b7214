"""Seeing a person's data in clear: the audit line is committed first, or nothing is shown."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import DatabaseError, models, transaction
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.errors import DomainError, Unavailable

log = logging.getLogger(__name__)


class ReasonMissing(DomainError):
    """Personal data are shown only to somebody who says why."""

    code = "reason_missing"
    status = 422


def reveal(
    obj: models.Model,
    fields: Sequence[str],
    *,
    actor: Any,
    reason: str,
    case_ref: str = "",
    request: Any,
    at: datetime,
) -> dict[str, str]:
    """Return the named fields in clear, after their opening was sealed into the audit chain.

    The caller has checked the right to this row. A trail that cannot be written gives 503.
    """
    if not reason.strip():
        raise ReasonMissing(_("Say why you need to see this"), field="reason")
    why = " · ".join(part for part in (reason.strip(), case_ref.strip()) if part)
    action = f"{obj._meta.model_name}.reveal"
    try:
        # Durable: its own transaction, committed before a single character is decrypted.
        with transaction.atomic(durable=True):
            audit.record(
                action,
                obj,
                actor=actor,
                at=at,
                fields=fields,
                reason=why,
                request=request,
                seal_now=True,
            )
    except DatabaseError as error:
        log.exception("The audit trail cannot be written; nothing was revealed.")
        raise Unavailable(_("The access log is not available, so nothing is shown")) from error
    return {name: str(getattr(obj, name)) for name in fields}
