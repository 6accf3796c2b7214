"""Writing documents: the card, the draft, submitting, deciding, withdrawing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core.access import allow
from courierqa.core.forms import FieldErrors
from quality.document_enums import COMING
from quality.document_enums import VersionStatus as V
from quality.forms import documents as forms
from quality.models import Document, DocumentVersion
from quality.services import documents as services
from quality.views.documents.page import find, show


@allow("document", GET="change", POST="change")
def document_new(request: HttpRequest) -> HttpResponse:
    """Register a document with its first draft."""
    card = forms.CardForm(request.POST or None, is_new=True)
    text = forms.TextForm(request.POST or None)
    if request.method == "POST" and all([card.is_valid(), text.is_valid()]):
        made = _created(request, card, text)
        if made is not None:
            messages.success(request, _("Saved as a draft"))
            return redirect("quality:document", made.number)
    page = {"title": _("New document"), "form": card, "text_form": text}
    bad = card.errors or text.errors
    return render(request, "quality/documents/edit.html", page, status=422 if bad else 200)


def _created(request: HttpRequest, card: Any, text: Any) -> Document | None:
    errors, of_text = FieldErrors(card), FieldErrors(text)
    with of_text:
        words = text.text()
    if not of_text.ok:
        return None
    with errors:
        return services.create_document(
            number=card.cleaned_data["number"], card=card.card(), text=words, by=request.user,
            at=timezone.now(),
        )  # fmt: skip
    return None


@allow("document", GET="change", POST="change")
def document_edit(request: HttpRequest, number: str) -> HttpResponse:
    """Change the card; the text has its own page."""
    row = find(request, number)
    form = forms.CardForm(request.POST or None, is_new=False, initial=_card_of(row))
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            services.change_card(row, card=form.card(), by=request.user, at=timezone.now())
        if errors.ok:
            messages.success(request, _("Saved"))
            return redirect("quality:document", row.number)
    page = {"title": _("Card of %(number)s") % {"number": row.number}, "form": form, "row": row}
    return render(request, "quality/documents/edit.html", page,
                  status=422 if form.errors else 200)  # fmt: skip


def _card_of(row: Document) -> dict[str, Any]:
    plain = ("number", "level", "category", "title", "title_en", "metric", "must_be_read",
             "review_months")  # fmt: skip
    return {
        **{name: getattr(row, name) for name in plain}, "owner": row.owner.number,
        "readers": row.reader_roles, "posts": [one.code for one in row.posts.all()],
        "sites": [one.code for one in row.sites.all()],
        "screens": [one.screen for one in row.screens.all()],
        "clauses": [one.clause for one in row.clauses.all()],
    }  # fmt: skip


@allow("document", GET="change", POST="change")
def document_draft(request: HttpRequest, number: str) -> HttpResponse:
    """Write the next version, or write on at it; it begins as a copy of what holds."""
    row = find(request, number)
    rows = row.versions.order_by("-version")
    draft = rows.filter(status__in=COMING).first()
    form = forms.TextForm(request.POST or None, initial=_text_of(draft, rows.first()))
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            write = services.change_draft if draft else services.start_version
            write(row, text=form.text(), by=request.user, at=timezone.now())
        if errors.ok:
            messages.success(request, _("Saved as a draft"))
            return redirect("quality:document", row.number)
    page = {"title": _("Text of %(number)s") % {"number": row.number}, "text_form": form,
            "row": row, "draft": draft}  # fmt: skip
    return render(request, "quality/documents/edit.html", page,
                  status=422 if form.errors else 200)  # fmt: skip


def _text_of(draft: DocumentVersion | None, last: DocumentVersion | None) -> dict[str, Any]:
    if draft is None and last is None:
        return {}
    one: Any = draft or last
    change = draft.change if draft is not None and draft.status == V.DRAFT else ""
    return {"body": one.body, "body_en": one.body_en, "change": change,
            "quiz": services.typed_quiz(one.quiz)}  # fmt: skip


Carry = Callable[[Document, Any, Any, datetime], Any]


def _step(request: HttpRequest, number: str, name: str, form: Any, carry: Carry) -> HttpResponse:
    """Carry out one step, or show the page with what is wrong beside its field."""
    row = find(request, number)
    errors = FieldErrors(form)
    if form.is_valid():
        with errors:
            carry(row, form.cleaned_data, request.user, timezone.now())
    if not errors.ok:
        return show(request, row, name=name, form=form)
    messages.success(request, _("Saved"))
    return redirect("quality:document", row.number)


@allow("document", POST="change")
def document_submit(request: HttpRequest, number: str) -> HttpResponse:
    """Ask for approval of the draft."""

    def carry(row: Document, said: dict[str, Any], by: Any, at: datetime) -> None:
        services.submit_version(row, effective_on=said["effective_on"], by=by, at=at)

    return _step(request, number, "submit", forms.SubmitForm(request.POST), carry)


@allow("document", POST="approve")
def document_decide(request: HttpRequest, number: str) -> HttpResponse:
    """Approve it, or send it back."""

    def carry(row: Document, said: dict[str, Any], by: Any, at: datetime) -> None:
        services.decide_version(
            row, approve=said["outcome"] == "yes", note=said["note"], by=by, at=at
        )

    return _step(request, number, "decide", forms.DecideVersionForm(request.POST), carry)


@allow("document", POST="change")
def document_discard(request: HttpRequest, number: str) -> HttpResponse:
    """Give the coming version up."""

    def carry(row: Document, said: dict[str, Any], by: Any, at: datetime) -> None:
        services.discard_version(row, reason=said["reason"], by=by, at=at)

    return _step(request, number, "discard", forms.ReasonForm(request.POST), carry)


@allow("document", POST="change")
def document_withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Take it out of force."""

    def carry(row: Document, said: dict[str, Any], by: Any, at: datetime) -> None:
        services.withdraw_document(row, reason=said["reason"], by=by, at=at)

    return _step(request, number, "withdraw", forms.ReasonForm(request.POST), carry)
