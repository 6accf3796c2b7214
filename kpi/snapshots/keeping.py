"""Making and freezing snapshots. Rows are only ever added."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from courierqa.core import audit, leases
from courierqa.core.calendars import day_start
from courierqa.core.errors import DomainError
from courierqa.core.timeframes import BadPeriod, Period, parse_period
from kpi.models import Snapshot
from kpi.reports.content import Edition
from kpi.snapshots import proving
from kpi.snapshots.canonical import fingerprint
from kpi.snapshots.comparing import differences
from kpi.snapshots.gathering import gather

# Late uploads of the last day still arrive in this time (B22).
SETTLE = timedelta(days=7)
LEASE_SECONDS = 120


class TooEarly(DomainError):
    """The month, or the time for late uploads after it, is not over."""

    code = "too_early"


class NothingChanged(DomainError):
    """The month is frozen already and no figure has moved since."""

    code = "nothing_changed"


class Moved(DomainError):
    """The draft somebody looked at is not what the figures say now."""

    code = "figures_moved"


def month(text: str | Period) -> Period:
    """Return the month; a report is monthly."""
    period = parse_period(text) if isinstance(text, str) else text
    if period.kind != "month":
        raise BadPeriod(_("A report is about one month, such as 2026-10"), field="period")
    return period


def of_month(period: str) -> list[Snapshot]:
    """Return a month's snapshots, newest first."""
    return list(Snapshot.objects.filter(period=period).order_by("-id"))


def latest(period: str | Period) -> Snapshot | None:
    """Return the edition that counts: the newest frozen one, else the newest draft."""
    rows = Snapshot.objects.filter(period=month(period).key)
    return rows.order_by("-is_final", "-id").first()


def of_version(period: str | Period, version: str) -> Snapshot | None:
    """Return one edition of a month."""
    return Snapshot.objects.filter(period=month(period).key, version=version).first()


def edition_of(snapshot: Snapshot) -> Edition:
    """Return what the report prints about this snapshot beside its content."""
    return Edition(
        version=snapshot.version,
        sha256=snapshot.sha256,
        is_final=snapshot.is_final,
        frozen_at=snapshot.frozen_at,
    )


def make_snapshot(
    period: str | Period, *, now: datetime, by: Any = None, as_of: datetime | None = None
) -> Snapshot:
    """Store the month as it is now as the next draft. Unchanged content makes no new row."""
    when = month(period)
    if now < when.start_at:
        raise TooEarly(_("This month has not begun"), field="period")
    with _alone(when, now), _one_view():
        return _draft(when, now=now, by=by, as_of=as_of)


def _draft(when: Period, *, now: datetime, by: Any, as_of: datetime | None) -> Snapshot:
    content = gather(when, as_of=as_of, now=now)
    rows = of_month(when.key)
    final = next((row for row in rows if row.is_final), None)
    if final is not None:
        content["changes"] = _changes(final, content)
    sha = fingerprint(content)
    same = next((row for row in rows if row.sha256 == sha and not row.is_final), None)
    if same is not None:
        return same
    version = f"0.{1 + sum(not row.is_final for row in rows)}"
    return _store(when, content, version=version, now=now, by=by)


def _changes(final: Snapshot, content: dict[str, Any]) -> dict[str, Any]:
    return {
        "version": final.version,
        "sha256": final.sha256,
        "frozen_at": final.frozen_at.isoformat(),
        "differences": differences(final.content, content),
    }


def freeze(period: str | Period, *, now: datetime, by: Any = None, request: Any = None) -> Snapshot:
    """Freeze the newest draft: 1.0, or the next correction. What was checked is what is frozen.

    The month's figures pass their independent check first; it runs outside the transaction, as
    it may take a while and keeps its own result.
    """
    when = month(period)
    with _alone(when, now):
        with transaction.atomic():
            draft = _ready(when, now=now, by=by)
        checked = proving.check(when, now=now)
        with transaction.atomic():
            content = _proven(when, draft, checked, now=now)
            version = f"1.{sum(row.is_final for row in of_month(when.key))}"
            frozen = _store(when, content, version=version, now=now, by=by, is_final=True)
            audit.record("report.freeze", frozen, actor=by, at=now, request=request, seal_now=True)
    return frozen


def _ready(when: Period, *, now: datetime, by: Any) -> Snapshot:
    """Return the draft to freeze, made now if there is none; refuse one that must wait."""
    rows = of_month(when.key)
    draft = next((row for row in rows if not row.is_final), None)
    draft = draft or _draft(when, now=now, by=by, as_of=None)
    _check(when, draft, rows)
    return draft


def _proven(
    when: Period, draft: Snapshot, checked: dict[str, Any], *, now: datetime
) -> dict[str, Any]:
    """Return the draft's content with the check's result; the check must be about its figures."""
    content: dict[str, Any] = draft.content
    if content["quality"]["verification"] == checked:
        return content
    if gather(when, as_of=None, now=now)["metrics"] != content["metrics"]:
        raise Moved(
            _("Figures have moved since the newest draft. Make the report again, then freeze it"),
            field="period",
        )
    return {**content, "quality": {**content["quality"], "verification": checked}}


def _check(when: Period, draft: Snapshot, rows: list[Snapshot]) -> None:
    ready = when.end_at + SETTLE
    if draft.as_of < ready:
        raise TooEarly(
            _(
                "The newest draft ends %(moment)s. Figures settle until %(ready)s;"
                " make the report again after that, then freeze it"
            )
            % {"moment": _shown(draft.as_of), "ready": _shown(ready)},
            field="period",
        )
    final = next((row for row in rows if row.is_final), None)
    if final is not None and (draft.pk < final.pk or not _moved(draft)):
        raise NothingChanged(
            _("Version %(version)s is frozen and no figure has moved since")
            % {"version": final.version},
            field="period",
        )


def _shown(moment: datetime) -> str:
    from courierqa.core import formats  # noqa: PLC0415 -- words only here

    return formats.moment(moment)


def _moved(draft: Snapshot) -> bool:
    changes = draft.content.get("changes")
    return bool(changes and changes["differences"])


def _store(
    when: Period,
    content: dict[str, Any],
    *,
    version: str,
    now: datetime,
    by: Any,
    is_final: bool = False,
) -> Snapshot:
    return Snapshot.objects.create(
        period=when.key,
        version=version,
        content=content,
        sha256=fingerprint(content),
        as_of=datetime.fromisoformat(content["as_of"]),
        frozen_at=now,
        frozen_by=audit.person(by),
        is_final=is_final,
    )


@contextmanager
def _alone(when: Period, now: datetime) -> Iterator[None]:
    """One maker per month: two at once would give one version number to two contents."""
    try:
        with leases.hold(f"report.{when.key}", LEASE_SECONDS, now=now):
            yield
    except leases.LeaseBusy:
        raise DomainError(
            _("This report is being made right now. Try again in a minute"),
            code="busy",
            field="period",
        ) from None


@contextmanager
def _one_view() -> Iterator[None]:
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
