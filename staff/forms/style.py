"""How form controls carry the classes of the look."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courierqa.core.errors import DomainError
from courierqa.core.forms import CleanCharField

CSS: dict[type, str] = {
    forms.Select: "form-select",
    forms.SelectMultiple: "form-select",
    forms.CheckboxInput: "form-check-input",
    forms.RadioSelect: "form-check-input",
    forms.CheckboxSelectMultiple: "form-check-input",
}


def choose(options: Any) -> list[tuple[str, Any]]:
    """Return choices headed by an empty one that says what to do."""
    return [("", _("Choose")), *options]


class StyledForm(forms.Form):
    """A form whose controls look right and whose refusals land on their fields."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            css = CSS.get(type(field.widget), "form-control")
            field.widget.attrs.setdefault("class", css)

    def refuse(self, error: DomainError) -> None:
        """Show a refusal of a service at the field it names, or above the form."""
        self.add_error(error.field if error.field in self.fields else None, error.message)


class DayInput(forms.DateInput):
    """A calendar control of the browser."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def day_field(label: Any, **kwargs: Any) -> forms.DateField:
    """Return a field for a day."""
    return forms.DateField(
        label=label,
        widget=DayInput(),
        error_messages={
            "required": _("Choose a day"),
            "invalid": _("Write the day as 2026-11-23"),
        },
        **kwargs,
    )


def text_field(
    label: Any, missing: Any, *, rows: int = 0, max_length: int, **kwargs: Any
) -> CleanCharField:
    """Return a text field that says what is missing; `rows` makes it tall."""
    if rows:
        kwargs["widget"] = forms.Textarea(attrs={"rows": rows})
    return CleanCharField(
        label=label,
        error_messages={"required": missing},
        max_length=max_length,
        lines=bool(rows),
        **kwargs,
    )
