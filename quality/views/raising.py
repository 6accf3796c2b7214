"""Raising one from a record, and what was raised from it already."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core.access import Access, allow
from courierqa.core.calendars import business_day, day_start
from courierqa.core.forms import FieldErrors
from quality import selectors, services
from quality.enums import LIVE, SourceKind
from quality.forms import RaiseForm
from quality.models import Nonconformity
from quality.selectors import Found
from staff.models import Site


@allow("nonconformity", GET="create", POST="create")
def raise_page(request: HttpRequest) -> HttpResponse:
    """Raise one; `source` and `ref` in the address name the record it came from."""
    kind, ref = request.GET.get("source", ""), request.GET.get("ref", "")[:60]
    found = selectors.find_source(kind, ref, request.user) if kind else None
    if kind and found is None:
        raise Http404
    return raise_from(request, found or Found(SourceKind.OTHER, "", "", None, None))


def raise_from(request: HttpRequest, found: Found) -> HttpResponse:
    """Show the form filled with what the record says, or raise it; the measure uses it too."""
    now = timezone.now()
    known = list(selectors.raised_from(found.kind, found.reference)) if found.reference else []
    form = RaiseForm(
        request.POST or None, sites=sites_for(request.access),
        is_known=any(row.status in LIVE for row in known),
        initial={
            "title": found.title[:120], "found_on": business_day(found.found_at or now),
            "site": found.site.code if found.site else None,
        },
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            row = _raise(request, found, form.cleaned_data, now)
        if errors.ok:
            messages.success(request, _("Raised as %(number)s") % {"number": row.number})
            return redirect("quality:nonconformity", row.number)
    page = {
        "title": _("Raise a nonconformity"), "form": form, "found": found, "known": known,
        "source_label": SourceKind(found.kind).label if found.reference else "",
    }  # fmt: skip
    return render(request, "quality/raise.html", page, status=422 if form.errors else 200)


def _raise(
    request: HttpRequest, found: Found, said: dict[str, Any], now: datetime
) -> Nonconformity:
    problem = services.Problem(
        title=said["title"], text=said["text"], kind=said["kind"], severity=said["severity"],
        owner=said["owner"], plan_due_on=said["plan_due_on"], data=found.data,
    )  # fmt: skip
    return services.raise_nonconformity(
        source=found.kind, reference=found.reference, site=said["site"],
        found_at=_found_at(said["found_on"], found, now), problem=problem, by=request.user,
        at=now, even_so=said["even_so"],
    )  # fmt: skip


def _found_at(on: date, found: Found, now: datetime) -> datetime:
    """A day that was typed becomes its moment in the record, else its noon, never the future."""
    if found.found_at is not None and business_day(found.found_at) == on:
        return found.found_at
    noon = day_start(on) + timedelta(hours=12)
    return min(noon, now) if on == business_day(now) else noon


def sites_for(access: Access) -> Any:
    """Return the sites the reader may raise something at."""
    sites = Site.objects.filter(closed_on=None).order_by("code")
    return sites if access.is_all else sites.filter(pk__in=access.sites)


@allow("nonconformity", GET="create")
def of_source(request: HttpRequest, kind: str, ref: str) -> HttpResponse:
    """Give a record's page what was raised from it, and the button to raise one."""
    if kind not in SourceKind.values:
        raise Http404
    access = request.access
    seen = selectors.raised_from(kind, ref)
    if not access.is_all:
        seen = seen.filter(selectors.within(access))
    page = {
        "kind": kind, "ref": ref, "rows": list(seen[:20]),
        "raise_url": selectors.raise_link(kind, ref),
    }  # fmt: skip
    return render(request, "quality/_of_source.html", page)
