"""Schemes of the score in versions, fairness of a month, team scores."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courierqa.core.access import allow, may
from courierqa.core.formats import day
from staff import selectors, services
from staff.enums import GradePart
from staff.forms.style import StyledForm, day_field
from staff.models import AssessmentScheme
from staff.views.records import Cell, Table, make_page, table_page


class SchemeForm(StyledForm):
    """Weights, targets and floors of each part, and where grades begin."""

    valid_from = day_field(gettext_lazy("From day"))
    a_from = forms.DecimalField(label=gettext_lazy("A from points"), max_value=100)
    b_from = forms.DecimalField(label=gettext_lazy("B from points"), max_value=100)
    due_day = forms.IntegerField(
        label=gettext_lazy("Confirmed by this day of the next month"), min_value=1, max_value=28,
        required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, parts: list[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = parts
        labels = dict(GradePart.choices)
        for part in parts:
            for name, words in (("weight", _("weight")), ("target", _("target")),
                                ("floor", _("zero points at"))):  # fmt: skip
                field = forms.FloatField(
                    label=f"{labels.get(part['code'], part['code'])}: {words}",
                    min_value=0, max_value=100 if name == "weight" else 1, initial=part[name],
                )  # fmt: skip
                field.widget.attrs.update({"class": "form-control", "step": "any"})
                self.fields[f"{part['code']}_{name}"] = field

    def chosen(self) -> list[dict[str, Any]]:
        """Return the parts with what was typed; how they are read stays. Weight 0 drops one."""
        said = self.cleaned_data
        made = [
            {
                **part,
                **{name: said[f"{part['code']}_{name}"] for name in ("weight", "target", "floor")},
            }
            for part in self.parts
        ]
        return [part for part in made if part["weight"]]


@allow("grade", GET="read")
def schemes_page(request: HttpRequest) -> HttpResponse:
    """Which parts count how much, per post and from when."""
    labels = dict(GradePart.choices)
    change = may(request.user, "scheme", "change")
    rows = [
        [Cell(row.post, reverse("staff:scheme", args=[row.pk]) if change else ""),
         Cell(day(row.valid_from)),
         Cell(" · ".join(f"{labels.get(p['code'], p['code'])} {p['weight']}" for p in row.parts)),
         Cell(row.a_from, is_number=True), Cell(row.b_from, is_number=True),
         Cell(row.due_day, is_number=True),
         Cell(_("proposal") if row.is_proposal else _("decided"), badge="neutral")]
        for row in AssessmentScheme.objects.select_related("post")
    ]  # fmt: skip
    table = Table(
        _("What grades are made of"),
        [_("Post"), _("From day"), _("Parts and weights"), _("A from") + "#", _("B from") + "#",
         _("Confirmed by day") + "#", _("State")],
        rows, icon="scale", empty=_("No post is graded"),
        lead=_("A change makes a new version from a coming month on; graded months stay"),
    )  # fmt: skip
    return table_page(request, table)


@allow("scheme", GET="change", POST="change")
def scheme_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the next version of a scheme."""
    scheme = get_object_or_404(AssessmentScheme.objects.select_related("post"), pk=pk)
    form = SchemeForm(request.POST or None, parts=scheme.parts,
                      initial={"a_from": scheme.a_from, "b_from": scheme.b_from,
                               "due_day": scheme.due_day})  # fmt: skip

    def save(said: dict[str, Any]) -> str:
        services.revise_scheme(
            scheme, parts=form.chosen(), a_from=said["a_from"], b_from=said["b_from"],
            valid_from=said["valid_from"], due_day=said["due_day"], by=request.user,
            at=timezone.now(),
        )  # fmt: skip
        return reverse("staff:schemes")

    return make_page(
        request, form, save, title=_("New version: %(post)s") % {"post": scheme.post},
        lead=_("Weights add up to 100; shares are written as 0.95 for 95 %"),
        submit=_("Save as the next version"), back=reverse("staff:schemes"),
    )  # fmt: skip


def _month(request: HttpRequest) -> tuple[list[str], str]:
    months = selectors.months_known(request.access)
    asked = request.GET.get("month", "")
    return months, asked if asked in months else (months[0] if months else "")


@allow("fairness", GET="read")
def fairness_page(request: HttpRequest) -> HttpResponse:
    """How grades of a month fall by site, tenure and volume, with a warning about volume."""
    months, month = _month(request)
    found = selectors.fairness(request.access, month) if month else None
    page = {"title": _("Are grades fair?"), "months": months, "month": month, "found": found}
    return render(request, "staff/fairness.html", page)


@allow("grade", GET="read")
def team_scores_page(request: HttpRequest) -> HttpResponse:
    """The score of each team in a month."""
    months, month = _month(request)
    here = reverse("staff:team_scores")
    rows = [
        [Cell(row.team, reverse("staff:team", args=[row.team.pk])), Cell(row.team.site),
         Cell(row.team.aim), Cell(row.people, is_number=True), Cell(row.score, is_number=True)]
        for row in (selectors.team_scores(request.access, month) if month else [])
    ]  # fmt: skip
    table = Table(
        _("Team scores"),
        [_("Team"), _("Site"), _("Aim"), _("People graded") + "#", _("Points") + "#"], rows,
        tabs=[(f"{here}?month={m}", m, m == month) for m in months[:6]], icon="users",
        lead=_("Records of all members together, scored once: no average of averages"),
        empty=_("No team yet"), hint=_("A team has an aim, a leader and members of one site"),
    )  # fmt: skip
    return table_page(request, table)
