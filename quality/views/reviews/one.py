"""One review: what the system filled in, what people say, decisions, minutes."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from courierqa.core import audit, history
from courierqa.core.access import Access, access_for, allow, may
from courierqa.core.calendars import business_day
from courierqa.core.exports import attachment
from courierqa.core.formats import is_english
from quality.forms import reviews as forms
from quality.models import Review, ReviewMinutes
from quality.reports.review import review_pdf
from quality.review_enums import ReviewKind, ReviewStatus
from quality.selectors.reviews import lists as selectors
from quality.services import reviews as services


def find(access: Access | None, pk: int) -> Review:
    """Return the review within reach; others are as if they were not there."""
    if access is None:
        raise Http404
    return get_object_or_404(selectors.reviews_for(access), pk=pk)


@allow("review", GET="read")
def review_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one review."""
    return show(request, find(request.access, pk))


def changeable(request: HttpRequest, row: Review) -> bool:
    """Say whether this reader prepares and holds it: of their site, or their own."""
    access = access_for(request.user, "review", "change")
    if access is None:
        return False
    if access.is_all:
        return True
    return row.owner_id == access.employee_id or row.site_id in access.sites


def show(
    request: HttpRequest, row: Review, *, name: str = "", form: Any = None, place: int = 0
) -> HttpResponse:
    """Draw the page; a form that was refused comes back as it was typed."""
    own = _forms(request, row)
    if form is not None and not place:
        own[name] = form
    today = business_day(timezone.now())
    page: dict[str, Any] = {
        "row": row, "title": _title(row), "today": today, "forms": own, "form": form,
        "opened": name, "decisions": _decisions(row, form, place), "place": place,
        "is_late": row.done_at is None and row.due_day < today,
        "is_ripe": row.period.end_day <= today,
        "participants": list(row.participants.order_by("number")),
        "previous": selectors.previous_of(row), "earlier": selectors.earlier_decisions(row),
        "minutes": ReviewMinutes.objects.filter(review=row).select_related("signed_by").first(),
        "asked": services.waiting(row) if row.status == ReviewStatus.PROPOSED else None,
        "story": history.changes_of(row)[::-1],
        "may_raise": may(request.user, "nonconformity", "create"),
        "may_end": row.status == ReviewStatus.HELD and changeable(request, row),
    }  # fmt: skip
    page |= _content(row, own.get("write"))
    status = 422 if form is not None else 200
    return render(request, f"quality/reviews/{row.kind}.html", page, status=status)


def _decisions(row: Review, form: Any, place: int) -> list[selectors.Followed]:
    """Return the decisions, each with the form that ends it."""
    found = selectors.decisions_of(row)
    for one in found:
        at = one.row.position
        one.form = form if place == at else forms.OutcomeForm(auto_id=f"d{at}_%s")
    return found


def _title(row: Review) -> str:
    return f"{row.get_kind_display()} {row.period.label}"


def _content(row: Review, write: Any) -> dict[str, Any]:
    """Return what was read when the review was opened, with the fields beside it."""
    if row.kind == ReviewKind.TIMELINESS:
        kept = row.figures
        return {
            "lines": selectors.shown_lines(kept.get("lines", [])),
            "times": selectors.shown_lines(kept.get("times", [])),
            "late": _named(kept, "late"),
            "voiced": _named(kept, "complaint"),
            "edition": kept.get("edition", ""),
        }
    fields = write if write is not None else {}
    return {
        "agenda": [(one, fields[f"note_{one.row.topic}"] if write else None)
                   for one in selectors.agenda(row)],
        "verdicts": [(one, line, fields[f"verdict{one.pk}"] if write else None,
                      fields[f"words{one.pk}"] if write else None)
                     for one, line in selectors.verdicts_of(row)],
    }  # fmt: skip


def _named(kept: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    """Return the causes of one kind, by their names in the reader's language."""
    language = "en" if is_english() else "zh-hans"
    return [{**one, "name": one["name"].get(language, "")}
            for one in kept.get("causes", []) if one["kind"] == kind]  # fmt: skip


def _forms(request: HttpRequest, row: Review) -> dict[str, Any]:
    """Return the forms of the present step, for those who may use them."""
    found: dict[str, Any] = {}
    today = business_day(timezone.now())
    if changeable(request, row):
        if row.status == ReviewStatus.PLANNED and row.period.end_day <= today:
            found["open"] = True
        if row.status == ReviewStatus.OPEN:
            found |= {
                "write": forms.WriteForm(row=row, initial=forms.WriteForm.start(row)),
                "decision": forms.DecisionForm(row=row, prefix="new"),
                "hold": forms.HoldForm(initial={"held_on": today}),
            }  # fmt: skip
    if row.status == ReviewStatus.PROPOSED and access_for(request.user, "review", "approve"):
        asked = services.waiting(row)
        if asked is not None and asked.requested_by_id != request.user.pk:
            found["decide"] = forms.DecideForm()
    return found


@allow("review", GET="read")
def review_print(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the minutes as PDF."""
    row, now = find(request.access, pk), timezone.now()
    if row.status == ReviewStatus.PLANNED:
        raise Http404
    audit.record("review.print", row, actor=request.user, at=now, request=request)
    body = review_pdf(row, printed_at=now)
    answer = HttpResponse(body, content_type="application/pdf")
    answer["Content-Disposition"] = attachment(f"{row.number}.pdf")
    answer["Cache-Control"] = "no-store"
    return answer
