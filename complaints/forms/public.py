"""What customers fill in, without an account and without a script."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from complaints.enums import Wish
from complaints.forms.fields import PhotosField, ReasonChoice, WordsField
from complaints.words import clean_phone
from courierqa.core.forms import CleanCharField


class PublicCaseForm(forms.Form):
    """Parcel, what happened, what is wanted, how to reach the customer."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    waybill = CleanCharField(
        label=_("Parcel number"),
        max_length=40,
        required=False,
        help_text=_("You can go on without it"),
    )
    reason = ReasonChoice(label=_("What happened?"), widget=forms.RadioSelect, empty_label=None)
    wish = forms.ChoiceField(
        label=_("What would you like us to do?"),
        choices=Wish.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    words = WordsField(
        label=_("Tell us what happened"),
        rows=5,
        error_messages={"required": _("Enter what happened")},
    )
    photos = PhotosField()
    name = CleanCharField(label=_("Your name"), max_length=60, required=False)
    phone = CleanCharField(
        label=_("Mobile number"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        max_length=200,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    # A field people do not see; programs that fill everything give themselves away.
    website = forms.CharField(
        required=False, max_length=200, widget=forms.TextInput(attrs={"tabindex": "-1"})
    )

    def clean_phone(self) -> str:
        raw: str = self.cleaned_data["phone"]
        if raw and not clean_phone(raw):
            raise forms.ValidationError(_("Enter a phone number such as 138 0013 8000"))
        return clean_phone(raw)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        reachable = found.get("phone") or found.get("email")
        if not reachable and not {"phone", "email"} & set(self.errors):
            self.add_error("phone", _("Enter a mobile number or an e-mail so that we can answer"))
        return found


class WordsForm(forms.Form):
    """More words for a case that exists."""

    text = WordsField(
        label=_("Add something"), error_messages={"required": _("Enter what you want to tell us")}
    )
    photos = PhotosField()
    again = forms.BooleanField(label=_("It is not settled. Look at it again"), required=False)
