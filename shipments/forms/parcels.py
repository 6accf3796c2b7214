"""Forms on a parcel's page: scans by the office, promise, reveal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courierqa.core.forms import CleanCharField
from shipments import enums
from shipments.forms.station import couriers_at
from shipments.models import Reason
from staff.models import Employee, Site

# What the office may scan by hand; everything else has its own button or device.
OFFICE_CODES = (
    "RNV", "INS", "PUP", "ARR", "SRT", "DEP", "AST", "OFD", "CON", "ATT", "NAT", "RDY", "DLV",
    "RFS", "HLD", "RLS", "DLY", "DMG", "ADR", "SRH", "LST", "FND", "RTS", "RTD", "CNL", "NTF",
)  # fmt: skip
EVIDENCE = (("call", _("Call on record")), ("photo", _("Photo")))
# The browser reads one form only, whatever the language of the page.
LOCAL_TIME = forms.DateTimeInput(
    attrs={"type": "datetime-local", "step": "60"}, format="%Y-%m-%dT%H:%M"
)


class ScanForm(forms.Form):
    """One scan told by the office for somebody who could not scan."""

    code = forms.ChoiceField(
        label=_("What happened"),
        choices=[(c, enums.Code(c).label) for c in OFFICE_CODES],
    )
    at = forms.DateTimeField(label=_("When"), widget=LOCAL_TIME)
    site = forms.ModelChoiceField(
        Site.objects.none(), label=_("Site"), to_field_name="code", empty_label=None
    )
    courier = forms.ModelChoiceField(
        Employee.objects.none(), label=_("Courier"), to_field_name="number", required=False,
        empty_label="—",
    )  # fmt: skip
    reason = forms.ModelChoiceField(
        Reason.objects.filter(is_active=True), label=_("Reason"), required=False,
        to_field_name="code", empty_label="—",
    )  # fmt: skip
    way = forms.ChoiceField(
        label=_("Way of delivery"), required=False,
        choices=[("", "—"), *enums.DeliveryWay.choices],
    )  # fmt: skip
    signer = CleanCharField(label=_("Who took it"), max_length=40, required=False)
    evidence = forms.ChoiceField(
        label=_("Evidence"), required=False, choices=[("", "—"), *EVIDENCE]
    )
    why = CleanCharField(label=_("Why the office scans"), max_length=200)

    def __init__(self, *args: Any, sites: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["site"].queryset = sites
        fields["courier"].queryset = couriers_at(sites)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("code") == "OFD" and not said.get("courier"):
            self.add_error("courier", _("Choose who takes them out"))
        if said.get("code") in ("ATT", "NAT", "RFS") and not said.get("reason"):
            self.add_error("reason", _("Choose a reason"))
        return said

    def detail(self) -> dict[str, Any]:
        """Return the scan's detail as a device would send it."""
        said = self.cleaned_data
        detail: dict[str, Any] = {"why": said["why"]}
        for name in ("way", "signer"):
            if said.get(name):
                detail[name] = said[name]
        if said.get("evidence"):
            detail[said["evidence"]] = {"noted": True}
        if said["code"] == "CON":
            detail |= {"given": True, "kind": detail.pop("way", ""), "way": "call"}
        if said["code"] == "INS":
            detail["result"] = "pass"
        return detail


class PromiseForm(forms.Form):
    """Another promise, by whom and why."""

    new = forms.DateTimeField(label=_("New time"), widget=LOCAL_TIME)
    asked_by_customer = forms.BooleanField(label=_("The customer asked for it"), required=False)
    cause = CleanCharField(label=_("Cause"), max_length=200)


class RevealForm(forms.Form):
    """Why personal data must be seen."""

    reason = CleanCharField(label=_("Reason"), max_length=200)
    case_ref = CleanCharField(label=_("Case number"), max_length=40, required=False)
