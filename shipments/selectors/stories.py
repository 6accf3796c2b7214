"""A parcel's whole story, newest first: scans, exceptions, promises, notices, gaps (EXC-05).

Another record joins the story by a function of its own in `SOURCES`: it takes the parcel and
returns entries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from courierqa.core import formats
from courierqa.core.models import Message
from shipments import enums, tracing
from shipments.fold import LegTime
from shipments.models import Finding, Parcel, ScanEvent
from shipments.selectors.exceptions import trouble_lines
from shipments.selectors.findings import finding_words
from shipments.selectors.timelines import TimeLine, planned_legs, timeline
from staff.models import Site


@dataclass(frozen=True)
class Entry:
    """One thing that happened beside the scans; `line` is set where it is a scan itself."""

    at: datetime
    kind: str
    title: str = ""
    text: str = ""
    who: str = ""
    link: str = ""
    icon: str = "point"
    is_bad: bool = False
    # What was done with an exception; its words are the page's.
    verb: str = ""
    line: TimeLine | None = None


def story(parcel: Parcel, *, now: datetime) -> list[Entry]:
    """Return everything that is known to have happened to the parcel, newest first."""
    found = [Entry(line.at, "scan", line=line) for line in timeline(parcel)]
    for source in SOURCES:
        found += source(parcel)
    found += _gaps(parcel, now)
    # Scans of one moment keep their order of life; what followed from them stands above.
    return sorted(found, key=lambda entry: (entry.at, entry.line is None), reverse=True)


def exception_entries(parcel: Parcel) -> Iterable[Entry]:
    """Every step of every exception: opened, planned, customer told, solved, opened again."""
    for step in trouble_lines(parcel):
        yield Entry(
            step.at, "exception", step.kind, step.words, step.actor,
            f"/exceptions/{step.number}/", "alert-triangle",
            is_bad=step.verb in ("open", "reopen"), verb=step.verb,
        )  # fmt: skip


def promise_entries(parcel: Parcel) -> Iterable[Entry]:
    """Every changed promise, with who asked for it."""
    for change in parcel.promise_changes.select_related("by"):
        asked = _("asked by the customer")
        ours = _("arranged by us; the deadline stays")
        who = asked if change.asked_by_customer else ours
        days = f"{formats.moment(change.old)} → {formats.moment(change.new)}"
        text = f"{days} · {who} · {change.cause}"
        yield Entry(
            change.at, "promise", _("Promise changed"), text, str(change.by or ""), icon="clock"
        )


def notice_entries(parcel: Parcel) -> Iterable[Entry]:
    """Messages sent about this parcel, with their delivery state; their text stays sealed."""
    rows = Message.objects.filter(object_type=parcel._meta.label_lower, object_id=parcel.pk)
    for row in rows.only("channel", "state", "created_at", "sent_at", "subject").order_by("pk"):
        title = _("Notice: %(channel)s") % {"channel": row.get_channel_display()}
        text = str(row.get_state_display())
        yield Entry(row.sent_at or row.created_at, "notice", title, text, icon="message")


def contact_entries(parcel: Parcel) -> Iterable[Entry]:
    """Every call and message of the round, with its result; the words said stay sealed."""
    rows = parcel.contacts.select_related("person").defer("words")
    for row in rows.order_by("pk"):
        title = f"{row.get_way_display()}: {row.get_result_display()}"
        text = str(row.get_purpose_display())
        if row.seconds:
            text = f"{text} · {row.seconds} s"
        who = str(row.person or "")
        yield Entry(row.at, "contact", title, text, who, icon="phone-call")


def loose_findings(parcel: Parcel) -> Iterable[Entry]:
    """Findings that hang on no scan of this parcel, such as a faulty row of an import."""
    uids = ScanEvent.objects.filter(parcel_id=parcel.pk).values("uid")
    rows = Finding.objects.filter(parcel=parcel, closed_at=None).exclude(event_uid__in=uids)
    for row in rows:
        yield Entry(
            row.found_at, "finding", finding_words(row), link=f"/findings/{row.pk}/",
            icon="alert-circle", is_bad=True,
        )  # fmt: skip


SOURCES: list[Callable[[Parcel], Iterable[Entry]]] = [
    exception_entries, promise_entries, notice_entries, contact_entries, loose_findings,
]  # fmt: skip


def _gaps(parcel: Parcel, now: datetime) -> list[Entry]:
    """The first planned link that should have been reached by now and was not."""
    if parcel.accepted_at is None or parcel.lane_id is None or parcel.state in enums.ENDED:
        return []
    rows = ScanEvent.objects.filter(parcel_id=parcel.pk).order_by("effective_at", "pk")
    names = ("code", "site_id", "person_id", "effective_at")
    legs = [LegTime(*row) for row in rows.values_list(*names)]
    for leg in tracing.compare(parcel.accepted_at, planned_legs(parcel), legs):
        if leg.actual_at is None and leg.planned_at < now:
            return [_gap(leg)]
    return []


def _gap(leg: Any) -> Entry:
    site = Site.objects.filter(pk=leg.site_id).first()
    where = str(site) if site else ""
    scan = str(enums.Code(leg.code).label) if leg.code in enums.Code.values else leg.code
    title = _("Planned, not scanned: %(scan)s %(site)s") % {"scan": scan, "site": where}
    return Entry(leg.planned_at, "gap", title.strip(), icon="clock", is_bad=True)
