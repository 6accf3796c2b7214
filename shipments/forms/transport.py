"""Forms of trips, bags, stocktakes and disruptions."""

from __future__ import annotations

import csv
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from courierqa.core.forms import CleanCharField
from courierqa.core.text import clean_code
from shipments.forms.fields import (
    MomentField,
    NumbersField,
    PersonField,
    SiteField,
    offer,
    open_sites,
)
from shipments.network_enums import CheckResult, Mode
from staff.models import Employee

MOST_LINES = 5000


class ViaField(CleanCharField):
    """Codes of the sites on the way, in order, separated by blanks or commas."""

    def __init__(self, **kwargs: Any) -> None:
        hint = gettext_lazy("Codes in order, such as HZ-H1 SH-H1")
        super().__init__(
            max_length=200, required=False, label=gettext_lazy("Stops on the way"),
            help_text=hint, **kwargs,
        )  # fmt: skip

    def clean(self, value: Any) -> Any:
        return [clean_code(one) for one in super().clean(value).replace(",", " ").split()]


class TripForm(forms.Form):
    """A trip as planned."""

    origin = SiteField(label=pgettext_lazy("place", "From"), empty_label=None)
    destination = SiteField(label=pgettext_lazy("place", "To"), empty_label="—")
    mode = forms.ChoiceField(label=gettext_lazy("Travels by"), choices=Mode.choices)
    via = ViaField()
    planned_departure = MomentField(label=gettext_lazy("Planned departure"))
    planned_arrival = MomentField(label=gettext_lazy("Planned arrival"))
    vehicle = CleanCharField(label=gettext_lazy("Vehicle, flight or train"), max_length=30)
    carrier = CleanCharField(label=gettext_lazy("Carrier"), max_length=60, required=False)
    watcher = PersonField(
        label=gettext_lazy("Who watches it"), required=False, empty_label="—"
    )  # fmt: skip

    def __init__(self, *args: Any, sites: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        watchers = Employee.objects.filter(site__in=sites, left_on=None).order_by("number")
        offer(self, origin=sites, destination=open_sites(), watcher=watchers)


class LoadForm(forms.Form):
    """What goes onto a trip, with the result of the out-check."""

    check = forms.ChoiceField(label=gettext_lazy("Out-check"), choices=CheckResult.choices)
    numbers = NumbersField(label=gettext_lazy("Bags or parcels, one a line"))


class UnloadForm(forms.Form):
    """What comes off a trip, and where."""

    site = SiteField(label=gettext_lazy("Site"), empty_label=None)
    numbers = NumbersField(label=gettext_lazy("Bags or parcels, one a line"))

    def __init__(self, *args: Any, sites: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, site=sites)


class TakeOffForm(forms.Form):
    """What comes off again before a trip leaves, and why."""

    number = CleanCharField(label=gettext_lazy("Parcel or bag"), max_length=40)
    reason = CleanCharField(label=gettext_lazy("Reason"), max_length=200)

    def clean_number(self) -> str:
        """Take a number as a scanner or a person writes it."""
        return clean_code(self.cleaned_data["number"])


class RouteForm(forms.Form):
    """Another way than planned, with the reason."""

    via = ViaField()
    planned_arrival = MomentField(label=gettext_lazy("New planned arrival"))
    reason = CleanCharField(label=gettext_lazy("Reason"), max_length=200)


class PositionsForm(forms.Form):
    """Position points as lines: time, latitude, longitude, and the speed if known."""

    points = CleanCharField(
        label=gettext_lazy("Position points"), max_length=MOST_LINES * 80, lines=True,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
        help_text=gettext_lazy("One a line: 2026-11-20T18:00+08:00, 30.27, 120.15, 80"),
    )  # fmt: skip

    def clean_points(self) -> list[tuple[datetime, float, float, float | None]]:
        lines = self.cleaned_data["points"].splitlines()
        rows = [row for row in csv.reader(lines) if any(cell.strip() for cell in row)]
        return [self._point(place, row) for place, row in enumerate(rows, 1)]

    def _point(self, place: int, row: list[str]) -> tuple[datetime, float, float, float | None]:
        try:
            at = datetime.fromisoformat(row[0].strip())
            at = at if at.tzinfo else timezone.make_aware(at)
            speed = float(row[3]) if len(row) > 3 and row[3].strip() else None
            return at, float(row[1]), float(row[2]), speed
        except (ValueError, IndexError, OverflowError) as error:
            wrong = _("Line %(n)d is no point: time, latitude, longitude, speed") % {"n": place}
            raise forms.ValidationError(wrong, code="bad_line") from error


class BagForm(forms.Form):
    """A new bag."""

    origin = SiteField(label=pgettext_lazy("place", "From"), empty_label=None)
    destination = SiteField(label=pgettext_lazy("place", "To"), empty_label="—")

    def __init__(self, *args: Any, sites: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, origin=sites, destination=open_sites())


class PutForm(forms.Form):
    """Parcels for a bag."""

    numbers = NumbersField(label=gettext_lazy("Parcel numbers, one a line"))


class SealForm(forms.Form):
    """The seal that closes a bag."""

    seal = CleanCharField(label=gettext_lazy("Seal number"), max_length=30)


class OpenForm(forms.Form):
    """A bag opened: the seal as found and every parcel that lay inside."""

    site = SiteField(label=gettext_lazy("Site"), empty_label=None)
    seal_found = CleanCharField(
        label=gettext_lazy("Seal number as found"), max_length=30,
        help_text=gettext_lazy("Type NONE when there was none"),
    )  # fmt: skip
    numbers = NumbersField(label=gettext_lazy("Parcels found inside, one a line"), required=False)

    def __init__(self, *args: Any, sites: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, site=sites)


class CountForm(forms.Form):
    """Which site is counted."""

    site = SiteField(label=gettext_lazy("Site"), empty_label=None)

    def __init__(self, *args: Any, sites: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, site=sites)


class DisruptionForm(forms.Form):
    """A situation with its measures."""

    area = CleanCharField(label=gettext_lazy("Area"), max_length=100)
    sites = forms.ModelMultipleChoiceField(
        open_sites(), label=gettext_lazy("Sites concerned"), to_field_name="code", required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )  # fmt: skip
    starts_at = MomentField(label=gettext_lazy("Since"))
    ends_at = MomentField(label=gettext_lazy("Until"), required=False)
    cause = CleanCharField(label=gettext_lazy("Cause"), max_length=200)
    measures = CleanCharField(
        label=gettext_lazy("Measures"), max_length=500, lines=True,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class LinkForm(forms.Form):
    """Trips and parcels a situation touches."""

    numbers = NumbersField(label=gettext_lazy("Trips or parcels, one a line"))
