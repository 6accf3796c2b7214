"""Which report an address means, and whether the reader may know of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Min
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from courierqa.core.access import may
from courierqa.core.enums import EffectState
from courierqa.core.errors import DomainError
from courierqa.core.models import Effect, JobRun
from courierqa.core.timeframes import Period
from kpi.effects import MAKE
from kpi.models import MonthCell, Snapshot
from kpi.snapshots import keeping
from staff.enums import SiteKind
from staff.models import Site

WORKING = (EffectState.WAITING, EffectState.RUNNING)


@dataclass(frozen=True)
class Subject:
    """A month of the company or of one site, and whether the reader sees unpublished editions."""

    period: Period
    place: Site | None
    shows_drafts: bool

    @property
    def site(self) -> str:
        return self.place.code if self.place else ""

    @property
    def name(self) -> str:
        """Return what a site's report is called beside its month."""
        if self.place is None:
            return ""
        is_english = (get_language() or "").startswith("en")
        return str((self.place.name_en if is_english else "") or self.place.name)

    @property
    def query(self) -> str:
        """Return what an address of this report ends with."""
        return f"?site={self.site}" if self.site else ""

    @property
    def url(self) -> str:
        return reverse("kpi:report", args=[self.period.key]) + self.query

    def first_counted(self) -> date | None:
        """Return the first month with figures of the company or the site; nothing before any."""
        rows = MonthCell.objects.filter(site_id=self.place.pk) if self.place else MonthCell.objects
        return rows.aggregate(first=Min("month"))["first"]

    def is_uncounted(self) -> bool:
        """Say whether the month ended before anything was counted: a report would be empty."""
        first = self.first_counted()
        return first is None or self.period.start_day < first

    def editions(self) -> list[Snapshot]:
        """Return the editions the reader may see, newest first."""
        rows = Snapshot.objects.filter(period=self.period.key, site=self.site)
        rows = rows.select_related("frozen_by", "publication", "discard")
        rows = rows if self.shows_drafts else rows.exclude(publication=None)
        return list(rows.order_by("-id"))


def subject(request: HttpRequest, text: str, *, ahead: bool = False) -> Subject:
    """Return what the address names; what the reader may not know of is not there (404).

    A report of the company compares all sites: a right for some of them opens only their own.
    Only the page itself says of a month `ahead` that it has not begun; it has nothing to act on.
    """
    try:
        period = keeping.month(text)
    except DomainError:
        raise Http404 from None
    if timezone.now() < period.start_at and not ahead:
        raise Http404
    place = _place(request)
    return Subject(period, place, may(request.user, "report", "draft"))


def _place(request: HttpRequest) -> Site | None:
    access: Any = request.access  # type: ignore[attr-defined]
    code = request.GET.get("site", "")[:12]
    if not code:
        if not access.is_all:
            raise Http404
        return None
    site = Site.objects.filter(code=code).first()
    if site is None or not (access.is_all or site.pk in access.sites):
        raise Http404
    return site


def site_choices(request: HttpRequest) -> list[Site]:
    """Return the stations whose own report the reader may see."""
    access: Any = request.access  # type: ignore[attr-defined]
    rows = Site.objects.filter(kind=SiteKind.STATION).order_by("code")
    return list(rows if access.is_all else rows.filter(pk__in=access.sites))


def chosen(request: HttpRequest, editions: list[Snapshot]) -> Snapshot | None:
    """Return the edition asked for, else the newest frozen one, else the newest draft.

    A form that was refused names the edition it stood on.
    """
    asked = request.GET.get("edition") or request.POST.get("edition")
    if asked:
        found = next((row for row in editions if row.version == asked), None)
        if found is None:
            raise Http404
        return found
    final = next((row for row in editions if row.is_final), None)
    return final or (editions[0] if editions else None)


def work(about: Subject) -> dict[str, Any]:
    """Return whether the report is being made, how far it is, and why the last try failed."""
    rows = Effect.objects.filter(kind=MAKE, payload__period=about.period.key)
    effect = next((row for row in rows.order_by("-id")[:20] if _is_about(row, about)), None)
    if effect is None:
        return {"making": False, "failed": ""}
    making = effect.state in WORKING
    running = JobRun.objects.filter(name=MAKE, ended_at=None).order_by("-id")
    return {
        "making": making,
        "run": running.first() if making else None,
        "failed": effect.last_error if effect.state == EffectState.PARKED else "",
        "retrying": effect.last_error if making and effect.attempts else "",
    }


def _is_about(row: Effect, about: Subject) -> bool:
    return bool(row.payload.get("site", "") == about.site)
