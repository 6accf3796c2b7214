"""Kill -9 amid scans, a recount and a report: nothing is lost, nothing counted twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.faults.processes import MANAGE, Chaos, Phone, Stack, answers, scans_for
from tests.servers import Postgres, wait_until

pytestmark = pytest.mark.servers
# So many that sending them lasts longer than the kills do.
MOST_PARCELS = 140


def phones_for(stack: Stack, url: str, *, pace: float, names: str = "AB") -> list[Phone]:
    """Two phones that share the parcels on the way and also scan each other's."""
    # Past the time the story ends, so that no scan contradicts what the demo already told.
    now = datetime.now(UTC) - timedelta(minutes=1)
    parcels = stack.ask("parcels")[:MOST_PARCELS]
    assert len(parcels) > 20
    half = len(parcels) // 2
    shares = {names[0]: parcels[: half + 10], names[1]: parcels[half - 10 :]}
    return [
        Phone(url, stack.key, name, scans_for(share, device=name, now=now), seed, pace)
        for seed, (name, share) in enumerate(shares.items())
    ]


def check_ledger(stack: Stack, phones: list[Phone]) -> None:
    """Every scan was answered and is stored once; the answers add up."""
    stored = stack.ask("events")
    assert stored["doubles"] == 0
    sent = {event["id"] for phone in phones for event in phone.events}
    assert sent <= set(stored["ids"])
    for phone in phones:
        assert phone.odd == []
        assert {answer for said in phone.said.values() for answer in said} <= {
            "created",
            "duplicate",
        }
        assert set(phone.said) == {event["id"] for event in phone.events}
        # An answer lost on the way makes the first one heard a "duplicate"; never two "created".
        assert all(said.count("created") <= 1 for said in phone.said.values())


def check_figures(stack: Stack) -> None:
    """What was counted under fire equals what is counted in peace, from nothing."""
    for name in list(stack.running):
        stack.kill(name)
    stack.ask("lapse_leases")
    for attempt in range(2):
        stack.manage("refresh_figures")
        counted = stack.ask("figures")
        anew: dict[str, Any] = stack.ask("figures_from_nothing")
        assert anew.pop("same_states")
        if counted == anew:
            break
        # A deadline may have passed between the two; it does not do so twice.
        assert attempt == 0, "figures differ from a recomputation"
    assert counted["Cell"][0] > 100


def check_effects(stack: Stack) -> None:
    """Everything that had to happen has had its turn.

    An effect whose worker died in the middle of it waits for its lease to run out, minutes long.
    Nobody waits here: the last workers are killed as well, and what the dead held is free.
    """
    stack.kill("worker")
    stack.ask("lapse_effects")
    stack.start("worker")
    try:
        wait_until(lambda: stack.ask("effects")["open"] == 0, seconds=240, what="the outbox")
    except TimeoutError as late:
        logs = [f"{name}:\n{stack.log(name)}" for name in stack.running]
        raise AssertionError("\n".join([str(late), *logs])) from late


def start_jobs(stack: Stack, month: str) -> None:
    """A recount of everything and a report, to be killed in the middle and started again."""
    out = stack.folder / "report.pdf"
    stack.start("recount", *MANAGE, "refresh_figures", "--all")
    report = ["monthly_report", "--period", month, "--new", "--out", str(out)]
    stack.start("report", *MANAGE, *report)


def check_report(stack: Stack, month: str) -> None:
    """The report of the month can be made, twice the same, and proves itself."""
    first, second = stack.folder / "one.pdf", stack.folder / "two.pdf"
    stack.manage("monthly_report", "--period", month, "--new", "--out", str(first))
    stack.manage("monthly_report", "--period", month, "--out", str(second))
    assert first.read_bytes() == second.read_bytes()
    stack.manage("verify_report", str(first))


def test_the_story_just_told_is_counted_alike_twice(installed: Stack):
    """What the demo stores behind its figures is found again from raw scans, today included."""
    today = timezone.localdate()
    for day in {today.replace(day=1), (today - timedelta(days=14)).replace(day=1)}:
        installed.manage("verify_figures", "--period", f"{day:%Y-%m}")


def test_redis_may_forget_everything(production: Stack):
    stack = production
    url = stack.start_web()
    wait_until(lambda: answers(url), seconds=30, what=f"web {stack.log('web')}")
    phones = phones_for(stack, url, pace=0.05, names="YZ")
    for phone in phones:
        phone.begin()
    for _round in range(2):
        stack.redis.kill()
        stack.redis.start()
    for phone in phones:
        phone.finish(300)
    check_ledger(stack, phones)
    check_effects(stack)
    check_figures(stack)


def test_production_survives_kills(production: Stack, postgres: Postgres, month: str):
    stack = production
    url = stack.start_web()
    wait_until(lambda: answers(url), seconds=30, what=f"web {stack.log('web')}")
    phones = phones_for(stack, url, pace=0.5)
    start_jobs(stack, month)
    for phone in phones:
        phone.begin()
    chaos = Chaos(stack, seed=7, database=postgres)
    parts = ["web", "worker", "database", "recount", "report"]
    chaos.run(parts, rounds=2, pause=2.5)
    for phone in phones:
        phone.finish(300)
    assert sum(phone.failures for phone in phones) > 0, "nothing was ever cut off"
    assert stack.kills == len(chaos.done)

    check_ledger(stack, phones)
    check_effects(stack)
    check_figures(stack)
    check_report(stack, month)
    stack.manage("audit_verify")


def test_embedded_survives_kills(embedded: Stack, month: str):
    stack = embedded
    url = stack.start_web()
    wait_until(lambda: answers(url), seconds=30, what=f"web {stack.log('web')}")
    phones = phones_for(stack, url, pace=0.3)
    start_jobs(stack, month)
    for phone in phones:
        phone.begin()
    Chaos(stack, seed=11, database=None).run(
        ["web", "worker", "recount", "report"], rounds=2, pause=2
    )
    for phone in phones:
        phone.finish(300)

    check_ledger(stack, phones)
    check_effects(stack)
    check_figures(stack)
    check_report(stack, month)
    stack.manage("audit_verify")
