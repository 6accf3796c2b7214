"""No sequence of calls reaches an illegal state; any order of the same events is the same state.

Pages, devices and the watch are played by rules (`parcel_life`) against the real services and
the real database. `make soak` looks deeper, elsewhere every time, and makes a failing story
short, which takes minutes.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.properties.parcel_life.machine import ParcelMachine
from tests.properties.parcel_life.stage import set_stage

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def play(**chosen: Any) -> None:
    ParcelMachine.stage = set_stage()
    run_state_machine_as_test(
        ParcelMachine,
        settings=settings(deadline=None, suppress_health_check=list(HealthCheck), **chosen),
    )


@pytest.mark.req("LIF-11", "LIF-12", "LIF-24", "ACC-14", "DEL-12")
def test_no_sequence_of_calls_reaches_an_illegal_state():
    play(
        max_examples=24, stateful_step_count=40, derandomize=True,
        phases=[Phase.explicit, Phase.generate],
    )  # fmt: skip


@pytest.mark.soak
def test_no_long_sequence_of_calls_reaches_an_illegal_state():
    play(max_examples=200, stateful_step_count=80)
