"""What people do to a month: make, comment, freeze, sign, publish; and the line of progress."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core import outbox
from courierqa.core.access import allow
from courierqa.core.errors import DomainError, Refusals
from kpi import snapshots
from kpi.effects import FILES, MAKE
from kpi.models import Snapshot
from kpi.views.report_scope import Subject, subject, work
from kpi.views.reports import report_page


@allow("report", GET="read")
def report_progress(request: HttpRequest, period: str) -> HttpResponse:
    """Answer the progress line; when the work is done, ask the page to load again."""
    about = subject(request, period)
    found = work(about)
    response = render(request, "kpi/reports/_progress.html", {"about": about, **found})
    if not found["making"]:
        response["HX-Refresh"] = "true"
    return response


@allow("report", POST="make")
def report_make(request: HttpRequest, period: str) -> HttpResponse:
    """Order a new draft; the worker makes it."""
    about = subject(request, period)
    now = timezone.now()
    if about.is_uncounted() and not about.editions():
        errors = [("", _("Nothing was counted in this month: there is nothing to report"))]
        return report_page(request, about, errors=errors, status=422)
    if not work(about)["making"]:
        payload = {
            "period": about.period.key,
            "site": about.site,
            "by": request.user.pk,
            "asked_at": now.isoformat(),
        }
        key = f"{MAKE}:{about.period.key}:{about.site}:{now.isoformat()}"
        outbox.emit(MAKE, key, payload)
    return redirect(about.url)


@allow("report", POST="comment")
def report_comment(request: HttpRequest, period: str) -> HttpResponse:
    """Keep the comments that changed, all or none: one per figure, and one on the whole report."""
    about = subject(request, period)

    def deed() -> None:
        snapshots.comment_all(
            period=about.period.key,
            site=about.site,
            texts=_changed(request, about),
            by=request.user,
            at=timezone.now(),
        )

    return _done(request, about, deed, field="comment", edition=True)


def _changed(request: HttpRequest, about: Subject) -> dict[str, str]:
    """Return the texts of the form that say something else than stands already."""
    said = snapshots.comments_of(about.period.key, about.site)
    typed = {_commented(name): text for name, text in request.POST.items()}
    return {
        code: text
        for code, text in typed.items()
        if code is not None and _lines(text) != said.get(code, {}).get("text", "")
    }


def _lines(text: str) -> str:
    """Return a typed text as it would be kept: browsers end lines in their own way."""
    return text.strip().replace("\r\n", "\n")


def _commented(name: str) -> str | None:
    """Return the figure a field of the form is about; "" for the whole report."""
    head, _dash, code = name.partition("-")
    if head != "comment":
        return None
    return "" if code == "all" else code


@allow("report", POST="make")
def report_freeze(request: HttpRequest, period: str) -> HttpResponse:
    """Freeze the newest draft."""
    about = subject(request, period)

    def deed() -> None:
        frozen = snapshots.freeze(
            about.period,
            now=timezone.now(),
            by=request.user,
            request=request,
            site=about.site,
            reason=request.POST.get("reason", "")[:2000],
        )
        payload = {"period": frozen.period, "snapshot": frozen.pk}
        outbox.emit(FILES, f"{FILES}:{frozen.pk}", payload)

    return _done(request, about, deed)


@allow("report", POST="make")
def report_discard(request: HttpRequest, period: str) -> HttpResponse:
    """Give up the draft the person sees, in which nothing moved."""
    about = subject(request, period)

    def deed() -> None:
        draft = _edition(about, request)
        snapshots.discard(draft, by=request.user, at=timezone.now(), request=request)

    return _done(request, about, deed)


@allow("report", POST="draft")
def report_sign(request: HttpRequest, period: str) -> HttpResponse:
    """Give the next signature to the edition the person sees; the service asks for the right."""
    about = subject(request, period)

    def deed() -> None:
        snapshots.sign(
            _edition(about, request),
            step=request.POST.get("step", "")[:10],
            sha256=request.POST.get("sha256", "")[:64],
            by=request.user,
            at=timezone.now(),
            request=request,
        )

    return _done(request, about, deed, edition=True)


@allow("report", POST="publish")
def report_publish(request: HttpRequest, period: str) -> HttpResponse:
    """Publish the edition the person sees."""
    about = subject(request, period)

    def deed() -> None:
        edition = _edition(about, request)
        snapshots.publish(edition, by=request.user, at=timezone.now(), request=request)

    return _done(request, about, deed, edition=True)


def _edition(about: Subject, request: HttpRequest) -> Snapshot:
    version = request.POST.get("edition", "")[:6]
    found = next((row for row in about.editions() if row.version == version), None)
    if found is None:
        raise Http404
    return found


def _done(
    request: HttpRequest,
    about: Subject,
    deed: Callable[[], Any],
    *,
    field: str = "",
    edition: bool = False,
) -> HttpResponse:
    """Do it and go back to the report, or show it again with what stands in the way."""
    try:
        deed()
    except DomainError as error:
        if error.status in (403, 404, 503):
            raise
        refused = error.errors if isinstance(error, Refusals) else (error,)
        errors = [
            (one.field if one.field not in ("period", "step") else field, one.message)
            for one in refused
        ]
        return report_page(request, about, errors=errors, status=422)
    version = request.POST.get("edition", "")[:6] if edition else ""
    if not version:
        return redirect(about.url)
    return redirect(f"{about.url}{'&' if about.query else '?'}edition={version}")
