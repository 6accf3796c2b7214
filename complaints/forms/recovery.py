"""Forms of money that came back for a claim."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from complaints.forms.fields import YuanField
from complaints.services.recovering import Received
from complaints.work_enums import RecoveredFrom
from courierqa.core.forms import CleanCharField


class RecoveryForm(forms.Form):
    """How much came back, from whom, when, and the document that shows it."""

    amount = YuanField(
        label=_("Amount (¥)"), error_messages={"required": _("Enter the amount that came back")}
    )
    source = forms.ChoiceField(label=_("Paid back by"), choices=RecoveredFrom.choices)
    party = CleanCharField(
        label=_("Name of the payer"), max_length=80,
        error_messages={"required": _("Enter who paid it back")},
    )  # fmt: skip
    received_on = forms.DateField(
        label=_("Money received on"), widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": _("Choose a day"), "invalid": _("Choose a day")},
    )  # fmt: skip
    document_no = CleanCharField(
        label=_("Document number"), max_length=60,
        error_messages={"required": _("Enter the number of the document")},
    )  # fmt: skip

    def received(self) -> Received:
        """Return what was typed."""
        said = self.cleaned_data
        return Received(
            said["amount"], RecoveredFrom(said["source"]), said["party"], said["received_on"],
            said["document_no"],
        )  # fmt: skip


class TakeBackForm(forms.Form):
    """Why an entry is taken back."""

    reason = CleanCharField(
        label=_("Why it is taken back"), max_length=300,
        error_messages={"required": _("Enter why it is taken back")},
    )  # fmt: skip
