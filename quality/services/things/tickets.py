"""Calls for help on the road: called, there, solved (VEH-06)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import history
from courierqa.core.errors import DomainError
from quality.models import RoadTicket
from quality.services.moves import said
from quality.services.things.numbers import give_number, temporary
from quality.thing_enums import TicketStatus as S
from shipments.models import Vehicle
from staff.models import Employee, User

MACHINE = history.Machine(
    "ticket",
    {
        S.CALLED: {"arrive": S.ARRIVED, "solve": S.SOLVED},
        S.ARRIVED: {"solve": S.SOLVED},
        S.SOLVED: {},
    },
)


@transaction.atomic
def open_ticket(
    *, vehicle: Vehicle, kind: str, driver: Employee | None, what: str, place: str,
    called_at: datetime, by: User, at: datetime,
) -> RoadTicket:  # fmt: skip
    """Open a ticket with the time help was called."""
    if called_at > at:
        raise DomainError(_("Enter a time up to now"), code="future", field="called_at")
    row = RoadTicket.objects.create(
        number=temporary(), kind=kind, vehicle=vehicle, driver=driver,
        what=said(what, field="what", limit=200), place=place.strip()[:120], called_at=called_at,
    )  # fmt: skip
    give_number(row, "RT", at)
    history.begin(row, machine=MACHINE, actor=by, at=at)
    return row


@transaction.atomic
def help_arrived(row: RoadTicket, *, arrived_at: datetime, by: User, at: datetime) -> RoadTicket:
    """Write down when help was there."""
    _between(row, arrived_at, at, field="arrived_at")
    history.transition(row, "arrive", machine=MACHINE, actor=by, at=at,
                       changes={"arrived_at": arrived_at})  # fmt: skip
    return row


@transaction.atomic
def solve_ticket(
    row: RoadTicket, *, solved_at: datetime, solution: str, cost_fen: int, by: User, at: datetime
) -> RoadTicket:
    """Write down how it ended and what it cost, in fen."""
    _between(row, solved_at, at, field="solved_at")
    changes = {
        "solved_at": solved_at, "solution": said(solution, field="solution", limit=300),
        "cost_fen": cost_fen,
    }  # fmt: skip
    history.transition(row, "solve", machine=MACHINE, actor=by, at=at, changes=changes)
    return row


def _between(row: RoadTicket, moment: datetime, now: datetime, *, field: str) -> None:
    earliest = max(filter(None, (row.called_at, row.arrived_at)))
    if not earliest <= moment <= now:
        text = _("Enter a time between the call and now")
        raise DomainError(text, code="bad_time", field=field)
