"""Forms of findings and of corrections of scans."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courierqa.core.forms import CleanCharField
from shipments import enums
from shipments.forms.parcels import LOCAL_TIME
from shipments.models import Reason, ScanEvent
from shipments.services.findings import NEEDS_WAY
from staff.models import Employee, Site

VERBS = {
    "confirm": _("Confirm: it happened as scanned"),
    "dismiss": _("The scan is wrong: take it out of every figure"),
    "note": _("Note it: nothing to correct"),
    "reopen": _("Open it again"),
}


class DecideForm(forms.Form):
    """What a person found out about a finding, and what follows."""

    verb = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    way = forms.ChoiceField(
        label=_("Way of delivery"), required=False, choices=[("", "—"), *enums.DeliveryWay.choices]
    )
    reason = forms.ModelChoiceField(
        Reason.objects.none(), label=_("Reason"), required=False, to_field_name="code",
        empty_label="—",
    )  # fmt: skip
    note = CleanCharField(
        label=_("What you found out"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(
        self, *args: Any, verbs: list[str], code: str, scan_code: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["verb"].choices = [(verb, VERBS[verb]) for verb in verbs]
        if "confirm" not in verbs or code not in NEEDS_WAY:
            del fields["way"]
        if "confirm" not in verbs or code != "unknown_reason":
            del fields["reason"]
        else:
            fields["reason"].queryset = Reason.objects.filter(is_active=True, scan_code=scan_code)


class CorrectForm(forms.Form):
    """What was wrong about a scan: all of it, or one of its parts."""

    verb = forms.ChoiceField(
        label=_("What is wrong"), widget=forms.RadioSelect, initial="correct",
        choices=[("correct", _("Part of it: put it right")),
                 ("void", _("All of it: it never happened"))],
    )  # fmt: skip
    at = forms.DateTimeField(label=_("When it happened"), widget=LOCAL_TIME)
    site = forms.ModelChoiceField(
        Site.objects.none(), label=_("Site"), to_field_name="code", empty_label="—",
        required=False,
    )  # fmt: skip
    courier = forms.ModelChoiceField(
        Employee.objects.none(), label=_("Courier"), to_field_name="number", empty_label="—",
        required=False,
    )  # fmt: skip
    reason = forms.ModelChoiceField(
        Reason.objects.none(), label=_("Reason"), to_field_name="code", empty_label="—",
        required=False,
    )  # fmt: skip
    way = forms.ChoiceField(
        label=_("Way of delivery"), required=False, choices=[("", "—"), *enums.DeliveryWay.choices]
    )
    signer = CleanCharField(label=_("Who took it"), max_length=40, required=False)
    why = CleanCharField(label=_("Why"), max_length=300)

    def __init__(
        self, *args: Any, event: ScanEvent, sites: Any, couriers: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["site"].queryset, fields["courier"].queryset = sites, couriers
        fields["reason"].queryset = Reason.objects.filter(is_active=True, scan_code=event.code)
        if event.code not in ("DLV", "RDY"):
            del fields["way"]
        if event.code != "DLV":
            del fields["signer"]
        if not fields["reason"].queryset.exists():
            del fields["reason"]

    def changes(self, event: ScanEvent) -> dict[str, Any]:
        """Return what a COR event sets: only what differs from the scan as stored."""
        said, found = self.cleaned_data, {}
        if abs((said["at"] - event.effective_at).total_seconds()) >= 60:
            found["effective_at"] = said["at"].isoformat()
        if said.get("site") is not None and said["site"].pk != event.site_id:
            found["site_id"] = said["site"].pk
        if said.get("courier") is not None and said["courier"].pk != event.person_id:
            found["person_id"] = said["courier"].pk
        if said.get("reason") is not None and said["reason"].code != event.reason:
            found["reason"] = said["reason"].code
        detail = {n: said[n] for n in ("way", "signer") if said.get(n)}
        if {**event.detail, **detail} != event.detail:
            found["detail"] = {**event.detail, **detail}
        return found
