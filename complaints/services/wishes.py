"""What customers expect, need and cannot get: the table, the needs, the honest no."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from complaints import steps
from complaints.enums import CaseKind, CustomerGroup, NeedSource, NeedStatus
from complaints.models import Case, Expectation, Need, NotPossible
from complaints.services.moves import hold, must_be_open, must_own
from complaints.words import BadText, clean_line, clean_text
from courierqa.core import audit, history
from courierqa.core.errors import DomainError
from staff.models import User

_EXPECTED = ("group", "topic", "expects", "expects_en", "promise", "promise_en", "gap",
             "gap_note", "metric")  # fmt: skip


@dataclass(frozen=True)
class Heard:
    """A requirement as it was heard, and where."""

    source: str
    group: str
    requirement: str
    analysis: str = ""


@transaction.atomic
def save_expectation(
    *, row: Expectation | None, said: Mapping[str, Any], by: User, at: datetime
) -> Expectation:
    """Write a line of the table; whoever saves it has checked it, so it is no proposal (CUS-10)."""
    row = row or Expectation()
    is_new = row.pk is None
    for name in _EXPECTED:
        setattr(row, name, clean_line(said[name], field=name, limit=200))
    for name in ("expects", "expects_en", "promise", "promise_en"):
        if not getattr(row, name):
            raise BadText(_("Fill this in"), code="required", field=name)
    row.is_proposal, row.checked_by, row.checked_at = False, by, at
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        text = _("This expectation of the group is in the table already")
        raise DomainError(text, code="taken", field="expects") from error
    audit.record("expectation.save", row, actor=by, at=at, fields=["new"] if is_new else [])
    return row


@transaction.atomic
def record_need(*, heard: Heard, by: User, at: datetime, case: Case | None = None) -> Need:
    """Write down a need; from one case there is one (CUS-03, CUS-08)."""
    words = clean_line(heard.requirement, field="requirement", limit=200)
    if not words:
        raise BadText(_("Enter what customers need"), code="required", field="requirement")
    if case is not None and (known := Need.objects.filter(case=hold(case)).first()):
        return known
    need = Need.objects.create(
        source=heard.source, group=heard.group, requirement=words, case=case, owner=by,
        analysis=clean_text(heard.analysis, field="analysis"), heard_at=at,
    )  # fmt: skip
    history.begin(need, machine=steps.NEED, actor=by, at=at)
    return need


def need_of_case(*, case: Case, requirement: str, by: User, at: datetime) -> Need:
    """Take a complaint or a suggestion up as a need, linked both ways."""
    is_idea = case.kind == CaseKind.SUGGESTION
    source = NeedSource.SUGGESTION if is_idea else NeedSource.COMPLAINT
    heard = Heard(source, CustomerGroup.ALL, requirement)
    return record_need(heard=heard, by=by, at=at, case=case)


@transaction.atomic
def decide_need(
    *, need: Need, status: str, said: Mapping[str, str], by: User, at: datetime
) -> Need:
    """Say what changes for a need, or why nothing does; name the improvement it leads to."""
    verb = {NeedStatus.CHANGING: "start", NeedStatus.CHANGED: "finish",
            NeedStatus.DECLINED: "refuse"}.get(NeedStatus(status))  # fmt: skip
    change = clean_line(said["change"], field="change", limit=300)
    if verb is None or not change:
        text = _("Say what changes, or why nothing does")
        raise BadText(text, code="required", field="change")
    changes = {
        "change": change, "decided_at": at,
        "analysis": clean_text(said["analysis"], field="analysis"),
        "improvement": clean_line(said["improvement"], field="improvement", limit=40),
    }  # fmt: skip
    history.transition(need, verb, machine=steps.NEED, actor=by, at=at, changes=changes)
    return need


@transaction.atomic
def say_not_possible(
    *, case: Case, reason: str, alternative: str, by: User, at: datetime
) -> NotPossible:
    """Keep the reason and the alternative of a no; the reply template is filled with them."""
    hold(case)
    must_be_open(case)
    must_own(case, by)
    words = {"reason": reason, "alternative": alternative}
    told = {name: clean_line(text, field=name, limit=300) for name, text in words.items()}
    for name, text in told.items():
        if not text:
            wrong = _("Give the reason and what you can offer instead")
            raise BadText(wrong, code="required", field=name)
    if NotPossible.objects.filter(case=case).exists():
        raise DomainError(_("This is decided already"), code="already_done")
    row = NotPossible.objects.create(case=case, by=by, at=at, **told)
    audit.record("case.decide", case, actor=by, at=at, fields=["reason", "alternative"])
    return row
