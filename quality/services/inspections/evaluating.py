"""Outside evaluations, yearly plans with nodes, reviews of processes, clips of cameras."""

from __future__ import annotations

import hashlib
import uuid
from datetime import date, datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from complaints.services import clean_file, file_name
from courierqa.core import audit
from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError
from quality.models import (
    CameraClip,
    EvaluationPlan,
    ExternalEvaluation,
    Milestone,
    ProcessReview,
)
from quality.services.moves import said
from staff.models import Employee, Site, User


@transaction.atomic
def record_evaluation(
    *, kind: str, body: str, subject: str, site: Site | None, on: date, result: str,
    content: bytes, name: str, by: User, at: datetime,
) -> ExternalEvaluation:  # fmt: skip
    """Keep what an outside body found, with its report (INS-06)."""
    _past(on, at, "on")
    file_kind, clean = clean_file(content)
    uid = uuid.uuid4()
    row = ExternalEvaluation(
        uid=uid, kind=kind, body=said(body, field="body", limit=120),
        subject=said(subject, field="subject", limit=160), site=site, on=on,
        result=said(result, field="result", limit=1000), name=file_name(name, file_kind),
        file_kind=file_kind, sha256=hashlib.sha256(clean).hexdigest(), by=by, at=at,
    )  # fmt: skip
    ending = row.name.rpartition(".")[2]
    row.file.save(f"{uid.hex}.{ending}", ContentFile(clean), save=False)
    row.save()
    audit.record("evaluation.record", row, actor=by, at=at)
    return row


@transaction.atomic
def make_evaluation_plan(
    *, year: int, name: str, scope: str, owner: Employee, by: User, at: datetime
) -> EvaluationPlan:
    """Plan the evaluation of a year (INS-07)."""
    name = said(name, field="name", limit=120)
    if EvaluationPlan.objects.filter(year=year, name=name).exists():
        text = _("This year has a plan of that name")
        raise DomainError(text, code="known", field="name", status=422)
    row = EvaluationPlan.objects.create(
        year=year, name=name, scope=said(scope, field="scope", limit=500), owner=owner, by=by,
        at=at,
    )  # fmt: skip
    audit.record("evaluation.create", row, actor=by, at=at)
    return row


@transaction.atomic
def add_milestone(
    plan: EvaluationPlan, *, name: str, due_on: date, by: User, at: datetime
) -> Milestone:
    """Add a time node; its first day is kept."""
    row = Milestone.objects.create(
        plan=plan, name=said(name, field="name", limit=120), first_due_on=due_on, due_on=due_on
    )
    audit.record("evaluation.add", plan, actor=by, at=at, fields=["milestone"])
    return row


@transaction.atomic
def finish_milestone(
    row: Milestone, *, done_on: date, result: str, by: User, at: datetime
) -> Milestone:
    """Keep what came of a node."""
    row = Milestone.objects.select_for_update().get(pk=row.pk)
    if row.done_on is not None:
        raise DomainError(_("This node is done"), code="done")
    _past(done_on, at, "done_on")
    row.done_on, row.done_by = done_on, by
    row.result = said(result, field="result", limit=1000)
    row.save(update_fields=["done_on", "done_by", "result", "updated_at"])
    audit.record("evaluation.finish", row.plan, actor=by, at=at, fields=["milestone"])
    return row


@transaction.atomic
def record_review(
    *, process: str, on: date, outcome: str, text: str, next_on: date, by: User, at: datetime
) -> ProcessReview:
    """Keep the review of a process: whether it fits, what follows, when it is looked at again."""
    _past(on, at, "on")
    if next_on <= on:
        wrong = _("Choose a day after the review")
        raise DomainError(wrong, code="past", field="next_on", status=422)
    row = ProcessReview.objects.create(
        process=process, on=on, outcome=outcome, text=said(text, field="text", limit=1000),
        next_on=next_on, by=by, at=at,
    )  # fmt: skip
    audit.record("process_review.record", row, actor=by, at=at)
    return row


@transaction.atomic
def keep_clip(
    *, from_at: datetime, to_at: datetime, by: User, at: datetime, **said_: Any
) -> CameraClip:
    """Note where the pictures of a moment lie (INS-13); `said_` holds the other columns."""
    if not from_at < to_at <= at:
        text = _("The end comes after the begin and not after now")
        raise DomainError(text, code="order", field="to_at", status=422)
    row = CameraClip.objects.create(from_at=from_at, to_at=to_at, by=by, at=at, **said_)
    audit.record("clip.record", row, actor=by, at=at)
    return row


def _past(on: date, at: datetime, field: str) -> None:
    if on > business_day(at):
        text = _("Choose today or an earlier day")
        raise DomainError(text, code="future", field=field, status=422)
