"""Monthly reports: the list, one month with its checks, making, freezing, the files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courierqa.core import audit, outbox
from courierqa.core.access import allow, may
from courierqa.core.calendars import business_day
from courierqa.core.enums import EffectState
from courierqa.core.errors import DomainError
from courierqa.core.exports import attachment
from courierqa.core.models import Effect, JobRun
from courierqa.core.timeframes import Period, month_of
from kpi import snapshots
from kpi.effects import FILES, MAKE
from kpi.models import MonthCell, ReportFile, Snapshot
from kpi.reports import numbers
from kpi.reports.annex import workbook_of
from kpi.reports.content import read_content
from kpi.reports.judging import judge_all
from kpi.snapshots import checks, keeping

MOST_MONTHS = 36
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORKING = (EffectState.WAITING, EffectState.RUNNING)


@dataclass(frozen=True)
class MonthRow:
    """One month of the list: its edition that counts, and how good its data are."""

    period: Period
    edition: Snapshot | None
    is_open: bool
    files: dict[str, ReportFile]

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
    """List the months, newest first."""
    now = timezone.now()
    page = {"title": _("Monthly reports"), "reaches_all": _reaches_all(request)}
    if page["reaches_all"]:
        page["rows"] = _rows(now)
    return render(request, "kpi/reports/list.html", page)


def _reaches_all(request: HttpRequest) -> bool:
    """A report compares all sites; a right for some of them does not open it."""
    return bool(request.access.is_all)  # type: ignore[attr-defined]


def _rows(now: datetime) -> list[MonthRow]:
    editions: dict[str, Snapshot] = {}
    for row in Snapshot.objects.order_by("is_final", "id"):
        editions[row.period] = row
    files: dict[int, dict[str, ReportFile]] = {}
    for file in ReportFile.objects.filter(snapshot__in=editions.values()):
        files.setdefault(file.snapshot_id, {})[file.language] = file
    return [_row(period, editions.get(period.key), files, now) for period in _months(editions, now)]


def _row(
    period: Period, edition: Snapshot | None, files: dict[int, dict[str, ReportFile]], now: datetime
) -> MonthRow:
    own = files.get(edition.pk, {}) if edition else {}
    return MonthRow(period, edition, now < period.end_at, own)


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
    """Show one month: figures, checks, files, earlier editions."""
    return _page(request, _month_or_404(request, period))


def _month_or_404(request: HttpRequest, text: str) -> Period:
    """Return the month; to a reader of some sites, and before its first day, it is not there."""
    try:
        found = keeping.month(text)
    except DomainError:
        raise Http404 from None
    if not _reaches_all(request) or timezone.now() < found.start_at:
        raise Http404
    return found


def _page(
    request: HttpRequest, period: Period, *, errors: list[Any] | None = None, status: int = 200
) -> HttpResponse:
    editions = keeping.of_month(period.key)
    chosen = _chosen(request, editions)
    page: dict[str, Any] = {
        "title": _("Report %(month)s") % {"month": numbers.month_name(period.key)},
        "period": period,
        "now": timezone.now(),
        "edition": chosen,
        "editions": editions,
        "draft": editions[0] if editions and not editions[0].is_final else None,
        "errors": errors or [],
        "may_make": may(request.user, "report", "make"),
        "is_open": timezone.now() < period.end_at,
        **_work(period),
    }
    if chosen is not None:
        page |= _contents(chosen, period)
    return render(request, "kpi/reports/report.html", page, status=status)


def _chosen(request: HttpRequest, editions: list[Snapshot]) -> Snapshot | None:
    """Return the edition asked for, else the newest frozen one, else the newest draft."""
    asked = request.GET.get("edition")
    if asked:
        found = next((row for row in editions if row.version == asked), None)
        if found is None:
            raise Http404
        return found
    final = next((row for row in editions if row.is_final), None)
    return final or (editions[0] if editions else None)


def _contents(edition: Snapshot, period: Period) -> dict[str, Any]:
    content = read_content(edition.content)
    language = get_language() or "zh-hans"
    judged = judge_all(content, language=language if language in content.company else "zh-hans")
    return {
        "content": content,
        "judged": [_shown(one, language) for one in judged.values()],
        "checkpoints": checks.checkpoints(edition, period),
        "completeness": checks.completeness(edition.content),
        "files": {row.language: row for row in ReportFile.objects.filter(snapshot=edition)},
    }


def _shown(one: Any, language: str) -> dict[str, Any]:
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
        "counts": numbers.fraction(line.counts),
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
    }


def _work(period: Period) -> dict[str, Any]:
    """Return whether the report is being made, and how far it is."""
    effect = Effect.objects.filter(kind=MAKE, payload__period=period.key).order_by("-id").first()
    if effect is None:
        return {"making": False, "failed": ""}
    making = effect.state in WORKING
    run = (
        JobRun.objects.filter(name=MAKE, ended_at=None).order_by("-id").first() if making else None
    )
    return {
        "making": making,
        "run": run,
        "failed": effect.last_error if effect.state == EffectState.PARKED else "",
    }


@allow("report", GET="read")
def report_progress(request: HttpRequest, period: str) -> HttpResponse:
    """Answer the progress line; when the work is done, ask the page to load again."""
    found = _month_or_404(request, period)
    work = _work(found)
    response = render(request, "kpi/reports/_progress.html", {"period": found, **work})
    if not work["making"]:
        response["HX-Refresh"] = "true"
    return response


@allow("report", POST="make")
def report_make(request: HttpRequest, period: str) -> HttpResponse:
    """Order a new draft; the worker makes it."""
    found = _month_or_404(request, period)
    now = timezone.now()
    if not _work(found)["making"]:
        payload = {"period": found.key, "by": request.user.pk, "asked_at": now.isoformat()}
        outbox.emit(MAKE, f"{MAKE}:{found.key}:{now.isoformat()}", payload)
    return redirect("kpi:report", period=found.key)


@allow("report", POST="make")
def report_freeze(request: HttpRequest, period: str) -> HttpResponse:
    """Freeze the newest draft."""
    found = _month_or_404(request, period)
    now = timezone.now()
    try:
        frozen = snapshots.freeze(found, now=now, by=request.user, request=request)
    except DomainError as error:
        return _page(request, found, errors=[("", error.message)], status=422)
    payload = {"period": found.key, "snapshot": frozen.pk}
    outbox.emit(FILES, f"{FILES}:{frozen.pk}", payload)
    return redirect("kpi:report", period=found.key)


@allow("report", GET="read")
def report_pdf(request: HttpRequest, period: str, lang: str) -> HttpResponse:
    """Hand out a PDF of an edition, making it first when the worker has not."""
    edition = _edition(request, period)
    file = snapshots.file_of(edition, lang, now=timezone.now())
    name = f"courier-quality-{edition.period}-{edition.version}-{lang}.pdf"
    with file.file.open("rb") as source:
        return _handed(request, edition, source.read(), name, "application/pdf", file.sha256)


@allow("report", GET="read")
def report_data(request: HttpRequest, period: str, suffix: str) -> HttpResponse:
    """Hand out the data annex: a workbook, or the frozen text itself."""
    edition = _edition(request, period)
    name = f"courier-quality-{edition.period}-{edition.version}.{suffix}"
    if suffix == "json":
        content, kind = snapshots.annex_json(edition), "application/json"
    else:
        content, kind = _workbook(edition), XLSX
    return _handed(request, edition, content, name, kind, edition.sha256)


def _workbook(edition: Snapshot) -> bytes:
    text = snapshots.canonical(edition.content)
    language = "en" if (get_language() or "").startswith("en") else "zh-hans"
    return workbook_of(edition.content, snapshots.edition_of(edition), text, language=language)


def _edition(request: HttpRequest, text: str) -> Snapshot:
    period = _month_or_404(request, text)
    chosen = _chosen(request, keeping.of_month(period.key))
    if chosen is None:
        raise Http404
    return chosen


def _handed(
    request: HttpRequest, edition: Snapshot, content: bytes, name: str, kind: str, sha: str
) -> HttpResponse:
    """Answer with a file; who took which edition is in the trail."""
    suffix = name.rpartition(".")[2]
    audit.record(f"export.{suffix}", edition, actor=request.user, request=request)
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = attachment(name)
    response["ETag"] = f'"{sha}"'
    response["Cache-Control"] = "no-store"
    return response
