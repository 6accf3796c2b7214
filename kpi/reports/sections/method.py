"""Page 14: how far the data can be trusted, and how figures are counted and judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from reportlab.platypus import Flowable

from courierqa.core import formats
from kpi.reports import numbers
from kpi.reports.judging import locking_months
from kpi.reports.parts import Pages


def method(pages: Pages) -> list[Flowable]:
    """Return data quality and method."""
    body: list[Flowable] = [pages.heading(_("Data quality and method"))]
    body += [pages.table([_("Check"), _("Result")], _checks(pages), (94, 80), numbers=(1,))]
    body += [*pages.begun(_("Left out and not yet due")), *_excluded(pages)]
    body += [*_findings(pages), *_imports(pages), *_changed_rules(pages)]
    rules = [pages.heading(_("How change is judged"), level=1)]
    rules += [pages.bullet(text) for text in _rules()]
    rules += _baselines(pages)
    limits = [pages.heading(_("Known limits"), level=1)]
    limits += [pages.bullet(text) for text in _limits()]
    return [*body, *rules, *limits]


def _checks(pages: Pages) -> list[list[str]]:
    quality = pages.content.quality
    parcels = quality["accepted"]
    rows = [
        [_("Parcels accepted in the month"), f"{parcels:,}"],
        [_("Parcels whose records are marked as doubtful"), _of(quality["marked"], parcels)],
        [
            _("Parcels without a recorded promise (product default used)"),
            _of(quality["defaulted"], parcels),
        ],
        [_("Sites without a single parcel"), _names(pages, quality["silent_sites"])],
        [_("Figures reach through"), formats.moment(_at(quality["through"]))],
    ]
    checked = quality["verification"]
    if checked is None:
        return [*rows, [_("Double-entry check against raw events"), _("not run for this month")]]
    result = _("%(cells)s cells compared, %(differences)s differences") % {
        "cells": f"{checked['cells']:,}",
        "differences": f"{checked['differences']:,}",
    }
    return [*rows, [_("Double-entry check against raw events"), result]]


def _of(count: int, total: int) -> str:
    share = formats.share(count / total) if total else formats.NOTHING
    return f"{count:,} / {total:,}  ({share})"


def _names(pages: Pages, codes: Sequence[str]) -> str:
    return ", ".join(codes[:8]) + (" …" if len(codes) > 8 else "") if codes else _("none")


def _at(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _excluded(pages: Pages) -> list[Flowable]:
    """Return the figures that left something out or can still move; the rest are a number."""
    every = pages.content.metrics
    open_ends = [
        line for line in every if line.counts.excluded or line.counts.pending or not line.is_mature
    ]
    text = ngettext(
        "%(n)s other figure left nothing out and is final.",
        "%(n)s other figures left nothing out and are final.",
        len(every) - len(open_ends),
    )
    rest = [pages.text(text % {"n": len(every) - len(open_ends)}, "small")]
    if not open_ends:
        return rest
    rows = [
        [
            f"{line.code} {pages.name(line)}",
            numbers.amount(line.unit, line.counts.total),
            f"{line.counts.excluded:,}",
            f"{line.counts.pending:,}",
            _("final")
            if line.is_mature
            else _("provisional until %(day)s") % {"day": formats.day(line.mature_on)},
        ]
        for line in open_ends
    ]
    head = [_("Figure"), _("Counted"), _("Excluded by rule"), _("Not yet due"), _("Provisional")]
    return [pages.compact(head, rows, (70, 20, 26, 20, 38), numbers=(1, 2, 3)), *rest]


def _findings(pages: Pages) -> list[Flowable]:
    rows = [
        [row["code"], pages.local(row["names"]), f"{row['count']:,}"]
        for row in pages.content.quality["findings"]
    ]
    if not rows:
        return []
    head = [_("Code"), _("What was noticed"), _("Number of records")]
    return [
        *pages.begun(_("Kept and marked")),
        *pages.bounded(head, rows, (48, 96, 30), numbers=(2,), most=20),
    ]


def _imports(pages: Pages) -> list[Flowable]:
    rows = [
        [
            row["file"],
            formats.moment(_at(row["at"])),
            f"{row['rows']:,}",
            f"{row['kept']:,}",
            f"{row['marked']:,}",
            f"{row['refused']:,}",
        ]
        for row in pages.content.quality["imports"]
    ]
    if not rows:
        return []
    refused = pgettext("rows of an import", "Refused")
    head = [_("File"), _("Imported"), _("Rows"), _("Taken"), _("Taken and marked"), refused]
    return [
        *pages.begun(_("Imports of the month")),
        *pages.bounded(head, rows, (52, 34, 20, 20, 28, 20), numbers=(2, 3, 4, 5), most=10),
    ]


def _changed_rules(pages: Pages) -> list[Flowable]:
    """Return figures that are new or counted anew, and targets that changed in the month."""
    quality = pages.content.quality
    said = _redefined(quality.get("definitions", []))
    said += [_retargeted(row) for row in quality.get("targets", [])]
    title = pages.heading(_("Definitions and targets changed"), level=1)
    if not said:
        return [title, pages.text(_("None since the last edition."), "note")]
    return [title, *(pages.bullet(text) for text in said)]


def _redefined(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return one sentence of the new figures and one of those counted by a changed rule."""
    words = {"new": _("New: %(codes)s."), "changed": _("Counted by a changed rule: %(codes)s.")}
    found = {kind: [row["code"] for row in rows if row["kind"] == kind] for kind in words}
    return [words[kind] % {"codes": _(", ").join(codes)} for kind, codes in found.items() if codes]


def _retargeted(row: Mapping[str, Any]) -> str:
    text = _("%(metric)s %(site)s: target %(value)s from %(from)s. %(reason)s") % row
    return " ".join(text.split())


def _baselines(pages: Pages) -> list[Flowable]:
    """Return the months that fix the limits, figures with the same months together."""
    spans: dict[tuple[str, str], list[str]] = {}
    anew: list[Flowable] = []
    for one in pages.judged.values():
        span = locking_months(one.line, is_open=pages.content.is_open)
        if one.verdict.chart.low is not None and span is not None:
            spans.setdefault(span, []).append(one.line.code)
        for row in one.line.breaks:
            said = {"code": one.line.code, "month": row["month"], "reason": row["reason"]}
            anew.append(pages.bullet(_("%(code)s: new limits from %(month)s: %(reason)s") % said))
    return [
        *(
            pages.bullet(
                _("Baseline %(first)s to %(last)s: %(codes)s")
                % {"first": first, "last": last, "codes": ", ".join(codes)}
            )
            for (first, last), codes in sorted(spans.items())
        ),
        *anew,
    ]


def _rules() -> list[str]:
    return [
        _(
            "Each figure is charted month by month. The first 12 months fix its mean and limits;"
            " with fewer months the limits are on trial. Where the largest month counts more than"
            " 1.5 times the smallest, each month has limits of its own volume (p′ for shares, u′"
            " for rates after Laney: mean ± 3 sigma, widened by the spread between months; a month"
            " of the baseline outside them is left out). Otherwise the limits are mean ± 2.66 ×"
            " mean moving range (XmR; jumps of 3.267 × the mean range are left out)."
        ),
        _(
            "A signal is: a month outside the limits, 7 months on one side of the mean, 7 months"
            " rising or falling, or 2 of 3 months in the outer third."
        ),
        _(
            "A target that lies inside the limits is met or missed by chance, unless the months"
            " met it or missed it so unevenly that a coin would hardly do it (sign test, 1 %);"
            " only a change of the process moves the limits. A month whose whole 95 % range lies"
            " past the target needs a decision."
        ),
    ]


def _limits() -> list[str]:
    return [
        _(
            "An item still open past its limit counts as a failure; nothing is computed over"
            " closed items only."
        ),
        _("Shares of fewer than 30 items are not printed and never ranked."),
        _("Targets marked as proposals have not been confirmed by the company."),
        _(
            "Facts that arrive after the freeze appear in a numbered correction, not in this"
            " edition."
        ),
    ]
