"""Forms of training and of monthly grades."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from staff.enums import GradePart, RedLine
from staff.forms.style import StyledForm, day_field, text_field
from staff.models import Employee, Post, Site


class AssignForm(StyledForm):
    """Who owes a course, and by when: one person, or all of a post, a site, or both."""

    person = forms.ModelChoiceField(
        label=_("Person"),
        queryset=Employee.objects.none(),
        to_field_name="number",
        required=False,
        empty_label=_("Everybody chosen below"),
        error_messages={"invalid_choice": _("Choose a person of the list")},
    )
    post = forms.ModelChoiceField(
        label=_("All of the post"),
        queryset=Post.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("Every post"),
        error_messages={"invalid_choice": _("Choose a post")},
    )
    site = forms.ModelChoiceField(
        label=_("All of the site"),
        queryset=Site.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("Every site"),
        error_messages={"invalid_choice": _("Choose a site")},
    )
    due_on = day_field(_("Due on"))

    def __init__(self, *args: Any, people: Any, sites: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        self.fields["person"].queryset = people
        self.fields["post"].queryset = Post.objects.all()
        self.fields["site"].queryset = sites

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not any(cleaned.get(name) for name in ("person", "post", "site")) and not self.errors:
            raise forms.ValidationError(_("Choose a person, a post or a site"))
        return cleaned

    def chosen(self) -> list[Employee]:
        """Return the people meant, within those the trainer may reach."""
        wanted = self.cleaned_data
        if wanted["person"]:
            return [wanted["person"]]
        found = self.people
        if wanted["post"]:
            found = found.filter(post=wanted["post"])
        if wanted["site"]:
            found = found.filter(site=wanted["site"])
        return list(found)


class ConfirmForm(StyledForm):
    """A note with the confirmation; needed when the grade falls below an earlier version."""

    note = forms.CharField(label=_("Note"), required=False, max_length=300)


class ObjectForm(StyledForm):
    """What the assessed person disagrees with."""

    text = text_field(
        _("What is wrong, and why"), _("Write what is wrong, and why"), rows=4, max_length=1000
    )


class DecideForm(StyledForm):
    """The decision on an objection: stand, or grade again without what was wrong."""

    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=[("rejected", _("Grade stands")), ("upheld", _("Grade again without the marked"))],
        error_messages={"required": _("Choose a decision")},
    )
    leave_out = forms.MultipleChoiceField(
        label=_("Leave out"), required=False, widget=forms.CheckboxSelectMultiple
    )
    decision = text_field(
        _("Reason, as the person will read it"), _("Write the reason"), rows=3, max_length=1000
    )

    def __init__(self, *args: Any, parts: list[str], red_lines: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {**dict(GradePart.choices), **dict(RedLine.choices)}
        self.fields["leave_out"].choices = [
            (code, words.get(code, code)) for code in [*red_lines, *parts]
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("outcome") == "upheld" and not cleaned.get("leave_out"):
            self.add_error("leave_out", _("Mark what was wrong"))
        return cleaned
