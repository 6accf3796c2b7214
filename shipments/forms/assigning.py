"""Giving a pickup to a courier."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courierqa.core.enums import Role
from shipments.models import Parcel
from staff.models import Employee


class AssignForm(forms.Form):
    """Who fetches the parcel: a courier of the pickup site who works there now."""

    courier = forms.ModelChoiceField(
        Employee.objects.none(), label=_("Courier"), to_field_name="number", empty_label=None
    )

    def __init__(self, *args: Any, parcel: Parcel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["courier"].queryset = (
            Employee.objects.filter(
                site_id=parcel.origin_id,
                left_on=None,
                user__grants__role=Role.COURIER,
                user__grants__valid_to=None,
            )
            .distinct()
            .order_by("number")
        )
