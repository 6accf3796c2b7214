"""Many parcels at once at a hub or station: one deed, one place, a list of numbers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courierqa.core.enums import Role
from courierqa.core.forms import CleanCharField
from courierqa.core.text import clean_code
from shipments import enums
from shipments.forms.fields import SiteField, open_sites
from shipments.network_enums import CheckResult, Mode, ScreenResult, SortedBy
from staff.models import Employee, Site

CODES = ("ARR", "XRY", "SRT", "BAG", "DEP", "AST", "OFD", "DMG")
MODES = Mode.choices
MOST = 200
# Which further fields each deed asks for.
ASKS = {
    "mode": "DEP", "check": "DEP", "next": "SRT", "by": "SRT", "machine": "XRY", "result": "XRY",
    "bag": "BAG", "courier": "OFD", "seal": "ARR AST SRT DEP", "resealed": "ARR AST SRT DEP",
    "why": "DMG", "photo": "DMG",
}  # fmt: skip


def couriers_at(sites: Any) -> Any:
    """Return who carries parcels for these sites now."""
    return Employee.objects.filter(
        site__in=sites, left_on=None, user__grants__role=Role.COURIER,
        user__grants__valid_to=None,
    ).distinct()  # fmt: skip


class StationForm(forms.Form):
    """What happened here to these parcels. The scanner types a number and Enter for each."""

    code = forms.ChoiceField(
        label=gettext_lazy("What happened"), choices=[(c, enums.Code(c).label) for c in CODES]
    )
    site = forms.ModelChoiceField(
        Site.objects.none(), label=gettext_lazy("Site"), to_field_name="code", empty_label=None
    )
    courier = forms.ModelChoiceField(
        Employee.objects.none(), label=gettext_lazy("Courier"), to_field_name="number",
        empty_label="—", required=False,
    )  # fmt: skip
    mode = forms.ChoiceField(label=gettext_lazy("Leaves by"), choices=MODES, required=False)
    check = forms.ChoiceField(
        label=gettext_lazy("Out-check"), choices=CheckResult.choices, required=False
    )
    next = SiteField(label=gettext_lazy("Sorted to"), required=False, empty_label="—")
    by = forms.ChoiceField(label=gettext_lazy("Sorted"), choices=SortedBy.choices, required=False)
    machine = CleanCharField(label=gettext_lazy("Machine"), max_length=30, required=False)
    result = forms.ChoiceField(
        label=gettext_lazy("Result"), choices=ScreenResult.choices, required=False
    )
    bag = CleanCharField(label=gettext_lazy("Into bag"), max_length=20, required=False)
    seal = CleanCharField(
        label=gettext_lazy("Seal number, if it carries one"), max_length=30, required=False
    )
    resealed = forms.BooleanField(label=gettext_lazy("Sealed anew here"), required=False)
    why = CleanCharField(label=gettext_lazy("What is broken"), max_length=200, required=False)
    photo = forms.FileField(
        label=gettext_lazy("Photo"), required=False,
        widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment"}),
    )  # fmt: skip
    waybills = CleanCharField(
        label=gettext_lazy("Parcel or bag numbers, one a line"), max_length=MOST * 41, lines=True,
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip

    def __init__(self, *args: Any, sites: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["site"].queryset = sites
        fields["courier"].queryset = couriers_at(sites)
        fields["next"].queryset = open_sites()

    def extra_fields(self) -> list[tuple[Any, str]]:
        """Return the fields that only some deeds ask for, with the codes of those deeds."""
        return [(self[name], codes) for name, codes in ASKS.items()]

    def clean_waybills(self) -> list[str]:
        text = self.cleaned_data["waybills"].replace(",", "\n")
        numbers = list(dict.fromkeys(clean_code(line) for line in text.split() if line))
        if len(numbers) > MOST:
            wrong = _("At most %(most)d parcels at once. You entered %(n)d")
            raise forms.ValidationError(wrong % {"most": MOST, "n": len(numbers)}, code="too_many")
        return numbers

    def clean_bag(self) -> str:
        return clean_code(self.cleaned_data["bag"])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        code = said.get("code")
        if code == "OFD" and not said.get("courier"):
            self.add_error("courier", _("Choose who takes them out"))
        if code == "BAG" and not said.get("bag"):
            self.add_error("bag", _("Enter the number of the bag"))
        if code == "DMG" and not said.get("why"):
            self.add_error("why", _("Say what is broken"))
        if code == "XRY" and not said.get("machine"):
            self.add_error("machine", _("Enter which machine screened them"))
        if code == "XRY" and not said.get("result"):
            self.add_error("result", _("Choose the result"))
        return said
