"""Forms of surveys: plan, questionnaire, answers, measures."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints import enums
from complaints.forms.customers import day_field
from complaints.forms.fields import WordsField
from complaints.models import SurveyQuestion, SurveyTemplate
from complaints.services.survey_answers import Said
from complaints.services.surveys import Asked
from courierqa.core.forms import CleanCharField
from staff.models import Site

STEPS = [
    ("5", _("Very satisfied")), ("4", _("Satisfied")), ("3", _("Neither")),
    ("2", _("Dissatisfied")), ("1", _("Very dissatisfied")),
]  # fmt: skip


class PlanForm(forms.Form):
    """Who is asked, about what, how often (SAT-09)."""

    name = CleanCharField(label=_("Name in Chinese"), max_length=80)
    name_en = CleanCharField(label=_("Name in English"), max_length=80)
    purpose = CleanCharField(label=_("Purpose"), max_length=200)
    audience = forms.ChoiceField(label=_("Who is asked"), choices=enums.Audience.choices)
    method = forms.ChoiceField(label=_("How"), choices=enums.SurveyMethod.choices)
    template_code = forms.ChoiceField(label=_("Questionnaire"))
    interval_days = forms.IntegerField(
        label=_("Every so many days"), min_value=1, max_value=365,
        help_text=_("Short enough to act on: at most 31 days for deliveries"),
    )  # fmt: skip
    sample_size = forms.IntegerField(label=_("People per round"), min_value=1, max_value=5000)
    next_on = day_field(_("Next round on"))

    def __init__(self, *args: Any, templates: Iterable[SurveyTemplate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["template_code"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(row.code, str(row)) for row in templates]


class QuestionnaireForm(forms.Form):
    """The next version of a questionnaire: one question a line."""

    name = CleanCharField(label=_("Name in Chinese"), max_length=80)
    name_en = CleanCharField(label=_("Name in English"), max_length=80)
    questions = WordsField(
        label=pgettext_lazy("survey", "Questions"), rows=12, max_length=6000,
        help_text=_("One a line: block | scale, nps or words | Chinese | English. Blocks: "
                    "attitude, efficiency, quality, overall, problems, proposals. The first line "
                    "is the first tap; nps asks from 0 to 10, at most once"),
    )  # fmt: skip
    attitude = forms.IntegerField(label=_("Weight: attitude"), min_value=0, max_value=100)
    efficiency = forms.IntegerField(label=_("Weight: efficiency"), min_value=0, max_value=100)
    quality = forms.IntegerField(label=_("Weight: quality"), min_value=0, max_value=100)
    overall = forms.IntegerField(label=_("Weight: the whole"), min_value=0, max_value=100)
    seen_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def clean_questions(self) -> list[Asked]:
        lines = [line for line in self.cleaned_data["questions"].splitlines() if line.strip()]
        return [self._line(place, line) for place, line in enumerate(lines, start=1)]

    def _line(self, place: int, line: str) -> Asked:
        parts = [part.strip() for part in line.replace("｜", "|").split("|")]
        known = len(parts) == 4 and all(parts)
        if known and parts[0] in enums.Block.values and parts[1] in enums.QuestionKind.values:
            return Asked(*parts)
        wrong = _("Line %(place)s: write block | scale, nps or words | Chinese | English")
        raise forms.ValidationError(wrong, params={"place": place})

    @staticmethod
    def lines_of(questions: Iterable[SurveyQuestion]) -> str:
        """Return the text of the field for questions that exist."""
        return "\n".join(f"{q.block} | {q.kind} | {q.text} | {q.text_en}" for q in questions)


class ZeroToTen(forms.TypedChoiceField):
    """Eleven steps from "not at all" to "certainly", and none of them."""

    is_zero_to_ten = True

    def __init__(self, **kwargs: Any) -> None:
        steps = [(str(step), str(step)) for step in range(11)]
        super().__init__(
            required=False, coerce=int, empty_value=None, widget=forms.RadioSelect,
            choices=[*steps, ("", pgettext_lazy("survey", "No answer"))],
            error_messages={"invalid_choice": _("Tap a number from 0 to 10")}, **kwargs,
        )  # fmt: skip


class AnswersForm(forms.Form):
    """Every question of a round but, on the customer's own page, the first tap."""

    def __init__(
        self, *args: Any, questions: Iterable[SurveyQuestion], needs_first: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.asked = list(questions)
        for place, question in enumerate(self.asked):
            is_needed = needs_first and place == 0
            self.fields[f"q{question.pk}"] = self._field(question, is_needed=is_needed)

    def _field(self, question: SurveyQuestion, *, is_needed: bool) -> forms.Field:
        if question.kind == enums.QuestionKind.SCALE:
            return self._scale(question, is_needed=is_needed)
        if question.kind == enums.QuestionKind.NPS:
            return ZeroToTen(label=str(question))
        return WordsField(label=str(question), required=False, max_length=500, rows=3)

    def _scale(self, question: SurveyQuestion, *, is_needed: bool) -> forms.Field:
        unused = [] if is_needed else [("", pgettext_lazy("survey", "Does not apply"))]
        return forms.TypedChoiceField(
            label=str(question), required=is_needed, coerce=int, empty_value=None,
            choices=[*STEPS, *unused], widget=forms.RadioSelect,
            error_messages={"required": _("Tap one of the five answers"),
                            "invalid_choice": _("Tap one of the five answers")},
        )  # fmt: skip

    def said(self) -> Said:
        """Return what was said, by question."""
        values, words = {}, {}
        for question in self.asked:
            found = self.cleaned_data.get(f"q{question.pk}")
            if question.kind == enums.QuestionKind.WORDS:
                words[question.pk] = found or ""
            elif found is not None:
                values[question.pk] = found
        return Said(values, words)


class MeasureForm(forms.Form):
    """What is done about a finding."""

    finding = CleanCharField(label=_("What the answers show"), max_length=200)
    measure = CleanCharField(label=_("What we do"), max_length=300)
    improvement = CleanCharField(
        label=_("Improvement"), max_length=40, required=False,
        help_text=_("Number of the action or programme, for example CA-2026-031"),
    )  # fmt: skip
    site = forms.ModelChoiceField(
        label=_("Site"), queryset=Site.objects.order_by("code"), required=False,
        empty_label=_("All sites"),
    )  # fmt: skip
    block = forms.ChoiceField(
        label=_("Measured by"), required=False,
        choices=[("", _("The whole score")), *[(b.value, b.label) for b in enums.SCORED_BLOCKS]],
    )  # fmt: skip
    started_on = day_field(_("Begins on"))
    check_on = day_field(_("Effect checked on"))


class CheckForm(forms.Form):
    """Whether the measure worked."""

    result = forms.ChoiceField(label=_("Effect"), choices=enums.Effect.choices)
    note = CleanCharField(label=_("Note"), max_length=300, required=False)
