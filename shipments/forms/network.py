"""Forms of lanes, areas, lockers, screening rules, the calendar and partners."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from courierqa.core.forms import CleanCharField
from courierqa.core.models import Calendar
from shipments.enums import Code
from shipments.forms.fields import DayField, PersonField, SiteField, offer, open_sites
from shipments.models import Product
from shipments.network_enums import ConsentRule, Mode, PartnerKind, QualityResult
from staff.enums import SiteKind
from staff.models import Employee, Site

LINKS = ("DEP", "ARR", "AST", "OFD", "DLV")
MOST_LINKS = 12


class LaneForm(forms.Form):
    """The standard of a lane without its links."""

    origin = SiteField(label=pgettext_lazy("place", "From"), empty_label="—", required=False)
    destination = SiteField(label=pgettext_lazy("place", "To"), empty_label="—", required=False)
    mode = forms.ChoiceField(label=gettext_lazy("Travels by"), choices=Mode.choices)
    promise_hours = forms.IntegerField(
        label=gettext_lazy("Own limit, hours"), min_value=1, max_value=720, required=False,
        help_text=gettext_lazy("Goes before the limit of the product"),
    )  # fmt: skip
    product = forms.ModelChoiceField(
        Product.objects.none(), label=gettext_lazy("Otherwise the limit of"), required=False,
        to_field_name="code", empty_label="—",
    )  # fmt: skip
    is_key = forms.BooleanField(label=gettext_lazy("Key lane, watched apart"), required=False)
    reason = CleanCharField(label=gettext_lazy("Reason of the change"), max_length=200)

    def __init__(self, *args: Any, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, product=Product.objects.filter(is_active=True).order_by("code"))
        for name in ("origin", "destination"):
            if is_new:
                self.fields[name].required = True
                offer(self, **{name: open_sites()})
            else:
                del self.fields[name]


class LinkForm(forms.Form):
    """One link: the scan that ends it, where, and the hours it may take."""

    code = forms.ChoiceField(
        label=gettext_lazy("Ends with"), required=False,
        choices=[("", "—"), *((code, Code(code).label) for code in LINKS)],
    )  # fmt: skip
    site = SiteField(label=gettext_lazy("At"), empty_label="—", required=False)
    hours = forms.DecimalField(
        label=gettext_lazy("Hours"), min_value=0, max_value=720, max_digits=6, decimal_places=2,
        required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["site"].queryset = Site.objects.all()
        # Read once for all rows of the table.
        fields["site"].choices = choices
        # The column heads are the labels for the eye; these are for the ear.
        for field in fields.values():
            field.widget.attrs["aria-label"] = field.label

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        given = [bool(said.get("code")), bool(said.get("site")), said.get("hours") is not None]
        if any(given) and not all(given) and not self.errors:
            raise forms.ValidationError(_("Fill scan, site and hours of this link, or none"))
        return said


def site_choices() -> list[tuple[str, str]]:
    """Return every open site for the choices of a table of links."""
    return [("", "—"), *((s.code, f"{s.code} {s}") for s in open_sites())]


LinkFormSet = forms.formset_factory(
    LinkForm, extra=0, min_num=0, max_num=MOST_LINKS, absolute_max=MOST_LINKS
)


class AreaForm(forms.Form):
    """Where a site or one of its couriers delivers."""

    site = SiteField(label=gettext_lazy("Site"), empty_label=None)
    courier = PersonField(
        label=gettext_lazy("Courier"), required=False, empty_label=gettext_lazy("The whole site")
    )  # fmt: skip
    name = CleanCharField(label=gettext_lazy("Name"), max_length=60)
    name_en = CleanCharField(
        label=gettext_lazy("Name in English"), max_length=60, required=False
    )  # fmt: skip
    city = CleanCharField(
        label=gettext_lazy("City as it stands in addresses"), max_length=40,
    )  # fmt: skip
    keywords = CleanCharField(
        label=gettext_lazy("Districts, streets or buildings, one a line"), max_length=2000,
        lines=True, required=False, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("The longest one found in an address decides. None: the whole city"),
    )  # fmt: skip
    is_served = forms.BooleanField(
        label=gettext_lazy("We deliver here"), required=False, initial=True
    )  # fmt: skip
    is_active = forms.BooleanField(label=gettext_lazy("In force"), required=False, initial=True)

    def __init__(self, *args: Any, sites: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Employee.objects.filter(site__in=sites, left_on=None).order_by("number")
        offer(self, site=sites, courier=people)

    def clean_keywords(self) -> list[str]:
        return [line for line in self.cleaned_data["keywords"].splitlines() if line.strip()]


class LockerForm(forms.Form):
    """The register entry of a locker."""

    site = SiteField(label=gettext_lazy("Locker"), empty_label="—")
    operator = CleanCharField(label=gettext_lazy("Operator"), max_length=60)
    cells = forms.IntegerField(label=gettext_lazy("Cells"), min_value=1, max_value=2000)
    consent_rule = forms.ChoiceField(
        label=gettext_lazy("Consent"), choices=ConsentRule.choices
    )  # fmt: skip
    dwell_limit_hours = forms.IntegerField(
        label=gettext_lazy("Longest stay, hours"), min_value=1, max_value=240, initial=24
    )
    is_working = forms.BooleanField(
        label=gettext_lazy("In working order"), required=False, initial=True
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, site=open_sites().filter(kind=SiteKind.LOCKER))


class ScreeningForm(forms.Form):
    """Which parcels must be screened; at least one condition."""

    name = CleanCharField(label=gettext_lazy("Name"), max_length=60)
    name_en = CleanCharField(
        label=gettext_lazy("Name in English"), max_length=60, required=False
    )  # fmt: skip
    mode = forms.ChoiceField(
        label=gettext_lazy("Travels by"), required=False,
        choices=[("", gettext_lazy("Any")), *Mode.choices],
    )  # fmt: skip
    region = forms.ChoiceField(label=gettext_lazy("From or to region"), required=False)
    destination = SiteField(
        label=gettext_lazy("Destination"), required=False, empty_label=gettext_lazy("Any")
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, destination=open_sites())
        names = Site.objects.exclude(region="").order_by("region").values_list("region", flat=True)
        fields: dict[str, Any] = self.fields
        fields["region"].choices = [("", gettext_lazy("Any")), *((n, n) for n in names.distinct())]


class CalendarForm(forms.Form):
    """A day that differs from its weekday."""

    calendar = forms.ModelChoiceField(
        Calendar.objects.none(), label=gettext_lazy("Calendar"), to_field_name="code",
        empty_label=None,
    )  # fmt: skip
    day = DayField(label=gettext_lazy("Day"))
    is_working = forms.ChoiceField(
        label=gettext_lazy("It is"),
        choices=[("0", gettext_lazy("A holiday")), ("1", gettext_lazy("A make-up workday"))],
    )
    name = CleanCharField(label=gettext_lazy("Name of the day"), max_length=60)
    reason = CleanCharField(label=gettext_lazy("Where this is written"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, calendar=Calendar.objects.order_by("code"))

    def clean_is_working(self) -> bool:
        return bool(self.cleaned_data["is_working"] == "1")


class PartnerForm(forms.Form):
    """A firm for the register."""

    code = CleanCharField(label=gettext_lazy("Code"), max_length=20)
    name = CleanCharField(label=gettext_lazy("Name"), max_length=80)
    kind = forms.ChoiceField(label=gettext_lazy("What it does"), choices=PartnerKind.choices)
    agreement_from = DayField(label=gettext_lazy("Agreement from"), required=False)
    agreement_to = DayField(label=gettext_lazy("Agreement to"), required=False)


class ScoreForm(forms.Form):
    """Marks of a month."""

    month = CleanCharField(label=gettext_lazy("Month"), max_length=7)
    punctuality = forms.IntegerField(
        label=gettext_lazy("Punctuality"), min_value=0, max_value=100
    )  # fmt: skip
    care = forms.IntegerField(
        label=gettext_lazy("Care for the goods"), min_value=0, max_value=100
    )  # fmt: skip
    cooperation = forms.IntegerField(
        label=gettext_lazy("Cooperation"), min_value=0, max_value=100
    )  # fmt: skip
    note = CleanCharField(label=gettext_lazy("What they rest on"), max_length=300)


class PurchaseForm(forms.Form):
    """Material received and checked."""

    item = CleanCharField(label=gettext_lazy("Material"), max_length=80)
    quantity = forms.IntegerField(
        label=gettext_lazy("Quantity"), min_value=1, max_value=10_000_000
    )  # fmt: skip
    received_on = DayField(label=gettext_lazy("Received on"))
    result = forms.ChoiceField(
        label=gettext_lazy("Result of the check"), choices=QualityResult.choices
    )  # fmt: skip
    found = CleanCharField(label=gettext_lazy("What was checked and found"), max_length=300)
