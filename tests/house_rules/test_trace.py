"""Requirement trace and translations hold together."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from courierqa.core import catalogues, trace

pytestmark = pytest.mark.once
ROOT = Path(__file__).resolve().parents[2]


def test_catalogue_is_whole():
    rows = [row for area in trace.catalogue(ROOT) for row in area.rows]
    assert len(rows) == len({row.id for row in rows}) == 376
    assert all(row.en and row.zh and row.acceptance for row in rows)


def test_every_mark_names_a_row():
    assert trace.unknown_marks(ROOT) == []


def test_a_reason_is_given_only_for_what_is_open(tmp_path, settings):
    (tmp_path / "docs").mkdir()
    (tmp_path / "tests").mkdir()
    stored = (ROOT / "docs" / "requirements.json").read_text()
    (tmp_path / "docs" / "requirements.json").write_text(stored)
    reasons = tmp_path / "docs" / "requirements_open.json"
    reasons.write_text('{"TIM-05": "Vehicles carry no receiver yet."}')
    settings.BASE_DIR = tmp_path

    assert "open: Vehicles carry no receiver yet." in trace.page(tmp_path)
    call_command("requirements", "--write", "--check", verbosity=0)

    (tmp_path / "tests" / "test_x.py").write_text(
        "import pytest\n@pytest.mark.req('TIM-05')\ndef test_one(): ...\n"
    )
    with pytest.raises(CommandError, match="TIM-05"):
        call_command("requirements", "--write")


def test_marks_are_found_on_functions_classes_and_modules(tmp_path):
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_x.py").write_text(
        "import pytest\n"
        "pytestmark = [pytest.mark.req('AAA-01')]\n"
        "@pytest.mark.req('BBB-01', 'BBB-02')\ndef test_one(): ...\n"
        "@pytest.mark.req('CCC-01')\nclass TestTwo:\n    def test_three(self): ...\n"
    )
    assert trace.marks(tmp_path) == {
        "AAA-01": ["tests/test_x.py"],
        "BBB-01": ["tests/test_x.py::test_one"],
        "BBB-02": ["tests/test_x.py::test_one"],
        "CCC-01": ["tests/test_x.py::TestTwo"],
    }


def test_commands_answer_in_json(capsys):
    call_command("requirements", "--format", "json")
    areas = json.loads(capsys.readouterr().out)
    assert sum(area["total"] for area in areas) == 376
    call_command("access_matrix", "--format", "json")
    found = json.loads(capsys.readouterr().out)
    cell = {"resource": "claim", "action": "pay", "role": "lead", "scope": "all"}
    assert cell in found["cells"]
    assert {"/login/"} <= {address["route"] for address in found["addresses"]}


def test_translations_are_complete():
    faults = [f for domain in catalogues.domains(ROOT) for f in catalogues.check(domain)]
    assert faults + catalogues.disagreements(ROOT) == []


@pytest.fixture
def house(tmp_path):
    """A tiny product: one Python text, one template with a plural and a trimmed block."""
    for folder in ("courierqa", "staff", "templates/staff"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "staff" / "words.py").write_text(
        "from django.utils.translation import gettext as _, ngettext\n"
        "A = _('Sign in')\nB = ngettext('%(n)s day', '%(n)s days', 2)\n"
    )
    (tmp_path / "templates" / "staff" / "page.html").write_text(
        "{% blocktranslate trimmed count n=n %}\n  {{ n }} parcel\n{% plural %}\n"
        "  {{ n }} parcels\n{% endblocktranslate %}\n"
        "{% include 'x.html' with title=_('People') %}\n{{ name|default:_('Nobody') }}"
    )
    return tmp_path


def test_texts_of_code_and_templates_are_collected(house):
    domain = catalogues.Domain("staff", house)
    found = {str(message.id) for message in catalogues.collect(domain) if message.id}
    assert found == {
        "Sign in",
        "('%(n)s day', '%(n)s days')",
        "('%(n)s parcel', '%(n)s parcels')",
        "People",
        "Nobody",
    }


def test_update_keeps_translations_and_check_finds_faults(house):
    domain = catalogues.Domain("staff", house)
    assert catalogues.update(domain) == 5
    text = domain.po.read_text().replace(
        'msgid "Sign in"\nmsgstr ""', 'msgid "Sign in"\nmsgstr "登录"'
    )
    text = text.replace(
        'msgid_plural "%(n)s days"\nmsgstr[0] ""', 'msgid_plural "%(n)s days"\nmsgstr[0] "天"'
    )
    domain.po.write_text(text)
    assert catalogues.update(domain) == 3
    assert catalogues.update(domain) == 3
    faults = "\n".join(catalogues.check(domain))
    assert "'%(n)s day' placeholders differ: '天'" in faults
    assert "'People' not translated" in faults
    assert "Sign in" not in faults
    (house / "staff" / "words.py").write_text("")
    assert "'Sign in' is no longer used" in "\n".join(catalogues.check(domain))


def test_a_text_is_translated_once_for_all_catalogues(house):
    staff, core = catalogues.Domain("staff", house), catalogues.Domain("core", house)
    (house / "courierqa" / "words.py").write_text((house / "staff" / "words.py").read_text())
    catalogues.update(staff)
    staff.po.write_text(
        staff.po.read_text().replace('msgid "Sign in"\nmsgstr ""', 'msgid "Sign in"\nmsgstr "登录"')
    )
    catalogues.update(core)
    assert "登录" in core.po.read_text()
    core.po.write_text(core.po.read_text().replace("登录", "登陆"))
    assert catalogues.disagreements(house) == ["staff and core differ on 'Sign in': '登录', '登陆'"]


def test_stale_requirements_page_is_noticed(settings, tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "tests").mkdir()
    stored = (ROOT / "docs" / "requirements.json").read_text()
    (tmp_path / "docs" / "requirements.json").write_text(stored)
    settings.BASE_DIR = tmp_path
    with pytest.raises(CommandError, match="stale"):
        call_command("requirements", "--check")
    call_command("requirements", "--write", "--check", verbosity=0)
