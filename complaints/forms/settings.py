"""Forms of the settings of cases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from complaints.enums import CaseClass, Clock
from complaints.ladder import HEADS, PROPOSED
from complaints.models import CaseRules, PauseReason, Procedure, Reason
from complaints.selectors.cases import GROUPS
from courierqa.core.enums import ClockKind
from courierqa.core.forms import CleanCharField
from courierqa.core.models import Calendar

_KINDS = [ClockKind.HOURS, ClockKind.WORKING_HOURS]
_SEVERITY = [(1, _("low")), (2, _("ordinary")), (3, _("severe")), (4, _("very severe"))]
_WEEK = 7 * 24 * 60


class RulesForm(forms.Form):
    """The rules of all cases, and four minutes per clock."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    reopen_days = forms.IntegerField(
        label=_("Days in which a closed case can be reopened"), min_value=1, max_value=365
    )
    transfer_hours = forms.IntegerField(
        label=_("Hours a helper has to answer"), min_value=1, max_value=168
    )
    follow_up_hours = forms.IntegerField(
        label=_("Hours from the answer to the follow-up call"), min_value=1, max_value=168
    )
    follow_up_tries = forms.IntegerField(
        label=_("Calls until a customer counts as not reached"), min_value=1, max_value=9
    )
    try_again_hours = forms.IntegerField(
        label=_("Hours between two calls"), min_value=1, max_value=72
    )
    regulator_days = forms.IntegerField(
        label=_("Days to reply to an authority"), min_value=1, max_value=30
    )
    calendar_code = forms.ChoiceField(
        label=_("Calendar of working hours"),
        help_text=_("For sites without a calendar of their own"),
    )
    why = CleanCharField(
        label=_("Why do the rules change?"),
        max_length=300,
        error_messages={"required": _("Enter why the rules change")},
    )

    def __init__(self, *args: Any, rules: CaseRules, **kwargs: Any) -> None:
        initial = {name: getattr(rules, name, None) for name in self.base_fields}
        initial |= {"seen_version": rules.version, "why": ""}
        for clock in PROPOSED:
            for place, minutes in enumerate(rules.ladder.get(clock) or PROPOSED[clock]):
                initial[f"{clock}_{place}"] = minutes
        kwargs.setdefault("initial", initial)
        super().__init__(*args, **kwargs)
        english = (get_language() or "").startswith("en")
        names = [(one.code, one.name_en if english else one.name) for one in _calendars()]
        self.fields["calendar_code"].choices = names  # type: ignore[attr-defined]
        for clock in PROPOSED:
            for place in range(HEADS + 1):
                self.fields[f"{clock}_{place}"] = forms.IntegerField(
                    label=_step_name(clock, place), min_value=0, max_value=_WEEK
                )

    def plain(self) -> Iterator[Any]:
        """Yield the fields above the ladder."""
        for name in self.base_fields:
            if name not in ("seen_version", "why"):
                yield self[name]

    def ladder_rows(self) -> Iterator[tuple[str, list[Any]]]:
        """Yield each clock with its four fields."""
        for clock in PROPOSED:
            yield str(Clock(clock).label), [self[f"{clock}_{n}"] for n in range(HEADS + 1)]

    def ladder(self) -> dict[str, list[int]]:
        """Return the ladder as the rules keep it."""
        found = self.cleaned_data
        return {clock: [found[f"{clock}_{n}"] for n in range(HEADS + 1)] for clock in PROPOSED}


class CaseReasonForm(forms.Form):
    """A reason of the tree, in both languages, with its targets."""

    code = forms.SlugField(
        label=_("Code"), max_length=30, help_text=_("Latin letters, digits and hyphens")
    )
    name = CleanCharField(label=_("Name in Chinese"), max_length=60)
    name_en = CleanCharField(label=_("Name in English"), max_length=60)
    case_class = forms.ChoiceField(label=_("Class"), choices=CaseClass.choices)
    group = forms.TypedChoiceField(label=_("Group"), choices=list(GROUPS.items()), coerce=int)
    position = forms.IntegerField(label=_("Place in the group"), min_value=1, max_value=99)
    severity = forms.TypedChoiceField(label=_("Severity"), choices=_SEVERITY, coerce=int)
    first_hours = forms.IntegerField(label=_("First answer within (h)"), min_value=1, max_value=168)
    resolve_hours = forms.IntegerField(label=_("Settled within (h)"), min_value=1, max_value=168)
    clock_kind = forms.ChoiceField(
        label=_("These hours are"), choices=[(one.value, one.label) for one in _KINDS]
    )
    is_active = forms.BooleanField(label=_("Is offered"), required=False, initial=True)

    def __init__(self, *args: Any, row: Reason | None = None, **kwargs: Any) -> None:
        if row is not None:
            kwargs.setdefault("initial", {name: getattr(row, name) for name in self.base_fields})
        super().__init__(*args, **kwargs)
        self.fields["code"].disabled = row is not None


class PauseReasonForm(forms.Form):
    """Why a clock may pause, and for how long at most."""

    code = forms.SlugField(
        label=_("Code"), max_length=30, help_text=_("Latin letters, digits and hyphens")
    )
    name = CleanCharField(label=_("Name in Chinese"), max_length=60)
    name_en = CleanCharField(label=_("Name in English"), max_length=60)
    most_hours = forms.IntegerField(
        label=_("Longest pause (h)"), min_value=1, max_value=360, initial=72
    )
    position = forms.IntegerField(label=_("Place in the list"), min_value=1, max_value=999)
    is_active = forms.BooleanField(label=_("Is offered"), required=False, initial=True)

    def __init__(self, *args: Any, row: PauseReason | None = None, **kwargs: Any) -> None:
        if row is not None:
            kwargs.setdefault("initial", {name: getattr(row, name) for name in self.base_fields})
        super().__init__(*args, **kwargs)
        self.fields["code"].disabled = row is not None


class ProcedureForm(forms.Form):
    """What is done about a class, and what may be offered: one line each."""

    steps = CleanCharField(
        label=_("Steps in Chinese"), max_length=2000, lines=True,
        widget=forms.Textarea(attrs={"rows": 6}),
    )  # fmt: skip
    steps_en = CleanCharField(
        label=_("Steps in English"), max_length=2000, lines=True,
        widget=forms.Textarea(attrs={"rows": 6}),
    )  # fmt: skip
    remedies = CleanCharField(
        label=_("Remedies in Chinese"), max_length=1000, lines=True,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    remedies_en = CleanCharField(
        label=_("Remedies in English"), max_length=1000, lines=True,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip

    def __init__(self, *args: Any, row: Procedure, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {name: getattr(row, name) for name in self.base_fields})
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Both languages have the same number of lines, or one reader is told less."""
        found: dict[str, Any] = super().clean() or {}
        for name in ("steps", "remedies"):
            pair = [len(found.get(key, "").splitlines()) for key in (name, f"{name}_en")]
            if all(pair) and pair[0] != pair[1]:
                self.add_error(f"{name}_en", _("Enter as many lines as in Chinese"))
        return found


def _calendars() -> list[Calendar]:
    return list(Calendar.objects.order_by("code"))


def _step_name(clock: str, place: int) -> str:
    names = [_("Owner warned"), _("First head"), _("Second head"), _("Third head")]
    return f"{Clock(clock).label}: {names[place]}"
