"""The monthly reports of the demo: commented, frozen, signed by three people, published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from courierqa.core.timeframes import parse_period
from courierqa.demo.people import Cast
from kpi import assessing, snapshots
from kpi.models import Snapshot
from kpi.services import refresh_dirty
from kpi.snapshots import keeping
from quality import retention_counts
from shipments.models import ParcelFacts
from shipments.services import ScanInput, record_scans

SAID = (
    "本月波动主要来自个别网点人手不足，已安排相邻网点支援，下月复核。",
    "受转运中心分拣延误影响，已与承运方约定新的交接时刻。",
    "流程本身达不到目标，需要调整派送频次，不是个人原因。",
)
WHOLE = "数据已与原始扫描核对一致；月内变化较大的指标逐项说明如下。"
LATE = "一部终端离线，月末的妥投记录在定稿后才上传。"
# Parcels whose delivery arrives after the report was published.
UPLOADED = 4
SIGNERS = (("made", "quality"), ("checked", "lead"), ("approved", "manager"))


def publish_months(cast: Cast, months: Sequence[str], *, now: datetime) -> Iterator[str]:
    """Publish the last two months that are settled, the first corrected; draft those after."""
    _count_what_came_by_itself(now)
    settled = [m for m in months if keeping.settled_on(parse_period(m)) <= now]
    if settled[:-1]:
        yield _corrected(cast, settled[-2], now=now)
    if settled:
        frozen = _published(cast, settled[-1], now=now)
        yield f"report {frozen.period} published as {frozen.version}, in Chinese and English"
        station = next(iter(cast.couriers))
        snapshots.make_snapshot(settled[-1], now=now, by=cast.users["quality"], site=station)
    for month in months[len(settled) :]:
        draft = snapshots.make_snapshot(month, now=now, by=cast.users["quality"])
        yield f"report {draft.period} drafted as {draft.version}"


def _count_what_came_by_itself(now: datetime) -> None:
    """Do what jobs of every hour and night have done long before a month freezes.

    What was confirmed on its day moves months that are over; terms end; objectives are assessed.
    """
    retention_counts.renew(at=now)
    refresh_dirty(now=now)
    assessing.run(now=now)
    refresh_dirty(now=now)


def _corrected(cast: Cast, month: str, *, now: datetime) -> str:
    """Publish a month, let a late upload move it, and publish the correction.

    Its files are printed by the worker when the demo is first served.
    """
    first = _published(cast, month, now=now, prints=False)
    _upload_late(cast, month, now=now)
    draft = snapshots.make_snapshot(month, now=now, by=cast.users["quality"])
    if not snapshots.moved(draft):
        snapshots.discard(draft, by=cast.users["quality"], at=now)
        return f"report {month} published as {first.version}"
    second = _published(cast, month, now=now, reason=LATE, prints=False)
    return f"report {month} published as {first.version}, corrected as {second.version}"


def _upload_late(cast: Cast, month: str, *, now: datetime) -> None:
    """Take in deliveries a courier's phone kept to itself until the report was out."""
    period = parse_period(month)
    due = ParcelFacts.objects.filter(due_day__gte=period.start_day, due_day__lt=period.end_day)
    open_ones = due.filter(done_at=None, is_test=False).select_related("parcel__destination")
    scans = []
    # Those that went back or were stopped are out of the share and move nothing.
    for row in open_ones.order_by("out_t01", "pk")[:UPLOADED]:
        team = cast.couriers.get(row.parcel.destination.code)
        if team is None or row.due_at is None:
            continue
        scans.append(
            ScanInput(
                uid=uuid5(NAMESPACE_URL, f"demo-upload-{row.parcel.waybill}"), code="DLV",
                waybill=row.parcel.waybill, happened_at=row.due_at - timedelta(hours=1),
                device="demo-late", site_id=row.parcel.destination_id, person_id=team[0].pk,
                detail={"way": "recipient", "signer": "本人"},
            )
        )  # fmt: skip
    record_scans(scans, source="courier", recorded_at=now, announce=False)
    refresh_dirty(now=now)


def _published(
    cast: Cast, month: str, *, now: datetime, reason: str = "", prints: bool = True
) -> Snapshot:
    users = cast.users
    draft = snapshots.make_snapshot(month, now=now, by=users["quality"])
    _explain(draft, users["quality"], now=now)
    frozen = snapshots.freeze(month, now=now, by=users["quality"], reason=reason)
    for step, role in SIGNERS:
        snapshots.sign(frozen, step=step, sha256=frozen.sha256, by=users[role], at=now)
    snapshots.publish(frozen, by=users["manager"], at=now)
    if prints:
        snapshots.make_published(frozen, now=now)
    return frozen


def _explain(draft: Snapshot, person: Any, *, now: datetime) -> None:
    """Write a comment where one is needed, and one on the whole."""
    codes = ["", *(one.line.code for one in snapshots.uncommented(draft.content))]
    for place, code in enumerate(codes):
        text = SAID[place % len(SAID)] if code else WHOLE
        snapshots.comment(period=draft.period, code=code, text=text, by=person, at=now)
