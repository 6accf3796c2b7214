"""Field errors in house words: what to do, no blame, no full stop (the framework's differ)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

MESSAGES: tuple[tuple[type[forms.Field], str, Any], ...] = (
    (forms.Field, "required", _("Fill this in")),
    (forms.ChoiceField, "invalid_choice", _("Choose one of the entries")),
    (forms.ModelChoiceField, "invalid_choice", _("Choose one of the entries")),
    (forms.IntegerField, "invalid", _("Enter a whole number")),
    (forms.DecimalField, "invalid", _("Enter a number")),
    (forms.DateField, "invalid", _("Enter a date such as 2026-11-23")),
    (forms.DateTimeField, "invalid", _("Enter a date and time such as 2026-11-23 08:32")),
    (forms.FileField, "required", _("Choose a file")),
    (forms.FileField, "empty", _("This file is empty. Choose another one")),
)


def apply() -> None:
    """Put the house words in place of the framework's own."""
    for kind, code, words in MESSAGES:
        kind.default_error_messages = {**kind.default_error_messages, code: words}
    EmailValidator.message = _("Enter an e-mail address such as name@example.com")
