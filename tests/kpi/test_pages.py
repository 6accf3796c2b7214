"""Pages of the measure: who sees what, the same number of queries for any number of parcels."""

from __future__ import annotations

import csv
import html
import io
import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from courierqa.core.models import AuditEntry
from kpi import selectors, services
from kpi.metrics import METRICS
from kpi.models import Snapshot, Target
from shipments.models import ParcelFacts, Product
from tests.factories import shipments as make
from tests.factories.kpi import case_row, parcel_row, save_cases, save_parcels
from tests.factories.staff import SiteFactory

pytestmark = pytest.mark.django_db
DUE = datetime(2026, 10, 7, 4, tzinfo=UTC)
NOW = datetime(2026, 11, 2, tzinfo=UTC)
CHINESE = {"HTTP_ACCEPT_LANGUAGE": "zh-hans"}
ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en"}


def month(site, *, parcels: int, late: int, courier=None) -> None:
    """Fill October at one site: `late` of `parcels` were never delivered."""
    product = Product.objects.order_by("pk").first()
    rows = []
    for number in range(parcels):
        due = DUE + timedelta(hours=number % 240)
        done = None if number < late else due - timedelta(hours=2)
        rows.append(
            parcel_row(
                accepted_at=due - timedelta(hours=40),
                due_at=due,
                done_at=done,
                attempt_at=done,
                attempt_done=done is not None,
                site_id=site.pk,
                product_id=product.pk,
                courier_id=courier.pk if courier else None,
                state="delivered" if done else "out",
                cause_leg="" if done else "DLV X",
                cause_site_id=None if done else site.pk,
            )
        )
    save_parcels(*rows)


@pytest.fixture
def network(db):
    """Two sites: one with 60 parcels, 12 late; one with 20 parcels, too few to judge."""
    make.catalogue()
    here, there = SiteFactory(code="HZ-01", name="杭州站"), SiteFactory(code="NB-01", name="宁波站")
    courier = make.courier(here)
    month(here, parcels=60, late=12, courier=courier)
    month(there, parcels=20, late=1)
    save_cases(case_row(received_at=DUE, site_id=here.pk), case_row(received_at=DUE, site_id=None))
    services.refresh_dirty(now=NOW)
    return here, there, courier


def sign_in(client, role: str, *, site=None):
    user = make.user(role, site=site)
    client.force_login(user)
    return user


def page(client, name: str, *args, language=ENGLISH, **params) -> str:
    response = client.get(reverse(f"kpi:{name}", args=args), params, **language)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.req("ANA-01", "OBJ-02", "TIM-12")
def test_dashboard_shows_value_target_n_and_period(client, network) -> None:
    """12 + 1 late of 80: 67/80 = 83.8 %, target 95 %."""
    sign_in(client, "manager")

    text = page(client, "dashboard", period="2026-10")

    assert "83.8\xa0%" in text
    assert "≥ 95\xa0%" in text
    assert "n 80" in text
    assert "2026-10" in text
    assert "as of" in text


@pytest.mark.parametrize("language", [CHINESE, ENGLISH])
@pytest.mark.parametrize("code", list(METRICS))
def test_every_figure_has_a_page_in_both_languages(client, network, code, language) -> None:
    sign_in(client, "quality")

    text = page(client, "metric", code, language=language, period="2026-10")

    with translation.override("en" if language == ENGLISH else "zh-hans"):
        source = str(METRICS[code].words.source)
    assert source.replace("&", "&amp;") in text
    assert ("指标定义" in text) == (language == CHINESE)


def test_catalogue_explains_each_figure(client, network) -> None:
    sign_in(client, "auditor")

    text = page(client, "catalogue")

    assert all(code in text for code in METRICS)


def test_few_records_show_no_percentage(client, network) -> None:
    """B21: 19 of 20 at the second site is shown as n<30."""
    sign_in(client, "manager")

    text = page(client, "dashboard", period="2026-10", site="NB-01")

    assert "n&lt;30" in text
    assert "95.0\xa0%" not in text.split("kpi-lines")[1].split("kpi-drawn")[0]


def test_an_empty_period_says_why_and_what_next(client, network) -> None:
    sign_in(client, "quality")

    text = page(client, "dashboard", period="2024-02")

    assert "No parcel was due" in text
    assert "kpi-lines" not in text


@pytest.mark.parametrize("bad", ["2026-13", "yesterday", "2026-W60", "99999", "2026-1١"])
def test_a_wrong_period_is_named_with_its_fix(client, network, bad) -> None:
    sign_in(client, "manager")

    response = client.get(reverse("kpi:dashboard"), {"period": bad}, **ENGLISH)

    assert response.status_code == 400
    assert "Enter a period such as 2026-10" in response.content.decode()


def test_a_supervisor_sees_the_own_site_only(client, network) -> None:
    here, there, _courier = network
    sign_in(client, "supervisor", site=here)

    own = page(client, "dashboard", period="2026-10", language=CHINESE)
    foreign = client.get(reverse("kpi:dashboard"), {"site": there.code})
    missing = client.get(reverse("kpi:dashboard"), {"site": "XX-99"})

    assert "杭州站" in own
    assert "宁波站" not in own
    assert foreign.status_code == missing.status_code == 404


def test_a_courier_sees_the_own_figures_only(client, network) -> None:
    here, there, courier = network
    courier.user = sign_in(client, "courier", site=here)
    courier.save()

    text = page(client, "dashboard", period="2026-10")
    foreign = client.get(reverse("kpi:dashboard"), {"site": there.code})
    missing = client.get(reverse("kpi:dashboard"), {"site": "XX-99"})

    assert "80.0\xa0%" in text
    assert "kpi-heat" not in text
    assert "Loss rate" not in text
    assert foreign.status_code == missing.status_code == 404


def test_drill_goes_from_company_to_parcels_and_keeps_the_period(client, network) -> None:
    here, _there, courier = network
    sign_in(client, "manager")

    company = page(client, "metric", "T01", period="2026-10")
    site = page(client, "metric", "T01", period="2026-10", site=here.code)
    rows = page(client, "records", "T01", period="2026-10", site=here.code, courier=courier.number)

    assert f"site={here.code}" in company
    assert f"courier={courier.number}" in site
    assert rows.count('class="nowrap" href="/parcels/') == 12
    assert "12 records, 2026-10" in rows
    assert f"period=2026-10&amp;site={here.code}" in rows


@pytest.mark.req("ANA-07")
def test_csv_holds_exactly_the_list_and_is_logged(client, network) -> None:
    user = sign_in(client, "quality")

    response = client.get(
        reverse("kpi:records", args=["T01"]), {"period": "2026-10", "format": "csv"}, **ENGLISH
    )

    lines = list(csv.reader(io.StringIO(b"".join(response).decode("utf-8-sig"))))
    late = ParcelFacts.objects.filter(done_at=None)
    assert sorted(line[0] for line in lines[1:]) == sorted(late.values_list("waybill", flat=True))
    assert AuditEntry.objects.get(action="export.csv").actor_id == user.pk


def test_csv_needs_the_right_to_export(client, network) -> None:
    sign_in(client, "agent")

    response = client.get(reverse("kpi:records", args=["T01"]), {"format": "csv"})

    assert response.status_code == 403


def test_records_need_the_right_to_the_records_themselves(client, network) -> None:
    """Trainers read figures, not parcels."""
    sign_in(client, "hr")

    figures = client.get(reverse("kpi:metric", args=["T01"]))
    rows = client.get(reverse("kpi:records", args=["T01"]))

    assert (figures.status_code, rows.status_code) == (200, 403)


@pytest.mark.req("ROL-01")
@pytest.mark.parametrize(("role", "opens"), [("hr", False), ("quality", True)])
def test_only_who_may_open_records_is_led_to_them(client, network, role, opens) -> None:
    """Numbers stay for everybody; no link ends at a page that is closed to its reader."""
    here, _there, courier = network
    sign_in(client, role)
    pages = [
        page(client, "dashboard", period="2026-10"),
        page(client, "dashboard", period="2026-10", site=here.code),
        page(client, "metric", "T01", period="2026-10"),
        page(client, "metric", "T01", period="2026-10", tab="why"),
        page(client, "metric", "T01", period="2026-10", site=here.code),
    ]

    # In text and in the data of charts, where "&" is written in two ways.
    plain = [html.unescape(one).replace("\\u0026", "&") for one in pages]
    led = [re.findall(r'"(/kpi/[^"]*/records/[^"]*)"', one) for one in plain]

    assert [any("/T01/" in url for url in found) for found in led] == [opens] * len(pages)
    assert {client.get(url).status_code for found in led for url in found} <= {200}
    assert "83.8\xa0%" in pages[0]
    assert courier.number in pages[1]
    assert ("click a point" in pages[2]) == opens


@pytest.mark.parametrize("name", ["dashboard", "metric", "records", "targets", "catalogue"])
def test_queries_do_not_grow_with_parcels(client, network, name) -> None:
    here, _there, courier = network
    sign_in(client, "manager")
    args = ["T01"] if name in ("metric", "records") else []
    address = reverse(f"kpi:{name}", args=args) + "?period=2026-10"
    client.get(address)

    few = _queries(client, address)
    month(here, parcels=600, late=45, courier=courier)
    month(SiteFactory(code="WZ-01"), parcels=100, late=30)
    from courierqa.core.changed import mark

    mark("rebuild", [(date(2026, 10, 1), 0)], at=NOW)
    services.refresh_dirty(now=NOW)
    many = _queries(client, address)

    assert few == many
    assert many <= 32


def _queries(client, address: str) -> int:
    from django.db import connection

    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_a_filter_through_htmx_gets_the_board_alone(client, network) -> None:
    sign_in(client, "manager")

    response = client.get(reverse("kpi:dashboard"), {"period": "2026-10"}, HTTP_HX_REQUEST="true")

    assert b'id="board"' in response.content
    assert b"<html" not in response.content


def test_a_tile_for_another_page(client, network) -> None:
    here, _there, _courier = network
    sign_in(client, "supervisor", site=here)

    text = page(client, "tile", "T01", site=here.code, period="2026-10")

    assert "80.0\xa0%" in text
    assert "<html" not in text


@pytest.mark.parametrize("name", ["home_changed", "home_mine"])
@pytest.mark.parametrize("role", ["quality", "courier", "supervisor"])
def test_home_bands_answer_every_reader(client, network, name, role) -> None:
    sign_in(client, role, site=network[0] if role != "quality" else None)

    assert "<html" not in page(client, name)


@pytest.mark.req("OBJ-02")
def test_quality_changes_a_target_with_a_reason(client, network) -> None:
    user = sign_in(client, "quality")
    typed = {"value": "96.5", "valid_from": "2026-12-01", "reason": "Agreed in the review"}

    response = client.post(reverse("kpi:target_change", args=["T01"]), typed)

    target = Target.objects.get(metric="T01", valid_from=date(2026, 12, 1))
    assert response.status_code == 302
    assert (target.value, target.is_proposal, target.set_by) == (Decimal("0.965"), False, user)
    assert selectors.targets_on(date(2026, 11, 30))["T01"].value == Decimal("0.95")
    assert selectors.targets_on(date(2026, 12, 1))["T01"].value == Decimal("0.965")
    assert AuditEntry.objects.filter(action="target.change").exists()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"value": "", "valid_from": "2026-12-01", "reason": "x"}, "id_value"),
        ({"value": "101", "valid_from": "2026-12-01", "reason": "x"}, "id_value"),
        ({"value": "NaN", "valid_from": "2026-12-01", "reason": "x"}, "id_value"),
        ({"value": "96", "valid_from": "soon", "reason": "x"}, "id_valid_from"),
        ({"value": "96", "valid_from": "2026-12-01", "reason": ""}, "id_reason"),
    ],
)
def test_a_bad_target_names_the_field_and_keeps_what_was_typed(client, network, typed, field):
    sign_in(client, "quality")
    before = Target.objects.count()

    response = client.post(reverse("kpi:target_change", args=["T01"]), typed, **ENGLISH)

    assert response.status_code == 422
    assert f'href="#{field}"' in response.content.decode()
    assert Target.objects.count() == before


def test_a_frozen_month_keeps_its_target(client, network) -> None:
    sign_in(client, "quality")
    Snapshot.objects.create(
        period="2026-10", version="1.0", content={}, sha256="0" * 64, as_of=NOW, frozen_at=NOW,
        is_final=True,
    )  # fmt: skip
    typed = {"value": "90", "valid_from": "2026-10-05", "reason": "to look better"}

    response = client.post(reverse("kpi:target_change", args=["T01"]), typed, **ENGLISH)

    assert response.status_code == 422
    assert "The report of 2026-10 is final" in response.content.decode()


def test_others_may_look_at_targets_but_not_change_them(client, network) -> None:
    sign_in(client, "manager")

    look, change = (
        client.get(reverse("kpi:targets")),
        client.get(reverse("kpi:target_change", args=["T01"])),
    )

    assert (look.status_code, change.status_code) == (200, 403)


def test_api_answers_the_stable_shape(client, network) -> None:
    sign_in(client, "manager")

    response = client.get("/api/v1/figures/", {"period": "2026-10", "metric": "T01"})

    (found,) = response.json()
    assert list(found) == [
        "metric", "period", "site", "product", "hits", "total", "value", "unit", "n", "low",
        "high", "not_yet_due", "as_of", "exempt", "adjusted",
    ]  # fmt: skip
    assert (found["hits"], found["total"], found["unit"]) == (67, 80, "share")
    assert found["low"] < found["value"] < found["high"]


@pytest.mark.parametrize(
    ("asked", "status", "field"),
    [
        ({}, 400, "period"),
        ({"period": "2026-10", "metric": "T99"}, 404, "metric"),
        ({"period": "2026-10", "site": "XX-99"}, 404, "site"),
        ({"period": "2026-10", "as_of": "2026-10-31"}, 400, "as_of"),
        ({"period": "2026-10", "order": "password"}, 400, "order"),
    ],
)
def test_api_names_what_is_wrong(client, network, asked, status, field) -> None:
    sign_in(client, "manager")

    response = client.get("/api/v1/figures/", asked)

    assert response.status_code == status
    assert response["Content-Type"].startswith("application/problem+json")
    assert response.json().get("field") == field
