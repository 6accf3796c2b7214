"""Forms about customers: the file, visits, needs, expectations, duties, examples, templates."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints import enums
from complaints.forms.fields import WordsField
from courierqa.core.forms import CleanCharField
from staff.models import User

DAYS = [
    ("0", _("Mon")), ("1", _("Tue")), ("2", _("Wed")), ("3", _("Thu")), ("4", _("Fri")),
    ("5", _("Sat")), ("6", _("Sun")),
]  # fmt: skip


def day_field(label: Any, *, required: bool = True) -> forms.DateField:
    """Return a field for one day, with the phone's own calendar."""
    return forms.DateField(
        label=label, required=required, widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": _("Enter a day such as 2026-10-05"),
                        "required": _("Enter a day such as 2026-10-05")},
    )  # fmt: skip


class PersonChoice(forms.ModelChoiceField):
    """A colleague by name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=User.objects.none(), **kwargs)

    def among(self, people: QuerySet[User]) -> None:
        """Say who can be chosen; known only when the page is asked for."""
        self.queryset = people


class CustomerForm(forms.Form):
    """The file of a customer."""

    code = CleanCharField(label=_("Customer number"), max_length=30)
    name = CleanCharField(label=pgettext_lazy("customer", "Name"), max_length=80)
    customer_class = forms.ChoiceField(label=_("Class"), choices=enums.CustomerClass.choices)
    manager = PersonChoice(label=_("Account manager"), required=False)
    first_hours = forms.IntegerField(
        label=_("Own limit: first answer within hours"), min_value=1, max_value=168, required=False,
        help_text=_("Empty: as the reason says. It only shortens; the legal limit stays"),
    )  # fmt: skip
    resolve_hours = forms.IntegerField(
        label=_("Own limit: settled within hours"), min_value=1, max_value=168, required=False
    )
    contact_name = CleanCharField(label=_("Contact person"), max_length=60, required=False)
    contact_phone = CleanCharField(
        label=_("Contact phone"), max_length=40, required=False,
        help_text=_("Calls from this number show the file. Empty keeps the number on file"),
    )  # fmt: skip
    agreement_from = day_field(_("Agreement from"), required=False)
    agreement_to = day_field(_("Agreement until"), required=False)
    notes = WordsField(
        label=_("Service notes"), rows=4, required=False,
        help_text=_("Shown to whoever handles a case of this customer"),
    )  # fmt: skip

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["manager"]
        if isinstance(field, PersonChoice):
            field.among(people)

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"].upper()
        if not re.fullmatch(r"[A-Z0-9][A-Z0-9-]*", code):
            raise forms.ValidationError(_("Use letters, digits and hyphens"))
        return code


class VisitForm(forms.Form):
    """A visit to plan."""

    planned_on = day_field(_("Day"))
    way = forms.ChoiceField(label=pgettext_lazy("visit", "Way"), choices=enums.VisitWay.choices)
    visitor = PersonChoice(label=_("Who visits"))
    purpose = CleanCharField(label=_("What for"), max_length=200)

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["visitor"]
        if isinstance(field, PersonChoice):
            field.among(people)


class VisitDoneForm(forms.Form):
    """What was heard in a visit."""

    heard = WordsField(label=_("What the customer said"), rows=4)
    score = forms.TypedChoiceField(
        label=_("How satisfied"), required=False, coerce=int, empty_value=None,
        choices=[("", _("Not asked")), ("5", _("Very satisfied")), ("4", _("Satisfied")),
                 ("3", _("Neither")), ("2", _("Dissatisfied")), ("1", _("Very dissatisfied"))],
    )  # fmt: skip
    agreed = CleanCharField(label=_("What was agreed"), max_length=300, required=False)
    next_on = day_field(_("Next visit"), required=False)


class WhyForm(forms.Form):
    """One reason."""

    reason = CleanCharField(
        label=_("Why"), max_length=200, error_messages={"required": _("Say why")}
    )


class ExpectationForm(forms.Form):
    """A line of the table of expectations."""

    group = forms.ChoiceField(
        label=pgettext_lazy("customers", "Group"), choices=enums.CustomerGroup.choices
    )
    topic = forms.ChoiceField(label=_("Topic"), choices=enums.Topic.choices)
    expects = CleanCharField(label=_("Expectation in Chinese"), max_length=200)
    expects_en = CleanCharField(label=_("Expectation in English"), max_length=200)
    promise = CleanCharField(label=_("Our promise in Chinese"), max_length=200)
    promise_en = CleanCharField(label=_("Our promise in English"), max_length=200)
    gap = forms.ChoiceField(label=_("Gap"), choices=enums.Gap.choices)
    gap_note = CleanCharField(label=_("What is missing"), max_length=200, required=False)
    metric = forms.RegexField(
        r"^[A-Z]\d\d$", label=_("Figure that shows it"), required=False, max_length=8,
        help_text=_("Code of the figure, for example T01"),
        error_messages={"invalid": _("A code is a letter and two digits, such as T01")},
    )  # fmt: skip


class NeedForm(forms.Form):
    """A need as it was heard."""

    source = forms.ChoiceField(label=_("Where it was heard"), choices=enums.NeedSource.choices)
    group = forms.ChoiceField(
        label=pgettext_lazy("customers", "Group"), choices=enums.CustomerGroup.choices
    )
    requirement = CleanCharField(label=_("What customers need"), max_length=200)
    analysis = WordsField(label=_("Analysis"), rows=3, required=False)


class NeedOfCaseForm(forms.Form):
    """What a case tells us to do better."""

    requirement = CleanCharField(
        label=_("What customers need"), max_length=200,
        help_text=_("Without names or numbers"),
    )  # fmt: skip


class NeedDecisionForm(forms.Form):
    """What changes for a need."""

    status = forms.ChoiceField(label=_("Decision"), choices=enums.NeedStatus.choices[1:])
    change = CleanCharField(label=_("What changes, or why nothing does"), max_length=300)
    improvement = CleanCharField(
        label=_("Improvement"), max_length=40, required=False,
        help_text=_("Number of the action or programme, for example CA-2026-031"),
    )  # fmt: skip
    analysis = WordsField(label=_("Analysis"), rows=3, required=False)


class NotPossibleForm(forms.Form):
    """An honest no."""

    reason = CleanCharField(label=_("Why it is not possible"), max_length=300)
    alternative = CleanCharField(label=_("What we offer instead"), max_length=300)


class ExampleForm(forms.Form):
    """A closed complaint told as an example."""

    title = CleanCharField(label=pgettext_lazy("example", "Title"), max_length=80)
    story = WordsField(
        label=_("What happened"), rows=4,
        help_text=_("No names, phone, parcel or case numbers: readers learn without them"),
    )  # fmt: skip
    cause = CleanCharField(label=pgettext_lazy("root", "Cause"), max_length=200)
    action = CleanCharField(label=_("What was done"), max_length=300)
    lesson = CleanCharField(label=_("What to do next time"), max_length=300)


class ReviewForm(forms.Form):
    """A second person's word on an example."""

    note = CleanCharField(label=_("Note"), max_length=200, required=False)


class DutyForm(forms.Form):
    """A person's work at the desk."""

    person = PersonChoice(label=_("Person"))
    queue = forms.ChoiceField(label=pgettext_lazy("desk", "Queue"), choices=enums.DeskQueue.choices)
    duty = CleanCharField(label=_("Duty"), max_length=200)
    opens = forms.TimeField(
        label=pgettext_lazy("hours", "From"), widget=forms.TimeInput(attrs={"type": "time"})
    )
    closes = forms.TimeField(
        label=pgettext_lazy("hours", "Until"), widget=forms.TimeInput(attrs={"type": "time"})
    )
    weekdays = forms.MultipleChoiceField(
        label=_("Days"), choices=DAYS, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        if isinstance(field, PersonChoice):
            field.among(people)


class TemplateForm(forms.Form):
    """Ready words in both languages."""

    code = CleanCharField(
        label=_("Short name"), max_length=40,
        help_text=_("Small letters, digits and hyphens, for example: change-address"),
    )  # fmt: skip
    title = CleanCharField(label=_("Title in Chinese"), max_length=80)
    body = WordsField(
        label=_("Words in Chinese"), rows=5,
        help_text=_("A blank is written {{name}}; {{number}} and {{amount}} fill themselves. "
                    "A reply with a blank left cannot be sent"),
    )  # fmt: skip
    title_en = CleanCharField(label=_("Title in English"), max_length=80)
    body_en = WordsField(label=_("Words in English"), rows=5)
    is_active = forms.BooleanField(label=_("Offer it for replies"), required=False)
    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"].lower()
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code):
            raise forms.ValidationError(_("Use small letters, digits and hyphens"))
        return code


class SuggestionForm(forms.Form):
    """What a customer proposes: the words, and a way to answer."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    words = WordsField(
        label=_("Your suggestion"), rows=5,
        error_messages={"required": _("Enter what you suggest")},
    )  # fmt: skip
    email = forms.EmailField(
        label=_("E-mail"), required=False, max_length=200,
        help_text=_("So that we can tell you what became of it"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip
    # A field people do not see; programs that fill everything give themselves away.
    website = forms.CharField(
        required=False, max_length=200, widget=forms.TextInput(attrs={"tabindex": "-1"})
    )
