"""Where a run begins: somewhere on the way that most parcels go, with all gates passed."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from courierqa.core import calendars
from shipments import services
from shipments.enums import DeliveryWay, RoundStatus, State
from shipments.models import CheckItem, Parcel
from shipments.network_enums import CheckResult, TripStatus
from tests.properties.parcel_life.hubs import open_trip
from tests.properties.parcel_life.noise import Noise
from tests.properties.parcel_life.round_rules import REASONS, has_round
from tests.properties.parcel_life.world import picks

# Scene → the steps before it.
WAY = {
    "ordered": (), "accepted": ("accept",), "bagged": ("accept", "bag"),
    "on the road": ("accept", "trip"), "at the hub": ("accept", "hub"),
    "at the station": ("accept", "hub", "station"),
    "on the round": ("accept", "station", "round"), "out": ("accept", "station", "out"),
    "in the locker": ("accept", "station", "out", "place"),
    "delivered": ("accept", "station", "out", "hand_over"),
    "turned round": ("accept", "station", "turn"), "lost": ("accept", "hub", "lose"),
    "stopped": ("accept", "station", "halt"),
}  # fmt: skip
# State → the step that mostly follows it.
NEXT = {
    State.ORDERED: "accept", State.PICKUP_DUE: "accept", State.ACCEPTED: "hub",
    State.AT_SITE: "station", State.IN_TRANSIT: "come_in", State.AT_STATION: "out",
    State.UNDELIVERED: "out", State.OUT: "place", State.AT_POINT: "fetch",
    State.RETURNING: "take_in", State.LOST: "find", State.DELIVERED: "turn",
}  # fmt: skip


class Scenes(Noise):
    """Every run has one parcel that came so far by what pages and phones do."""

    @initialize(scene=st.sampled_from(sorted(WAY)), cod=st.booleans(), agreement=st.booleans())
    def begin(self, scene: str, cod: bool, agreement: bool) -> None:
        pk = self.order(cod=cod, agreement=agreement).pk
        for step in WAY[scene]:
            getattr(self, f"_{step}")(Parcel.objects.get(pk=pk))
        self.states[pk] = Parcel.objects.get(pk=pk).state

    @rule(pick=picks)
    def goes_on(self, pick: int) -> None:
        """What mostly comes next, unless something forbids it: a stop, money, an open return."""
        parcel = self.choose(pick, NEXT)
        step = NEXT.get(State(parcel.state))
        if step and parcel.pk not in self.stopped:
            getattr(self, f"_{step}")(parcel)

    @rule(pick=picks)
    def goes_on_further(self, pick: int) -> None:
        self.goes_on(pick)

    @has_round
    @rule(reason=REASONS)
    def the_day_ends(self, reason: str) -> None:
        """The courier comes back, looks the vehicle over, and says what became of everything."""
        row = self.round()
        if row.status == RoundStatus.RUNNING:
            self.look_over(phase="after", good=True)
            self.end_the_round(reason=reason)

    def _sure(self, do: Any, *rows: Any, **said: Any) -> Any:
        done = self.deed(do, *rows, **said)
        assert done is not None, f"{do.__name__} was refused"
        return done

    def _accept(self, parcel: Parcel) -> None:
        assert self.accept(parcel, "id_card", inspected=True)

    def _hub(self, parcel: Parcel) -> None:
        assert self.station(parcel, "ARR", 1)

    def _station(self, parcel: Parcel) -> None:
        assert self.station(parcel, "AST", 2)

    def _out(self, parcel: Parcel) -> None:
        assert self.station(parcel, "OFD", 2)

    def _bag(self, parcel: Parcel) -> None:
        bag = self._sure(
            services.create_bag, origin=self.stage.origin, destination=self.stage.station
        )
        self._sure(services.put_into_bag, bag=bag, waybills=[parcel.waybill], person=None)
        self._sure(services.seal_bag, bag=bag, seal="S-1", person=None)

    def _trip(self, parcel: Parcel) -> None:
        trip = self.plan("road")
        self._sure(
            services.load_trip, trip=trip, numbers=[parcel.waybill], check=CheckResult.GOOD.value,
            person=None,
        )  # fmt: skip
        self._sure(services.depart_trip, trip=trip, person=None)

    def _round(self, parcel: Parcel) -> None:
        row = self._sure(
            services.give_out, courier=self.courier(0), site=self.stage.station,
            day=calendars.business_day(self.now), parcels=[parcel],
        )  # fmt: skip
        codes = CheckItem.objects.filter(phase="before").values_list("code", flat=True)
        self._sure(services.accept_round, row)
        self._sure(services.save_check, row, phase="before", answers=dict.fromkeys(codes, True))
        self._sure(services.start_round, row)
        assert self.station(parcel, "OFD", 0, person=self.courier(0))

    def _place(self, parcel: Parcel) -> None:
        way = DeliveryWay.LOCKER.value
        self._sure(self.consented, parcel=parcel, kind=way, given=True, said=self.now)
        self.tell(parcel, "RDY", detail={"way": way, "place": "北门 A03"})
        row = parcel.placements.order_by("-placed_at")[0]
        assert row.pickup_code

    def _fetch(self, parcel: Parcel) -> None:
        self.collect(pick=self._place_of(parcel), how="code", paid=True)

    def _place_of(self, parcel: Parcel) -> int:
        """Return the pick that means this parcel among those in its state."""
        same = [pk for pk, state in self.states.items() if state == parcel.state]
        return same.index(parcel.pk)

    def _come_in(self, parcel: Parcel) -> None:
        trip = open_trip(TripStatus.DEPARTED, TripStatus.ARRIVED)
        if trip is None:
            self._station(parcel)
            return
        self._sure(
            services.unload_trip, trip=trip, site=self.stage.station, person=None,
            numbers=[parcel.waybill],
        )  # fmt: skip
        self.the_trip_comes_in(pick=0, verb="finish")

    def _take_in(self, parcel: Parcel) -> None:
        wish = parcel.returns.filter(inspected_at=None).first()
        if wish is not None:
            self._sure(services.inspect_return, wish, result="good", note="")

    def _find(self, parcel: Parcel) -> None:
        self._sure(services.declare_found, parcel=parcel, site_id=self.stage.hub.pk)

    def _hand_over(self, parcel: Parcel) -> None:
        self.tell(parcel, "DLV", detail={"way": "recipient", "cod_paid": parcel.cod_fen > 0})

    def _turn(self, parcel: Parcel) -> None:
        wish = self.deed(
            services.request_return, parcel=parcel, kind="exchange", asked_by="recipient",
            cause="不想要了",
        )  # fmt: skip
        if wish is not None:
            self.states[wish.back_id] = Parcel.objects.get(pk=wish.back_id).state

    def _lose(self, parcel: Parcel) -> None:
        self._sure(services.declare_loss, parcel=parcel, why="查找无果")

    def _halt(self, parcel: Parcel) -> None:
        self._sure(services.stop_parcel, parcel=parcel, why="安检存疑")
