"""A signal becomes a nonconformity, and the check of its effect reads the figure again."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

import quality.selectors
from courierqa.core.access import access_for, allow, may
from courierqa.core.calendars import business_day
from courierqa.core.forms import FieldErrors
from kpi import board, selectors
from kpi.board import effects, filters
from kpi.board.filters import Filters
from kpi.forms import EffectCheckForm
from kpi.metrics import Metric
from kpi.views.dashboard import MONTHS
from kpi.views.shared import guarded, metric_or_404
from quality import services
from quality.enums import SourceKind, Status
from quality.models import EffectCheck, Nonconformity
from quality.selectors import Found
from quality.views.raising import raise_from


@allow("nonconformity", GET="create", POST="create")
@guarded
def raise_signal(request: HttpRequest, code: str) -> HttpResponse:
    """Raise a nonconformity from a figure: code, site, period, value and verdict come along."""
    metric, now = metric_or_404(code), timezone.now()
    access = access_for(request.user, "figure", "read")
    if access is None or access.scope == "own":
        raise Http404
    asked = filters.read(request.GET, access, now=now)
    return raise_from(request, signal_of(metric, asked))


def signal_of(metric: Metric, asked: Filters) -> Found:
    """Return what a figure says in its period, as the data behind a problem."""
    end = asked.period.start_day
    months = selectors.courses(MONTHS, end=end, scope=asked.scope).get(metric.code)
    if months is None:
        raise Http404
    (now,) = selectors.figures(asked.period, metric=metric.code, scope=asked.scope)
    target = selectors.targets_on(end, site=asked.site).get(metric.code)
    rows = selectors.baselines_of(asked.site, metric=metric.code).get(metric.code, [])
    line = board.line(
        metric.code, months, now, None, target, as_of=asked.as_of,
        breaks=selectors.months_of_breaks(rows),
    )  # fmt: skip
    value = "n<30" if now.is_few else f"{line.value} {line.unit}".strip()
    title = f"{metric.name} {asked.period.label}: {value}"
    if target is not None:
        title += " (" + _("target") + f" {line.target_text})"
    place = asked.site.code if asked.site else ""
    return Found(
        SourceKind.SIGNAL, f"{metric.code}|{place}|{asked.period.key}", title, asked.site, None,
        {
            "metric": metric.code, "site": place, "period": asked.period.key, "value": value,
            "n": now.n, "target": line.target_text, "verdict": line.verdict.sentence,
            "variation": line.verdict.variation, "assurance": line.verdict.assurance,
            "as_of": asked.as_of.isoformat() if asked.as_of else "",
        },
    )  # fmt: skip


@allow("nonconformity", GET="read", POST="verify")
def effect_page(request: HttpRequest, number: str) -> HttpResponse:
    """Read the figure before and after, say what the criterion says, and keep the result."""
    row = _row(request, number)
    check = row.checks.select_related("verifier", "site").filter(round=row.round).first()
    if check is None or row.status not in (Status.DOING, Status.CHECKING, Status.CLOSED):
        raise Http404
    today = business_day(timezone.now())
    found = None if check.result else effects.read(row, check, today)
    says = effects.says(check, found) if not check.result else ""
    why_not = _why_not(request, row, check, today)
    form = EffectCheckForm(request.POST or None, says=says)
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            services.check_effect(
                row, reading=effects.kept(check, found), by=request.user, at=timezone.now(),
                **form.cleaned_data,
            )  # fmt: skip
        if errors.ok:
            messages.success(request, _("The result is kept"))
            return redirect("quality:nonconformity", row.number)
    page = {
        "title": _("Effect of %(number)s") % {"number": row.number}, "row": row, "check": check,
        "criterion": quality.selectors.criterion_words(check), "says": says, "why_not": why_not,
        "form": None if why_not or check.result else form, "today": today,
        **effects.shown(check, found),
    }  # fmt: skip
    return render(request, "kpi/effect_check.html", page, status=422 if form.errors else 200)


def _row(request: HttpRequest, number: str) -> Nonconformity:
    rows = quality.selectors.nonconformities_for(request.access)
    return get_object_or_404(rows, number=number)


def _why_not(request: HttpRequest, row: Nonconformity, check: EffectCheck, today: date) -> str:
    """Return why this reader cannot give the result now, or ""."""
    me = getattr(request.user, "employee", None)
    if row.status != Status.CHECKING:
        return _("The effect is checked when every measure has ended")
    if me is None or me.pk != check.verifier_id or not may(request.user, "nonconformity", "verify"):
        return _("%(name)s was named to check the effect") % {"name": check.verifier.name}
    last = services.last_deed_on(row)
    if last is not None and today <= last:
        return _("Look on another day than the last measure was done")
    if today < check.due_on and not check.may_be_early:
        return _("The check is fixed for %(day)s. Look then") % {"day": check.due_on}
    return ""
