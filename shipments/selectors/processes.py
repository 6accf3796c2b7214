"""The links of the service with their standards, live counts and checks (LIF-11, LIF-28)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from courierqa.core.access import Access
from courierqa.core.calendars import business_day, day_start
from courierqa.core.enums import Role
from shipments.enums import ExceptionKind as Kind
from shipments.enums import State
from shipments.models import Finding, Parcel, ParcelException, ParcelFacts, ScanEvent
from staff.models import Site

CHECK_DAYS = 7


@dataclass(frozen=True)
class Check:
    """One check of a link: what is looked at, how often, who answers, which findings break it."""

    name: Any
    often: Any
    owner: Role
    findings: tuple[str, ...]


@dataclass(frozen=True)
class Link:
    """One link of the service: its standard, what goes in and out, what waits inside."""

    code: str
    name: Any
    standard: Any
    ins: tuple[str, ...]
    outs: tuple[str, ...]
    states: tuple[str, ...]
    kinds: tuple[str, ...]
    checks: tuple[Check, ...]


EACH, DAILY = _("every parcel, at the scan"), _("every day")
LINKS = (
    Link(
        "order", _("Order and pickup"),
        _("Picked up inside the window the sender chose"),
        ("ORD",), ("PUP", "REJ", "CNL"), (State.ORDERED, State.PICKUP_DUE), (Kind.ANNOUNCED,),
        (Check(_("The pickup was scanned"), EACH, Role.COURIER, ("no_pickup",)),),
    ),
    Link(
        "acceptance", _("Acceptance and packing"),
        _("Identity checked, contents inspected, packed and sealed before the pickup scan"),
        ("INS",), ("PUP",), (State.ACCEPTED,), (Kind.REALNAME,),
        (
            Check(_("Sender's identity"), EACH, Role.COURIER, ("identity_not_verified",)),
            Check(_("Inspection of the contents"), EACH, Role.COURIER, ("not_inspected",)),
        ),
    ),
    Link(
        "transport", _("Transport and sorting"),
        _("At each link no later than the lane's plan; screened before it leaves by air or rail"),
        ("DEP",), ("ARR", "AST"), (State.IN_TRANSIT, State.AT_SITE), (Kind.STUCK, Kind.MISSORT),
        (
            Check(_("No scan is missing"), DAILY, Role.SUPERVISOR, ("gap", "out_of_order")),
            Check(_("Machine screening"), EACH, Role.SUPERVISOR, ("not_screened",)),
            Check(_("Security stops are kept"), EACH, Role.SUPERVISOR, ("security_stop",)),
        ),
    ),
    Link(
        "delivery", _("Delivery"),
        _("Tried on the day it arrives, before the promise; a call before each failed attempt"),
        ("AST",), ("DLV", "RDY", "ATT", "NAT", "RFS"),
        (State.AT_STATION, State.OUT, State.UNDELIVERED),
        (Kind.ATTEMPT, Kind.MISSED, Kind.REFUSED, Kind.ADDRESS),
        (Check(_("Failed attempts have evidence"), EACH, Role.COURIER, ("invalid_attempt",)),),
    ),
    Link(
        "signature", _("Handover and signature"),
        _("Handed over with proof; a locker or proxy only with the recipient's consent"),
        ("RDY",), ("DLV",), (State.AT_POINT,), (Kind.UNCOLLECTED, Kind.DISPUTED, Kind.DUPLICATE),
        (
            Check(_("Consent before locker or proxy"), EACH, Role.COURIER, ("no_consent",)),
            Check(_("Way and name of the handover"), EACH, Role.COURIER,
                  ("way_missing", "proxy_unnamed")),
            Check(_("No second delivery scan"), DAILY, Role.SUPERVISOR, ("second_delivery",)),
        ),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class CheckResult:
    """A check with what the last week's parcels say."""

    check: Check
    failed: int
    n: int

    @property
    def share(self) -> float | None:
        return 1 - self.failed / self.n if self.n else None


@dataclass(frozen=True)
class LinkNow:
    """A link with its counts of today and now."""

    link: Link
    ins: int
    outs: int
    inside: int
    late: int
    troubled: int
    checks: list[CheckResult]


def processes(access: Access, *, now: datetime) -> list[LinkNow]:
    """Return every link with its counts, in a fixed number of queries."""
    sites = _sites(access)
    today = _scans_today(sites, now)
    inside, late = _inside(access, now)
    troubled = _troubled(access)
    failed, n = _findings(sites, now)
    return [
        LinkNow(
            link,
            ins=sum(today[code] for code in link.ins),
            outs=sum(today[code] for code in link.outs),
            inside=sum(inside[state] for state in link.states),
            late=sum(late[state] for state in link.states),
            troubled=sum(troubled[kind] for kind in link.kinds),
            checks=[CheckResult(c, sum(failed[f] for f in c.findings), n) for c in link.checks],
        )
        for link in LINKS
    ]


def _sites(access: Access) -> list[int]:
    return list(Site.objects.filter(access.rows(site="pk")).values_list("pk", flat=True))


def _scans_today(sites: Iterable[int], now: datetime) -> Counter[str]:
    start = day_start(business_day(now))
    rows = ScanEvent.objects.filter(site_id__in=sites, happened_at__gte=start, happened_at__lte=now)
    return Counter(dict(rows.order_by().values_list("code").annotate(n=Count("pk"))))


def _inside(access: Access, now: datetime) -> tuple[Counter[str], Counter[str]]:
    states = {state for link in LINKS for state in link.states}
    rows = Parcel.objects.filter(state__in=states, is_test=False)
    rows = rows.filter(access.rows(site=("last_site_id", "destination_id", "origin_id")))
    late = Q(promised_by__lt=now, done_at=None) | Q(accepted_at=None, order__window_end__lt=now)
    counted = rows.order_by().values_list("state").annotate(
        n=Count("pk"), late=Count("pk", filter=late)
    )  # fmt: skip
    found = list(counted)
    return Counter({s: n for s, n, _l in found}), Counter({s: behind for s, _n, behind in found})


def _troubled(access: Access) -> Counter[str]:
    rows = ParcelException.objects.filter(closed_at=None)
    rows = rows.filter(access.rows(site=("site_id", "parcel__destination_id")))
    return Counter(dict(rows.order_by().values_list("kind").annotate(n=Count("pk"))))


def _findings(sites: Iterable[int], now: datetime) -> tuple[Counter[str], int]:
    """Return parcels of the last week per open finding, and how many parcels there were."""
    since = business_day(now) - timedelta(days=CHECK_DAYS)
    week = ParcelFacts.objects.filter(
        accepted_day__gte=since, site_id__in=sites, is_test=False, accepted_at__lte=now
    )
    rows = Finding.objects.filter(
        closed_at=None, parcel__facts__accepted_day__gte=since, parcel__facts__site_id__in=sites
    )
    counted = rows.order_by().values_list("code").annotate(n=Count("parcel", distinct=True))
    return Counter(dict(counted)), week.count()
