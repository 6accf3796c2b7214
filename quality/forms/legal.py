"""Forms of the legal register."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courierqa.core.recurrence import Every
from quality import document_enums as enums
from quality.forms.documents import leaders
from quality.forms.raising import line, person, words
from quality.models import Document
from staff.forms.style import StyledForm, day_field


class LawForm(StyledForm):
    """A law, with its first wording when it is new."""

    code = line(_("Code"), most=40, help_text=_("Letters, digits and hyphens; it stays for ever"))
    kind = forms.ChoiceField(label=pgettext_lazy("law", "Kind"), choices=enums.LawKind.choices)
    title = line(_("Title"), most=120)
    title_en = line(_("Title in English"), most=160)
    issuer = line(pgettext_lazy("law", "Issued by"), most=80)
    issuer_en = line(_("Issued by, in English"), most=120, required=False)

    def __init__(self, *args: Any, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_new:
            self.fields["citation"] = line(_("Cited as"), most=160)
            self.fields["effective_on"] = day_field(_("In force from"))
            self.fields["citation"].widget.attrs["class"] = "form-control"
            self.fields["effective_on"].widget.attrs["class"] = "form-control"
        else:
            self.fields["code"].disabled = True


class WordingForm(StyledForm):
    citation = line(_("Cited as"), most=160)
    effective_on = day_field(_("In force from"))
    note = words(pgettext_lazy("version", "What changed"), rows=2, most=500, required=False)


class DutyForm(StyledForm):
    """What an article asks for, who answers for it, how often somebody looks."""

    article = line(pgettext_lazy("legal", "Article"), most=30, required=False,
                   help_text=_("Only its number; empty means the law as a whole"))  # fmt: skip
    subject = line(_("Subject"), most=60)
    subject_en = line(_("Subject in English"), most=80)
    duty = words(_("What has to be done"), rows=2, most=300)
    duty_en = words(_("What has to be done, in English"), rows=2, most=400)
    owner = person(_("Owner"))
    every = forms.ChoiceField(label=pgettext_lazy("cycle", "Checked"), choices=Every.choices)
    interval = forms.IntegerField(label=_("Every so many of these"), min_value=1, max_value=60,
                                  initial=1)  # fmt: skip
    anchor = day_field(_("First check on"))
    documents = forms.ModelMultipleChoiceField(
        Document.objects.none(), label=_("Our documents about it"), required=False,
        to_field_name="number", widget=forms.SelectMultiple(attrs={"size": 6}),
    )  # fmt: skip
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["owner"].queryset = leaders()
        fields["documents"].queryset = Document.objects.order_by("number")


class CheckForm(StyledForm):
    result = forms.ChoiceField(label=pgettext_lazy("duty", "Result"), choices=enums.Kept.choices)
    proof = words(_("What shows it"), rows=2, most=500,
                  help_text=_("Number of a record, a report, a visit"))  # fmt: skip
    conflict_with = forms.ModelChoiceField(
        Document.objects.none(), label=_("Document that says otherwise"), required=False,
        to_field_name="number", empty_label="—",
    )  # fmt: skip
    file = forms.FileField(label=_("Picture or PDF"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["conflict_with"].queryset = Document.objects.order_by("number")
