"""The result of a follow-up call."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from complaints.enums import FollowUpResult
from courierqa.core.calendars import zone
from courierqa.core.forms import CleanCharField


class CallForm(forms.Form):
    """One of four results; a later call needs its time, an unhappy customer the reason."""

    result = forms.ChoiceField(
        label=_("Result"),
        choices=FollowUpResult.choices,
        error_messages={"required": _("Choose the result of the call")},
    )
    note = CleanCharField(label=_("Note"), max_length=300, required=False)
    at = forms.TimeField(
        label=_("Call again at"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        found["call_again_at"] = _next(found.get("at")) if found.get("at") else None
        if found.get("result") == FollowUpResult.LATER and not found["call_again_at"]:
            self.add_error("at", _("Enter when to call again"))
        if found.get("result") == FollowUpResult.UNSATISFIED and not found.get("note"):
            self.add_error("note", _("Enter what the customer is not satisfied with"))
        return found


def _next(clock: Any) -> datetime:
    """Return the next moment the clock shows this time in the business zone."""
    now = timezone.localtime(timezone.now(), zone())
    moment = datetime.combine(now.date(), clock, zone())
    return moment if moment > now else moment + timedelta(days=1)
