"""Rules of a courier's day: given out, accepted, checked, started, ended."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from courierqa.core import calendars
from shipments import services
from shipments.enums import CheckPhase, RoundStatus
from shipments.models import CheckItem, Round
from shipments.services import rounds
from tests.properties.parcel_life.doors import Doors
from tests.properties.parcel_life.world import IN_HAND, couriers, picks

REASONS = st.sampled_from(["no-time", "vehicle-broke", ""])
has_round = precondition(lambda self: Round.objects.exclude(status=RoundStatus.ENDED).exists())


class Days(Doors):
    """A round says who was to do what; scans stay the truth."""

    def round(self) -> Any:
        return Round.objects.exclude(status=RoundStatus.ENDED).order_by("pk")[0]

    @precondition(lambda self: self.having(IN_HAND))
    @rule(pick=picks, who=couriers)
    def give_out(self, pick: int, who: int) -> None:
        self.deed(
            services.give_out, courier=self.courier(who), site=self.stage.station,
            day=calendars.business_day(self.now), parcels=[self.choose(pick, IN_HAND)],
        )  # fmt: skip

    @has_round
    @rule(phase=st.sampled_from(CheckPhase.values[:2]), good=st.sampled_from([True, True, False]))
    def look_over(self, phase: str, good: bool) -> None:
        codes = CheckItem.objects.filter(phase=phase).values_list("code", flat=True)
        self.deed(
            services.save_check, self.round(), phase=phase, answers=dict.fromkeys(codes, good),
            note="" if good else "已处理",
        )  # fmt: skip

    @has_round
    @rule(verb=st.sampled_from(["accept_round", "start_round"]))
    def go_on(self, verb: str) -> None:
        self.deed(getattr(services, verb), self.round())

    @has_round
    @rule(pick=picks)
    def take_back(self, pick: int) -> None:
        self.deed(services.take_back, self.round(), parcel=self.choose(pick))

    @has_round
    @rule(reason=REASONS)
    def end_the_round(self, reason: str) -> None:
        row = self.round()
        left = rounds.open_loads(row)
        done = self.deed(services.end_round, row, reasons=dict.fromkeys(left, reason))
        if done is not None:
            assert done == left
            assert rounds.open_loads(row) == []
