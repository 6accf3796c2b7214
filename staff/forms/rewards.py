"""Forms of rewards, discipline, promotion, honours, suggestions and grade schemes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from staff import enums
from staff.forms.style import StyledForm, choose
from staff.forms.work import PeopleForm, line, pick, words
from staff.models import Employee, Post

YES_NO = [("yes", _("Agree")), ("no", _("Do not agree"))]


def yuan(label: Any, *, low: int = 0, required: bool = True) -> forms.DecimalField:
    """Return a field for an amount in yuan."""
    return forms.DecimalField(label=label, min_value=low, max_value=100_000, decimal_places=2,
                              required=required)  # fmt: skip


class RewardForm(PeopleForm):
    person = pick(_("Person"), Employee.objects.none(), "number")
    amount = yuan(_("Amount in yuan, below zero for a deduction"), low=-100_000)
    basis = words(_("Why"), most=300)


class MonthForm(StyledForm):
    month = forms.RegexField(r"^20\d\d-(0[1-9]|1[0-2])$", label=_("Month"), max_length=7)


class DecisionForm(StyledForm):
    outcome = forms.ChoiceField(label=_("Decision"), choices=choose(YES_NO))
    note = words(_("Reason, as the person will read it"), most=300, required=False)


class ReasonedForm(DecisionForm):
    """A decision that says why, whichever way it goes."""

    note = words(_("Reason, as the person will read it"), most=300)


class DisciplineForm(PeopleForm):
    person = pick(_("Person"), Employee.objects.none(), "number")
    level = forms.ChoiceField(label=_("Step"), choices=choose(enums.DisciplineLevel.choices))
    basis = words(_("Rule that was broken"), rows=2, most=300)
    evidence = words(_("Evidence: numbers of cases, checks, scans"), rows=2, most=500)
    amount = yuan(_("Deduction in yuan"), required=False)


class AppealForm(StyledForm):
    text = words(_("What is wrong, and why"))


class PromotionForm(StyledForm):
    post = pick(_("Post"), Post.objects.exclude(promotion_months=None), "code")
    words = words(_("Why you are ready"), most=500)


class StarForm(PeopleForm):
    person = pick(_("Person"), Employee.objects.none(), "number")
    month = forms.RegexField(r"^20\d\d-(0[1-9]|1[0-2])$", label=_("Month"), max_length=7)
    words = words(_("What they did"), most=500)


class SuggestionForm(StyledForm):
    title = line(_("In one line"))
    text = words(_("What could be better, and how"), rows=5, most=2000)


class ReviewForm(StyledForm):
    outcome = forms.ChoiceField(label=_("Decision"), choices=choose(YES_NO))
    answer = words(_("Answer, as the person will read it"))
    reward = yuan(_("Reward to propose, in yuan"), required=False)
