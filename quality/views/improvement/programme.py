"""The steps of one programme and what belongs to it, for its page."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courierqa.core.access import access_for, may
from courierqa.core.context import address_of
from courierqa.core.formats import day, moment
from courierqa.core.history import changes_of
from quality.forms.improvement import programmes as forms
from quality.improvement_enums import ProgrammeKind, Verdict
from quality.improvement_enums import ProgrammeStatus as S
from quality.models import Programme
from quality.selectors.improvement import lists
from quality.services import improvement as services
from quality.views.things.shared import deed
from staff.forms.style import StyledForm
from staff.views.records import Cell, Deed, Record

BADGES = {
    "draft": "neutral", "proposed": "warn", "running": "info", "ended": "good",
    "dropped": "neutral", "keep": "good", "adjust": "warn", "stop": "neutral",
}  # fmt: skip


def programme_record(request: HttpRequest, row: Programme, facts: Any) -> Record:
    """Return what the page of a programme shows and offers."""
    return Record(
        title=str(row), back=reverse("quality:programmes"),
        back_label=_("Improvement programmes"), facts=facts, lead=row.problem,
        lines=[
            *_doors(request, row), (pgettext("improvement", "Measures"), _measures(row)),
            *([(_("Plans of this programme"), _plans(request, row))]
              if row.kind == ProgrammeKind.PROGRAMME else []),
            (pgettext("record", "Course"), course(row)),
        ],
        deeds=_deeds(request, row),
    )  # fmt: skip


def _doors(request: HttpRequest, row: Programme) -> list[tuple[Any, list[Cell]]]:
    """Return the ways on from here: figures, draft, plan, successor."""
    doors = []
    if row.status != S.DROPPED:
        url = address_of("kpi:programme_figures", row.number)
        words = (
            _("Fix the baseline") if row.status == S.DRAFT and not row.baseline_at
            else _("Before and after, and what becomes of it")
        )  # fmt: skip
        doors.append(Cell(words, url or ""))
    if row.status == S.DRAFT and _may(request, row):
        doors.append(Cell(_("Change the draft"),
                          reverse("quality:programme_edit", args=[row.number])))  # fmt: skip
    new = reverse("quality:programme_draft")
    if may(request.user, "programme", "change"):
        if row.kind == ProgrammeKind.PROGRAMME and row.status in (S.DRAFT, S.RUNNING):
            doors.append(Cell(_("Add a plan to it"), f"{new}?of={row.number}"))
        if row.verdict == Verdict.ADJUST:
            doors.append(Cell(_("Plan what is adjusted"), f"{new}?follows={row.number}"))
    for label, other in ((_("Belongs to %(row)s"), row.programme), (_("Follows %(row)s"),
                                                                    row.follows)):  # fmt: skip
        if other is not None:
            url = reverse("quality:programme", args=[other.number])
            doors.append(Cell(label % {"row": other}, url))
    return [(pgettext("record", "Next step"), doors)] if doors else []


def _measures(row: Programme) -> list[Cell]:
    rows = row.actions.select_related("nonconformity", "owner").order_by("due_on", "pk")
    return [
        Cell(f"{one} · {one.text} · {one.owner.name} · {day(one.due_on)} · "
             f"{one.get_status_display()}",
             reverse("quality:nonconformity", args=[one.nonconformity.number]))
        for one in rows
    ]  # fmt: skip


def _plans(request: HttpRequest, row: Programme) -> list[Cell]:
    rows = lists.programmes_for(request.access).filter(programme=row).order_by("due_on", "pk")
    return [
        Cell(f"{one} · {one.get_status_display()} · {day(one.due_on)}",
             reverse("quality:programme", args=[one.number]))
        for one in rows
    ]  # fmt: skip


def course(row: Any) -> list[Cell]:
    """Return the history of a record in words."""
    states = dict(type(row)._meta.get_field("status").flatchoices)
    return [
        Cell(" · ".join(filter(None, (moment(one.at), str(states.get(one.to_status, "")),
                                      str(one.actor or ""), one.reason))))
        for one in changes_of(row)
    ]  # fmt: skip


def _may(request: HttpRequest, row: Programme) -> bool:
    """Say whether the reader may change this row, not only programmes at large."""
    access = access_for(request.user, "programme", "change")
    return access is not None and lists.changeable(access).filter(pk=row.pk).exists()


def _deeds(request: HttpRequest, row: Programme) -> list[Deed]:
    now, by = timezone.now(), request.user
    found = []
    if row.status == S.PROPOSED and may(by, "programme", "approve"):
        found.append(
            deed("decide", _("Decide"), forms.DecideForm,
                 lambda said: services.decide_programme(
                     row, approve=said["outcome"] == "yes", note=said["note"], by=by, at=now))
        )  # fmt: skip
    return [*found, *(_changes(request, row) if _may(request, row) else [])]


def _changes(request: HttpRequest, row: Programme) -> list[Deed]:
    """Return the steps of whoever runs it."""
    now, by = timezone.now(), request.user
    access = access_for(by, "nonconformity", "read")
    picked = lists.linkable_actions(row, access) if access else row.actions.none()
    link = deed("link", _("Link a measure"), partial(forms.ActionPickForm, actions=picked),
                lambda said: services.link_action(row, said["action"], by=by, at=now),
                icon="link")  # fmt: skip
    own = row.actions.select_related("nonconformity", "owner")
    unlink = deed(
        "unlink", _("Take a measure out"), partial(forms.ActionPickForm, actions=own),
        lambda said: services.unlink_action(row, said["action"], by=by, at=now),
    )  # fmt: skip
    propose = deed("propose", _("Ask for approval"), StyledForm,
                   lambda _said: services.propose_programme(row, by=by, at=now),
                   icon="send")  # fmt: skip
    later = deed("later", _("Put the end off"), forms.LaterForm,
                 lambda said: services.extend_programme(row, **said, by=by, at=now),
                 icon="clock")  # fmt: skip
    drop = deed("drop", _("Give it up"), forms.WhyForm,
                lambda said: services.drop_programme(row, **said, by=by, at=now),
                icon="x", is_grave=True)  # fmt: skip
    has = row.actions.exists()
    return {
        S.DRAFT: [propose, link, *([unlink] if has else []), drop], S.PROPOSED: [drop],
        S.RUNNING: [link, later, drop],
    }.get(S(row.status), [])  # fmt: skip
