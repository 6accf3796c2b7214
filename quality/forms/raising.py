"""The form that raises a nonconformity."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from quality import enums
from staff.enums import EmployeeState
from staff.forms.style import StyledForm, day_field, text_field
from staff.models import Employee, Site

MISSING = _("Fill this in")


def words(label: Any, *, rows: int = 3, most: int = 1000, **kwargs: Any) -> Any:
    """Return a tall text field."""
    return text_field(label, MISSING, rows=rows, max_length=most, **kwargs)


def line(label: Any, *, most: int = 120, **kwargs: Any) -> Any:
    """Return a field of one line."""
    return text_field(label, MISSING, max_length=most, **kwargs)


def person(label: Any, *, required: bool = True, **kwargs: Any) -> forms.ModelChoiceField:
    """Return a choice of a person by staff number."""
    return forms.ModelChoiceField(
        Employee.objects.none(), label=label, to_field_name="number", required=required,
        empty_label=_("Choose") if required else "—",
        error_messages={"required": _("Choose a person"),
                        "invalid_choice": _("Choose a person of the list")}, **kwargs,
    )  # fmt: skip


class RaiseForm(StyledForm):
    """What was seen, where, how grave; who takes care of it."""

    title = line(_("What is not as it should be"))
    text = words(
        _("What was seen"), required=False, most=2000,
        help_text=_("Facts and numbers; no names of customers, no phone numbers"),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=pgettext_lazy("nonconformity", "Did it happen?"), choices=enums.NcKind.choices
    )
    severity = forms.ChoiceField(
        label=pgettext_lazy("nonconformity", "How grave"), choices=enums.Severity.choices,
        help_text=_("The plan of a major one is approved by management"),
    )  # fmt: skip
    site = forms.ModelChoiceField(
        Site.objects.none(), label=_("Site"), to_field_name="code", required=False,
        empty_label=_("Whole company"),
        error_messages={"invalid_choice": _("Choose a site of the list")},
    )  # fmt: skip
    found_on = day_field(_("Seen on"))
    owner = person(_("Owner"), required=False,
                   help_text=_("Left empty: the leader of the site"))  # fmt: skip
    plan_due_on = day_field(_("Plan due on"), required=False,
                            help_text=_("Left empty: as the terms say"))  # fmt: skip
    even_so = forms.BooleanField(label=_("Raise another one from the same source"), required=False)

    def __init__(self, *args: Any, sites: Any, is_known: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["site"].queryset = sites
        people = Employee.objects.filter(post__role__in=("supervisor", "lead", "quality",
                                                         "manager", "hr"))  # fmt: skip
        fields["owner"].queryset = people.exclude(state=EmployeeState.LEFT).order_by("number")
        if not is_known and not (self.is_bound and self.data.get("even_so")):
            fields["even_so"].widget = forms.HiddenInput()
