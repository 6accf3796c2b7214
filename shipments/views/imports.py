"""The import wizard: file and mapping, dry run with problems grouped by repair, import, result."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courierqa.core.access import Access, allow
from courierqa.core.enums import RowResult
from courierqa.core.exports import csv_response
from courierqa.core.forms import form_page
from courierqa.core.imports import problem_groups, refused_rows
from courierqa.core.imports.kinds import kinds
from courierqa.core.models import ImportRun
from courierqa.core.paging import page_of
from shipments.forms.imports import ImportForm
from shipments.imports import running
from shipments.services import importing

# A file of this size is checked while its sender waits; a larger one by the worker.
AT_ONCE_BYTES = 8 * 1024 * 1024
STEPS = (gettext_lazy("File"), gettext_lazy("Dry run"), gettext_lazy("Import"),
         gettext_lazy("Result"))  # fmt: skip


def _runs(access: Access):
    """All runs for those who see everything, otherwise one's own."""
    rows = ImportRun.objects.select_related("by")
    return rows if access.is_all else rows.filter(by=access.user)


@allow("import", GET="read")
def imports_page(request: HttpRequest) -> HttpResponse:
    """List imports, newest first."""
    page = page_of(_runs(request.access), request.GET, order=("-id",))
    names = {kind.code: kind.label for kind in kinds().values()}
    context = {"title": _("Imports"), "page": page, "names": names}
    return render(request, "shipments/imports.html", context)


@allow("import", GET="create", POST="create")
def import_new_page(request: HttpRequest) -> HttpResponse:
    """Take the file, then check it."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        kind, _colon, mapping = form.cleaned_data["template"].partition(":")
        file, name = form.bundle()
        now = timezone.now()
        run = importing.ask_dry_run(
            kind=kind, mapping=mapping, file=file, filename=name, by=request.user, now=now
        )
        if run.file.size <= AT_ONCE_BYTES:
            running.carry_out(run, now=now)
        return redirect("shipments:import", run.pk)
    context = {"title": _("New import"), "form": form, "steps": STEPS, "step": 0}
    return form_page(request, "shipments/import_new.html", context)


@allow("import", GET="read", POST="create")
def import_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a run found or did; from a dry run start the import."""
    run = get_object_or_404(_runs(request.access), pk=pk)
    if request.method == "POST":
        return _start(request, run)
    counts = {result: run.counts.get(result.value, 0) for result in RowResult}
    context = {
        "title": run.file_name, "run": run, "groups": problem_groups(run), "counts": counts,
        "steps": STEPS, "step": 1 if run.dry_run else (3 if run.ended_at else 2),
        "refused": counts[RowResult.REFUSED],
        "ready": run.rows - counts[RowResult.REFUSED] - counts[RowResult.SKIPPED],
        "kind": kinds().get(run.kind), "is_done": run.ended_at is not None,
        "same": _same_file(run),
    }  # fmt: skip
    template = "shipments/_import_run.html" if request.htmx else "shipments/import.html"
    return render(request, template, context)


def _same_file(run: ImportRun) -> ImportRun | None:
    """Return an earlier import of the same file, so that nobody is surprised by 'already there'."""
    earlier = ImportRun.objects.filter(sha256=run.sha256, dry_run=False, pk__lt=run.pk)
    return earlier.exclude(ended_at=None).order_by("-pk").first() if run.dry_run else None


def _start(request: HttpRequest, run: ImportRun) -> HttpResponse:
    if not run.dry_run or run.ended_at is None or run.error:
        messages.error(request, _("Wait for the dry run, then import"))
        return redirect("shipments:import", run.pk)
    made = importing.ask_import(run, by=request.user, now=timezone.now())
    return redirect("shipments:import", made.pk)


@allow("import", GET="read")
def import_rejects(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Send the refused rows as they came, with the problem and how to fix it beside each."""
    run = get_object_or_404(_runs(request.access), pk=pk)
    rows = list(refused_rows(run))
    header = list(dict.fromkeys(name for row in rows for name in row))
    names = {"_line": _("Row"), "_why": _("Problem"), "_fix": _("How to fix")}
    return csv_response(
        f"rejects-{run.pk}.csv",
        [names.get(name, name) for name in header],
        ([row.get(name, "") for name in header] for row in rows),
    )
