"""What a customer taps after a delivery."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from courierqa.core.forms import CleanCharField


class RatingForm(forms.Form):
    """One score, and words for whoever wants to say more."""

    score = forms.IntegerField(
        min_value=1, max_value=5, label=_("Your answer"),
        error_messages={"required": _("Tap one of the five answers"),
                        "invalid": _("Tap one of the five answers"),
                        "min_value": _("Tap one of the five answers"),
                        "max_value": _("Tap one of the five answers")},
    )  # fmt: skip
    words = CleanCharField(
        label=_("Anything to add"), max_length=500, required=False, lines=True,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
