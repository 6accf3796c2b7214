"""What anybody with a waybill number may see: customer words only, no people, no inner scans.

The recipient's last four digits show more: street, masked name, evidence of the delivery.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from courierqa.core.privacy import DESTROYED, tail_index
from shipments import enums
from shipments.fold import Event, Rules
from shipments.fold.judge import is_bare
from shipments.fold.tidy import tidy
from shipments.models import Parcel, Placement, PromiseChange, Proof, Reason
from shipments.selectors.customer_words import SHOWN, line_words
from shipments.selectors.events import events_of
from shipments.selectors.parcels import plain_waybill
from staff.models import Site, local

_STAMP = (
    "SELECT id, fold_version, updated_at FROM shipments_parcel"
    " WHERE waybill = %s AND state <> 'none'"
)
# Waybill data are kept two years (domain A7); a company's retention rule may destroy names sooner.
KEEP = timedelta(days=730)
NOT_PICKED_UP = frozenset({enums.State.ORDERED, enums.State.PICKUP_DUE})
ENDED_BADLY = frozenset({enums.State.LOST, enums.State.DISPOSED})
TOLD_REASONS = frozenset({"ATT", "RFS", "PFL", "ADR"})


@dataclass(frozen=True)
class TrackLine:
    """One public line of the way."""

    label: str
    place: str
    at: datetime
    reason: str = ""
    is_bad: bool = False


@dataclass(frozen=True)
class Known:
    """What the phone's last four digits unlock."""

    name: str
    address: str
    proofs: list[Proof]


@dataclass(frozen=True)
class Tracked:
    """A parcel as a visitor sees it; `known` only with the right phone tail."""

    parcel: Parcel
    lines: list[TrackLine]
    place: str
    is_late: bool
    is_purged: bool
    new_time: datetime | None
    collect_by: datetime | None
    done_way: str
    known: Known | None = None

    @property
    def is_waiting(self) -> bool:
        """Say whether nobody has picked the parcel up yet."""
        return self.parcel.state in NOT_PICKED_UP

    @property
    def has_promise(self) -> bool:
        """Say whether the promise still matters: the parcel is on its way, or was delivered."""
        is_open = not self.is_over or self.parcel.state == enums.State.DELIVERED
        return self.parcel.promised_by is not None and is_open and not self.is_waiting

    @property
    def is_over(self) -> bool:
        return self.parcel.state in enums.ENDED

    @property
    def is_lost(self) -> bool:
        return self.parcel.state in ENDED_BADLY


def track(text: str, *, tail: str, now: datetime) -> Tracked | None:
    """Return the public view of a waybill number; None when unknown or the tail is wrong.

    Unknown and wrong are one answer, so that nobody learns which of the two was typed badly.
    """
    parcel = Parcel.objects.filter(waybill=plain_waybill(text)).order_by().first()
    if parcel is None or parcel.state == enums.State.NONE:
        return None
    if tail and not _is_recipient(parcel, tail):
        return None
    if _is_purged(parcel, now):
        return Tracked(
            parcel, [], place="", is_late=False, is_purged=True, new_time=None, collect_by=None,
            done_way="",
        )  # fmt: skip
    return _view(parcel, now=now, is_known=bool(tail))


def track_stamp(text: str) -> str:
    """Return a mark of what the page of a parcel is made from, or "" when there is none.

    Whoever holds a page with the same mark holds the page of today's scans. Plain SQL, because
    this is asked at every look at a page, a hundred times more often than anything else here.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STAMP, [plain_waybill(text)])
        row = cursor.fetchone()
    return ".".join(str(part) for part in row) if row else ""


def _is_recipient(parcel: Parcel, tail: str) -> bool:
    mine = parcel.recipient_tail_index
    return bool(mine) and mine == tail_index(tail, site_id=parcel.destination_id)


def _is_purged(parcel: Parcel, now: datetime) -> bool:
    ended = parcel.done_at or parcel.last_event_at
    if parcel.state not in enums.ENDED or ended is None:
        return False
    return ended < now - KEEP or parcel.recipient_name == DESTROYED


def _view(parcel: Parcel, *, now: datetime, is_known: bool) -> Tracked:
    events = tidy(events_of([parcel]).get(parcel.pk, []), Rules()).events
    shown = [event for event in reversed(events) if _is_for_customers(event)]
    sites = Site.objects.filter(pk__in={e.site_id for e in shown if e.site_id}).order_by()
    names = {site.pk: local(site, "name") for site in sites.only("name", "name_en")}
    return Tracked(
        parcel=parcel,
        lines=_lines(shown, names),
        place=next((names[e.site_id] for e in shown if e.site_id in names), ""),
        is_late=_is_late(parcel, now),
        is_purged=False,
        new_time=_new_time(parcel, events, now=now),
        collect_by=_collect_by(parcel, events),
        done_way=_way(parcel, events),
        known=_known(parcel) if is_known else None,
    )


def _is_for_customers(event: Event) -> bool:
    """Inner events stay inside; a "delivered" in doubt is not told before a person confirmed it."""
    return event.code in SHOWN and event.audience != "internal" and not is_bare(event)


def _is_late(parcel: Parcel, now: datetime) -> bool:
    """Say whether the promise was not kept; what was sent back or cancelled has none to keep."""
    if parcel.promised_by is None or parcel.accepted_at is None:
        return False
    if parcel.state in enums.ENDED and parcel.state != enums.State.DELIVERED:
        return False
    return (parcel.done_at or now) > parcel.promised_by


def _lines(shown: list[Event], names: dict[int, str]) -> list[TrackLine]:
    told = {e.reason for e in shown if e.reason and e.code in TOLD_REASONS}
    reasons = Reason.objects.filter(code__in=told) if told else []
    # What went wrong on our side is our matter; the customer hears what concerns them.
    words = {r.code: local(r, "name") for r in reasons if r.party != enums.Party.US}
    return [
        TrackLine(
            label=line_words(event),
            place=names.get(event.site_id or 0, ""),
            at=event.effective_at,
            reason=words.get(event.reason, "") if event.code in TOLD_REASONS else "",
            is_bad=event.code in ("ATT", "NAT", "RFS", "DLY", "ADR", "DMG", "SRH", "LST", "PFL"),
        )
        for event in shown
    ]


def _new_time(parcel: Parcel, events: list[Event], *, now: datetime) -> datetime | None:
    """Return the newest time the customer was given after the promise, while it is ahead."""
    if parcel.state in enums.ENDED or parcel.promised_by is None:
        return None
    changed = (
        PromiseChange.objects.filter(parcel=parcel).order_by("-pk").values_list("new", flat=True)
    )
    estimates = [_moment(e.detail.get("estimate")) for e in events if e.code == "DLY"]
    times = [*changed[:1], *(estimate for estimate in estimates[-1:] if estimate)]
    ahead = [at for at in times if at > parcel.promised_by and at > now]
    return max(ahead, default=None)


def _collect_by(parcel: Parcel, events: list[Event]) -> datetime | None:
    """Return until when the parcel waits: as its placement says, or the scan that brought it."""
    if parcel.state != enums.State.AT_POINT:
        return None
    rows = Placement.objects.filter(parcel=parcel, collected_at=None, left_at=None)
    placed = rows.order_by("-placed_at").first()
    if placed is not None:
        return placed.keep_until
    scans = [e for e in events if e.code == "RDY"]
    return _moment(scans[-1].detail.get("deadline")) if scans else None


def _moment(text: Any) -> datetime | None:
    try:
        at = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return at if at.tzinfo is not None else None


def _way(parcel: Parcel, events: list[Event]) -> str:
    """Return how it was handed over, in the words of the outcome list."""
    code = {enums.State.DELIVERED: "DLV", enums.State.AT_POINT: "RDY"}.get(
        enums.State(parcel.state)
    )
    ways = [str(e.detail.get("way") or "") for e in events if e.code == code]
    known = [way for way in ways if way in enums.DeliveryWay.values]
    return str(enums.DeliveryWay(known[-1]).label) if known else ""


def _known(parcel: Parcel) -> Known:
    proofs = Proof.objects.filter(parcel=parcel).order_by("-captured_at", "-pk")[:4]
    return Known(parcel.recipient_name, parcel.recipient_address, list(proofs))
