"""Three people sign a frozen month: who made, who checked, who approved which hash, and when."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.access import access_for, matrix
from courierqa.core.errors import DomainError, NotAllowed
from kpi.enums import Step
from kpi.models import Signature, Snapshot
from kpi.snapshots.canonical import fingerprint

# The right each signature takes, in the order they are given.
RIGHTS = {Step.MADE: "make", Step.CHECKED: "check", Step.APPROVED: "approve"}


class NotSignable(DomainError):
    """A draft, a replaced edition, or figures that are not those the person saw."""

    code = "not_signable"


def next_step(signatures: list[Signature]) -> Step | None:
    """Return the signature that comes next, or nothing when all three are there."""
    given = {one.step for one in signatures}
    return next((step for step in Step if step not in given), None)


def sign(
    snapshot: Snapshot, *, step: str, sha256: str, by: Any, at: datetime, request: Any = None
) -> Signature:
    """Sign a frozen month as made, checked or approved; `sha256` is the hash the person saw.

    Raises NotAllowed without the right of the step or for somebody who signed already, and
    NotSignable where the edition is not the one to sign.
    """
    with transaction.atomic():
        row = Snapshot.objects.select_for_update(no_key=True).get(pk=snapshot.pk)
        given = list(row.signatures.all())
        _refuse_edition(row, sha256)
        _refuse_step(given, step)
        role = _role(by, Step(step), given)
        signed = Signature.objects.create(
            snapshot=row, step=step, user=by, name=str(by)[:60], role=role, sha256=row.sha256, at=at
        )
        audit.record(
            "report.sign", row, actor=by, at=at, fields=[step], request=request, seal_now=True
        )
    return signed


def _refuse_edition(row: Snapshot, sha256: str) -> None:
    if not row.is_final:
        raise NotSignable(_("Only a frozen report is signed. Freeze the draft first"))
    if newer_of(row) is not None:
        raise NotSignable(_("A correction has replaced this edition. Sign the correction"))
    if sha256 != row.sha256 or fingerprint(row.content) != row.sha256:
        raise NotSignable(
            _("The fingerprint is not the one of the stored figures. Load the page again")
        )


def newer_of(row: Snapshot) -> Snapshot | None:
    """Return the newest edition frozen after this one, if there is one."""
    later = Snapshot.objects.filter(period=row.period, site=row.site, is_final=True, pk__gt=row.pk)
    return later.order_by("-pk").first()


def _refuse_step(given: list[Signature], step: str) -> None:
    wanted = next_step(given)
    if wanted is None:
        raise NotSignable(_("All three signatures are given"))
    if step != wanted:
        raise NotSignable(
            _("The next signature is: %(step)s") % {"step": wanted.label}, field="step"
        )


def _role(by: Any, step: Step, given: list[Signature]) -> str:
    """Return the role the person signs as; three signatures are three people."""
    access = access_for(by, "report", RIGHTS[step])
    if access is None:
        raise NotAllowed(_("Your role does not give this signature"), field="step")
    if any(one.user_id == by.pk for one in given):
        raise NotAllowed(
            _("You have signed this report. Another person gives the next signature"), field="step"
        )
    cells = matrix()["report"][RIGHTS[step]]
    return sorted(access.roles & cells.keys())[0]
