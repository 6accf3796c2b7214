"""One case: its clocks, its story, and what can be done now."""

from __future__ import annotations

from typing import Any

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from complaints import claim_rules, forms, selectors, services, steps
from complaints.enums import OPEN, ClaimStatus
from complaints.models import Case, Claim, NotPossible
from complaints.views.parts import clock_states, course_of
from complaints.views.requests import StaffRequest
from complaints.words import fill_blanks
from courierqa.core.access import access_for, allow, may
from courierqa.core.money import yuan

_FORMS: dict[str, type[Form]] = {
    "reply": forms.ReplyForm,
    "note": forms.NoteForm,
    "transfer": forms.TransferForm,
    "finding": forms.FindingForm,
    "liability": forms.LiabilityForm,
    "claim": forms.ClaimForm,
    "decision": forms.ClaimDecisionForm,
    "pay": forms.PayForm,
    "proof": forms.ProofForm,
    "proof_taken": Form,
    "no_money": forms.NoMoneyForm,
    "remedy": forms.RemedyForm,
    "remedy_end": forms.RemedyEndForm,
    "cause": forms.CauseForm,
    "reopen": forms.ReasonForm,
    "withdraw": forms.ReasonForm,
    "reveal": forms.RevealForm,
    "take": Form,
    "accept": Form,
    "close": Form,
    "pause": forms.PauseForm,
    "resume": Form,
    "merge": forms.MergeForm,
    "unmerge": Form,
    "split": forms.SplitForm,
    "give_back": forms.GiveBackForm,
    "regulator_reply": forms.RegulatorReplyForm,
}


@allow("case", GET="read")
def case_page(request: StaffRequest, number: str) -> HttpResponse:
    """Show a case."""
    return show(request, find_case(request, number))


def find_case(request: StaffRequest, number: str) -> Case:
    """Return the case if this person may see it, and may do to it what the address says."""
    reading = access_for(request.user, "case", "read")
    if reading is None:
        raise Http404
    rows = selectors.cases_for(reading)
    if request.access.resource != "case":
        queue = selectors.open_queue()
        sites = ("site_id", "liable_site_id")
        rows = rows.filter(request.access.rows(site=sites, queue=queue))
    joined = rows.select_related(
        "reason", "owner", "first_responder", "site", "liable_site", "liable_person", "incident",
        "liability_by", "parcel__product", "parcel__destination", "merged_into", "split_from",
        "repeat_of", "forum",
    )  # fmt: skip
    case = joined.filter(number=number).first()
    if case is None:
        raise Http404
    return case


def done(request: StaffRequest, case: Case) -> HttpResponse:
    """After a deed: the fresh case, or the page again where there is no script."""
    if not request.htmx:
        return redirect("complaints:case", case.number)
    case.refresh_from_db()
    return show(request, case)


def show(
    request: StaffRequest,
    case: Case,
    *,
    bound: dict[str, Form] | None = None,
    extra: dict[str, Any] | None = None,
) -> HttpResponse:
    """Render the case, whole or as a fragment; 422 when a form came back with errors."""
    template = "complaints/_case.html" if request.htmx else "complaints/case.html"
    context = _context(request, case, bound or {}) | (extra or {})
    return render(request, template, context, status=422 if bound else 200)


def bind(name: str, request: StaffRequest) -> Form:
    """Return the named form with what was sent."""
    return _FORMS[name](request.POST, auto_id=f"{name}-%s")


def _context(request: StaffRequest, case: Case, bound: dict[str, Form]) -> dict[str, Any]:
    now = timezone.now()
    missing = selectors.missing_to_close(case)
    claims = list(
        case.claims.select_related("requested_by", "approved_by", "paid_by_user").prefetch_related(
            "proofs"
        )
    )
    course = course_of(request, case, is_open=case.status in OPEN)
    return {
        "title": case.number,
        "case": case,
        "clocks": clock_states(case, now=now),
        "steps": selectors.steps_line(case),
        "moments": selectors.timeline(case),
        "forms": _unbound(case, course["rules"].transfer_hours) | bound,
        "opened": next(iter(bound), ""),
        "ticks": selectors.ticks(case, missing),
        "missing": missing,
        "remedies": case.remedies.select_related("by", "ended_by"),
        "found": selectors.found_so_far(case),
        "claims": [_claim_row(claim, request) for claim in claims],
        "bands": selectors.claim_bands(),
        "templates": _templates(case, claims),
        "followup": selectors.open_followup(case),
        **course,
        "is_open": case.status in OPEN,
        "is_answered": services.is_answered(case),
        "verbs": set(steps.CASE.verbs(case.status)),
        "may": _rights(request, case),
    }


def _unbound(case: Case, transfer_hours: int) -> dict[str, Form]:
    initial: dict[str, dict[str, Any]] = {
        "liability": {
            "liability": case.liability if case.liability != "undecided" else "",
            "site": case.liable_site or case.site,
            "person": case.liable_person.number if case.liable_person else "",
            "evidence": case.liability_reason,
        },
        "cause": {"cause": case.cause, "summary": case.summary},
        "claim": {"event_kind": _likely_event(case)},
        "transfer": {"hours": transfer_hours},
    }
    return {
        name: form(initial=initial.get(name), auto_id=f"{name}-%s") for name, form in _FORMS.items()
    }


def _likely_event(case: Case) -> str:
    by_reason = {
        "lost": "loss", "damaged": "damage", "short": "shortage", "different": "shortage",
        "overcharge": "overcharge", "extra-fee": "overcharge", "late-delivery": "delay",
        "stuck": "delay",
    }  # fmt: skip
    return by_reason.get(case.reason.code, "goodwill")


def _rights(request: StaffRequest, case: Case) -> dict[str, bool]:
    user = request.user
    return {
        "change": may(user, "case", "change"),
        "decide": may(user, "liability", "decide"),
        "claim": may(user, "claim", "create"),
        "settle": may(user, "claim", "settle"),
        "incident": may(user, "privacy_incident", "read"),
        "reveal": may(user, "personal", "reveal") and bool(case.customer_phone),
        "take": case.owner is None or not case.owner.is_active,
    }


def _claim_row(claim: Claim, request: StaffRequest) -> dict[str, Any]:
    user = request.user
    waits = claim.status == ClaimStatus.WAITING
    apart = user.pk not in (claim.requested_by_id, claim.approved_by_id)
    return {
        "claim": claim,
        "lines": [claim_rules.say(line) for line in claim.arithmetic],
        "may_decide": waits and claim.requested_by_id != user.pk and may(user, "claim", "approve"),
        "proof": next((row for row in claim.proofs.all() if row.ended_at is None), None),
        "may_prove": waits and may(user, "claim", "create"),
        "may_pay": claim.status == ClaimStatus.APPROVED and apart and may(user, "claim", "pay"),
    }


def _templates(case: Case, claims: list[Claim]) -> list[dict[str, str]]:
    known = {"number": case.number}
    if claims:
        known["amount"] = yuan(claims[-1].amount_fen)
    if refusal := NotPossible.objects.filter(case=case).first():
        known |= {"原因": refusal.reason, "reason": refusal.reason}
        known |= {"替代方案": refusal.alternative, "alternative": refusal.alternative}
    return [
        {**row, "body": fill_blanks(row["body"], known)}
        for row in selectors.templates_for(case.language)
    ]
