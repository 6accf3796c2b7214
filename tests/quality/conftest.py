"""The people of a nonconformity, and one brought to any step through the services."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from quality import services
from quality.enums import EffectRule
from quality.models import Cause, Nonconformity
from tests.factories.staff import EmployeeFactory, GrantFactory, SiteFactory, UserFactory

# Late enough for every grant, and a Monday.
NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
DAY = timedelta(days=1)
DUE, LOOK = date(2026, 3, 12), date(2026, 6, 11)
STEPS = ("open", "contained", "cause_found", "proposed", "approved", "checking", "closed")


@dataclass
class Loop:
    """A site with its leader and a courier, quality management, the company's, a checker."""

    site: Any
    leader: Any
    courier: Any
    quality: Any
    manager: Any
    checker: Any

    def raised(self, *, at: datetime = NOW, **fields: Any) -> Nonconformity:
        """Raise one at the site, about a figure."""
        said = {"title": "准时率低", "data": {"metric": "T01"}, **fields.pop("problem", {})}
        whole = {"source": "signal", "reference": "T01|HZ-01|2026-02", "site": self.site, **fields}
        return services.raise_nonconformity(
            **whole, found_at=at - DAY, problem=services.Problem(**said), by=self.quality, at=at
        )

    def cause(self, code: str = "people-training") -> Cause:
        return Cause.objects.get(code=code)

    def planned(self, row: Nonconformity, *, at: datetime = NOW, **rule: Any) -> Nonconformity:
        """Contain it, name the cause, plan one measure and its effect check."""
        services.contain(row, text="已逐件致电收件人", by=self.leader.user, at=at)
        self.analysed(row, at=at)
        services.add_action(
            row, kind="corrective", text="全站培训派件流程", owner=self.courier,
            due_on=at.date() + 10 * DAY, by=self.leader.user, at=at,
        )  # fmt: skip
        self.fixed(row, at=at, **rule)
        return Nonconformity.objects.get(pk=row.pk)

    def analysed(self, row: Nonconformity, code: str = "people-training", *, at: datetime) -> None:
        services.find_cause(
            row, cause=self.cause(code), whys=["快件晚派", "路线不熟", "未培训"], fishbone={},
            by=self.leader.user, at=at,
        )  # fmt: skip

    def fixed(self, row: Nonconformity, *, at: datetime, **rule: Any) -> None:
        whole: dict[str, Any] = {
            "rule": EffectRule.AT_LEAST, "metric": "T01", "threshold": Decimal("0.95"),
            "site": self.site, "due_on": at.date() + 101 * DAY, "verifier": self.checker, **rule,
        }  # fmt: skip
        services.set_criterion(
            row, criterion=services.Criterion(**whole), by=self.leader.user, at=at
        )

    def approved(self, row: Nonconformity, *, at: datetime = NOW) -> Nonconformity:
        services.propose_plan(row, by=self.leader.user, at=at)
        return services.decide_plan(row, approve=True, note="", by=self.quality, at=at)

    def done(self, row: Nonconformity, *, at: datetime) -> Nonconformity:
        deed = row.actions.get(round=row.round)
        services.finish_action(
            deed, done_on=at.date(), note="已完成培训", reference="TS-2026-11",
            by=self.courier.user, at=at,
        )  # fmt: skip
        return Nonconformity.objects.get(pk=row.pk)

    def checked(
        self, row: Nonconformity, says: str, *, at: datetime, by: Any = None, note: str = ""
    ) -> Nonconformity:
        services.check_effect(
            row, reading={"says": says}, is_effective=says == services.MET, note=note,
            by=by or self.checker.user, at=at,
        )  # fmt: skip
        return Nonconformity.objects.get(pk=row.pk)

    def closed(self, *, at: datetime = NOW, **fields: Any) -> Nonconformity:
        """Bring one to its end: closed 103 days after it was raised."""
        row = self.approved(self.planned(self.raised(at=at, **fields), at=at), at=at)
        row = self.done(row, at=at + 5 * DAY)
        return self.checked(row, services.MET, at=at + 103 * DAY)


def worker(role: str, site: Any) -> Any:
    """Return a person with a login, a post of this role, and the role at the site."""
    from staff.models import Post

    post, _made = Post.objects.get_or_create(
        code=role, defaults={"name": role, "name_en": role, "role": role}
    )
    Post.objects.filter(pk=post.pk).update(role=role)
    user = UserFactory()
    GrantFactory(user=user, role=role, site=site if role in ("courier", "supervisor") else None)
    return EmployeeFactory(user=user, post=post, site=site)


@pytest.fixture
def loop(db: None) -> Loop:
    """Return the people."""
    site = SiteFactory(code="HZ-01", name="西湖站")
    office = SiteFactory(code="HQ", name="总部")
    leader = worker("supervisor", site)
    courier = worker("courier", site)
    courier.supervisor = leader
    courier.save()
    return Loop(
        site, leader, courier, worker("quality", office).user, worker("manager", office).user,
        worker("lead", office),
    )  # fmt: skip


@pytest.fixture
def at_step(loop: Loop) -> Callable[[str], Nonconformity]:
    """Return `at_step("approved")` → one that has come so far."""

    def reach(step: str) -> Nonconformity:
        row = loop.raised()
        if step == "open":
            return row
        if step == "contained":
            return services.contain(row, text="已致电", by=loop.leader.user, at=NOW)
        row = loop.planned(row)
        if step == "cause_found":
            return row
        if step == "proposed":
            services.propose_plan(row, by=loop.leader.user, at=NOW)
            return Nonconformity.objects.get(pk=row.pk)
        row = loop.approved(row)
        if step == "approved":
            return row
        row = loop.done(row, at=NOW + 5 * DAY)
        if step == "checking":
            return row
        return loop.checked(row, services.MET, at=NOW + 103 * DAY)

    return reach
