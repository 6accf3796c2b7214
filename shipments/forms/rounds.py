"""Forms of a courier's day: giving out, checking, ending, money, returns."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from courierqa.core.errors import DomainError
from courierqa.core.forms import CleanCharField
from courierqa.core.money import parse_yuan
from shipments import enums
from shipments.forms.delivery import DAY
from shipments.forms.station import couriers_at
from shipments.models import CheckItem, Parcel, Reason
from shipments.selectors.vehicles import fit_vehicles, has_vehicles
from staff.models import Employee

IN_ORDER = [("yes", gettext_lazy("In order")), ("no", pgettext_lazy("condition", "Not in order"))]


class GiveOutForm(forms.Form):
    """Who takes which parcels on which day."""

    courier = forms.ModelChoiceField(
        Employee.objects.none(), label=gettext_lazy("Courier"), to_field_name="number",
        empty_label=None,
    )  # fmt: skip
    day = forms.DateField(label=gettext_lazy("Day"), widget=DAY)
    parcels = forms.ModelMultipleChoiceField(
        Parcel.objects.none(), label=gettext_lazy("Parcels"), to_field_name="waybill",
        error_messages={"required": gettext_lazy("Choose at least one parcel")},
    )  # fmt: skip

    def __init__(self, *args: Any, sites: Any, parcels: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["courier"].queryset = couriers_at(sites).order_by("number")
        fields["parcels"].queryset = parcels


class CheckForm(forms.Form):
    """The list of one phase: one answer a line, none given beforehand."""

    def __init__(self, *args: Any, phase: str, site_id: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = list(CheckItem.objects.filter(phase=phase, is_active=True))
        for item in self.items:
            self.fields[item.code] = forms.ChoiceField(
                label=str(item), choices=IN_ORDER, widget=forms.RadioSelect,
                error_messages={"required": _("Answer this line")},
            )  # fmt: skip
        if phase == enums.CheckPhase.BEFORE:
            self.fields["vehicle"] = _vehicle_field(site_id)
        if phase == enums.CheckPhase.AFTER:
            self.fields["km"] = forms.IntegerField(
                label=_("Odometer in km"), min_value=0, max_value=9_999_999, required=False,
                error_messages={"invalid": _("Enter whole kilometres")},
            )  # fmt: skip
        self.fields["note"] = CleanCharField(
            label=_("What is done about it"), max_length=200, required=False
        )

    def answers(self) -> dict[str, bool]:
        """Return item code → in order."""
        return {item.code: self.cleaned_data[item.code] == "yes" for item in self.items}


def _vehicle_field(site_id: int | None) -> forms.Field:
    """Offer what is fit at the site; where no vehicle is registered its number is typed."""
    label = _("Vehicle number")
    if site_id is None or not has_vehicles(site_id):
        return CleanCharField(label=label, max_length=30, required=False)
    offered = [(one.plate, f"{one.plate} {one.get_kind_display()}") for one in
               fit_vehicles(site_id)]  # fmt: skip
    return forms.ChoiceField(
        label=label, choices=[("", _("None of the company's")), *offered], required=False,
        help_text=_("One with a safety defect cannot be chosen until it is repaired"),
        error_messages={"invalid_choice": _("This vehicle may not be used. Choose another one")},
    )  # fmt: skip


class EndForm(forms.Form):
    """Why each parcel without outcome comes back."""

    def __init__(self, *args: Any, parcels: list[Parcel], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reasons = Reason.objects.filter(scan_code="NAT", is_active=True)
        choices = [("", _("Choose a reason")), *((r.code, str(r)) for r in reasons)]
        self.parcels = parcels
        for parcel in parcels:
            self.fields[f"reason_{parcel.pk}"] = forms.ChoiceField(
                label=parcel.waybill, choices=choices,
                error_messages={"required": _("Say why it comes back")},
            )  # fmt: skip

    def reasons(self) -> dict[int, str]:
        """Return parcel id → reason."""
        return {p.pk: self.cleaned_data[f"reason_{p.pk}"] for p in self.parcels}


def _fen(form: forms.Form, name: str) -> int:
    try:
        return parse_yuan(form.cleaned_data[name])
    except DomainError as error:
        raise forms.ValidationError(error.message, code=error.code) from error


class CollectMoneyForm(forms.Form):
    """Goods first, then money; or why not."""

    waybill = forms.CharField(max_length=40, widget=forms.HiddenInput)
    goods_checked = forms.BooleanField(
        label=gettext_lazy("Goods checked by the recipient"), required=False
    )
    amount = CleanCharField(label=gettext_lazy("Amount taken in yuan"), max_length=15)

    def clean_amount(self) -> int:
        """Return the amount in fen."""
        return _fen(self, "amount")


class RefuseMoneyForm(forms.Form):
    """Why payment was refused, in the customer's words."""

    waybill = forms.CharField(max_length=40, widget=forms.HiddenInput)
    reason = forms.ModelChoiceField(
        Reason.objects.filter(scan_code="RFS", is_active=True), label=gettext_lazy("Reason"),
        to_field_name="code", empty_label=None,
    )  # fmt: skip
    statement = CleanCharField(
        label=gettext_lazy("What the customer said"), max_length=300, lines=True,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class HandInForm(forms.Form):
    """Money counted and received."""

    amount = CleanCharField(label=gettext_lazy("Amount counted in yuan"), max_length=15)
    reason = CleanCharField(label=gettext_lazy("Why it differs"), max_length=200, required=False)

    def clean_amount(self) -> int:
        """Return the amount in fen."""
        return _fen(self, "amount")


class ReturnForm(forms.Form):
    """What is wanted back, by whom, why."""

    kind = forms.ChoiceField(label=gettext_lazy("What is wanted"), choices=enums.ReturnKind.choices)
    asked_by = forms.ChoiceField(
        label=gettext_lazy("Who asked for it"), choices=enums.AskedBy.choices
    )
    cause = CleanCharField(label=gettext_lazy("Cause"), max_length=200)


class InspectForm(forms.Form):
    """What came back."""

    result = forms.ChoiceField(
        label=gettext_lazy("What was found"), choices=enums.Inspection.choices,
        widget=forms.RadioSelect,
    )  # fmt: skip
    note = CleanCharField(
        label=gettext_lazy("Description"), max_length=300, required=False, lines=True,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
