"""Small forms on an order's page: another fee, another pickup time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courierqa.core.errors import DomainError
from courierqa.core.forms import CleanCharField
from courierqa.core.money import parse_yuan
from shipments import enums, windows
from shipments.delivery_enums import AskedBy
from shipments.forms.parcels import LOCAL_TIME

ASKED_BY = [
    (way.value, way.label)
    for way in (enums.ConsentWay.CALL, enums.ConsentWay.SMS, enums.ConsentWay.IN_PERSON)
]


class FeeForm(forms.Form):
    """Another fee with its reason; `by_tariff` charges what the tariff asks instead."""

    by_tariff = forms.BooleanField(required=False, widget=forms.HiddenInput)
    fee = CleanCharField(label=_("New fee in yuan"), max_length=15, required=False)
    reason = CleanCharField(
        label=_("Reason"), max_length=200, required=False,
        help_text=_("Everybody who reads the list of changed fees sees it"),
    )  # fmt: skip

    def clean_fee(self) -> int:
        text = self.cleaned_data["fee"]
        if not text:
            return -1
        try:
            return parse_yuan(text)
        except DomainError as error:
            raise forms.ValidationError(error.message, code=error.code) from error

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not said.get("by_tariff") and said.get("fee") == -1:
            self.add_error("fee", _("Enter an amount such as 88.50"))
        return said


WANTED_BY = [
    (AskedBy.SENDER.value, AskedBy.SENDER.label), (AskedBy.US.value, AskedBy.US.label),
]  # fmt: skip


class ReagreeForm(forms.Form):
    """Another pickup time, who wanted it, who was told how and when, and why."""

    window = forms.ChoiceField(label=_("New pickup time"))
    asked_by = forms.ChoiceField(
        label=_("Who wanted it"), choices=WANTED_BY, initial=AskedBy.US.value, required=False,
        help_text=_("A time we moved counts as missed"),
    )  # fmt: skip
    told_who = forms.ChoiceField(label=_("Who was told"), choices=enums.Told.choices)
    told_way = forms.ChoiceField(label=_("How"), choices=ASKED_BY)
    told_at = forms.DateTimeField(label=_("Told at"), widget=LOCAL_TIME)
    reason = CleanCharField(label=_("Reason"), max_length=200)

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"told_at": timezone.localtime(now)})
        super().__init__(*args, **kwargs)
        self.now = now
        fields: dict[str, Any] = self.fields
        fields["window"].choices = windows.window_choices(now)

    def clean_asked_by(self) -> str:
        return self.cleaned_data["asked_by"] or AskedBy.US.value

    def clean_window(self) -> windows.Window:
        found = windows.window_of(self.cleaned_data["window"], self.now)
        if found is None:
            raise forms.ValidationError(_("Choose from the list"), code="invalid_choice")
        return found
