"""Two shapes many pages share: a table of records, and one record with what may be done to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from courierqa.core.access import may
from courierqa.core.forms import FieldErrors, form_page
from staff.views.files import file_of, wants_file


@dataclass(frozen=True)
class Cell:
    """One cell of a table: text, where it leads, a badge kind, whether it is a number."""

    text: Any
    url: str = ""
    badge: str = ""
    is_number: bool = False
    # What a file says instead of `text`: a bare number, so that it can be added up.
    plain: Any = None

    @property
    def written(self) -> Any:
        return self.plain if self.plain is not None else self.text


@dataclass
class Table:
    """What `staff/table.html` shows. `heads` end in "#" where the column holds numbers."""

    title: Any
    heads: Sequence[Any]
    rows: Iterable[Sequence[Cell]]
    lead: Any = ""
    actions: Sequence[tuple[str, Any, str]] = ()
    tabs: Sequence[tuple[str, Any, bool]] = ()
    empty: Any = ""
    hint: Any = ""
    page: Any = None
    icon: str = "inbox"
    # The resource whose "export" right lets the reader take the list along as a file.
    export: str = ""


@dataclass
class Deed:
    """One thing that may be done to a record: its form and its one service call."""

    name: str
    label: Any
    form: Callable[..., Form]
    do: Callable[[dict[str, Any]], Any]
    icon: str = "check"
    done: Any = ""
    is_grave: bool = False
    bound: Form | None = field(default=None, repr=False)


@dataclass
class Record:
    """What `staff/record.html` shows."""

    title: Any
    back: str
    back_label: Any
    facts: Sequence[tuple[Any, Any]]
    deeds: Sequence[Deed] = ()
    lines: Sequence[tuple[Any, Sequence[Cell]]] = ()
    lead: Any = ""
    # What a nonconformity raised from this record names as its source: kind and reference.
    source: tuple[str, Any] | None = None


def table_page(request: HttpRequest, table: Table) -> HttpResponse:
    """Show a table, or answer with it as a file."""
    heads = [(str(head).rstrip("#"), str(head).endswith("#")) for head in table.heads]
    if table.export and wants_file(request):
        lines = ([cell.written for cell in row] for row in table.rows)
        return file_of(request, table.export, [label for label, _number in heads], lines)
    rows = [list(row) for row in table.rows]
    context = {
        "title": table.title, "table": table, "rows": rows, "heads": heads, "page": table.page,
        "may_export": bool(table.export and rows and may(request.user, table.export, "export")),
    }  # fmt: skip
    return render(request, "staff/table.html", context)


def record_page(
    request: HttpRequest, record: Record, template: str = "staff/record.html", **shown: Any
) -> HttpResponse:
    """Show a record, or carry out the deed that was sent and show it anew.

    A page of its own shape names its template and what else it shows.
    """
    status = 200
    if request.method == "POST":
        sent = request.POST.get("verb", "")
        deed = next((one for one in record.deeds if one.name == sent), None)
        if deed is None:
            messages.error(request, _("This cannot be done now. Look at what changed"))
        elif _carried_out(request, deed):
            messages.success(request, deed.done or _("Saved"))
            return redirect(request.path)
        status = 422
    for one in record.deeds:
        one.bound = one.bound if one.bound is not None else one.form(None)
    context = {"title": record.title, "record": record, **shown}
    return render(request, template, context, status=status)


def _carried_out(request: HttpRequest, deed: Deed) -> bool:
    deed.bound = deed.form(request.POST)
    if not deed.bound.is_valid():
        return False
    errors = FieldErrors(deed.bound)
    with errors:
        deed.do(deed.bound.cleaned_data)
    return errors.ok


def make_page(
    request: HttpRequest, form: Form, do: Callable[[dict[str, Any]], str], **words: Any
) -> HttpResponse:
    """Show a form that makes something; `do` returns where to go afterwards.

    Needs title, submit and back (an address); may have lead.
    """
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        went = ""
        with errors:
            went = do(form.cleaned_data)
        if errors.ok:
            messages.success(request, _("Saved"))
            return redirect(went)
    return form_page(request, "components/form_page.html", {"form": form, **words})
