"""Deeds on a case: one address, one form, one service each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from complaints import services
from complaints.enums import EventKind, Liability
from complaints.models import Case
from complaints.views.case import bind, done, find_case, show
from complaints.views.requests import StaffRequest
from complaints.work_enums import Payer, RemedyKind
from courierqa.core import privacy
from courierqa.core.access import allow
from courierqa.core.errors import DomainError
from courierqa.core.forms import add_refusal

Deed = Callable[[Case, dict[str, Any]], Any]


def do_deed(request: StaffRequest, number: str, name: str, deed: Deed) -> HttpResponse:
    """Check the form, do the deed, show the case; a refusal stays beside what was typed."""
    case = find_case(request, number)
    form = bind(name, request)
    if form.is_valid() and _was_done(form, lambda: deed(case, form.cleaned_data)):
        if request.POST.get("next"):
            return _go_on(request, case)
        return done(request, case)
    return show(request, case, bound={name: form})


def _was_done(form: Form, deed: Callable[[], Any]) -> bool:
    try:
        deed()
    except DomainError as error:
        if error.status in (404, 503):
            raise
        add_refusal(form, error)
        return False
    return True


def _go_on(request: StaffRequest, case: Case) -> HttpResponse:
    """F8: save and open the next due case."""
    url = f"{reverse('complaints:next')}?after={case.number}"
    if not request.htmx:
        return redirect(url)
    return HttpResponse(status=204, headers={"HX-Redirect": url})


@allow("case", POST="change")
def take(request: StaffRequest, number: str) -> HttpResponse:
    """Take a case nobody has."""
    return do_deed(
        request, number, "take",
        lambda case, _data: services.take(case=case, by=request.user, at=timezone.now()),
    )  # fmt: skip


@allow("case", POST="change")
def reply(request: StaffRequest, number: str) -> HttpResponse:
    """Answer the customer."""

    def deed(case: Case, data: dict[str, Any]) -> None:
        services.reply(case=case, by=request.user, at=timezone.now(), **data)

    return do_deed(request, number, "reply", deed)


@allow("case", POST="change")
def note(request: StaffRequest, number: str) -> HttpResponse:
    """Leave a note for colleagues."""

    def deed(case: Case, data: dict[str, Any]) -> None:
        services.add_note(case=case, text=data["text"], by=request.user, at=timezone.now())

    return do_deed(request, number, "note", deed)


@allow("case", POST="change")
def transfer(request: StaffRequest, number: str) -> HttpResponse:
    """Ask a colleague."""

    def deed(case: Case, data: dict[str, Any]) -> None:
        services.transfer(case=case, by=request.user, at=timezone.now(), **data)

    return do_deed(request, number, "transfer", deed)


@allow("case", POST="change")
def accept_transfer(request: StaffRequest, number: str, pk: int) -> HttpResponse:
    """Say yes to a colleague's question."""

    def deed(case: Case, data: dict[str, Any]) -> None:
        row = get_object_or_404(case.transfers, pk=pk)
        services.accept_transfer(transfer=row, by=request.user, at=timezone.now())

    return do_deed(request, number, "accept", deed)


@allow("case", POST="change")
def answer_transfer(request: StaffRequest, number: str, pk: int) -> HttpResponse:
    """Give a colleague the answer they asked for."""

    def deed(case: Case, data: dict[str, Any]) -> None:
        row = get_object_or_404(case.transfers, pk=pk)
        services.answer_transfer(
            transfer=row, answer=data["answer"], by=request.user, at=timezone.now()
        )

    return do_deed(request, number, "finding", deed)


@allow("liability", POST="decide")
def liability(request: StaffRequest, number: str) -> HttpResponse:
    """Decide who answers for it."""

    def deed(case: Case, data: dict[str, Any]) -> None:
        data["liability"] = Liability(data["liability"])
        services.decide_liability(case=case, by=request.user, at=timezone.now(), **data)

    return do_deed(request, number, "liability", deed)


@allow("claim", POST="create")
def claim(request: StaffRequest, number: str) -> HttpResponse:
    """Propose an amount."""

    def deed(case: Case, data: dict[str, Any]) -> None:
        kind = EventKind(data["event_kind"])
        loss, share, now = data["loss"] or 0, data["share"] or 100, timezone.now()
        basis = services.basis_of(case, kind, loss_fen=loss, share=share, at=now)
        refund = services.Refund(data["fee_line"], data["paid_by"] or Payer.COMPANY)
        services.propose_claim(
            case=case, basis=basis, amount_fen=data["amount"], by=request.user, at=now,
            refund=refund,
        )  # fmt: skip

    return do_deed(request, number, "claim", deed)


@allow("claim", POST="create")
def no_money(request: StaffRequest, number: str) -> HttpResponse:
    """Decide that nothing is due."""

    def deed(case: Case, data: dict[str, Any]) -> None:
        services.waive_money(
            case=case, reason=data["no_money_reason"], by=request.user, at=timezone.now()
        )

    return do_deed(request, number, "no_money", deed)


@allow("case", POST="change")
def remedy(request: StaffRequest, number: str) -> HttpResponse:
    """Promise something besides money."""

    def deed(case: Case, data: dict[str, Any]) -> None:
        data["kind"] = RemedyKind(data["kind"])
        services.promise_remedy(case=case, by=request.user, at=timezone.now(), **data)

    return do_deed(request, number, "remedy", deed)


@allow("case", POST="change")
def remedy_end(request: StaffRequest, number: str, pk: int) -> HttpResponse:
    """Say that a remedy was carried out, or is no longer wanted."""

    def deed(case: Case, data: dict[str, Any]) -> None:
        services.end_remedy(
            remedy=get_object_or_404(case.remedies, pk=pk),
            carried_out=data["outcome"] == "done",
            result=data["result"],
            by=request.user,
            at=timezone.now(),
        )

    return do_deed(request, number, "remedy_end", deed)


@allow("claim", POST="approve")
def decide_claim(request: StaffRequest, number: str, pk: int) -> HttpResponse:
    """Approve or reject an amount."""

    def deed(case: Case, data: dict[str, Any]) -> None:
        services.decide_claim(
            claim=get_object_or_404(case.claims, pk=pk),
            approve=data["approve"] == "yes",
            by=request.user,
            at=timezone.now(),
            note=data["note"],
        )

    return do_deed(request, number, "decision", deed)


@allow("claim", POST="pay")
def pay_claim(request: StaffRequest, number: str, pk: int) -> HttpResponse:
    """Record a payment."""

    def deed(case: Case, data: dict[str, Any]) -> None:
        services.pay_claim(
            claim=get_object_or_404(case.claims, pk=pk),
            by=request.user,
            at=timezone.now(),
            payment_ref=data["payment_ref"],
        )

    return do_deed(request, number, "pay", deed)


@allow("case", POST="change")
def cause(request: StaffRequest, number: str) -> HttpResponse:
    """Write down cause and summary."""

    def deed(case: Case, data: dict[str, Any]) -> None:
        services.conclude(case=case, by=request.user, at=timezone.now(), **data)

    return do_deed(request, number, "cause", deed)


@allow("case", POST="change")
def close(request: StaffRequest, number: str) -> HttpResponse:
    """Close a case that lacks nothing."""

    def deed(case: Case, data: dict[str, Any]) -> None:
        services.close_case(case=case, by=request.user, at=timezone.now())

    return do_deed(request, number, "close", deed)


@allow("case", POST="change")
def reopen(request: StaffRequest, number: str) -> HttpResponse:
    """Take a case up again."""

    def deed(case: Case, data: dict[str, Any]) -> None:
        services.reopen_case(case=case, by=request.user, at=timezone.now(), reason=data["reason"])

    return do_deed(request, number, "reopen", deed)


@allow("case", POST="change")
def withdraw(request: StaffRequest, number: str) -> HttpResponse:
    """The customer takes the complaint back."""

    def deed(case: Case, data: dict[str, Any]) -> None:
        services.withdraw_case(case=case, by=request.user, at=timezone.now(), reason=data["reason"])

    return do_deed(request, number, "withdraw", deed)


@allow("personal", POST="reveal")
def reveal(request: StaffRequest, number: str) -> HttpResponse:
    """Show the customer's number, after the access log has it."""
    case = find_case(request, number)
    form = bind("reveal", request)
    if not form.is_valid():
        return show(request, case, bound={"reveal": form})
    seen = privacy.reveal(
        case,
        ["customer_name", "customer_phone"],
        actor=request.user,
        reason=form.cleaned_data["reason"],
        case_ref=case.number,
        request=request,
        at=timezone.now(),
    )
    response = show(request, case, extra={"seen": seen})
    response["Cache-Control"] = "no-store"
    return response
