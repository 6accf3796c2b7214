"""The network at a glance: tree, load against capacity, hours, transfers, service forms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Q
from django.db.models.functions import ExtractHour, TruncDate

from courierqa.core import calendars
from courierqa.core.access import Access
from shipments import enums
from shipments.models import Parcel, ParcelFacts, ScanEvent
from shipments.selectors.lanes import Share
from shipments.selectors.stocktakes import ON_SITE
from staff.enums import EmployeeState
from staff.models import Site

WINDOW = timedelta(days=14)
MONTH = timedelta(days=30)
# What counts as a piece handled by a place: taken in from outside or from a vehicle.
HANDLED = ("PUP", "ARR", "AST")
DELIVERIES = 5000


@dataclass
class Place:
    """One site of the tree with what lies and happens there."""

    site: Site
    depth: int
    people: int = 0
    on_site: int = 0
    per_day: float = 0.0
    peak: int = 0
    share: Share = field(default_factory=Share)

    @property
    def load(self) -> float | None:
        """The busiest day against the capacity; None while no capacity is known."""
        return self.peak / self.site.daily_capacity if self.site.daily_capacity else None


def sites_in(access: Access) -> list[Site]:
    """Return the reader's sites, closed ones too."""
    rows = Site.objects.filter(access.rows(site="pk"))
    active = Count("employees", filter=Q(employees__state=EmployeeState.ACTIVE), distinct=True)
    return list(rows.select_related("hub").annotate(people=active).order_by("code"))


def tree(sites: Iterable[Site]) -> Iterator[tuple[Site, int]]:
    """Yield sites with their depth, each below its superior one."""
    rows = list(sites)
    known = {site.pk for site in rows}
    below: dict[int | None, list[Site]] = defaultdict(list)
    for site in rows:
        below[site.hub_id if site.hub_id in known else None].append(site)

    def walk(parent: int | None, depth: int) -> Iterator[tuple[Site, int]]:
        for site in below[parent]:
            yield site, depth
            yield from walk(site.pk, depth + 1)

    yield from walk(None, 0)


def network_places(access: Access, *, now: datetime, kind: str, run_by: str) -> list[Place]:
    """Return the tree with people, parcels lying there, volume, and on-time share (LIF-27)."""
    sites = [site for site in sites_in(access) if _wanted(site, kind, run_by)]
    ids = [site.pk for site in sites]
    lying = dict(
        Parcel.objects.filter(last_site_id__in=ids, state__in=ON_SITE)
        .values_list("last_site_id").annotate(n=Count("pk"))
    )  # fmt: skip
    days, shares = _days(ids, now), on_time_of(ids, now)
    return [
        Place(
            site, depth, people=getattr(site, "people", 0), on_site=lying.get(site.pk, 0),
            per_day=sum(days[site.pk]) / WINDOW.days, peak=max(days[site.pk], default=0),
            share=shares.get(site.pk, Share()),
        )
        for site, depth in tree(sites)
    ]  # fmt: skip


def _wanted(site: Site, kind: str, run_by: str) -> bool:
    mode = {"own": False, "partner": True}.get(run_by)
    return (not kind or site.kind == kind) and (mode is None or site.is_partner == mode)


def _days(ids: list[int], now: datetime) -> dict[int, list[int]]:
    """Return site → pieces handled on each day of the last two weeks."""
    rows = ScanEvent.objects.filter(
        site_id__in=ids, happened_at__gte=now - WINDOW, happened_at__lt=now, code__in=HANDLED
    )
    day = TruncDate("happened_at", tzinfo=calendars.zone())
    counted = rows.annotate(day=day).values_list("site_id", "day").annotate(n=Count("pk"))
    found: dict[int, list[int]] = defaultdict(list)
    for site_id, _day, n in counted.order_by():
        found[site_id].append(n)
    return found


def on_time_of(ids: Iterable[int], now: datetime) -> dict[int, Share]:
    """Return serving site → deliveries on time of those due in the last 30 days."""
    rows = ParcelFacts.objects.filter(
        site_id__in=list(ids), due_at__gte=now - MONTH, due_at__lt=now, out_t01=False,
        is_test=False, exempt=False,
    )  # fmt: skip
    counted = rows.values("site_id").annotate(
        total=Count("pk"), hits=Count("pk", filter=Q(done_at__lte=F("due_at")))
    )
    return {row["site_id"]: Share(row["hits"], row["total"]) for row in counted.order_by()}


@dataclass(frozen=True)
class HourRow:
    """A site's scans by hour of the day, summed over two weeks (NET-08)."""

    site: Site
    hours: tuple[int, ...]

    @property
    def steps(self) -> list[tuple[int, int]]:
        """(count, step 0-4 of the busiest hour) for each hour, for colour and number."""
        top = max(self.hours) or 1
        return [(n, -(-n * 4 // top)) for n in self.hours]


def hour_rows(access: Access, *, now: datetime) -> list[HourRow]:
    """Return how busy each hour is at each site that handles parcels."""
    sites = sites_in(access)
    rows = ScanEvent.objects.filter(
        site_id__in=[s.pk for s in sites], happened_at__gte=now - WINDOW, happened_at__lt=now
    )
    hour = ExtractHour("happened_at", tzinfo=calendars.zone())
    counted = rows.annotate(hour=hour).values_list("site_id", "hour").annotate(n=Count("pk"))
    found: dict[int, list[int]] = defaultdict(lambda: [0] * 24)
    for site_id, at, n in counted.order_by():
        found[site_id][at] = n
    return [HourRow(site, tuple(found[site.pk])) for site in sites if site.pk in found]


def transfers(*, since: date, until: date) -> Share:
    """Return hub arrivals of the parcels delivered in these days: arrivals, parcels (NET-03)."""
    done = ParcelFacts.objects.filter(done_day__gte=since, done_day__lt=until, is_test=False)
    hubs = Site.objects.filter(kind="hub").values_list("pk", flat=True)
    arrivals = ScanEvent.objects.filter(
        code=enums.Code.ARR, site_id__in=list(hubs), parcel_id__in=done.values("parcel_id")
    )
    return Share(arrivals.count(), done.count())


WAYS = {
    "recipient": "door", "proxy": "door", "safe_place": "door", "locker": "locker",
    "station": "point", "counter": "counter",
}  # fmt: skip


@dataclass(frozen=True)
class FormRow:
    """One form of service at the end of the line, with its deliveries (DEL-20)."""

    form: str
    n: int
    of: int
    on_time: Share

    @property
    def share(self) -> float:
        return self.n / self.of if self.of else 0.0


def service_forms(access: Access, *, now: datetime) -> list[FormRow]:
    """Return door, locker, service point and counter with share and on-time rate."""
    rows = ScanEvent.objects.filter(
        access.rows(site="site_id"), code__in=("DLV", "RDY"), happened_at__gte=now - MONTH
    )
    ways: dict[int, str] = {}
    latest = rows.order_by("-happened_at").values_list("parcel_id", "detail__way")[:DELIVERIES]
    for pk, way in latest:
        if pk is not None and way in WAYS:
            ways[pk] = WAYS[way]
    facts = ParcelFacts.objects.filter(pk__in=list(ways), due_at__lt=now, out_t01=False)
    hits: dict[str, list[bool]] = defaultdict(list)
    for pk, done, due in facts.values_list("pk", "done_at", "due_at"):
        hits[ways[pk]].append(done is not None and due is not None and done <= due)
    return [
        FormRow(form, list(ways.values()).count(form), len(ways),
                Share(sum(hits[form]), len(hits[form])))
        for form in ("door", "locker", "point", "counter")
    ]  # fmt: skip
