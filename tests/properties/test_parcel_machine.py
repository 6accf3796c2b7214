"""No sequence of calls reaches an illegal state; any order of the same events is the same state.

Pages, devices and the watch are played by rules (`parcel_life`) against the real services and
the real database. `PARCEL_RUNS=500 PARCEL_STEPS=80` looks deeper, elsewhere every time, and
makes a failing story short, which takes minutes.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.properties.parcel_life.machine import ParcelMachine
from tests.properties.parcel_life.stage import set_stage

pytestmark = [pytest.mark.django_db, pytest.mark.once]
RUNS, STEPS = 24, 40


@pytest.mark.req("LIF-11", "LIF-12", "LIF-24", "ACC-14", "DEL-12")
def test_no_sequence_of_calls_reaches_an_illegal_state():
    ParcelMachine.stage = set_stage()
    runs, steps = os.environ.get("PARCEL_RUNS"), os.environ.get("PARCEL_STEPS")
    run_state_machine_as_test(
        ParcelMachine,
        settings=settings(
            max_examples=int(runs or RUNS), stateful_step_count=int(steps or STEPS),
            phases=[Phase.explicit, Phase.generate, *([Phase.shrink] if runs else [])],
            derandomize=runs is None, deadline=None, suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
