"""Forms of checklists, plans, findings, evaluations and clips."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courierqa.core.recurrence import Every
from quality import inspection_enums as enums
from quality.forms.documents import DecideVersionForm
from quality.forms.raising import line, person, words
from quality.models import Checklist, Norm
from shipments.models import ViolationKind
from staff.enums import EmployeeState
from staff.forms.style import StyledForm, choose, day_field
from staff.models import Employee, Site


def pick(label: Any, rows: Any, key: str, *, required: bool = True) -> forms.ModelChoiceField:
    """Return a choice among records, named by their own code."""
    return forms.ModelChoiceField(
        label=label, queryset=rows, to_field_name=key, required=required,
        empty_label=_("Choose") if required else "—",
        error_messages={"required": _("Choose one of the list"),
                        "invalid_choice": _("Choose one of the list")},
    )  # fmt: skip


def one_of(label: Any, choices: Any) -> forms.ChoiceField:
    """Return a choice of fixed words."""
    return forms.ChoiceField(
        label=label, choices=choose(choices),
        error_messages={"required": _("Choose one of the list")},
    )  # fmt: skip


def present() -> Any:
    """Return the people who work here."""
    return Employee.objects.exclude(state=EmployeeState.LEFT).order_by("number")


class PlanForm(StyledForm):
    """A plan: what, where, who, how often."""

    checklist = pick(_("Checklist"), Checklist.objects.filter(is_active=True), "code")
    site = pick(_("Site"), Site.objects.filter(closed_on=None), "code")
    kind = one_of(_("Chosen by chance, or for a reason?"), enums.SampleKind.choices)
    reason = line(_("Reason of a targeted inspection"), most=200, required=False)
    lead = person(_("Leader"))
    members = forms.ModelMultipleChoiceField(
        Employee.objects.none(), label=_("Others of the team"), required=False,
        to_field_name="number", help_text=_("With others it is a joint inspection"),
    )  # fmt: skip
    every = one_of(_("How often"), Every.choices)
    interval = forms.IntegerField(label=_("Every how many of them"), min_value=1, max_value=24,
                                  initial=1)  # fmt: skip
    starts_on = day_field(_("First day"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["lead"].queryset = fields["members"].queryset = present()


class MoveForm(StyledForm):
    due_day = day_field(_("New day"))
    reason = line(_("Reason"), most=200)


class EndForm(StyledForm):
    on = day_field(pgettext_lazy("plan", "Last day"))
    reason = line(_("Reason"), most=200)


class CorrectForm(StyledForm):
    """A correction of one grade; what was graded stays on record."""

    grade = one_of(_("Right grade"), enums.PointGrade.choices)
    reason = line(_("Why is it corrected?"), most=300)


class FixForm(StyledForm):
    text = words(_("How was it mended?"), most=500)
    file = forms.FileField(
        label=_("Photo or PDF that shows it"),
        error_messages={"required": _("Add a photo or a PDF that shows it")},
    )


class JudgeForm(StyledForm):
    is_mended = forms.TypedChoiceField(
        label=_("What do you see?"), coerce=lambda value: value == "yes",
        choices=[("yes", _("It is mended")), ("no", _("It is not mended"))],
        widget=forms.RadioSelect, error_messages={"required": _("Choose one of the two")},
    )  # fmt: skip
    note = line(_("Note; needed when it goes back"), most=300, required=False)


class ExtendForm(StyledForm):
    due_on = day_field(_("New day"))
    reason = line(_("Reason"), most=300)


class ViolationForm(StyledForm):
    """A finding as a courier's violation; discipline follows from there."""

    waybill = line(_("Number of the parcel"), most=40)
    courier = person(_("Courier"))
    kind = pick(_("What was done"), ViolationKind.objects.filter(is_active=True), "code")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["courier"].queryset = present()


class OwnerForm(StyledForm):
    owner = person(_("Owner"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["owner"].queryset = present()


class PointForm(StyledForm):
    """One point of a draft."""

    area = one_of(_("Group"), enums.Area.choices)
    text = line(_("What is looked at, in Chinese"), most=160)
    text_en = line(_("What is looked at, in English"), most=160)
    method = one_of(_("Method"), enums.Method.choices)
    every = one_of(_("How often"), Every.choices)
    limit = line(_("Limit, in Chinese"), most=80, required=False)
    limit_en = line(_("Limit, in English"), most=80, required=False)
    norm = pick(_("Rule it checks"), Norm.objects.filter(is_active=True), "code", required=False)
    is_critical = forms.BooleanField(
        label=_("Critical: when it fails, the whole inspection fails"), required=False
    )
    # Which words the writer began with; empty for a new point.
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


class NothingForm(StyledForm):
    """A deed without anything to fill in."""


class DecideChecklistForm(DecideVersionForm):
    """Approve or send back; `seen` says which state of the draft the approver was shown."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


class EvaluationForm(StyledForm):
    kind = one_of(_("Who evaluated"), enums.EvaluatorKind.choices)
    body = line(_("Name of the unit or body"))
    subject = line(_("What was evaluated"), most=160)
    site = pick(_("Site"), Site.objects.all(), "code", required=False)
    on = day_field(_("Day"))
    result = words(_("Result"))
    file = forms.FileField(
        label=_("Report, PDF or picture"), error_messages={"required": _("Add the report")}
    )


class EvaluationPlanForm(StyledForm):
    year = forms.IntegerField(label=_("Year"), min_value=2020, max_value=2100)
    name = line(pgettext_lazy("plan", "Name"))
    scope = words(_("What is evaluated, and how"), most=500)
    owner = person(_("Owner"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["owner"].queryset = present()


class MilestoneForm(StyledForm):
    name = line(_("Time node"))
    due_on = day_field(_("Due on"))


class ResultForm(StyledForm):
    done_on = day_field(_("Done on"))
    result = words(_("Result"))


class ReviewForm(StyledForm):
    process = one_of(pgettext_lazy("label", "Process"), enums.Process.choices)
    on = day_field(_("Reviewed on"))
    outcome = one_of(pgettext_lazy("review", "Outcome"), enums.ReviewOutcome.choices)
    text = words(_("What was looked at, what follows"))
    next_on = day_field(_("Next review"))


class ClipForm(StyledForm):
    site = pick(_("Site"), Site.objects.none(), "code")
    camera = line(_("Camera"), most=60)
    from_at = forms.DateTimeField(label=pgettext_lazy("time", "From"), widget=forms.DateTimeInput(
        format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}))  # fmt: skip
    to_at = forms.DateTimeField(label=pgettext_lazy("time", "To"), widget=forms.DateTimeInput(
        format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}))  # fmt: skip
    about = line(_("Number of the complaint, parcel or finding it shows"), most=60)
    kept_at = line(_("Where the copy lies"), most=160)
    keep_until = day_field(_("Kept until"))
    note = line(_("Note"), most=300, required=False)

    def __init__(self, *args: Any, sites: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["site"].queryset = sites
