"""Writing notes on figures: only added, with their writer and their day."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError
from kpi.models import Note
from staff.models import Site, User


class NoteRefused(DomainError):
    """The note cannot stand like this."""

    code = "note_refused"


@transaction.atomic
def write_note(
    *, metric: str, site: Site | None, day: date, text: str, by: User, at: datetime
) -> Note:
    """Keep what happened on a day for the chart of a figure and the tree of objectives."""
    if day > business_day(at):
        raise NoteRefused(_("Choose a day that has begun: notes say what happened"), field="day")
    note = Note.objects.create(metric=metric, site=site, day=day, text=text, by=by, made_at=at)
    audit.record("note.create", note, actor=by, at=at)
    return note
