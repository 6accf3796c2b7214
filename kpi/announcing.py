"""Objectives made known: written as a controlled document that its readers confirm (OBJ-05)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courierqa.core import audit
from courierqa.core.errors import DomainError
from courierqa.core.formats import day
from kpi import selectors
from kpi.board import show
from kpi.metrics import METRICS
from kpi.models import Target
from quality.document_enums import Category, Level
from quality.models import Document
from quality.services import documents
from staff.models import Employee, Site, User

PREFIX = "QO"


def number_of(year: int, site: Site | None) -> str:
    """Return the number of the document that holds the objectives of a year and a unit."""
    return f"{PREFIX}-{year}-{site.code}" if site is not None else f"{PREFIX}-{year}"


@transaction.atomic
def announce(
    *, year: int, site: Site | None, owner: Employee, effective_on: date, change: str, by: User,
    at: datetime,
) -> Document:  # fmt: skip
    """Write what is wanted on a day as a document and ask for its approval.

    Once it is in force everybody of the unit is asked to confirm it, by the receipts documents
    have; a later change of the targets is the next version.
    """
    targets = selectors.targets_on(effective_on, site=site)
    if not targets:
        raise DomainError(_("No objective is set for this day"), code="nothing", status=422)
    text = documents.Text(
        _body(targets, effective_on, "zh-hans"), _body(targets, effective_on, "en"), change=change
    )
    row = Document.objects.filter(number=number_of(year, site)).first()
    if row is None:
        row = documents.create_document(
            number=number_of(year, site), card=_card(year, site, owner), text=text, by=by, at=at
        )
    else:
        documents.start_version(row, text=text, by=by, at=at)
    documents.submit_version(row, effective_on=effective_on, by=by, at=at)
    audit.record("objective.announce", row, actor=by, at=at)
    return row


def _card(year: int, site: Site | None, owner: Employee) -> documents.Card:
    place = f" {site.code}" if site is not None else ""
    return documents.Card(
        level=Level.MANUAL, category=Category.INDICATOR, title=f"{year} 年质量目标{place}",
        title_en=f"Quality objectives {year}{place}", owner=owner, must_be_read=True,
        sites=(site,) if site is not None else (), clauses=("6.2",),
    )  # fmt: skip


def _body(targets: dict[str, Target], on: date, language: str) -> str:
    """Return the objectives as a table, in one language."""
    with translation.override(language):
        heads = (_("Objective"), _("Target"), _("Direction"), _("Answers for it"))
        lines = [
            _("What is wanted of us from %(day)s on. Reached values stand on the page of "
              "objectives.") % {"day": day(on)},
            "", "| " + " | ".join(heads) + " |", "|---|---|---|---|",
        ]  # fmt: skip
        for code, metric in METRICS.items():
            if (row := targets.get(code)) is not None:
                way = pgettext("objective", "rise") if metric.higher_is_better else pgettext(
                    "objective", "fall")  # fmt: skip
                who = row.owner.name if row.owner else "—"
                value = f"{show.show_target(metric, row.value)} {show.unit_of(metric)}".strip()
                lines.append(f"| {metric.name} ({code}) | {value} | {way} | {who} |")
        return "\n".join(lines) + "\n"
