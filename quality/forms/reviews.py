"""Forms of reviews: the plan, what people write, decisions, holding, the president's word."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courierqa.core.recurrence import Every
from quality import figures, review_enums, selectors
from quality.enums import Status
from quality.forms.documents import leaders
from quality.forms.raising import line, person, words
from quality.models import Cause, Nonconformity, Review
from quality.services.reviews import Decided
from quality.services.reviews.preparing import Written
from staff.enums import EmployeeState
from staff.forms.style import StyledForm, choose, day_field
from staff.models import Employee, Site

RHYTHMS = [one for one in Every.choices if one[0] not in (Every.DAY, Every.WEEK)]


class PlanForm(StyledForm):
    """Who holds which review, how often, by which day."""

    kind = forms.ChoiceField(label=pgettext_lazy("review", "Which review"),
                             choices=review_enums.ReviewKind.choices)  # fmt: skip
    site = forms.ModelChoiceField(
        Site.objects.none(), label=_("Site"), to_field_name="code", required=False,
        empty_label=_("Whole company"),
    )  # fmt: skip
    owner = person(_("Who holds it"))
    every = forms.ChoiceField(label=_("How often"), choices=RHYTHMS)
    starts_on = day_field(
        _("First to be held by"),
        help_text=_("Such as the 10th: it looks at the month, or the year, before"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["site"].queryset = Site.objects.filter(closed_on=None).order_by("code")
        fields["owner"].queryset = leaders()


class WriteForm(StyledForm):
    """Who takes part, the causes, the conclusion; a note per input, a word per objective."""

    participants = forms.ModelMultipleChoiceField(
        Employee.objects.none(), label=_("Who takes part"), required=False,
        to_field_name="number", widget=forms.SelectMultiple(attrs={"size": 6}),
        error_messages={"invalid_choice": _("Choose people of the list")},
    )  # fmt: skip
    guests = line(_("Others who take part"), most=200, required=False)
    causes = words(_("Causes that were discussed"), rows=5, most=4000, required=False)
    conclusion = words(_("What was concluded"), rows=4, most=4000, required=False)

    def __init__(self, *args: Any, row: Review, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        people = Employee.objects.filter(post__role__in=selectors.LEADING)
        fields["participants"].queryset = people.exclude(state=EmployeeState.LEFT).order_by(
            "number"
        )
        self.topics = [one.topic for one in row.inputs.all()]
        self.lines = [one.pk for one in row.verdicts.all()]
        if row.kind == review_enums.ReviewKind.MANAGEMENT:
            del fields["causes"]
        for topic in self.topics:
            fields[f"note_{topic}"] = words(_("Note"), rows=2, most=1000, required=False)
        for pk in self.lines:
            fields[f"verdict{pk}"] = forms.ChoiceField(
                label=_("Keep or change"), choices=choose(review_enums.Verdict.choices),
                required=False,
            )  # fmt: skip
            fields[f"words{pk}"] = line(_("Why, and into what"), most=300, required=False)
        for name in set(fields) - set(WriteForm.base_fields):
            is_choice = isinstance(fields[name], forms.ChoiceField)
            fields[name].widget.attrs["class"] = "form-select" if is_choice else "form-control"

    @staticmethod
    def start(row: Review) -> dict[str, Any]:
        """Return what is written already."""
        found: dict[str, Any] = {
            "participants": list(row.participants.all()), "guests": row.guests,
            "causes": row.causes, "conclusion": row.conclusion,
        }  # fmt: skip
        for one in row.inputs.all():
            found[f"note_{one.topic}"] = one.note
        for verdict in row.verdicts.all():
            found[f"verdict{verdict.pk}"] = verdict.verdict
            found[f"words{verdict.pk}"] = verdict.words
        return found

    def written(self) -> Written:
        """Return what was typed, as the service takes it."""
        said = self.cleaned_data
        return Written(
            participants=list(said["participants"]), guests=said["guests"],
            causes=said.get("causes", ""), conclusion=said["conclusion"],
            notes={topic: said[f"note_{topic}"] for topic in self.topics},
            verdicts={pk: (said[f"verdict{pk}"], said[f"words{pk}"]) for pk in self.lines},
        )  # fmt: skip

    @property
    def heads(self) -> list[Any]:
        """The fields of the form that belong to no topic and no objective."""
        return [self[name] for name in self.base_fields if name in self.fields]


class DecisionForm(StyledForm):
    """What is to be done, by whom, until when."""

    output = forms.ChoiceField(label=pgettext_lazy("decision", "What it is"),
                               choices=review_enums.Output.choices)  # fmt: skip
    category = forms.ChoiceField(label=_("How time is gained"), required=False,
                                 choices=choose(review_enums.Category.choices))  # fmt: skip
    text = words(_("What will be done"), rows=2, most=500)
    metric = forms.ChoiceField(label=_("Figure it is to move"), required=False)
    cause = forms.ModelChoiceField(
        Cause.objects.none(), label=_("Cause it goes to"), to_field_name="code", required=False,
        error_messages={"invalid_choice": _("Choose a cause of the list")},
    )  # fmt: skip
    nonconformity = forms.ModelChoiceField(
        Nonconformity.objects.none(), label=_("Or a corrective action that stands already"),
        to_field_name="number", required=False, empty_label="—",
        error_messages={"invalid_choice": _("Choose one of the list")},
    )  # fmt: skip
    owner = person(_("Who does it"))
    due_on = day_field(_("Due on"))

    def __init__(self, *args: Any, row: Review, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["metric"].choices = [("", "—")] + [
            (one.code, f"{one.name} ({one.code})") for one in figures.named().values()
        ]
        fields["cause"].queryset = selectors.usable_causes()
        fields["cause"].widget.choices = [("", "—"), *selectors.cause_choices()]
        live = Nonconformity.objects.filter(status__in=_PLANNABLE).order_by("-id")
        fields["nonconformity"].queryset = live if row.site is None else live.filter(site=row.site)
        near = Q(post__role__in=selectors.LEADING)
        if row.site_id is not None:
            near |= Q(site=row.site_id)
        people = Employee.objects.filter(near)
        fields["owner"].queryset = people.exclude(state=EmployeeState.LEFT).order_by("number")
        if row.kind == review_enums.ReviewKind.MANAGEMENT:
            del fields["category"]

    def decided(self) -> Decided:
        """Return what was typed, as the service takes it."""
        return Decided(**self.cleaned_data)


# Where a measure may still be added, or which is under way.
_PLANNABLE = (Status.CAUSE_FOUND, Status.PROPOSED, Status.APPROVED, Status.DOING)


class HoldForm(StyledForm):
    held_on = day_field(_("Held on"))


class DecideForm(StyledForm):
    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=[("yes", _("Approve the outcome")), ("no", _("Send it back"))],
    )
    note = words(_("Reason"), rows=2, most=500, required=False,
                 help_text=_("Needed where it is sent back"))  # fmt: skip


class OutcomeForm(StyledForm):
    outcome = forms.ChoiceField(label=_("What becomes of it"),
                                choices=choose(review_enums.Outcome.choices),
                                error_messages={"required": _("Choose")})  # fmt: skip
    reason = words(_("Reason"), rows=2, most=500)


class EndPlanForm(StyledForm):
    on = day_field(_("Last day"))
    reason = words(_("Reason"), rows=2, most=200)
