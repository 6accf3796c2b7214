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


class _ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Some pictures at once, without a script. What they really are is checked in the service."""

    # The web server takes 12 MB in all; the words of the form need room as well.
    most_bytes = 10 * 1024 * 1024

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"accept": "image/jpeg,image/png,image/webp"}
        kwargs.setdefault("label", _("Pictures"))
        kwargs.setdefault(
            "help_text",
            _("Up to 3 pictures, 10 MB together. Place and camera data are removed"),
        )
        super().__init__(
            required=False, allow_empty_file=True, widget=_ManyFiles(attrs=attrs), **kwargs
        )

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, list | tuple) else [data]
        found = [super(PhotosField, self).clean(one, initial) for one in files if one]
        if sum(one.size for one in found) > self.most_bytes:
            raise ValidationError(_("The pictures are larger than 10 MB together"), "too_large")
        return found
