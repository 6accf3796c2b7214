"""Findings: what did not fit, for a person to look at and decide."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core import audit, exports
from courierqa.core.access import allow, may
from courierqa.core.forms import FieldErrors, form_page
from courierqa.core.history import changes_of
from courierqa.core.paging import page_of
from shipments import enums, services
from shipments.forms.findings import VERBS, DecideForm
from shipments.models import Finding
from shipments.selectors import findings as selectors
from shipments.services.findings import event_of, verbs_of

NEWEST = ("-found_at", "-id")
HEADER = ("found_at", "kind", "code", "finding", "waybill", "scan", "happened_at", "site",
          "person", "decision", "closed_at")  # fmt: skip


@allow("finding", GET="read")
def findings_page(request: HttpRequest) -> HttpResponse:
    """List findings, newest first, with how many of each kind and site."""
    seen = selectors.findings_for(request.access)
    chosen = selectors.chosen_findings(seen, request.GET)
    page = page_of(chosen, request.GET, order=NEWEST)
    state = selectors.chosen_findings(seen, {"state": request.GET.get("state", "")})
    counts = selectors.counts_by_kind(state)
    context = {
        "title": _("Findings"), "page": page, "rows": selectors.finding_rows(page),
        "kinds": [(k.value, k.label, counts[k.value]) for k in enums.FindingKind
                  if counts.get(k.value)],
        "total": sum(counts.values()), "sites": selectors.counts_by_site(state),
        "state": request.GET.get("state") or "open", "asked": request.GET,
        "may_export": may(request.user, "finding", "export"),
        "export_query": request.GET.urlencode(),
    }  # fmt: skip
    return render(request, "shipments/findings.html", context)


@allow("finding", GET="read", POST="change")
def finding_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one finding with its scan and history, and take a decision about it."""
    finding = get_object_or_404(selectors.findings_for(request.access), pk=pk)
    event = event_of(finding)
    verbs = verbs_of(finding, event) if may(request.user, "finding", "change") else []
    form = DecideForm(
        request.POST or None, verbs=verbs, code=finding.code,
        scan_code=event.code if event is not None else "",
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            _decide(request, finding, dict(form.cleaned_data))
        if errors.ok:
            messages.success(request, _("Decided; it stands in the parcel's history"))
            return redirect("shipments:finding", finding.pk)
    row = selectors.finding_rows([finding])[0]
    context = {
        "title": row.words, "row": row, "finding": finding, "verbs": verbs, "form": form,
        "code_label": enums.Code(event.code).label if event is not None else "",
        "changes": changes_of(finding), "verb_words": VERBS,
    }  # fmt: skip
    return form_page(request, "shipments/finding.html", context)


def _decide(request: HttpRequest, finding: Finding, said: dict[str, Any]) -> None:
    verb = said.pop("verb")
    deed = {
        "confirm": services.confirm_finding, "dismiss": services.dismiss_finding,
        "note": services.note_finding, "reopen": services.reopen_finding,
    }[verb]  # fmt: skip
    if verb != "confirm":
        said = {"note": said["note"]}
    deed(finding=finding, at=timezone.now(), actor=request.user, **said)


@allow("finding", GET="export")
def findings_csv(request: HttpRequest) -> HttpResponseBase:
    """Export exactly what the filters show."""
    audit.record(
        "finding.export", actor=request.user, request=request, reason=request.GET.urlencode()
    )
    rows = selectors.chosen_findings(selectors.findings_for(request.access), request.GET)
    return exports.csv_response("findings.csv", HEADER, _cells(rows.order_by(*NEWEST)))


def _cells(rows: Any) -> Iterator[tuple[Any, ...]]:
    chunk: list[Finding] = []
    for row in rows.iterator(chunk_size=500):
        chunk.append(row)
        if len(chunk) == 500:
            yield from map(_line, selectors.finding_rows(chunk))
            chunk = []
    yield from map(_line, selectors.finding_rows(chunk))


def _line(row: selectors.FindingRow) -> tuple[Any, ...]:
    finding, event = row.finding, row.event
    return (
        finding.found_at, finding.get_kind_display(), finding.code, row.words,
        finding.parcel.waybill if finding.parcel else "", event.code if event else "",
        event.happened_at if event else "", row.site or "", row.person.number if row.person else "",
        finding.get_decision_display() if finding.decision else "", finding.closed_at or "",
    )  # fmt: skip
