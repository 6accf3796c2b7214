"""A printed report is checked without the application, and by the command inside it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.utils import translation

from kpi import snapshots
from kpi.models import Snapshot
from kpi.reports import numbers
from kpi.reports.content import Counts
from tests.kpi import octobers
from tests.kpi.octobers import headline
from tools import verify_report

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def printed(db, tmp_path):
    from django.core.management import call_command

    octobers.tell(octobers.two_sites())
    call_command("monthly_report", period="2026-10", lang="en", out=tmp_path / "oct.pdf")
    return tmp_path


def run_tool(*paths: Path) -> subprocess.CompletedProcess:
    """Run the stand-alone verifier in a process that cannot see the application."""
    tool = [sys.executable, "-I", str(ROOT / "tools" / "verify_report.py")]
    clean = {key: value for key, value in os.environ.items() if not key.startswith("DJANGO")}
    return subprocess.run(
        [*tool, *map(str, paths)], capture_output=True, text=True, env=clean, check=False
    )


@pytest.mark.parametrize("suffix", [".json", ".xlsx"])
def test_annex_is_verified_without_the_application(printed, suffix):
    done = run_tool((printed / "oct").with_suffix(suffix), printed / "oct.pdf")

    assert done.returncode == 0, done.stdout + done.stderr
    assert Snapshot.objects.get().sha256 in done.stdout


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["oct.pdf"], "oct.pdf is a PDF: give its annex"),
        (["gone.json"], "gone.json cannot be read"),
        (["oct.json", "gone.pdf"], "gone.pdf cannot be read"),
        (["notes.txt"], "notes.txt is no data annex"),
        (["list.json"], "list.json is no data annex"),
        (["blank.json"], "blank.json is no data annex"),
        (["notes.xlsx"], "notes.xlsx is no data annex"),
        (["other.xlsx"], "other.xlsx is no data annex"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(printed, given, said):
    (printed / "notes.txt").write_bytes(b"\xff\xfe notes")
    (printed / "notes.xlsx").write_bytes(b"PK notes")
    (printed / "list.json").write_text("[1]", encoding="utf-8")
    (printed / "blank.json").write_text('{"period": 1, "sites": [], "metrics": [{}]}')
    with zipfile.ZipFile(printed / "other.xlsx", "w") as other:
        other.writestr("hello.txt", "hello")

    done = run_tool(*(printed / name for name in given))

    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda c: headline(c).update(hits=59), "T01: value"),
        (lambda c: headline(c).update(high="0.999999"), "T01: high"),
        (lambda c: headline(c, "S02").update(high="1.0"), "S02: high"),
        (lambda c: c["sites"].pop(), "T01: sites have"),
        (lambda c: c["complaints"]["misses"].clear(), "legal misses"),
        (lambda c: c["compensation"].update(paid_fen=1), "by_kind"),
    ],
)
def test_stand_alone_check_finds_each_kind_of_change(printed, change, said):
    annex = printed / "oct.json"
    content = json.loads(annex.read_text(encoding="utf-8"))
    change(content)
    annex.write_text(json.dumps(content), encoding="utf-8")

    done = run_tool(annex, printed / "oct.pdf")

    assert done.returncode == 1
    assert said in done.stdout
    assert "was printed from" in done.stdout


def rewritten(book: Path, before: bytes, after: bytes, sheet: str) -> None:
    """Change one part of a workbook, as somebody with a text editor would."""
    with zipfile.ZipFile(book) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    assert before in parts[sheet]
    parts[sheet] = parts[sheet].replace(before, after, 1)
    with zipfile.ZipFile(book, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content)


def test_stand_alone_check_finds_a_visible_cell_that_was_changed(printed):
    """The frozen text in the last sheet is whole; what people read on the second is not."""
    book = printed / "oct.xlsx"
    rewritten(book, b"<v>50</v>", b"<v>59</v>", "xl/worksheets/sheet2.xml")

    done = run_tool(book)

    assert done.returncode == 1
    assert "sheet figures, row 2" in done.stdout


def test_stand_alone_check_reads_the_printed_figures(printed):
    """A PDF with the right stamp whose page says something else."""
    from kpi.reports.monthly_quality import make_pdf

    row = Snapshot.objects.get()
    lying = json.loads(snapshots.canonical(row.content))
    headline(lying).update(hits=59)
    (printed / "oct.pdf").write_bytes(make_pdf(lying, snapshots.edition_of(row), language="en"))

    done = run_tool(printed / "oct.json", printed / "oct.pdf")

    assert done.returncode == 1
    assert "oct.pdf: page of figures, T01: 50/60 is not printed" in done.stdout


@pytest.mark.parametrize("unit", ["points", "per_mille", "per_100k", "nps", "share"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_stand_alone_check_knows_how_counts_of_each_unit_are_printed(unit, language):
    counts = Counts(hits=104_640, total=211_000)
    with translation.override(language):
        shown = numbers.fraction(counts, unit).replace(" ", "")

    line = {"unit": unit, "hits": counts.hits, "total": counts.total}
    assert verify_report._fractions(line)[0] == shown


def test_verify_command_answers_with_an_exit_code(printed, capsys):
    from django.core.management import call_command

    call_command("verify_report", printed / "oct.pdf", format="json")
    assert json.loads(capsys.readouterr().out)["ok"] is True

    (printed / "oct.pdf").write_bytes(b"%PDF-1.4")
    with pytest.raises(SystemExit) as left:
        call_command("verify_report", printed / "oct.pdf")
    assert left.value.code == 1
