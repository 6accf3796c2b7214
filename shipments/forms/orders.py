"""The order form: one for the phone, the counter, the web and the API."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courierqa.core.errors import DomainError
from courierqa.core.forms import CleanCharField
from courierqa.core.money import parse_yuan
from courierqa.core.privacy import normal_phone
from courierqa.core.text import clean_code
from shipments import enums, windows
from shipments.models import Product, Terms
from shipments.selectors.areas import nearer_site
from shipments.services import OrderWishes, PartyInput
from shipments.services.order_checks import address_problem
from staff.enums import SERVES_CUSTOMERS
from staff.models import Site

TAKEN_BY_STAFF = ("phone", "web", "app", "counter")
MOST_COD_FEN = 2_000_000
INSURANCE = (("no", _("Offered and declined")), ("yes", _("Insure the declared value")))
SIDES = ("length", "width", "height")


def _side(label: Any, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=1, max_value=1000, required=False, **more,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip


class OrderForm(forms.Form):
    """What a sender wants sent, from whom, to whom, how it is insured and fetched."""

    channel = forms.ChoiceField(
        label=_("How the order came in"),
        choices=[c for c in enums.OrderChannel.choices if c[0] in TAKEN_BY_STAFF],
    )
    product = forms.ModelChoiceField(
        Product.objects.none(), label=_("Product"), to_field_name="code", empty_label=None,
        help_text=_("Each product has its own time limit and price"),
    )  # fmt: skip
    sender_name = CleanCharField(
        label=_("Sender name"), max_length=40,
        help_text=_("As on the identity document shown at the pickup"),
    )  # fmt: skip
    sender_phone = CleanCharField(
        label=_("Sender phone"), max_length=30, help_text=_("The courier calls this number")
    )
    sender_address = CleanCharField(
        label=_("Pickup address"), max_length=200,
        help_text=_("City, street, house number, room"),
    )  # fmt: skip
    origin = forms.ModelChoiceField(
        Site.objects.none(), label=_("Pickup site"), to_field_name="code", empty_label=None,
        help_text=_("The station or service point nearest to the sender"),
    )  # fmt: skip
    recipient_name = CleanCharField(
        label=_("Recipient name"), max_length=40, help_text=_("The person who signs")
    )
    recipient_phone = CleanCharField(
        label=_("Recipient phone"), max_length=30,
        help_text=_("Needed to agree on the delivery and for the pickup code"),
    )  # fmt: skip
    recipient_address = CleanCharField(
        label=_("Delivery address"), max_length=200,
        help_text=_("City, street, house number, room"),
    )  # fmt: skip
    destination = forms.ModelChoiceField(
        Site.objects.none(), label=_("Delivery site"), to_field_name="code", empty_label="—",
        help_text=_("The station or service point nearest to the recipient"),
    )  # fmt: skip
    # Asked only when the address belongs to another site.
    site_confirmed = forms.BooleanField(
        label=_("Deliver through the chosen site all the same"), required=False,
        help_text=_("Fee and promise are then those of the chosen site"),
    )  # fmt: skip
    item_kind = forms.ChoiceField(
        label=_("Kind of contents"), choices=[("", "—"), *enums.ItemKind.choices],
        help_text=_("Letters are not opened; everything else is inspected"),
    )  # fmt: skip
    item_name = CleanCharField(
        label=_("Name of the contents"), max_length=100,
        help_text=_("Name the goods themselves, such as tea or headphones, not just goods"),
    )  # fmt: skip
    pieces = forms.IntegerField(
        label=_("Number of items"), min_value=1, max_value=9999, required=False,
        help_text=_("How many things are inside"),
    )  # fmt: skip
    weight = forms.DecimalField(
        label=_("Weight in kg"), min_value=0, max_value=100, max_digits=5, decimal_places=2,
        required=False, help_text=_("An estimate will do; it is weighed at the pickup"),
    )  # fmt: skip
    length = _side(
        _("Length in cm"), help_text=_("Bulky parcels are charged by volume; leave empty if unsure")
    )
    width = _side(_("Width in cm"))
    height = _side(_("Height in cm"))
    marks = forms.MultipleChoiceField(
        label=_("Special care"), choices=enums.Mark.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Printed on the label. Fragile and valuable goods are opened and photographed"),
    )  # fmt: skip
    declared = CleanCharField(
        label=_("Declared value in yuan"), max_length=15, required=False,
        help_text=_("The true value; it is the basis of the insurance"),
    )  # fmt: skip
    insurance = forms.ChoiceField(
        label=_("Value insurance"), choices=INSURANCE, widget=forms.RadioSelect
    )
    cod = CleanCharField(
        label=_("Cash on delivery in yuan"), max_length=15, required=False,
        help_text=_("The recipient looks at the goods first, then pays"),
    )  # fmt: skip
    door_pickup = forms.BooleanField(label=_("Pick it up at the sender's door"), required=False)
    door_delivery = forms.BooleanField(
        label=_("Deliver to the recipient's door"), required=False,
        help_text=_("Without it the recipient fetches the parcel at the delivery site"),
    )  # fmt: skip
    window = forms.ChoiceField(
        label=_("Pickup time"), required=False,
        help_text=_("The courier comes within this time, or calls beforehand"),
    )  # fmt: skip
    key = forms.CharField(max_length=60, widget=forms.HiddenInput)

    def __init__(self, *args: Any, origins: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.nearer: Site | None = None
        fields: dict[str, Any] = self.fields
        fields["product"].queryset = Product.objects.filter(is_active=True).order_by("pk")
        open_ones = {"kind__in": SERVES_CUSTOMERS, "closed_on": None}
        fields["origin"].queryset = origins.filter(**open_ones)
        fields["destination"].queryset = Site.objects.filter(**open_ones)
        soon = ("", _("As soon as possible, within two hours"))
        fields["window"].choices = [soon, *windows.window_choices(now)]
        for name in ("sender", "recipient"):
            fields[f"{name}_phone"].widget.attrs["inputmode"] = "tel"

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

    def _address(self, name: str) -> str:
        problem = address_problem(self.cleaned_data[name])
        if problem:
            raise forms.ValidationError(problem, code="incomplete_address")
        return self.cleaned_data[name]

    def clean_sender_address(self) -> str:
        return self._address("sender_address")

    def clean_recipient_address(self) -> str:
        return self._address("recipient_address")

    def _fen(self, name: str) -> int:
        text = self.cleaned_data[name]
        try:
            return parse_yuan(text) if text else 0
        except DomainError as error:
            raise forms.ValidationError(error.message, code=error.code) from error

    def clean_declared(self) -> int:
        return self._fen("declared")

    def clean_cod(self) -> int:
        fen = self._fen("cod")
        if fen > MOST_COD_FEN:
            raise forms.ValidationError(_("At most ¥20,000.00"), code="too_much")
        return fen

    def clean(self) -> dict[str, Any]:
        """Ask for all three sides when one is given."""
        said = super().clean() or self.cleaned_data
        given = [name for name in SIDES if said.get(name)]
        if given and len(given) < len(SIDES) and not any(name in self.errors for name in SIDES):
            lacking = next(name for name in SIDES if not said.get(name))
            self.add_error(lacking, _("Enter all three sides in whole centimetres"))
        self._check_site(said)
        return said

    def _check_site(self, said: dict[str, Any]) -> None:
        """Fee and promise follow the delivery site: it must be the one the address belongs to."""
        chosen, address = said.get("destination"), said.get("recipient_address")
        if chosen is None or not address:
            return
        self.nearer = nearer_site(address, chosen)
        if self.nearer is None or said.get("site_confirmed"):
            return
        text = _("This address belongs to %(site)s. Choose that site, or check the address")
        wrong = forms.ValidationError(text, code="other_site", params={"site": self.nearer})
        self.add_error("destination", wrong)

    def party(self, who: str) -> PartyInput:
        """Return the sender or the recipient."""
        said = self.cleaned_data
        return PartyInput(said[f"{who}_name"], said[f"{who}_phone"], said[f"{who}_address"])

    @property
    def weight_g(self) -> int | None:
        """Return the weight in grams."""
        weight = self.cleaned_data.get("weight")
        return int(weight * 1000) if weight is not None else None

    @property
    def size_cm(self) -> tuple[int, int, int] | None:
        """Return the three sides."""
        said = self.cleaned_data
        if not all(said.get(name) for name in SIDES):
            return None
        return said["length"], said["width"], said["height"]

    @property
    def insured(self) -> bool | None:
        """Return whether the insurance was taken, declined, or not talked about."""
        return {"yes": True, "no": False}.get(self.cleaned_data.get("insurance", ""))

    @property
    def pickup_window(self) -> windows.Window | None:
        """Return the chosen window; without door pickup none is needed."""
        return windows.window_of(self.cleaned_data.get("window", ""), self.now)

    def wishes(self, *, terms: Terms | None = None, confirmed_at: datetime | None = None) -> Any:
        """Return what was said beyond parties, product and weight."""
        said = self.cleaned_data
        return OrderWishes(
            pieces=said.get("pieces"), size_cm=self.size_cm, marks=tuple(said["marks"]),
            insured=self.insured, door_pickup=said["door_pickup"],
            door_delivery=said["door_delivery"], terms=terms, confirmed_at=confirmed_at,
        )  # fmt: skip

    def place_fields(self) -> dict[str, Any]:
        """Return what `place_order` takes from this form, without key, channel and wishes."""
        said = self.cleaned_data
        return {
            "product": said["product"], "origin": said["origin"],
            "destination": said["destination"], "sender": self.party("sender"),
            "recipient": self.party("recipient"), "item_kind": said["item_kind"],
            "item_name": said["item_name"], "weight_g": self.weight_g,
            "cod_fen": said.get("cod") or 0, "declared_value_fen": said.get("declared") or 0,
            "window": self.pickup_window,
        }  # fmt: skip


class PublicOrderForm(OrderForm):
    """The same form for a customer without login: no channel, no cash on delivery."""

    channel = None  # type: ignore[assignment]
    cod = None  # type: ignore[assignment]
    # Online nobody knows the sites well enough to overrule the areas.
    site_confirmed = None  # type: ignore[assignment]
    pieces = forms.IntegerField(
        label=_("Number of items"), min_value=1, max_value=9999,
        help_text=_("How many things are inside"),
    )  # fmt: skip
    weight = forms.DecimalField(
        label=_("Weight in kg"), min_value=0, max_value=100, max_digits=5, decimal_places=2,
        help_text=_("An estimate will do; it is weighed at the pickup"),
    )  # fmt: skip
    insurance = forms.ChoiceField(
        label=_("Value insurance"), widget=forms.RadioSelect,
        choices=[("no", _("No insurance")), ("yes", _("Insure the declared value"))],
    )  # fmt: skip
    # Invisible to people; what fills it in is no customer.
    website = forms.CharField(
        required=False, max_length=200,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )  # fmt: skip

    def clean_cod(self) -> int:
        return 0
