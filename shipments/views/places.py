"""What the pages of the network share: where a reader may act, as whom, and plain form pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse

from courierqa.core import audit
from courierqa.core.access import Access
from courierqa.core.enums import Scope
from courierqa.core.exports import csv_response
from courierqa.core.forms import form_page
from staff.models import Employee, Site

MAX_ROWS = 20_000


def acting_sites(access: Access) -> Any:
    """Return the open places where the reader may act; a courier, who uses the phone, has none."""
    rows = Site.objects.filter(closed_on=None).order_by("code")
    if access.scope == Scope.OWN:
        return rows.none()
    return rows if access.is_all else rows.filter(pk__in=access.sites)


def person_of(request: HttpRequest) -> Employee | None:
    """Return the employee behind the login, if there is one."""
    return getattr(request.user, "employee", None)


def plain_form(
    request: HttpRequest, form: Any, *, title: str, back: str, submit: str, lead: str = ""
) -> HttpResponse:
    """Show one form on a page of its own: 422 when it was sent and has errors."""
    context = {"title": title, "form": form, "back": back, "submit": submit, "lead": lead}
    return form_page(request, "components/form_page.html", context)


def csv_file(
    request: HttpRequest, name: str, head: Sequence[Any], rows: Iterable[Sequence[Any]]
) -> HttpResponse:
    """Answer with a list as a file; the export is logged first."""
    audit.record("export.csv", None, actor=request.user, reason=name, request=request,
                 seal_now=True)  # fmt: skip
    return csv_response(f"{name}.csv", head, rows)  # type: ignore[return-value]
