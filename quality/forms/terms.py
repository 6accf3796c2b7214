"""The form of the terms of the loop."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quality.forms.raising import line
from staff.forms.style import StyledForm

WRONG = ("required", "invalid", "min_value", "max_value")


def _number(label: Any, most: int, wrong: Any) -> forms.IntegerField:
    said = dict.fromkeys(WRONG, wrong)
    return forms.IntegerField(label=label, min_value=1, max_value=most, error_messages=said)


def _days(label: Any) -> forms.IntegerField:
    return _number(label, 90, _("Enter whole days from 1 to 90"))


def _minutes(label: Any) -> forms.IntegerField:
    return _number(label, 1440, _("Enter whole minutes from 1 to 1440"))


class TermsForm(StyledForm):
    """Days until a plan is approved, minutes until a report of danger climbs, and why."""

    plan_days = _days(_("Plan of a minor one, days"))
    plan_days_major = _days(_("Plan of a major one, days"))
    climb_slight = _minutes(_("Slight danger climbs after, minutes"))
    climb_serious = _minutes(_("Serious danger climbs after, minutes"))
    climb_grave = _minutes(_("Grave danger climbs after, minutes"))
    reason = line(_("Reason"), most=300)

    @property
    def terms(self) -> dict[str, int]:
        """Return the numbers alone."""
        return {name: value for name, value in self.cleaned_data.items() if name != "reason"}
