"""The form of a place of the network."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courierqa.core.forms import CleanCharField
from staff.enums import SiteKind
from staff.models import Site

DAY = {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), "required": False}


class SiteForm(forms.Form):
    """What is known about a place."""

    code = forms.RegexField(
        r"^[A-Z0-9][A-Z0-9-]{1,11}$", label=_("Code"), max_length=12,
        help_text=_("Capital letters, digits and hyphens, such as HZ-04; it stays for ever"),
    )  # fmt: skip
    name = CleanCharField(label=_("Name"), max_length=60)
    name_en = CleanCharField(label=_("Name in English"), max_length=60, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=SiteKind.choices)
    hub = forms.ModelChoiceField(
        Site.objects.none(), label=_("Superior site"), to_field_name="code", required=False,
        empty_label="—",
    )  # fmt: skip
    is_partner = forms.TypedChoiceField(
        label=_("Run by"), choices=[("0", _("Own site")), ("1", _("Partner"))],
        coerce=lambda value: value == "1",
    )  # fmt: skip
    region = CleanCharField(label=_("Region"), max_length=30, required=False)
    region_en = CleanCharField(label=_("Region in English"), max_length=30, required=False)
    city = CleanCharField(label=_("City"), max_length=40, required=False)
    city_en = CleanCharField(label=_("City in English"), max_length=40, required=False)
    address = CleanCharField(label=_("Address"), max_length=120, required=False)
    phone = CleanCharField(label=_("Phone"), max_length=30, required=False)
    daily_capacity = forms.IntegerField(
        label=_("Capacity, pieces a day"), min_value=1, max_value=10_000_000, required=False
    )
    latitude = forms.FloatField(label=_("Latitude"), required=False)
    longitude = forms.FloatField(label=_("Longitude"), required=False)
    opened_on = forms.DateField(label=_("Opened on"), **DAY)  # type: ignore[arg-type]
    closed_on = forms.DateField(label=_("Closed on"), **DAY)  # type: ignore[arg-type]

    def __init__(self, *args: Any, site: Site | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Site.objects.order_by("code")
        fields: dict[str, Any] = self.fields
        fields["hub"].queryset = others.exclude(pk=site.pk) if site else others
        if site is not None:
            fields["code"].disabled = True
