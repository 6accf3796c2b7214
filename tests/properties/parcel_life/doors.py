"""Rules of the last mile: attempts, consent, handing over, lockers, money, the round."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from courierqa.core import calendars
from shipments import enums, services
from shipments.enums import DeliveryWay, State
from shipments.models import CodEntry, ConsentRequest, Parcel, Placement, ScanEvent
from tests.properties.parcel_life.hubs import Hubs
from tests.properties.parcel_life.world import MINUTE, NEWEST, STRAY, couriers, picks

AT_DOOR = frozenset({State.OUT, State.UNDELIVERED, State.AT_STATION, State.AT_POINT})
PLACES = st.sampled_from([DeliveryWay.LOCKER, DeliveryWay.STATION, DeliveryWay.SAFE_PLACE])
STROKES = [[{"x": n, "y": n} for n in range(9)]]
FAILED = (
    ("ATT", "absent"), ("ATT", "no-answer"), ("RFS", "refuses"), ("RFS", "refuses-cod"),
    ("NAT", "no-time"), ("ATT", ""),
)  # fmt: skip
# More than five minutes ahead the server's clock counts; behind, the device's own within a day.
SHIFTS = st.sampled_from([0, 0, 0, -35, -400, -3000, 30])
CHECKED = st.sampled_from([True, True, False])
owing = precondition(lambda self: bool(self.owing))
at_door = precondition(lambda self: self.having(AT_DOOR))


class Doors(Hubs):
    """What couriers and counters do with a parcel that is near its recipient."""

    @at_door
    @rule(pick=picks, who=couriers, what=st.sampled_from(FAILED), seen=st.booleans(), shift=SHIFTS)
    def not_delivered(self, pick, who, what, seen, shift) -> None:
        code, reason = what
        detail = {"call": {"seconds": 30}} if seen else {}
        self.tell(
            self.choose(pick, AT_DOOR), code, pick=who, reason=reason, detail=detail,
            happened_at=self.now + shift * MINUTE,
        )  # fmt: skip

    @at_door
    @rule(
        pick=picks, who=couriers, way=st.sampled_from(["recipient", "proxy", "counter", ""]),
        named=st.booleans(), paid=st.booleans(), shift=SHIFTS,
    )  # fmt: skip
    def delivered(self, pick, who, way, named, paid, shift) -> None:
        detail: dict[str, Any] = {"way": way} if way else {}
        detail |= {"signer": "李明", "relation": "family"} if named else {}
        detail |= {"goods_checked": True, "cod_paid": True} if paid else {}
        self.tell(
            self.choose(pick, AT_DOOR), "DLV", pick=who, detail=detail,
            happened_at=self.now + shift * MINUTE,
        )  # fmt: skip

    @at_door
    @rule(pick=picks, who=couriers, n=st.integers(1, 2))
    def delivered_in_part(self, pick: int, who: int, n: int) -> None:
        self.tell(self.choose(pick, AT_DOOR), "PRT", pick=who, detail={"delivered": n, "of": 2})

    @rule(pick=picks, who=couriers, signed=st.booleans())
    def evidence(self, pick: int, who: int, signed: bool) -> None:
        """Proofs hang on any scan, before or after it counts."""
        parcel = self.choose(pick)
        event = ScanEvent.objects.filter(parcel_id=parcel.pk).order_by(*NEWEST).first()
        assert event is not None
        kind = enums.ProofKind.SIGNATURE if signed else enums.ProofKind.CODE
        content = {"strokes": STROKES} if signed else {"code": "4711"}
        self.deed(
            self._proof, parcel=parcel, event_uid=event.uid, kind=kind,
            person_id=self.courier(who).pk, **content,
        )  # fmt: skip

    def _proof(self, *, at: datetime, actor: Any, **said: Any) -> Any:
        return services.store_proof(
            uid=self.fresh_id(), captured_at=at, received_at=at, actor=actor, **said
        )

    # -- consent and places ------------------------------------------------------------------------
    @rule(pick=picks, kind=PLACES | st.just(DeliveryWay.PROXY), given=st.booleans(), back=SHIFTS)
    def consent(self, pick: int, kind: str, given: bool, back: int) -> None:
        said = self.now + min(back, 0) * MINUTE
        self.deed(
            self.consented, parcel=self.choose(pick, AT_DOOR), kind=kind, given=given, said=said
        )

    def consented(self, *, at: datetime, said: datetime, **fields: Any) -> Any:
        site = fields["parcel"].destination_id
        return services.record_consent(
            way="call", at=said, recorded_at=at, site_id=site, **fields
        )  # fmt: skip

    @rule(pick=picks, kind=PLACES)
    def ask(self, pick: int, kind: str) -> None:
        self.deed(services.ask_consent, parcel=self.choose(pick, AT_DOOR), kind=kind, way="sms")

    @precondition(lambda self: ConsentRequest.objects.filter(answered_at=None).exists())
    @rule(given=st.booleans())
    def answer(self, given: bool) -> None:
        row = ConsentRequest.objects.filter(answered_at=None).order_by("-pk")[0]
        self.deed(services.answer_request, row, given=given, way="sms")

    @at_door
    @rule(pick=picks, who=couriers, way=PLACES, code=st.sampled_from(["RDY", "RDY", "DLV"]))
    def put_down(self, pick: int, who: int, way: str, code: str) -> None:
        parcel = self.choose(pick, AT_DOOR)
        self.tell(parcel, code, pick=who, detail={"way": str(way), "place": "北门 A03"})

    @precondition(lambda self: self.having({State.AT_POINT}))
    @rule(
        pick=picks, how=st.sampled_from(["code", "code", "wrong", "document"]), paid=st.booleans()
    )
    def collect(self, pick: int, how: str, paid: bool) -> None:
        parcel = self.choose(pick, {State.AT_POINT})
        row = parcel.placements.filter(collected_at=None).order_by("-placed_at").first()
        known = row.pickup_code if row is not None else ""
        code = {"code": known, "wrong": "0", "document": ""}[how]
        done = self.deed(
            services.collect, parcel=parcel, code=code, id_shown=how == "document",
            site_id=self.stage.station.pk, person_id=self.courier(pick).pk, paid=paid,
        )  # fmt: skip
        if done:
            parcel.refresh_from_db()
            assert (parcel.state, done.collected_at) == (State.DELIVERED, self.now)
            assert how == "document" or parcel.proofs.filter(kind="code").exists()

    @rule()
    def tell_where_it_is(self) -> None:
        row = Placement.objects.filter(told_at=None).order_by("pk").first()
        if row is not None:
            self.deed(services.tell_placed, row, channel="call")

    # -- money -------------------------------------------------------------------------------------
    def _owing(self, pick: int) -> Parcel:
        owing = sorted(self.owing)
        return (
            Parcel.objects.get(pk=owing[pick % len(owing)]) if pick < STRAY else self.choose(pick)
        )

    @owing
    @rule(pick=picks, who=couriers, checked=CHECKED, short=st.sampled_from([0, 0, 100]))
    def take_money(self, pick: int, who: int, checked: bool, short: int) -> None:
        parcel = self._owing(pick)
        self.deed(
            services.collect_cod, parcel=parcel, goods_checked=checked,
            amount_fen=parcel.cod_fen - short, courier=self.courier(who),
        )  # fmt: skip

    @owing
    @rule(pick=picks, who=couriers)
    def payment_refused(self, pick: int, who: int) -> None:
        self.deed(
            services.refuse_payment, parcel=self._owing(pick), reason="refuses-cod",
            statement="说货不对板", courier=self.courier(who),
        )  # fmt: skip

    @precondition(lambda self: CodEntry.objects.exists())
    @rule(who=couriers, short=st.sampled_from([0, 0, 500]))
    def hand_in(self, who: int, short: int) -> None:
        person, day = self.courier(who), calendars.business_day(self.now)
        fen = max(services.ledger_fen(person.pk, day) - short, 0)
        done = self.deed(
            services.hand_in, courier=person, site=self.stage.station, day=day, handed_fen=fen,
            reason="找零差错" if short else "",
        )  # fmt: skip
        if done:
            assert services.ledger_fen(person.pk, day) == done.ledger_fen - fen
