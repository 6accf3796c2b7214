"""The monthly reports of the demo: commented, frozen, signed by three people, published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from courierqa.core.timeframes import parse_period
from courierqa.demo.people import Cast
from kpi import snapshots
from kpi.models import Snapshot
from kpi.snapshots import keeping

SAID = (
    "本月波动主要来自个别网点人手不足，已安排相邻网点支援，下月复核。",
    "受转运中心分拣延误影响，已与承运方约定新的交接时刻。",
    "流程本身达不到目标，需要调整派送频次，不是个人原因。",
)
WHOLE = "数据已与原始扫描核对一致；月内变化较大的指标逐项说明如下。"
SIGNERS = (("made", "quality"), ("checked", "lead"), ("approved", "manager"))


def publish_months(cast: Cast, months: Sequence[str], *, now: datetime) -> Iterator[str]:
    """Publish the last month that is settled, and draft the ones after it."""
    settled = [m for m in months if keeping.settled_on(parse_period(m)) <= now]
    if settled:
        frozen = _published(cast, settled[-1], now=now)
        yield f"report {frozen.period} published as {frozen.version}, in Chinese and English"
        station = next(iter(cast.couriers))
        snapshots.make_snapshot(settled[-1], now=now, by=cast.users["quality"], site=station)
    for month in months[len(settled) :]:
        draft = snapshots.make_snapshot(month, now=now, by=cast.users["quality"])
        yield f"report {draft.period} drafted as {draft.version}"


def _published(cast: Cast, month: str, *, now: datetime) -> Snapshot:
    users = cast.users
    draft = snapshots.make_snapshot(month, now=now, by=users["quality"])
    _explain(draft, users["quality"], now=now)
    frozen = snapshots.freeze(month, now=now, by=users["quality"])
    for step, role in SIGNERS:
        snapshots.sign(frozen, step=step, sha256=frozen.sha256, by=users[role], at=now)
    snapshots.publish(frozen, by=users["manager"], at=now)
    snapshots.make_published(frozen, now=now)
    return frozen


def _explain(draft: Snapshot, person: Any, *, now: datetime) -> None:
    """Write a comment where one is needed, and one on the whole."""
    codes = ["", *(one.line.code for one in snapshots.uncommented(draft.content))]
    for place, code in enumerate(codes):
        text = SAID[place % len(SAID)] if code else WHOLE
        snapshots.comment(period=draft.period, code=code, text=text, by=person, at=now)
