"""Forms of vehicles: the file, defects, readings, bookings, calls for help, maintenance."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courierqa.core.recurrence import Every
from quality.forms.raising import line, words
from quality.forms.things.fields import (
    MomentField,
    PersonField,
    SiteField,
    SiteForm,
    VehicleField,
    YuanField,
    amount,
    choice,
)
from quality.thing_enums import TicketKind
from shipments import vehicle_enums as fleet
from staff.forms.style import StyledForm, day_field


class VehicleForm(SiteForm):
    """A vehicle's file (VEH-01)."""

    plate = line(_("Plate"), most=30)
    kind = choice(_("Kind of vehicle"), fleet.VehicleKind.choices)
    energy = choice(_("Driven by"), fleet.Energy.choices)
    site = SiteField(_("Site"))
    load_kg = amount(_("May carry, kg"), least=1, most=100_000)
    space_l = amount(_("Load space, litres"), least=1, most=200_000)
    gear = forms.MultipleChoiceField(
        label=_("Safety equipment on board"), choices=fleet.SafetyGear.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    acquired_on = day_field(_("In the fleet since"), required=False)
    odometer_km = amount(_("Odometer, km"), required=False, initial=0)

    def __init__(self, *args: Any, is_new: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_new:
            for name in ("plate", "odometer_km"):
                del self.fields[name]


class FitnessForm(StyledForm):
    """Why a vehicle is taken off the road, or back."""

    reason = line(_("Reason"), most=200)


class ReadingForm(StyledForm):
    """What the odometer shows."""

    km = amount(_("Odometer, km"))
    on = day_field(_("Read on"))


class DefectForm(StyledForm):
    """What is broken."""

    what = line(pgettext_lazy("repair", "What is broken"), most=200)
    is_safety = forms.BooleanField(
        label=_("Safety defect: the vehicle may not be used until it is repaired"), required=False
    )


class SolveForm(StyledForm):
    """Which defect was repaired, and how."""

    defect = forms.ModelChoiceField(
        None, label=_("Defect"), empty_label=None,
        error_messages={"required": _("Choose one"), "invalid_choice": _("Choose one")},
    )  # fmt: skip
    solution = line(_("How it was repaired"), most=200)

    def __init__(self, *args: Any, defects: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["defect"]
        field.queryset = defects


class BookingForm(SiteForm):
    """Who drives which vehicle when (VEH-10)."""

    vehicle = VehicleField(_("Vehicle"))
    driver = PersonField(_("Driver"))
    day = day_field(_("Day"))
    shifts = forms.MultipleChoiceField(
        label=_("Shifts"), choices=fleet.Shift.choices, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one shift")},
    )  # fmt: skip
    route = line(pgettext_lazy("booking", "Route"), most=60, required=False)


class TicketForm(SiteForm):
    """A call for help (VEH-06)."""

    kind = choice(_("What happened"), TicketKind.choices)
    vehicle = VehicleField(_("Vehicle"))
    driver = PersonField(_("Driver"), required=False)
    what = words(pgettext_lazy("repair", "What is wrong"), most=200, rows=2)
    place = line(pgettext_lazy("event", "Place"), most=120, required=False)
    called_at = MomentField(label=_("Help called at"))


class ArrivedForm(StyledForm):
    """When help was there."""

    arrived_at = MomentField(label=_("Help arrived at"))


class TicketSolvedForm(StyledForm):
    """How it ended."""

    solved_at = MomentField(label=_("Solved at"))
    solution = words(pgettext_lazy("repair", "What was done"), most=300, rows=2)
    cost_fen = YuanField(label=_("Cost"))


class PlanForm(SiteForm):
    """What is serviced how often (VEH-02)."""

    vehicle = VehicleField(_("Vehicle"), required=False)
    equipment = forms.ModelChoiceField(
        None, label=_("Equipment"), to_field_name="code", required=False, empty_label="—",
        error_messages={"invalid_choice": _("Choose one of the list")},
    )  # fmt: skip
    what = line(_("What is done"), most=100)
    every = choice(_("How often"), Every.choices)
    interval = amount(_("Every how many"), least=1, most=60, initial=1)
    anchor = day_field(_("First time on"))
    every_km = amount(
        _("Or every how many km"), least=100, most=200_000, required=False,
        help_text=_("Whatever comes first makes it due"),
    )  # fmt: skip

    def __init__(self, *args: Any, equipment: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["equipment"]
        field.queryset = equipment

    def clean(self) -> dict[str, Any]:
        """Take exactly one thing."""
        said: dict[str, Any] = super().clean() or {}
        if bool(said.get("vehicle")) == bool(said.get("equipment")):
            self.add_error("vehicle", _("Choose either a vehicle or a piece of equipment"))
        return said


class MaintenanceDoneForm(StyledForm):
    """A service that was done."""

    done_on = day_field(_("Done on"))
    km = amount(_("Odometer, km"), required=False)
    cost_fen = YuanField(label=_("Cost"))
    workshop = line(_("Workshop"), most=60, required=False)
    note = words(pgettext_lazy("check", "What was found"), most=300, rows=2, required=False)


class DelayForm(StyledForm):
    """A due day moved because the thing is out of service."""

    due_day = day_field(_("Due on instead"))
    reason = line(_("Why it is out of service"), most=200)
