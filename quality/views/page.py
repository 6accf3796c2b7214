"""One nonconformity: what happened, its cause, the plan, the effect, its story and files."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from courierqa.core.access import Access, access_for, allow
from courierqa.core.calendars import business_day
from courierqa.core.context import address_of
from courierqa.core.exports import attachment
from quality import forms, selectors, services
from quality.enums import LIVE, ActionStatus, NcKind, Status
from quality.models import Action, Nonconformity

FILE_TYPES = {"image": "image/jpeg", "pdf": "application/pdf"}


def find(access: Access | None, number: str) -> Nonconformity:
    """Return the row within reach; others are as if they were not there."""
    if access is None:
        raise Http404
    rows = selectors.nonconformities_for(access)
    rows = rows.select_related("raised_by", "corrected_by", "cause", "repeats", "proposed_by")
    return get_object_or_404(rows, number=number)


@allow("nonconformity", GET="read")
def nonconformity_page(request: HttpRequest, number: str) -> HttpResponse:
    """Show one."""
    return show(request, find(request.access, number))


def show(
    request: HttpRequest, row: Nonconformity, *, name: str = "", form: Form | None = None
) -> HttpResponse:
    """Draw the page; a form that was refused comes back as it was typed."""
    today = business_day(timezone.now())
    rights = Rights(request.user, row)
    rounds = selectors.rounds_of(row)
    own = _forms(row, rights, today, rounds[0])
    if form is not None:
        own[name] = form
    repeated = Nonconformity.objects.filter(repeats=row).order_by("id")
    page = {
        "title": row.title, "row": row, "today": today, "rights": rights, "forms": own,
        "form": form, "opened": name, "round": rounds[0], "earlier": rounds[1:],
        "criterion": _criterion(rounds[0].check), "story": selectors.story(row),
        "gates": selectors.missing_to_close(row, rounds[0]), "is_live": row.status in LIVE,
        "source_url": selectors.link_of(row), "repeated": list(repeated[:10]),
        "files": list(row.files.select_related("action", "added_by")),
        "approval": services.waiting(row) if row.status == Status.PROPOSED else None,
        "may_act": rights.actions() if "done" in own else set(),
        "effect_url": address_of("kpi:effect_check", row.number),
    }  # fmt: skip
    return render(request, "quality/nonconformity.html", page,
                  status=422 if form is not None else 200)  # fmt: skip


class Rights:
    """What this reader may do with this row; asked lazily, each right once."""

    def __init__(self, user: Any, row: Nonconformity) -> None:
        self.user, self.row = user, row
        self.me = getattr(getattr(user, "employee", None), "pk", None)

    def access(self, action: str) -> Access | None:
        return access_for(self.user, "nonconformity", action)

    @property
    def change(self) -> bool:
        access = self.access("change")
        rows = Nonconformity.objects.filter(pk=self.row.pk)
        return access is not None and rows.filter(selectors.changeable(access)).exists()

    @property
    def approve(self) -> bool:
        asked = services.waiting(self.row)
        held = self.access("approve") is not None
        return held and asked is not None and asked.requested_by_id != self.user.pk

    @property
    def void(self) -> bool:
        return self.access("void") is not None

    @property
    def export(self) -> bool:
        return self.access("export") is not None

    def actions(self) -> set[int]:
        """Return the measures this reader may report on."""
        access = self.access("act")
        if access is None:
            return set()
        rows = selectors.actions_for(access).filter(nonconformity=self.row)
        return set(rows.values_list("pk", flat=True))


def _forms(row: Nonconformity, rights: Rights, today: Any, now: selectors.Round) -> dict[str, Any]:
    """Return the forms of the present step, for those who may use them."""
    found: dict[str, Any] = {}
    if row.status == Status.PROPOSED and rights.approve:
        found["decide"] = forms.DecideForm(row=row)
    if row.status in LIVE and rights.void:
        found["void"] = forms.WhyForm(row=row)
    if row.status == Status.CLOSED and rights.void:
        found["reopen"] = forms.WhyForm(row=row)
    if row.status in (Status.APPROVED, Status.DOING):
        found["done"] = forms.DoneForm(row=row, initial={"done_on": today})
    if row.status in LIVE and rights.change:
        found |= _of_owner(row, today, now)
    return found


def _of_owner(row: Nonconformity, today: Any, now: selectors.Round) -> dict[str, Any]:
    status = row.status
    owner = row.owner.number if row.owner else None
    start = {"owner": owner, "severity": row.severity}
    found: dict[str, Any] = {"assign": forms.AssignForm(row=row, initial=start),
                             "file": forms.FileForm(row=row)}  # fmt: skip
    if status == Status.OPEN:
        found["contain"] = forms.ContainForm(row=row)
    is_ripe = status == Status.OPEN and row.kind == NcKind.POTENTIAL
    if status in (Status.CONTAINED, Status.CAUSE_FOUND) or is_ripe:
        found["cause"] = forms.CauseForm(row=row, initial=_analysed(now))
    if status == Status.CAUSE_FOUND:
        found["action"] = forms.ActionForm(row=row)
        if not any(one.status == ActionStatus.DONE for one in now.actions) or not now.check:
            found["criterion"] = forms.CriterionForm(row=row, initial=_fixed(row, now))
        found["propose"] = True
    if status in (Status.APPROVED, Status.DOING):
        found |= {"later": forms.LaterForm(row=row), "cancel": forms.WhyForm(row=row),
                  "replan": forms.WhyForm(row=row)}  # fmt: skip
    if status in (Status.APPROVED, Status.DOING, Status.CHECKING):
        found |= {"postpone": forms.LaterForm(row=row), "verifier": forms.VerifierForm(row=row)}
    return found


def _analysed(now: selectors.Round) -> dict[str, Any]:
    """Return what was found out before, to be written further."""
    if now.analysis is None:
        return {}
    whys = {f"why{n}": text for n, text in enumerate(now.analysis.whys, 1)}
    bones = {f"bone_{area}": text for area, text in now.analysis.fishbone.items()}
    return {**whys, **bones, "cause": now.analysis.cause.code}


def _fixed(row: Nonconformity, now: selectors.Round) -> dict[str, Any]:
    """Return the criterion as it stands, or what the source suggests."""
    check = now.check
    if check is None:
        return {"metric": row.data.get("metric", ""), "site": row.site.code if row.site else None}
    shown = selectors.threshold_words(check).removesuffix(" %")
    return {
        "rule": check.rule, "metric": check.metric, "words": check.words, "threshold": shown,
        "site": check.site.code if check.site else None, "due_on": check.due_on,
        "verifier": check.verifier.number, "may_be_early": check.may_be_early,
    }  # fmt: skip


def _criterion(check: Any) -> str:
    return selectors.criterion_words(check) if check is not None else ""


@allow("nonconformity", GET="read")
def file_open(request: HttpRequest, number: str, uid: UUID) -> HttpResponse:
    """Send a file as an attachment that no browser runs; the log has it first."""
    row = find(request.access, number)
    file = get_object_or_404(row.files, uid=uid)
    return file_answer(file, services.open_file(file, by=request.user, at=timezone.now()))


def file_answer(file: Any, body: bytes) -> HttpResponse:
    """Return a kept file as an attachment that no browser runs."""
    answer = HttpResponse(body, content_type=FILE_TYPES[file.kind])
    answer["Content-Disposition"] = attachment(file.name)
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer


def own_action(access: Access, number: str, position: int) -> Action:
    """Return a measure of the present round the reader may report on."""
    rows = selectors.actions_for(access).filter(nonconformity__number=number, position=position)
    return get_object_or_404(rows.order_by("-round")[:1])
