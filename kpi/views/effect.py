"""Did a training help? The figures of those who came, before and after it."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courierqa.core.access import Access, allow, may
from courierqa.core.calendars import business_day
from courierqa.core.enums import Scope
from courierqa.core.forms import FieldErrors
from kpi.board import show
from kpi.forms import EffectForm
from kpi.selectors.training import Compared, Effect, training_effect
from staff import selectors as people
from staff import services
from staff.enums import EffectKind, SessionState
from staff.models import TrainingSession

SPANS = (30, 60, 90)
VERDICTS = {
    "better": (gettext_lazy("better"), "good"),
    "worse": (gettext_lazy("worse"), "bad"),
    "chance": (gettext_lazy("within chance"), "neutral"),
    "few": (gettext_lazy("too few to say"), "neutral"),
}


@allow("training", GET="read", POST="change")
def training_effect_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Compare before and after a held session; whoever plans trainings keeps the verdict."""
    session = _session(request.access, pk)  # type: ignore[attr-defined]
    days, now = _days(request), timezone.now()
    found = _effect(request.access, session, days)  # type: ignore[attr-defined]
    checked = getattr(session, "effect", None)
    can_tell = any(line.before.total and line.after.total for line in found.lines)
    may_keep = checked is None and can_tell and may(request.user, "training", "change")
    form = EffectForm(request.POST or None, lines=found.lines)
    if request.method == "POST" and may_keep and form.is_valid():
        errors = FieldErrors(form)
        keep = partial(services.check_effect, session, by=request.user, at=now)
        with errors:
            keep(**_kept(found, form.cleaned_data, days))
        if errors.ok:
            return redirect("staff:session", pk)
    page = {
        "title": _("Before and after: %(course)s") % {"course": session.course},
        "session": session, "effect": found, "rows": [_row(line) for line in found.lines],
        "days": days, "spans": SPANS, "form": form if may_keep else None, "checked": checked,
        "as_of": found.lines[0].after.as_of if found.lines else None,
    }  # fmt: skip
    return render(request, "kpi/training_effect.html", page, status=422 if form.errors else 200)


def _session(access: Access, pk: int) -> TrainingSession:
    """Return a held session within reach; nobody compares their colleagues."""
    if access.scope == Scope.OWN:
        raise Http404
    rows = people.sessions_within(access).filter(state=SessionState.HELD)
    return get_object_or_404(rows.select_related("course", "site", "effect"), pk=pk)


def _effect(access: Access, session: TrainingSession, days: int) -> Effect:
    came = session.attendances.filter(
        access.rows(site="employee__site", own="employee"), was_present=True
    )
    assert session.held_on is not None  # a rule of the table
    return training_effect(
        list(came.values_list("employee", flat=True)), site=session.site_id, on=session.held_on,
        days=days, today=business_day(timezone.now()),
    )  # fmt: skip


def _days(request: HttpRequest) -> int:
    asked = request.GET.get("days", "")
    return int(asked) if asked in map(str, SPANS) else SPANS[0]


def _row(line: Compared) -> dict[str, Any]:
    text, tone = show.change(line.metric, line.after.value, line.before.value)
    words, badge = VERDICTS[line.verdict]
    return {
        "metric": line.metric, "unit": show.unit_of(line.metric),
        "before": _shown(line, "before"), "after": _shown(line, "after"),
        "n_before": line.before.total, "n_after": line.after.total,
        "change": "" if line.is_few else text, "tone": tone, "words": words, "badge": badge,
    }  # fmt: skip


def _shown(line: Compared, side: str) -> str:
    figure = getattr(line, side)
    return show.show(line.metric, None if figure.is_few else figure.value)


def _kept(found: Effect, said: dict[str, Any], days: int) -> dict[str, Any]:
    """Return what is kept: the figure in words and as counts, so that anybody can recompute it."""
    line = next(one for one in found.lines if one.metric.code == said["metric"])
    sides = {"before": line.before, "after": line.after}
    words = {
        side: f"{line.metric.code} {show.show(line.metric, figure.value)} (n = {figure.total})"
        for side, figure in sides.items()
    }
    counts = {side: [figure.hits, figure.total] for side, figure in sides.items()}
    return {
        **words, "kind": EffectKind.FIGURE, "is_effective": said["is_effective"],
        "note": said["note"],
        "counts": {"metric": line.metric.code, "days": days, "basis": found.basis, **counts},
    }  # fmt: skip
