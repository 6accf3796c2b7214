"""Forms around a delivery: calls, times, addresses, consent, notes, contents."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from courierqa.core import calendars
from courierqa.core.errors import DomainError
from courierqa.core.forms import CleanCharField
from courierqa.core.money import parse_yuan
from shipments import enums
from shipments.forms.parcels import LOCAL_TIME
from shipments.services.gates import NEEDS_CONSENT

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
CLOCK = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
PLACES = [(way.value, way.label) for way in enums.DeliveryWay if way.value in NEEDS_CONSENT]
SAID = [c for c in enums.ConsentWay.choices if c[0] in ("call", "sms", "in_person")]


class ContactForm(forms.Form):
    """One call or message."""

    way = forms.ChoiceField(label=gettext_lazy("How"), choices=enums.ContactWay.choices)
    purpose = forms.ChoiceField(label=gettext_lazy("About"), choices=enums.ContactPurpose.choices)
    result = forms.ChoiceField(label=gettext_lazy("Result"), choices=enums.ContactResult.choices)
    at = forms.DateTimeField(label=gettext_lazy("When"), widget=LOCAL_TIME)
    seconds = forms.IntegerField(
        label=gettext_lazy("Length in seconds"), min_value=0, max_value=14400, required=False
    )
    words = CleanCharField(label=gettext_lazy("What was said"), max_length=300, required=False)


class SlotForm(forms.Form):
    """A delivery time from one hour to another, and who asked for it."""

    day = forms.DateField(label=gettext_lazy("Day"), widget=DAY)
    starts_at = forms.TimeField(label=gettext_lazy("From"), widget=CLOCK)
    ends_at = forms.TimeField(label=gettext_lazy("Until"), widget=CLOCK)
    asked_by = forms.ChoiceField(
        label=gettext_lazy("Who asked for it"), choices=enums.AskedBy.choices
    )
    cause = CleanCharField(label=gettext_lazy("Cause"), max_length=200, required=False)

    def moments(self) -> tuple[datetime, datetime]:
        """Return start and end in the business zone."""
        said, zone = self.cleaned_data, calendars.zone()
        starts = datetime.combine(said["day"], said["starts_at"])
        ends = datetime.combine(said["day"], said["ends_at"])
        return timezone.make_aware(starts, zone), timezone.make_aware(ends, zone)


class AddressForm(forms.Form):
    """What the customer said is right; empty fields stay as they are."""

    name = CleanCharField(label=gettext_lazy("Recipient name"), max_length=40, required=False)
    phone = CleanCharField(label=gettext_lazy("Recipient phone"), max_length=30, required=False)
    address = CleanCharField(label=gettext_lazy("Delivery address"), max_length=200, required=False)
    way = forms.ChoiceField(label=gettext_lazy("How you asked"), choices=enums.ContactWay.choices)
    words = CleanCharField(label=gettext_lazy("What was said"), max_length=300)


class ConsentForm(forms.Form):
    """What the recipient said about a place, when and how."""

    kind = forms.ChoiceField(label=pgettext_lazy("where", "Place"), choices=PLACES)
    given = forms.ChoiceField(
        label=pgettext_lazy("consent", "Answer"),
        choices=[("yes", gettext_lazy("Agreed")), ("no", gettext_lazy("Not agreed"))],
    )
    way = forms.ChoiceField(label=gettext_lazy("How it was said"), choices=SAID)
    who = CleanCharField(label=gettext_lazy("Who said it"), max_length=60, required=False)
    at = forms.DateTimeField(label=gettext_lazy("When"), widget=LOCAL_TIME)


class AskForm(forms.Form):
    """A question to the recipient."""

    kind = forms.ChoiceField(label=pgettext_lazy("where", "Place"), choices=PLACES)
    way = forms.ChoiceField(
        label=gettext_lazy("How you ask"),
        choices=[c for c in enums.ContactWay.choices if c[0] in ("sms", "call")],
    )


class StandingForm(forms.Form):
    """A wish or consent that belongs to a phone number."""

    phone = CleanCharField(label=gettext_lazy("Phone"), max_length=30)
    way = forms.ChoiceField(
        label=gettext_lazy("Way of delivery"),
        choices=[c for c in enums.DeliveryWay.choices if c[0] not in ("collected", "counter")],
    )
    how = forms.ChoiceField(label=gettext_lazy("How it was said"), choices=SAID)
    words = CleanCharField(
        label=gettext_lazy("What the courier should know"), max_length=200, required=False
    )


class AttemptForm(forms.Form):
    """What follows a failed try."""

    next_step = forms.ChoiceField(
        label=gettext_lazy("What happens next"), choices=enums.NextStep.choices
    )
    next_on = forms.DateField(label=gettext_lazy("On which day"), widget=DAY, required=False)
    dispute = CleanCharField(
        label=gettext_lazy("What was disputed at the door"), max_length=500, required=False,
        lines=True, widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    agreed = CleanCharField(
        label=gettext_lazy("What was agreed"), max_length=500, required=False, lines=True,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    charge = CleanCharField(
        label=gettext_lazy("Charge for the third try in yuan"), max_length=15, required=False
    )
    told_of_charge = forms.BooleanField(
        label=gettext_lazy("The customer was told of the charge beforehand"), required=False
    )

    def clean_charge(self) -> int:
        """Return the amount in fen, 0 when none was typed."""
        text = self.cleaned_data["charge"]
        try:
            return parse_yuan(text) if text else 0
        except DomainError as error:
            raise forms.ValidationError(error.message, code=error.code) from error


class ContentForm(forms.Form):
    """The contents of a parcel, one line each; a line that begins with + is a gift."""

    lines = CleanCharField(
        label=gettext_lazy("Contents, one a line"), max_length=1500, lines=True,
        help_text=gettext_lazy("Example: 2 × shirt. A line that begins with + is a gift"),
        widget=forms.Textarea(attrs={"rows": 6}),
    )  # fmt: skip

    def clean_lines(self) -> list[tuple[str, int, bool]]:
        """Return (name, count, is gift) of each line."""
        found = []
        for line in self.cleaned_data["lines"].splitlines():
            text, is_gift = line.strip().removeprefix("+").strip(), line.strip().startswith("+")
            count, times, name = text.partition("×")
            number = int(count) if times and count.strip().isdecimal() else 1
            name = name.strip() if times and count.strip().isdecimal() else text
            if len(name) > 60 or not 1 <= number <= 999:
                wrong = _("At most 60 characters and 999 pieces a line: %(line)s")
                raise forms.ValidationError(wrong % {"line": text[:40]}, code="too_long")
            if name:
                found.append((name, number, is_gift))
        return found[:40]


class CollectForm(forms.Form):
    """Handing a waiting parcel over at the counter."""

    waybill = CleanCharField(label=gettext_lazy("Parcel number"), max_length=40)
    code = CleanCharField(label=gettext_lazy("Pickup code"), max_length=10, required=False)
    id_shown = forms.BooleanField(
        label=gettext_lazy("No code: a document was shown and fits the recipient"),
        required=False,
    )

    cod_paid = forms.BooleanField(
        label=gettext_lazy("Cash on delivery: goods checked, then the money was taken"),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not said.get("code") and not said.get("id_shown"):
            self.add_error("code", _("Enter the code, or tick that a document was shown"))
        return said


class RuleForm(forms.Form):
    """The rule of one kind of site."""

    accept_minutes = forms.IntegerField(
        label=gettext_lazy("Accept a round within (minutes)"), min_value=5, max_value=600
    )
    last_mile_hours = forms.IntegerField(
        label=gettext_lazy("Deliver after arrival within (hours)"), min_value=1, max_value=240
    )
    notice_minutes = forms.IntegerField(
        label=gettext_lazy("Tell the recipient within (minutes)"), min_value=1, max_value=1440
    )
    keep_hours = forms.IntegerField(
        label=gettext_lazy("Keep for collection (hours)"), min_value=1, max_value=2160
    )
    notice = CleanCharField(label=gettext_lazy("Way of notice, Chinese"), max_length=200)
    notice_en = CleanCharField(label=gettext_lazy("Way of notice, English"), max_length=200)
    placing = CleanCharField(label=gettext_lazy("Placing rule, Chinese"), max_length=300)
    placing_en = CleanCharField(label=gettext_lazy("Placing rule, English"), max_length=300)
