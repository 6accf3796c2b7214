"""Forms about exceptions: the report, and one small form per deed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courierqa.core.forms import CleanCharField
from shipments import enums
from shipments.forms.parcels import LOCAL_TIME
from shipments.models import ExceptionClass
from staff.models import Employee, Site

AREA = forms.Textarea(attrs={"rows": 3})
PLANS = [("", "—"), *enums.Plan.choices]


class ExceptionForm(forms.Form):
    """Something gone wrong, reported by hand: what, when seen, where, how it looks (EXC-02)."""

    kind = forms.ModelChoiceField(
        ExceptionClass.objects.none(), label=_("What is wrong"), to_field_name="code",
        empty_label=None,
        help_text=_("The customer is told within the time limit of its class"),
    )  # fmt: skip
    note = CleanCharField(
        label=_("Description"), max_length=300, lines=True, widget=AREA,
        help_text=_("What you see, in your own words; no names or phone numbers"),
    )  # fmt: skip
    found_at = forms.DateTimeField(
        label=_("Found at"), required=False, widget=LOCAL_TIME,
        help_text=_("When it was seen; the time until this report is counted"),
    )  # fmt: skip
    place = CleanCharField(label=_("Exact place"), max_length=60, required=False)
    photo = forms.FileField(
        label=_("Photo"), required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )  # fmt: skip

    def __init__(self, *args: Any, classes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["kind"].queryset = classes

    def values(self) -> dict[str, Any]:
        """Return what the service takes; the picture as bytes."""
        said = dict(self.cleaned_data)
        said["kind"] = said["kind"].code
        said["photo"] = said["photo"].read() if said["photo"] else b""
        return said


class NoteForm(forms.Form):
    """Words that go with a deed; the service says which deed needs them."""

    note = CleanCharField(label=_("Note"), max_length=300, lines=True, required=False, widget=AREA)


class SolveForm(NoteForm):
    """What solved it; a misdelivery may turn out to be none."""

    proved_wrong = forms.BooleanField(
        label=_("The report was wrong"), required=False,
        help_text=_("The right person has the parcel: it is no misdelivery"),
    )  # fmt: skip

    def __init__(
        self, *args: Any, kind: str = enums.ExceptionKind.MISDELIVERED, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        if kind != enums.ExceptionKind.MISDELIVERED:
            del self.fields["proved_wrong"]


class TellForm(NoteForm):
    """What the customer was told, and what is offered."""

    plan = forms.ChoiceField(label=_("What you offer"), choices=PLANS, required=False)


class PlanForm(NoteForm):
    """What will be done, and until when."""

    plan = forms.ChoiceField(label=_("Plan"), choices=PLANS, required=False)
    due_at = forms.DateTimeField(
        label=_("Until"), required=False, widget=LOCAL_TIME,
        help_text=_("Empty: the time limit of its class"),
    )  # fmt: skip


class StepForm(forms.Form):
    """One step that was done."""

    step = forms.IntegerField(min_value=0, max_value=8)
    note = CleanCharField(label=_("Note"), max_length=200, required=False)


class AnalyseForm(forms.Form):
    """Why it happened."""

    root_cause = CleanCharField(
        label=_("Why it happened"), max_length=300, lines=True, required=False, widget=AREA
    )


class PhotoForm(forms.Form):
    """One more picture."""

    photo = forms.FileField(
        label=_("Photo"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )


class BlameForm(forms.Form):
    """Who answers for it, on which evidence (EXC-13)."""

    party = forms.ChoiceField(label=_("Who answers for it"), choices=enums.Blame.choices)
    site = forms.ModelChoiceField(
        Site.objects.none(), label=_("Site"), to_field_name="code", required=False,
        empty_label="—",
    )  # fmt: skip
    person = forms.ModelChoiceField(
        Employee.objects.all(), label=_("Staff number"), to_field_name="number", required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": "20"}),
        error_messages={"invalid_choice": _("No one has this staff number")},
    )  # fmt: skip
    evidence = CleanCharField(label=_("Evidence"), max_length=500, lines=True, widget=AREA)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["site"].queryset = Site.objects.order_by("code")


class AppealForm(forms.Form):
    """Why the person or site named disagrees."""

    appeal = CleanCharField(label=_("Why you disagree"), max_length=500, lines=True, widget=AREA)


class AnswerForm(forms.Form):
    """The decision on an appeal."""

    uphold = forms.TypedChoiceField(
        label=_("Decision"), coerce=lambda value: value == "yes", widget=forms.RadioSelect,
        choices=[("yes", _("It stays as decided")), ("no", _("It is lifted"))],
    )  # fmt: skip
    answer = CleanCharField(label=_("Reasons"), max_length=500, lines=True, widget=AREA)


class StopForm(forms.Form):
    """Why a parcel is stopped, or what the check found before it is released."""

    why = CleanCharField(label=_("Why"), max_length=300, lines=True, widget=AREA)
