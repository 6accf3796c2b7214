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
from staff.models import Employee, Site

CODES = ("ARR", "XRY", "SRT", "DEP", "AST", "OFD")
MODES = (
    ("road", gettext_lazy("Road")),
    ("air", gettext_lazy("Air")),
    ("rail", gettext_lazy("Rail")),
)
MOST = 200


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
    waybills = CleanCharField(
        label=gettext_lazy("Parcel numbers, one a line"), max_length=MOST * 41, lines=True,
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip

    def __init__(self, *args: Any, sites: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["site"].queryset = sites
        fields["courier"].queryset = couriers_at(sites)

    def clean_waybills(self) -> list[str]:
        text = self.cleaned_data["waybills"].replace(",", "\n")
        numbers = list(dict.fromkeys(clean_code(line) for line in text.split() if line))
        if len(numbers) > MOST:
            wrong = _("At most %(most)d parcels at once. You entered %(n)d")
            raise forms.ValidationError(wrong % {"most": MOST, "n": len(numbers)}, code="too_many")
        return numbers

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("code") == "OFD" and not said.get("courier"):
            self.add_error("courier", _("Choose who takes them out"))
        return said
