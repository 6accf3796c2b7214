"""Rules between the acceptance and the round: station scans, bags, trips, sorting anew."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from shipments import services
from shipments.enums import Condition
from shipments.models import Bag, BagItem, Parcel, Trip, TripLoad
from shipments.network_enums import BagStatus, CheckResult, TripStatus
from shipments.services.trips import TripPlan
from tests.properties.parcel_life.orders import Orders
from tests.properties.parcel_life.world import HOUR, IN_HAND, picks

places = st.integers(0, 2)
checks = st.sampled_from([CheckResult.GOOD, CheckResult.GOOD, CheckResult.HELD_BACK])
in_hand = precondition(lambda self: self.having(IN_HAND))


def open_trip(*statuses: str) -> Trip | None:
    return Trip.objects.filter(status__in=statuses).order_by("-pk").first()


class Hubs(Orders):
    """Deeds in buildings and on the road."""

    @in_hand
    @rule(pick=picks, place=places, code=st.sampled_from(["ARR", "AST", "OFD", "OFD"]))
    def arrives(self, pick: int, place: int, code: str) -> None:
        self.station(self.choose(pick, IN_HAND), code, place)

    @in_hand
    @rule(pick=picks, place=places, mode=st.sampled_from(["road", "air"]), check=checks)
    def leaves(self, pick: int, place: int, mode: str, check: str) -> None:
        self.station(self.choose(pick, IN_HAND), "DEP", place, mode=mode, check=str(check))

    @in_hand
    @rule(pick=picks, place=places, result=st.sampled_from(["pass", "pass", "fail", "recheck"]))
    def screened(self, pick: int, place: int, result: str) -> None:
        """The last word of the machine decides, however soon it follows the one before."""
        parcel = self.choose(pick, IN_HAND)
        if self.station(parcel, "XRY", place, result=result, machine="X-7"):
            parcel.refresh_from_db()
            if result == "fail":
                assert Condition.SECURITY_STOP in parcel.conditions
            stopped = Condition.SECURITY_STOP in parcel.conditions
            shut = services.check_gates(parcel, "DEP", {"mode": "air"}, at=self.now)
            assert bool(shut) == (result != "pass" or stopped), shut

    @in_hand
    @rule(pick=picks, place=places, to=places)
    def sorted_to(self, pick: int, place: int, to: int) -> None:
        self.station(self.choose(pick, IN_HAND), "SRT", place, next=self.site(to).code, by="hand")

    @in_hand
    @rule(pick=picks, place=places)
    def sorted_anew(self, pick: int, place: int) -> None:
        self.deed(
            services.redispatch, parcel=self.choose(pick, IN_HAND), site=self.site(place),
            person_id=None, key=self.fresh_id(),
        )  # fmt: skip

    # -- bags --------------------------------------------------------------------------------------
    def bag(self, status: str) -> Bag | None:
        return Bag.objects.filter(status=status).order_by("-pk").first()

    @in_hand
    @rule(pick=picks)
    def into_a_bag(self, pick: int) -> None:
        bag = self.bag(BagStatus.FILLING) or self.deed(
            services.create_bag, origin=self.stage.origin, destination=self.stage.station
        )
        parcel = self.choose(pick, IN_HAND)
        told = self.deed(
            services.put_into_bag, bag=bag, waybills=[parcel.waybill], person=None
        )  # fmt: skip
        inside = BagItem.objects.filter(parcel=parcel, taken_at=None)
        assert inside.exclude(bag__status=BagStatus.OPENED).count() <= 1
        assert told == {} or parcel.waybill in told

    @rule()
    def seal_the_bag(self) -> None:
        bag = self.bag(BagStatus.FILLING)
        if bag is not None:
            self.deed(services.seal_bag, bag=bag, seal=f"S-{bag.pk}", person=None)

    @precondition(lambda self: Bag.objects.filter(status=BagStatus.SEALED).exists())
    @rule(pick=picks, there=st.sampled_from(["all", "all", "none", "other"]), whole=st.booleans())
    def open_the_bag(self, pick: int, there: str, whole: bool) -> None:
        bag = self.bag(BagStatus.SEALED)
        assert bag is not None
        items = bag.items.values_list("parcel__waybill", flat=True)
        found = {"all": list(items), "none": [], "other": [self.choose(pick).waybill]}[there]
        seen = bag.seal if whole else "NONE"
        done = self.deed(
            services.open_bag, bag=bag, site=self.stage.station, seal_found=seen, waybills=found,
            person=None,
        )  # fmt: skip
        assert done.seal_differs != whole
        assert len(done.missing) == len(set(items) - set(found))

    # -- trips -------------------------------------------------------------------------------------
    @in_hand
    @rule(pick=picks, check=checks, mode=st.sampled_from(["road", "road", "air"]))
    def onto_a_trip(self, pick: int, check: str, mode: str) -> None:
        trip = open_trip(TripStatus.PLANNED) or self.plan(mode)
        parcel = self.choose(pick, IN_HAND)
        bag = BagItem.objects.filter(parcel=parcel, taken_at=None, bag__status=BagStatus.SEALED)
        first = bag.select_related("bag").first()
        number = first.bag.number if first else parcel.waybill
        self.deed(services.load_trip, trip=trip, numbers=[number], check=str(check), person=None)
        on = TripLoad.objects.filter(parcel=parcel, trip__status=TripStatus.PLANNED)
        assert on.count() <= 1

    def plan(self, mode: str) -> Any:
        start = self.now + HOUR
        plan = TripPlan(
            origin=self.stage.origin, destination=self.stage.station, planned_departure=start,
            planned_arrival=start + 3 * HOUR, vehicle="浙A·12345", mode=mode,
        )  # fmt: skip
        return self.deed(services.plan_trip, plan)

    @precondition(lambda self: open_trip(TripStatus.PLANNED) is not None)
    @rule(cancelled=st.sampled_from([False, False, True]))
    def the_trip_leaves(self, cancelled: bool) -> None:
        trip = open_trip(TripStatus.PLANNED)
        if cancelled:
            self.deed(services.cancel_trip, trip=trip, reason="车辆故障")
        else:
            self.deed(services.depart_trip, trip=trip, person=None)

    @precondition(lambda self: open_trip(TripStatus.DEPARTED, TripStatus.ARRIVED) is not None)
    @rule(pick=picks, verb=st.sampled_from(["arrive", "unload", "unload", "finish"]))
    def the_trip_comes_in(self, pick: int, verb: str) -> None:
        trip = open_trip(TripStatus.DEPARTED, TripStatus.ARRIVED)
        assert trip is not None
        on_board = Parcel.objects.filter(loads__trip=trip, loads__unloaded_at=None)
        if verb == "arrive":
            self.deed(services.arrive_trip, trip=trip)
        elif verb == "finish":
            missing = self.deed(services.finish_unloading, trip=trip)
            assert missing in (None, True) or set(missing) == set(on_board)
        else:
            numbers = list(on_board.values_list("waybill", flat=True))[: pick % 3]
            self.deed(
                services.unload_trip, trip=trip, site=self.stage.station, person=None,
                numbers=[*numbers, self.choose(pick).waybill],
            )  # fmt: skip
