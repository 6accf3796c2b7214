"""Keeping the goods list: each change makes a new version, the old ones stay readable (ACC-05)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.errors import DomainError
from shipments.models import GoodsList, ProhibitedItem


def _next(note: str, at: datetime, actor: Any) -> GoodsList:
    newest = GoodsList.objects.select_for_update().order_by("-version").first()
    return GoodsList.objects.create(
        version=newest.version + 1 if newest else 1, valid_from=at, note=note[:200],
        source=newest.source if newest else "", source_en=newest.source_en if newest else "",
        by=audit.person(actor),
    )  # fmt: skip


@transaction.atomic
def add_goods(*, fields: dict[str, str], note: str, at: datetime, actor: Any) -> ProhibitedItem:
    """Put an entry on the list, or replace the one of the same name, from now on."""
    if not note.strip():
        raise DomainError(_("Say why the list changes"), code="required", field="note")
    version = _next(note, at, actor)
    ProhibitedItem.objects.filter(term=fields["term"], until=None).update(until=version.version)
    made = ProhibitedItem.objects.create(since=version.version, **fields)
    audit.record("goods.change", version, actor=actor, at=at, reason=note)
    return made


@transaction.atomic
def retire_goods(*, item: ProhibitedItem, note: str, at: datetime, actor: Any) -> GoodsList:
    """Take an entry off the list from now on; older versions still show it."""
    if not note.strip():
        raise DomainError(_("Say why the list changes"), code="required", field="note")
    if item.until is not None:
        raise DomainError(_("This entry is off the list already"), code="retired")
    version = _next(note, at, actor)
    ProhibitedItem.objects.filter(pk=item.pk, until=None).update(until=version.version)
    audit.record("goods.change", version, actor=actor, at=at, reason=note)
    return version
