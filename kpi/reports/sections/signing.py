"""The last page: who signed, what came before, how to check."""

from __future__ import annotations

from django.utils.translation import gettext as _
from reportlab.platypus import Flowable, KeepTogether, Table, TableStyle

from courierqa.core import formats
from courierqa.core.enums import Role
from kpi.reports.parts import Pages, gap
from kpi.reports.styles import HAIR, INK, WIDTH


def sign_off(pages: Pages) -> list[Flowable]:
    """Return who signed which hash when, the editions before, and how to check the file."""
    boxes = Table(
        [_box(pages, step, word) for step, word in _steps().items()],
        colWidths=[WIDTH * part for part in (0.15, 0.22, 0.19, 0.2, 0.24)],
        rowHeights=50,
        hAlign="LEFT",
    )
    boxes.setStyle(
        TableStyle(
            [
                ("GRID", (0, 0), (-1, -1), 0.5, HAIR),
                ("BOX", (0, 0), (-1, -1), 0.8, INK),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ]
        )
    )
    return [
        KeepTogether([pages.heading(_("Sign-off")), boxes, gap(4), *_published(pages)]),
        *_history(pages),
        KeepTogether(
            [
                pages.heading(_("Check this file"), level=1),
                pages.text(_("Fingerprint of the figures (SHA-256)"), "cell_bold"),
                pages.text(f"{pages.edition.sha256[:32]} {pages.edition.sha256[32:]}", "mono"),
                gap(4),
                pages.text(_how_to_check(pages), "note"),
            ]
        ),
    ]


def _steps() -> dict[str, str]:
    return {"made": _("Made by"), "checked": _("Checked by"), "approved": _("Approved by")}


def _box(pages: Pages, step: str, word: str) -> list[object]:
    """Return one row: printed from the given signature, or empty boxes to sign by hand."""
    found = next((one for one in pages.edition.signatures if one.step == step), None)
    blanks = _blanks()
    if found is None:
        values = [[""]] * len(blanks)
    else:
        role = str(Role(found.role).label)
        # On a line of its own the fingerprint is never broken.
        signed = [_("signed SHA-256"), found.sha256[:12]]
        values = [[found.name], [role], [formats.moment(found.at)], signed]
    return [
        pages.text(word, "cell_bold"),
        *(
            [pages.text(blank, "cell_hint"), *(pages.text(line, "cell") for line in lines)]
            for blank, lines in zip(blanks, values, strict=True)
        ),
    ]


def _blanks() -> tuple[str, str, str, str]:
    return _("Full name"), _("Role"), _("Date"), _("Signature")


def _published(pages: Pages) -> list[Flowable]:
    at = pages.edition.published_at
    if at is None:
        return [pages.text(_("Not published: printed before the signatures."), "small")]
    return [pages.text(_("Published %(moment)s.") % {"moment": formats.moment(at)}, "small")]


def _history(pages: Pages) -> list[Flowable]:
    """Return the editions before this one with the reason of each correction."""
    rows = [
        [one.version, formats.moment(one.frozen_at), one.sha256[:16], one.reason or "—"]
        for one in pages.edition.earlier
    ]
    title = pages.heading(_("Correction history"), level=1)
    if not rows:
        return [title, pages.text(_("This is the first edition of this month."), "note")]
    own = pages.content.changes or {}
    rows.append(
        [
            pages.edition.version,
            formats.moment(pages.edition.frozen_at),
            pages.edition.sha256[:16],
            own.get("reason", "—"),
        ]
    )
    head = [_("Version"), _("Frozen at"), "SHA-256", _("Reason")]
    return [title, pages.table(head, rows, (18, 40, 40, 76))]


def _how_to_check(pages: Pages) -> str:
    """Name the public page by its address, which is frozen with the figures, where it has one."""
    address = pages.content.raw.get("verify_at", {}).get(pages.language)
    page = address or _("the page /verify/ of our public site")
    return _(
        "Anybody: %(page)s says which published report a fingerprint or a file belongs to. With"
        " the annex alone: verify_report.py, which that page hands out, recomputes every figure"
        " without the application. Inside the company: manage.py verify_report FILE compares"
        " every byte with the stored edition."
    ) % {"page": page}
