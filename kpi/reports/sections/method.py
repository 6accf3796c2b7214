"""Pages 14 to 16: how far the data can be trusted, how figures are counted, who signs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from reportlab.platypus import Flowable, KeepTogether, Table, TableStyle

from courierqa.core import formats
from kpi.reports.content import MetricLine
from kpi.reports.parts import Pages, gap
from kpi.reports.styles import HAIR, INK, WIDTH


def method(pages: Pages) -> list[Flowable]:
    """Return data quality and method."""
    body: list[Flowable] = [pages.heading(_("Data quality and method"))]
    body += [pages.table([_("Check"), _("Result")], _checks(pages), (94, 80), numbers=(1,))]
    body += [pages.heading(_("Left out and not yet due"), level=1), _excluded(pages)]
    body += [*_findings(pages), *_imports(pages)]
    body += _definitions(pages)
    rules = [pages.heading(_("How change is judged"), level=1)]
    rules += [pages.bullet(text) for text in _rules()]
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


def _excluded(pages: Pages) -> Table:
    rows = [
        [
            f"{line.code} {pages.name(line)}",
            f"{line.counts.total:,}",
            f"{line.counts.excluded:,}",
            f"{line.counts.pending:,}",
            _("final")
            if line.is_mature
            else _("provisional until %(day)s") % {"day": formats.day(line.mature_on)},
        ]
        for line in pages.content.metrics
    ]
    head = [_("Figure"), _("Counted"), _("Excluded by rule"), _("Not yet due"), _("Provisional")]
    return pages.table(head, rows, (62, 22, 28, 22, 40), numbers=(1, 2, 3))


def _findings(pages: Pages) -> list[Flowable]:
    rows = [
        [row["code"], pages.local(row["names"]), f"{row['count']:,}"]
        for row in pages.content.quality["findings"]
    ]
    if not rows:
        return []
    head = [_("Code"), _("What was noticed"), _("Number of records")]
    return [
        pages.heading(_("Kept and marked"), level=1),
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
        pages.heading(_("Imports of the month"), level=1),
        *pages.bounded(head, rows, (52, 34, 20, 20, 28, 20), numbers=(2, 3, 4, 5), most=10),
    ]


def _definitions(pages: Pages) -> list[Flowable]:
    """Return a paragraph per figure; the heading stays with the first."""
    blocks: list[list[Flowable]] = [
        [
            pages.text(f"{line.code} {pages.name(line)}", "cell_bold"),
            pages.text(_definition(pages, line), "note"),
        ]
        for line in pages.content.metrics
    ]
    blocks[0].insert(0, pages.heading(_("How each figure is counted"), level=1))
    return [KeepTogether(block) for block in blocks]


def _definition(pages: Pages, line: MetricLine) -> str:
    keys = ("formula", "assigned", "edges", "maturity", "source")
    parts = {key: line.text(key, pages.language) for key in keys}
    return (
        _(
            "%(formula)s. Date that counts: %(assigned)s. %(edges)s Settled: %(maturity)s."
            " Source: %(source)s."
        )
        % parts
    )


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


def changes(pages: Pages) -> list[Flowable]:
    """Return the change page of a corrected edition."""
    part = pages.content.changes
    if not part:
        return []
    lead = _("Edition %(version)s, frozen %(moment)s, printed these figures differently.") % {
        "version": part["version"],
        "moment": formats.moment(_at(part["frozen_at"])),
    }
    rows = [[_place(row["where"]), row["was"], row["now"]] for row in part["differences"]]
    head = [_("Figure"), _("Was"), _("Now")]
    return [
        pages.heading(_("What changed since the last edition")),
        pages.text(lead, "lead"),
        *pages.bounded(head, rows, (84, 45, 45), numbers=(1, 2)),
        gap(10),
    ]


def _place(where: str) -> str:
    """Return the place of a difference in words: codes and months stay, keys are named."""
    words = {
        "metrics": _("Figures"),
        "sites": _("Sites"),
        "figures": "",
        "series": "",
        "causes": _("Causes, from most to least"),
        "complaints": _("Complaints"),
        "compensation": _("Compensation"),
        "staff": _("Staff and training"),
        "quality": _("Data quality and method"),
        "hits": _("Hits"),
        "total": _("Total"),
        "value": _("Value"),
        "low": _("95 % low"),
        "high": _("95 % high"),
        "pending": _("Not yet due"),
        "excluded": _("Excluded"),
    }
    shown = (words.get(part, part) for part in where.split(" "))
    return " · ".join(part for part in shown if part)


def sign_off(pages: Pages) -> list[Flowable]:
    """Return the boxes for the three signatures and the fingerprint to compare."""
    boxes = [
        [pages.text(role, "cell_bold"), *[pages.text(word, "cell_hint") for word in _blanks()]]
        for role in (_("Made by"), _("Checked by"), _("Approved by"))
    ]
    table = Table(boxes, colWidths=[WIDTH * part for part in (0.18, 0.24, 0.2, 0.16, 0.22)],
                  rowHeights=54, hAlign="LEFT")  # fmt: skip
    table.setStyle(
        TableStyle(
            [
                ("GRID", (0, 0), (-1, -1), 0.5, HAIR),
                ("BOX", (0, 0), (-1, -1), 0.8, INK),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ]
        )
    )
    check = _(
        "To check this file: manage.py verify_report FILE compares it with the stored snapshot;"
        " tools/verify_report.py recomputes the annex without the application."
    )
    return [
        KeepTogether(
            [
                pages.heading(_("Sign-off")),
                table,
                gap(10),
                pages.text(_("Fingerprint of the figures (SHA-256)"), "cell_bold"),
                pages.text(f"{pages.edition.sha256[:32]} {pages.edition.sha256[32:]}", "mono"),
                pages.text(check, "note"),
            ]
        )
    ]


def _blanks() -> tuple[str, str, str, str]:
    return _("Full name"), _("Role"), _("Date"), _("Signature")
