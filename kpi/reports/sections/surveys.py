"""The part of the complaints page about surveys and return visits."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from reportlab.platypus import Flowable, KeepTogether

from courierqa.core import formats
from kpi.reports.parts import Pages


def surveys(pages: Pages) -> list[Flowable]:
    """Return scores with n and range; nothing in months without surveys and visits."""
    found = pages.content.surveys
    if not found:
        return []
    rows = [
        [_("Satisfaction score, points of 100"), *_points(found["score"])],
        [_("Of it: timeliness and reach"), *_points(found["timeliness"])],
        [_("Satisfied at the first question"), *_shares(found["satisfied"])],
        [_("Satisfied in return visits"), *_shares(found["visits_satisfied"])],
    ]
    head = [_("Surveys"), _("Value"), _("95 % range"), _("Number of answers")]
    table = pages.table(head, rows, (80, 28, 36, 30), numbers=(1, 2, 3))
    said = _("%(n)s of %(all)s answered; %(visits)s return visits were held in this month")
    named = {"n": found["answered"], "all": found["invited"], "visits": found["visits"]}
    lead = pages.text(said % named, "small")
    return [KeepTogether([pages.heading(_("Surveys and visits"), level=1), lead, table])]


def _points(one: Mapping[str, Any]) -> list[str]:
    if one["value"] is None:
        return [formats.NOTHING, formats.NOTHING, str(one["n"])]
    value, low, high = (formats.number(Decimal(one[end]), 1) for end in ("value", "low", "high"))
    return [value, f"{low} – {high}", str(one["n"])]


def _shares(one: Mapping[str, Any]) -> list[str]:
    if one["value"] is None:
        return [formats.NOTHING, formats.NOTHING, str(one["n"])]
    value, low, high = (formats.share(Decimal(one[end])) for end in ("value", "low", "high"))
    return [value, f"{low} – {high}", str(one["n"])]
