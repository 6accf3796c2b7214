"""Knowledge at the desk: the case library, the search beside a case, ready words for replies."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from complaints import selectors
from complaints.enums import LibraryStatus, Status
from complaints.forms.customers import ExampleForm, ReviewForm, TemplateForm
from complaints.models import LibraryEntry, ReplyTemplate
from complaints.services import desk, examples
from complaints.views.case import find_case
from complaints.views.requests import StaffRequest
from complaints.words import blanks_in
from courierqa.core.access import access_for, allow, may
from courierqa.core.forms import FieldErrors, form_page
from courierqa.core.paging import page_of

SHOWN = 3


@allow("example", GET="read")
def examples_page(request: StaffRequest) -> HttpResponse:
    """List the library; what waits for review is shown to those who write or review."""
    text, view = request.GET.get("q", "")[:60].strip(), request.GET.get("view", "")
    context = {
        "title": _("Case library"), "q": text, "view": view,
        "page": page_of(_found(request, text, view), request.GET, order=("-proposed_at", "-id")),
        "may_create": may(request.user, "example", "create"),
    }  # fmt: skip
    return render(request, "complaints/library/list.html", context)


def _found(request: StaffRequest, text: str, view: str) -> Any:
    rows = LibraryEntry.objects.select_related("reason")
    is_writer = may(request.user, "example", "create")
    if view == "waiting" and is_writer:
        rows = rows.filter(status__in=(LibraryStatus.WAITING, LibraryStatus.REJECTED))
    else:
        rows = rows.filter(status=LibraryStatus.PUBLISHED)
    if text:
        rows = rows.filter(
            Q(title__icontains=text) | Q(story__icontains=text) | Q(cause__icontains=text)
            | Q(lesson__icontains=text)
        )  # fmt: skip
    return rows


@allow("example", GET="read", POST="review")
def example_page(request: StaffRequest, pk: int) -> HttpResponse:
    """Show an example; a second person publishes it or sends it back (CMP-10)."""
    entry = get_object_or_404(
        LibraryEntry.objects.select_related("reason", "proposed_by", "reviewed_by", "case"), pk=pk
    )
    if entry.status != LibraryStatus.PUBLISHED and not may(request.user, "example", "create"):
        raise Http404
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            _review(request, entry, form.cleaned_data["note"])
        if errors.ok:
            messages.success(request, _("Saved"))
            return redirect("complaints:example", pk)
    context = {
        "title": entry.title, "entry": entry, "form": form,
        "may_review": may(request.user, "example", "review")
        and entry.proposed_by_id != request.user.pk,
        "may_open_case": may(request.user, "case", "read"),
    }  # fmt: skip
    return form_page(request, "complaints/library/entry.html", context)


def _review(request: StaffRequest, entry: LibraryEntry, note: str) -> None:
    at, by = timezone.now(), request.user
    if request.POST.get("verb") == "withdraw":
        examples.withdraw_example(entry=entry, why=note, by=by, at=at)
        return
    publish = request.POST.get("verb") == "publish"
    examples.review_example(entry=entry, publish=publish, note=note, by=by, at=at)


@allow("example", GET="create", POST="create")
def example_new(request: StaffRequest, number: str) -> HttpResponse:
    """Tell a closed case as an example; cause and lesson are taken over from it."""
    reading = access_for(request.user, "case", "read")
    if reading is None:
        raise Http404
    case = get_object_or_404(selectors.cases_for(reading), number=number, status=Status.CLOSED)
    start = {"title": str(case.reason), "cause": case.cause, "lesson": case.summary}
    form = ExampleForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            told = examples.Example(**form.cleaned_data)
            entry = examples.propose_example(
                case=case, told=told, by=request.user, at=timezone.now()
            )
        if errors.ok:
            messages.success(request, _("A second person reviews it now"))
            return redirect("complaints:example", entry.pk)
    context = {
        "title": _("Tell %(number)s as an example") % {"number": number}, "form": form,
        "back": reverse("complaints:case", args=[number]), "submit": _("Send for review"),
    }  # fmt: skip
    return form_page(request, "components/form_page.html", context)


@allow("case", GET="read")
def knowledge(request: StaffRequest, number: str) -> HttpResponse:
    """Find answers and examples beside a case; its own reason is the first question (CUS-11)."""
    case = find_case(request, number)
    asked = request.GET.get("q", "")[:200].strip()
    question = asked or f"{case.reason.name} {case.reason.name_en}"
    hits = selectors.find_answers(question, selectors.newest_answers())
    rows = LibraryEntry.objects.filter(status=LibraryStatus.PUBLISHED)
    alike = rows.filter(title__icontains=asked) if asked else rows.filter(reason=case.reason)
    context = {"case": case, "q": asked, "hits": hits, "examples": alike[:SHOWN]}
    return render(request, "complaints/library/_knowledge.html", context)


@allow("publication", GET="read")
def replies_page(request: StaffRequest) -> HttpResponse:
    """List the ready words for replies, with their blanks."""
    rows = ReplyTemplate.objects.order_by("-is_active", "code")
    context = {
        "title": _("Reply templates"), "may_change": may(request.user, "publication", "change"),
        "rows": [(row, blanks_in(row.body)) for row in rows],
    }  # fmt: skip
    return render(request, "complaints/library/replies.html", context)


@allow("publication", GET="read", POST="change")
def reply_template(request: StaffRequest, code: str) -> HttpResponse:
    """Show and change ready words in both languages."""
    row = get_object_or_404(ReplyTemplate, code=code)
    start = {name: getattr(row, name, None) for name in TemplateForm.base_fields}
    form = TemplateForm(request.POST or None, initial={**start, "seen": row.updated_at.isoformat()})
    form.fields["code"].disabled = True
    return _edit(request, form, title=str(row))


@allow("publication", GET="change", POST="change")
def reply_template_new(request: StaffRequest) -> HttpResponse:
    """Write new ready words."""
    return _edit(
        request, TemplateForm(request.POST or None, initial={"is_active": True}),
        title=_("New template"),
    )  # fmt: skip


def _edit(request: StaffRequest, form: TemplateForm, *, title: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        code, seen = said.pop("code"), said.pop("seen")
        errors = FieldErrors(form)
        with errors:
            text = desk.TemplateText(**said)
            desk.save_template(code=code, said=text, seen=seen, by=request.user, at=timezone.now())
        if errors.ok:
            messages.success(request, _("Saved. Agents are offered it from now on"))
            return redirect("complaints:replies")
    context = {"title": title, "form": form, "back": reverse("complaints:replies"),
               "may_change": may(request.user, "publication", "change")}  # fmt: skip
    return form_page(request, "complaints/library/reply.html", context)
