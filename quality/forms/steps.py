"""The forms of the steps; each knows its nonconformity, for the people it may name."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from quality import enums, figures, selectors
from quality.forms.raising import line, person, words
from quality.models import Cause, Nonconformity
from staff.forms.style import StyledForm, choose, day_field
from staff.models import Site


class StepForm(StyledForm):
    """A form of one nonconformity."""

    def __init__(self, *args: Any, row: Nonconformity, **kwargs: Any) -> None:
        self.row = row
        super().__init__(*args, **kwargs)


class ContainForm(StepForm):
    text = words(_("What was corrected at once"), most=2000,
                 help_text=_("For those it hit: delivered, told, paid, put aside"))  # fmt: skip


class CauseForm(StepForm):
    """Five whys, the fishbone, and the cause they end in."""

    why1 = line(_("Why did it happen?"), most=300)
    why2 = line(_("Why was that so? (2)"), most=300, required=False)
    why3 = line(_("Why was that so? (3)"), most=300, required=False)
    why4 = line(_("Why was that so? (4)"), most=300, required=False)
    why5 = line(_("Why was that so? (5)"), most=300, required=False)
    cause = forms.ModelChoiceField(
        Cause.objects.none(), label=_("Cause"), to_field_name="code",
        error_messages={"required": _("Choose the cause the whys end in"),
                        "invalid_choice": _("Choose a cause of the list")},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["cause"].queryset = selectors.usable_causes()
        tree = selectors.cause_tree()
        fields["cause"].widget.choices = [("", _now("Choose")), *selectors.cause_choices()]
        for area, _causes in tree:
            if area.code in enums.AREAS:
                field = words(str(area), rows=2, most=500, required=False)
                field.widget.attrs["class"] = "form-control"
                fields[f"bone_{area.code}"] = field

    def whys(self) -> list[str]:
        """Return the answers in order."""
        return [self.cleaned_data.get(f"why{n}", "") for n in range(1, 6)]

    def fishbone(self) -> dict[str, str]:
        """Return area → text."""
        return {area: self.cleaned_data.get(f"bone_{area}", "") for area in enums.AREAS}

    @property
    def why_fields(self) -> list[Any]:
        return [self[f"why{n}"] for n in range(1, 6)]

    @property
    def bone_fields(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith("bone_")]


class ActionForm(StepForm):
    kind = forms.ChoiceField(label=pgettext_lazy("measure", "Kind"),
                             choices=enums.ActionKind.choices)  # fmt: skip
    text = words(_("What will be done"), rows=2, most=500)
    owner = person(_("Who does it"))
    due_on = day_field(_("Due on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["owner"].queryset = selectors.people_for(self.row)


class CriterionForm(StepForm):
    """How the effect will be seen; shares are typed as percentages."""

    rule = forms.ChoiceField(label=_("What must be seen"), choices=enums.EffectRule.choices)
    metric = forms.ChoiceField(label=_("Figure"), required=False)
    site = forms.ModelChoiceField(
        Site.objects.none(), label=_("Site"), to_field_name="code", required=False,
        empty_label=_("Whole company"),
    )  # fmt: skip
    threshold = forms.DecimalField(
        label=pgettext_lazy("criterion", "Limit"), required=False, max_digits=10,
        decimal_places=4, min_value=0,
        max_value=1_000_000, help_text=_("Shares in percent, such as 97.5"),
    )  # fmt: skip
    words = line(_("In words, where no figure shows it"), most=500, required=False)
    due_on = day_field(_("Look on"))
    verifier = person(_("Who looks"),
                      help_text=_("Somebody who neither owns nor does any of it"))  # fmt: skip
    may_be_early = forms.BooleanField(label=_("May be looked at before that day"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        self.figures = figures.named()
        fields["metric"].choices = choose(
            (one.code, f"{one.name} ({one.code})") for one in self.figures.values()
        )
        fields["site"].queryset = Site.objects.filter(closed_on=None)
        fields["verifier"].queryset = selectors.checkers_for(self.row, at=timezone.now())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        rule, metric = cleaned.get("rule"), cleaned.get("metric", "")
        known = self.figures.get(metric)
        if rule == enums.EffectRule.WORDS:
            return {**cleaned, "metric": "", "threshold": None, "site": None}
        cleaned["words"] = ""
        if rule == enums.EffectRule.SIGNAL:
            return {**cleaned, "threshold": None}
        limit = cleaned.get("threshold")
        if known is not None and known.is_share and limit is not None:
            if limit > 100:
                self.add_error("threshold", _("A share is at most 100 percent"))
            cleaned["threshold"] = (limit / Decimal(100)).quantize(Decimal("0.0001"))
        return cleaned


class DecideForm(StepForm):
    outcome = forms.ChoiceField(
        label=_("Decision"), choices=[("yes", _("Approve the plan")), ("no", _("Send it back"))]
    )
    note = words(_("Reason"), rows=2, most=500, required=False,
                 help_text=_("Needed where it is sent back"))  # fmt: skip


class WhyForm(StepForm):
    reason = words(_("Reason"), rows=2, most=500)


class DoneForm(StepForm):
    done_on = day_field(_("Done on"))
    note = words(_("What was done and what shows it"), rows=2, most=1000)
    reference = line(_("Number of the record that shows it"), most=60, required=False,
                     help_text=_("Training session, document, case"))  # fmt: skip
    file = forms.FileField(label=_("Or a picture or PDF"), required=False)


class LaterForm(StepForm):
    due_on = day_field(_("New day"))
    reason = line(_("Reason"), most=300)


class VerifierForm(StepForm):
    verifier = person(_("Who looks"))
    reason = line(_("Reason"), most=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["verifier"].queryset = selectors.checkers_for(self.row, at=timezone.now())


class AssignForm(StepForm):
    owner = person(_("Owner"))
    severity = forms.ChoiceField(label=pgettext_lazy("nonconformity", "How grave"),
                                 choices=enums.Severity.choices)  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["owner"].queryset = selectors.people_for(self.row)


class FileForm(StepForm):
    file = forms.FileField(
        label=_("Picture or PDF"), error_messages={"required": _("Choose a file")}
    )
