"""Hazards: found, removed, verified by somebody else; a major one stops the work (SAF-04)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import history
from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError
from quality import upkeep_counts as counts
from quality.models import Hazard
from quality.services.moves import said
from quality.services.things import telling
from quality.services.things.numbers import give_number, temporary
from quality.thing_enums import HazardLevel
from quality.thing_enums import HazardStatus as S
from staff.models import Employee, Site, User

MACHINE = history.Machine(
    "hazard",
    {
        S.OPEN: {"remove": S.REMOVED},
        S.REMOVED: {"verify": S.VERIFIED, "reject": S.OPEN},
        S.VERIFIED: {},
    },
)


@transaction.atomic
def register_hazard(
    *, site: Site, level: str, what: str, place: str, owner: Employee, due_on: date, by: User,
    at: datetime,
) -> Hazard:  # fmt: skip
    """Register a hazard with who removes it by when; a major one is told upwards at once."""
    if due_on < business_day(at):
        raise DomainError(_("Choose today or a later day"), code="past", field="due_on")
    row = Hazard.objects.create(
        number=temporary(), site=site, level=level, what=said(what, field="what", limit=200),
        place=place.strip()[:80], owner=owner, found_at=at, found_by=by, first_due_on=due_on,
        due_on=due_on,
    )  # fmt: skip
    give_number(row, "HD", at)
    history.begin(row, machine=MACHINE, actor=by, at=at)
    counts.refresh_hazard(row, at=at)
    if level == HazardLevel.MAJOR:
        telling.tell_of_hazard(row, at=at)
    return row


@transaction.atomic
def remove_hazard(row: Hazard, *, how: str, by: User, at: datetime) -> Hazard:
    """Say that it was removed, and how; it counts once somebody else has looked."""
    changes = {
        "removed_at": at, "removed_by": by, "removal": said(how, field="how", limit=300),
    }  # fmt: skip
    history.transition(row, "remove", machine=MACHINE, actor=by, at=at, changes=changes)
    return row


@transaction.atomic
def verify_hazard(row: Hazard, *, is_gone: bool, note: str, by: User, at: datetime) -> Hazard:
    """Confirm the removal or send it back; never by whoever removed it."""
    row = Hazard.objects.select_for_update(no_key=True, of=("self",)).get(pk=row.pk)
    owner_user = row.owner.user_id
    if by.pk in (row.removed_by_id, owner_user):
        text = _("Somebody else than who removed it must verify it")
        raise DomainError(text, code="four_eyes", field="is_gone")
    if not is_gone:
        back = {"removed_at": None, "removed_by": None}
        history.transition(
            row, "reject", machine=MACHINE, actor=by, at=at, changes=back,
            reason=said(note, field="note", limit=300),
        )  # fmt: skip
        return row
    history.transition(
        row, "verify", machine=MACHINE, actor=by, at=at, reason=note.strip(),
        changes={"verified_at": at, "verified_by": by},
    )  # fmt: skip
    counts.refresh_hazard(row, at=at)
    return row
