"""Rules of the last mile and the contents of parcels: data that people keep."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from courierqa.core import audit
from shipments.models import ContentLine, DeliveryRule, Parcel


@transaction.atomic
def change_rule(rule: DeliveryRule, *, values: Mapping[str, Any], at: datetime, actor: Any) -> None:
    """Change limits and words of one kind of site; what began under the old ones keeps them."""
    changed = [name for name, value in values.items() if getattr(rule, name) != value]
    for name in changed:
        setattr(rule, name, values[name])
    if changed:
        rule.save(update_fields=[*changed, "updated_at"])
        audit.record("delivery_rule.change", rule, actor=actor, at=at, fields=sorted(changed))


@transaction.atomic
def list_contents(
    *, parcel: Parcel, lines: Sequence[tuple[str, int, bool]], at: datetime, actor: Any
) -> None:
    """Replace the contents list of a parcel: (name, count, is gift) a line (DEL-24)."""
    parcel.content_lines.all().delete()
    ContentLine.objects.bulk_create(
        [
            ContentLine(parcel=parcel, name=name[:60], count=count, is_gift=is_gift)
            for name, count, is_gift in lines
        ]
    )
    audit.record("parcel.contents", parcel, actor=actor, at=at, fields=["contents"])
