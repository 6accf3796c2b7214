"""Process pages: steps, owner, what goes in and comes out, the figures that show how it works."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courierqa.core.access import allow, may
from courierqa.core.context import address_of
from courierqa.core.forms import FieldErrors
from quality import figures
from quality.forms.documents import ProcessForm
from quality.models import Document, Process
from quality.services import processes as services


@allow("process", GET="read")
def processes_page(request: HttpRequest) -> HttpResponse:
    """Show the process system in its order (DOC-08)."""
    rows = Process.objects.select_related("owner").prefetch_related("measures", "documents")
    page = {"title": pgettext("page", "Processes"), "cards": [_card(row) for row in rows]}
    return render(request, "quality/documents/processes.html", page)


@allow("process", GET="read")
def process_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show one process."""
    rows = Process.objects.select_related("owner").prefetch_related("measures", "documents")
    row = get_object_or_404(rows, code=code)
    page = {"title": str(row), "card": _card(row),
            "may_change": may(request.user, "process", "change"),
            "may_see_changes": may(request.user, "process_change", "read")}  # fmt: skip
    return render(request, "quality/documents/process.html", page)


def _card(row: Process) -> dict[str, Any]:
    names = figures.named()
    measures = [
        {"code": one.metric, "name": names[one.metric].name if one.metric in names else "",
         "url": address_of("kpi:metric", one.metric), "method": one.get_method_display()}
        for one in row.measures.all()
    ]  # fmt: skip
    return {"row": row, "measures": measures, "documents": list(row.documents.all())}


@allow("process", GET="change", POST="change")
def process_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change a process."""
    row = get_object_or_404(Process, code=code)
    form = ProcessForm(
        request.POST or None, documents=Document.objects.order_by("number"), initial=_initial(row)
    )
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            said = {name: form.cleaned_data[name] for name in services.FIELDS}
            services.change_process(
                row, said=said, documents=form.cleaned_data["documents"],
                measures=form.measures(), by=request.user, at=timezone.now(),
            )  # fmt: skip
        if errors.ok:
            messages.success(request, _("Saved"))
            return redirect("quality:process", row.code)
    page = {"title": _("Process: %(name)s") % {"name": row}, "form": form, "row": row,
            "submit": _("Save"), "back": address_of("quality:process", row.code)}  # fmt: skip
    return render(request, "components/form_page.html", page, status=422 if form.errors else 200)


def _initial(row: Process) -> dict[str, Any]:
    found: dict[str, Any] = {name: getattr(row, name) for name in services.FIELDS}
    found["owner"] = row.owner.code if row.owner else None
    found["documents"] = list(row.documents.values_list("number", flat=True))
    for n, one in enumerate(row.measures.all()[:2], 1):
        found |= {f"metric{n}": one.metric, f"method{n}": one.method}
    return found
