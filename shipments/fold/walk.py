"""What is known while walking a parcel's events in order of time."""

from __future__ import annotations

from datetime import datetime

from shipments.enums import FindingKind, State
from shipments.fold import judge
from shipments.fold.types import ConsentMark, Event, FoldFinding, Rules


class Walk:
    """The running state; `gates`, `position` and `conditions` each write their part of it."""

    def __init__(self, rules: Rules, *, is_owed: bool = False) -> None:
        self.rules, self.is_owed = rules, is_owed
        self.state = State.NONE
        self.before_loss = State.AT_SITE
        self.is_returning = False
        self.conditions: set[str] = set()
        self.findings: list[FoldFinding] = []
        self.consents: list[ConsentMark] = list(rules.consents)
        self.inspected = self.identified = self.screened = False
        self.stopped_by_screening = False
        self.picked_at: datetime | None = None
        self.in_hand_at: datetime | None = None
        self.last: Event | None = None
        self.site_id: int | None = None
        self.sites: set[int] = set()
        self.holder_id: int | None = None
        self.delivered_by: int | None = None
        self.delivery: Event | None = None
        self.pieces = (0, 0)
        self.placed: Event | None = None
        self.told_at: datetime | None = None
        self.left_point: Event | None = None

    def find(self, event: Event, kind: FindingKind, what: str, /, **detail: str) -> None:
        """Note something that does not fit; the event stays."""
        self.findings.append(
            FoldFinding(kind, what, event.uid, event.site_id, tuple(sorted(detail.items())))
        )

    def agreed(self, event: Event) -> bool:
        """Say whether the recipient had agreed to this way by the moment of the event."""
        return judge.agreed(self.consents, judge.way_of(event), event.effective_at)
