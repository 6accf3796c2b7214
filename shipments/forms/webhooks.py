"""A subscription of another system."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courierqa.core.forms import CleanCharField
from shipments import enums
from staff.models import Site

CHOICES = [c for c in enums.WebhookEvent.choices if c[0] != enums.WebhookEvent.TEST]


class WebhookForm(forms.Form):
    """Name, address, events, sites."""

    name = CleanCharField(label=_("Name"), max_length=60)
    url = CleanCharField(
        label=_("Target address"), max_length=300,
        widget=forms.URLInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    events = forms.MultipleChoiceField(
        label=_("Events"), choices=CHOICES, widget=forms.CheckboxSelectMultiple
    )
    sites = forms.ModelMultipleChoiceField(
        Site.objects.none(), label=_("Only these sites"), to_field_name="code", required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["sites"].queryset = Site.objects.order_by("code")
