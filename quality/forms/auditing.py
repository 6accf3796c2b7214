"""Forms of audits and of certificates."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from quality import document_enums as enums
from quality.forms.documents import leaders, several
from quality.forms.raising import line, person, words
from quality.models import Document
from quality.selectors import auditing as selectors
from quality.services import auditing as services
from staff.forms.style import StyledForm, day_field
from staff.models import Employee, Site


class ProgrammeForm(StyledForm):
    year = forms.IntegerField(label=_("Year"), min_value=2020, max_value=2100)
    aim = words(_("What is audited this year, and why"), rows=5, most=2000)


class AuditForm(StyledForm):
    """The plan of an audit with its checklist."""

    title = line(_("Title"))
    site = forms.ModelChoiceField(
        Site.objects.none(), label=_("Site"), to_field_name="code", required=False,
        empty_label=_("Whole company"),
    )  # fmt: skip
    owner = person(_("Who answers for what is audited"))
    lead = person(_("Lead auditor"), help_text=_("Neither of the audited site nor led by it"))
    planned_on = day_field(_("Planned for"))
    scopes = several(_("What it covers"), enums.AuditScope.choices)
    methods = several(_("By which methods"), enums.Method.choices)
    team = forms.ModelMultipleChoiceField(
        Employee.objects.none(), label=_("Further auditors"), required=False,
        to_field_name="number", widget=forms.SelectMultiple(attrs={"size": 5}),
    )  # fmt: skip
    criteria = forms.ModelMultipleChoiceField(
        Document.objects.none(), label=_("Against these documents"), required=False,
        to_field_name="number", widget=forms.SelectMultiple(attrs={"size": 5}),
    )  # fmt: skip
    criteria_text = line(_("Other criteria"), most=500, required=False)
    questions = words(
        _("Checklist, one question a line"), rows=10, most=12_000,
        help_text=_("A clause may stand before the question: 8.5 Is every parcel scanned?"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["site"].queryset = Site.objects.filter(closed_on=None).order_by("code")
        fields["owner"].queryset = leaders()
        fields["lead"].queryset = fields["team"].queryset = selectors.auditors()
        fields["criteria"].queryset = Document.objects.order_by("number")

    def plan(self) -> services.Plan:
        """Return what was filled in, as the service takes it."""
        said = dict(self.cleaned_data)
        said["questions"] = services.lines_typed(said["questions"])
        for name in ("team", "criteria", "scopes", "methods"):
            said[name] = tuple(said[name])
        return services.Plan(**said)


class GradeForm(StyledForm):
    grade = forms.ChoiceField(label=pgettext_lazy("audit", "Grade"),
                              choices=[("", _("Not checked yet")), *enums.LineGrade.choices],
                              error_messages={"required": _("Choose a grade")})  # fmt: skip
    evidence = words(pgettext_lazy("finding", "Evidence"), rows=2, most=2000, required=False)


class ConclusionForm(StyledForm):
    conclusion = words(_("Conclusion"), rows=4, most=3000)


class VerifyForm(StyledForm):
    verification = words(_("What shows that it is gone"), rows=2, most=500)


class LaterForm(StyledForm):
    planned_on = day_field(_("New day"))
    reason = line(_("Reason"), most=300)


class ReauditForm(StyledForm):
    lead = person(_("Lead auditor"))
    planned_on = day_field(_("Planned for"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["lead"].queryset = selectors.auditors()


class CertificateFileForm(StyledForm):
    """The paper of a certificate, or a report of a visit."""

    file = forms.FileField(
        label=_("Picture or PDF"), error_messages={"required": _("Choose a file")}
    )


class CertificationForm(StyledForm):
    """A certificate and the days of its surveillance visits."""

    number = line(_("Number"), most=60)
    standard = line(_("Standard"), most=60, help_text=_("Such as ISO 9001:2015"))
    issuer = line(_("Issued by"), most=100)
    scope = line(pgettext_lazy("certificate", "Scope"), most=300)
    owner = person(_("Owner"))
    valid_from = day_field(_("Valid from"))
    expires_on = day_field(_("Expires on"))
    visits = line(_("Surveillance visits"), most=200, required=False,
                  help_text=_("Days apart by blanks: 2027-03-01 2028-03-01"))  # fmt: skip
    file = forms.FileField(label=_("Picture or PDF"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["owner"].queryset = leaders()

    def clean_visits(self) -> list[Any]:
        found = []
        for part in self.cleaned_data["visits"].replace(",", " ").replace("，", " ").split():
            try:
                day = parse_date(part)
            except ValueError:
                day = None
            if day is None:
                raise ValidationError(_("Write the day as 2026-11-23"))
            found.append(day)
        return found


class VisitForm(StyledForm):
    done_on = day_field(_("Done on"))
    result = forms.ChoiceField(label=pgettext_lazy("certificate", "Result"),
                               choices=enums.VisitResult.choices)  # fmt: skip
    note = words(pgettext_lazy("check", "What was found"), rows=2, most=500)
