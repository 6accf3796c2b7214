"""Surveys as they are really held: planned, approved by a second person, drawn, answered."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from complaints.models import Invitation, SurveyPlan
from complaints.services import sampling, surveys
from shipments.models import Parcel
from shipments.services import PartyInput
from staff.models import Employee, Site
from tests.factories import shipments as make
from tests.factories.staff import UserFactory

# Friday 6 March 2026, ten in the morning in Shanghai; the week's parcels are delivered.
FRIDAY = datetime(2026, 3, 6, 2, tzinfo=UTC)
HOUR = timedelta(hours=1)


def delivered(
    number: int, *, courier: Employee | None = None, station: Site | None = None
) -> Parcel:
    """Return a delivered parcel whose recipient has a phone of their own."""
    parcel = make.accept(
        make.order(
            recipient=PartyInput("王芳", f"1380000{number:04}", "杭州市中山路 3 号"),
            **({"destination": station} if station else {}),
        )
    )
    make.deliver(parcel, make.MONDAY + 24 * HOUR, person=courier)
    return parcel


def plan(*, method: str = "online", sample_size: int = 50, **fields: Any) -> SurveyPlan:
    """Return a plan a lead wrote and a quality manager approved."""
    said = {
        "name": "每周满意度", "name_en": "Weekly satisfaction", "purpose": "了解服务满意度",
        "audience": "recipients", "method": method, "template_code": "service",
        "interval_days": 7, "sample_size": sample_size, "next_on": date(2026, 3, 6), **fields,
    }  # fmt: skip
    lead, quality = UserFactory(role="lead"), UserFactory(role="quality")
    made = surveys.save_plan(plan=None, said=said, by=lead, at=FRIDAY)
    seen = made.updated_at.isoformat()
    return surveys.approve_plan(plan=made, seen=seen, by=quality, at=FRIDAY)


def invited(*, method: str = "online", **fields: Any) -> Invitation:
    """Return the first invitation of a round over one delivered parcel."""
    delivered(1, **fields)
    held = sampling.hold_round(plan=plan(method=method), seed="a" * 32, at=FRIDAY)
    assert held is not None
    return held.invitations.get()
