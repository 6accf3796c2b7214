"""Forms of posts, teams, the training plan, question bank and supervision."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from staff import enums
from staff.forms.style import StyledForm, choose, day_field, text_field
from staff.models import Course, Employee, Post, Site


def pick(label: Any, rows: Any, key: str, *, required: bool = True) -> forms.ModelChoiceField:
    """Return a choice among records, named by their own code."""
    return forms.ModelChoiceField(
        label=label, queryset=rows, to_field_name=key, required=required,
        empty_label=_("Choose") if required else "—",
    )  # fmt: skip


def words(label: Any, *, rows: int = 3, most: int = 1000, required: bool = True) -> Any:
    """Return a tall text field."""
    return text_field(label, _("Fill this in"), rows=rows, max_length=most, required=required)


def line(label: Any, *, most: int = 100, required: bool = True) -> Any:
    """Return a one-line text field."""
    return text_field(label, _("Fill this in"), max_length=most, required=required)


class PeopleForm(StyledForm):
    """A form that names a person within the reader's reach as `person`."""

    def __init__(self, *args: Any, people: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        if people is not None and "person" in fields:
            fields["person"].queryset = people


class ReviseForm(StyledForm):
    duties = words(_("Duties, one a line"), rows=6, most=4000, required=False)
    duties_en = words(_("Duties in English"), rows=6, most=4000, required=False)
    standard = words(_("Who may take this post"), rows=4, most=4000, required=False)
    standard_en = words(_("Who may take it, in English"), rows=4, most=4000, required=False)
    reviewed_on = day_field(_("Reviewed on"))


class RequirementsForm(StyledForm):
    courses = forms.ModelMultipleChoiceField(
        label=_("Required courses"), queryset=Course.objects.all(), to_field_name="code",
        required=False, widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    from_on = day_field(_("Counts from day"))


class WithdrawForm(StyledForm):
    on = day_field(_("Not valid from day"))
    reason = line(_("Reason"), most=200)


class MoveForm(StyledForm):
    post = pick(_("Post"), Post.objects.all(), "code")
    site = pick(_("Site"), Site.objects.filter(closed_on=None), "code")
    on = day_field(_("From day"))
    reason = line(_("Reason"), most=200)


class UnitForm(StyledForm):
    head = pick(_("Head of the unit"), Employee.objects.exclude(state="left"), "number",
                required=False)  # fmt: skip
    duties = words(_("Duties, one a line"), rows=6, most=4000, required=False)
    duties_en = words(_("Duties in English"), rows=6, most=4000, required=False)


class TeamForm(PeopleForm):
    name = line(_("Name of the team"), most=60)
    site = pick(_("Site"), Site.objects.filter(closed_on=None), "code")
    aim = words(_("Aim of the team"), most=300)
    person = pick(_("Leader"), Employee.objects.none(), "number", required=False)


class MemberForm(PeopleForm):
    person = pick(_("Person"), Employee.objects.none(), "number")
    role = line(_("Task in the team"), most=60, required=False)


class LeaveTeamForm(PeopleForm):
    person = pick(_("Person"), Employee.objects.none(), "number")


class SessionForm(StyledForm):
    course = pick(_("Course"), Course.objects.all(), "code")
    site = pick(_("Site"), Site.objects.filter(closed_on=None), "code", required=False)
    trainer = line(_("Trainer"), most=60, required=False)
    on = day_field(_("Planned day"))
    effect_due_on = day_field(_("Effect to be checked by"), required=False)


class MoveSessionForm(StyledForm):
    on = day_field(_("New day"))
    reason = line(_("Reason"), most=200)


class HoldForm(StyledForm):
    on = day_field(_("Held on"))
    present = forms.ModelMultipleChoiceField(
        label=_("Who came"), queryset=Employee.objects.none(), to_field_name="number",
        required=False, widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["present"].queryset = people


class WhyForm(StyledForm):
    reason = line(_("Reason"), most=200)


class EffectForm(StyledForm):
    """A test by hand; figures are compared on a page of their own and never typed in."""

    before = line(_("Before"), most=60, required=False)
    after = line(_("After"), most=60, required=False)
    is_effective = forms.BooleanField(label=_("It helped"), required=False)
    note = words(_("What shows it"), most=300)


class NeedForm(PeopleForm):
    person = pick(_("Person"), Employee.objects.none(), "number")
    source = forms.ChoiceField(label=_("Where it was seen"),
                               choices=choose(enums.NeedSource.choices))  # fmt: skip
    reference = line(_("Number of the record"), most=60, required=False)
    text = words(_("What must be learned"), most=500)


class AnswerNeedForm(StyledForm):
    course = pick(_("Course"), Course.objects.all(), "code", required=False)
    due_on = day_field(_("Due on"), required=False)
    answer = line(_("Answer"), most=300, required=False)


class QuestionForm(StyledForm):
    """A question in both languages; empty options are left out."""

    text = words(_("Question"), rows=2, most=500)
    text_en = words(_("Question in English"), rows=2, most=500)
    correct = forms.ChoiceField(label=_("Right answer"), choices=[(k, k) for k in "ABCD"])
    explanation = words(_("Why"), rows=2, most=500)
    explanation_en = words(_("Why, in English"), rows=2, most=500)
    section = line(_("Section"), most=40, required=False)
    is_active = forms.BooleanField(label=_("In use"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key in "ABCD":
            needed = key in "AB"
            self.fields[f"zh_{key}"] = line(f"{key}", most=200, required=needed)
            self.fields[f"en_{key}"] = line(f"{key} (EN)", most=200, required=needed)
        for name in self.fields:
            self.fields[name].widget.attrs.setdefault("class", "form-control")

    def options(self) -> list[dict[str, str]]:
        """Return the options that have text in both languages."""
        said = self.cleaned_data
        return [{"key": key, "zh": said[f"zh_{key}"], "en": said[f"en_{key}"]}
                for key in "ABCD" if said[f"zh_{key}"] and said[f"en_{key}"]]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for key in "CD":
            if bool(cleaned.get(f"zh_{key}")) != bool(cleaned.get(f"en_{key}")):
                self.add_error(f"en_{key}", _("Write this answer in both languages"))
        if cleaned.get("correct") and not cleaned.get(f"zh_{cleaned['correct']}"):
            self.add_error("correct", _("The right answer has no text"))
        return cleaned


class ExamForm(StyledForm):
    size = forms.IntegerField(label=_("Questions on a paper"), min_value=1, max_value=100)
    pass_percent = forms.IntegerField(label=_("To pass, percent"), min_value=1, max_value=100)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=240)
    extra_minutes = forms.IntegerField(label=_("Minutes more on request"), min_value=0,
                                       max_value=120)  # fmt: skip
    max_attempts = forms.IntegerField(label=_("Attempts"), min_value=1, max_value=10)
    retake_hours = forms.IntegerField(label=_("Hours between attempts"), min_value=0,
                                      max_value=720)  # fmt: skip
    practice = forms.IntegerField(label=_("Practical part, points to pass"), min_value=1,
                                  max_value=100, required=False)  # fmt: skip
    blueprint = words(_("Questions of a section, one a line: section = number"), rows=4,
                      required=False)  # fmt: skip

    def clean_blueprint(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for text in self.cleaned_data["blueprint"].splitlines():
            section, _sign, count = text.partition("=")
            if not text.strip():
                continue
            if not section.strip() or not count.strip().isdecimal():
                raise forms.ValidationError(_("Write each line as: section = number"))
            found[section.strip()] = int(count)
        return found


class ExternalForm(StyledForm):
    course = pick(_("Certificate"), Course.objects.all(), "code")
    issuer = line(_("Issued by"))
    outer_number = line(_("Number on the paper"), most=60)
    level = line(_("Level"), most=40, required=False)
    issued_on = day_field(_("Issued on"))
    expires_on = day_field(_("Valid until"), required=False)


class PracticeForm(StyledForm):
    course = pick(_("Course"), Course.objects.exclude(practice_percent=None), "code")
    percent = forms.IntegerField(label=_("Points of 100"), min_value=0, max_value=100)
    note = line(_("Note"), most=300, required=False)


class ObserveForm(StyledForm):
    """One answer a point; what was not seen stays out of the count."""

    kind = forms.ChoiceField(label=_("Kind"), choices=enums.ObservationKind.choices)
    on = day_field(_("Day"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, label in enums.ObservationItem.choices:
            self.fields[f"item_{code}"] = forms.ChoiceField(
                label=label, choices=enums.Answer.choices, initial=enums.Answer.NA,
                widget=forms.RadioSelect(attrs={"class": "form-check-input"}), required=False,
            )  # fmt: skip
        self.fields["note"] = words(_("What you saw"), required=False)
        self.fields["note"].widget.attrs.setdefault("class", "form-control")

    def answers(self) -> dict[str, str]:
        """Return code → answer."""
        said = self.cleaned_data
        return {code: said.get(f"item_{code}") or enums.Answer.NA.value
                for code in enums.ObservationItem.values}  # fmt: skip


class CoachForm(StyledForm):
    text = words(_("What you agreed"))
    next_on = day_field(_("Look again on"), required=False)


class ResultForm(StyledForm):
    result = line(_("What came of it"), most=300)
