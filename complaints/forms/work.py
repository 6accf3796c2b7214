"""Forms of investigation, liability, measures, remedies and privacy incidents."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints import selectors
from complaints.enums import Liability
from complaints.forms.fields import WordsField
from complaints.models import RootCause
from complaints.services.investigating import CHOICES_HOURS, WHYS
from complaints.work_enums import MeasureKind, RemedyKind
from courierqa.core.forms import CleanCharField
from staff.models import Course, Employee, Site

_DAY = forms.DateInput(attrs={"type": "date"})
_MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


def _person(label: Any, **more: Any) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        label=label,
        queryset=Employee.objects.filter(left_on=None),
        to_field_name="number",
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "E1024", "autocomplete": "off"}),
        error_messages={"invalid_choice": _("No colleague has this number")},
        **more,
    )


def _site(label: Any) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(label=label, queryset=Site.objects.all(), required=False)


class StatementForm(forms.Form):
    """A question to a courier or a site, with its due time."""

    person = _person(_("Staff number of the person"))
    site = _site(_("Or the site"))
    question = CleanCharField(
        label=_("What do you want to know?"),
        max_length=300,
        error_messages={"required": _("Enter what you want to know")},
    )
    hours = forms.TypedChoiceField(
        label=_("Answer within"), coerce=int, initial=24, choices=(),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hours = cast("forms.TypedChoiceField", self.fields["hours"])
        hours.choices = [(n, _("%(n)d hours") % {"n": n}) for n in CHOICES_HOURS]


class StatementAnswerForm(forms.Form):
    """What the person or the site says, with a picture or document if there is one."""

    text = WordsField(
        label=_("What happened?"), rows=5, error_messages={"required": _("Write what happened")}
    )
    file = forms.FileField(label=_("Picture or PDF"), required=False, allow_empty_file=True)


class FileForm(forms.Form):
    """A piece of evidence."""

    file = forms.FileField(
        label=_("Picture or PDF"),
        allow_empty_file=True,
        help_text=_("JPEG, PNG, WebP or PDF, up to 10 MB. Place and camera data are removed"),
        error_messages={"required": _("Choose a file"), "missing": _("Choose a file")},
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp,.pdf"}),
    )


class RemoveFileForm(forms.Form):
    """Why a file is taken out."""

    why = CleanCharField(label=_("Why?"), max_length=200, error_messages={"required": _("Say why")})


class AnalysisForm(forms.Form):
    """Up to five whys, and the cause they end in."""

    root_cause = forms.ModelChoiceField(
        label=_("Root cause"),
        queryset=RootCause.objects.filter(is_active=True, parent__isnull=False),
        to_field_name="code",
        error_messages={"required": _("Choose the cause")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = cast("forms.ModelChoiceField", self.fields["root_cause"])
        chosen.widget.choices = [("", _("Choose")), *selectors.cause_choices()]
        for n in range(1, WHYS + 1):
            self.fields[f"why{n}"] = CleanCharField(
                label=_("Why? %(n)d") % {"n": n},
                max_length=200,
                required=n == 1,
                error_messages={"required": _("Answer at least the first why")},
            )

    @property
    def whys(self) -> list[str]:
        """The answers in order, empty ones included."""
        return [self.cleaned_data[f"why{n}"] for n in range(1, WHYS + 1)]


class CaseAppealForm(forms.Form):
    """Why the person or site named disagrees."""

    appeal = WordsField(
        label=_("Why do you disagree?"),
        max_length=500,
        error_messages={"required": _("Write why you disagree")},
    )


class AppealAnswerForm(forms.Form):
    """The decision on an appeal by a second person; a lifted one names who answers instead."""

    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            ("uphold", _("The decision stands")),
            ("none", _("Lifted: nobody is liable")),
            ("sender", _("Lifted: the sender is liable")),
            ("partner", _("Lifted: a partner company is liable")),
            ("ours", _("Lifted: the site below is liable")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the decision")},
    )
    site = _site(_("Site"))
    answer = WordsField(
        label=_("Reasons"), max_length=500, error_messages={"required": _("Give the reasons")}
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("outcome") == Liability.OURS and not said.get("site"):
            self.add_error("site", _("Choose the site"))
        return said


class MeasureForm(forms.Form):
    """What the person held liable has to do."""

    kind = forms.ChoiceField(label=_("Measure"), choices=MeasureKind.choices)
    words = CleanCharField(
        label=_("What is to be done?"),
        max_length=300,
        error_messages={"required": _("Enter what is to be done")},
    )
    course = forms.ModelChoiceField(
        label=_("Course"), queryset=Course.objects.all(), required=False, to_field_name="code"
    )
    due_on = forms.DateField(
        label=pgettext_lazy("deadline", "By"),
        widget=_DAY,
        error_messages={"required": _("Choose a day")},
    )


class ResultForm(forms.Form):
    """How something was carried out."""

    result = CleanCharField(
        label=_("What shows it"),
        max_length=300,
        error_messages={"required": _("Enter what shows it")},
    )


class RemedyForm(forms.Form):
    """Something promised besides money."""

    kind = forms.ChoiceField(label=_("Remedy"), choices=RemedyKind.choices)
    words = CleanCharField(
        label=_("What is promised?"),
        max_length=300,
        error_messages={"required": _("Enter what is promised")},
    )
    due_at = forms.DateTimeField(
        label=pgettext_lazy("deadline", "By"),
        widget=_MOMENT,
        error_messages={"required": _("Enter a time"), "invalid": _("Enter a time")},
    )


class RemedyEndForm(ResultForm):
    """Carried out, or no longer wanted."""

    outcome = forms.ChoiceField(
        choices=[("done", _("Done")), ("dropped", _("No longer wanted"))],
        error_messages={"required": _("Choose the result")},
    )


class IncidentForm(forms.Form):
    """What is known about a privacy incident."""

    kinds = CleanCharField(label=_("Kinds of data"), max_length=200, required=False)
    affected = forms.IntegerField(
        label=_("People affected"), min_value=0, max_value=100_000_000, required=False
    )
    cause = WordsField(label=_("Cause"), max_length=1000, rows=2, required=False)
    harm = WordsField(label=_("Possible harm"), max_length=1000, rows=2, required=False)
    measures = WordsField(label=_("Measures taken"), max_length=1000, rows=2, required=False)
    people_told_at = forms.DateTimeField(
        label=_("People affected told"), widget=_MOMENT, required=False
    )
    authority_told_at = forms.DateTimeField(
        label=_("Data authority told"), widget=_MOMENT, required=False
    )
    postal_told_at = forms.DateTimeField(
        label=_("Postal administration told"), widget=_MOMENT, required=False
    )


class IncidentNoteForm(forms.Form):
    """A line of the incident's time line."""

    text = WordsField(label=_("Note"), rows=2, error_messages={"required": _("Enter a note")})
