"""Places of the network: opened, changed, never below themselves."""

from __future__ import annotations

from typing import Any

import pytest

from courierqa.core.models import AuditEntry
from staff.models import Site

pytestmark = pytest.mark.django_db
TYPED = {
    "code": "HZ-09", "name": "余杭站", "name_en": "Yuhang", "kind": "station", "hub": "HUB-HZ",
    "is_partner": "1", "city": "杭州", "latitude": "30.4", "longitude": "120.3",
    "daily_capacity": "400",
}  # fmt: skip


@pytest.mark.req("NET-02")
def test_a_place_has_kind_superior_mode_position_and_capacity(cast: Any, as_role: Any) -> None:
    client = as_role("admin")

    made = client.post("/sites/new/", TYPED)
    twice = client.post("/sites/new/", TYPED)
    half = client.post("/sites/new/", {**TYPED, "code": "HZ-10", "longitude": ""})
    page = client.get("/sites/HZ-09/edit/")

    assert (made.status_code, twice.status_code, half.status_code) == (302, 422, 422)
    site = Site.objects.get(code="HZ-09")
    assert (site.kind, site.hub, site.is_partner) == ("station", cast.hub, True)
    assert (site.latitude, site.daily_capacity) == (30.4, 400)
    assert page.context["form"].initial["hub"] == "HUB-HZ"
    assert AuditEntry.objects.filter(action="site.save").count() == 1
    assert as_role("supervisor").get("/sites/new/").status_code == 403


def test_a_place_never_stands_below_itself(cast: Any, as_role: Any) -> None:
    client = as_role("admin")
    client.post("/sites/new/", TYPED)
    said = {"code": "HUB-HZ", "name": "杭州分拨中心", "kind": "hub", "is_partner": "0"}

    answer = client.post("/sites/HUB-HZ/edit/", {**said, "hub": "HZ-09"})
    renamed = client.post("/sites/HUB-HZ/edit/", {**said, "code": "OTHER", "city": "杭州"})

    assert answer.status_code == 422
    assert answer.context["form"].errors["hub"]
    assert renamed.status_code == 302
    assert Site.objects.get(pk=cast.hub.pk).code == "HUB-HZ"
