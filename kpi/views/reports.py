"""Monthly reports: the list, and one month with its checks, comments and signatures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courierqa.core.access import allow, may
from courierqa.core.calendars import business_day
from courierqa.core.timeframes import Period, month_of
from kpi import snapshots
from kpi.enums import FileKind, Stage, Step
from kpi.models import MonthCell, Publication, ReportFile, Signature, Snapshot
from kpi.reports import numbers, sealing
from kpi.reports.content import Content, read_content
from kpi.reports.judging import judge_all
from kpi.snapshots import checks, keeping, signing
from kpi.snapshots.signing import RIGHTS
from kpi.views.report_scope import Subject, chosen, site_choices, subject, work
from staff.models import Site

MOST_MONTHS = 36


@dataclass(frozen=True)
class MonthRow:
    """One month of the list: its edition that counts, and how good its data are."""

    period: Period
    edition: Snapshot | None
    is_open: bool
    files: dict[str, ReportFile]
    signed: int = 0

    @property
    def published(self) -> Any:
        """Return the publication of the edition, or nothing."""
        return getattr(self.edition, "publication", None)

    @property
    def name(self) -> str:
        return numbers.month_name(self.period.key)

    @property
    def completeness(self) -> float | None:
        return checks.completeness(self.edition.content) if self.edition else None

    @property
    def open_checks(self) -> int:
        """Return how many checks still want a look."""
        if self.edition is None:
            return 0
        return sum(not one.ok for one in checks.checkpoints(self.edition, self.period))


@allow("report", GET="read")
def reports(request: HttpRequest) -> HttpResponse:
    """List the months of the company, or of one site the reader reaches, newest first."""
    now = timezone.now()
    sites = site_choices(request)
    site = _asked_site(request, sites)
    reaches_all = bool(request.access.is_all)  # type: ignore[attr-defined]
    page: dict[str, Any] = {
        "title": _("Monthly reports"),
        "sites": sites,
        "site": site,
        "reaches_all": reaches_all,
    }
    if reaches_all or site is not None:
        shows_drafts = may(request.user, "report", "draft")
        page["rows"] = _rows(site.code if site else "", now, drafts=shows_drafts)
    return render(request, "kpi/reports/list.html", page)


def _asked_site(request: HttpRequest, sites: list[Site]) -> Site | None:
    """Return the site asked for; a reader of some sites starts with the first of them."""
    asked = request.GET.get("site", "")[:12]
    found = next((one for one in sites if one.code == asked), None)
    if found is None and not request.access.is_all and sites:  # type: ignore[attr-defined]
        return sites[0]
    return found


def _rows(site: str, now: datetime, *, drafts: bool) -> list[MonthRow]:
    editions: dict[str, Snapshot] = {}
    rows = Snapshot.objects.filter(site=site).select_related("publication")
    rows = rows if drafts else rows.exclude(publication=None)
    for row in rows.order_by("is_final", "id"):
        editions[row.period] = row
    files: dict[int, dict[str, ReportFile]] = {}
    for file in ReportFile.objects.filter(snapshot__in=editions.values(), kind=FileKind.PDF):
        files.setdefault(file.snapshot_id, {})[file.language] = file
    signed = _signed(editions)
    found = []
    for period in _months(editions, now):
        edition = editions.get(period.key)
        found.append(_row(period, edition, files, signed.get(edition.pk, 0) if edition else 0, now))
    return found


def _signed(editions: dict[str, Snapshot]) -> dict[int, int]:
    """Return how many signatures each edition has."""
    rows = Signature.objects.filter(snapshot__in=editions.values()).order_by()
    return dict(rows.values_list("snapshot").annotate(n=Count("pk")))


def _row(
    period: Period,
    edition: Snapshot | None,
    files: dict[int, dict[str, ReportFile]],
    signed: int,
    now: datetime,
) -> MonthRow:
    own = files.get(edition.pk, {}) if edition else {}
    return MonthRow(period, edition, now < period.end_at, own, signed)


def _months(editions: dict[str, Snapshot], now: datetime) -> list[Period]:
    """Return every month with figures or editions up to the current one, newest first."""
    first = MonthCell.objects.order_by("month").values_list("month", flat=True).first()
    known = [keeping.month(key).start_day for key in editions]
    start = min([*known, *([first] if first else [])], default=None)
    if start is None:
        return []
    found = [month_of(business_day(now))]
    while found[-1].start_day > start and len(found) < MOST_MONTHS:
        found.append(found[-1].previous())
    return found


@allow("report", GET="read")
def report(request: HttpRequest, period: str) -> HttpResponse:
    """Show one month: figures, checks, comments, signatures, files, earlier editions."""
    return report_page(request, subject(request, period, ahead=True))


def report_page(
    request: HttpRequest, about: Subject, *, errors: list[Any] | None = None, status: int = 200
) -> HttpResponse:
    """Render the page of a month; `errors` are (field id, message)."""
    now = timezone.now()
    editions = about.editions()
    edition = chosen(request, editions)
    month = numbers.month_name(about.period.key)
    page: dict[str, Any] = {
        "title": _("Report %(month)s") % {"month": month},
        "about": about,
        "period": about.period,
        "edition": edition,
        "editions": editions,
        **_draft(editions),
        "errors": errors or [],
        "typed": request.POST,
        "may": {right: may(request.user, "report", right) for right in RIGHTS_SHOWN},
        "is_open": now < about.period.end_at,
        "is_ahead": now < about.period.start_at,
        "is_uncounted": not editions and about.is_uncounted(),
        **work(about),
    }
    if edition is not None:
        page |= _contents(edition, about, request.POST)
        page |= _lifecycle(request, edition)
    return render(request, "kpi/reports/report.html", page, status=status)


def _draft(editions: list[Snapshot]) -> dict[str, Any]:
    """Return the draft that waits to be frozen, and whether it would correct anything."""
    newest = editions[0] if editions else None
    if newest is None or newest.is_final or hasattr(newest, "discard"):
        return {"draft": None}
    corrects = bool(newest.content.get("changes"))
    return {"draft": newest, "is_unmoved": corrects and not snapshots.moved(newest)}


RIGHTS_SHOWN = ("make", "comment", "check", "approve", "publish")


def _contents(edition: Snapshot, about: Subject, typed: Mapping[str, str]) -> dict[str, Any]:
    content = read_content(edition.content)
    language = get_language() or "zh-hans"
    judged = judge_all(content, language=language if language in content.company else "zh-hans")
    said = content.comments if edition.is_final else _newest_comments(about)
    shown = said if edition.is_final else {**said, **_typed(typed)}
    return {
        "content": content,
        "judged": [_shown(one, language, shown) for one in judged.values()],
        "whole_comment": shown.get(""),
        "checkpoints": _checkpoints(edition, about, content, said),
        "completeness": checks.completeness(edition.content),
        "files": _files(edition),
        "is_signed": sealing.is_configured(),
    }


def _typed(form: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return the comments of a form that was refused: what was typed stays in its fields."""
    named = {name.removeprefix("comment-"): form[name] for name in form if "comment-" in name}
    return {"" if code == "all" else code: {"text": text} for code, text in named.items()}


def _newest_comments(about: Subject) -> dict[str, dict[str, str]]:
    return snapshots.comments_of(about.period.key, about.site)


def _files(edition: Snapshot) -> list[ReportFile]:
    """Return the stored files that count: those of the publication, once there are some."""
    rows = list(ReportFile.objects.filter(snapshot=edition).order_by("kind", "-language"))
    published = [row for row in rows if row.stage == Stage.PUBLISHED]
    return published or rows


def _checkpoints(
    edition: Snapshot, about: Subject, content: Content, said: dict[str, Any]
) -> list[checks.Checkpoint]:
    found = checks.checkpoints(edition, about.period)
    silent = snapshots.uncommented({**edition.content, "comments": said})
    return [*found, checks.commented(silent)]


def _lifecycle(request: HttpRequest, edition: Snapshot) -> dict[str, Any]:
    """Return the signatures, which comes next, and whether this reader may give it."""
    given = {one.step: one for one in edition.signatures.all()}
    following = signing.next_step(list(given.values())) if edition.is_final else None
    replaced = signing.newer_of(edition) if edition.is_final else None
    is_mine = any(one.user_id == request.user.pk for one in given.values())
    right = RIGHTS[following] if following else ""
    return {
        "steps": [(step, given.get(step.value)) for step in Step],
        "next_step": following,
        "replaced_by": replaced,
        "has_signed": is_mine,
        "may_sign": bool(right) and not is_mine and may(request.user, "report", right),
        "publication": Publication.objects.filter(snapshot=edition).select_related("by").first(),
        "is_signed_by_all": edition.is_final and following is None,
    }


def _shown(one: Any, language: str, said: dict[str, Any]) -> dict[str, Any]:
    """Return one line of the preview: what the page of figures in the PDF prints."""
    line = one.line
    sides = {"concern": "worse", "improvement": "better", "change": "neutral"}
    word = sides.get(one.verdict.variation)
    level = "high" if one.verdict.side == "H" else "low"
    return {
        "code": line.code,
        "name": line.text("name", language),
        "value": numbers.value(line, line.counts),
        "unit": "" if line.unit == "share" else numbers.unit_name(line),
        "counts": numbers.fraction(line.counts, line.unit),
        "spread": numbers.spread(line, line.counts),
        "target": numbers.target(line),
        "pending": line.counts.pending,
        "excluded": line.counts.excluded,
        "is_mature": line.is_mature,
        "mature_on": line.mature_on,
        "variation": f"{word}_{level}"
        if word
        else ("" if one.verdict.chart.low is None else "same"),
        "assurance": one.verdict.assurance,
        "sentence": one.verdict.sentence,
        "needs_word": one.needs_word,
        "comment": said.get(line.code),
    }
