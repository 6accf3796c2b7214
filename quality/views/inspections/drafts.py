"""The next version of a checklist: its points worked on, two versions compared, its approval."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core.access import allow, may
from courierqa.core.approvals import waiting_for
from courierqa.core.enums import ApprovalState, Role
from courierqa.core.errors import DomainError
from courierqa.core.formats import moment
from courierqa.core.models import Approval
from quality.forms.inspections import DecideChecklistForm, NothingForm, PointForm
from quality.inspection_enums import VersionState
from quality.models import Checklist, ChecklistLine, ChecklistVersion
from quality.selectors.inspections import versions
from quality.services import inspections as services
from staff.models import User
from staff.views.records import Deed, Record, make_page, record_page


def _draft(code: str) -> ChecklistVersion | None:
    rows = ChecklistVersion.objects.select_related("checklist", "made_by")
    return rows.filter(state=VersionState.DRAFT, checklist__code=code).first()


def _no_draft(request: HttpRequest, code: str) -> HttpResponse:
    """Answer a page left open while the draft was approved."""
    row = get_object_or_404(Checklist, code=code)
    if request.method != "POST":
        raise Http404
    messages.error(request, _("There is no draft any more: look at what changed"))
    return redirect("quality:checklist", row.code)


@allow("checklist", GET="change", POST="change")
def draft_page(request: HttpRequest, code: str) -> HttpResponse:
    """The points of the draft: added, reworded, moved, taken out (INS-10)."""
    draft = _draft(code)
    if draft is None:
        return _no_draft(request, code)
    if request.method == "POST":
        try:
            messages.success(request, _worked(draft, request))
        except DomainError as error:
            messages.error(request, error.message)
        return redirect(request.path)
    asked = versions.asked_for(draft)
    page = {
        "title": _("Draft of %(list)s") % {"list": draft}, "draft": draft, "asked": asked,
        "is_waiting": _waits(asked),
        "was_sent_back": asked is not None and asked.state == ApprovalState.REJECTED,
        "lines": draft.lines.select_related("norm").order_by("position"),
        "present": versions.present_of(draft),
    }  # fmt: skip
    return render(request, "quality/inspections/draft.html", page)


def _worked(draft: ChecklistVersion, request: HttpRequest) -> str:
    """Carry out what a button says about one point; return what to tell."""
    verb, text = (request.POST.get(name, "") for name in ("verb", "point"))
    line = int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else 0
    by, at = request.user, timezone.now()
    if verb in ("up", "down"):
        services.move_point(draft, line=line, up=verb == "up", by=by, at=at)
        return _("The point was moved")
    if verb == "drop":
        services.drop_point(draft, line=line, by=by, at=at)
        return _("The point was taken out of the draft")
    raise DomainError(_("This cannot be done now. Look at what changed"), code="unknown")


@allow("checklist", GET="change", POST="change")
def point_edit(request: HttpRequest, code: str, pk: int | None = None) -> HttpResponse:
    """Add a point to the draft, or write one of it anew."""
    draft = _draft(code)
    if draft is None:
        return _no_draft(request, code)
    line = draft.lines.select_related("norm").filter(pk=pk).first() if pk else None
    if pk and line is None and request.method != "POST":
        raise Http404
    form = PointForm(request.POST or None, initial=_initial(line) if line else {})
    back = reverse("quality:checklist_draft", args=[code])

    def save(said: dict[str, Any]) -> str:
        seen = said.pop("seen")
        services.save_point(draft, line=pk, seen=seen, point=services.PointText(**said),
                            by=request.user, at=timezone.now())  # fmt: skip
        return back

    title = _("Point %(n)s") % {"n": line.position} if line else _("New point")
    return make_page(request, form, save, title=title, submit=_("Keep the point"), back=back)


def _initial(line: ChecklistLine) -> dict[str, Any]:
    names = ("area", "text", "text_en", "method", "every", "limit", "limit_en", "is_critical")
    norm = {"norm": line.norm.code} if line.norm else {}
    return {name: getattr(line, name) for name in names} | norm | {"seen": versions.mark_of(line)}


@allow("checklist", GET="read", POST="change")
def compare_page(request: HttpRequest, code: str) -> HttpResponse:
    """Two versions point by point; the draft against the one in force is decided here (INS-10)."""
    row = get_object_or_404(Checklist, code=code)
    known = {one.number: one for one in row.versions.select_related("checklist", "made_by")}
    old, new = _pair(request, known)
    found = versions.points_compared(old, new)
    whole = request.GET.get("points") == "all"
    is_asked = new.state == VersionState.DRAFT and old == versions.present_of(new)
    asked = versions.asked_for(new)
    record = Record(
        title=_("Changes in %(list)s") % {"list": row}, facts=_facts(new, asked),
        back=reverse("quality:checklist", args=[code]), back_label=row,
        lead=_lead(request.user, new, asked),
        deeds=_deeds(request, new, asked) if is_asked else (),
    )  # fmt: skip
    return record_page(
        request, record, "quality/inspections/compare.html", row=row, old=old, new=new,
        versions=list(known.values()), whole=whole,
        changes=found if whole else [one for one in found if one.kind != "same"],
        changed=sum(one.kind != "same" for one in found),
    )  # fmt: skip


def _pair(
    request: HttpRequest, known: dict[int, ChecklistVersion]
) -> tuple[ChecklistVersion | None, ChecklistVersion]:
    """Return the versions asked for; else the newest against the one in force before it."""
    new = _numbered(request.GET.get("new", ""), known) or known.get(max(known, default=0))
    if new is None:
        raise Http404
    before = [n for n, one in known.items() if n < new.number and one.state != VersionState.DRAFT]
    old = _numbered(request.GET.get("old", ""), known) or known.get(max(before, default=0))
    return old, new


def _numbered(text: str, known: dict[int, ChecklistVersion]) -> ChecklistVersion | None:
    if not text:
        return None
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0
    if number not in known:
        raise Http404
    return known[number]


def _facts(new: ChecklistVersion, asked: Approval | None) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = [
        (_("State"), new.get_state_display()), (_("Begun by"), new.made_by),
    ]  # fmt: skip
    if asked is not None and asked.state != ApprovalState.LAPSED:
        found += [(_("Asked by"), f"{asked.requested_by} · {moment(asked.requested_at)}"),
                  (_("Decides"), Role(asked.needs_role).label),
                  (_("Decision"), _decision(asked))]  # fmt: skip
    return found


def _decision(asked: Approval) -> str:
    when = moment(asked.decided_at) if asked.decided_at else ""
    parts = [asked.get_state_display(), asked.decided_by, when, asked.note]
    return " · ".join(str(part) for part in parts if part)


def _waits(asked: Approval | None) -> bool:
    return asked is not None and asked.state == ApprovalState.REQUESTED


def _lead(by: User, new: ChecklistVersion, asked: Approval | None) -> str:
    """Return why somebody who approves other versions does not decide this one."""
    own = _waits(asked) and may(by, "checklist", "approve") and by.pk in versions.writers_of(new)
    return _("You wrote some of this version: somebody else decides") if own else ""


def _deeds(request: HttpRequest, new: ChecklistVersion, asked: Approval | None) -> list[Deed]:
    """Return what this reader may do: ask, take it back, or decide what others wrote."""
    by, at = request.user, timezone.now()
    is_writer = may(by, "checklist", "change")
    if asked is None or not _waits(asked):
        ask = Deed("submit", _("Ask for approval"), NothingForm, icon="send",
                   do=lambda _said: services.submit_checklist(new, by=by, at=at))  # fmt: skip
        return [ask] if is_writer else []
    # Whoever sends a decision that is not theirs is told why it is not.
    is_sent = request.method == "POST" and request.POST.get("verb") == "decide"
    found = [_decide(by, new, asked)] if is_sent or _may_decide(by, new, asked) else []
    back = Deed("take_back", _("Take it back to the draft"), NothingForm, icon="arrow-back-up",
                do=lambda _said: services.take_back_checklist(new, at=at))  # fmt: skip
    return [*found, back] if is_writer else found


def _may_decide(by: User, new: ChecklistVersion, asked: Approval) -> bool:
    is_asked = waiting_for(by).filter(pk=asked.pk).exists()
    return is_asked and may(by, "checklist", "approve") and by.pk not in versions.writers_of(new)


def _decide(by: User, new: ChecklistVersion, asked: Approval) -> Deed:
    def form(data: Any) -> DecideChecklistForm:
        return DecideChecklistForm(data, initial={"seen": asked.fingerprint})

    def do(said: dict[str, Any]) -> None:
        services.decide_checklist(new, approve=said["outcome"] == "yes", note=said["note"],
                                  seen=said["seen"], by=by, at=timezone.now())  # fmt: skip

    return Deed("decide", _("Decide"), form, do)
