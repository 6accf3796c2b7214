"""Audits: the programme, the plan, one audit with its lines, its report, findings to follow up."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courierqa.core import audit, history
from courierqa.core.access import allow, may
from courierqa.core.calendars import business_day
from courierqa.core.exports import attachment, csv_response
from courierqa.core.forms import FieldErrors
from courierqa.core.paging import page_of
from quality.document_enums import AuditScope, AuditStatus, Method
from quality.forms import auditing as forms
from quality.models import AuditLine, AuditProgramme, InternalAudit
from quality.reports.audit import audit_pdf
from quality.selectors import auditing as selectors
from quality.selectors import raise_link
from quality.services import auditing as services

MOST_ROWS = 5000


@allow("internal_audit", GET="read")
def audits_page(request: HttpRequest) -> HttpResponse:
    """Show the audits of the programmes, and which programmes wait for approval (AUD-01)."""
    rows = selectors.filtered(selectors.audits_for(request.access), request.GET)
    found = page_of(selectors.with_counts(rows), request.GET, order=("-planned_on", "-id"))
    programmes = list(AuditProgramme.objects.select_related("made_by", "approved_by")[:6])
    page = {
        "title": pgettext("page", "Internal audits"), "page": found, "rows": found.rows,
        "programmes": programmes, "statuses": AuditStatus.choices,
        "today": business_day(timezone.now()),
        "may_change": may(request.user, "internal_audit", "change"),
        "may_approve": may(request.user, "internal_audit", "approve"),
        "chosen": {name: request.GET.get(name, "")[:12] for name in ("year", "status")},
    }  # fmt: skip
    return render(request, "quality/audits/audits.html", page)


@allow("internal_audit", GET="change", POST="change")
def programme_new(request: HttpRequest) -> HttpResponse:
    """Write the programme of a year."""
    year = business_day(timezone.now()).year
    form = forms.ProgrammeForm(request.POST or None, initial={"year": year})
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            services.make_programme(**form.cleaned_data, by=request.user, at=timezone.now())
        if errors.ok:
            messages.success(request, _("Saved"))
            return redirect("quality:audits")
    page = {"title": _("New audit programme"), "form": form, "submit": _("Save"),
            "back": "/audits/"}  # fmt: skip
    return render(request, "components/form_page.html", page, status=422 if form.errors else 200)


@allow("internal_audit", POST="approve")
def programme_approve(request: HttpRequest, year: int) -> HttpResponse:
    """Approve the programme of a year."""
    row = get_object_or_404(AuditProgramme, year=year)
    services.approve_programme(row, by=request.user, at=timezone.now())
    messages.success(request, _("Approved"))
    return redirect("quality:audits")


@allow("internal_audit", GET="change", POST="change")
def audit_new(request: HttpRequest, year: int) -> HttpResponse:
    """Plan an audit of the programme."""
    programme = get_object_or_404(AuditProgramme, year=year)
    form = forms.AuditForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            # What an impartiality rule refuses is shown at its field, with the reason.
            made = services.plan_audit(
                programme, plan=form.plan(), by=request.user, at=timezone.now()
            )
        if errors.ok:
            messages.success(request, _("Planned as %(number)s") % {"number": made.number})
            return redirect("quality:audit", made.number)
    page = {
        "title": _("Plan an audit"),
        "form": form,
        "submit": pgettext("audit", "Plan"),
        "back": "/audits/",
    }
    return render(request, "components/form_page.html", page, status=422 if form.errors else 200)


def find(request: HttpRequest, number: str) -> InternalAudit:
    """Return the audit within reach; others are as if they were not there."""
    return get_object_or_404(selectors.audits_for(request.access), number=number)


@allow("internal_audit", GET="read")
def audit_page(request: HttpRequest, number: str) -> HttpResponse:
    """Show one audit."""
    return show(request, find(request, number))


def show(
    request: HttpRequest, row: InternalAudit, *, name: str = "", form: Any = None, place: int = 0
) -> HttpResponse:
    """Draw the page; a form that was refused comes back as it was typed, at its line."""
    lines = list(row.lines.select_related("responsible", "verified_by", "looks_at__audit"))
    raised = selectors.raised_of(lines)
    access: Any = request.access
    is_auditor = selectors.in_team(row, access.employee_id)
    own = _forms(request, row, is_auditor=is_auditor)
    if form is not None and not place:
        own[name] = form
    page = {
        "title": row.title, "row": row, "forms": own, "form": form, "name": name,
        "lines": [_line(one, raised, own, name, form if one.position == place else None)
                  for one in lines],
        "is_auditor": is_auditor, "team": list(row.team.all()),
        "criteria": list(row.criteria.all()), "today": business_day(timezone.now()),
        "scopes": [AuditScope(one).label for one in row.scopes if one in AuditScope.values],
        "methods": [Method(one).label for one in row.methods if one in Method.values],
        "left": sum(not one.grade for one in lines), "followed_by": list(row.followed_by.all()),
        "story": [(AuditStatus(one.to_status).label, one)
                  for one in history.changes_of(row)[::-1]],
        "may_raise": may(request.user, "nonconformity", "create"),
    }  # fmt: skip
    status = 422 if form is not None else 200
    return render(request, "quality/audits/audit.html", page, status=status)


def _line(
    one: AuditLine, raised: dict[str, Any], own: dict[str, Any], name: str, form: Any
) -> dict[str, Any]:
    """Return a line with what was raised from it and the form its step needs."""
    grade = form if name == "grade" else None
    verify = form if name == "verify" else None
    start = {"grade": one.grade, "evidence": one.evidence}
    return {
        "row": one, "raised": raised.get(one.reference),
        "raise_url": raise_link("audit", one.reference) if one.is_finding else "",
        "grade": grade or (own.get("grade") and forms.GradeForm(
            initial=start, auto_id=f"l{one.position}_%s")),
        "verify": verify or (own.get("verify") and forms.VerifyForm(
            auto_id=f"v{one.position}_%s")),
    }  # fmt: skip


def _forms(request: HttpRequest, row: InternalAudit, *, is_auditor: bool) -> dict[str, Any]:
    """Return the forms of the present step, for those who may use them."""
    found: dict[str, Any] = {}
    planner = may(request.user, "internal_audit", "change")
    if row.status == AuditStatus.PLANNED and planner:
        found |= {"later": forms.LaterForm()}
    if row.status in (AuditStatus.PLANNED, AuditStatus.RUNNING) and is_auditor:
        found["grade"] = True
    if row.status == AuditStatus.RUNNING and is_auditor:
        found["report"] = forms.ConclusionForm()
    if row.status == AuditStatus.REPORTED:
        found["verify"] = may(request.user, "internal_audit", "conduct")
        if planner:
            found["reaudit"] = forms.ReauditForm()
    return found


def _step(request: HttpRequest, row: InternalAudit, name: str, form: Any, carry: Any,
          place: int = 0) -> HttpResponse:  # fmt: skip
    """Carry out one step, or show the page with what is wrong beside its field."""
    errors = FieldErrors(form)
    if form.is_valid():
        with errors:
            carry(form.cleaned_data, request.user, timezone.now())
    if not errors.ok:
        return show(request, row, name=name, form=form, place=place)
    messages.success(request, _("Saved"))
    target = redirect("quality:audit", row.number)
    if place:
        target["Location"] += f"#line-{place}"
    return target


@allow("internal_audit", POST="conduct")
def line_grade(request: HttpRequest, number: str, position: int) -> HttpResponse:
    """Grade one line."""
    row = find(request, number)
    line = get_object_or_404(row.lines.select_related("audit"), position=position)
    form = forms.GradeForm(request.POST, auto_id=f"l{position}_%s")
    return _step(request, row, "grade", form,
                 lambda said, by, at: services.grade_line(line, **said, by=by, at=at),
                 place=position)  # fmt: skip


@allow("internal_audit", POST="conduct")
def line_verify(request: HttpRequest, number: str, position: int) -> HttpResponse:
    """See that a finding is gone."""
    row = find(request, number)
    line = get_object_or_404(row.lines.select_related("audit"), position=position)
    form = forms.VerifyForm(request.POST, auto_id=f"v{position}_%s")
    return _step(request, row, "verify", form, lambda said, by, at: services.verify_finding(
        line, words=said["verification"], by=by, at=at), place=position)  # fmt: skip


@allow("internal_audit", POST="conduct")
def audit_report(request: HttpRequest, number: str) -> HttpResponse:
    """Give the report out."""
    row = find(request, number)

    def carry(said: Any, by: Any, at: Any) -> None:
        services.report_audit(row, **said, by=by, at=at)

    return _step(request, row, "report", forms.ConclusionForm(request.POST), carry)


@allow("internal_audit", POST="change")
def audit_later(request: HttpRequest, number: str) -> HttpResponse:
    """Plan it for a later day."""
    row = find(request, number)

    def carry(said: Any, by: Any, at: Any) -> None:
        services.postpone_audit(row, **said, by=by, at=at)

    return _step(request, row, "later", forms.LaterForm(request.POST), carry)


@allow("internal_audit", POST="change")
def audit_again(request: HttpRequest, number: str) -> HttpResponse:
    """Plan the re-audit of its open findings."""
    row = find(request, number)
    form = forms.ReauditForm(request.POST)
    errors = FieldErrors(form)
    if form.is_valid():
        with errors:
            made = services.plan_reaudit(
                row, **form.cleaned_data, by=request.user, at=timezone.now()
            )
    if not errors.ok:
        return show(request, row, name="reaudit", form=form)
    messages.success(request, _("Planned as %(number)s") % {"number": made.number})
    return redirect("quality:audit", made.number)


@allow("internal_audit", GET="read")
def audit_print(request: HttpRequest, number: str) -> HttpResponse:
    """Send the report as PDF."""
    row, now = find(request, number), timezone.now()
    audit.record("internal_audit.print", row, actor=request.user, at=now, request=request)
    lines = list(row.lines.select_related("responsible", "verified_by", "audit"))
    body = audit_pdf(row, lines, selectors.raised_of(lines), printed_at=now)
    answer = HttpResponse(body, content_type="application/pdf")
    answer["Content-Disposition"] = attachment(f"{row.number}.pdf")
    answer["Cache-Control"] = "no-store"
    return answer


@allow("internal_audit", GET="read")
def findings_page(request: HttpRequest) -> HttpResponseBase:
    """List findings to follow up, nearest due first (AUD-05)."""
    show_ = request.GET.get("show", "")[:12]
    today = business_day(timezone.now())
    rows = selectors.findings(request.access, show=show_, today=today)
    if request.GET.get("format") == "csv":
        return _file(request, rows)
    found = page_of(rows, request.GET, order=("due_on", "id"))
    raised = selectors.raised_of(found.rows)
    page = {
        "title": _("Audit findings to follow up"), "page": found, "today": today, "show": show_,
        "lines": [(one, raised.get(one.reference)) for one in found.rows],
        "may_export": may(request.user, "internal_audit", "export"),
    }  # fmt: skip
    return render(request, "quality/audits/findings.html", page)


def _file(request: HttpRequest, rows: QuerySet[AuditLine]) -> HttpResponseBase:
    if not may(request.user, "internal_audit", "export"):
        raise PermissionDenied
    audit.record("export.csv", None, actor=request.user, at=timezone.now(), reason="findings",
                 request=request, seal_now=True)  # fmt: skip
    head = [pgettext("audit", "Finding"), pgettext("audit", "Grade"), _("Question"),
            pgettext("finding", "Evidence"), _("Site"), _("Owner"), _("Due"),
            pgettext("finding", "Verified")]  # fmt: skip
    lines = (
        [one.reference, one.get_grade_display(), one.question, one.evidence,
         one.audit.site or "", one.responsible or "", one.due_on, one.verified_at or ""]
        for one in rows.order_by("due_on", "id")[:MOST_ROWS]
    )  # fmt: skip
    return csv_response("findings.csv", head, lines)
