"""The question bank, the rules of an exam, certificates of others, practical tests."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core.access import allow
from courierqa.core.calendars import business_day
from staff import selectors, services
from staff.forms.work import ExamForm, ExternalForm, PracticeForm, QuestionForm
from staff.models import Course, Employee, Exam, Question, local
from staff.views.records import Cell, Table, make_page, table_page

EXAM_FIELDS = ("size", "pass_percent", "minutes", "extra_minutes", "max_attempts", "retake_hours")


@allow("training", GET="change")
def questions_page(request: HttpRequest, code: str) -> HttpResponse:
    """The bank of a course."""
    course = get_object_or_404(Course, code=code)
    rows = [
        [Cell(local(q, "text"), reverse("staff:question", args=[code, q.pk])),
         Cell(q.section or None), Cell(q.correct),
         Cell(_("In use"), badge="good") if q.is_active else Cell(_("Not used"), badge="neutral")]
        for q in course.questions.all()
    ]  # fmt: skip
    actions = [
        (reverse("staff:question_new", args=[code]), _("New question"), "plus"),
        (reverse("staff:exam_rules", args=[code]), _("Rules of the exam"), "settings"),
    ]
    table = Table(
        _("Questions: %(course)s") % {"course": course},
        [_("Question"), _("Section"), _("Right answer"), _("State")], rows, actions=actions,
        empty=_("This course has no questions"), icon="help",
        hint=_("An exam needs questions in both languages"),
    )  # fmt: skip
    return table_page(request, table)


@allow("training", GET="change", POST="change")
def question_page(request: HttpRequest, code: str, pk: int = 0) -> HttpResponse:
    """Write a question in both languages, new or changed."""
    course = get_object_or_404(Course, code=code)
    question = get_object_or_404(Question, course=course, pk=pk) if pk else None
    initial = _stored(question) if question else {"is_active": True}
    form = QuestionForm(request.POST or None, initial=initial)
    back = reverse("staff:questions", args=[code])

    def save(said: dict[str, Any]) -> str:
        fields = {k: v for k, v in said.items() if not k.startswith(("zh_", "en_"))}
        services.save_question(course, question, options=form.options(), by=request.user,
                               at=timezone.now(), **fields)  # fmt: skip
        return back

    title = _("Change the question") if question else _("New question")
    return make_page(request, form, save, title=title, submit=_("Save"), back=back,
                     lead=_("Papers already drawn keep the question as it was"))  # fmt: skip


def _stored(question: Question) -> dict[str, Any]:
    names = ("text", "text_en", "correct", "explanation", "explanation_en", "section", "is_active")
    found = {name: getattr(question, name) for name in names}
    for option in question.options:
        found[f"zh_{option['key']}"], found[f"en_{option['key']}"] = option["zh"], option["en"]
    return found


@allow("training", GET="change", POST="change")
def exam_rules(request: HttpRequest, code: str) -> HttpResponse:
    """Set size, pass mark, time, attempts, blueprint and the practical part."""
    course = get_object_or_404(Course, code=code)
    exam = getattr(course, "exam", None) or Exam(course=course)
    initial = {name: getattr(exam, name) for name in EXAM_FIELDS}
    initial["practice"] = course.practice_percent
    initial["blueprint"] = "\n".join(f"{k} = {v}" for k, v in exam.blueprint.items())
    back = reverse("staff:questions", args=[code])

    def save(said: dict[str, Any]) -> str:
        services.save_exam(course, by=request.user, at=timezone.now(), **said)
        return back

    return make_page(request, ExamForm(request.POST or None, initial=initial), save,
                     title=_("Rules of the exam"), submit=_("Save"), back=back)  # fmt: skip


def _person(request: HttpRequest, number: str) -> Employee:
    return get_object_or_404(selectors.employees_for(request.access), number=number)


@allow("training", GET="change", POST="change")
def external_new(request: HttpRequest, number: str) -> HttpResponse:
    """Register a certificate somebody else issued."""
    person = _person(request, number)
    back = reverse("staff:person", args=[number])
    form = ExternalForm(request.POST or None, initial={"issued_on": business_day(timezone.now())})

    def save(said: dict[str, Any]) -> str:
        services.record_external(person, said.pop("course"), by=request.user, at=timezone.now(),
                                 **said)  # fmt: skip
        return back

    return make_page(
        request, form, save, title=_("Certificate of %(name)s") % {"name": person.name},
        submit=_("Register"), back=back,
    )  # fmt: skip


@allow("training", GET="assign", POST="assign")
def practice_new(request: HttpRequest, number: str) -> HttpResponse:
    """Keep the points of a practical test."""
    person = _person(request, number)
    back = reverse("staff:person", args=[number])

    def save(said: dict[str, Any]) -> str:
        services.record_practice(person, said.pop("course"), by=request.user, at=timezone.now(),
                                 **said)  # fmt: skip
        return back

    lead = _("With the exam passed before, the certificate follows at once")
    return make_page(
        request, PracticeForm(request.POST or None), save, lead=lead, back=back,
        title=_("Practical test of %(name)s") % {"name": person.name}, submit=_("Keep the points"),
    )  # fmt: skip
