"""Forms of acceptance: taking a parcel at a counter, refusing it, registers beside it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courierqa.core.errors import DomainError
from courierqa.core.forms import CleanCharField, add_refusal
from courierqa.core.text import clean_code
from shipments import enums
from shipments.forms.parcels import LOCAL_TIME
from shipments.models import Instrument, PackingMaterial, Parcel, ProhibitedItem, Reason
from shipments.services import AcceptanceInput
from shipments.services.identifying import check_number
from staff.models import Site

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
YES_NO = (("yes", _("Yes")), ("no", _("No")))
MOST_PHOTO = 10 * 1024 * 1024


def _centimetres(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=1000, required=False)


class AcceptForm(forms.Form):
    """Everything an acceptance must know, in the order in which it is done at the counter."""

    site = forms.ModelChoiceField(
        Site.objects.none(), label=_("Accepted at"), to_field_name="code", empty_label=None
    )
    identity_kind = forms.ChoiceField(
        label=_("Document shown"), required=False,
        choices=[("", "—"), *[c for c in enums.IdentityKind.choices if c[0] != "agreement"]],
        help_text=_("Compare the photo and the name. No copy and no picture is kept"),
    )  # fmt: skip
    identity_number = CleanCharField(
        label=_("Number of the document"), max_length=40, required=False,
        help_text=_("Only its masked form is stored, encrypted"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    item_kind = forms.ChoiceField(label=_("Kind of contents"), choices=enums.ItemKind.choices)
    item_name = CleanCharField(label=_("Name of the contents"), max_length=100)
    pieces = forms.IntegerField(label=_("Number of items"), min_value=1, max_value=9999)
    inspected = forms.BooleanField(
        label=_("I opened it in the sender's presence and saw nothing forbidden"), required=False
    )
    appearance = forms.ChoiceField(
        label=_("Outside of the parcel"), choices=enums.Appearance.choices
    )
    marks = forms.MultipleChoiceField(
        label=_("Special care"), choices=enums.Mark.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    opened_intact = forms.BooleanField(
        label=_("Opened, contents whole"), required=False,
        help_text=_("Needed for fragile and valuable goods, together with a photo"),
    )  # fmt: skip
    photo = forms.FileField(
        label=_("Photo of the opened parcel"), required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "image/*", "capture": "environment"}),
    )  # fmt: skip
    weight = forms.DecimalField(
        label=_("Measured weight in kg"), min_value=0, max_value=100, max_digits=6,
        decimal_places=3,
    )  # fmt: skip
    length = _centimetres(_("Length in cm"))
    width = _centimetres(_("Width in cm"))
    height = _centimetres(_("Height in cm"))
    instrument = forms.ModelChoiceField(
        Instrument.objects.none(), label=_("Measured with"), to_field_name="code",
        empty_label=None,
        help_text=_("Only instruments whose calibration is still valid can be chosen"),
    )  # fmt: skip
    packing = forms.ModelChoiceField(
        PackingMaterial.objects.none(), label=_("Packed in"), to_field_name="code",
        empty_label=None,
    )  # fmt: skip
    packing_checked = forms.BooleanField(
        label=_("Packed and closed by the packing rules"), required=False
    )
    overpacked = forms.ChoiceField(
        label=_("More packing than needed?"), choices=YES_NO, initial="no",
        help_text=_("A second outer box, filling without need, or a box far too large"),
    )  # fmt: skip
    seal = CleanCharField(label=_("Seal number"), max_length=30, required=False)
    waybill_kind = forms.ChoiceField(label=_("Kind of waybill"), choices=enums.WaybillKind.choices)

    def __init__(self, *args: Any, parcel: Parcel, sites: Any, tools: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parcel = parcel
        fields: dict[str, Any] = self.fields
        fields["site"].queryset = sites
        fields["instrument"].queryset = tools
        fields["packing"].queryset = PackingMaterial.objects.filter(is_active=True)

    def clean_photo(self) -> bytes:
        sent = self.cleaned_data.get("photo")
        return sent.read(MOST_PHOTO + 1) if sent else b""

    def clean(self) -> dict[str, Any]:
        """Ask for the packer's check; the other gates are the service's."""
        said = super().clean() or self.cleaned_data
        if not said.get("packing_checked"):
            self.add_error("packing_checked", _("Check the packing, or pack it anew"))
        self._check_document(said)
        return said

    def _check_document(self, said: dict[str, Any]) -> None:
        kind, number = said.get("identity_kind"), said.get("identity_number")
        if not kind or number is None:
            return
        try:
            check_number(kind, number)
        except DomainError as error:
            add_refusal(self, error)

    def said(self) -> AcceptanceInput:
        """Return what was entered, as the service takes it; what is wrong counts as not said."""
        data = defaultdict(str, self.cleaned_data)
        weight, packing = data["weight"], data["packing"]
        sides = (data.get("length"), data.get("width"), data.get("height"))
        return AcceptanceInput(
            identity_kind=data["identity_kind"], identity_number=data["identity_number"],
            item_kind=data["item_kind"], item_name=data["item_name"], pieces=data["pieces"],
            weight_g=int(weight * 1000) if isinstance(weight, Decimal) else None,
            size_cm=sides if all(sides) else None,
            instrument=data["instrument"] or None, appearance=data["appearance"],
            inspected=bool(data["inspected"]), opened_intact=data["opened_intact"] or None,
            packing=packing.code if packing else "",
            packing_checked=bool(data["packing_checked"]),
            overpacked=data["overpacked"] == "yes", seal=data["seal"],
            marks=tuple(data["marks"]), waybill_kind=data["waybill_kind"],
            photo=data["photo"] or b"",
        )  # fmt: skip


class RefuseForm(forms.Form):
    """Why something was not accepted, and what the sender was told."""

    reason = forms.ModelChoiceField(
        Reason.objects.none(), label=_("Reason"), to_field_name="code", empty_label="—"
    )
    item_name = CleanCharField(label=_("What was to be sent"), max_length=100, required=False)
    explained = CleanCharField(
        label=_("What was explained to the sender"), max_length=300,
        help_text=_("Printed on the notice. Refusing by the rules counts in your favour"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["reason"].queryset = Reason.objects.filter(scan_code="REJ", is_active=True)


class WalkInRefusalForm(RefuseForm):
    """A refusal before any order was written."""

    item_name = CleanCharField(label=_("What was to be sent"), max_length=100)
    site = forms.ModelChoiceField(
        Site.objects.none(), label=_("Site"), to_field_name="code", empty_label=None
    )
    field_order = ["site", "item_name", "reason", "explained"]

    def __init__(self, *args: Any, sites: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["site"].queryset = sites


class GoodsForm(forms.ModelForm):
    """A new entry of the goods list, with the reason of the change."""

    term = CleanCharField(label=_("Goods, Chinese"), max_length=60)
    term_en = CleanCharField(label=_("Goods, English"), max_length=60)
    rule = CleanCharField(label=_("Rule, Chinese"), max_length=200)
    rule_en = CleanCharField(label=_("Rule, English"), max_length=200)
    note = CleanCharField(label=_("Why the list changes"), max_length=200)

    class Meta:
        model = ProhibitedItem
        fields = ["kind", "category", "term", "term_en", "rule", "rule_en"]
        labels = {"kind": _("Class"), "category": _("Group")}


class DangerForm(forms.Form):
    """Dangerous goods found."""

    waybill = CleanCharField(
        label=_("Parcel number"), max_length=60, required=False,
        help_text=_("Leave empty when it was refused before an order was written"),
    )  # fmt: skip
    site = forms.ModelChoiceField(
        Site.objects.none(), label=_("Found at"), to_field_name="code", empty_label=None
    )
    kind = forms.ChoiceField(label=_("Kind of danger"), choices=enums.DangerKind.choices)
    what = CleanCharField(label=_("What was found, and where it is now"), max_length=200)

    def __init__(self, *args: Any, sites: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["site"].queryset = sites

    def clean_waybill(self) -> str:
        return clean_code(self.cleaned_data["waybill"])


class DangerStepForm(forms.Form):
    """What was done about it, and when."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("danger", "What was done"),
        choices=[c for c in enums.DangerStepKind.choices if c[0] != "found"],
    )
    at = forms.DateTimeField(label=_("When"), widget=LOCAL_TIME)
    note = CleanCharField(label=_("By whom, with what result"), max_length=300)

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"at": timezone.localtime(now)})
        super().__init__(*args, **kwargs)


class InstrumentForm(forms.ModelForm):
    """A measuring instrument and its calibration."""

    code = CleanCharField(label=_("Code"), max_length=20)
    name = CleanCharField(label=_("Name"), max_length=60)
    certificate = CleanCharField(label=_("Certificate number"), max_length=60, required=False)

    class Meta:
        model = Instrument
        fields = ["code", "name", "kind", "site", "calibrated_on", "valid_until", "certificate",
                  "is_active"]  # fmt: skip
        labels = {
            "kind": _("Kind"), "site": _("Site"), "calibrated_on": _("Calibrated on"),
            "valid_until": _("Valid until"), "is_active": _("In use"),
        }  # fmt: skip
        widgets = {"calibrated_on": DATE, "valid_until": DATE}

    def __init__(self, *args: Any, sites: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["site"].queryset = sites
        fields["site"].empty_label = None


class PackingCountForm(forms.Form):
    """A day's packing: handed out, taken back, used again."""

    site = forms.ModelChoiceField(
        Site.objects.none(), label=_("Site"), to_field_name="code", empty_label=None
    )
    day = forms.DateField(label=_("Day"), widget=DATE)
    material = forms.ModelChoiceField(
        PackingMaterial.objects.none(), label=_("Packing"), to_field_name="code", empty_label=None
    )
    issued = forms.IntegerField(label=_("Handed out"), min_value=0, max_value=1_000_000)
    collected = forms.IntegerField(label=_("Taken back"), min_value=0, max_value=1_000_000)
    reused = forms.IntegerField(
        label=_("Of those handed out, used again"), min_value=0, max_value=1_000_000
    )

    def __init__(self, *args: Any, sites: Any, today: date, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"day": today})
        super().__init__(*args, **kwargs)
        self.today = today
        fields: dict[str, Any] = self.fields
        fields["site"].queryset = sites
        fields["material"].queryset = PackingMaterial.objects.filter(is_active=True)

    def clean_day(self) -> date:
        day = self.cleaned_data["day"]
        if day > self.today or day.year < 2020:
            raise forms.ValidationError(_("Enter a day up to today"), code="bad_day")
        return day
