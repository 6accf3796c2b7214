"""Forms of pledges, of resources, and of making objectives known."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kpi.enums import ResourceKind, Unit
from kpi.metrics import METRICS
from staff.enums import EmployeeState
from staff.forms.style import StyledForm, choose, day_field, text_field
from staff.models import Employee, Site

MISSING = _("Fill this in")
# Yuan and cents as people type them; fen inside.
FEN = 100


class PledgeForm(StyledForm):
    """What is promised in two languages, and how much; shares are typed as percentages."""

    text = text_field(_("Promise in Chinese"), MISSING, max_length=120)
    text_en = text_field(_("Promise in English"), MISSING, max_length=160)
    value = forms.DecimalField(
        label=_("What is promised"), max_digits=10, decimal_places=4, min_value=0,
        help_text=_("In the unit of the figure; shares in percent, such as 97.5"),
    )  # fmt: skip
    is_active = forms.BooleanField(label=_("Shown on the public page"), required=False)

    def __init__(self, *args: Any, metric: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measured_by = metric

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        code = self.measured_by or cleaned.get("metric", "")
        value = cleaned.get("value")
        if value is not None and code in METRICS and METRICS[code].unit == Unit.SHARE:
            if value > 100:
                self.add_error("value", _("A share is at most 100 percent"))
            cleaned["value"] = (value / Decimal(100)).quantize(Decimal("0.0001"))
        return cleaned


class NewPledgeForm(PledgeForm):
    """A pledge under its code, measured by a figure."""

    code = forms.SlugField(label=_("Code"), max_length=30,
                           error_messages={"required": MISSING})  # fmt: skip
    metric = forms.ChoiceField(label=_("Measured by"),
                               error_messages={"required": _("Choose a figure")})  # fmt: skip

    field_order = ("code", "metric", "text", "text_en", "value")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["metric"].choices = choose(
            (code, f"{one.name} ({code})") for code, one in METRICS.items()
        )
        del fields["is_active"]


class ResourceForm(StyledForm):
    """People, vehicles, or money in yuan."""

    kind = forms.ChoiceField(label=_("What is given"), choices=ResourceKind.choices)
    amount = forms.DecimalField(
        label=_("How much"), max_digits=12, decimal_places=2, min_value=-100_000_000,
        max_value=100_000_000,
        help_text=_("People or vehicles; money in yuan. With a minus some is taken back"),
    )  # fmt: skip
    words = text_field(_("For what"), MISSING, max_length=200)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        amount = cleaned.get("amount")
        if amount is None:
            return cleaned
        is_money = cleaned.get("kind") == ResourceKind.MONEY
        if not is_money and amount != int(amount):
            self.add_error("amount", _now("People and vehicles are whole numbers"))
        cleaned["amount"] = int(amount * FEN) if is_money else int(amount)
        return cleaned


class AnnounceForm(StyledForm):
    """For whom, who explains it, from when, what changed."""

    site = forms.ModelChoiceField(
        Site.objects.none(), label=_("For the people of"), to_field_name="code", required=False,
        empty_label=_("Whole company"),
    )  # fmt: skip
    owner = forms.ModelChoiceField(
        Employee.objects.none(), label=_("Who explains it"), to_field_name="number",
        empty_label=_("Choose"), error_messages={"required": _("Choose a person")},
    )  # fmt: skip
    effective_on = day_field(_("Valid from"))
    change = text_field(_("What changed"), MISSING, max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["site"].queryset = Site.objects.filter(closed_on=None).order_by("code")
        people = Employee.objects.filter(user__isnull=False).exclude(state=EmployeeState.LEFT)
        roles = ("supervisor", "lead", "quality", "manager")
        fields["owner"].queryset = people.filter(post__role__in=roles).order_by("number")
