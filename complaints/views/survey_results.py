"""What surveys say, for those who may know it: scores with n, range and period."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.enums import Block, SurveyMethod, Tag
from complaints.models import SurveyItem
from complaints.selectors import surveys as selectors
from complaints.selectors.surveys import Asked
from complaints.services import survey_answers as services
from complaints.survey_scores import FEW, MIN_SHOWN
from complaints.views.requests import StaffRequest
from complaints.views.survey_charts import shown_recommendation
from courierqa.core import audit
from courierqa.core.access import allow, may
from courierqa.core.calendars import business_day
from courierqa.core.exports import csv_response
from courierqa.core.paging import page_of
from courierqa.core.timeframes import BadPeriod, Period, parse_period, period_of

HOME_DAYS = 90


@allow("survey", GET="read")
def results_page(request: StaffRequest) -> HttpResponseBase:
    """Show a period's results by question, site, courier and way (SAT-06, SAT-12)."""
    period, problem = _period(request)
    asked = _asked(request, period)
    found = selectors.results(asked)
    if request.GET.get("format") == "csv" and may(request.user, "survey", "export"):
        return _file(request, found, period)
    scaled, recommended = selectors.questions(asked)
    context = {
        "title": _("Survey results"), "tab": "results", "period": period, "problem": problem,
        "found": found, "questions": scaled, "method": asked.method,
        "recommended": shown_recommendation(recommended),
        "block": asked.block, "methods": SurveyMethod.choices, "blocks": Block.choices[:4],
        "tags": [(Tag(tag).label, n) for tag, n in selectors.tag_counts(asked).most_common()
                 if n >= MIN_SHOWN or may(request.user, "survey", "words")],
        "min_shown": MIN_SHOWN, "few": FEW, "as_of": timezone.now(),
        "may_words": may(request.user, "survey", "words"),
    }  # fmt: skip
    return render(request, "complaints/surveys/results.html", context)


@allow("survey", GET="words")
def words_page(request: StaffRequest) -> HttpResponse:
    """Show what people wrote, masked, to be tagged."""
    period, _problem = _period(request)
    page = page_of(selectors.words(_asked(request, period)), request.GET)
    context = {
        "title": _("What people wrote"), "tab": "words", "period": period, "page": page,
        "tags": Tag.choices, "may_change": may(request.user, "survey", "change"),
    }  # fmt: skip
    return render(request, "complaints/surveys/words.html", context)


@allow("survey", POST="change")
def words_tag(request: StaffRequest, pk: int) -> HttpResponse:
    """Say what some words are about."""
    item = get_object_or_404(SurveyItem, pk=pk)
    tags = request.POST.getlist("tag")[: len(Tag.values)]
    services.tag_words(item=item, tags=tags, by=request.user, at=timezone.now())
    period = request.POST.get("period", "")[:10]
    return redirect(f"/surveys/words/?period={period}#words-{item.pk}")


@allow("own_score", GET="read")
def own_score(request: StaffRequest) -> HttpResponse:
    """Show couriers what their customers think as a whole: never who said it, nor when."""
    context = {"title": _("What my customers think"), **_own(request)}
    return render(request, "complaints/surveys/own.html", context)


@allow("own_score", GET="read")
def home_own_score(request: StaffRequest) -> HttpResponse:
    """Give a courier's home page the own score (SAT-11)."""
    return render(request, "complaints/surveys/_home_own.html", _own(request))


@allow("survey", GET="read")
def home_voice(request: StaffRequest) -> HttpResponse:
    """Give the home page the score of the last ninety days (SAT-11)."""
    asked = _recent(timezone.now())
    if not request.access.is_all:
        asked = replace(asked, sites=request.access.sites)
    context = {"whole": selectors.whole(asked), "days": HOME_DAYS}
    return render(request, "complaints/surveys/_home_voice.html", context)


def _own(request: StaffRequest) -> dict[str, Any]:
    courier = request.access.employee_id or 0
    whole = selectors.whole(replace(_recent(timezone.now()), courier_id=courier))
    return {"whole": whole, "days": HOME_DAYS, "min_shown": MIN_SHOWN}


def _recent(now: datetime) -> Asked:
    return Asked(now - timedelta(days=HOME_DAYS), now)


def _period(request: StaffRequest) -> tuple[Period, str]:
    """Return the period asked for, or this quarter with the words of what is wrong."""
    text = request.GET.get("period", "")[:20]
    usual = period_of("quarter", business_day(timezone.now()))
    if not text:
        return usual, ""
    try:
        return parse_period(text), ""
    except BadPeriod as error:
        return usual, error.message


def _asked(request: StaffRequest, period: Period) -> Asked:
    method, block = request.GET.get("method", ""), request.GET.get("block", "")
    return Asked(
        period.start_at, period.end_at,
        sites=None if request.access.is_all else request.access.sites,
        method=method if method in SurveyMethod.values else "",
        block=block if block in Block.values else "",
    )  # fmt: skip


def _file(request: StaffRequest, found: selectors.Results, period: Period) -> HttpResponseBase:
    """Write the groups that are large enough to be shown."""
    audit.record("survey.export", actor=request.user, at=timezone.now(), request=request,
                 seal_now=True)  # fmt: skip
    head = (_("Group"), _("Answers"), _("Score"), _("Low"), _("High"), _("Satisfied"), _("Period"))
    groups = [*found.sites, *found.couriers, *found.channels]
    cells = (
        (group.name, group.satisfied.n, _rounded(group.score.value), _rounded(group.score.low),
         _rounded(group.score.high), _rounded(group.satisfied.value, 3), period.key)
        for group in groups
        if not group.score.is_hidden
    )  # fmt: skip
    return csv_response(f"survey-{period.key}.csv", head, cells)


def _rounded(value: float | None, places: int = 1) -> float | str:
    return "" if value is None else round(value, places)
