"""People at work in the demo: teams, the plan, ride-alongs, rewards, suggestions."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from django.db import transaction

from courierqa.core import calendars
from courierqa.demo.people import Cast
from staff import services as staff
from staff.enums import ObservationItem
from staff.models import Course, Employee, Statement, Unit

# Who of the printed office leads which unit.
HEADS = {"vp": "manager", "hr": "hr", "operations-safety": "quality", "customer-service": "lead"}
PLAN = (("work-safety", -40, "held"), ("service-norms", -12, "held"), ("emergency", -3, ""),
        ("complaint-handling", 20, ""), ("packing", 45, ""))  # fmt: skip


@transaction.atomic
def tell(cast: Cast, rng: random.Random, *, now: datetime) -> str:
    """Tell what supervisors, trainers and the manager did of late; return a line about it."""
    hr, manager = cast.users["hr"], cast.users["manager"]
    for code, role in HEADS.items():
        unit = Unit.objects.get(code=code)
        head = cast.users[role].employee
        staff.save_unit(unit, changes={"head": head}, by=hr, at=now)
    checks = sum(_station(cast, code, rng, now=now) for code in cast.couriers)
    _plan(cast, now=now)
    chen = next(iter(cast.couriers.values()))[0]
    row = staff.propose_reward(chen, amount_fen=20000, basis="拾到客户手机并归还", by=hr, at=now)
    staff.decide_reward(row, approve=True, by=manager, at=now, note="")
    star = staff.nominate(chen, month=f"{now:%Y-%m}", words="雨天为老人把快件送上楼", by=hr, at=now)
    staff.award_star(star, by=manager, at=now)
    then = now - timedelta(days=4)
    head = next(iter(cast.supervisors.values())).user
    assert head is not None
    due = calendars.business_day(now) + timedelta(days=60)
    staff.set_goal(chen, kind="figure", text="准时投递率稳定在 97% 以上", part="T01", target=0.97,
                   due_on=due, by=head, at=now - timedelta(days=60))  # fmt: skip
    staff.set_goal(chen, kind="development", text="学会安抚生气的客户：先听完，再解释", due_on=due,
                   by=head, at=now)  # fmt: skip
    staff.make_suggestion(chen, title="分拣口加挡板", text="快件从分拣口掉落，加一块挡板就好。",
                          at=then)  # fmt: skip
    return f"{checks} ride-alongs and spot checks, {len(PLAN)} sessions planned"


def _station(cast: Cast, code: str, rng: random.Random, *, now: datetime) -> int:
    """One team a station, and a check or two by its supervisor."""
    head, couriers, day = cast.supervisors[code], cast.couriers[code], calendars.business_day(now)
    by = head.user
    assert by is not None
    team = staff.open_team(name="早班组", site=head.site, aim="准时投递率达到 97%", leader=head,
                           by=by, at=now)  # fmt: skip
    for person in couriers[:4]:
        staff.join_team(team, person, on=day - timedelta(days=60), by=by, at=now)
        for text in Statement.objects.filter(is_current=True):
            staff.sign_statement(text, person, at=now)
    for person in couriers[:2]:
        _check(person, by, rng, now=now - timedelta(days=rng.randrange(1, 12)))
    return len(couriers[:2])


def _check(person: Employee, by, rng: random.Random, *, now: datetime) -> None:  # type: ignore[no-untyped-def]
    answers = {code: "ok" if rng.random() < 0.93 else "fail" for code in ObservationItem.values}
    is_clean = "fail" not in answers.values()
    day = calendars.business_day(now)
    seen = staff.record_observation(
        person, kind=rng.choice(["ride_along", "spot_check"]), on=day, answers=answers, by=by,
        note="" if is_clean else "见勾选项，已当场提醒", at=now,
    )  # fmt: skip
    if not is_clean:
        staff.coach(person, text="出门前对照清单互查一遍", next_on=day + timedelta(days=14), by=by,
                    observation=seen, at=now)  # fmt: skip


def _plan(cast: Cast, *, now: datetime) -> None:
    hr, today = cast.users["hr"], calendars.business_day(now)
    station = next(iter(cast.couriers))
    people = cast.couriers[station]
    for code, shift, state in PLAN:
        course, day = Course.objects.get(code=code), today + timedelta(days=shift)
        session = staff.plan_session(
            course, on=day, by=hr, at=now, people=people, site=cast.sites[station],
            trainer="培训组",
        )  # fmt: skip
        if state:
            staff.hold_session(session, on=day, present=people[:-1], by=hr, at=now)
    staff.raise_need(source="hand", text="电梯楼先电话联系的步骤还不熟练", employee=people[-1],
                     by=hr, at=now)  # fmt: skip
