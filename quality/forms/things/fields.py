"""Fields these forms share: sites and people by code, moments, amounts in yuan."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courierqa.core.errors import DomainError
from courierqa.core.forms import CleanCharField
from courierqa.core.money import parse_yuan
from shipments.models import Vehicle
from staff.enums import EmployeeState
from staff.forms.style import StyledForm
from staff.models import Employee, Site


class MomentField(forms.DateTimeField):
    """A day and a time in the business zone, with the browser's own picker."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
        wrong = {
            "invalid": gettext_lazy("Enter a day and a time, such as 2026-11-20 18:00"),
            "required": gettext_lazy("Enter a day and a time, such as 2026-11-20 18:00"),
        }
        super().__init__(widget=widget, input_formats=formats, error_messages=wrong, **kwargs)


class YuanField(CleanCharField):
    """An amount as people write it, kept in fen."""

    def __init__(self, **kwargs: Any) -> None:
        hint = gettext_lazy("In yuan, such as 88.50")
        super().__init__(max_length=20, required=False, help_text=hint, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return parse_yuan(text) if text else 0
        except DomainError as error:
            raise forms.ValidationError(error.message) from error


class SiteForm(StyledForm):
    """A form with a site of those the reader may act for."""

    def __init__(self, *args: Any, sites: QuerySet[Site], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        if "site" in fields:
            fields["site"].queryset = sites
        people = Employee.objects.filter(site__in=sites).exclude(state=EmployeeState.LEFT)
        for name, field in fields.items():
            if isinstance(field, PersonField):
                fields[name].queryset = people.order_by("number")
            if isinstance(field, VehicleField):
                rows = Vehicle.objects.filter(site__in=sites).exclude(status="retired")
                fields[name].queryset = rows.order_by("plate")


class SiteField(forms.ModelChoiceField):
    """A site by its code."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        wrong = {"required": gettext_lazy("Choose a site"),
                 "invalid_choice": gettext_lazy("Choose a site of the list")}  # fmt: skip
        super().__init__(
            Site.objects.none(), label=label, to_field_name="code", error_messages=wrong,
            empty_label=gettext_lazy("Choose") if kwargs.get("required", True) else "—", **kwargs,
        )  # fmt: skip

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.code} {obj}"


class PersonField(forms.ModelChoiceField):
    """A person by staff number."""

    def __init__(self, label: Any, *, required: bool = True, **kwargs: Any) -> None:
        wrong = {"required": gettext_lazy("Choose a person"),
                 "invalid_choice": gettext_lazy("Choose a person of the list")}  # fmt: skip
        empty = gettext_lazy("Choose") if required else "—"
        super().__init__(Employee.objects.none(), label=label, to_field_name="number",
                         required=required, error_messages=wrong, empty_label=empty,
                         **kwargs)  # fmt: skip


class VehicleField(forms.ModelChoiceField):
    """A vehicle by its plate."""

    def __init__(self, label: Any, *, required: bool = True, **kwargs: Any) -> None:
        wrong = {"required": gettext_lazy("Choose a vehicle"),
                 "invalid_choice": gettext_lazy("Choose a vehicle of the list")}  # fmt: skip
        empty = gettext_lazy("Choose") if required else "—"
        super().__init__(Vehicle.objects.none(), label=label, to_field_name="plate",
                         required=required, error_messages=wrong, empty_label=empty,
                         **kwargs)  # fmt: skip


def amount(label: Any, *, least: int = 0, most: int = 10_000_000, **kwargs: Any) -> Any:
    """Return a field for a whole number."""
    wrong = {
        "required": gettext_lazy("Enter a number"), "invalid": gettext_lazy("Enter whole numbers"),
        "min_value": gettext_lazy("Enter at least %(limit_value)s"),
        "max_value": gettext_lazy("Enter at most %(limit_value)s"),
    }  # fmt: skip
    return forms.IntegerField(label=label, min_value=least, max_value=most, error_messages=wrong,
                              **kwargs)  # fmt: skip


def choice(label: Any, choices: Any, **kwargs: Any) -> forms.ChoiceField:
    """Return a choice headed by an empty one that says what to do."""
    wrong = {"required": gettext_lazy("Choose one"),
             "invalid_choice": gettext_lazy("Choose one of the list")}  # fmt: skip
    options = [("", gettext_lazy("Choose")), *choices]
    return forms.ChoiceField(label=label, choices=options, error_messages=wrong, **kwargs)


def contact_lines(text: str) -> list[tuple[str, str]]:
    """Read a call list: one office a line, its number last."""
    found = []
    for line in filter(None, (part.strip() for part in text.splitlines())):
        role, _blank, phone = line.rpartition(" ")
        if not role or not any(sign.isdigit() for sign in phone):
            wrong = _("“%(line)s” has no number. Write: office, blank, number")
            raise forms.ValidationError(wrong % {"line": line[:40]})
        found.append((role.strip(), phone))
    return found
