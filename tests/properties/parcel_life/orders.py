"""Rules up to the acceptance: orders, pickups, the counter, refusals, cancelling."""

from __future__ import annotations

from typing import Any
from uuid import uuid5

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from shipments import services
from shipments.enums import State
from shipments.models import Acceptance, Customer, Order, Parcel, Reason, Refusal
from shipments.services import AcceptanceInput
from shipments.services.stationing import Deed
from staff.models import Employee
from tests.factories import shipments as make
from tests.properties.parcel_life.stage import differing, rows_of
from tests.properties.parcel_life.world import MOST, NAMES, WAITING, World, couriers, picks

COD_FEN = 12_800
waiting = precondition(lambda self: self.having(WAITING))
identities = st.sampled_from(["id_card", "id_card", "id_card", ""])


class Orders(World):
    """From the order to the acceptance, or to the end before it."""

    def order(self, *, cod: bool, agreement: bool = False, courier: bool = False) -> Parcel:
        self.tick()
        customer = self._customer() if agreement else None
        parcel = make.order(
            origin=self.stage.origin, destination=self.stage.station, at=self.now,
            key=f"order-{self.fresh_id()}", cod_fen=COD_FEN if cod else 0, customer=customer,
            courier=self.stage.collector if courier else None, actor=self.stage.clerk,
        )  # fmt: skip
        self.states[parcel.pk] = parcel.state
        return parcel

    def _customer(self) -> Customer:
        day = make.MONDAY.date()
        return Customer.objects.get_or_create(
            code="C-1", defaults={"name": "大客户", "agreement_from": day.replace(year=2025)}
        )[0]

    @precondition(lambda self: len(self.states) < MOST)
    @rule(cod=st.sampled_from([True, True, False]), courier=st.booleans())
    def another_order(self, cod: bool, courier: bool) -> None:
        parcel = self.order(cod=cod, courier=courier)
        assert parcel.state == (State.PICKUP_DUE if courier else State.ORDERED)

    @rule(pick=picks)
    def the_same_order_again(self, pick: int) -> None:
        parcel = self.choose(pick)
        before = rows_of(self.stage.tables)
        again = make.order(key=parcel.order.key, at=self.now)
        assert again.pk == parcel.pk
        assert not differing(before, rows_of(self.stage.tables))

    @waiting
    @rule(pick=picks, who=couriers)
    def assign(self, pick: int, who: int) -> None:
        parcel = self.choose(pick, WAITING)
        done = self.deed(
            services.assign_pickup, parcel=parcel, courier=self.courier(who),
        )  # fmt: skip
        if done:
            parcel.refresh_from_db()
            assert (parcel.state, parcel.holder) == (State.PICKUP_DUE, self.courier(who))
            assert Order.objects.get(pk=parcel.order_id).courier_id == parcel.holder_id

    # -- the counter -------------------------------------------------------------------------------
    def accept(self, parcel: Parcel, identity: str, *, inspected: bool) -> Any:
        said = AcceptanceInput(
            identity_kind=identity, identity_number="33010619900101123X", item_kind="clothes",
            item_name="毛衣", pieces=2, weight_g=1250, size_cm=(31, 20, 10), inspected=inspected,
            instrument=self.stage.scale, appearance="good", opened_intact=None,
            packing="eco-carton", packing_checked=True, overpacked=False,
        )  # fmt: skip
        return self.deed(
            services.accept_parcel, parcel=parcel, said=said, site=self.stage.origin,
            person=self.stage.collector,
        )  # fmt: skip

    @waiting
    @rule(pick=picks, identity=identities, inspected=st.sampled_from([True, True, False]))
    def accept_at_the_counter(self, pick: int, identity: str, inspected: bool) -> None:
        done = self.accept(self.choose(pick, WAITING), identity, inspected=inspected)
        if done:
            assert done.state == State.ACCEPTED
            assert done.promised_by is not None
            assert Acceptance.objects.get(pk=done.pk).inspected_at is not None

    @waiting
    @rule(pick=picks, reason=st.sampled_from(["forbidden", "no-document"]))
    def refuse_at_the_counter(self, pick: int, reason: str) -> None:
        parcel = self.choose(pick, WAITING)
        done = self.deed(
            services.refuse_parcel, parcel=parcel, reason=Reason.objects.get(code=reason),
            explained="不符合收寄标准", site=self.stage.origin, person=self.stage.collector,
        )  # fmt: skip
        if done:
            parcel.refresh_from_db()
            assert parcel.state == State.REJECTED
            assert Refusal.objects.filter(parcel=parcel, event_uid=done.event_uid).exists()

    @waiting
    @rule(pick=picks, checks=st.sets(st.sampled_from(["RNV", "INS"])))
    def pick_up(self, pick: int, checks: set[str]) -> None:
        """A courier's phone: what was skipped is kept and noted, never refused."""
        parcel, person = self.choose(pick, WAITING), self.stage.collector
        for code in ("RNV", "INS", "PUP"):
            if code in checks or code == "PUP":
                self.tell(parcel, code, person=person, detail={"result": "pass"})

    @precondition(lambda self: self.having({State.PICKUP_DUE}))
    @rule(pick=picks)
    def pickup_fails(self, pick: int) -> None:
        parcel = self.choose(pick, {State.PICKUP_DUE})
        self.tell(parcel, "PFL", person=self.stage.collector, reason="not-ready")

    @waiting
    @rule(pick=picks)
    def cancel(self, pick: int) -> None:
        parcel = self.choose(pick, WAITING)
        if self.office_scan(parcel, "CNL", site=self.stage.origin):
            was = parcel.state
            parcel.refresh_from_db()
            before = WAITING | {State.NONE, State.CANCELLED}
            assert (parcel.state == State.CANCELLED) == (was in before)

    # -- shared with the hub -----------------------------------------------------------------------
    def station(
        self,
        parcel: Parcel,
        code: str,
        place: int,
        *,
        person: Employee | None = None,
        **detail: Any,
    ) -> bool:
        """Record one deed on the page of a hub or station; a refused number changes nothing."""
        person = person or (self.courier(place) if code == "OFD" else None)
        deed = Deed(
            code=code, site=self.site(place), key=uuid5(NAMES, f"deed{self.fresh_id()}"),
            person=person, detail=detail,
        )  # fmt: skip
        before = rows_of(self.stage.tables)
        told = self.deed(services.record_deed, deed=deed, numbers=[parcel.waybill])[0]
        if not (told.good or told.is_wrong_way):
            assert not differing(before, rows_of(self.stage.tables)), told
        return bool(told.good)
