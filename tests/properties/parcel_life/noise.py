"""Rules of devices as they are: anything may be scanned, twice, late, in disorder."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from shipments import enums, services
from shipments.enums import Code
from tests.properties.parcel_life.doors import SHIFTS
from tests.properties.parcel_life.office import Office
from tests.properties.parcel_life.stage import differing, rows_of
from tests.properties.parcel_life.world import MINUTE, couriers, picks

WORDS = st.sampled_from(
    [
        {}, {"result": "fail"}, {"security": True, "why": "x"}, {"confirmed": True},
        {"given": True, "kind": "locker"}, {"asked": True, "kind": "locker"}, {"way": "recipient"},
        {"cause": "refused", "why": "x"}, {"status": "cleared"}, {"settled": True},
        {"way": "recipient", "cod_paid": True}, {"way": "safe_place"}, {"taken_over": True},
    ]
)  # fmt: skip
CODES = st.sampled_from([code for code in Code.values if code not in ("COR", "VOI", "MIS")])
JUMPS = st.sampled_from([12, 55, 240, 800, 1800, 5000])


class Noise(Office):
    """Phones and scanners never hear a refusal; what they tell is kept and judged."""

    @rule(minutes=JUMPS)
    def time_passes(self, minutes: int) -> None:
        self.tick(minutes)

    @rule(pick=picks)
    def a_page_stays_open(self, pick: int) -> None:
        """The next deed on this parcel is done by somebody who has not seen the ones between."""
        parcel = self.choose(pick)
        self.pages[parcel.pk] = parcel

    @rule(pick=picks, who=couriers, code=CODES, words=WORDS, shift=SHIFTS)
    def anything(self, pick, who, code, words, shift) -> None:
        self.tell(
            self.choose(pick), code, pick=who, detail=words,
            happened_at=self.now + shift * MINUTE,
        )  # fmt: skip

    @rule(pick=picks, who=couriers, code=CODES, words=WORDS)
    def kept_offline(self, pick: int, who: int, code: str, words: dict[str, Any]) -> None:
        self.tick()
        person = self.courier(who)
        self.held.append(self.scan(self.choose(pick), code, person=person, detail=words))

    @precondition(lambda self: bool(self.held))
    @rule(order=st.randoms(use_true_random=False), twice=st.booleans())
    def back_online(self, order, twice: bool) -> None:
        """The queue arrives in any order; a batch whose answer got lost is sent again."""
        self.tick()
        order.shuffle(self.held)
        self.phone(*self.held)
        if twice:
            self.phone(*self.held)
        self.held = []

    @precondition(lambda self: bool(self.sent))
    @rule(pick=picks, wait=st.integers(0, 30))
    def sent_again(self, pick: int, wait: int) -> None:
        """The same id is the same scan, however much later it comes."""
        self.tick(wait)
        scan = self.sent[-1 - pick % len(self.sent)]
        before = rows_of(self.stage.tables)
        answer = self.phone(scan)[0]
        assert answer.result == enums.ScanResult.DUPLICATE
        assert not differing(before, rows_of(self.stage.tables))

    @precondition(lambda self: bool(self.sent))
    @rule(pick=picks)
    def another_scan_under_the_same_id(self, pick: int) -> None:
        scan = self.other_content(self.sent[-1 - pick % len(self.sent)])
        before = rows_of(("shipments_scanevent", "shipments_parcel"))
        answers = services.record_scans(
            [scan], source=enums.Source.COURIER, recorded_at=self.now + timedelta(seconds=1)
        )
        assert answers[0].result == enums.ScanResult.CONFLICT
        assert not differing(before, rows_of(("shipments_scanevent", "shipments_parcel")))

    @rule(pick=picks, who=couriers, reasoned=st.booleans())
    def void_from_a_phone(self, pick: int, who: int, reasoned: bool) -> None:
        """A void may come without its reason, and before the scan it is about."""
        known = [scan.uid for scan in (*self.held, *self.sent[-6:])]
        if known:
            self.tell(
                self.choose(pick), "VOI", pick=who, corrects=known[pick % len(known)],
                reason="scanned-by-mistake" if reasoned else "",
            )  # fmt: skip
