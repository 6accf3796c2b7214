"""What the report says in words, and what people say about its figures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation
from reportlab.platypus import Paragraph

from courierqa.core.models import AuditEntry
from kpi import snapshots
from kpi.models import ReportComment
from kpi.reports.content import read_content
from kpi.reports.judging import judge
from kpi.reports.parts import Pages
from kpi.reports.sections.complaints import complaints
from kpi.reports.sections.safety import safety
from kpi.snapshots.comparing import differences
from tests.factories.kpi import double_check
from tests.factories.report import edition, sample_content

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


def sentence(events: int, months: int, language: str) -> str:
    """Return what is said of lost parcels where so many were lost in so many months."""
    content = sample_content()
    lost = next(line for line in content["metrics"] if line["code"] == "S02")
    for place, month in enumerate(lost["series"]):
        month |= {"hits": 0, "total": 500 if place >= len(lost["series"]) - months else 0}
    lost["series"][-1]["hits"] = events
    line = next(one for one in read_content(content).metrics if one.code == "S02")
    with translation.override(language):
        return judge(line, period="2026-10", language=language).verdict.sentence


@pytest.mark.parametrize(
    ("events", "months", "language", "said"),
    [
        (1, 17, "en", ": 1 event in 17 months, too few"),
        (2, 1, "en", ": 2 events in 1 month, too few"),
        (1, 17, "zh-hans", "：17 个月共 1 件，太少"),
    ],
)
def test_few_events_are_counted_in_words(events, months, language, said):
    assert said in sentence(events, months, language)


def said(section, content: dict, language: str = "en") -> list[str]:
    """Return what a section says, text by text."""
    with translation.override(language):
        pages = Pages(read_content(content), edition(), language)
        return list(texts(section(pages)))


def texts(found) -> Iterator[str]:
    """Yield the words in a drawing, also those within tables and blocks."""
    if isinstance(found, Paragraph):
        yield found.getPlainText()
    for part in (
        found if isinstance(found, list | tuple) else
        getattr(found, "_content", None) or getattr(found, "_cellvalues", None) or ()
    ):  # fmt: skip
        yield from texts(part)


def counted(content: dict, **figures: tuple[int, int]) -> dict:
    """Return the content with these figures as the month's hits and total."""
    for line in content["metrics"]:
        if line["code"] in figures:
            line["hits"], line["total"] = figures[line["code"]]
    return content


SAFETY = {
    "accepted": 1_806,
    "systems": {
        "named": {"hits": 1_790, "total": 1_800},
        "inspected": {"hits": 1_796, "total": 1_806},
        "screened": {"hits": 1_806, "total": 1_806},
    },
    "sites": [],
    "refusals": [{"code": "x", "names": {"zh-hans": "禁寄", "en": "Prohibited"}, "count": 1}],
    "dangers": [],
    "instruments_expired": 0,
}


def test_the_three_systems_are_told_as_the_figures_count_them():
    content = counted(sample_content(safety=SAFETY), A02=(1_790, 1_800), A03=(1_817, 1_817))

    words = said(safety, content)

    assert "Machine screened (A03)" in words
    assert "1,817 / 1,817" in words
    assert "1,806 / 1,806" not in words


def test_refusals_beside_an_order_explain_the_figure():
    content = counted(sample_content(safety=SAFETY), A05=(0, 1_806))

    assert any("(A05), 0 / 1,806, counts ordered parcels only" in text
               for text in said(safety, content))  # fmt: skip
    assert any("（A05），0 / 1,806" in text for text in said(safety, content, "zh-hans"))


def test_clocks_and_open_complaints_are_told_as_the_figures_count_them():
    content = counted(sample_content(), C03=(27, 27), C04=(17, 30), C10=(16, 22))

    words = said(complaints, content)

    assert {"27 / 27", "17 / 30", "Open at the month's end", "22"} <= set(words)
    assert any("(C10), 16 / 22, also hold older ones" in text for text in words)


def test_an_edition_without_those_figures_tells_what_it_froze():
    content = sample_content(safety=SAFETY)
    content["metrics"] = [line for line in content["metrics"] if line["code"] == "T01"]

    words = [*said(safety, content), *said(complaints, content)]

    assert {"Machine screened", "1,806 / 1,806", "47 / 49", "Open now"} <= set(words)


def test_another_address_of_ours_is_no_correction():
    was, now = ({"verify_at": {"en": f"https://{name}.example/en/verify/"}} for name in "ab")

    assert differences(was, now) == []


@pytest.fixture
def draft(cast):
    with time_machine.travel(NOW, tick=False):
        yield snapshots.make_snapshot("2026-10", now=NOW)


@pytest.mark.django_db
def test_comments_are_kept_all_or_none_and_errors_name_their_figure(draft, as_role):
    client, address = as_role("quality"), reverse("kpi:report_comment", args=["2026-10"])
    typed = {"comment-T01": "Hub closed", "comment-all": "x" * 601, "comment-S02": "Fog\u202e"}

    answer = client.post(address, typed)
    page = answer.content.decode()

    assert answer.status_code == 422
    assert ReportComment.objects.count() == 0
    assert AuditEntry.objects.filter(action="report.comment").count() == 0
    assert 'href="#comment-S02">S02 丢失率：' in page
    assert 'href="#comment-all">整份报告：' in page
    assert [text in page for text in ("Hub closed", "x" * 601, "Fog\u202e")] == [True] * 3


@pytest.mark.django_db
def test_a_refused_comment_on_a_correction_keeps_its_form(draft, cast, as_role):
    """Beside a frozen edition the newest draft is not what the page shows by itself."""
    double_check("2026-10", NOW)
    snapshots.freeze("2026-10", now=NOW, by=cast.quality)
    late = snapshots.make_snapshot("2026-10", now=NOW)
    address = reverse("kpi:report_comment", args=["2026-10"])

    form = {"edition": late.version, "comment-T01": "Hub closed", "comment-all": "x" * 601}
    answer = as_role("quality").post(address, form)

    assert answer.status_code == 422
    assert "Hub closed" in answer.content.decode()


@pytest.mark.django_db
def test_a_comment_as_long_as_its_field_is_kept_with_its_line_ends(draft, as_role):
    """Browsers count a line end once and send it as two characters."""
    address = reverse("kpi:report_comment", args=["2026-10"])

    answer = as_role("quality").post(address, {"comment-T01": "a\r\n" * 299 + "bb"})

    assert answer.status_code == 302
    assert ReportComment.objects.get().text == "a\n" * 299 + "bb"
