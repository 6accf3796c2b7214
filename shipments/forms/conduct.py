"""Recording a violation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courierqa.core.forms import CleanCharField
from shipments import enums
from shipments.forms.delivery import DAY
from shipments.models import Parcel, ViolationKind
from staff.models import Employee


class ViolationForm(forms.Form):
    """What a courier did, where it came to light."""

    kind = forms.ModelChoiceField(
        ViolationKind.objects.filter(is_active=True), label=_("What was done"),
        to_field_name="code", empty_label=None,
    )  # fmt: skip
    courier = forms.ModelChoiceField(
        Employee.objects.none(), label=_("Courier"), to_field_name="number", empty_label=None
    )
    happened_on = forms.DateField(label=_("Day"), widget=DAY)
    source = forms.ChoiceField(
        label=_("Where it came to light"), choices=enums.ViolationSource.choices
    )
    reference = CleanCharField(
        label=_("Number of the complaint or inspection"), max_length=40, required=False
    )
    words = CleanCharField(
        label=_("Description"), max_length=300, required=False, lines=True,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args: Any, parcel: Parcel, courier_id: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sites = (parcel.origin_id, parcel.destination_id)
        near = Employee.objects.filter(site_id__in=sites, left_on=None)
        fields: dict[str, Any] = self.fields
        fields["courier"].queryset = (near | Employee.objects.filter(pk=courier_id)).order_by(
            "number"
        )
        known = Employee.objects.filter(pk=courier_id).values_list("number", flat=True).first()
        fields["courier"].initial = known
