"""Forms of the quality desk: classes of exceptions, service notices."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courierqa.core.forms import CleanCharField
from shipments import enums
from shipments.forms.parcels import LOCAL_TIME
from shipments.models import ExceptionClass, ServiceNotice
from shipments.services.classes import EDITABLE
from staff.models import Site

STEPS = forms.Textarea(attrs={"rows": 4})
CODE = re.compile(r"[a-z][a-z0-9_]{1,19}")


class ClassForm(forms.Form):
    """One class of exceptions."""

    code = forms.CharField(
        label=_("Code"), max_length=20,
        help_text=_("Lower-case letters, digits and underscores; it never changes"),
    )  # fmt: skip
    name = CleanCharField(label=_("Chinese name"), max_length=40)
    name_en = CleanCharField(label=_("English name"), max_length=40)
    severity = forms.ChoiceField(label=_("Severity"), choices=enums.Severity.choices)
    tell_hours = forms.IntegerField(
        label=_("Hours until the customer must know"), min_value=1, max_value=240
    )
    solve_hours = forms.IntegerField(
        label=_("Hours until it must be solved"), min_value=1, max_value=1440
    )
    next_steps = CleanCharField(
        label=_("Steps in Chinese, one per line"), max_length=800, lines=True, required=False,
        widget=STEPS,
    )  # fmt: skip
    next_steps_en = CleanCharField(
        label=_("Steps in English, one per line"), max_length=800, lines=True, required=False,
        widget=STEPS,
    )  # fmt: skip
    needs_remedy = forms.BooleanField(
        label=_("A remedy must be offered when the customer is told"), required=False
    )
    needs_notice = forms.BooleanField(
        label=_("We tell the customer first, within two hours of the day (E03)"), required=False
    )
    ends_with_trip = forms.BooleanField(label=_("The end of the trip settles it"), required=False)
    stops_parcel = forms.BooleanField(
        label=_("Reporting it stops the parcel for security"), required=False
    )
    by_hand = forms.BooleanField(label=_("People may report it"), required=False)
    is_active = forms.BooleanField(label=_("In use"), required=False)
    position = forms.IntegerField(label=_("Place in lists"), min_value=0, max_value=999)

    def __init__(self, *args: Any, row: ExceptionClass | None = None, **kwargs: Any) -> None:
        start = {name: getattr(row, name) for name in EDITABLE} if row else {
            "severity": "normal", "tell_hours": 24, "solve_hours": 72, "by_hand": True,
            "is_active": True, "position": 100,
        }  # fmt: skip
        super().__init__(*args, initial=start, **kwargs)
        if row is not None:
            del self.fields["code"]

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        if CODE.fullmatch(code) is None:
            raise forms.ValidationError(_("Use 2 to 20 lower-case letters, digits, underscores"))
        return code


class NoticeForm(forms.Form):
    """One service notice in both languages."""

    title = CleanCharField(label=_("Title in Chinese"), max_length=80)
    text = CleanCharField(label=_("Text in Chinese"), max_length=600, lines=True, widget=STEPS)
    title_en = CleanCharField(label=_("Title in English"), max_length=80)
    text_en = CleanCharField(label=_("Text in English"), max_length=600, lines=True, widget=STEPS)
    sites = forms.ModelMultipleChoiceField(
        Site.objects.none(), label=_("Sites"), required=False, to_field_name="code",
        help_text=_("None chosen: it holds everywhere"),
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )  # fmt: skip
    starts_at = forms.DateTimeField(label=_("From"), widget=LOCAL_TIME)
    ends_at = forms.DateTimeField(label=_("Until"), widget=LOCAL_TIME)
    is_public = forms.BooleanField(label=_("Visitors see it"), required=False)

    def __init__(self, *args: Any, row: ServiceNotice | None = None, **kwargs: Any) -> None:
        names = [name for name in self.base_fields if name != "sites"]
        start: dict[str, Any] = {"is_public": True}
        if row is not None:
            start = {name: getattr(row, name) for name in names}
            start["sites"] = [site.code for site in row.sites.all()]
        super().__init__(*args, initial={**start, **kwargs.pop("initial", {})}, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["sites"].queryset = Site.objects.filter(closed_on=None).order_by("code")
