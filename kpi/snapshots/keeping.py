"""Making and storing snapshots. Rows are only ever added."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from courierqa.core import audit, leases
from courierqa.core.calendars import day_start
from courierqa.core.errors import DomainError
from courierqa.core.timeframes import BadPeriod, Period, parse_period
from kpi.models import Snapshot
from kpi.snapshots.canonical import fingerprint
from kpi.snapshots.comparing import differences
from kpi.snapshots.gathering import gather

# Late uploads of the last day still arrive in this time (B22).
SETTLE = timedelta(days=7)
LEASE_SECONDS = 120


class TooEarly(DomainError):
    """The month, or the time for late uploads after it, is not over."""

    code = "too_early"


def month(text: str | Period) -> Period:
    """Return the month; a report is monthly."""
    period = parse_period(text) if isinstance(text, str) else text
    if period.kind != "month":
        raise BadPeriod(_("A report is about one month, such as 2026-10"), field="period")
    return period


def of_month(period: str, site: str = "") -> list[Snapshot]:
    """Return the snapshots of a month and a site (empty: the company), newest first."""
    return list(Snapshot.objects.filter(period=period, site=site).order_by("-id"))


def latest(period: str | Period, site: str = "") -> Snapshot | None:
    """Return the edition that counts: the newest frozen one, else the newest draft."""
    rows = Snapshot.objects.filter(period=month(period).key, site=site)
    return rows.order_by("-is_final", "-id").first()


def of_version(period: str | Period, version: str, site: str = "") -> Snapshot | None:
    """Return one edition of a month."""
    rows = Snapshot.objects.filter(period=month(period).key, site=site, version=version)
    return rows.first()


def make_snapshot(
    period: str | Period,
    *,
    now: datetime,
    by: Any = None,
    as_of: datetime | None = None,
    site: str = "",
) -> Snapshot:
    """Store the month as it is now as the next draft. Unchanged content makes no new row.

    `site` is the code of the one site the report is about; a site that is not there is refused.
    """
    when = month(period)
    if now < when.start_at:
        raise TooEarly(_("This month has not begun"), field="period")
    with alone(when, site, now), one_view():
        return draft(when, site, now=now, by=by, as_of=as_of)


def draft(
    when: Period, site: str, *, now: datetime, by: Any, as_of: datetime | None = None
) -> Snapshot:
    """Gather the month and store it, unless the same content is stored already."""
    content = gather(when, as_of=as_of, now=now, site=site)
    rows = of_month(when.key, site)
    final = next((row for row in rows if row.is_final), None)
    if final is not None:
        content["changes"] = _changes(final, content)
    sha = fingerprint(content)
    same = next((row for row in _drafts(when.key, site) if row.sha256 == sha), None)
    if same is not None:
        return same
    version = f"0.{1 + sum(not row.is_final for row in rows)}"
    return store(when, site, content, version=version, now=now, by=by)


def _drafts(period: str, site: str) -> QuerySet[Snapshot]:
    """Return the drafts of a month that nobody gave up."""
    return Snapshot.objects.filter(period=period, site=site, is_final=False, discard=None)


def open_draft(period: str, site: str = "") -> Snapshot | None:
    """Return the newest edition if it is a draft that nobody gave up."""
    rows = Snapshot.objects.filter(period=period, site=site)
    newest = rows.select_related("discard").order_by("-id").first()
    if newest is None or newest.is_final or hasattr(newest, "discard"):
        return None
    return newest


def _changes(final: Snapshot, content: dict[str, Any]) -> dict[str, Any]:
    return {
        "version": final.version,
        "sha256": final.sha256,
        "frozen_at": final.frozen_at.isoformat(),
        "differences": differences(final.content, content),
    }


def store(
    when: Period,
    site: str,
    content: dict[str, Any],
    *,
    version: str,
    now: datetime,
    by: Any,
    is_final: bool = False,
) -> Snapshot:
    """Add one row with the fingerprint of its content."""
    return Snapshot.objects.create(
        period=when.key,
        site=site,
        version=version,
        content=content,
        sha256=fingerprint(content),
        as_of=datetime.fromisoformat(content["as_of"]),
        frozen_at=now,
        frozen_by=audit.person(by),
        is_final=is_final,
    )


@contextmanager
def alone(when: Period, site: str, now: datetime) -> Iterator[None]:
    """One maker per report: two at once would give one version number to two contents."""
    name = f"report.{when.key}.{site}" if site else f"report.{when.key}"
    try:
        with leases.hold(name, LEASE_SECONDS, now=now):
            yield
    except leases.LeaseBusy:
        raise DomainError(
            _("This report is being made right now. Try again in a minute"),
            code="busy",
            field="period",
        ) from None


@contextmanager
def one_view() -> Iterator[None]:
    """Read everything as of one moment: figures and lists of one report must belong together."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def settled_on(when: Period) -> datetime:
    """Return the moment from which the month may be frozen."""
    return day_start(when.end_day) + SETTLE
