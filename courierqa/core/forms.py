"""Forms: clean text fields, and a service's refusal shown beside the field it names."""

from __future__ import annotations

from types import TracebackType
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from courierqa.core.errors import DomainError, Refusals
from courierqa.core.text import BadText, clean_text

UNPROCESSABLE = 422


class CleanCharField(forms.CharField):
    """One line of text in one Unicode form, without invisible characters."""

    def __init__(self, *, max_length: int, lines: bool = False, **kwargs: Any) -> None:
        self.allows_lines = lines
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        try:
            return clean_text(text, max_length=self.max_length or 1000, lines=self.allows_lines)
        except BadText as error:
            raise ValidationError(error.message, code=error.code) from error


class FieldErrors:
    """Turn a DomainError into a form error.

        errors = FieldErrors(form)
        with errors:
            services.close_case(...)
        if errors.ok:
            return redirect(...)
        return form_page(request, "complaints/close.html", {"form": form})

    Refusals about rights and lost services (403, 404, 503) are not form errors and pass through.
    """

    passing = frozenset({403, 404, 503})

    def __init__(self, form: forms.BaseForm) -> None:
        self.form = form
        self.ok = False

    def __enter__(self) -> FieldErrors:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        if error is None:
            self.ok = True
        if not isinstance(error, DomainError) or error.status in self.passing:
            return False
        add_refusal(self.form, error)
        return True


def add_refusal(form: forms.BaseForm, error: DomainError) -> None:
    """Put the refusal beside its field, or on top when it names none of this form."""
    form.is_valid()
    if isinstance(error, Refusals):
        for one in error.errors:
            add_refusal(form, one)
        return
    name = error.field if error.field in form.fields else None
    form.add_error(name, ValidationError(error.message, code=error.code))


def form_page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Render a page with its form: 422 when the form was sent and has errors."""
    form = context["form"]
    status = UNPROCESSABLE if form.is_bound and form.errors else 200
    return render(request, template, context, status=status)
