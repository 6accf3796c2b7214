"""Form fields of the network: numbers scanned one a line, moments, sites by code."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courierqa.core.forms import CleanCharField
from courierqa.core.text import clean_code
from staff.models import Employee, Site

MOST = 200


class NumbersField(CleanCharField):
    """Bag, trip or parcel numbers, one a line, as a scanner types them; a list without doubles."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 6, "autocomplete": "off", "spellcheck": "false"})
        super().__init__(**{"max_length": MOST * 41, "lines": True, "widget": widget, **kwargs})

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        numbers = list(dict.fromkeys(clean_code(one) for one in text.replace(",", " ").split()))
        if len(numbers) > MOST:
            wrong = _("At most %(most)d numbers at once. You entered %(n)d")
            raise forms.ValidationError(wrong % {"most": MOST, "n": len(numbers)}, code="too_many")
        return numbers


class MomentField(forms.DateTimeField):
    """A day and a time in the business zone, with the browser's own picker."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
        wrong = {"invalid": gettext_lazy("Enter a day and a time, such as 2026-11-20 18:00")}
        super().__init__(
            **{"widget": widget, "input_formats": formats, "error_messages": wrong, **kwargs}
        )


class DayField(forms.DateField):
    """A day, with the browser's own picker."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        wrong = {"invalid": gettext_lazy("Enter a day such as 2026-11-20")}
        super().__init__(**{"widget": widget, "error_messages": wrong, **kwargs})


class SiteField(forms.ModelChoiceField):
    """A site by its code; the form sets the choices."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Site.objects.none(), to_field_name="code", **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.code} {obj}"


class PersonField(forms.ModelChoiceField):
    """A person by staff number; the form sets the choices."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Employee.objects.none(), to_field_name="number", **kwargs)


def offer(form: forms.Form, **choices: Any) -> None:
    """Set what the named choice fields offer."""
    fields: dict[str, Any] = form.fields
    for name, queryset in choices.items():
        fields[name].queryset = queryset


def open_sites() -> Any:
    """Return the sites that are not closed, by code."""
    return Site.objects.filter(closed_on=None).order_by("code")
