"""Page 1: what this is, whose, which month, how final, and its fingerprint."""

from __future__ import annotations

from django.utils.translation import gettext as _
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, HRFlowable, Table, TableStyle

from courierqa.core import formats
from kpi.reports import numbers
from kpi.reports.content import MetricLine
from kpi.reports.parts import Pages, gap
from kpi.reports.styles import ACTION, BAND, HAIR, WIDTH

HEADLINES = ("T01", "S01", "C01", "C03")


def cover(pages: Pages) -> list[Flowable]:
    """Return the cover."""
    content = pages.content
    return [
        gap(26 * mm),
        pages.text(pages.local(content.company), "cover_company"),
        gap(4),
        pages.text(_("Service quality report"), "cover_title"),
        pages.text(_about(pages), "cover_month"),
        HRFlowable(width=42 * mm, thickness=2.4, color=ACTION, hAlign="LEFT", spaceAfter=14),
        pages.text(status_sentence(pages), "lead"),
        gap(6),
        _tiles(pages),
        gap(16 * mm),
        _facts(pages),
    ]


def _about(pages: Pages) -> str:
    """Return the month, and the site of a report about one site."""
    month = numbers.month_name(pages.content.period)
    site = pages.content.site
    return f"{month}  ·  {pages.local(site['names'])} {site['code']}" if site else month


def scope(pages: Pages) -> str:
    """Return whose figures these are."""
    site = pages.content.site
    if site:
        return _("One site, all products: %(name)s") % {"name": pages.local(site["names"])}
    return _("All sites, all products: %(n)s sites") % {"n": len(pages.content.sites)}


def status(pages: Pages) -> str:
    """Return the status of this printing in a few words."""
    if pages.edition.is_final:
        return _("Final %(version)s") % {"version": pages.edition.version}
    return _("Draft %(version)s") % {"version": pages.edition.version}


def status_sentence(pages: Pages) -> str:
    """Say how far these figures can still move."""
    content = pages.content
    if content.is_open:
        return _("The month is not over: these are the figures so far.")
    if not pages.edition.is_final:
        return _("Draft for checking. Figures may still change until the month is frozen.")
    if pages.edition.version != "1.0":
        return _("Corrected edition. The change page lists every figure that moved.")
    return _("Frozen figures. Later facts make a numbered correction; this edition stays as it is.")


def _tiles(pages: Pages) -> Flowable:
    lines = [line for code in HEADLINES if (line := pages.content.metric(code))]
    if not lines:
        return gap(1)
    rows = zip(*(_tile(pages, line) for line in lines), strict=True)
    table = Table(list(rows), colWidths=[WIDTH / len(lines)] * len(lines), hAlign="LEFT")
    table.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("BACKGROUND", (0, 0), (-1, -1), BAND),
                ("LINEAFTER", (0, 0), (-2, -1), 4, "#FFFFFF"),
                ("LINEABOVE", (0, 0), (-1, 0), 1.6, ACTION),
                ("LEFTPADDING", (0, 0), (-1, -1), 8),
                ("TOPPADDING", (0, 0), (-1, -1), 0),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
                ("TOPPADDING", (0, 0), (-1, 0), 8),
                ("BOTTOMPADDING", (0, -1), (-1, -1), 8),
            ]
        )
    )
    return table


def _tile(pages: Pages, line: MetricLine) -> list[Flowable]:
    target = _("Target %s") % numbers.target(line)
    return [
        pages.text(pages.name(line), "cell_hint"),
        pages.text(numbers.value(line, line.counts), "tile_value"),
        pages.text(numbers.fraction(line.counts, line.unit), "cell_hint"),
        pages.text(target, "cell_hint"),
    ]


def _facts(pages: Pages) -> Table:
    content, edition = pages.content, pages.edition
    rows = [
        (_("Scope"), scope(pages)),
        (_("Status"), status(pages)),
        (_("Data as of"), formats.moment(content.as_of)),
        (_("Frozen at") if edition.is_final else _("Made at"), formats.moment(edition.frozen_at)),
        *([(_("Published"), formats.moment(edition.published_at))] if edition.published_at else []),
        (_("Business time zone"), content.time_zone),
        (_("Distribution"), _("Management, quality department, site supervisors, auditors")),
        (_("Fingerprint of the figures (SHA-256)"), f"{edition.sha256[:32]} {edition.sha256[32:]}"),
    ]
    cells = [[pages.text(key, "cell_hint"), pages.text(value, "cell")] for key, value in rows]
    table = Table(cells, colWidths=[46 * mm, WIDTH - 46 * mm], hAlign="LEFT")
    table.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LINEABOVE", (0, 0), (-1, -1), 0.4, HAIR),
                ("LINEBELOW", (0, -1), (-1, -1), 0.4, HAIR),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
            ]
        )
    )
    return table
