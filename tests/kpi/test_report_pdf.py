"""The printed report: same figures in both languages, nothing lost, the same bytes each time."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from kpi.reports import fonts
from kpi.reports.content import Signed, read_content
from kpi.reports.monthly_quality import make_pdf
from kpi.reports.stamp import read_stamp
from tests.factories.report import both, edition, sample_content

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("zh", "en")
# What is printed here is given; no database is asked.
pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def printed() -> dict[str, PdfReader]:
    files = {code: make_pdf(sample_content(), edition(), language=code) for code in LANGUAGES}
    return {code: PdfReader(BytesIO(content)) for code, content in files.items()}


def text_of(reader: PdfReader) -> str:
    return "\n".join(page.extract_text() for page in reader.pages)


def squeezed(reader: PdfReader) -> str:
    return re.sub(r"\s+", "", text_of(reader))


def figures_of(content: dict) -> set[str]:
    """Return the raw counts every figure must be printed with."""
    return {f"{line['hits']:,}/{line['total']:,}" for line in content["metrics"]}


@pytest.mark.req("ANA-05", "ANA-06")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_numerator_and_denominator_is_printed_and_selectable(printed, language):
    text = squeezed(printed[language])

    missing = {figure for figure in figures_of(sample_content()) if figure not in text}
    assert not missing
    assert "96.1" in text
    assert "10.3" in text  # lower bound of 4 losses per 105,872, per million


def test_both_languages_print_identical_numbers(printed):
    def numbers(language: str) -> list[str]:
        found = re.findall(r"\d{1,3}(?:,\d{3})+|\d+\.\d+", text_of(printed[language]))
        return sorted(found)

    zh, en = numbers("zh"), numbers("en")
    # Dates and words differ between the languages; counts and values may not.
    counts = {one for one in en if "," in one}
    assert counts == {one for one in zh if "," in one}
    assert {one for one in en if "." in one} == {one for one in zh if "." in one}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_number_of_the_appendix_is_broken_into_lines(printed, language):
    lines = {line.strip() for line in text_of(printed[language]).splitlines()}
    totals = totals_by_figure(sample_content())
    counted = {f"n {one:,}" for found in totals.values() if max(found) >= 30 for one in found}

    assert len(totals) > 10
    assert counted
    assert counted <= lines


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_signed_stands_on_one_line(language):
    """The widest fingerprint there can be, in each of the three boxes."""
    at = datetime(2026, 11, 9, 8, tzinfo=UTC)
    steps = (("made", "quality"), ("checked", "lead"), ("approved", "manager"))
    signed = tuple(Signed(step, "Ren Zhouyang", role, "d" * 64, at) for step, role in steps)
    file = make_pdf(sample_content(), edition(signatures=signed), language=language)

    lines = PdfReader(BytesIO(file)).pages[-1].extract_text().splitlines()

    assert [line.strip() for line in lines].count("d" * 12) == len(signed)


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_no_site_had_enough_of_are_named_once(printed, language):
    totals = totals_by_figure(sample_content())
    few = [code for code, found in totals.items() if 0 < max(found) < 30]
    named = re.search(r"(?:ateverysite:|样本均不足30：)([A-Z0-9,]+)", squeezed(printed[language]))

    assert few
    assert named[1].split(",") == few


def totals_by_figure(content):
    """Return what was counted of each figure, site by site."""
    return {
        line["code"]: [
            site["figures"].get(line["code"], {"total": 0})["total"] for site in content["sites"]
        ]
        for line in content["metrics"]
    }


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "zh",
            ["服务质量报告", "2026年10月", "远山速递", "杭州滨江站", "定稿1.0", "C-2026-004217"],
        ),
        ("en", ["Service quality report", "October 2026", "Yuanshan Express", "Hangzhou Binjiang"]),
    ],
)
def test_words_are_in_the_language_of_the_file(printed, language, words):
    text = squeezed(printed[language])

    assert [word for word in words if word.replace(" ", "") not in text] == []


def test_english_file_has_no_chinese_but_the_glossary(printed):
    """The glossary may take several pages; it holds the Chinese name of each figure, no more."""
    pages = [page.extract_text() for page in printed["en"].pages]
    chinese = ["".join(re.findall(r"[\u4e00-\u9fff]", text)) for text in pages]
    names = "".join(line["words"]["name"]["zh-hans"] for line in sample_content()["metrics"])
    stray = [text for text in pages if re.search(r"[\u4e00-\u9fff]", text)]

    assert "Glossary" in stray[0]
    assert "".join(chinese) == "".join(re.findall(r"[\u4e00-\u9fff]", names))


@pytest.mark.req("ANA-02", "ANA-03")
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_bookmarks_language_and_title(printed, language):
    reader = printed[language]
    catalogue = reader.trailer["/Root"]

    assert len(reader.pages) >= 12
    assert catalogue["/Lang"] == {"zh": "zh-CN", "en": "en-GB"}[language]
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "2026" in reader.metadata.title
    tops = [one.title for one in reader.outline if not isinstance(one, list)]
    assert len(tops) == 11
    places = [
        reader.get_destination_page_number(one)
        for one in reader.outline
        if not isinstance(one, list)
    ]
    assert places == sorted(places)


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_the_embedded_faces_are_used(printed, language):
    names = set()
    for page in printed[language].pages:
        for font in page["/Resources"]["/Font"].values():
            names.add(str(font.get_object()["/BaseFont"]))

    assert names
    assert all("NotoSansSC" in name for name in names)


def test_stamp_and_foot_carry_the_fingerprint(printed):
    content = make_pdf(sample_content(), edition(), language="zh")
    stamp = read_stamp(content)

    assert (stamp.period, stamp.version, stamp.language) == ("2026-10", "1.0", "zh")
    assert stamp.sha256 == edition().sha256
    for page in printed["zh"].pages:
        assert edition().sha256[:16] in page.extract_text()


def test_draft_is_marked_on_every_page():
    content = make_pdf(sample_content(), edition(version="0.3", is_final=False), language="en")

    pages = PdfReader(BytesIO(content)).pages
    assert all("DRAFT" in page.extract_text() for page in pages)


def test_open_month_says_so_far():
    content = make_pdf(
        sample_content(is_open=True), edition(version="0.1", is_final=False), language="en"
    )

    assert "figures so far" in text_of(PdfReader(BytesIO(content)))


def test_correction_has_a_change_page():
    changes = {
        "version": "1.0",
        "sha256": "a" * 64,
        "frozen_at": "2026-11-09T08:00:00+00:00",
        "differences": [
            {"where": "metrics T01 hits", "was": "101,742", "now": "101,743"},
            {"where": "metrics D01 breaks 1 month", "was": "—", "now": "2026-07"},
        ],
    }

    content = make_pdf(sample_content(changes=changes), edition(version="1.1"), language="en")

    text = text_of(PdfReader(BytesIO(content)))
    assert "What changed since the last edition" in text
    assert "101,742" in text
    assert re.search(r"Limits set anew[^:]*: D01", " ".join(text.split()))


SCRIPT = """
import django, hashlib, sys
django.setup()
from kpi.reports.monthly_quality import make_pdf
from tests.factories.report import edition, sample_content
print(hashlib.sha256(make_pdf(sample_content(), edition(), language=sys.argv[1])).hexdigest())
"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_processes_print_the_same_bytes(language):
    """Hash seeds, clocks and memory addresses differ between processes; the file does not."""
    here = hashlib.sha256(make_pdf(sample_content(), edition(), language=language)).hexdigest()
    found = {here}
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT, language],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "TZ": "UTC"},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        found.add(done.stdout.strip())

    assert len(found) == 1


HOSTILE = '=HYPERLINK("http://x","<b>&amp;</b>") <para>%s{{7*7}} \\"\' 龘𠮷 😀'


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_text_is_printed_as_text(language):
    names = both(HOSTILE, HOSTILE)
    content = sample_content(company=names, causes=[{"code": "x", "names": names, "count": 51}])
    content["sites"][0]["names"] = names
    content["quality"]["imports"][0]["file"] = HOSTILE

    text = squeezed(PdfReader(BytesIO(make_pdf(content, edition(), language=language))))

    assert '=HYPERLINK("http://x","<b>&amp;</b>")<para>%s{{7*7}}' in text
    assert "[U+1F600]" in text


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(name=st.text(min_size=1, max_size=60))
def test_no_recorded_name_can_stop_the_report(name):
    content = sample_content(causes=[{"code": "x", "names": both(name, name), "count": 51}])
    content["sites"][0]["names"] = both(name, name)

    assert make_pdf(content, edition(), language="zh").startswith(b"%PDF")


def test_a_missing_glyph_in_our_own_text_stops_the_build():
    from reportlab.pdfgen.canvas import Canvas

    fonts.register()
    canvas = Canvas(BytesIO())
    canvas.setFont(fonts.REGULAR, 10)

    with pytest.raises(fonts.MissingGlyph) as stopped:
        canvas.drawString(10, 10, "ok \U0001f600")
    assert "U+1F600" in str(stopped.value)


def gb2312() -> set[str]:
    """Return every character of GB 2312, decoded from its own rows and cells."""
    found = set()
    for row in [*range(0xA1, 0xAA), *range(0xB0, 0xF8)]:
        for cell in range(0xA1, 0xFF):
            try:
                found.add(bytes([row, cell]).decode("gb2312"))
            except UnicodeDecodeError:
                continue
    return found


def test_font_draws_all_of_gb2312_and_rare_names():
    known = fonts.known_characters()
    wanted = gb2312() | set("龘犇骉燚㼆喆堃玥珺淼垚")

    assert len(gb2312()) == 7445
    assert sorted(char for char in wanted if ord(char) not in known) == []


def test_long_lists_are_cut_with_a_line_that_says_so(printed):
    content = sample_content()
    miss = content["complaints"]["misses"][0]
    content["complaints"]["misses"] = [{**miss, "number": f"C-{n:06}"} for n in range(5000)]

    reader = PdfReader(BytesIO(make_pdf(content, edition(), language="en")))

    assert len(reader.pages) <= len(printed["en"].pages) + 2
    assert "4975 more rows stand in the data annex." in text_of(reader)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_month_prints(language):
    content = sample_content(sites=[], causes=[])
    for line in content["metrics"]:
        line.update(hits=0, total=0, series=[{"period": "2026-10", "hits": 0, "total": 0}])
    nothing = {"hits": 0, "total": 0}
    for row in content["complaints"]["by_class"]:
        row["count"] = 0
    content["complaints"] |= {"received": 0, "legal": nothing, "first": nothing, "misses": []}
    content["compensation"] |= {"opened": 0, "paid": 0, "paid_fen": 0}
    content["staff"] |= {"grades": [], "courses": [], "exams": {"finished": 0, "passed": 0}}
    content["quality"] |= {"accepted": 0, "verification": None, "findings": [], "imports": []}

    reader = PdfReader(BytesIO(make_pdf(content, edition(), language=language)))

    assert "0.0%" not in squeezed(reader).replace("100.0%", "")


def test_all_late_and_one_parcel_print_without_a_share():
    content = sample_content()
    content["metrics"][0].update(hits=0, total=1)

    text = squeezed(PdfReader(BytesIO(make_pdf(content, edition(), language="en"))))

    assert "0/1" in text
    assert "n<30" in text


def test_unknown_keys_of_a_newer_snapshot_are_left_alone():
    assert read_content(sample_content(novelty=[1, 2])).period == "2026-10"


@pytest.mark.parametrize("broken", ["metrics", "as_of", "sites"])
def test_a_snapshot_without_its_parts_is_refused(broken):
    content = sample_content()
    del content[broken]

    with pytest.raises(KeyError):
        read_content(content)


def test_without_targets_the_report_does_not_speak_of_meeting_them():
    """Steady figures of a month before the first target."""
    content = sample_content()
    for line in content["metrics"]:
        months = [{**one, "hits": line["hits"], "total": line["total"]} for one in line["series"]]
        line.update(target=None, series=months)

    text = squeezed(PdfReader(BytesIO(make_pdf(content, edition(), language="en"))))

    assert "Nofigureworsened.Notargetissetforthesefigures." in text
    assert "nonemissesitstarget" not in text
    assert "Setatarget,sothatitcanbejudged." in text
    assert "Keepwatching" not in text


@pytest.mark.parametrize(("language", "title"), [("en", "Customerratings"), ("zh", "客户评分")])
def test_ratings_are_compared_on_time_and_late(printed, language, title):
    text = squeezed(printed[language])

    assert title in text
    assert all(number in text for number in ("3.99", "4.28", "2.50", "1,080"))
    old = squeezed(
        PdfReader(BytesIO(make_pdf(sample_content(ratings=None), edition(), language=language)))
    )
    assert title not in old
