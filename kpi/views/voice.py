"""Complaints as a whole: why, when, how quickly, where they surge; a campaign from there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from complaints import services as complaints
from complaints.forms import CampaignForm
from courierqa.core import calendars, formats
from courierqa.core.access import access_for, allow
from courierqa.core.forms import FieldErrors, form_page
from kpi.board import places
from kpi.selectors import surges as surging
from kpi.selectors import voice
from staff.models import Site

SPANS = (30, 90, 365)
# A campaign runs so long unless somebody says otherwise: a proposal.
CAMPAIGN = timedelta(days=28)
# Who may see colleagues' figures; an agent sees the own line only.
LEADERS = frozenset({"lead", "quality", "manager", "auditor"})


@allow("voice", GET="read")
def voice_page(request: HttpRequest) -> HttpResponse:
    """Show what complaints say: causes, course, speed, people, surges."""
    now = timezone.now()
    day = calendars.business_day(now)
    days = _days(request)
    site = _site(request)
    rows = voice.complaints_in(
        request.access, start=day - timedelta(days=days), end=day + timedelta(days=1),
        site_id=site.pk if site else None,
    )  # fmt: skip
    only = None if request.access.roles & LEADERS else request.user.pk
    weeks = voice.weekly(rows)
    context = {
        "title": _("Complaint analysis"), "days": days, "spans": SPANS, "site": site,
        "sites": _sites(request), "n": rows.filter(is_repeat=False).count(),
        "paretos": [
            (title, {"n": found.n, "rows": places.pareto(found, top=len(found.causes))})
            for title, found in (
                (_("By reason"), voice.by_reason(rows)), (_("By class"), voice.by_class(rows)),
                (_("By root cause"), voice.by_cause(rows)),
            )
        ],
        "finding": _finding(weeks),
        "chart": _chart(weeks), "table": _table(weeks), "months": voice.monthly(rows, now=now),
        "speed": voice.speed(rows, now=now), "agents": voice.agents(rows, now=now, only=only),
        "only": only, "surges": surging.surges(_network(request), day=day),
    }  # fmt: skip
    return render(request, "kpi/voice.html", context)


def _network(request: HttpRequest) -> Any:
    """Surges are looked for among everything this reader may see, whatever the filters say."""
    day = calendars.business_day(timezone.now())
    span = surging.WINDOW + surging.USUAL
    return voice.complaints_in(request.access, start=day - span, end=day)


def _days(request: HttpRequest) -> int:
    days = request.GET.get("days", "")
    return int(days) if days in {str(n) for n in SPANS} else 90


def _sites(request: HttpRequest) -> Any:
    return Site.objects.filter(request.access.rows(site="pk")).order_by("code")


def _site(request: HttpRequest) -> Site | None:
    code = request.GET.get("site", "")
    if not code:
        return None
    site = _sites(request).filter(code=code[:20].replace("\x00", "")).first()
    if site is None:
        raise Http404
    return site


def _chart(weeks: list[Any]) -> dict[str, Any]:
    return {
        "xAxis": {"type": "category", "data": [formats.day(week) for week, _n in weeks]},
        "yAxis": {"type": "value", "minInterval": 1},
        "tooltip": {"trigger": "axis"},
        "series": [{"type": "bar", "name": _("Complaints"), "data": [n for _week, n in weeks]}],
    }


def _finding(weeks: list[Any]) -> str:
    """The finding of the chart in a sentence: the heaviest week and the last one."""
    if not weeks:
        return ""
    week, most = max(weeks, key=lambda one: (one[1], one[0]))
    words = _("Most in the week from %(day)s: %(most)d. Last week: %(last)d")
    return words % {"day": formats.day(week), "most": most, "last": weeks[-1][1]}


def _table(weeks: list[Any]) -> dict[str, Any]:
    return {
        "head": [_("Week from"), _("Complaints")],
        "rows": [[formats.day(week), n] for week, n in weeks],
    }


@allow("campaign", GET="change", POST="change")
def campaign_new(request: HttpRequest) -> HttpResponse:
    """Start a campaign from a surge; its figures are counted anew, not taken from the address."""
    if not request.GET.get("reason"):
        # What it is against is chosen among the surges.
        return redirect("kpi:voice")
    found = _asked_surge(request)
    day = calendars.business_day(timezone.now())
    where = str(found.place) if found.place else _("the whole network")
    initial = {
        "title": f"{found.reason} · {where}"[:80], "ends_on": day + CAMPAIGN,
        "goal": _("Back to %(usual).1f a week or fewer") % {"usual": max(found.expected, 0.1)},
    }  # fmt: skip
    form = CampaignForm(request.POST or None, initial=initial)
    errors = FieldErrors(form)
    if request.method == "POST" and form.is_valid():
        with errors:
            target = complaints.Target(
                found.reason, evidence=found.as_dict(),
                **({found.kind: found.place} if found.place else {}),
            )  # fmt: skip
            complaints.start_campaign(
                target=target, owner=request.user, by=request.user, at=timezone.now(),
                **form.cleaned_data,
            )  # fmt: skip
        if errors.ok:
            messages.success(request, _("The campaign runs"))
            return redirect("complaints:campaigns")
    lead = _("%(now)d complaints in 7 days, %(usual).1f expected (chance %(p).2g)")
    context = {
        "form": form, "title": _("Start a campaign"), "back": reverse("kpi:voice"),
        "submit": _("Start the campaign"),
        "lead": f"{found.reason} · {where}: "
        + lead % {"now": found.now, "usual": found.expected, "p": found.p},
    }  # fmt: skip
    return form_page(request, "components/form_page.html", context)


def _asked_surge(request: HttpRequest) -> surging.Surge:
    """Read reason and place from the address and count their figures; else it is not there."""
    kind, place = request.GET.get("kind", "all"), request.GET.get("place", "")
    reading = access_for(request.user, "voice", "read")
    if kind not in surging.KINDS or reading is None or (place and not place[:12].isdecimal()):
        raise Http404
    request.access = reading
    found = surging.surge_of(
        _network(request), day=calendars.business_day(timezone.now()),
        reason=request.GET.get("reason", "")[:30].replace("\x00", ""), kind=kind,
        place=int(place[:12]) if place else None,
    )  # fmt: skip
    if found is None:
        raise Http404
    return found
