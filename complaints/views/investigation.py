"""The investigation of a case: parcel trace, statements, evidence files, cause, liability."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from complaints import forms, selectors, services
from complaints.enums import OPEN, Liability
from complaints.models import Case, EvidenceFile, Measure
from complaints.services.investigating import WHYS
from complaints.services.ruling import is_final
from complaints.views.case import find_case
from complaints.views.requests import StaffRequest
from complaints.work_enums import RulingStatus
from courierqa.core.access import access_for, allow, may
from courierqa.core.exports import attachment
from courierqa.core.forms import FieldErrors

_FORMS: dict[str, type[Form]] = {
    "statement": forms.StatementForm,
    "file": forms.FileForm,
    "remove": forms.RemoveFileForm,
    "analysis": forms.AnalysisForm,
    "appeal_answer": forms.AppealAnswerForm,
    "measure": forms.MeasureForm,
}
TYPES = {"image": "image/jpeg", "pdf": "application/pdf"}


@allow("case", GET="read")
def investigation_page(request: StaffRequest, number: str) -> HttpResponse:
    """Show what was found out, and what can be asked."""
    return _page(request, find_case(request, number))


def _page(
    request: StaffRequest, case: Case, *, bound: dict[str, Form] | None = None
) -> HttpResponse:
    now = timezone.now()
    rulings = list(selectors.rulings_of(case))
    standing = next((row for row in rulings if row.is_standing), None)
    context = {
        "title": _("Investigation"), "case": case, "now": now,
        "evidence": selectors.parcel_evidence(case, now=now),
        "statements": selectors.statements_of(case), "files": selectors.files_of(case),
        "found": getattr(case, "investigation", None),
        "rulings": rulings, "standing": standing,
        "measures": _measures(request, case),
        "forms": _unbound(case) | (bound or {}), "opened": next(iter(bound or {}), ""),
        "may": _rights(request, case, standing),
    }  # fmt: skip
    status = 422 if bound else 200
    return render(request, "complaints/investigation.html", context, status=status)


def _measures(request: StaffRequest, case: Case) -> QuerySet[Measure] | None:
    """A penalty is for the eyes of those who may read measures, not of every reader of a case."""
    reading = access_for(request.user, "measure", "read")
    return selectors.measures_for(reading).filter(case=case) if reading else None


def _unbound(case: Case) -> dict[str, Form]:
    found = getattr(case, "investigation", None)
    initial: dict[str, dict[str, Any]] = {"statement": {"site": case.site}}
    if found is not None:
        whys = {f"why{n}": text for n, text in enumerate(found.whys, start=1)}
        initial["analysis"] = {"root_cause": found.root_cause.code, **whys}
    return {
        name: form(initial=initial.get(name), auto_id=f"{name}-%s") for name, form in _FORMS.items()
    }


def _rights(request: StaffRequest, case: Case, standing: Any) -> dict[str, bool]:
    user, is_open = request.user, case.status in OPEN
    appealed = standing is not None and standing.status == RulingStatus.APPEALED
    apart = standing is None or user.pk not in (standing.decided_by_id, standing.appealed_by_id)
    return {
        "ask": is_open and may(user, "case", "change"),
        "add": is_open and may(user, "evidence", "create"),
        "open": may(user, "evidence", "read"),
        "remove": may(user, "evidence", "remove"),
        "answer": appealed and apart and may(user, "liability", "answer"),
        "order": is_final(standing) and bool(case.liable_person_id)
        and may(user, "measure", "order"),
    }  # fmt: skip


def _do(
    request: StaffRequest, number: str, name: str, deed: Callable[[Case, Any], Any]
) -> HttpResponse:
    """Check the form, do the deed, show the page; a refusal stays beside what was typed."""
    case = find_case(request, number)
    form = _FORMS[name](request.POST, request.FILES, auto_id=f"{name}-%s")
    errors = FieldErrors(form)
    if form.is_valid():
        with errors:
            deed(case, form)
    if errors.ok:
        messages.success(request, _("Saved"))
        return redirect("complaints:investigation", case.number)
    return _page(request, case, bound={name: form})


@allow("case", POST="change")
def statement_ask(request: StaffRequest, number: str) -> HttpResponse:
    """Ask a courier or a site what happened."""

    def deed(case: Case, form: Any) -> None:
        said = form.cleaned_data
        services.ask_statement(case=case, by=request.user, at=timezone.now(), **said)

    return _do(request, number, "statement", deed)


@allow("case", POST="change")
def analysis(request: StaffRequest, number: str) -> HttpResponse:
    """Name the root cause."""

    def deed(case: Case, form: Any) -> None:
        services.analyse_case(
            case=case, root_cause=form.cleaned_data["root_cause"], whys=form.whys[:WHYS],
            by=request.user, at=timezone.now(),
        )  # fmt: skip

    return _do(request, number, "analysis", deed)


@allow("evidence", POST="create")
def file_add(request: StaffRequest, number: str) -> HttpResponse:
    """Keep a picture or a PDF."""

    def deed(case: Case, form: Any) -> None:
        sent = form.cleaned_data["file"]
        services.add_file(
            case=case, content=sent.read(), name=sent.name, by=request.user, at=timezone.now()
        )

    return _do(request, number, "file", deed)


@allow("evidence", POST="remove")
def file_remove(request: StaffRequest, number: str, uid: UUID) -> HttpResponse:
    """Take a file out, with the reason."""

    def deed(case: Case, form: Any) -> None:
        services.remove_file(
            file=_file(case, uid), why=form.cleaned_data["why"], by=request.user, at=timezone.now()
        )

    return _do(request, number, "remove", deed)


@allow("evidence", GET="read")
def file_open(request: StaffRequest, number: str, uid: UUID) -> HttpResponse:
    """Send a file as an attachment that no browser runs; the log has it first."""
    row = _file(find_case(request, number), uid)
    body = services.open_file(file=row, by=request.user, at=timezone.now())
    return sent_file(row, body)


def sent_file(row: EvidenceFile, body: bytes) -> HttpResponse:
    """Return the answer that saves a file and lets nothing in it act."""
    response = HttpResponse(body, content_type=TYPES[row.kind])
    response["Content-Disposition"] = attachment(row.name)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


@allow("liability", POST="answer")
def appeal_answer(request: StaffRequest, number: str) -> HttpResponse:
    """Decide on an appeal, as somebody else than who decided first."""

    def deed(case: Case, form: Any) -> None:
        said = form.cleaned_data
        ruling = get_object_or_404(case.rulings, status=RulingStatus.APPEALED)
        uphold = said["outcome"] == "uphold"
        instead = None
        if not uphold:
            site = said["site"] if said["outcome"] == Liability.OURS else None
            instead = services.Verdict(Liability(said["outcome"]), site=site)
        services.answer_appeal(
            ruling=ruling, uphold=uphold, text=said["answer"], by=request.user,
            at=timezone.now(), instead=instead,
        )  # fmt: skip

    return _do(request, number, "appeal_answer", deed)


@allow("measure", POST="order")
def measure_order(request: StaffRequest, number: str) -> HttpResponse:
    """Order a measure for the person held liable."""

    def deed(case: Case, form: Any) -> None:
        order = services.Order(**form.cleaned_data)
        services.order_measure(case=case, order=order, by=request.user, at=timezone.now())

    return _do(request, number, "measure", deed)


def _file(case: Case, uid: UUID) -> EvidenceFile:
    return get_object_or_404(case.files, uid=uid, removed_at=None)
