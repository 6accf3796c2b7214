"""The import wizard: file and mapping, dry run with problems grouped by repair, import, result."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courierqa.core.access import Access, allow
from courierqa.core.context import address_of
from courierqa.core.enums import RowResult
from courierqa.core.errors import DomainError
from courierqa.core.exports import csv_response
from courierqa.core.forms import form_page
from courierqa.core.imports import heads_of, refused_rows
from courierqa.core.imports.kinds import kinds, kinds_for
from courierqa.core.models import ImportRun
from courierqa.core.paging import page_of
from shipments.forms.imports import ColumnsForm, ImportForm, SiteChoiceForm
from shipments.imports import running, undoing
from shipments.selectors import imports as selecting
from shipments.services import importing

STEPS = (
    gettext_lazy("File"),
    gettext_lazy("Columns"),
    gettext_lazy("Dry run"),
    gettext_lazy("Import"),
    gettext_lazy("Result"),
)


def _runs(access: Access):
    """All runs for those who see everything, otherwise one's own; only kinds they may send."""
    rows = ImportRun.objects.select_related("by").filter(kind__in=kinds_for(access.user))
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
    """Take the file, then check it; ask about columns only when a needed one is not found."""
    form = ImportForm(request.POST or None, request.FILES or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        kind, _colon, mapping = form.cleaned_data["template"].partition(":")
        file, name = form.bundle()
        now = timezone.now()
        columns = running.guessed(kind, mapping, file, filename=name)
        run = importing.ask_dry_run(
            kind=kind, mapping=mapping, file=file, filename=name, by=request.user, now=now,
            columns=columns,
        )  # fmt: skip
        _check_now(run)
        needed = {c.name for c in kinds()[kind].columns_of(mapping) if c.required}
        unsure = columns is not None and needed - columns.keys()
        page = "import_columns" if unsure else "import"
        return redirect(f"shipments:{page}", run.pk)
    context = {"title": _("New import"), "form": form, "steps": STEPS, "step": 0}
    return form_page(request, "shipments/import_new.html", context)


def _check_now(run: ImportRun) -> None:
    if importing.is_at_once(run):
        running.carry_out(run, now=timezone.now())


@allow("import", GET="create", POST="create")
def import_columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Show which column of the file holds what, and take other answers; then check again."""
    run = get_object_or_404(_runs(request.access), pk=pk)
    columns = kinds()[run.kind].columns_of(run.mapping) if run.kind in kinds() else ()
    if not columns or not run.file or run.file_name.lower().endswith(".zip"):
        raise Http404
    if not run.file.storage.exists(run.file.name):
        messages.error(request, _("The file is no longer kept. Send it again"))
        return redirect("shipments:import", pk)
    try:
        with run.file.open("rb") as file:
            heads, samples = heads_of(file, filename=run.file_name)
    except DomainError as refusal:
        messages.error(request, refusal.message)
        return redirect("shipments:import", pk)
    form = ColumnsForm(
        request.POST or None, columns=columns, heads=heads, samples=samples, chosen=run.columns
    )
    if request.method == "POST" and form.is_valid():
        again = importing.check_again(
            run, by=request.user, now=timezone.now(), columns=form.chosen()
        )
        _check_now(again)
        return redirect("shipments:import", again.pk)
    context = {"title": _("Columns of the file"), "run": run, "form": form, "steps": STEPS,
               "step": 1, "heads": heads, "samples": samples}  # fmt: skip
    return form_page(request, "shipments/import_columns.html", context)


@allow("import", POST="create")
def import_map(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which site a value of the file means, for all rows and for later files."""
    run = get_object_or_404(_runs(request.access), pk=pk)
    form = SiteChoiceForm(request.POST)
    if not run.dry_run or not form.is_valid():
        messages.error(request, _("Choose the site this value means"))
        return redirect("shipments:import", pk)
    said, now = form.cleaned_data, timezone.now()
    importing.keep_choice(
        kind=run.kind, value=said["value"], target=said["target"].code, by=request.user, at=now
    )
    again = importing.check_again(run, by=request.user, now=now)
    _check_now(again)
    done = _("%(value)s is read as %(site)s from now on")
    messages.success(request, done % {"value": said["value"], "site": said["target"].code})
    return redirect("shipments:import", again.pk)


@allow("import", POST="create")
def import_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a stored import back."""
    run = get_object_or_404(_runs(request.access), pk=pk)
    now = timezone.now()
    try:
        undoing.check(run, now=now)
    except DomainError as refusal:
        messages.error(request, refusal.message)
    else:
        importing.ask_undo(run, by=request.user, now=now)
    return redirect("shipments:import", pk)


@allow("import", GET="read", POST="create")
def import_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a run found or did; from a dry run start the import."""
    run = get_object_or_404(_runs(request.access).select_related("undone_by"), pk=pk)
    if request.method == "POST":
        return _start(request, run)
    counts = {result: run.counts.get(result.value, 0) for result in RowResult}
    is_done = run.ended_at is not None
    context = {
        "title": run.file_name, "run": run, "groups": selecting.groups_of(run), "counts": counts,
        "steps": STEPS, "step": 2 if run.dry_run else (4 if run.ended_at else 3),
        "refused": counts[RowResult.REFUSED],
        "ready": run.rows - counts[RowResult.REFUSED] - counts[RowResult.SKIPPED],
        "kind": kinds().get(run.kind), "same": _same_file(run),
        "columns": selecting.columns_of(run) if run.columns else [],
        "unused": selecting.unused_columns(run) if run.dry_run and is_done else [],
        "may_undo": undoing.may_undo(run, now=timezone.now()),
        "months": [] if run.dry_run or not is_done else selecting.months_of(run),
        "dashboard": address_of("kpi:dashboard"),
        "is_done": is_done and (run.undo_asked_at is None or run.undone_at is not None),
    }  # fmt: skip
    template = "shipments/_import_run.html" if request.htmx else "shipments/import.html"
    return render(request, template, context)


def _same_file(run: ImportRun) -> ImportRun | None:
    """Return an earlier import of the same file, so that nobody is surprised by 'already there'."""
    earlier = ImportRun.objects.filter(
        sha256=run.sha256, dry_run=False, pk__lt=run.pk, undone_at=None
    )
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
