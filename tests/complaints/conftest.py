"""A second agent, a lead who pays, and a parcel to complain about."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from tests.factories.staff import UserFactory


@pytest.fixture
def team(db: None) -> SimpleNamespace:
    """Return the people a case needs: agents Ana and Ben, leads Lea and Leo, manager Max."""
    return SimpleNamespace(
        ana=UserFactory(role="agent", display_name="安娜"),
        ben=UserFactory(role="agent", display_name="本"),
        lea=UserFactory(role="lead", display_name="李雅"),
        leo=UserFactory(role="lead", display_name="李奥"),
        max=UserFactory(role="manager", display_name="马克"),
    )


@pytest.fixture
def parcel(db: None) -> Any:
    """Return a parcel on its way, addressed to the caller's phone."""
    from courierqa.core.privacy import phone_index
    from shipments.models import Parcel, Product
    from tests.factories.staff import SiteFactory

    product = Product.objects.first() or Product.objects.create(
        code="standard", name="标准", name_en="Standard", clock="working_days", low=3, high=5
    )
    site = SiteFactory(code="HZ-01", name="西湖站")
    return Parcel.objects.create(
        waybill="YT8890123456789",
        product=product,
        origin=site,
        destination=site,
        recipient_name="何美",
        recipient_phone="+8613900000042",
        recipient_phone_index=phone_index("13900000042"),
        fee_fen=1200,
    )
