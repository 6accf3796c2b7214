"""Forms of a person's record."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from staff.enums import CheckResult, EmployeeState
from staff.forms.style import StyledForm, choose, day_field, text_field
from staff.models import Employee, Post, Site
from staff.selectors.people import REVEAL_REASONS


class EmployeeForm(StyledForm):
    """What HR keeps about a person; phone and identity number stay empty when unchanged.

    Post and site change by a move only, which keeps the history and moves the roles along.
    """

    name = text_field(_("Full name"), _("Enter the name"), max_length=60)
    supervisor = forms.ModelChoiceField(
        label=_("Reports to"),
        queryset=Employee.objects.none(),
        to_field_name="number",
        required=False,
        empty_label=_("Nobody"),
        error_messages={"invalid_choice": _("Choose a person of the list")},
    )
    hired_on = day_field(_("Works here since"))
    background_checked_on = day_field(_("Background check on"), required=False)
    background_result = forms.ChoiceField(label=_("Result of the check"), required=False)
    phone = forms.CharField(label=_("Phone"), required=False, max_length=30)
    id_number = forms.CharField(label=_("Identity number"), required=False, max_length=30)

    def __init__(self, *args: Any, person: Employee | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leaders = Employee.objects.filter(state=EmployeeState.ACTIVE, post__role="supervisor")
        self.fields["supervisor"].queryset = leaders.exclude(pk=person.pk if person else None)
        self.fields["background_result"].choices = [("", _("Not yet known")), *CheckResult.choices]
        if person is not None:
            for name in ("phone", "id_number"):
                self.fields[name].help_text = _("Leave empty to keep what is stored")

    def changes(self) -> dict[str, Any]:
        """Return the fields to write: an empty secret keeps the stored one."""
        kept = {"phone", "id_number"}
        return {
            name: value for name, value in self.cleaned_data.items() if name not in kept or value
        }


class NewEmployeeForm(EmployeeForm):
    """A person taken on."""

    number = text_field(_("Staff number"), _("Enter the staff number"), max_length=20)
    post = forms.ModelChoiceField(
        label=_("Post"),
        queryset=Post.objects.all(),
        to_field_name="code",
        empty_label=_("Choose"),
        error_messages={"required": _("Choose a post"), "invalid_choice": _("Choose a post")},
    )
    site = forms.ModelChoiceField(
        label=_("Site"),
        queryset=Site.objects.filter(closed_on=None),
        to_field_name="code",
        empty_label=_("Choose"),
        error_messages={"required": _("Choose a site"), "invalid_choice": _("Choose a site")},
    )
    activate = forms.BooleanField(label=_("Active at once"), required=False)
    field_order = ["number", "name", "post", "site"]

    def clean_number(self) -> str:
        return self.cleaned_data["number"].strip().upper()


class RevealForm(StyledForm):
    """Why somebody needs to see a hidden number."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=choose(REVEAL_REASONS.items()),
        error_messages={"required": _("Choose a reason")},
    )


class LeaveForm(StyledForm):
    """The last day, and why."""

    on = day_field(_("Last day"))
    reason = text_field(_("Reason"), _("Write why"), max_length=200)
