"""Forms of the case page: each is one deed."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from complaints import selectors
from complaints.enums import EventKind, Liability
from complaints.forms.fields import WordsField, YuanField
from complaints.work_enums import FeeLine, Payer
from courierqa.core.forms import CleanCharField
from staff.models import Employee, Site, User


class ReplyForm(forms.Form):
    """Words to the customer, by message or already told on the phone."""

    text = WordsField(
        label=_("To the customer"), rows=5, error_messages={"required": _("Enter the reply")}
    )
    final = forms.BooleanField(label=_("This is the final answer"), required=False)
    via = forms.ChoiceField(
        label=_("How"),
        choices=[("message", _("Message and status page")), ("phone", _("Told on the phone"))],
        initial="message",
    )
    # Offered only where a final answer stands already.
    once_more = forms.BooleanField(
        label=_("Send another final answer; the first one has reached the customer"),
        required=False,
    )


class NoteForm(forms.Form):
    """Words for colleagues."""

    text = WordsField(label=_("Note"), error_messages={"required": _("Enter a note")})


class TransferForm(forms.Form):
    """A question to a colleague, with their own deadline."""

    to_user = forms.ModelChoiceField(
        label=_("Colleague"),
        queryset=User.objects.none(),
        error_messages={"required": _("Choose a colleague")},
    )
    question = CleanCharField(
        label=_("What should they do?"),
        max_length=300,
        error_messages={"required": _("Enter what the colleague should do")},
    )
    hours = forms.IntegerField(
        label=_("Answer within (hours)"), min_value=1, max_value=168, initial=24
    )
    takes_over = forms.BooleanField(label=_("Hand the case over once they accept"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = cast("forms.ModelChoiceField", self.fields["to_user"])
        chosen.queryset = selectors.colleagues(at=timezone.now())


class FindingForm(forms.Form):
    """What a helper found out."""

    answer = WordsField(
        label=_("What did you find out?"),
        max_length=500,
        error_messages={"required": _("Enter what you found out")},
    )


class LiabilityForm(forms.Form):
    """Who answers for it, and why."""

    liability = forms.ChoiceField(
        label=_("Liability"),
        choices=[choice for choice in Liability.choices if choice[0] != Liability.UNDECIDED],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who is liable")},
    )
    site = forms.ModelChoiceField(
        label=_("Liable site"), queryset=Site.objects.all(), required=False
    )
    person = forms.ModelChoiceField(
        label=_("Staff number of the person"),
        queryset=Employee.objects.filter(left_on=None),
        required=False,
        to_field_name="number",
        widget=forms.TextInput(attrs={"placeholder": "E1024", "autocomplete": "off"}),
        error_messages={"invalid_choice": _("No colleague has this number")},
    )
    evidence = CleanCharField(
        label=_("Evidence in one sentence"),
        max_length=300,
        error_messages={"required": _("Enter the evidence in one sentence")},
    )


class ClaimForm(forms.Form):
    """An amount with what it is computed from."""

    event_kind = forms.ChoiceField(label=_("For"), choices=EventKind.choices)
    loss = YuanField(label=_("Loss shown (¥)"), required=False)
    share = forms.IntegerField(
        label=_("Share lost (%)"), min_value=1, max_value=100, initial=100, required=False
    )
    amount = YuanField(
        label=_("Amount (¥)"), error_messages={"required": _("Enter an amount such as 88.50")}
    )
    fee_line = forms.ChoiceField(
        label=_("Fee paid back"),
        choices=[("", _("no refund of a fee")), *FeeLine.choices],
        required=False,
    )
    paid_by = forms.ChoiceField(
        label=_("Paid from"), choices=Payer.choices, initial=Payer.COMPANY, required=False
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("event_kind") == EventKind.OVERCHARGE and not said.get("fee_line"):
            self.add_error("fee_line", _("Choose which fee is paid back"))
        return said


class ClaimDecisionForm(forms.Form):
    """Yes or no to an amount."""

    approve = forms.ChoiceField(choices=[("yes", _("Approve")), ("no", _("Reject"))])
    note = CleanCharField(label=_("Note"), max_length=300, required=False)


class ProofForm(forms.Form):
    """What a customer should show before a claim is decided."""

    asked = WordsField(
        label=_("What should the customer show?"),
        max_length=300,
        error_messages={"required": _("Enter what the customer should show")},
    )


class PayForm(forms.Form):
    """The proof of a payment."""

    payment_ref = CleanCharField(
        label=_("Payment reference"),
        max_length=60,
        error_messages={"required": _("Enter the payment reference")},
    )


class NoMoneyForm(forms.Form):
    """Why nothing is paid."""

    no_money_reason = CleanCharField(
        label=_("No compensation, because"),
        max_length=300,
        error_messages={"required": _("Enter why no compensation is due")},
    )


class CauseForm(forms.Form):
    """The eighth step: why it happened, what was learnt."""

    cause = CleanCharField(
        label=_("Cause"), max_length=60, error_messages={"required": _("Enter the cause")}
    )
    summary = CleanCharField(
        label=_("What was learnt"),
        max_length=300,
        error_messages={"required": _("Enter what was learnt")},
    )


class ReasonForm(forms.Form):
    """Why a case is reopened or withdrawn."""

    reason = CleanCharField(
        label=_("Why?"), max_length=300, error_messages={"required": _("Enter the reason")}
    )


class RevealForm(forms.Form):
    """Why a phone number must be seen; logged before it is shown."""

    reason = forms.ChoiceField(
        label=_("Why do you need the number?"),
        choices=[
            ("call_back", _("Call the customer back")),
            ("verify", _("Verify who is calling")),
            ("deliver", _("Arrange the delivery")),
        ],
    )
