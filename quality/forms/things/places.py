"""Forms of equipment, licences, protective gear, and destroyed records."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from quality.forms.raising import line, words
from quality.forms.things.fields import (
    PersonField,
    SiteField,
    SiteForm,
    VehicleField,
    amount,
    choice,
)
from quality.thing_enums import CheckResult, DestroyWay, EquipmentKind, GearKind, LicenceKind
from staff.forms.style import StyledForm, day_field

YES_NO = [("yes", pgettext_lazy("guards", "Yes, all")), ("no", pgettext_lazy("guards", "No"))]


class EquipmentForm(SiteForm):
    """The file of a machine or device (VEH-07, VEH-08)."""

    code = line(_("Code"), most=20)
    name = line(_("Name"), most=60)
    kind = choice(_("Kind"), EquipmentKind.choices)
    site = SiteField(_("Site"))
    sop = line(_("Written rules it is operated by"), most=60, required=False,
               help_text=_("Needed for sorting machines, conveyors and lifts"))  # fmt: skip
    valid_until = day_field(_("Inspection holds until"), required=False)

    def __init__(self, *args: Any, is_new: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_new:
            del self.fields["code"]


class EquipmentCheckForm(StyledForm):
    """One look at a machine or device."""

    on = day_field(_("Looked at on"))
    guards_in_place = forms.ChoiceField(
        label=_("Is every guard in place?"), choices=[("", "—"), *YES_NO], required=False
    )
    result = choice(_("Result"), CheckResult.choices)
    valid_until = day_field(_("Inspection holds until"), required=False)
    note = words(pgettext_lazy("check", "What was found"), most=200, rows=2, required=False)

    def clean_guards_in_place(self) -> bool | None:
        """Return whether the guards are in place; None where nobody said."""
        said = self.cleaned_data["guards_in_place"]
        return said == "yes" if said else None


class ReasonForm(StyledForm):
    """Why."""

    reason = line(_("Reason"), most=200)


class TermForm(StyledForm):
    """The term of a licence as its paper states it."""

    number = line(pgettext_lazy("licence", "Number"), most=60)
    issued_on = day_field(_("Issued on"))
    expires_on = day_field(pgettext_lazy("expiry", "Ends on"), required=False,
                           help_text=_("Left empty: it does not end"))  # fmt: skip
    file = forms.FileField(label=_("The paper"), required=False,
                           help_text=_("A picture or a PDF, at most 10 MB"))  # fmt: skip


class LicenceForm(SiteForm, TermForm):
    """A licence with its first term (LIC-01)."""

    kind = choice(_("Kind"), LicenceKind.choices)
    name = line(_("Name"), most=80)
    scope = words(_("What it allows"), most=300, rows=2, required=False)
    authority = line(_("Issued by"), most=80, required=False)
    site = SiteField(_("Of the site"), required=False)
    vehicle = VehicleField(_("Of the vehicle"), required=False)
    holder = PersonField(_("Of the person"), required=False)
    field_order = ("kind", "name", "number", "issued_on", "expires_on", "scope", "authority",
                   "site", "vehicle", "holder", "file")  # fmt: skip


class DayForm(StyledForm):
    """The day of a deed."""

    on = day_field(_("On"))


class GearForm(SiteForm):
    """Protective gear handed out (VEH-09)."""

    employee = PersonField(_("To whom"))
    kind = choice(pgettext_lazy("gear", "What"), GearKind.choices)
    pieces = amount(_("Pieces"), least=1, most=100, initial=1)
    issued_on = day_field(_("Handed out on"))
    replace_on = day_field(_("To be replaced on"), required=False)


class DestructionForm(SiteForm):
    """Records destroyed (INF-05)."""

    data_kind = line(_("Which records"), most=60,
                     help_text=_("For example: paper waybills, consent recordings"))  # fmt: skip
    site = SiteField(_("Site"), required=False)
    records_until = day_field(_("Records up to"))
    term_ended_on = day_field(_("Their term ended on"))
    way = choice(_("How they were destroyed"), DestroyWay.choices)
    count = amount(_("How many"), least=1)
    destroyed_on = day_field(_("Destroyed on"))
    witness = PersonField(_("Witness"))
    note = words(_("Note"), most=300, rows=2, required=False)
    sure = line(_("The last month, once more"), most=7, required=False,
                help_text=_("Only where personal data become unreadable for ever by this entry, "
                            "such as 2024-10"))  # fmt: skip
