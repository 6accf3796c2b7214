"""One inspection with its points and photos; one finding with what may be done to it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courierqa.core.access import access_for, allow, may
from courierqa.core.exports import attachment
from courierqa.core.formats import day, moment
from courierqa.core.forms import FieldErrors
from quality.forms.inspections import CorrectForm, ExtendForm, FixForm, JudgeForm, ViolationForm
from quality.inspection_enums import FindingState, PointGrade
from quality.models import CameraClip, CheckFinding, InspectionFile
from quality.selectors.inspections import reading
from quality.services import inspections as services
from staff.views.records import Cell, Deed, Record, make_page, record_page


@allow("inspection", GET="read")
def inspection_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what was found, point by point; the score stands at the end."""
    row = get_object_or_404(reading.inspections_for(request.access), uid=uid)
    lines = reading.lines_of(row)
    page = {
        "title": f"{row.version.checklist} · {row.site}", "row": row, "lines": lines,
        "team": list(row.team.all()), "missing": reading.files_of(lines),
        "may_correct": may(request.user, "inspection", "change"),
        "may_raise": may(request.user, "nonconformity", "create"),
    }  # fmt: skip
    return render(request, "quality/inspections/inspection.html", page)


@allow("inspection", GET="change", POST="change")
def correct(request: HttpRequest, uid: UUID, position: int) -> HttpResponse:
    """Put one grade of a closed record right; the old one stays beside it."""
    row = get_object_or_404(reading.inspections_for(request.access), uid=uid)
    graded = get_object_or_404(row.lines.select_related("line"), line__position=position)
    form = CorrectForm(request.POST or None)

    def save(said: dict[str, Any]) -> str:
        services.correct_grade(graded, **said, by=request.user, at=timezone.now())
        return reverse("quality:inspection", args=[row.uid])

    lead = _("Point %(n)s: %(text)s. What was graded stays on record; the correction counts")
    return make_page(
        request, form, save, title=_("Correct a grade"), submit=_("Correct it"),
        lead=lead % {"n": position, "text": graded.line},
        back=reverse("quality:inspection", args=[row.uid]),
    )  # fmt: skip


@allow("inspection", GET="read")
def file_open(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Send a photo or PDF as an attachment that no browser runs; the log has it first."""
    seen = reading.inspections_for(request.access)
    file = get_object_or_404(InspectionFile.objects.filter(graded__inspection__in=seen), uid=uid)
    body = services.open_inspection_file(file, by=request.user, at=timezone.now())
    return sent_file(body, file.name)


def sent_file(body: bytes, name: str) -> HttpResponse:
    """Return bytes as an attachment that no browser runs."""
    kind = "application/pdf" if name.endswith(".pdf") else "image/jpeg"
    answer = HttpResponse(body, content_type=kind)
    answer["Content-Disposition"] = attachment(name)
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer


@allow("inspection", GET="read", POST="read")
def finding_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One finding: its days, what shows the fix, who verified it; deeds by right and state."""
    row = get_object_or_404(reading.findings_for(request.access), pk=pk)
    record = Record(
        title=f"F-{row.pk} · {row.text}"[:120], back=reverse("quality:inspection_findings"),
        back_label=_("Findings of inspections"), facts=_facts(row), deeds=_deeds(request, row),
        lines=[*_next(request, row), (_("Photos and evidence"), _files(row)),
               (_("Camera clips"), _clips(row))],
        source=("inspection", row.pk),
    )  # fmt: skip
    return record_page(request, record)


def _facts(row: CheckFinding) -> list[tuple[Any, Any]]:
    return [
        (pgettext("checklist", "Point"), row.graded.line), (_("Site"), row.site),
        (_("How grave"), PointGrade(row.severity).label), (_("State"), row.get_status_display()),
        (_("Owner"), row.owner), (_("Found"), moment(row.found_at)),
        (_("First due"), day(row.first_due_on)), (_("Due"), day(row.due_on)),
        (_("How it was mended"), row.fix or None),
        (_("Mended by"), row.fixed_by.display_name if row.fixed_by else None),
        (_("Verified by"), row.verified_by.display_name if row.verified_by else None),
        (_("Violation"), str(row.violation.kind) if row.violation else None),
    ]  # fmt: skip


def _next(request: HttpRequest, row: CheckFinding) -> list[tuple[Any, list[Cell]]]:
    """Return the way to mend it, for whoever may and while it is open."""
    if row.status != FindingState.OPEN or not _reaches(request, row, "change"):
        return []
    url = reverse("quality:inspection_fix", args=[row.pk])
    return [(_("Next step"), [Cell(_("Say how it was mended, with a photo"), url)])]


def _files(row: CheckFinding) -> list[Cell]:
    cells = [Cell(f"{one.get_kind_display()} · {moment(one.at)}",
                  reverse("quality:inspection_file", args=[one.uid]))
             for one in row.graded.files.all()]  # fmt: skip
    inspection = reverse("quality:inspection", args=[row.graded.inspection.uid])
    return [Cell(_("The whole inspection"), inspection), *cells]


def _clips(row: CheckFinding) -> list[Cell]:
    clips = CameraClip.objects.filter(about=f"F-{row.pk}")
    return [Cell(f"{clip.camera} · {moment(clip.from_at)} · {clip.kept_at}") for clip in clips]


def _deeds(request: HttpRequest, row: CheckFinding) -> list[Deed]:
    """Return what the reader may do now; mending brings a file and has a page of its own."""
    deeds = []
    by, at = request.user, timezone.now()
    # Whoever mended it is not asked to verify it.
    if (row.status == FindingState.FIXED and row.fixed_by_id != by.pk
            and _reaches(request, row, "verify")):  # fmt: skip
        deeds.append(Deed("judge", pgettext("finding", "Verify"), JudgeForm,
                          lambda said: services.judge_fix(row, **said, by=by, at=at)))  # fmt: skip
    if row.status == FindingState.OPEN and _reaches(request, row, "change"):
        deeds.append(Deed(
            "extend", _("Put the day off"), ExtendForm, icon="calendar",
            do=lambda said: services.extend_finding(row, **said, by=by, at=at),
        ))  # fmt: skip
    if row.violation_id is None and may(request.user, "conduct", "change"):
        deeds.append(Deed("violation", _("Record as a courier’s violation"), ViolationForm,
                          icon="hand-stop", do=lambda said: services.finding_to_violation(
                              row, **said, by=by, at=at)))  # fmt: skip
    return deeds


def _reaches(request: HttpRequest, row: CheckFinding, action: str) -> bool:
    access = access_for(request.user, "inspection", action)
    return access is not None and (access.is_all or row.site_id in access.sites)


@allow("inspection", GET="change", POST="change")
def fix(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how it was mended, with the picture that shows it."""
    row = get_object_or_404(reading.findings_for(request.access), pk=pk)
    form = FixForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        file = form.cleaned_data["file"]
        with errors:
            services.fix_finding(
                row, text=form.cleaned_data["text"], content=file.read(), name=file.name,
                by=request.user, at=timezone.now(),
            )  # fmt: skip
        if errors.ok:
            messages.success(request, _("Kept. Somebody else verifies it now"))
            return redirect("quality:inspection_finding", row.pk)
    page = {
        "title": _("Mended: F-%(n)s") % {"n": row.pk}, "form": form,
        "submit": pgettext("record", "Keep it"),
        "back": reverse("quality:inspection_finding", args=[row.pk]), "lead": row.text,
    }  # fmt: skip
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "components/form_page.html", page, status=status)
