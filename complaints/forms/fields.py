"""Fields that several forms of this app share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from complaints.models import Reason
from courierqa.core.errors import DomainError
from courierqa.core.forms import CleanCharField
from courierqa.core.money import parse_yuan
from staff.models import local


class YuanField(forms.Field):
    """An amount typed in yuan, kept in fen; empty is nothing."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "maxlength": 20})

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values or not str(value).strip():
            return None
        try:
            return parse_yuan(str(value)[:40])
        except DomainError as error:
            raise ValidationError(error.message, code=error.code) from error


class WordsField(CleanCharField):
    """Several lines of text; empty and too long say so in the words of the field."""

    def __init__(self, *, max_length: int = 2000, rows: int = 3, **kwargs: Any) -> None:
        attrs = {"rows": rows, "maxlength": max_length}
        kwargs.setdefault("widget", forms.Textarea(attrs=attrs))
        super().__init__(max_length=max_length, lines=True, **kwargs)


class ReasonChoice(forms.ModelChoiceField):
    """A reason of the tree, named by its code in forms and addresses."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("to_field_name", "code")
        kwargs.setdefault("error_messages", {}).setdefault("required", _("Choose what happened"))
        super().__init__(queryset=Reason.objects.filter(is_active=True), **kwargs)

    def label_from_instance(self, obj: Reason) -> str:
        return local(obj, "name")
