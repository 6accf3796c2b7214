"""Forms of meetings, notices and tasks across units."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from courierqa.core.enums import Role
from courierqa.core.recurrence import Every
from quality.communication_enums import Carrier, MeetingKind
from quality.forms.improvement.programmes import CHOOSE, PeopleField, PeopleForm, PlaceField
from quality.forms.raising import line, words
from quality.forms.things.fields import PersonField, amount, choice
from quality.models import Meeting, Nonconformity
from staff.enums import EmployeeState
from staff.forms.style import StyledForm, day_field
from staff.models import Employee, Site

STAFF_ROLES = [one for one in Role.choices if one[0] not in (Role.API, Role.PUBLIC)]


class MeetingForm(PeopleForm):
    """One meeting."""

    kind = choice(pgettext_lazy("meeting", "Kind"), MeetingKind.choices)
    title = line(gettext_lazy("Title"), most=100)
    site = PlaceField()
    chair = PersonField(pgettext_lazy("meeting", "Chair"))
    on = day_field(pgettext_lazy("meeting", "Day"))
    place = line(gettext_lazy("Where"), most=80, required=False)
    agenda = words(gettext_lazy("Agenda"), most=1000, rows=4)

    def __init__(self, *args: Any, sites: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["site"]
        field.queryset = sites


class SeriesForm(MeetingForm):
    """Meetings by a rule."""

    people = PeopleField(gettext_lazy("Who belongs to it"))
    every = choice(gettext_lazy("How often"), Every.choices)
    interval = amount(gettext_lazy("Every how many of these"), least=1, most=24, initial=1)
    anchor = day_field(gettext_lazy("First meeting"))
    on = None
    place = None


class MinutesForm(StyledForm):
    """A meeting that was held: who came, what was said."""

    held_on = day_field(pgettext_lazy("meeting", "Held on"))
    there = forms.ModelMultipleChoiceField(
        Employee.objects.none(), label=gettext_lazy("Who was there"), to_field_name="number",
        widget=forms.CheckboxSelectMultiple, required=False,
        error_messages={"invalid_choice": CHOOSE},
    )  # fmt: skip
    excused = PeopleField(gettext_lazy("Excused"), required=False)
    minutes = words(pgettext_lazy("meeting", "Minutes"), most=20_000, rows=8)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Employee.objects.exclude(state=EmployeeState.LEFT).order_by("number")
        if meeting.plan is not None:
            ids = [*meeting.plan.people.values_list("pk", flat=True), meeting.chair_id]
            rows = rows.filter(pk__in=ids)
        elif meeting.site is not None:
            rows = rows.filter(site__in=[meeting.site_id, meeting.chair.site_id])
        fields: dict[str, Any] = self.fields
        fields["there"].queryset = rows
        fields["excused"].queryset = rows


class DecisionForm(StyledForm):
    """What a meeting decided."""

    text = words(gettext_lazy("What was decided"), most=500, rows=2)
    nonconformity = forms.ModelChoiceField(
        Nonconformity.objects.none(), label=gettext_lazy("Nonconformity it deals with"),
        to_field_name="number", required=False, empty_label="—",
        error_messages={"invalid_choice": CHOOSE},
    )  # fmt: skip

    def __init__(self, *args: Any, rows: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["nonconformity"]
        field.queryset = rows
        field.label_from_instance = lambda one: f"{one.number} {one.title[:50]}"


class MoveForm(StyledForm):
    """Another day for a meeting."""

    due_day = day_field(gettext_lazy("New day"))
    reason = line(gettext_lazy("Reason"), most=300)


class EndForm(StyledForm):
    """The end of a series."""

    on = day_field(pgettext_lazy("meeting", "Last day"))
    reason = line(gettext_lazy("Reason"), most=200)


class NoticeForm(PeopleForm):
    """A notice and whom it concerns."""

    title = line(gettext_lazy("Title"), most=100)
    text = words(gettext_lazy("Text"), most=10_000, rows=8)
    due_on = day_field(gettext_lazy("To be confirmed by"))
    sites = forms.ModelMultipleChoiceField(
        Site.objects.none(), label=gettext_lazy("Sites"), to_field_name="code", required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text=gettext_lazy("None chosen: every site"),
        error_messages={"invalid_choice": CHOOSE},
    )  # fmt: skip
    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Roles"), choices=STAFF_ROLES, required=False,
        widget=forms.CheckboxSelectMultiple, help_text=gettext_lazy("None chosen: every role"),
        error_messages={"invalid_choice": CHOOSE},
    )  # fmt: skip
    people = PeopleField(gettext_lazy("People besides"), required=False)
    carriers = forms.MultipleChoiceField(
        label=gettext_lazy("Also published on"), choices=Carrier.choices, required=False,
        widget=forms.CheckboxSelectMultiple, error_messages={"invalid_choice": CHOOSE},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["sites"]
        field.queryset = Site.objects.filter(closed_on=None).exclude(kind="locker").order_by("code")


class TaskForm(PeopleForm):
    """A task for one or more units."""

    title = line(gettext_lazy("Title"), most=100)
    text = words(gettext_lazy("What is wanted"), most=1000, required=False)
    owner = PersonField(pgettext_lazy("task", "Coordinated by"))
    due_on = day_field(gettext_lazy("Deadline for all"))
    parts = forms.CharField(
        label=gettext_lazy("Who does which part"), max_length=6000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("One part a line: staff number, blank, what this person does"),
        error_messages={"required": gettext_lazy("Write at least one line")},
    )  # fmt: skip

    def clean_parts(self) -> list[tuple[Employee, str]]:
        """Read the lines; each names somebody who works here."""
        lines = [one.strip() for one in self.cleaned_data["parts"].splitlines() if one.strip()]
        split = [one.split(maxsplit=1) for one in lines]
        numbers = {parts[0].upper() for parts in split}
        here = Employee.objects.exclude(state=EmployeeState.LEFT).filter(number__in=numbers)
        people = {one.number: one for one in here.select_related("site")}
        found = []
        for parts in split:
            person = people.get(parts[0].upper())
            if person is None or len(parts) < 2:
                wrong = _("“%(line)s” is no part. Write: staff number, blank, what to do")
                raise forms.ValidationError(wrong % {"line": " ".join(parts)[:40]})
            found.append((person, parts[1]))
        return found


class ReportForm(StyledForm):
    """What was done of a part, and what shows it."""

    note = words(gettext_lazy("What was done"), most=500, rows=3)
    reference = line(gettext_lazy("Record that shows it"), most=100, required=False,
                     help_text=gettext_lazy("A number, or a file below"))  # fmt: skip
    file = forms.FileField(label=gettext_lazy("Picture or PDF"), required=False)
