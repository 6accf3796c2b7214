"""Files in and out: every cell text, no formula ever, the way back gives the original."""

from __future__ import annotations

import codecs
import io
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courierqa.core import exports, imports
from courierqa.core.imports import Problem, UnreadableFile, read_table
from courierqa.core.models import ImportRow
from tests.factories import core as make

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
TEXT = "运单号,姓名\r\n0012345678,张三\r\n\r\n0087654321,欧阳锋\r\n"
ROWS = [
    (2, {"运单号": "0012345678", "姓名": "张三"}),
    (4, {"运单号": "0087654321", "姓名": "欧阳锋"}),
]


def read(data, name="a.csv"):
    return list(read_table(io.BytesIO(data), filename=name))


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("gbk"),
        TEXT.encode("gb18030"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.replace(",", ";").encode("gbk"),
        TEXT.replace(",", "\t").encode(),
        TEXT.replace("\r\n", "\n").encode(),
        ("sep=;\r\n" + TEXT.replace(",", ";")).replace("\r\n\r\n", "\r\n").encode(),
    ],
    ids=["utf8", "bom", "gbk", "gb18030", "utf16", "bare utf16", "utf16be", "semicolon", "tab",
         "lf", "sep line"],
)  # fmt: skip
def test_every_common_encoding_and_separator_is_read(data):
    assert [row for _number, row in read(data)] == [row for _number, row in ROWS]


def test_rows_keep_the_number_of_their_line():
    assert read(TEXT.encode()) == ROWS


def test_quoted_cells_may_hold_line_ends_and_separators():
    assert read(b'a,b\n"1\n2","x, y"\n3,4\n') == [
        (3, {"a": "1\n2", "b": "x, y"}), (4, {"a": "3", "b": "4"}),
    ]  # fmt: skip


def test_short_rows_are_filled_and_long_ones_cut():
    assert read(b"a,b,c\n1\n1,2,3,4\n") == [
        (2, {"a": "1", "b": "", "c": ""}), (3, {"a": "1", "b": "2", "c": "3"}),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "a.csv"), (b"   \n", "a.csv"), (b"\x00\x01\x02\x00\x03", "a.csv"),
        (b"\xff\xff\xff\xff\x81", "a.csv"), (b"a,a\n1,2\n", "a.csv"),
        (b"PK\x03\x04broken", "a.xlsx"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xls"),
        (b"[1]\n", "a.jsonl"), (b"{\n", "a.jsonl"), (b"", "a.jsonl"),
        (b"[" * 100_000, "a.jsonl"),
    ],
)  # fmt: skip
def test_unreadable_files_are_refused_with_a_reason(data, name):
    with pytest.raises(UnreadableFile) as refused:
        read(data, name)

    assert refused.value.message


def test_json_lines_keep_zeros_and_long_numbers():
    data = (
        '{"waybill": "0012", "weight": 12345678901234567890, "x": null, "y": [1]}\n\n{"a": 1.50}\n'
    )

    assert read(data.encode(), "a.jsonl") == [
        (1, {"waybill": "0012", "weight": "12345678901234567890", "x": "", "y": '["1"]'}),
        (3, {"a": "1.50"}),
    ]


def workbook(rows):
    return exports.xlsx_bytes(rows[0], rows[1:])


def test_workbooks_are_read_as_text():
    data = workbook(
        [["运单号", "重量", "日期"], ["0012345678", 1.5, "2026-03-02"], ["88", 2.0, ""]]
    )

    assert read(data, "a.xlsx") == [
        (2, {"运单号": "0012345678", "重量": "1.5", "日期": "2026-03-02"}),
        (3, {"运单号": "88", "重量": "2", "日期": ""}),
    ]


def test_formulas_in_a_workbook_are_not_evaluated(tmp_path):
    import xlsxwriter

    path = tmp_path / "f.xlsx"
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet()
    page.write_string(0, 0, "a")
    page.write_formula(1, 0, '=HYPERLINK("http://127.0.0.1/","x")', None, "stored")
    book.close()

    assert read(path.read_bytes(), "f.xlsx") == [(2, {"a": "stored"})]


def test_a_workbook_that_unfolds_too_far_is_refused(monkeypatch):
    monkeypatch.setattr("courierqa.core.imports.reading.MAX_UNZIPPED", 100)

    with pytest.raises(UnreadableFile):
        read(workbook([["a"], ["1"]]), "a.xlsx")


FORMULAS = ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "\nx", "＝1", "＋1", "－1", "＠x", "  =1",
            "'=1", "''+1", "=cmd|' /C calc'!A0", "-2+3", "\n=1"]  # fmt: skip


@pytest.mark.parametrize("text", FORMULAS)
def test_no_exported_cell_can_be_a_formula(text):
    assert exports.safe_cell(text) == f"'{text}"
    assert exports.plain_cell(exports.safe_cell(text)) == text


@pytest.mark.parametrize("value", ["张三", "12", "a=b", "", "'quoted'", "2026-03-02"])
def test_ordinary_text_stays_as_it_is(value):
    assert exports.safe_cell(value) == value


@pytest.mark.parametrize(("value", "cell"), [(-5, -5), (1.5, 1.5), (True, True), (None, "")])
def test_numbers_stay_numbers(value, cell):
    assert exports.safe_cell(value) == cell


@given(st.text(max_size=50))
def test_a_cell_comes_back_as_it_left(text):
    safe = exports.safe_cell(text)

    assert exports.plain_cell(safe) == text
    assert not safe.lstrip()[:1] or safe.lstrip()[0] not in "=+-@＝＋－＠"


cells = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"], exclude_characters="\ufeff"),
    min_size=1, max_size=20,
)  # fmt: skip


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=5))
def test_csv_written_by_us_is_read_back_unchanged(rows):
    data = b"".join(exports.csv_lines(["一", "二"], rows))

    assert [(row["一"], row["二"]) for _number, row in read(data)] == rows


def test_xlsx_written_by_us_is_read_back_unchanged():
    rows = [[text.strip()] for text in FORMULAS if text.strip()]

    found = [row["a"] for _number, row in read(workbook([["a"], *rows]), "a.xlsx")]

    assert [[cell] for cell in found] == rows


def test_a_file_name_cannot_break_the_header():
    value = exports.attachment('月报"\r\nX: y/../a.csv')

    assert not {"\r", "\n"} & set(value)
    assert value.count('"') == 2


def test_times_are_exported_in_the_business_zone():
    assert exports.safe_cell(NOW) == "2026-03-02 18:00:00+08:00"


# --- runs -----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_an_import_run_says_what_became_of_each_row():
    user = make.person("quality")
    file = io.BytesIO(TEXT.encode())
    run = imports.start_run(kind="parcels", file=file, filename="运单.csv", by=user, now=NOW)
    report = imports.ImportReport()
    report.add("created")
    weight = Problem("weight", "重量", "Not a number", "Enter kilograms such as 1.5")
    late = Problem("late", "时间", "In the future")
    report.refuse(3, {"重量": "x"}, weight, late, key="0012")
    report.refuse(4, {"重量": "y"}, weight)
    report.keep_marked(5, {"重量": "1"}, late)
    imports.finish_run(run, report, now=NOW)

    run.refresh_from_db()
    assert (run.rows, run.counts) == (4, {"created": 1, "refused": 2, "marked": 1})
    assert (run.ended_at, run.by, len(run.sha256)) == (NOW, user, 64)
    assert ImportRow.objects.count() == 4
    worst, *_others = imports.problem_groups(run)
    assert (worst["code"], worst["count"]) == ("weight", 2)
    assert [(row["_line"], row["重量"]) for row in imports.refused_rows(run)] == [
        ("3", "x"), ("4", "y"),
    ]  # fmt: skip
    assert file.tell() == 0


@pytest.mark.parametrize(
    "content",
    [b"id,waybill,code\na\x00,1,2\n", b"\x00\xff\xfe", b"\xfe\xff\x00", b"\xff\xfea\x00\x00\xd8b"],
)
def test_a_file_with_stray_zero_bytes_is_refused_and_not_a_crash(content):
    with pytest.raises(UnreadableFile):
        list(read_table(io.BytesIO(content), filename="scans.csv"))
