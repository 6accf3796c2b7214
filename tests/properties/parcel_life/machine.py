"""All rules together, and what is checked after each of them."""

from __future__ import annotations

import random

from hypothesis.stateful import invariant

from shipments.enums import ENDED, Condition, FindingKind, State
from shipments.fold.table import STOPPED
from shipments.models import Finding, Parcel, ScanEvent
from tests.properties.parcel_life import checks, replay
from tests.properties.parcel_life.scenes import Scenes
from tests.properties.parcel_life.stage import INSERT_ONLY, rows_of

# What came out of a bag or off a vehicle is here, stopped or ended or not.
CAME_OUT = ("UNB", "ARR", "AST")


def came_out(event: ScanEvent) -> bool:
    return event.device.startswith(("bag-", "trip-")) and event.code in CAME_OUT


def story(parcel_id: int | None) -> str:
    """Return the scans of a parcel in order of time, for a message that explains itself."""
    rows = ScanEvent.objects.filter(parcel_id=parcel_id).order_by("effective_at", "pk")
    return ", ".join(f"{row.code} {row.effective_at:%d %H:%M}" for row in rows)


class ParcelMachine(Scenes):
    """Every rule, and after each step every check."""

    @invariant()
    def everything_fits(self) -> None:
        if not self.states:
            return
        rows = rows_of(INSERT_ONLY)
        for table, kept in self.kept.items():
            assert rows[table][: len(kept)] == kept, f"{table} was changed"
        self._our_deeds_were_legal()
        self.kept = rows
        dice = random.Random(len(rows["shipments_scanevent"]))
        for parcel, events, rules in checks.read_states(self.states):
            checks.check_parcel(parcel, events, rules, dice)
            self._remember(parcel)
        checks.check_histories()
        checks.check_exceptions()
        phones = ScanEvent.objects.filter(device__startswith="phone-")
        assert sorted(phones.values_list("uid", flat=True)) == sorted(self.taken)
        self.sound = True

    def _remember(self, parcel: Parcel) -> None:
        self.states[parcel.pk] = parcel.state
        owes = parcel.cod_fen and parcel.state not in ENDED - {State.DELIVERED}
        for group, is_in in (
            (self.stopped, Condition.SECURITY_STOP in parcel.conditions), (self.owing, owes),
        ):  # fmt: skip
            (group.add if is_in else group.discard)(parcel.pk)

    def _our_deeds_were_legal(self) -> None:
        """No page moves a stopped parcel, and none goes on with one that has ended."""
        last = self.kept["shipments_scanevent"][-1][0] if self.kept else 0
        fresh = ScanEvent.objects.filter(pk__gt=last, uid__in=self.ours)
        for event in fresh:
            if event.parcel_id in self.stopped and not came_out(event):
                assert event.code not in STOPPED, f"{event.code} of a stopped parcel"
        found = Finding.objects.filter(event_uid__in=[e.uid for e in fresh])
        noted = set(found.values_list("event_uid", "code", "kind"))
        # A time the clock's rules do not believe counts from now until a person has approved it.
        doubted = {uid for uid, _code, kind in noted if kind == FindingKind.CLOCK}
        wrong = {uid for uid, code, _kind in noted if code == "after_end"} - doubted
        for event in fresh:
            now = event.effective_at == event.recorded_at
            late = event.uid in wrong and now and not came_out(event)
            assert not late, f"{event.code} after the end: {story(event.parcel_id)}"

    def teardown(self) -> None:
        try:
            if self.sound:
                self.tell_it_otherwise()
        finally:
            super().teardown()

    def tell_it_otherwise(self) -> None:
        """Tell every parcel's story to the services once more, shuffled and with repetitions."""
        self.tick()
        dice = random.Random(len(self.taken))
        for parcel, events, rules in checks.read_states(self.states):
            checks.every_step_is_legal(events, rules)
            replay.tell_again(self, parcel, dice)
