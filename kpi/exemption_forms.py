"""Forms of exemptions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from courierqa.core.access import Access
from courierqa.core.forms import CleanCharField
from kpi.exempting import Wanted
from shipments.exemption_enums import ExemptionReach
from shipments.forms.fields import MomentField, open_sites
from shipments.models import Lane
from staff.forms.style import StyledForm
from staff.models import Site


class _Sites(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.code} {obj}"


class ExemptionForm(StyledForm):
    """Area, period, cause and evidence; whoever sees only some sites asks for those."""

    reach = forms.ChoiceField(
        label=gettext_lazy("Area"), choices=ExemptionReach.choices,
        help_text=gettext_lazy("A parcel counts where it came from and where it is served"),
    )  # fmt: skip
    sites = _Sites(
        Site.objects.none(), label=gettext_lazy("Sites"), to_field_name="code", required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )  # fmt: skip
    region = forms.ChoiceField(label=gettext_lazy("Region"), required=False)
    lanes = forms.ModelMultipleChoiceField(
        Lane.objects.none(), label=gettext_lazy("Lanes"), required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )  # fmt: skip
    starts_at = MomentField(label=gettext_lazy("Since"))
    ends_at = MomentField(
        label=gettext_lazy("Until"),
        help_text=gettext_lazy("Exempt is what fell due between these two moments"),
    )
    cause = CleanCharField(
        label=gettext_lazy("Cause"), max_length=200,
        help_text=gettext_lazy("Force majeure, such as a typhoon or a road closed by authority"),
    )  # fmt: skip
    evidence = CleanCharField(
        label=gettext_lazy("Evidence"), max_length=300,
        help_text=gettext_lazy("Who says so: the notice with its number and day"),
    )  # fmt: skip
    file = forms.FileField(label=gettext_lazy("Notice as a picture or PDF"))

    def __init__(self, *args: Any, access: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        sites, lanes = open_sites(), Lane.objects.select_related("origin", "destination")
        if access.is_all:
            regions = sites.exclude(region="").order_by("region").values_list("region", flat=True)
            fields["region"].choices = [("", "—"), *((one, one) for one in regions.distinct())]
        else:
            sites = sites.filter(pk__in=access.sites)
            lanes = lanes.filter(access.rows(site=("origin_id", "destination_id")))
            del fields["region"]
            fields["reach"].choices = [
                one for one in ExemptionReach.choices if one[0] in ("sites", "lanes")
            ]
        fields["sites"].queryset, fields["lanes"].queryset = sites, lanes.order_by("pk")

    def wanted(self) -> Wanted:
        """Return what the service takes."""
        return Wanted(**{name: one for name, one in self.cleaned_data.items() if name != "file"})


class DecideForm(StyledForm):
    """The second person's word."""

    note = CleanCharField(
        label=gettext_lazy("Note"), max_length=300, required=False,
        help_text=gettext_lazy("Needed when you refuse"),
    )  # fmt: skip


class RevokeForm(StyledForm):
    """Why an exemption no longer holds."""

    reason = CleanCharField(
        label=gettext_lazy("Reason"), max_length=300,
        error_messages={"required": gettext_lazy("Say why it is revoked")},
    )  # fmt: skip
