"""Forms of a warehouse: zones, what is put into them, arrivals counted, long stays looked at."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courierqa.core.forms import CleanCharField
from shipments.forms.fields import NumbersField, SiteField, offer
from staff.forms.style import StyledForm


def _line(label: Any, most: int, **kwargs: Any) -> CleanCharField:
    wrong = {"required": _("Fill this in")}
    return CleanCharField(label=label, max_length=most, error_messages=wrong, **kwargs)


class ZoneForm(StyledForm):
    """A zone of a warehouse (WHS-02)."""

    site = SiteField(label=_("Site"), empty_label=None)
    code = _line(_("Code"), 12)
    name = _line(_("Name"), 60)
    goods = _line(_("What lies here"), 60, required=False)
    capacity = forms.IntegerField(label=_("Holds, parcels"), min_value=1, max_value=1_000_000)
    dwell_hours = forms.IntegerField(
        label=_("Looked at after hours"), min_value=1, max_value=2000, initial=24
    )
    is_active = forms.BooleanField(
        label=pgettext_lazy("zone", "In use"), required=False, initial=True
    )

    def __init__(self, *args: Any, sites: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, site=sites)


class PutForm(StyledForm):
    """Parcels put into a zone by scanning."""

    numbers = NumbersField(label=_("Parcels, one a line"))


class LookForm(StyledForm):
    """What was found of a parcel that lies too long."""

    look = _line(_("What did you find?"), 200)


class ArrivalForm(StyledForm):
    """How many pieces of a trip were counted."""

    counted = forms.IntegerField(label=_("Counted pieces"), min_value=0, max_value=100_000)
    note = _line(_("What explains a difference"), 200, required=False)
