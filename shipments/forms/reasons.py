"""Forms of the list of reasons."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courierqa.core.forms import CleanCharField
from shipments import enums
from shipments.models import Reason
from shipments.services.reasons import OPEN


class ReasonForm(forms.Form):
    """What may be said about a reason at any time."""

    name = CleanCharField(label=_("Name in Chinese"), max_length=60)
    name_en = CleanCharField(label=_("Name in English"), max_length=60)
    needs_photo = forms.BooleanField(label=_("Needs a photo"), required=False)
    needs_call = forms.BooleanField(label=_("Needs a call on record"), required=False)
    may_excuse = forms.BooleanField(
        label=_("May excuse a missed deadline, with an approved record"), required=False
    )
    next_steps = forms.MultipleChoiceField(
        label=_("What may follow"), choices=enums.NextStep.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    position = forms.IntegerField(label=_("Place in the list"), min_value=0, max_value=999)

    @staticmethod
    def initial_of(reason: Reason) -> dict[str, Any]:
        """Return the values as they stand."""
        return {name: getattr(reason, name) for name in OPEN}


class NewReasonForm(ReasonForm):
    """A reason with a code of its own, which never changes and is never used again."""

    code = forms.SlugField(
        label=_("Code"), max_length=30,
        help_text=_("Small letters, digits and hyphens. It never changes and is never reused"),
    )  # fmt: skip
    scan_code = forms.ChoiceField(label=_("Scan it explains"), choices=enums.Code.choices)
    party = forms.ChoiceField(label=_("Who answers for it"), choices=enums.Party.choices)
    field_order = ["code", "scan_code", "party"]

    def clean_code(self) -> str:
        return str(self.cleaned_data["code"]).lower()


class RetireForm(forms.Form):
    """Why a reason is offered no longer, or again."""

    why = CleanCharField(label=_("Why"), max_length=200)
