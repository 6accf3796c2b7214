"""Settings: the answers to common questions, each with its versions."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from complaints import selectors, services
from complaints.forms import AnswerForm
from courierqa.core.access import allow, may
from courierqa.core.forms import FieldErrors, form_page


@allow("publication", GET="read")
def answers_page(request: HttpRequest) -> HttpResponse:
    """List the answers in the order of the public page."""
    context = {
        "title": _("Answers to common questions"), "answers": selectors.newest_answers(),
        "may_change": may(request.user, "publication", "change"),
    }  # fmt: skip
    return render(request, "complaints/answers.html", context)


@allow("publication", GET="change", POST="change")
def answer_new(request: HttpRequest) -> HttpResponse:
    """Write a new answer."""
    return _edit(request, AnswerForm(request.POST or None, initial=_start()), [])


@allow("publication", GET="read", POST="change")
def answer_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show the versions of one answer, and write the next one."""
    versions = selectors.answer_versions(code)
    if not versions:
        raise Http404
    newest = versions[0]
    start = {name: getattr(newest, name, None) for name in AnswerForm.base_fields}
    form = AnswerForm(request.POST or None, initial={**start, "seen_version": newest.version})
    form.fields["code"].disabled = True
    return _edit(request, form, versions)


def _start() -> dict[str, object]:
    return {"position": 500, "is_published": True, "seen_version": 0}


def _edit(request: HttpRequest, form: AnswerForm, versions: list) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        code, seen = said.pop("code"), said.pop("seen_version")
        errors = FieldErrors(form)
        with errors:
            services.publish_answer(
                code=code, said=services.AnswerText(**said), seen_version=seen, by=request.user,
                at=timezone.now(),
            )  # fmt: skip
        if errors.ok:
            messages.success(request, _("Published. The public page shows it now"))
            return redirect("complaints:answer", code)
    context = {
        "title": str(versions[0]) if versions else _("New answer"), "form": form,
        "versions": versions, "may_change": may(request.user, "publication", "change"),
    }  # fmt: skip
    return form_page(request, "complaints/answer.html", context)
