"""Questions visitors ask about prices and places; they travel in the address, nothing is kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courierqa.core.errors import DomainError
from courierqa.core.forms import CleanCharField
from courierqa.core.money import parse_yuan
from shipments.selectors import City

GRAMS = 1000
MOST_FEN = 10_000_000


class PriceForm(forms.Form):
    """From where, to where, how heavy, worth how much."""

    origin = forms.ChoiceField(
        label=pgettext_lazy("place", "From"), error_messages={"required": _("Choose a city")}
    )
    destination = forms.ChoiceField(
        label=pgettext_lazy("place", "To"), error_messages={"required": _("Choose a city")}
    )
    weight = forms.DecimalField(
        label=_("Weight in kg"), min_value=0, max_value=50, max_digits=5, decimal_places=2,
        initial=1, error_messages={"required": _("Enter the weight"),
                                   "invalid": _("Enter a weight such as 1.5"),
                                   "max_value": _("At most 50 kg for one parcel"),
                                   "max_digits": _("Enter a weight such as 1.5"),
                                   "max_decimal_places": _("Two decimals are enough")},
        widget=forms.TextInput(attrs={"inputmode": "decimal", "maxlength": 6}),
    )  # fmt: skip
    declared = CleanCharField(
        label=_("Declared value in yuan, for insurance"), max_length=15, required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )  # fmt: skip

    def __init__(self, *args: Any, cities: list[City], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cities = {city.sites[0].code: city for city in cities}
        choices = [(code, city.name) for code, city in self.cities.items()]
        fields: dict[str, Any] = self.fields
        for name in ("origin", "destination"):
            fields[name].choices = choices

    def clean_declared(self) -> int:
        text = self.cleaned_data["declared"]
        try:
            fen = parse_yuan(text) if text else 0
        except DomainError as error:
            raise forms.ValidationError(error.message, code=error.code) from error
        if fen > MOST_FEN:
            raise forms.ValidationError(_("At most ¥100,000.00"), code="too_much")
        return fen

    def question(self) -> dict[str, Any]:
        """Return what is asked, in grams and fen."""
        said = self.cleaned_data
        return {
            "origin": self.cities[said["origin"]].sites[0],
            "destination": self.cities[said["destination"]].sites[0],
            "weight_g": int(said["weight"] * GRAMS),
            "declared_fen": said["declared"],
        }


class AreaForm(forms.Form):
    """A place or an address."""

    place = CleanCharField(
        label=_("City, district or address"), max_length=120,
        error_messages={"required": _("Enter a place")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip


class TextForm(forms.Form):
    """The next version of a published text."""

    title = CleanCharField(label=_("Title in Chinese"), max_length=80)
    title_en = CleanCharField(label=_("Title in English"), max_length=80)
    body = CleanCharField(
        label=_("Text in Chinese"), max_length=6000, lines=True,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("A line that begins with “## ” is a heading, one with “- ” a point of a list"),
    )  # fmt: skip
    body_en = CleanCharField(
        label=_("Text in English"), max_length=9000, lines=True,
        widget=forms.Textarea(attrs={"rows": 14}),
    )  # fmt: skip
    valid_from = forms.DateTimeField(
        label=_("Applies from"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
    )
    why = CleanCharField(label=_("Why it changes"), max_length=200)
    seen_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
