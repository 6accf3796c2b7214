"""Forms of the measure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courierqa.core.enums import Role
from courierqa.core.forms import CleanCharField
from kpi.enums import Unit
from kpi.metrics import Metric
from staff.forms.style import StyledForm
from staff.models import Employee, Site, Team


class EffectForm(StyledForm):
    """Which compared figure shows whether a training helped, and the verdict of a person."""

    metric = forms.ChoiceField(label=gettext_lazy("Figure that shows it"))
    is_effective = forms.BooleanField(label=gettext_lazy("It helped"), required=False)
    note = CleanCharField(
        label=gettext_lazy("What shows it"),
        max_length=300,
        lines=True,
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"}),
        error_messages={"required": gettext_lazy("Write what shows it")},
    )

    def __init__(self, *args: Any, lines: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [
            (one.metric.code, one.metric.name)
            for one in lines
            if one.before.total and one.after.total
        ]
        field: Any = self.fields["metric"]
        field.choices = [("", gettext_lazy("Choose")), *named]


class EffectCheckForm(StyledForm):
    """The result of an effect check: given by the figure, or by a person where it is unclear."""

    is_effective = forms.TypedChoiceField(
        label=gettext_lazy("Result"), coerce=lambda value: value == "yes",
        choices=[("", gettext_lazy("Choose")), ("yes", gettext_lazy("Effective")),
                 ("no", gettext_lazy("Not effective"))],
        error_messages={"required": gettext_lazy("Choose the result")},
    )  # fmt: skip
    note = CleanCharField(
        label=gettext_lazy("What shows it"),
        max_length=1000,
        lines=True,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write what shows it")},
    )

    def __init__(self, *args: Any, says: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_decided = says in ("met", "missed")
        self.fields["note"].required = not is_decided
        if is_decided:
            answer = "yes" if says == "met" else "no"
            self.fields["is_effective"].disabled = True
            self.fields["is_effective"].initial = answer
            self.fields["is_effective"].widget = forms.HiddenInput()


class TargetForm(forms.Form):
    """A new target: shares are typed as percentages."""

    value = forms.DecimalField(max_digits=9, decimal_places=4)
    valid_from = forms.DateField(
        label=gettext_lazy("Valid from"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": gettext_lazy("Choose the day from which it is valid")},
    )
    site = forms.ModelChoiceField(
        label=gettext_lazy("Site"),
        queryset=Site.objects.order_by("code"),
        required=False,
        empty_label=gettext_lazy("Whole company"),
    )
    team = forms.ModelChoiceField(
        label=gettext_lazy("Team of the site"),
        queryset=Team.objects.filter(closed_on=None).select_related("site"),
        required=False,
        empty_label=gettext_lazy("The site itself"),
    )
    owner = CleanCharField(
        label=gettext_lazy("Who answers for it"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("Staff number"),
    )
    reason = CleanCharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        error_messages={"required": gettext_lazy("Write why the target changes")},
    )

    def __init__(self, *args: Any, metric: Metric, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.metric, self.today = metric, today
        is_share = metric.unit == Unit.SHARE
        value = self.fields["value"]
        unit = "%" if is_share else str(Unit(metric.unit).label)
        value.label = _("Target (%(unit)s)") % {"unit": unit}
        # Django fills some of these texts with the value typed: a bare % in them would break that.
        wanted = (
            _("Enter the target as a number, in percent")
            if is_share
            else _("Enter the target as a number (%(unit)s)") % {"unit": unit}
        )
        value.error_messages |= {"required": wanted, "invalid": wanted}
        self.fields["valid_from"].initial = today

    def clean_value(self) -> Decimal:
        value: Decimal = self.cleaned_data["value"]
        top = 100 if self.metric.unit == Unit.SHARE else 1_000_000
        if not 0 <= value <= top:
            raise forms.ValidationError(
                _("Enter a number from 0 to %(top)s") % {"top": top}, code="range"
            )
        return value

    def clean_owner(self) -> Employee | None:
        """Return the person of this staff number."""
        number = self.cleaned_data["owner"]
        person = Employee.objects.filter(number__iexact=number).first() if number else None
        if number and person is None:
            raise forms.ValidationError(_("There is nobody with this staff number"), code="unknown")
        return person

    def wanted(self) -> dict[str, Any]:
        """Return what the service takes."""
        wanted = dict(self.cleaned_data)
        if self.metric.unit == Unit.SHARE:
            wanted["value"] = wanted["value"] / 100
        return wanted


class BaselineForm(StyledForm):
    """The month that begins a baseline anew, and what changed in the process."""

    month = forms.ChoiceField(label=gettext_lazy("First month of the new limits"))
    reason = CleanCharField(
        label=gettext_lazy("What changed in the process"),
        max_length=300,
        error_messages={"required": gettext_lazy("Write what changed in the process")},
    )

    def __init__(self, *args: Any, months: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["month"]
        named = [(one.key, one.label) for one in reversed(months)]
        field.choices = [("", gettext_lazy("Choose")), *named]


class ViewForm(StyledForm):
    """The name of a saved view, and who else sees it."""

    name = CleanCharField(
        label=gettext_lazy("Name of the view"),
        max_length=60,
        error_messages={"required": gettext_lazy("Enter a name")},
    )
    shared_role = forms.ChoiceField(
        label=gettext_lazy("Share with"),
        required=False,
        choices=[
            ("", gettext_lazy("Only me")),
            *((role, label) for role, label in Role.choices if role not in ("api", "public")),
        ],
        help_text=gettext_lazy("Everybody sees only the sites they may see anyway."),
    )
    keep_period = forms.BooleanField(
        label=gettext_lazy("Keep this period; otherwise the newest finished month is shown"),
        required=False,
    )
    is_default = forms.BooleanField(
        label=gettext_lazy("Begin my dashboard with this view"), required=False
    )


class NoteForm(StyledForm):
    """What happened on a day, for the chart of a figure."""

    day = forms.DateField(
        label=gettext_lazy("Day"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": gettext_lazy("Choose the day")},
    )
    text = CleanCharField(
        label=gettext_lazy("What happened"),
        max_length=300,
        error_messages={"required": gettext_lazy("Write what happened")},
    )
