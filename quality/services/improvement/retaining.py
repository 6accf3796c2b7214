"""Rules of retention: how long each kind of data is kept (INF-05)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from courierqa.core import audit
from quality.models import RetentionRule
from quality.services.moves import said
from staff.models import User

WORDS = {"name": 60, "name_en": 80, "starts": 80, "starts_en": 120, "basis": 200, "basis_en": 300}


@transaction.atomic
def save_rule(
    row: RetentionRule | None, *, code: str, fields: dict[str, Any], by: User, at: datetime
) -> RetentionRule:
    """Make a rule of a kind of data or change it: it is the company's own from then on."""
    columns = {
        name: said(fields[name], field=name, limit=most, lines=False)
        for name, most in WORDS.items()
    }
    columns |= {"months": fields["months"], "is_active": fields["is_active"]}
    if row is None:
        made = RetentionRule.objects.create(code=code, **columns)
    else:
        made = RetentionRule.objects.select_for_update(no_key=True).get(pk=row.pk)
        for name, value in columns.items():
            setattr(made, name, value)
        made.is_proposal = False
        made.save()
    audit.record("retention.save", made, actor=by, at=at, fields=sorted(columns))
    return made
