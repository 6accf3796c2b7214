"""Forms of what happens beside the steps: pauses, merging, splitting, authorities, forums."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints import selectors
from complaints.enums import RegulatorMatter, RegulatorOutcome
from complaints.forms.fields import ReasonChoice, WordsField
from complaints.models import Forum, PauseReason
from complaints.words import clean_phone, clean_waybill
from courierqa.core.calendars import zone
from courierqa.core.forms import CleanCharField
from shipments.models import Parcel
from staff.models import User

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PauseForm(forms.Form):
    """Why the resolution clock stands still, and what is waited for."""

    reason = forms.ModelChoiceField(
        label=_("Reason"),
        queryset=PauseReason.objects.filter(is_active=True),
        to_field_name="code",
        error_messages={"required": _("Choose why the clock pauses")},
    )
    note = CleanCharField(
        label=_("What do you wait for?"),
        max_length=300,
        error_messages={"required": _("Enter what you wait for")},
    )


class MergeForm(forms.Form):
    """The earlier case this one belongs to."""

    into = CleanCharField(
        label=_("Number of the earlier case"),
        max_length=20,
        widget=forms.TextInput(attrs={"placeholder": "C-2026-000123", "autocomplete": "off"}),
        error_messages={"required": _("Enter the number of the earlier case")},
    )


class SplitForm(forms.Form):
    """The second matter of a customer, as a case of its own."""

    reason = ReasonChoice(label=_("What else happened?"))
    words = WordsField(
        label=_("In their words"), error_messages={"required": _("Enter what the customer said")}
    )


class GiveBackForm(forms.Form):
    """Why a helper cannot help."""

    reason = CleanCharField(
        label=_("Why do you give it back?"),
        max_length=300,
        error_messages={"required": _("Enter why you give it back")},
    )


class RegulatorReplyForm(forms.Form):
    """What was replied to an authority."""

    text = WordsField(
        label=_("What was replied"), error_messages={"required": _("Enter what was replied")}
    )
    reference = CleanCharField(label=_("Our reference"), max_length=60, required=False)
    outcome = forms.ChoiceField(
        label=_("Finding of the authority"), choices=RegulatorOutcome.choices, required=False
    )

    def clean_outcome(self) -> RegulatorOutcome:
        return RegulatorOutcome(self.cleaned_data["outcome"] or RegulatorOutcome.OPEN)


class RegulatorForm(forms.Form):
    """A letter of an authority: the matter, its due time, the customer and the parcel."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    authority = CleanCharField(
        label=_("Authority"),
        max_length=100,
        error_messages={"required": _("Enter which authority wrote")},
    )
    reference = CleanCharField(
        label=_("Their reference"),
        max_length=60,
        error_messages={"required": _("Enter the reference of the letter")},
    )
    matter = forms.ChoiceField(label=_("Matter"), choices=RegulatorMatter.choices)
    forwarded_on = forms.DateField(
        label=_("Came in on"), widget=_DAY,
        error_messages={"required": _("Enter the day the letter came in")},
    )  # fmt: skip
    due_on = forms.DateField(
        label=_("Reply due on"), widget=_DAY, required=False,
        help_text=_("Without a day the usual limit runs"),
    )  # fmt: skip
    reason = ReasonChoice(label=_("What happened?"))
    words = WordsField(
        label=_("What the letter says"), rows=4,
        error_messages={"required": _("Enter what the letter says")},
    )  # fmt: skip
    waybill = CleanCharField(label=_("Parcel number"), max_length=40, required=False)
    name = CleanCharField(label=_("Customer’s name"), max_length=60, required=False)
    phone = CleanCharField(label=_("Customer’s phone"), max_length=40, required=False)

    def clean_phone(self) -> str:
        raw: str = self.cleaned_data["phone"]
        if raw and not clean_phone(raw):
            raise forms.ValidationError(_("Enter a phone number such as 138 0013 8000"))
        return raw

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        now = timezone.now()
        if day := found.get("forwarded_on"):
            found["forwarded_at"] = min(_at(day, time(12)), now)
            if _at(day, time(0)) > now:
                self.add_error("forwarded_on", _("Received cannot be later than now"))
        if day := found.get("due_on"):
            found["due_at"] = _at(day, time(23, 59, 59))
        return found


class ForumForm(forms.Form):
    """A place where customers speak, and the one who watches it."""

    name = CleanCharField(label=_("Name"), max_length=60)
    url = forms.URLField(label=_("Address"), max_length=300, assume_scheme="https")
    watcher = forms.ModelChoiceField(
        label=pgettext_lazy("forum", "Who watches it"),
        queryset=User.objects.none(),
        error_messages={"required": _("Name one person who watches it")},
    )
    every_days = forms.IntegerField(
        label=_("Look every (days)"), min_value=1, max_value=60, initial=1
    )
    is_active = forms.BooleanField(label=_("Is watched"), required=False, initial=True)

    def __init__(self, *args: Any, row: Forum | None = None, **kwargs: Any) -> None:
        if row is not None:
            kwargs.setdefault("initial", {name: getattr(row, name) for name in self.base_fields})
        super().__init__(*args, **kwargs)
        chosen = cast("forms.ModelChoiceField", self.fields["watcher"])
        chosen.queryset = selectors.colleagues(at=timezone.now())


class LookForm(forms.Form):
    """What a look at a forum found."""

    found = forms.IntegerField(label=_("New posts about us"), min_value=0, max_value=999, initial=0)
    note = CleanCharField(label=_("What they say"), max_length=500, required=False)


class CourierCaseForm(forms.Form):
    """What a customer told the courier, about one parcel."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    waybill = CleanCharField(
        label=_("Parcel number"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "held"}),
        error_messages={"required": _("Enter the parcel number")},
    )
    reason = ReasonChoice(label=_("What happened?"))
    words = WordsField(
        label=_("In the customer’s words"), rows=4,
        error_messages={"required": _("Enter what the customer said")},
    )  # fmt: skip
    phone = CleanCharField(
        label=_("Number to call back"), max_length=40, required=False,
        help_text=_("Only when the customer wants to be called under another number"),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )  # fmt: skip

    def __init__(self, *args: Any, parcels: Any, **kwargs: Any) -> None:
        self.parcels = parcels
        super().__init__(*args, **kwargs)

    def clean_phone(self) -> str:
        raw: str = self.cleaned_data["phone"]
        if raw and not clean_phone(raw):
            raise forms.ValidationError(_("Enter a phone number such as 138 0013 8000"))
        return raw

    def clean_waybill(self) -> Parcel:
        waybill = clean_waybill(self.cleaned_data["waybill"])
        parcel = self.parcels.filter(waybill__in={waybill, waybill.lower()}).first()
        if parcel is None:
            raise forms.ValidationError(_("This parcel is not on your round. Ask the service desk"))
        return parcel


def _at(day: Any, clock: time) -> datetime:
    return datetime.combine(day, clock, zone())
