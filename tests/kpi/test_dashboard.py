"""The dashboard: core figures first, chosen ones, files of what is seen, the wall, the way down."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courierqa.core.access import access_for
from courierqa.core.models import AuditEntry
from courierqa.core.timeframes import parse_period
from kpi import selectors
from kpi.board import choice, filters, parts
from kpi.board.parts import Part
from kpi.metrics import METRICS
from tests.kpi.test_pages import NOW, network, page, sign_in  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.mark.req("OBJ-08")
def test_every_figure_belongs_to_one_of_five_parts(client, network) -> None:  # noqa: F811
    """The page names the parts of the figures it shows; all of them: each figure under one."""
    sign_in(client, "manager")

    text = page(client, "dashboard", period="2026-10", fig="all")

    grouped = parts.by_part(METRICS)
    assert sum(len(codes) for _part, codes in grouped) == len(METRICS)
    assert len(Part) == 5
    for part, codes in grouped:
        assert text.count(f'rowspan="{len(codes)}">{part.label}') == 1


def test_eight_figures_come_first_and_the_rest_is_chosen() -> None:
    plain = choice.read(QueryDict(""))
    named = choice.read(QueryDict("fig=T01&fig=c01&fig=nonsense"))
    every = choice.read(QueryDict("fig=all"))

    assert (len(plain.codes), plain.columns, plain.tabs) == (8, plain.codes, ())
    assert (named.codes, named.kind) == (("T01", "C01"), "named")
    assert every.codes == tuple(METRICS)
    assert max(len(tab.codes) for tab in every.tabs) <= 8
    assert [code for tab in every.tabs for code in tab.codes] == [
        code for _part, codes in parts.by_part(METRICS) for code in codes
    ]


def test_columns_of_the_site_table_are_turned_like_pages() -> None:
    last = choice.read(QueryDict("fig=all")).tabs[-1]

    turned = choice.read(QueryDict(f"fig=all&cols={last.key}"))

    assert turned.columns == last.codes
    assert choice.read(QueryDict("fig=all&cols=nonsense")).tabs[0].is_current


def test_weeks_before_keep_the_weekdays() -> None:
    """October 2026 has 31 days: five weeks back, 27 August to 26 September, is as long."""
    before = parse_period("2026-10").weeks_before()

    assert (before.start_day, before.end_day) == (date(2026, 8, 27), date(2026, 9, 27))
    assert before.start_day.weekday() == date(2026, 10, 1).weekday()
    assert parse_period("2026-10-05").weeks_before().key == "2026-09-28"
    assert parse_period("2026-W41").weeks_before().key == "2026-W40"


@pytest.mark.parametrize("compare", ["prev", "aligned", "yoy", "target"])
def test_each_comparison_answers(client, network, compare) -> None:  # noqa: F811
    sign_in(client, "manager")

    text = page(client, "dashboard", period="2026-10", compare=compare)

    assert ("2026-08-27 to 2026-09-26" in text) == (compare == "aligned")


def test_a_step_down_keeps_filters_and_counts(client, network) -> None:  # noqa: F811
    """12 of 60 late at the site, 13 of 80 in the company."""
    sign_in(client, "manager")

    text = page(client, "metric", "T01", period="2026-10", site="HZ-01", product="same-day")
    text = page(client, "metric", "T01", period="2026-10", site="HZ-01")

    assert "83.8\xa0% (13 of 80)" in text
    assert "80.0\xa0% (12 of 60)" in text


@pytest.mark.req("ANA-07")
def test_csv_is_what_is_seen_with_filters_and_time(client, network) -> None:  # noqa: F811
    sign_in(client, "manager")

    response = client.get(
        reverse("kpi:dashboard"), {"period": "2026-10", "fig": ["T01", "D01"], "format": "csv"}
    )

    lines = b"".join(response).decode("utf-8-sig").splitlines()
    assert any("2026-11-02" in line for line in lines[:8])
    assert sum(line.split(",")[1:2] == ["T01"] for line in lines) == 1
    assert not any(",S01," in line for line in lines)
    assert AuditEntry.objects.filter(action="export.csv").exists()


def test_workbook_holds_the_same_numbers(client, network) -> None:  # noqa: F811
    from python_calamine import CalamineWorkbook

    sign_in(client, "manager")

    response = client.get(
        reverse("kpi:dashboard"), {"period": "2026-10", "fig": "T01", "format": "xlsx"},
        HTTP_ACCEPT_LANGUAGE="en",
    )  # fmt: skip

    book = CalamineWorkbook.from_filelike(io.BytesIO(response.content))
    line = book.get_sheet_by_name("Figures").to_python()[1]
    assert (line[1], line[5], line[6]) == ("T01", 67, 80)
    sites = book.get_sheet_by_name("Sites").to_python()[1:]
    assert [row[1] for row in sites] == [0.8, "n<30"]


def test_one_figure_goes_into_a_file_with_its_months_and_sites(client, network) -> None:  # noqa: F811
    sign_in(client, "quality")

    response = client.get(
        reverse("kpi:metric", args=["T01"]), {"period": "2026-10", "format": "csv"},
        HTTP_ACCEPT_LANGUAGE="en",
    )  # fmt: skip

    lines = b"".join(response).decode("utf-8-sig").splitlines()
    assert any("HZ-01" in line or "杭州站" in line for line in lines)
    assert sum(line.startswith("2026-10,") for line in lines) == 1
    assert AuditEntry.objects.get(action="export.csv").reason.startswith("T01?period=2026-10")


@pytest.mark.parametrize("name", ["dashboard", "metric"])
def test_what_can_be_done_follows_the_filters(client, network, name) -> None:  # noqa: F811
    """A partial answer brings the links of the head along: a file is of what is seen now."""
    sign_in(client, "manager")
    address = reverse(f"kpi:{name}", args=["T01"] if name == "metric" else [])

    text = client.get(
        address, {"period": "2026-10", "site": "NB-01"}, HTTP_HX_REQUEST="true"
    ).content.decode()

    head = text[text.index('id="kpi-actions" hx-swap-oob="true"') :]
    assert "?period=2026-10&amp;site=NB-01&amp;format=xlsx" in head


def test_who_may_not_export_gets_no_file(client, network) -> None:  # noqa: F811
    sign_in(client, "agent")

    response = client.get(reverse("kpi:dashboard"), {"format": "csv"})

    assert response.status_code == 403


def test_wall_names_no_person_and_marks_old_figures(client, network) -> None:  # noqa: F811
    _here, _there, courier = network
    sign_in(client, "manager")

    text = page(client, "wall", period="2026-10")

    assert courier.name not in text
    assert 'class="is-stale"' in text
    assert 'hx-trigger="every 60s"' in text
    assert "Pause" in text


def test_all_figures_cost_no_more_queries_than_eight(client, network) -> None:  # noqa: F811
    from django.db import connection

    sign_in(client, "manager")
    page(client, "dashboard", period="2026-10")
    counts = []
    for shown in ("", "all"):
        with CaptureQueriesContext(connection) as found:
            page(client, "dashboard", period="2026-10", fig=shown)
        counts.append(len(found))

    assert counts[0] == counts[1]


def test_hours_withhold_small_samples(client, network) -> None:  # noqa: F811
    sign_in(client, "manager")

    text = page(client, "metric", "T01", period="2026-10", tab="hours")

    assert "Weekday and hour of acceptance" in text
    assert "n&lt;30" in text or "n<30" in text


def test_every_kind_of_period_is_shown(client, network) -> None:  # noqa: F811
    sign_in(client, "manager")

    for period in ("2026", "2026-Q4", "2026-W41", "2026-10-07"):
        assert page(client, "dashboard", period=period, compare="aligned")


@pytest.mark.req("LIF-27")
def test_figures_are_told_of_self_run_and_of_partner_sites(client, network) -> None:  # noqa: F811
    """67 of 80 parcels in time: 48 of 60 at our own site, 19 of 20 at the partner's."""
    _here, there, _courier = network
    user = sign_in(client, "manager")
    assert 'name="mode"' not in page(client, "dashboard", period="2026-10")
    type(there).objects.filter(pk=there.pk).update(is_partner=True)

    def told(mode: str) -> tuple[int, int, str]:
        asked = filters.read(
            QueryDict(f"period=2026-10&mode={mode}"), access_for(user, "figure", "read"), now=NOW
        )
        one = selectors.figures(asked.period, metric="T01", scope=asked.scope)[0]
        return one.hits, one.total, asked.address()

    assert told("own") == (48, 60, "?period=2026-10&mode=own")
    assert told("partner") == (19, 20, "?period=2026-10&mode=partner")
    assert told("nonsense")[:2] == (67, 80)
    shown = page(client, "dashboard", period="2026-10", mode="partner")
    assert 'value="partner" selected' in shown
    assert "mode=partner" in page(client, "metric", "T01", period="2026-10", mode="partner")
