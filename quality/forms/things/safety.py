"""Forms of hazards, incidents, emergency plans, drills and areas of risk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from quality.forms.raising import line, words
from quality.forms.things.fields import (
    MomentField,
    PersonField,
    SiteField,
    SiteForm,
    YuanField,
    amount,
    choice,
    contact_lines,
)
from quality.models import EmergencyPlan
from quality.thing_enums import HazardLevel, IncidentKind, IncidentSeverity
from staff.enums import EmployeeState
from staff.forms.style import StyledForm, day_field
from staff.models import Employee

GONE = [("yes", pgettext_lazy("hazard", "It is gone")),
        ("no", pgettext_lazy("hazard", "It is still there"))]  # fmt: skip


class HazardForm(SiteForm):
    """A danger found (SAF-04)."""

    site = SiteField(_("Site"))
    level = choice(
        _("Level"), HazardLevel.choices,
        help_text=_("A major one stops the work there until it is verified"),
    )  # fmt: skip
    what = words(_("What is dangerous"), most=200, rows=2)
    place = line(_("Where exactly"), most=80, required=False)
    owner = PersonField(_("Who removes it"))
    due_on = day_field(_("Removed by"))


class RemovedForm(StyledForm):
    """How a hazard was removed."""

    how = words(_("How it was removed"), most=300, rows=2)


class VerifyForm(StyledForm):
    """Whether a hazard is gone, seen by somebody else."""

    is_gone = choice(_("What do you see?"), GONE)
    note = line(_("Note"), most=300, required=False)


class IncidentForm(SiteForm):
    """Something that happened (SAF-03)."""

    kind = choice(_("What happened"), IncidentKind.choices)
    severity = choice(_("How grave"), IncidentSeverity.choices)
    site = SiteField(_("Site"))
    what = words(_("In a few words"), most=500, rows=3)
    place = line(pgettext_lazy("event", "Place"), most=120, required=False)
    happened_at = MomentField(label=_("When"))
    people_hurt = amount(_("People hurt"), most=1000, initial=0)
    is_commuting = forms.BooleanField(label=_("On the way to or from work"), required=False)


class NoteForm(StyledForm):
    """A line of the time line."""

    text = words(pgettext_lazy("repair", "What was done"), most=300, rows=2)


class OutcomeForm(StyledForm):
    """What came of an incident."""

    outcome = words(_("What came of it"), most=500, rows=3)
    people_hurt = amount(_("People hurt"), most=1000)
    damage_fen = YuanField(label=pgettext_lazy("incident", "Damage"))


class EmergencyForm(StyledForm):
    """An emergency plan and its call list (SAF-02)."""

    title = line(_("Title"), most=80)
    steps = words(_("What to do, step by step"), rows=6)
    contacts = words(_("Whom to call, in this order"), rows=4,
                     help_text=_("One office a line, its number last"))  # fmt: skip
    drill_days = amount(_("Days between two drills"), least=30, most=1100)

    def clean_contacts(self) -> list[tuple[str, str]]:
        """Read the call list."""
        return contact_lines(self.cleaned_data["contacts"])


class DrillForm(SiteForm):
    """A drill to be held."""

    plan = forms.ModelChoiceField(
        EmergencyPlan.objects.all(), label=_("Emergency plan"), to_field_name="kind",
        empty_label=_("Choose"), error_messages={"required": _("Choose one")},
    )  # fmt: skip
    site = SiteField(_("Site"))
    planned_on = day_field(_("Planned for"))


class HeldForm(StyledForm):
    """A drill that was held, with who took part (SAF-08)."""

    held_on = day_field(pgettext_lazy("drill", "Held on"))
    people = forms.ModelMultipleChoiceField(
        Employee.objects.none(), label=_("Who took part"), to_field_name="number", required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose a person of the list")},
    )  # fmt: skip
    partners = line(_("Police, fire brigade or neighbours"), most=120, required=False)
    lessons = words(_("What was learnt"), most=500, rows=2)

    def __init__(self, *args: Any, site: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Employee.objects.filter(site=site).exclude(state=EmployeeState.LEFT)
        field: Any = self.fields["people"]
        field.queryset = rows.order_by("number")


class MoveDrillForm(StyledForm):
    """A drill put off."""

    planned_on = day_field(_("Planned for"))
    reason = line(_("Reason"), most=200)


class RiskAreaForm(StyledForm):
    """An area couriers avoid or enter with care (SAF-06)."""

    name = line(_("Name"), most=60)
    city = line(_("City"), most=40, required=False)
    keywords = line(_("Words of its addresses"), most=300,
                    help_text=_("Streets or places, separated by commas"))  # fmt: skip
    advice = line(_("What to do there"), most=200)
    until = day_field(_("Holds until"), required=False)
    is_active = forms.BooleanField(label=_("Shown on run sheets"), required=False, initial=True)

    def clean_keywords(self) -> list[str]:
        """Read the words, in whichever comma they were separated."""
        text = self.cleaned_data["keywords"].replace("，", ",").replace("、", ",")
        return [word.strip() for word in text.split(",") if word.strip()]
