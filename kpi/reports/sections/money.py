"""Page 10: the money paid: by cause, by who bears it, insured or not, the largest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from reportlab.platypus import Flowable, KeepTogether

from courierqa.core import formats
from kpi.reports.parts import Pages
from kpi.reports.sections.complaints import strip


def compensation(pages: Pages) -> list[Flowable]:
    """Return the compensation page."""
    part = pages.content.compensation
    tiles = [
        (_("Claims opened"), f"{part['opened']:,}"),
        (_("Paid"), f"{part['paid']:,}"),
        (_("Amount paid"), formats.yuan(part["paid_fen"])),
        (_("Yuan per 10,000 parcels"), _per_10k(pages, part["paid_fen"])),
    ]
    body: list[Flowable] = [pages.heading(_("Compensation")), strip(pages, tiles)]
    if not part["opened"] and not part["paid"]:
        return [*body, pages.text(_("No claim was opened or paid in this month."))]
    body += _money(pages, _("By cause"), _("Cause"), part["by_kind"])
    body += _money(pages, _("Borne by"), _("Site"), part["borne_by"])
    return [*body, *_cover(pages, part), *_largest(pages, part)]


def _cover(pages: Pages, part: Mapping[str, Any]) -> list[Flowable]:
    """Return payments for insured and other parcels; older editions did not tell them apart."""
    if "by_cover" not in part:
        return []
    names = {
        "insured": _("Insured"),
        "uninsured": _("Not insured"),
        "unknown": _("No parcel known"),
    }
    rows = [
        [
            word,
            f"{part['by_cover'][key]['count']:,}",
            formats.yuan(part["by_cover"][key]["fen"]),
        ]
        for key, word in names.items()
    ]
    head = [_("Insurance"), _("Claims"), _("Amount paid")]
    table = pages.table(head, rows, (94, 40, 40), numbers=(1, 2))
    said = [pages.text(_far(part["far"]), "note")] if part["paid"] else []
    return [KeepTogether([pages.heading(_("Insured or not"), level=1), table, *said])]


def _far(far: Mapping[str, int]) -> str:
    text = ngettext(
        "%(n)s payment lies above %(limit)s, ten times the middle payment of the month.",
        "%(n)s payments lie above %(limit)s, ten times the middle payment of the month.",
        far["count"],
    )
    return text % {"n": f"{far['count']:,}", "limit": formats.yuan(far["limit"])}


def _per_10k(pages: Pages, fen: int) -> str:
    accepted = pages.content.quality["accepted"]
    return formats.yuan(round(fen * 10_000 / accepted)) if accepted else formats.NOTHING


def _money(
    pages: Pages, title: str, word: str, rows: Sequence[Mapping[str, Any]]
) -> list[Flowable]:
    if not rows:
        return []
    cells = [
        [pages.local(row["names"]), f"{row['count']:,}", formats.yuan(row["fen"])] for row in rows
    ]
    table = pages.bounded(
        [word, _("Claims"), _("Amount paid")], cells, (94, 40, 40), numbers=(1, 2)
    )
    return [pages.heading(title, level=1), *table]


def _largest(pages: Pages, part: Mapping[str, Any]) -> list[Flowable]:
    rows = [
        [
            row["case"],
            pages.local(row["names"]),
            formats.yuan(row["fen"]),
            pages.local(row["status"]),
        ]
        for row in part["largest"]
    ]
    if not rows:
        return []
    head = [_("Case"), _("Cause"), _("Amount"), _("Status")]
    table = pages.table(head, rows, (44, 50, 40, 40), numbers=(2,))
    return [KeepTogether([pages.heading(_("Largest claims"), level=1), table])]
