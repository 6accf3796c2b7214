"""Improvement loops and suggestions with known answers, worked through their services."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from quality import services
from staff import services as staff
from tests.kpi.hidden_truth.answers import Answer
from tests.kpi.hidden_truth.deeds import HOUR, TINY
from tests.kpi.hidden_truth.lives import CHINA, DAY, NOW, end_of
from tests.quality.conftest import Loop, worker

Told = tuple[str, str, list[Answer]]
# Plans of this March; and of last summer, whose half year ends in this March.
MARCH = datetime(2026, 3, 2, 10, tzinfo=CHINA)
SUMMER = datetime(2025, 8, 4, 10, tzinfo=CHINA)
# Measures are due after ten days, their effect is looked at after sixteen.
MEASURE, LOOK = 10 * DAY, 16 * DAY
ENDS = ("worked", "failed", "unseen", "moved", "late", "never", "void", "unapproved")


def loops(sites: dict[str, Any]) -> Iterator[Told]:
    """Bring a problem to each end, at two places; then let some of last summer come back."""
    for place in ("HZ-01", "NB-01"):
        people = people_of(sites[place], sites["hub"])
        for end in ENDS:
            yield place, "", _looped(people, end)
        yield place, "", _returned(people, again=place == "HZ-01")


def people_of(site: Any, office: Any) -> Loop:
    """Return who works on a place's problems: its leader, a courier, and three of the office."""
    leader, courier = worker("supervisor", site), worker("courier", site)
    return Loop(
        site, leader, courier, worker("quality", office).user, worker("manager", office).user,
        worker("lead", office),
    )  # fmt: skip


def _looped(people: Loop, end: str) -> list[Answer]:
    at = MARCH
    row = people.raised(at=at, even_so=True)
    row = people.planned(row, at=at, due_on=(at + LOOK).date())
    if end == "unapproved":
        return []
    row = people.approved(row, at=at)
    due, look = end_of(at + MEASURE), end_of(at + LOOK)
    if end == "void":
        services.void(row, reason="重复登记", by=people.quality, at=at + DAY)
        return []
    if end == "moved":
        services.extend_action(
            row.actions.get(), due_on=(at + 12 * DAY).date(), reason="备件未到",
            by=people.leader.user, at=at,
        )  # fmt: skip
    done = {"moved": due + HOUR, "late": due + TINY + HOUR, "never": None}.get(end, due)
    if done is not None:
        row = people.done(row, at=done)
    if end in ("worked", "failed"):
        says = services.MET if end == "worked" else services.MISSED
        people.checked(row, says, at=at + LOOK)
    said = [
        Answer("I04", due, done is not None and done <= due),
        Answer("I05", look, end == "worked"),
    ]
    if end == "worked":
        said.append(Answer("I06", at + LOOK + 180 * DAY, False))
    return said


def _returned(people: Loop, *, again: bool) -> list[Answer]:
    """Closed last summer; found again on the last moment of its half year, or one after it."""
    at = SUMMER
    row = people.approved(
        people.planned(people.raised(at=at, even_so=True), at=at, due_on=_on(LOOK)), at=at
    )
    closed = at + LOOK + 10 * DAY
    row = people.checked(people.done(row, at=at + 5 * DAY), services.MET, at=closed)
    seen = closed + 180 * DAY + (timedelta(0) if again else TINY)
    # Raised a day after it was found.
    other = people.raised(at=seen + DAY, even_so=True)
    services.contain(other, text="已致电", by=people.leader.user, at=seen + DAY)
    people.analysed(other, at=seen + DAY)
    return [
        Answer("I04", end_of(at + MEASURE), True),
        Answer("I05", end_of(at + LOOK), True),
        Answer("I06", closed + 180 * DAY, again),
    ]


def _on(later: timedelta) -> Any:
    return (SUMMER + later).date()


def suggestions(sites: dict[str, Any]) -> Iterator[Told]:
    """Answered at the last moment, a moment later, never, and not due yet."""
    boss = worker("manager", sites["hub"]).user
    for place, how in (
        ("HZ-01", "limit"),
        ("NB-01", "late"),
        ("NB-01", "never"),
        ("SH-01", "young"),
    ):
        maker = worker("courier", sites[place])
        at = NOW - (10 if how == "young" else 40) * DAY
        made = staff.make_suggestion(maker, title="合并路线", text="两条路线可以合并", at=at)
        due = at + 30 * DAY
        decided = {"limit": due, "late": due + TINY}.get(how)
        if decided is not None:
            staff.review_suggestion(made, adopt=False, answer="已有安排", by=boss, at=decided)
        yield place, "", [Answer("H07", due, decided is not None and decided <= due)]
