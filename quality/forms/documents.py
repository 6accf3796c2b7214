"""Forms of documents: the card, the text, submitting, deciding, confirming."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courierqa.core.enums import Role
from quality import document_enums as enums
from quality import figures
from quality.clauses import clause_choices
from quality.forms.raising import line, person, words
from quality.services import documents as services
from staff.enums import EmployeeState
from staff.forms.style import StyledForm, choose, day_field
from staff.models import Employee, Post, Site

READERS = [(role.value, role.label) for role in Role if role not in (Role.PUBLIC, Role.API)]
BODY_HELP = _("Headings begin with “## ”, lists with “- ”; tables as in Markdown")


def leaders() -> Any:
    """Return who may own a document, a duty or an audit."""
    people = Employee.objects.filter(user__isnull=False).exclude(state=EmployeeState.LEFT)
    roles = ("supervisor", "lead", "quality", "manager", "hr", "admin")
    return people.filter(post__role__in=roles).select_related("post").order_by("number")


def several(label: Any, choices: Any = (), **kwargs: Any) -> forms.MultipleChoiceField:
    """Return a choice of several from a short list, as boxes to tick."""
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple, **kwargs
    )


class CardForm(StyledForm):
    """What is known of a document beside its text."""

    number = line(_("Number"), most=20, help_text=_("Such as QI-05; it stays for ever"))
    level = forms.ChoiceField(label=pgettext_lazy("document", "Level"), choices=enums.Level.choices)
    category = forms.ChoiceField(
        label=pgettext_lazy("document", "Category"), choices=enums.Category.choices
    )
    title = line(_("Title"), most=100)
    title_en = line(_("Title in English"), most=140)
    owner = person(_("Who explains it"))
    review_months = forms.IntegerField(
        label=_("Looked through again after (months)"), min_value=1, max_value=60, initial=12
    )
    metric = forms.ChoiceField(label=_("Defines the figure"), required=False)
    readers = several(_("Who may open it"), READERS, help_text=_("None ticked: everybody"))
    must_be_read = forms.BooleanField(
        label=_("Has to be read and confirmed within 14 days"), required=False
    )
    posts = forms.ModelMultipleChoiceField(
        Post.objects.all(), label=_("By the posts"), required=False, to_field_name="code",
        widget=forms.CheckboxSelectMultiple, help_text=_("None ticked: every post"),
    )  # fmt: skip
    sites = forms.ModelMultipleChoiceField(
        Site.objects.none(), label=_("At the sites"), required=False, to_field_name="code",
        widget=forms.SelectMultiple(attrs={"size": 6}), help_text=_("None chosen: every site"),
    )  # fmt: skip
    screens = several(_("Shown on the screens"), enums.Screen.choices)
    clauses = forms.MultipleChoiceField(
        label=_("Clauses of ISO 9001"), required=False, choices=clause_choices,
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )  # fmt: skip

    def __init__(self, *args: Any, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["owner"].queryset = leaders()
        fields["sites"].queryset = Site.objects.filter(closed_on=None).order_by("code")
        fields["metric"].choices = [
            ("", "—"),
            *((one.code, f"{one.code} {one.name}") for one in figures.named().values()),
        ]
        if not is_new:
            fields["number"].disabled = True

    def card(self) -> services.Card:
        """Return what was filled in, as the service takes it."""
        said = {name: value for name, value in self.cleaned_data.items() if name in _CARD}
        many = {name: tuple(said[name]) for name in ("readers", "posts", "sites", "screens",
                                                     "clauses")}  # fmt: skip
        return services.Card(**{**said, **many})


_CARD = frozenset(services.Card.__dataclass_fields__)


class TextForm(StyledForm):
    """The text of a version in both languages, what changed, a quiz."""

    body = words(_("Text"), rows=18, most=20_000, help_text=BODY_HELP)
    body_en = words(_("Text in English"), rows=10, most=20_000, required=False)
    change = line(_("What changed and why"), most=300, required=False,
                  help_text=_("Needed from the second version on"))  # fmt: skip
    quiz = words(
        _("Questions"), rows=6, most=4000, required=False,
        help_text=_("“? ” begins a question, “+ ” its right answer, “- ” a wrong one; both "
                    "languages as “中文 | English”. None: reading is confirmed without a quiz"),
    )  # fmt: skip

    def text(self) -> services.Text:
        """Return what was filled in; a quiz that cannot be read is refused at its field."""
        said = self.cleaned_data
        return services.Text(
            body=said["body"], body_en=said["body_en"], change=said["change"],
            quiz=services.quiz_of(said["quiz"]),
        )  # fmt: skip


class SubmitForm(StyledForm):
    effective_on = day_field(_("In force from"))


class DecideVersionForm(StyledForm):
    outcome = forms.ChoiceField(
        label=_("Decision"), choices=[("yes", pgettext_lazy("document", "Approve")),
                                      ("no", _("Send it back"))],
    )  # fmt: skip
    note = words(_("Reason"), rows=2, most=500, required=False,
                 help_text=_("Needed where it is sent back"))  # fmt: skip


class ReasonForm(StyledForm):
    reason = words(_("Reason"), rows=2, most=300)


class ProcessForm(StyledForm):
    """A process page: what goes in, the steps one a line, what comes out."""

    name = line(_("Name"), most=60)
    name_en = line(_("Name in English"), most=80)
    owner = forms.ModelChoiceField(
        Post.objects.all(), label=pgettext_lazy("process", "Owner"), to_field_name="code",
        empty_label=_("Choose"), error_messages={"required": _("Choose a post")},
    )  # fmt: skip
    inputs = line(_("What goes in"), most=300)
    inputs_en = line(_("What goes in, in English"), most=400)
    outputs = line(_("What comes out"), most=300)
    outputs_en = line(_("What comes out, in English"), most=400)
    steps = words(_("Steps, one a line"), rows=8, most=2000)
    steps_en = words(_("Steps in English, one a line"), rows=8, most=3000)
    documents = forms.ModelMultipleChoiceField(
        Employee.objects.none(), label=_("Documents"), required=False, to_field_name="number",
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )  # fmt: skip
    metric1 = forms.ChoiceField(label=_("Figure that shows how it works"))
    method1 = forms.ChoiceField(label=_("Method"), choices=enums.Method.choices)
    metric2 = forms.ChoiceField(label=_("Second figure"), required=False)
    method2 = forms.ChoiceField(label=_("Method"), choices=choose(enums.Method.choices),
                                required=False)  # fmt: skip

    def __init__(self, *args: Any, documents: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["documents"].queryset = documents
        names = [(one.code, f"{one.code} {one.name}") for one in figures.named().values()]
        fields["metric1"].choices = choose(names)
        fields["metric2"].choices = [("", "—"), *names]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        lines = [len(cleaned.get(name, "").splitlines()) for name in ("steps", "steps_en")]
        if all(lines) and lines[0] != lines[1]:
            self.add_error("steps_en", _("Write as many lines as in Chinese"))
        return cleaned

    def measures(self) -> list[tuple[str, str]]:
        """Return figure and method pairs that were filled in."""
        said = self.cleaned_data
        pairs = [(said[f"metric{n}"], said[f"method{n}"] or "data") for n in (1, 2)]
        return [(code, method) for code, method in dict(pairs).items() if code]
