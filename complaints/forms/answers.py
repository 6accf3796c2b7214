"""Forms about common questions: a visitor's search and question, an editor's next version."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from complaints.forms.fields import WordsField
from complaints.words import clean_phone
from courierqa.core.forms import CleanCharField


class SearchForm(forms.Form):
    """What a visitor wants to know."""

    q = CleanCharField(
        label=_("What would you like to know?"), max_length=200,
        error_messages={"required": _("Enter your question")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip


class QuestionForm(forms.Form):
    """A question to a person: the words, and a way to answer."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    words = WordsField(
        label=_("Your question"), rows=5, error_messages={"required": _("Enter your question")}
    )
    waybill = CleanCharField(
        label=_("Parcel number"), max_length=40, required=False,
        help_text=_("Only when it is about a parcel"),
    )  # fmt: skip
    phone = CleanCharField(
        label=_("Mobile number"), max_length=40, required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )  # fmt: skip
    email = forms.EmailField(
        label=_("E-mail"), required=False, max_length=200,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip
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


class AnswerForm(forms.Form):
    """The next version of an answer."""

    code = CleanCharField(
        label=_("Short name"), max_length=40,
        help_text=_("Small letters, digits and hyphens, for example: change-address"),
    )  # fmt: skip
    question = CleanCharField(label=_("Question in Chinese"), max_length=120)
    answer = WordsField(label=_("Answer in Chinese"), rows=4)
    keywords = CleanCharField(
        label=_("Words customers use, in Chinese"), max_length=300, required=False,
        help_text=_("Apart by blanks; the search weighs them most"),
    )  # fmt: skip
    question_en = CleanCharField(label=_("Question in English"), max_length=160)
    answer_en = WordsField(label=_("Answer in English"), rows=4)
    keywords_en = CleanCharField(
        label=_("Words customers use, in English"), max_length=300, required=False
    )
    position = forms.IntegerField(label=_("Place on the page"), min_value=1, max_value=999)
    is_published = forms.BooleanField(label=_("Show on the public page"), required=False)
    seen_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"].lower()
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code):
            raise forms.ValidationError(_("Use small letters, digits and hyphens"))
        return code
