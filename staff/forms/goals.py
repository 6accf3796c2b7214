"""Forms of personal goals."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from staff import enums
from staff.forms.style import StyledForm, choose, day_field
from staff.forms.work import PeopleForm, line, pick, words
from staff.models import Employee


class OwnGoalForm(StyledForm):
    """What a person chooses for themselves: no figure, that is agreed with whoever leads."""

    text = words(_("What you want to grow in"), rows=2, most=300)
    due_on = day_field(_("Due on"))


class GoalForm(PeopleForm):
    person = pick(_("Person"), Employee.objects.none(), "number")
    kind = forms.ChoiceField(label=_("Kind of goal"), choices=enums.GoalKind.choices)
    text = words(_("What is to be reached"), rows=2, most=300)
    part = forms.ChoiceField(
        label=_("Figure"), required=False, choices=[("", "—"), *enums.GradePart.choices]
    )
    percent = forms.DecimalField(
        label=_("Share to reach, percent"), min_value=0, max_value=100, max_digits=5,
        decimal_places=2, required=False,
    )  # fmt: skip
    due_on = day_field(_("Due on"))


class CloseGoalForm(StyledForm):
    state = forms.ChoiceField(
        label=_("What came of it"),
        choices=choose([one for one in enums.GoalState.choices if one[0] != "open"]),
    )
    result = line(_("What shows it"), most=300)
