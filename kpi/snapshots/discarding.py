"""Giving up a draft: made after the frozen edition, it would correct nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.errors import DomainError
from kpi.models import DraftDiscard, Snapshot
from kpi.snapshots.freezing import moved


class NotDiscardable(DomainError):
    """The edition is frozen, is the month's first draft, or holds what moved."""

    code = "not_discardable"


@transaction.atomic
def discard(snapshot: Snapshot, *, by: Any, at: datetime, request: Any = None) -> DraftDiscard:
    """Give up a draft in which nothing moved since the frozen edition; again changes nothing.

    The row stays, as every edition does; nobody is asked to freeze it any more. Raises
    NotDiscardable for any other edition.
    """
    row = Snapshot.objects.select_for_update(no_key=True).get(pk=snapshot.pk)
    if row.is_final:
        raise NotDiscardable(_("A frozen edition stays. Only a draft is discarded"))
    if not row.content.get("changes"):
        raise NotDiscardable(_("No edition is frozen yet: make the report again instead"))
    if moved(row):
        raise NotDiscardable(_("Values moved in this draft. Freeze it as a correction"))
    done, made = DraftDiscard.objects.get_or_create(snapshot=row, defaults={"by": by, "at": at})
    if made:
        audit.record("report.discard", row, actor=by, at=at, request=request, seal_now=True)
    return done
