"""How long things took: quantiles in hours, with n and what they leave out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from reportlab.platypus import Flowable, KeepTogether

from courierqa.core import formats
from kpi.reports.content import FEW
from kpi.reports.parts import Pages

QUANTILES = ("p50", "p90", "p99", "mean")


def times(pages: Pages) -> list[Flowable]:
    """Return the table of times; nothing in months without any."""
    if not pages.content.times:
        return []
    head = [
        _("Figure"), "P50", "P90", "P99", _("Mean"), "n", pgettext("time", "Still open"),
        pgettext("coverage", "Measured"),
    ]  # fmt: skip
    rows = [_row(one, pages.language) for one in pages.content.times]
    lead = _("Hours. Half take no longer than P50, nine of ten no longer than P90.")
    note = _(
        "What is still open ranks behind all others; a quantile among the open is longer than"
        " shown. Quantiles are read from fixed buckets and at most 4 percent off."
    )
    table = pages.table(head, rows, (55, 17, 17, 17, 17, 15, 17, 19), numbers=tuple(range(1, 8)))
    body = [pages.text(lead, "small"), table, pages.text(note, "small")]
    return [KeepTogether([pages.heading(_("How long it takes"), level=1), *body])]


def _row(one: Mapping[str, Any], language: str) -> list[str]:
    """Return one time as the dashboard shows it: coverage unless it cannot be less than all."""
    n, passed = one["measured"] + one["still_open"], one["measured"] + one["missing"]
    is_partial = passed and (one["missing"] or not one.get("counts_open", True))
    share = formats.share(one["measured"] / passed) if is_partial else formats.NOTHING
    return [
        f"{one['code']} {one['words']['name'][language]}",
        *(_hours(one, name, n) for name in QUANTILES),
        f"{n:,}",
        f"{one['still_open']:,}" if one.get("counts_open", True) else formats.NOTHING,
        share,
    ]


def _hours(one: Mapping[str, Any], name: str, n: int) -> str:
    value = one["hours"][name]
    if n < FEW:
        return "n<30" if name == "p50" else formats.NOTHING
    if value is None and (low := one.get("floors", {}).get(name)):
        return f"> {low}"
    return formats.NOTHING if value is None else value
