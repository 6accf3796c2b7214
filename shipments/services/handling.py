"""What people do about an exception: take, plan, tell, tick off steps, solve (EXC-03, EXC-04)."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit, history
from courierqa.core.errors import DomainError
from shipments import enums, trouble_facts
from shipments.enums import ExceptionStatus as Status
from shipments.models import ExceptionClass, ExceptionPhoto, ParcelException
from shipments.services.exceptions import class_of, classes
from shipments.services.proving import clean_image

# Verbs that lead to the same status are steps on the way: they are in the history like the rest.
MACHINE = history.Machine(
    "exception",
    {
        Status.NEW: {
            "take": Status.LOCATING, "tell": Status.TOLD, "solve": Status.SOLVED,
            "plan": Status.NEW, "step": Status.NEW, "analyse": Status.NEW,
        },
        Status.LOCATING: {
            "put_back": Status.NEW, "take": Status.LOCATING, "tell": Status.TOLD,
            "solve": Status.SOLVED, "plan": Status.LOCATING, "step": Status.LOCATING,
            "analyse": Status.LOCATING,
        },
        Status.TOLD: {
            "put_back": Status.NEW, "take": Status.LOCATING, "tell": Status.TOLD,
            "solve": Status.SOLVED, "plan": Status.TOLD, "step": Status.TOLD,
            "analyse": Status.TOLD,
        },
        Status.SOLVED: {"reopen": Status.NEW, "analyse": Status.SOLVED},
    },
)  # fmt: skip
MAX_PHOTOS = 10


def _said(text: str, words: str, field: str = "note") -> str:
    if not text.strip():
        raise DomainError(words, code="required", field=field)
    return text.strip()[:300]


@transaction.atomic
def take_exception(row: ParcelException, *, owner_id: int | None, actor: Any, at: datetime) -> None:
    """Take an exception in hand."""
    _step(row, "take", actor=actor, at=at, changes={"owner_id": owner_id})


@transaction.atomic
def put_back_exception(row: ParcelException, *, note: str, actor: Any, at: datetime) -> None:
    """Give an exception back to whoever takes it next."""
    _step(row, "put_back", actor=actor, at=at, reason=note[:300],
                       changes={"owner_id": None})  # fmt: skip


@transaction.atomic
def plan_exception(
    row: ParcelException, *, plan: str, due_at: datetime | None, note: str, actor: Any, at: datetime
) -> None:
    """Choose what will be done, and until when; without a time the class's limit counts."""
    if plan not in enums.Plan.values:
        raise DomainError(_("Choose what will be done"), code="required", field="plan")
    if due_at is not None and due_at < at:
        raise DomainError(_("This time has passed"), code="past", field="due_at")
    until = due_at or row.opened_at + timedelta(hours=_class(row).solve_hours)
    # Until the customer knows, telling stays what is due next.
    changes = {"plan": plan} | ({"due_at": max(until, at)} if row.told_at or due_at else {})
    _step(row, "plan", actor=actor, at=at, reason=note[:300],
                       changes=changes, detail={"plan": plan})  # fmt: skip


@transaction.atomic
def tell_customer(
    row: ParcelException, *, note: str, actor: Any, at: datetime, plan: str = ""
) -> None:
    """Record that the customer was told, and what; silence is the real failure.

    Where the class wants a remedy (late, damaged, lost), one must have been chosen (EXC-06).
    """
    words = _said(note, _("Say what the customer was told"))
    of = _class(row)
    if plan and plan not in enums.Plan.values:
        raise DomainError(_("Choose what will be done"), code="required", field="plan")
    chosen = plan or row.plan
    if of.needs_remedy and not chosen:
        raise DomainError(_("Choose what you offer the customer"), code="no_remedy", field="plan")
    due = row.due_at if row.told_at else at + timedelta(hours=of.solve_hours)
    _step(
        row, "tell", actor=actor, at=at, reason=words,
        changes={"told_at": row.told_at or at, "note": words, "plan": chosen, "due_at": due},
        detail={"plan": chosen} if chosen else None,
    )  # fmt: skip


@transaction.atomic
def do_step(row: ParcelException, *, step: int, note: str, actor: Any, at: datetime) -> None:
    """Tick off one step of the class, with its time (ACC-08)."""
    steps = _class(row).steps
    if not 0 <= step < len(steps):
        raise DomainError(_("Choose a step of the list"), code="required", field="step")
    done = {**row.steps_done, str(step): at.isoformat()}
    _step(
        row, "step", actor=actor, at=at, reason=note.strip()[:300],
        changes={"steps_done": done}, detail={"step": step, "text": steps[step]},
    )  # fmt: skip


@transaction.atomic
def analyse_exception(row: ParcelException, *, root_cause: str, actor: Any, at: datetime) -> None:
    """Write down why it happened (EXC-09)."""
    words = _said(root_cause, _("Write why it happened"), "root_cause")
    _step(row, "analyse", actor=actor, at=at, reason=words,
                       changes={"root_cause": words})  # fmt: skip


@transaction.atomic
def solve_exception(
    row: ParcelException, *, note: str, actor: Any, at: datetime, proved_wrong: bool = False
) -> None:
    """Close an exception with what solved it; a grave one only when every step has its time.

    `proved_wrong`: the report was false, and it leaves the figure of misdeliveries (D09).
    """
    of = _class(row)
    left = len(of.steps) - len(row.steps_done)
    if of.is_grave and left > 0:
        text = _("Tick off every step first: %(n)s are left") % {"n": left}
        raise DomainError(text, code="steps_left", field="note")
    settle_exception(row, note=note, actor=actor, at=at, proved_wrong=proved_wrong)


@transaction.atomic
def settle_exception(
    row: ParcelException, *, note: str, actor: Any, at: datetime, proved_wrong: bool = False
) -> None:
    """Close an exception whose steps were written elsewhere, such as a dangerous-goods report."""
    words = _said(note, _("Say how it was solved"))
    _step(
        row, "solve", actor=actor, at=at, reason=words,
        changes={"closed_at": at, "note": words, "proved_wrong": proved_wrong},
        detail={"proved_wrong": True} if proved_wrong else None,
    )  # fmt: skip


@transaction.atomic
def reopen_exception(row: ParcelException, *, note: str, actor: Any, at: datetime) -> None:
    """Open a solved exception again."""
    twin = ParcelException.objects.filter(parcel_id=row.parcel_id, kind=row.kind)
    if twin.exclude(status=Status.SOLVED).exclude(pk=row.pk).exists():
        raise DomainError(_("An exception of this kind is already open"), code="already_open")
    _step(
        row, "reopen", actor=actor, at=at, reason=note[:300],
        changes={"closed_at": None, "proved_wrong": False},
    )  # fmt: skip


@transaction.atomic
def add_photo(row: ParcelException, *, content: bytes, actor: Any, at: datetime) -> ExceptionPhoto:
    """Keep a picture as evidence: decoded, cleaned, hashed; the same picture twice is one."""
    body = clean_image(content)
    digest = hashlib.sha256(body).hexdigest()
    known = row.photos.filter(sha256=digest).first()
    if known is not None:
        return known
    if row.photos.count() >= MAX_PHOTOS:
        raise DomainError(_("There are ten pictures already"), code="too_many", field="photo")
    photo = ExceptionPhoto(uid=uuid4(), exception=row, sha256=digest, added_at=at,
                           added_by=audit.person(actor))  # fmt: skip
    photo.file.save(f"{photo.uid.hex}.jpg", ContentFile(body), save=False)
    photo.save()
    audit.record("exception.photo", row, actor=actor, at=at)
    return photo


def _step(row: ParcelException, verb: str, *, actor: Any, at: datetime, **more: Any) -> None:
    history.transition(row, verb, machine=MACHINE, actor=actor, at=at, **more)
    trouble_facts.refresh([row.parcel_id], at=at)


def _class(row: ParcelException) -> ExceptionClass:
    return class_of(row.kind, classes())
