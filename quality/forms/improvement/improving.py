"""Forms of benchmarks, activities, strategy, changed processes, routines and retention."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from courierqa.core.recurrence import Every
from quality import figures
from quality.forms.improvement.programmes import CHOOSE, PeopleForm, PlaceField
from quality.forms.raising import line, words
from quality.forms.things.fields import PersonField, amount, choice
from quality.improvement_enums import ActivityKind, Risk, RoutineKind, StrategyField
from quality.models import Document, Process, Programme
from staff.forms.style import StyledForm, day_field


class BenchmarkForm(StyledForm):
    """How good somebody else is."""

    metric = forms.ChoiceField(label=gettext_lazy("Our figure"), error_messages={
        "required": gettext_lazy("Choose a figure"), "invalid_choice": CHOOSE})  # fmt: skip
    who = line(pgettext_lazy("benchmark", "Who"), most=80)
    value = forms.DecimalField(
        label=pgettext_lazy("benchmark", "Value"), max_digits=10, decimal_places=2,
        help_text=gettext_lazy("In the unit of our figure: 96.5 for 96.5 %"),
        error_messages={"required": gettext_lazy("Enter a number"),
                        "invalid": gettext_lazy("Enter a number")},
    )  # fmt: skip
    on = day_field(gettext_lazy("As of"))
    source = line(gettext_lazy("Source"), most=200)
    link = forms.URLField(
        label=gettext_lazy("Address of the source"), required=False, max_length=300,
        assume_scheme="https",
        error_messages={"invalid": gettext_lazy("Enter an address such as https://example.org/")},
    )  # fmt: skip
    lesson = words(gettext_lazy("What we learn from it"), most=500, rows=2, required=False)
    file = forms.FileField(label=gettext_lazy("Picture or PDF"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["metric"]
        field.choices = [("", _("Choose")), *((one.code, f"{one.code} {one.name}")
                                              for one in figures.named().values())]  # fmt: skip


class ActivityForm(PeopleForm):
    """An activity to put on the calendar."""

    kind = choice(pgettext_lazy("activity", "Kind"), ActivityKind.choices)
    title = line(gettext_lazy("Title"), most=100)
    aim = line(gettext_lazy("Aim"), most=300)
    site = PlaceField()
    owner = PersonField(gettext_lazy("Owner"))
    starts_on = day_field(pgettext_lazy("activity", "First day"))
    ends_on = day_field(pgettext_lazy("activity", "Last day"))

    def __init__(self, *args: Any, sites: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["site"]
        field.queryset = sites


class ResultForm(StyledForm):
    """What came of an activity."""

    took_part = amount(gettext_lazy("How many took part"), least=1)
    result = words(gettext_lazy("Result"), most=1000)


class StrategyForm(StyledForm):
    """A decision of strategy."""

    field = choice(pgettext_lazy("strategy", "About"), StrategyField.choices)
    title = line(gettext_lazy("Title"), most=100)
    situation = words(gettext_lazy("Situation it answers"), most=1000)
    decision = words(gettext_lazy("What was decided"), most=1000)
    reason = words(gettext_lazy("Why this and not something else"), most=1000)
    decided_on = day_field(gettext_lazy("Decided on"))
    effective_on = day_field(gettext_lazy("Takes effect on"))
    review_on = day_field(gettext_lazy("Reviewed on"))
    programme = forms.ModelChoiceField(
        Programme.objects.none(), label=gettext_lazy("Carried out by the programme"),
        to_field_name="number", required=False, empty_label="—",
        error_messages={"invalid_choice": CHOOSE},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["programme"]
        field.queryset = Programme.objects.exclude(status="dropped").order_by("-id")


class OutcomeForm(StyledForm):
    """What became of a decision."""

    outcome = words(gettext_lazy("What became of it"), most=1000)


class ChangeForm(StyledForm):
    """A change of a process."""

    process = forms.ModelChoiceField(
        Process.objects.order_by("position"), label=pgettext_lazy("improvement", "Process"),
        to_field_name="code", empty_label=gettext_lazy("Choose"),
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )  # fmt: skip
    what = words(gettext_lazy("What changes"), most=1000)
    reason = words(gettext_lazy("Why"), most=1000)
    risk = choice(gettext_lazy("Risk"), Risk.choices)
    risk_note = words(gettext_lazy("What may go wrong, and what is done against it"), most=500)
    training = line(gettext_lazy("Who has to learn it"), most=300, required=False)
    documents = forms.ModelMultipleChoiceField(
        Document.objects.order_by("number"), label=gettext_lazy("Documents to be rewritten"),
        to_field_name="number", required=False, widget=forms.SelectMultiple(attrs={"size": 5}),
        error_messages={"invalid_choice": CHOOSE},
    )  # fmt: skip
    effective_on = day_field(gettext_lazy("Takes effect on"))


class RoutineForm(PeopleForm):
    """What recurs by itself."""

    kind = choice(pgettext_lazy("routine", "Kind"), RoutineKind.choices)
    title = line(pgettext_lazy("routine", "What is to be done"), most=100)
    link = line(gettext_lazy("Page where it is done"), most=100, required=False,
                help_text=gettext_lazy("Such as /surveys/"))  # fmt: skip
    owner = PersonField(gettext_lazy("Who sees to it"), required=False)
    every = choice(gettext_lazy("How often"), Every.choices)
    interval = amount(gettext_lazy("Every how many of these"), least=1, most=24, initial=1)
    anchor = day_field(gettext_lazy("First time"))
    is_active = forms.BooleanField(label=gettext_lazy("In use"), required=False, initial=True)

    def clean_link(self) -> str:
        """Only a page of this product."""
        link = str(self.cleaned_data["link"])
        if link and (not link.startswith("/") or link.startswith("//") or "\\" in link):
            raise forms.ValidationError(_("Enter a page of this product, such as /surveys/"))
        return link


class TurnForm(StyledForm):
    """What came of one turn."""

    result = words(gettext_lazy("Result"), most=500, rows=2)


class RuleForm(StyledForm):
    """How long a kind of data is kept."""

    code = forms.SlugField(
        label=gettext_lazy("Short code"), max_length=30,
        error_messages={"required": gettext_lazy("Enter letters and digits"),
                        "invalid": gettext_lazy("Enter letters and digits")},
    )  # fmt: skip
    name = line(gettext_lazy("Kind of data"), most=60)
    name_en = line(gettext_lazy("Kind of data in English"), most=80)
    months = amount(gettext_lazy("Months it is kept"), least=1, most=600)
    starts = line(gettext_lazy("Counted from"), most=80)
    starts_en = line(gettext_lazy("Counted from, in English"), most=120)
    basis = line(gettext_lazy("Why so long"), most=200)
    basis_en = line(gettext_lazy("Why so long, in English"), most=300)
    is_active = forms.BooleanField(label=gettext_lazy("In use"), required=False, initial=True)

    def __init__(self, *args: Any, taken: Any = (), is_new: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.taken = set(taken)
        if not is_new:
            del self.fields["code"]

    def clean_code(self) -> str:
        """A code names one rule."""
        code = str(self.cleaned_data["code"])
        if code in self.taken:
            raise forms.ValidationError(_("Another rule has this code"))
        return code
