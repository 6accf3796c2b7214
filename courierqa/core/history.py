"""The one way a status changes: check the table, lock, write, append to the history, audit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.errors import IllegalTransition
from courierqa.core.models import StatusChange


@dataclass(frozen=True)
class Machine:
    """Which verb leads from which status to which: status → {verb: new status}."""

    name: str
    transitions: Mapping[str, Mapping[str, str]]
    field: str = "status"

    def target(self, status: str, verb: str) -> str | None:
        return self.transitions.get(status, {}).get(verb)

    def verbs(self, status: str) -> list[str]:
        """Return what may be done now, for buttons."""
        return list(self.transitions.get(status, {}))


def object_type(obj: models.Model) -> str:
    """Return the label the history keeps, such as "complaints.case"."""
    return obj._meta.label_lower


def begin(
    obj: models.Model, *, machine: Machine, actor: Any, at: datetime, detail: dict | None = None
) -> StatusChange:
    """Write the first row of an object's history, in the transaction that creates it."""
    status = getattr(obj, machine.field)
    audit.record(f"{machine.name}.open", obj, actor=actor, at=at)
    return _append(obj, "open", "", status, actor=actor, at=at, reason="", detail=detail)


def transition(
    obj: models.Model,
    verb: str,
    *,
    machine: Machine,
    actor: Any,
    at: datetime,
    reason: str = "",
    detail: dict | None = None,
    changes: dict[str, Any] | None = None,
) -> StatusChange:
    """Move `obj` by `verb`, or raise IllegalTransition. Call it inside the service's transaction.

    The row is locked and its status read anew, so of two people pressing a button at once one
    is refused. `changes` are the fields that move together with the status.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A transition needs the transaction of its service.")
    status = _locked_status(obj, machine)
    new = machine.target(status, verb)
    if new is None:
        raise IllegalTransition(_refusal(obj, status, machine))
    for name, value in {**(changes or {}), machine.field: new}.items():
        setattr(obj, name, value)
    obj.save(update_fields=_written(obj, [machine.field, *(changes or {})]))
    audit.record(
        f"{machine.name}.{verb}",
        obj,
        actor=actor,
        at=at,
        fields=sorted(changes or {}),
        reason=reason,
    )
    return _append(obj, verb, status, new, actor=actor, at=at, reason=reason, detail=detail)


def changes_of(obj: models.Model) -> list[StatusChange]:
    """Return the object's history, oldest first."""
    rows = StatusChange.objects.filter(object_type=object_type(obj), object_id=obj.pk)
    return list(rows.select_related("actor").order_by("id"))


def _locked_status(obj: models.Model, machine: Machine) -> str:
    # NO KEY: rows that merely point here (foreign keys) need not wait for us.
    rows = type(obj)._base_manager.select_for_update(no_key=True).filter(pk=obj.pk)
    return rows.values_list(machine.field, flat=True).get()


def _written(obj: models.Model, names: list[str]) -> list[str]:
    has_stamp = any(field.name == "updated_at" for field in obj._meta.fields)
    return [*dict.fromkeys(names), *(["updated_at"] if has_stamp else [])]


def _append(
    obj: models.Model,
    verb: str,
    old: str,
    new: str,
    *,
    actor: Any,
    at: datetime,
    reason: str,
    detail: dict | None,
) -> StatusChange:
    return StatusChange.objects.create(
        object_type=object_type(obj),
        object_id=obj.pk,
        verb=verb,
        from_status=old,
        to_status=new,
        at=at,
        actor=audit.person(actor),
        reason=reason[:500],
        detail=detail or {},
    )


def _refusal(obj: models.Model, status: str, machine: Machine) -> str:
    field: Any = obj._meta.get_field(machine.field)
    label = dict(field.flatchoices).get(status, status)
    return _("Not possible while the status is “%(status)s”. Reload to see what changed.") % {
        "status": label
    }
