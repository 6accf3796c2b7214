"""The running world of one example: a clock of its own, parcels, phones with their queues."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID, uuid5

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from courierqa.core import privacy
from courierqa.core.errors import DomainError
from shipments import enums, services
from shipments.enums import State
from shipments.models import Parcel, ScanEvent
from shipments.services import ScanAnswer, ScanInput
from staff.models import Employee, Site
from tests.factories import shipments as make
from tests.properties.parcel_life.stage import Rows, Stage, differing, rows_of

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
NAMES = UUID(int=7)
MOST = 3
# Ids that services make are random: rows of one moment are ordered by what they say.
NEWEST = ("-recorded_at", "waybill", "code", "-pk")
picks = st.integers(0, 11)
# From here on a pick is for any parcel, whatever may be done with it.
STRAY = 10
couriers = st.integers(0, 1)
# Nothing done yet, everything that is under way in our hands, everything that is over.
WAITING = frozenset({State.ORDERED, State.PICKUP_DUE})
ENDED = enums.ENDED
IN_HAND = frozenset(State) - WAITING - ENDED - {State.NONE}


class World(RuleBasedStateMachine):
    """What rules share: whom a deed is done to, when, by whom; and what a refusal may change."""

    stage: ClassVar[Stage]

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.now = make.MONDAY
        self.states: dict[int, str] = {}
        self.stopped: set[int] = set()
        self.owing: set[int] = set()
        # Parcels as a page showed them a while ago: its button is pressed only now.
        self.pages: dict[int, Parcel] = {}
        # What phones sent and what they hold back; ids the server took for new ones.
        self.sent: list[ScanInput] = []
        self.held: list[ScanInput] = []
        self.taken: set[UUID] = set()
        # Events that pages and services wrote, not a device: they passed a gate or needed none.
        self.ours: set[UUID] = set()
        self.kept: Rows = {}
        self.counts: Counter[str] = Counter()
        self.numbers = 0
        # Everything was looked at since the last deed, and nothing was wrong.
        self.sound = False

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)
        # Their rows are gone with the savepoint.
        privacy.forget_keys()

    # -- choosing ----------------------------------------------------------------------------------
    def having(self, states: Iterable[str]) -> bool:
        """Say whether a parcel is in one of these states: for preconditions."""
        wanted = set(states)
        return any(state in wanted for state in self.states.values())

    def choose(self, pick: int, states: Iterable[str] = ()) -> Parcel:
        """Return a parcel, mostly one in these states: a page mostly shows what may be done."""
        wanted = set(states) if pick < STRAY else set()
        fit = [pk for pk, state in self.states.items() if state in wanted] or list(self.states)
        return Parcel.objects.get(pk=fit[pick % len(fit)])

    def site(self, pick: int) -> Site:
        return self.stage.sites[pick % 3]

    def courier(self, pick: int) -> Employee:
        return self.stage.couriers[pick % 2]

    def fresh_id(self) -> UUID:
        """Return an id as a phone makes one, the same in every run of this example."""
        self.numbers += 1
        return uuid5(NAMES, str(self.numbers))

    def tick(self, minutes: int = 4) -> None:
        self.now += minutes * MINUTE
        self.sound = False

    # -- deeds of pages and of the API -------------------------------------------------------------
    def deed(self, do: Callable[..., Any], *rows: Any, **said: Any) -> Any:
        """Call a service as the clerk does now; a refusal leaves every row as it was: None."""
        self.tick()
        if "parcel" in said:
            said["parcel"] = self.pages.pop(said["parcel"].pk, said["parcel"])
        before = rows_of(self.stage.tables)
        try:
            done = do(*rows, at=self.now, actor=self.stage.clerk, **said)
        except DomainError as error:
            refusal = error
        else:
            refusal = None
        if refusal is not None:
            changed = differing(before, rows_of(self.stage.tables))
            assert not changed, f"{do.__name__} was refused ({refusal.code}), yet wrote {changed}"
            self.counts[f"refused {do.__name__} {refusal.code}"] += 1
            return None
        self.counts[f"did {do.__name__}"] += 1
        self.ours |= self._new_events(before)
        return True if done is None else done

    def _new_events(self, before: Rows) -> set[UUID]:
        known = {row[0] for row in before["shipments_scanevent"]}
        rows = ScanEvent.objects.values_list("pk", "uid")
        return {uid for pk, uid in rows if pk not in known}

    def office_scan(self, parcel: Parcel, code: str, **fields: Any) -> Any:
        """Do as the page "record a scan" does: the gate first, then what somebody tells of."""
        answer = self.deed(self._office_scan, parcel, code, **fields)
        self.ours -= {answer.uid} if answer else set()
        return answer

    def _office_scan(
        self, parcel: Parcel, code: str, *, site: Site, at: datetime, actor: Any,
        person: Employee | None = None, reason: str = "", **detail: Any,
    ) -> ScanAnswer:  # fmt: skip
        said = {"why": "手机没电", **detail}
        services.require_gates(parcel, code, said, at=at)
        scan = ScanInput(
            uid=self.fresh_id(), waybill=parcel.waybill, code=code, happened_at=at,
            device="office", reason=reason, detail=said, site_id=site.pk,
            person_id=person.pk if person else None,
        )  # fmt: skip
        return services.record_scans([scan], source=enums.Source.OFFICE, recorded_at=at)[0]

    # -- deeds of devices --------------------------------------------------------------------------
    def scan(self, parcel: Parcel, code: str, *, person: Employee, **fields: Any) -> ScanInput:
        """Return a scan as a courier's phone tells it now."""
        values = {"site_id": person.site_id, "happened_at": self.now, **fields}
        return ScanInput(
            uid=self.fresh_id(), waybill=parcel.waybill, code=code, device=f"phone-{person.pk}",
            person_id=person.pk, **values,
        )  # fmt: skip

    def phone(self, *scans: ScanInput) -> list[ScanAnswer]:
        """Send scans: a device is never refused, and the same id is never stored twice."""
        answers = services.record_scans(
            list(scans), source=enums.Source.COURIER, recorded_at=self.now
        )
        for scan, answer in zip(scans, answers, strict=True):
            fresh = scan.uid not in self.taken
            assert (answer.result == enums.ScanResult.CREATED) == fresh, answer
            self.taken.add(scan.uid)
            self.sent += [scan] if fresh else []
            self.counts[f"phone {scan.code}"] += 1
        return answers

    def tell(self, parcel: Parcel, code: str, *, pick: int = 0, **fields: Any) -> ScanInput:
        """Let a courier scan and send at once."""
        self.tick()
        person = fields.pop("person", None) or self.courier(pick)
        scan = self.scan(parcel, code, person=person, **fields)
        self.phone(scan)
        return scan

    def other_content(self, scan: ScanInput) -> ScanInput:
        return replace(scan, reason="absent" if scan.reason != "absent" else "moved")
