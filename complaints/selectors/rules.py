"""The rules cases go by now, and the lists behind their settings."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from complaints.enums import JUDGED, CaseClass, Channel
from complaints.ladder import Ladder
from complaints.models import (
    Case,
    CaseRules,
    ChannelSetting,
    Forum,
    PauseReason,
    Procedure,
    Reason,
    RegulatorFile,
)
from complaints.selectors.cases import cases_for, cases_known_to
from courierqa.core import calendars
from courierqa.core.access import Access
from staff.models import Employee, Site, User

# An installation always has a first version; this stands in while a database is being made.
_NONE = CaseRules(version=0)


def case_rules() -> CaseRules:
    """Return the newest version of the rules."""
    return CaseRules.objects.first() or _NONE


def ladder_of(rules: CaseRules) -> Ladder:
    """Return the ladder of notices of one version."""
    return Ladder(rules.ladder)


def ladder_in_force() -> Ladder:
    """Return the ladder of notices that applies now."""
    return ladder_of(case_rules())


def rules_versions() -> list[CaseRules]:
    """Return every version, newest first."""
    return list(CaseRules.objects.select_related("made_by")[:50])


def calendar_for(site: Site | None, rules: CaseRules) -> str:
    """Return the calendar working hours of a case are counted by: its site's, else the usual."""
    return site.calendar.code if site and site.calendar else rules.calendar_code


def hours_of(user: User, rules: CaseRules) -> str:
    """Return the calendar of the hours in which this person is told that something is late."""
    person = Employee.objects.filter(user=user).select_related("site__calendar").first()
    return calendar_for(person.site if person else None, rules)


def first_open_moment(calendar: str, at: datetime) -> datetime:
    """Return `at`, or the next moment that lies in working hours."""
    view = calendars.load(calendar)
    first = at.astimezone(view.tz).date()
    for step in range(60):
        for begin, end in view.spans(first + timedelta(step)):
            if at < end:
                return max(begin, at)
    return at


def reasons() -> QuerySet[Reason]:
    """Return the whole tree, also what is not offered any more, with how often it was chosen."""
    return Reason.objects.annotate(used=Count("cases"))


def pause_reasons(*, only_active: bool = False) -> QuerySet[PauseReason]:
    """Return why a clock may pause."""
    rows = PauseReason.objects.all()
    return rows.filter(is_active=True) if only_active else rows


def procedures() -> list[Procedure]:
    """Return one procedure per class, in the order of the classes."""
    rows = {row.case_class: row for row in Procedure.objects.all()}
    return [rows[one] for one in CaseClass.values if one in rows]


def procedure_of(case_class: str) -> Procedure | None:
    """Return what is done about this class."""
    return Procedure.objects.filter(case_class=case_class).first()


def channel_settings() -> list[ChannelSetting]:
    """Return every channel with its settings."""
    return list(ChannelSetting.objects.all())


def offered_channels() -> list[tuple[str, str]]:
    """Return the channels a colleague may choose for a new case."""
    rows = [row for row in channel_settings() if row.is_offered and row.channel in BY_HAND]
    return [(row.channel, str(row)) for row in rows]


# What colleagues write down themselves; the web form, the API and the regulator have own doors.
BY_HAND = (Channel.PHONE, Channel.EMAIL, Channel.SMS, Channel.FORUM, Channel.COURIER)


def sends_receipt(channel: str) -> bool:
    """Say whether the customer gets a message with the number at once."""
    row = ChannelSetting.objects.filter(channel=channel).first()
    return row is None or row.sends_receipt


def forums(access: Access | None) -> QuerySet[Forum]:
    """Return the watched places, the one to look at next first, with the cases opened."""
    known = cases_known_to(access).filter(forum=OuterRef("pk")).order_by().values("forum")
    opened = Coalesce(Subquery(known.annotate(n=Count("pk")).values("n")), 0)
    rows = Forum.objects.select_related("watcher").annotate(opened=opened)
    return rows.order_by("-is_active", "next_due_at", "name")


def regulator_files(access: Access | None, *, view: str, now: datetime) -> QuerySet[RegulatorFile]:
    """Return what authorities sent about the cases of the reader, nearest due first."""
    seen = cases_for(access) if access else Case.objects.none()
    files = RegulatorFile.objects.filter(case__in=seen.values("pk"))
    rows = files.select_related("case__reason", "case__owner", "replied_by")
    if view == "answered":
        return rows.exclude(replied_at=None).order_by("-replied_at", "-pk")
    if view == "overdue":
        rows = rows.filter(replied_at=None, due_at__lt=now)
    elif view == "late":
        return rows.filter(replied_at__gt=F("due_at")).order_by("-replied_at", "-pk")
    else:
        rows = rows.filter(replied_at=None)
    return rows.order_by("due_at", "pk")


def is_judged(case: Case) -> bool:
    """Say whether somebody may be answerable for this kind of case."""
    return case.kind in JUDGED
