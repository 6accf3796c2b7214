"""The legal register: laws, their duties, and the looks at whether they are kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courierqa.core import audit
from courierqa.core.access import access_for, allow, may
from courierqa.core.calendars import business_day
from courierqa.core.exports import csv_response
from courierqa.core.forms import FieldErrors
from courierqa.core.paging import page_of
from quality.document_enums import Kept, LawKind
from quality.forms import legal as forms
from quality.models import DutyCheck, KeptFile, Law, LegalDuty
from quality.selectors import legal as selectors
from quality.selectors import raise_link
from quality.services import legal as services
from quality.services.improvement.files import open_file
from quality.views.page import file_answer

MOST_ROWS = 5000


@allow("legal", GET="read")
def laws_page(request: HttpRequest) -> HttpResponse:
    """Show the register of what binds us, with its last check (DOC-05)."""
    found = page_of(selectors.laws(request.GET), request.GET, order=("code", "id"))
    page = {
        "title": pgettext("page", "Legal register"), "page": found, "rows": found.rows,
        "kinds": LawKind.choices, "may_change": may(request.user, "legal", "change"),
        "chosen": {name: request.GET.get(name, "")[:60] for name in ("q", "kind")},
    }  # fmt: skip
    return render(request, "quality/legal/laws.html", page)


@allow("legal", GET="read")
def law_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show one law: its wordings, and what it asks of us."""
    law = get_object_or_404(Law, code=code)
    today = business_day(timezone.now())
    duties = selectors.duties({}, today=today).filter(law=law).prefetch_related("documents")
    page = {"title": str(law), "law": law, "duties": list(duties), "today": today,
            "versions": list(law.versions.select_related("by")), "kept": dict(Kept.choices),
            "may_change": may(request.user, "legal", "change")}  # fmt: skip
    return render(request, "quality/legal/law.html", page)


@allow("legal", GET="change", POST="change")
def law_edit(request: HttpRequest, code: str = "") -> HttpResponse:
    """Register a law with its first wording, or change what is known of it."""
    law = get_object_or_404(Law, code=code) if code else None
    names = ("code", "kind", "title", "title_en", "issuer", "issuer_en")
    start = {name: getattr(law, name) for name in names} if law else {}
    form = forms.LawForm(request.POST or None, is_new=law is None, initial=start)
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            made = _saved(law, form.cleaned_data, request.user)
        if errors.ok:
            messages.success(request, _("Saved"))
            return redirect("quality:law", made.code)
    page = {"title": law or _("New law"), "form": form, "submit": _("Save"),
            "back": reverse("quality:laws")}  # fmt: skip
    return render(request, "components/form_page.html", page, status=422 if form.errors else 200)


def _saved(law: Law | None, said: dict[str, Any], by: Any) -> Law:
    now = timezone.now()
    made = services.save_law(law, code=said["code"], said_=said, by=by, at=now)
    if law is None:
        services.add_wording(made, citation=said["citation"], effective_on=said["effective_on"],
                             note="", by=by, at=now)  # fmt: skip
    return made


@allow("legal", GET="change", POST="change")
def wording_new(request: HttpRequest, code: str) -> HttpResponse:
    """Add a new wording of a law."""
    law = get_object_or_404(Law, code=code)
    form = forms.WordingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            services.add_wording(law, **form.cleaned_data, by=request.user, at=timezone.now())
        if errors.ok:
            messages.success(request, _("Saved; every duty of it is to be checked again"))
            return redirect("quality:law", law.code)
    page = {"title": _("New wording: %(law)s") % {"law": law}, "form": form, "submit": _("Save"),
            "back": reverse("quality:law", args=[law.code])}  # fmt: skip
    return render(request, "components/form_page.html", page, status=422 if form.errors else 200)


@allow("legal", GET="read")
def duties_page(request: HttpRequest) -> HttpResponseBase:
    """List what the law asks of us, with its cycle and last proof (LIC-03)."""
    today = business_day(timezone.now())
    rows = selectors.duties(request.GET, today=today)
    if request.GET.get("format") == "csv":
        return _file(request, rows)
    page = {
        "title": pgettext("page", "Legal duties"), "rows": list(rows[:500]), "today": today,
        "kept": dict(Kept.choices), "show": request.GET.get("show", "")[:12],
        "may_export": may(request.user, "legal", "export"),
    }  # fmt: skip
    return render(request, "quality/legal/duties.html", page)


def _file(request: HttpRequest, rows: QuerySet[Any]) -> HttpResponseBase:
    if not may(request.user, "legal", "export"):
        raise PermissionDenied
    audit.record("export.csv", None, actor=request.user, at=timezone.now(), reason="duties",
                 request=request, seal_now=True)  # fmt: skip
    head = [_("Law"), pgettext("legal", "Article"), _("Subject"), _("What has to be done"),
            _("Owner"), pgettext("cycle", "Checked"), _("Last check"), pgettext("duty", "Result"),
            _("What shows it"), _("Next check")]  # fmt: skip
    kept = dict(Kept.choices)
    lines = (
        [one.law, one.article_words, one.subject, one.duty, one.owner or "",
         one.get_every_display(), one.last_at or "", kept.get(one.last_result, ""),
         one.last_proof or "", one.next_on or ""]
        for one in rows[:MOST_ROWS]
    )  # fmt: skip
    return csv_response("duties.csv", head, lines)


@allow("legal", GET="change", POST="change")
def duty_edit(request: HttpRequest, code: str, pk: int = 0) -> HttpResponse:
    """Add what an article asks for, or change it."""
    law = get_object_or_404(Law, code=code)
    duty = get_object_or_404(law.duties, pk=pk) if pk else None
    form = forms.DutyForm(request.POST or None, initial=_initial(duty))
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            services.save_duty(
                duty, law=law, said_=form.cleaned_data, documents=form.cleaned_data["documents"],
                by=request.user, at=timezone.now(),
            )  # fmt: skip
        if errors.ok:
            messages.success(request, _("Saved"))
            return redirect("quality:law", law.code)
    page = {"title": _("Duty under %(law)s") % {"law": law}, "form": form, "submit": _("Save"),
            "back": reverse("quality:law", args=[law.code])}  # fmt: skip
    return render(request, "components/form_page.html", page, status=422 if form.errors else 200)


def _initial(duty: LegalDuty | None) -> dict[str, Any]:
    if duty is None:
        return {"anchor": business_day(timezone.now()) + timedelta(days=30), "interval": 1,
                "every": "year", "is_active": True}  # fmt: skip
    found = {name: getattr(duty, name) for name in services.DUTY_FIELDS}
    found["owner"] = duty.owner.number if duty.owner else None
    found["documents"] = list(duty.documents.values_list("number", flat=True))
    return found


@allow("legal", GET="read", POST="check")
def duty_page(request: HttpRequest, ref: str) -> HttpResponse:
    """Show one duty with every look at it; its owner writes down the next one."""
    number = int(ref) if ref.isascii() and ref.isdecimal() and len(ref) < 19 else 0
    duty = get_object_or_404(LegalDuty.objects.select_related("law", "owner"), pk=number)
    check = selectors.open_check(duty)
    form = forms.CheckForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        if check is None or not _may_check(request, duty):
            raise Http404
        errors = FieldErrors(form)
        if form.is_valid():
            with errors:
                _checked(check, form.cleaned_data, request.user)
        if errors.ok:
            messages.success(request, _("Saved"))
            return redirect("quality:duty", duty.pk)
    last = duty.checks.exclude(done_at=None).order_by("-done_at").first()
    bad = last is not None and last.result != Kept.KEPT
    page = {
        "title": str(duty), "duty": duty, "check": check, "form": form,
        "may_check": check is not None and _may_check(request, duty),
        "checks": list(duty.checks.exclude(done_at=None).select_related("done_by", "conflict_with")
                       .prefetch_related("files").order_by("-done_at")[:50]),
        "documents": list(duty.documents.all()), "today": business_day(timezone.now()),
        "may_change": may(request.user, "legal", "change"),
        "raise_url": raise_link("duty", str(duty.pk))
        if bad and may(request.user, "nonconformity", "create") else "",
    }  # fmt: skip
    return render(request, "quality/legal/duty.html", page, status=422 if form.errors else 200)


def _checked(check: DutyCheck, said: dict[str, Any], by: Any) -> None:
    sent = said.pop("file")
    services.check_duty(check, **said, content=sent.read() if sent else b"",
                        file_name=sent.name if sent else "", by=by, at=timezone.now())  # fmt: skip


@allow("legal", GET="read")
def duty_file(request: HttpRequest, uid: Any) -> HttpResponse:
    """Send what shows that a duty is kept; who opened it is logged first."""
    files = KeptFile.objects.exclude(check_of_duty=None).select_related("check_of_duty")
    file = get_object_or_404(files, uid=uid)
    return file_answer(file, open_file(file, by=request.user, at=timezone.now()))


def _may_check(request: HttpRequest, duty: LegalDuty) -> bool:
    access = access_for(request.user, "legal", "check")
    own = access is not None and access.employee_id is not None
    return access is not None and (access.is_all or (own and access.employee_id == duty.owner_id))
