"""What these pages share: where a reader may act, deeds with fields of their own, badges."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courierqa.core.access import access_for
from courierqa.core.calendars import business_day
from courierqa.core.formats import day
from staff.models import Site
from staff.views.records import Cell, Deed


def acting_sites(request: HttpRequest, resource: str, action: str = "change") -> Any:
    """Return the open sites the reader may act for."""
    access = access_for(request.user, resource, action)
    rows = Site.objects.filter(closed_on=None).order_by("code")
    if access is None:
        return rows.none()
    return rows if access.is_all else rows.filter(pk__in=access.sites)


def deed(
    name: str, label: Any, form: Callable[..., Any], do: Callable[[dict[str, Any]], Any],
    *, icon: str = "check", is_grave: bool = False,
) -> Deed:  # fmt: skip
    """Return a deed whose fields have ids of their own beside those of other deeds."""
    return Deed(name, label, partial(form, auto_id=f"{name}-%s"), do, icon=icon,
                is_grave=is_grave)  # fmt: skip


def today() -> date:
    """Return the business day of this moment."""
    return business_day(timezone.now())


def day_badge(value: date | None, *, on: date, soon: int = 30) -> Cell:
    """Return a day as a badge: past, near, or far."""
    if value is None:
        return Cell("—")
    left = (value - on).days
    kind = "bad" if left < 0 else "warn" if left <= soon else ""
    return Cell(day(value), badge=kind)


def file_line(url: str) -> list[tuple[Any, list[Cell]]]:
    """Return the link to where the facts of a record are corrected."""
    return [(pgettext("record", "File"), [Cell(_("Correct the facts"), url)])]
