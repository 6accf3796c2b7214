"""Exemptions in the second book, on the pages and in the report."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from courierqa.core.timeframes import parse_period
from kpi import exempting, services
from kpi.models import Cell, CourierCell
from kpi.snapshots.gathering import gather
from shipments.exemption_enums import ExemptionStatus
from shipments.models import Exemption, ParcelFacts
from staff.models import Site
from tests.factories.staff import UserFactory
from tests.kpi.histories import START, tell
from tools.verify_report import adjusted_problems, figure_problems

pytestmark = pytest.mark.django_db
NOW = START.replace(month=10, day=25)
OCTOBER = parse_period("2026-10")
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def exempt(**given) -> Exemption:
    """Exempt a part of what the histories promised for October, at one site."""
    due = ParcelFacts.objects.filter(due_day__month=10, is_test=False).order_by("due_at")
    middle = due[due.count() // 2]
    wanted = exempting.Wanted(**{
        "reach": "sites", "sites": list(Site.objects.filter(pk=middle.site_id)),
        "starts_at": middle.due_at - timedelta(days=3),
        "ends_at": middle.due_at + timedelta(days=3), "cause": "暴雪", "evidence": "公告",
        **given,
    })  # fmt: skip
    row = exempting.ask(wanted=wanted, content=PDF, name="a.pdf", at=NOW,
                        by=UserFactory(role="quality"))  # fmt: skip
    return exempting.decide(row=row, approve=True, note="", by=UserFactory(role="manager"), at=NOW)


def differences() -> list[dict]:
    return services.verify_period(OCTOBER, now=NOW).differences


@pytest.mark.parametrize("reach", ["sites", "network"])
def test_the_second_book_exempts_the_same_records(reach) -> None:
    tell(1, parcels=40)
    services.refresh_dirty(now=NOW)
    exempt(**({"reach": "network", "sites": ()} if reach == "network" else {}))

    assert differences() == []
    codes = set(Cell.objects.filter(exempt_total__gt=0).values_list("metric", flat=True))
    assert {"T01", "T02", "D01"} <= codes
    assert CourierCell.objects.filter(exempt_total__gt=0).exists()


def test_a_forged_exemption_count_is_found_and_a_deleted_record_named() -> None:
    tell(1, parcels=40)
    services.refresh_dirty(now=NOW)
    row = exempt()
    services.refresh_dirty(now=NOW)
    cell = Cell.objects.filter(metric="T01", exempt_total__gt=0).first()
    Cell.objects.filter(pk=cell.pk).update(exempt_total=cell.exempt_total - 1)

    (found,) = differences()

    assert (found["metric"], found["day"], found["site"]) == (
        "T01", cell.day.isoformat(), cell.site_id,
    )  # fmt: skip
    Cell.objects.filter(pk=cell.pk).update(exempt_total=cell.exempt_total)
    # Taken back behind the back of the product: every cell it touches differs.
    Exemption.objects.filter(pk=row.pk).update(status=ExemptionStatus.REVOKED)
    assert {"T01", "T02"} <= {one["metric"] for one in differences()}


def test_report_and_annex_carry_both_and_anybody_recomputes_them() -> None:
    tell(1, parcels=40)
    services.refresh_dirty(now=NOW)
    exempt()
    services.refresh_dirty(now=NOW)

    content = json.loads(json.dumps(gather(OCTOBER, as_of=None, now=NOW), default=str))
    lines = {line["code"]: line for line in content["metrics"]}

    t01 = lines["T01"]
    other = t01["adjusted"]
    assert other["total"] == t01["total"] - t01["exempt_total"] < t01["total"]
    assert lines["S02"]["adjusted"] is None
    assert [one for line in content["metrics"] for one in figure_problems(line)] == []
    other["hits"] += 1
    assert list(adjusted_problems(t01))


# -- pages ----------------------------------------------------------------------------------------
def signed_in(client, role: str, site=None):
    user = UserFactory(role=role, role__site=site) if site else UserFactory(role=role)
    client.force_login(user)
    return user


FORM = {
    "reach": "sites", "starts_at": "2026-10-01T00:00", "ends_at": "2026-10-02T00:00",
    "cause": "台风", "evidence": "气象局第 12 号公告",
}  # fmt: skip


def test_ask_approve_revoke_through_the_pages(client) -> None:
    tell(1, parcels=10)
    site = Site.objects.order_by("pk").first()
    signed_in(client, "quality")

    bare = client.post(reverse("kpi:exemption_new"), {**FORM, "cause": ""})
    assert (bare.status_code, "气象局第 12 号公告" in bare.text) == (422, True)
    file = SimpleUploadedFile("notice.pdf", PDF)
    sent = client.post(reverse("kpi:exemption_new"), {**FORM, "sites": [site.code], "file": file})
    row = Exemption.objects.get()
    assert sent.headers["Location"] == reverse("kpi:exemption", args=[row.number])
    assert client.post(reverse("kpi:exemption_decide", args=[row.number])).status_code == 403

    signed_in(client, "manager")
    refused = client.post(
        reverse("kpi:exemption_decide", args=[row.number]), {"verb": "reject", "note": ""}
    )
    assert refused.status_code == 422
    client.post(reverse("kpi:exemption_decide", args=[row.number]), {"verb": "approve"})
    row.refresh_from_db()
    assert row.status == ExemptionStatus.APPROVED
    assert client.get(reverse("kpi:exemption_file", args=[row.number])).content == PDF

    gone = client.post(reverse("kpi:exemption_revoke", args=[row.number]), {"reason": "撤回"})
    row.refresh_from_db()
    assert (gone.status_code, row.status) == (302, ExemptionStatus.REVOKED)


def test_a_foreign_exemption_is_not_there_and_the_list_asks_a_fixed_number(
    client, django_assert_max_num_queries
) -> None:
    tell(1, parcels=10)
    one, two = Site.objects.order_by("pk")[:2]
    rows = [exempt(sites=[one]), exempt(sites=[two]), exempt(reach="network", sites=())]
    signed_in(client, "supervisor", site=one)

    answers = [client.get(reverse("kpi:exemption", args=[row.number])).status_code for row in rows]
    assert answers == [200, 404, 200]
    listed = client.get(reverse("kpi:exemptions"))
    assert [row.number in listed.text for row in rows] == [True, False, True]
    signed_in(client, "auditor")
    with django_assert_max_num_queries(14):
        page = client.get(reverse("kpi:exemptions"))
    assert all(row.number in page.text for row in rows)
    assert "EX" in b"".join(client.get(reverse("kpi:exemptions") + "?format=csv")).decode()
