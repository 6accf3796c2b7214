"""Forms of programmes and plans."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from quality import figures
from quality.forms.raising import line, words
from quality.forms.things.fields import PersonField, YuanField, choice
from quality.improvement_enums import Field, ProgrammeKind, ProgrammeStatus, Verdict
from quality.models import Action, Programme
from quality.selectors.reach import LEADING
from shipments.models import Product
from staff.enums import EmployeeState
from staff.forms.style import StyledForm, day_field
from staff.models import Employee, Site

CHOOSE = gettext_lazy("Choose one of the list")


class PeopleField(forms.ModelMultipleChoiceField):
    """Several people by staff number."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        wrong = {"invalid_choice": gettext_lazy("Choose a person of the list"),
                 "required": gettext_lazy("Choose a person")}  # fmt: skip
        widget = forms.SelectMultiple(attrs={"size": 6})
        super().__init__(Employee.objects.none(), label=label, to_field_name="number",
                         widget=widget, error_messages=wrong, **kwargs)  # fmt: skip


class PeopleForm(StyledForm):
    """A form whose people are those who work here; owners are people who lead something."""

    leaders = ("owner", "chair")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = Employee.objects.exclude(state=EmployeeState.LEFT).order_by("number")
        here = here.select_related("site")
        leading = here.filter(post__role__in=LEADING)
        fields: dict[str, Any] = self.fields
        for name, field in fields.items():
            if isinstance(field, PersonField | PeopleField):
                field.queryset = leading if name in self.leaders else here


class PlaceField(forms.ModelChoiceField):
    """A site by its code; left empty it is the whole company."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            Site.objects.none(), label=gettext_lazy("Site"), to_field_name="code", required=False,
            empty_label=gettext_lazy("Whole company"), error_messages={"invalid_choice": CHOOSE},
            **kwargs,
        )  # fmt: skip

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.code} {obj}"


class ProgrammeForm(PeopleForm):
    """What is wanted: a figure, from the problem to the target, by whom, until when."""

    kind = choice(
        pgettext_lazy("improvement", "Kind"), ProgrammeKind.choices,
        help_text=gettext_lazy("A programme groups plans; a plan improves one thing"),
    )  # fmt: skip
    programme = forms.ModelChoiceField(
        Programme.objects.none(), label=gettext_lazy("Belongs to the programme"),
        to_field_name="number", required=False, empty_label="—",
        error_messages={"invalid_choice": CHOOSE},
    )  # fmt: skip
    title = line(gettext_lazy("Title"), most=100)
    field = choice(pgettext_lazy("improvement", "Field"), Field.choices)
    problem = words(
        gettext_lazy("The data behind it"),
        most=1000,
        help_text=gettext_lazy("Figures, complaints or findings that show the problem"),
    )
    metric = forms.ChoiceField(label=gettext_lazy("Figure"), error_messages={
        "required": gettext_lazy("Choose a figure"), "invalid_choice": CHOOSE})  # fmt: skip
    target = forms.DecimalField(
        label=gettext_lazy("Target"), max_digits=10, decimal_places=2,
        help_text=gettext_lazy("As people read it: 96.5 for 96.5 %"),
        error_messages={"required": gettext_lazy("Enter a number"),
                        "invalid": gettext_lazy("Enter a number")},
    )  # fmt: skip
    site = PlaceField()
    product = forms.ModelChoiceField(
        Product.objects.order_by("code"), label=gettext_lazy("Product"), to_field_name="code",
        required=False, empty_label=gettext_lazy("Every product"),
        error_messages={"invalid_choice": CHOOSE},
    )  # fmt: skip
    owner = PersonField(gettext_lazy("Owner"))
    team = PeopleField(pgettext_lazy("improvement", "Team"), required=False)
    start_on = day_field(pgettext_lazy("improvement", "First day"))
    due_on = day_field(pgettext_lazy("improvement", "Last day"))
    budget_fen = YuanField(label=gettext_lazy("Planned cost"))

    def __init__(self, *args: Any, sites: Any, programmes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["site"].queryset = sites
        fields["programme"].queryset = programmes
        named = figures.named().values()
        fields["metric"].choices = [("", _("Choose")), *((one.code, f"{one.code} {one.name}")
                                                         for one in named)]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Turn a share people read (96.5) into the fraction that is kept (0.965)."""
        found: dict[str, Any] = super().clean() or {}
        target, one = found.get("target"), figures.named().get(found.get("metric", ""))
        if target is not None and one is not None and one.is_share:
            if not 0 <= target <= 100:
                self.add_error("target", _("A share lies between 0 and 100 %"))
            found["target"] = target / Decimal(100)
        return found


class ActionPickForm(StyledForm):
    """A measure to link."""

    action = forms.ModelChoiceField(
        Action.objects.none(), label=gettext_lazy("Measure of a nonconformity"),
        empty_label=gettext_lazy("Choose"),
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )  # fmt: skip

    def __init__(self, *args: Any, actions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["action"]
        field.queryset = actions
        field.label_from_instance = lambda one: f"{one} · {one.text[:60]} · {one.owner.name}"


class DecideForm(StyledForm):
    """Yes or no, with the reason of a no."""

    outcome = choice(gettext_lazy("Decision"), [("yes", gettext_lazy("Approve")),
                                                ("no", gettext_lazy("Send it back"))])  # fmt: skip
    note = words(gettext_lazy("Reason"), most=500, rows=2, required=False,
                 help_text=gettext_lazy("Needed when it is sent back"))  # fmt: skip


class WhyForm(StyledForm):
    """A reason."""

    reason = line(gettext_lazy("Reason"), most=300)


class LaterForm(StyledForm):
    """Another day, and why."""

    due_on = day_field(gettext_lazy("New day"))
    reason = line(gettext_lazy("Reason"), most=300)


class VerdictForm(StyledForm):
    """What becomes of a programme."""

    verdict = choice(pgettext_lazy("improvement", "What becomes of it"), Verdict.choices)
    note = words(gettext_lazy("Why"), most=1000)
    cost_fen = YuanField(label=gettext_lazy("What it cost"))


SHOWS = [
    ("", gettext_lazy("All")), (ProgrammeStatus.RUNNING, ProgrammeStatus.RUNNING.label),
    ("late", gettext_lazy("Overdue")), (ProgrammeStatus.PROPOSED, ProgrammeStatus.PROPOSED.label),
    (ProgrammeStatus.DRAFT, ProgrammeStatus.DRAFT.label),
    (ProgrammeStatus.ENDED, ProgrammeStatus.ENDED.label),
]  # fmt: skip
