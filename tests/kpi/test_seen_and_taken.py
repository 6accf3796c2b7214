"""What is seen is what the file holds, lists keep their filters, and names can be told apart."""

from __future__ import annotations

import csv
import html
import io
import re
from datetime import date
from decimal import Decimal

import pytest
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation

from courierqa.core.access import access_for
from kpi import selectors, services
from kpi.board import filters, lines, places, show
from kpi.metrics import METRICS
from kpi.selectors.figures import make as make_figure
from shipments.models import ParcelFacts
from tests.factories import shipments as make
from tests.factories.kpi import parcel_row, save_parcels
from tests.kpi.test_pages import DUE, ENGLISH, NOW, month, network, page, sign_in  # noqa: F401

pytestmark = pytest.mark.django_db


def file_of(client, name: str, *args, **params) -> list[list[str]]:
    response = client.get(reverse(f"kpi:{name}", args=args), {**params, "format": "csv"}, **ENGLISH)
    return list(csv.reader(io.StringIO(b"".join(response).decode("utf-8-sig"))))


def part(rows: list[list[str]], title: str) -> list[list[str]]:
    """Return the lines of a file below this title, up to the next empty one."""
    start = next(place for place, row in enumerate(rows) if row == [title]) + 1
    end = next((n for n, row in enumerate(rows) if n > start and not row), len(rows))
    return rows[start:end]


@pytest.mark.req("ANA-07")
def test_the_file_of_the_dashboard_holds_times_and_says_how_sites_are_run(
    client,
    network,  # noqa: F811
) -> None:
    _here, there, _courier = network
    type(there).objects.filter(pk=there.pk).update(is_partner=True)
    sign_in(client, "manager")

    rows = file_of(client, "dashboard", period="2026-10", mode="partner")
    text = page(client, "dashboard", period="2026-10", mode="partner")

    assert ["Run by", "Partner sites"] in rows
    names = re.findall(r'<a href="/kpi/durations/[^"]*">([^<]+)</a>', text)
    assert names
    assert [row[1] for row in part(rows, "How long it takes")[1:]] == names


def test_a_share_in_a_file_says_that_one_is_the_whole(client, network) -> None:  # noqa: F811
    sign_in(client, "manager")

    line = part(file_of(client, "dashboard", period="2026-10", fig="T01"), "Figures")[1]

    assert (line[1], line[3], line[4]) == ("T01", "0.8375", "share, 1 = 100 %")


def test_the_file_of_a_figure_holds_the_hours_that_are_seen(client, network) -> None:  # noqa: F811
    sign_in(client, "manager")

    rows = part(file_of(client, "metric", "T01", period="2026-10", tab="hours"), "Weekday and hour")

    assert len(rows) == 8
    assert sum(int(n) for row in rows for n in re.findall(r"\(n (\d+)\)", " ".join(row))) == 80


@pytest.mark.req("OBJ-08")
def test_a_step_up_keeps_how_sites_are_run(client, network) -> None:  # noqa: F811
    """The partner's 20 parcels, one late: too few for a share, and never the company's 80."""
    _here, there, _courier = network
    type(there).objects.filter(pk=there.pk).update(is_partner=True)
    sign_in(client, "manager")

    text = page(client, "records", "T01", period="2026-10", mode="partner", site="NB-01")

    assert "(1 of 20)" in text
    assert "of 80)" not in text


def test_the_bar_of_a_list_keeps_every_filter(client, network) -> None:  # noqa: F811
    _here, there, courier = network
    type(there).objects.filter(pk=there.pk).update(is_partner=True)
    sign_in(client, "manager")

    asked = {"period": "2026-10", "mode": "own", "compare": "yoy", "outcome": "all",
             "courier": courier.number}  # fmt: skip
    text = page(client, "records", "T01", **asked)
    start = text.index("data-autosubmit")
    form = text[start : text.index("</form>", start)]

    assert 'value="own" selected' in form
    for name in ("compare", "outcome", "courier"):
        assert f'name="{name}" value="{asked[name]}"' in form


def test_a_cause_is_told_in_words(client, network) -> None:  # noqa: F811
    sign_in(client, "manager")

    text = page(client, "records", "T01", period="2026-10", cause="DLV HZ-01")

    assert re.search(r'class="badge badge-info"[^>]*>Delivery Hangzhou HZ-01', html.unescape(text))


def test_couriers_and_what_belongs_to_none_add_up_to_the_site(client, network) -> None:  # noqa: F811
    here, _there, _courier = network
    save_parcels(parcel_row(accepted_at=DUE, due_at=DUE, site_id=here.pk, courier_id=None))
    services.mark_months([date(2026, 10, 1)], now=NOW)
    services.refresh_dirty(now=NOW)
    user = sign_in(client, "manager")
    request = RequestFactory().get("/", {"period": "2026-10", "site": "HZ-01"})
    asked = filters.read(request.GET, access_for(user, "figure", "read"), now=NOW)
    (all_of_it,) = selectors.figures(asked.period, metric="T01", scope=asked.scope)
    rows = selectors.courier_table("T01", asked.period, scope=asked.scope)

    nobody = places.without_courier(rows, all_of_it)

    own = sum(row.figure.n for row in rows)
    assert nobody["n"] == ParcelFacts.objects.filter(site_id=here.pk, courier_id=None).count() == 1
    assert own + nobody["n"] == all_of_it.n
    assert "No courier recorded" in page(client, "metric", "T01", period="2026-10", site="HZ-01")


def missing(*codes: str) -> list[lines.Line]:
    """Return lines of figures that miss everything wanted of them."""
    months = {"pending": 0, "excluded": 0}
    return [
        lines.line(code, [one], one, None, None, as_of=NOW)
        for code in codes
        for one in [make_figure(code, {"hits": 0, "total": 900, **months}, period="2026-10",
                                as_of=NOW)]
    ]  # fmt: skip


def test_eight_names_are_said_and_equal_ones_told_apart() -> None:
    with translation.override("en"):
        few = lines._named(missing("D02C", "S02", "T01"))
        name = str(METRICS["S02"].name)
        many = lines._named(missing(*list(METRICS)[:12]))

    assert few.startswith("On time")
    assert name in few
    assert many.endswith("and 4 more")


def test_a_sum_is_never_said_to_miss_beyond_chance() -> None:
    cost = make_figure("P04", {"hits": 90_000, "total": 400_000, "pending": 0, "excluded": 0},
                       period="2026-10", as_of=NOW)  # fmt: skip

    assert show.heat(METRICS["P04"], cost, Decimal(3)) == "heat-4"
    assert show.heat(METRICS["P04"], cost, Decimal(300)) == "heat-2"


@pytest.mark.req("ROL-02")
def test_a_supervisor_never_meets_a_person_of_another_site(client, network) -> None:  # noqa: F811
    """Neither the name nor that there is such a person; a colleague of the own site is there."""
    here, there, courier = network
    stranger = make.courier(there)
    sign_in(client, "supervisor", site=here)
    address = reverse("kpi:records", args=["T01"])

    known, foreign, nobody = (
        client.get(address, {"period": "2026-10", "courier": number}, **ENGLISH)
        for number in (courier.number, stranger.number, "E9999999")
    )

    assert (known.status_code, foreign.status_code, nobody.status_code) == (200, 404, 404)
    assert stranger.name not in foreign.content.decode()
    said = [re.search(r"<h1.*?</p>", one.content.decode(), re.DOTALL)[0]
            for one in (foreign, nobody)]  # fmt: skip
    assert said[0] == said[1]


@pytest.mark.req("ANA-07")
def test_a_moment_to_come_is_refused_by_name(client, network) -> None:  # noqa: F811
    """What is not yet due today would all count as failed."""
    sign_in(client, "manager")

    answer = client.get(
        "/api/v1/figures/",
        {"period": "2026-10", "metric": "T01", "as_of": "2199-01-01T00:00:00Z"},
        **ENGLISH,
    )

    assert answer.status_code == 400
    assert "future" in answer.content.decode()
    assert "as_of" in answer.content.decode()


def test_the_code_of_a_time_leads_to_its_page(client, network) -> None:  # noqa: F811
    sign_in(client, "manager")

    response = client.get("/kpi/t05/", {"period": "2026-10", "site": "HZ-01"}, **ENGLISH)

    assert response["Location"] == "/kpi/durations/T05/?period=2026-10&site=HZ-01"


def test_thousands_stand_apart_in_the_table_below_a_chart(client, network) -> None:  # noqa: F811
    here, _there, _courier = network
    month(here, parcels=1200, late=0)
    services.mark_months([date(2026, 10, 1)], now=NOW)
    services.refresh_dirty(now=NOW)
    sign_in(client, "manager")

    text = page(client, "metric", "T01", period="2026-10")

    assert "<td>1,280</td>" in text


def test_another_period_begins_with_its_first_page(client, network) -> None:  # noqa: F811
    """The place in a list of one month is nowhere in that of another."""
    sign_in(client, "manager")

    text = page(client, "records", "T01", period="2026-10", outcome="all", after="x", before="y")
    bar = text[text.index('class="kpi-period"') :]

    links = re.findall(r'<a class="btn btn-sm" href="([^"]+)"', bar)[:2]
    assert ["period=2026-09" in links[0], "period=2026-11" in links[1]] == [True, True]
    assert not [one for one in links if "after=" in one or "before=" in one]
