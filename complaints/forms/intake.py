"""The form behind F2: a phone complaint in under a minute."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from complaints import selectors
from complaints.enums import CaseKind, Channel, Wish
from complaints.forms.fields import ReasonChoice, WordsField
from complaints.models import Forum
from complaints.words import clean_phone, clean_waybill
from courierqa.core.forms import CleanCharField
from shipments.models import Parcel

# An appeal comes as a letter of an authority, with a due time: it has a form of its own.
KINDS = [CaseKind.COMPLAINT, CaseKind.QUERY, CaseKind.SUGGESTION]


class NewCaseForm(forms.Form):
    """Only the caller, what happened and their words are asked; the rest is derived."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    who = CleanCharField(
        label=_("Phone or parcel number"),
        max_length=60,
        error_messages={"required": _("Enter a phone number or parcel number")},
    )
    waybill = CleanCharField(max_length=40, required=False, widget=forms.HiddenInput)
    reason = ReasonChoice(label=_("What happened?"))
    wish = forms.ChoiceField(
        label=_("Customer wants"), choices=[("", "—"), *Wish.choices], required=False
    )
    words = WordsField(
        label=_("In their words"), error_messages={"required": _("Enter what the customer said")}
    )
    name = CleanCharField(label=_("Customer’s name"), max_length=60, required=False)
    phone = CleanCharField(
        label=_("Phone to call back"),
        max_length=40,
        required=False,
        help_text=_("Only when it differs from the number above"),
    )
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=200)
    channel = forms.ChoiceField(
        label=_("Channel"),
        choices=Channel.choices,
        initial=Channel.PHONE,
        required=False,
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[(kind.value, kind.label) for kind in KINDS],
        initial=CaseKind.COMPLAINT,
        required=False,
    )
    source_url = forms.URLField(
        label=_("Link to the post"), max_length=500, required=False, assume_scheme="https"
    )
    forum = forms.ModelChoiceField(
        queryset=Forum.objects.all(), required=False, widget=forms.HiddenInput
    )
    language = forms.ChoiceField(
        label=_("Customer's language"),
        choices=[("zh-hans", "简体中文"), ("en", "English")],
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = cast("forms.ChoiceField", self.fields["channel"])
        offered.choices = selectors.offered_channels()

    def clean(self) -> dict[str, Any]:
        """Decide whether the first field is a phone or a parcel number."""
        found: dict[str, Any] = super().clean() or {}
        who = found.get("who", "")
        found["parcel"] = self._parcel(found.get("waybill") or who)
        if not found.get("phone") and self._is_phone(who, found["parcel"]):
            found["phone"] = who
        known = found.get("phone") == who or selectors.TAIL.fullmatch(who)
        found["waybill"] = found.get("waybill") or ("" if known else who)
        for name, default in (("channel", "phone"), ("kind", "complaint"), ("language", "zh-hans")):
            found[name] = found.get(name) or default
        return found

    @staticmethod
    def _parcel(text: str) -> Parcel | None:
        waybill = clean_waybill(text)
        return Parcel.objects.select_related("destination").filter(waybill=waybill).first()

    @staticmethod
    def _is_phone(text: str, parcel: Parcel | None) -> bool:
        if parcel is not None and parcel.waybill == clean_waybill(text):
            return False
        return bool(clean_phone(text))
