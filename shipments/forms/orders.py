"""The order form: one for the phone, the counter and the web."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courierqa.core.errors import DomainError
from courierqa.core.forms import CleanCharField
from courierqa.core.money import parse_yuan
from courierqa.core.privacy import normal_phone
from courierqa.core.text import clean_code
from shipments import enums
from shipments.models import Product
from shipments.services import PartyInput
from staff.enums import SiteKind
from staff.models import Site

KINDS = (SiteKind.STATION, SiteKind.POINT)
TAKEN_BY_STAFF = ("phone", "web", "app", "counter")


class OrderForm(forms.Form):
    """What a sender wants sent, from whom, to whom."""

    channel = forms.ChoiceField(
        label=_("How the order came in"),
        choices=[c for c in enums.OrderChannel.choices if c[0] in TAKEN_BY_STAFF],
    )
    product = forms.ModelChoiceField(
        Product.objects.none(), label=_("Product"), to_field_name="code", empty_label=None
    )
    sender_name = CleanCharField(label=_("Sender name"), max_length=40)
    sender_phone = CleanCharField(label=_("Sender phone"), max_length=30)
    sender_address = CleanCharField(label=_("Pickup address"), max_length=200)
    origin = forms.ModelChoiceField(
        Site.objects.none(), label=_("Pickup site"), to_field_name="code", empty_label=None
    )
    recipient_name = CleanCharField(label=_("Recipient name"), max_length=40)
    recipient_phone = CleanCharField(label=_("Recipient phone"), max_length=30)
    recipient_address = CleanCharField(label=_("Delivery address"), max_length=200)
    destination = forms.ModelChoiceField(
        Site.objects.none(), label=_("Delivery site"), to_field_name="code", empty_label=None
    )
    item_kind = forms.ChoiceField(label=_("Kind of contents"), choices=enums.ItemKind.choices)
    item_name = CleanCharField(label=_("Name of the contents"), max_length=100)
    weight = forms.DecimalField(
        label=_("Weight in kg"), min_value=0, max_value=50, max_digits=5, decimal_places=2,
        required=False,
    )  # fmt: skip
    cod = CleanCharField(label=_("Cash on delivery in yuan"), max_length=15, required=False)
    key = forms.CharField(max_length=60, widget=forms.HiddenInput)
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, origins: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["product"].queryset = Product.objects.filter(is_active=True).order_by("pk")
        fields["origin"].queryset = origins.filter(kind__in=KINDS, closed_on=None)
        fields["destination"].queryset = Site.objects.filter(kind__in=KINDS, closed_on=None)

    def _phone(self, name: str) -> str:
        raw = clean_code(self.cleaned_data[name])
        if not normal_phone(raw):
            text = _("Enter a phone number with 11 digits, or with its area code")
            raise forms.ValidationError(text, code="bad_phone")
        return raw

    def clean_sender_phone(self) -> str:
        return self._phone("sender_phone")

    def clean_recipient_phone(self) -> str:
        return self._phone("recipient_phone")

    def clean_cod(self) -> int:
        text = self.cleaned_data["cod"]
        try:
            fen = parse_yuan(text) if text else 0
        except DomainError as error:
            raise forms.ValidationError(error.message, code=error.code) from error
        if fen > 2_000_000:
            raise forms.ValidationError(_("At most ¥20,000.00"), code="too_much")
        return fen

    def party(self, who: str) -> PartyInput:
        """Return the sender or the recipient."""
        said = self.cleaned_data
        return PartyInput(said[f"{who}_name"], said[f"{who}_phone"], said[f"{who}_address"])

    @property
    def weight_g(self) -> int | None:
        """Return the weight in grams."""
        weight = self.cleaned_data.get("weight")
        return int(weight * 1000) if weight is not None else None
