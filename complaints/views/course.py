"""Deeds beside the steps of a case: pause, merge, split, give back, reply to an authority."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from complaints import selectors, services
from complaints.models import Case
from complaints.views.deeds import do_deed
from complaints.views.requests import StaffRequest
from courierqa.core.access import allow
from courierqa.core.errors import DomainError


@allow("case", POST="change")
def pause(request: StaffRequest, number: str) -> HttpResponse:
    """Let the resolution clock stand still."""

    def deed(case: Case, data: dict[str, Any]) -> None:
        services.pause_case(case=case, by=request.user, at=timezone.now(), **data)

    return do_deed(request, number, "pause", deed)


@allow("case", POST="change")
def resume(request: StaffRequest, number: str) -> HttpResponse:
    """Set the clock going again."""

    def deed(case: Case, data: dict[str, Any]) -> None:
        services.resume_case(case=case, by=request.user, at=timezone.now())

    return do_deed(request, number, "resume", deed)


@allow("case", POST="change")
def merge(request: StaffRequest, number: str) -> HttpResponse:
    """Merge this case into an earlier one; the survivor is named on the page that follows."""

    def deed(case: Case, data: dict[str, Any]) -> None:
        wanted = data["into"].strip().upper()
        into = selectors.cases_for(request.access).filter(number=wanted).first()
        if into is None:
            raise DomainError(_("No case has this number"), code="unknown", field="into")
        services.merge_cases(case=case, into=into, by=request.user, at=timezone.now())

    return do_deed(request, number, "merge", deed)


@allow("case", POST="change")
def unmerge(request: StaffRequest, number: str) -> HttpResponse:
    """Take a merged case out again."""

    def deed(case: Case, data: dict[str, Any]) -> None:
        services.undo_merge(case=case, by=request.user, at=timezone.now())

    return do_deed(request, number, "unmerge", deed)


@allow("case", POST="change")
def split(request: StaffRequest, number: str) -> HttpResponse:
    """Make a case of its own of a second matter."""

    def deed(case: Case, data: dict[str, Any]) -> None:
        services.split_case(case=case, by=request.user, at=timezone.now(), **data)

    return do_deed(request, number, "split", deed)


@allow("case", POST="change")
def return_transfer(request: StaffRequest, number: str, pk: int) -> HttpResponse:
    """Decline what a colleague asked, or give it back."""

    def deed(case: Case, data: dict[str, Any]) -> None:
        row = get_object_or_404(case.transfers, pk=pk)
        services.return_transfer(
            transfer=row, reason=data["reason"], by=request.user, at=timezone.now()
        )

    return do_deed(request, number, "give_back", deed)


@allow("case", POST="change")
def regulator_reply(request: StaffRequest, number: str) -> HttpResponse:
    """Record what was replied to an authority."""

    def deed(case: Case, data: dict[str, Any]) -> None:
        services.reply_regulator(case=case, by=request.user, at=timezone.now(), **data)

    return do_deed(request, number, "regulator_reply", deed)


@allow("claim", POST="create")
def claim_proof(request: StaffRequest, number: str, pk: int) -> HttpResponse:
    """Ask the customer for proof of a claim."""

    def deed(case: Case, data: dict[str, Any]) -> None:
        services.ask_proof(
            claim=get_object_or_404(case.claims, pk=pk), asked=data["asked"], by=request.user,
            at=timezone.now(),
        )  # fmt: skip

    return do_deed(request, number, "proof", deed)


@allow("claim", POST="create")
def claim_proof_taken(request: StaffRequest, number: str, pk: int) -> HttpResponse:
    """Write down that the proof came."""

    def deed(case: Case, data: dict[str, Any]) -> None:
        claim = get_object_or_404(case.claims, pk=pk)
        services.take_proof(claim=claim, by=request.user, at=timezone.now())

    return do_deed(request, number, "proof_taken", deed)
