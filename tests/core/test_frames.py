"""The frames of pages: icons that exist, assets as listed, language, home, failure pages."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

from courierqa.core import drawing, formats, glyphs

ROOT = Path(settings.BASE_DIR)
ICON = re.compile(r"""(?:\{%\s*icon\s+|icon_name=)["']([a-z0-9-]+)["']""")


def test_every_icon_named_in_a_template_is_in_the_sprite():
    sprite = (ROOT / "static/vendor/icons.svg").read_text(encoding="utf-8")
    known = set(re.findall(r'<symbol id="([^"]+)"', sprite))
    named = {
        name
        for page in (ROOT / "templates").rglob("*.html")
        for name in ICON.findall(page.read_text(encoding="utf-8"))
    }

    assert named - known == set()


def test_vendored_files_are_the_listed_ones():
    manifest = json.loads((ROOT / "static/vendor/manifest.json").read_text(encoding="utf-8"))

    changed = [
        line["file"]
        for line in manifest["assets"]
        if hashlib.sha256((ROOT / "static/vendor" / line["file"]).read_bytes()).hexdigest()
        != line["sha256"]
    ]

    assert changed == []


def test_language_switch_keeps_the_page_and_refuses_foreign_addresses(client, db):
    kept = client.post("/language/", {"language": "en", "next": "/track/?q=1"})
    foreign = client.post("/language/", {"language": "en", "next": "//elsewhere.example/"})

    assert (kept.status_code, kept["Location"]) == (302, "/track/?q=1")
    assert kept.cookies["django_language"].value == "en"
    assert foreign["Location"] == "/"


def test_a_courier_starts_on_the_phone_and_an_agent_at_home(as_role):
    assert as_role("courier").get("/")["Location"] == "/m/today/"
    assert as_role("agent").get("/").status_code == 200


@pytest.mark.parametrize("page", ["500.html", "503.html", "404.html", "403_csrf.html"])
def test_failure_pages_need_no_database(page, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        text = get_template(page).render()

    assert "<h1>" in text


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.961, "96.1%"), (0.99941, "99.94%"), (1, "100.0%"), (0.999996, "99.99%"), (None, "—")],
)
def test_a_share_is_never_rounded_up_to_perfection(value, shown):
    assert formats.share(value) == shown


def test_drawings_speak_and_leave_gaps():
    drawn = drawing.sparkline([1.0, None, 3.0, 2.0], 2.5)

    assert drawn.count("<polyline") == 2
    assert 'role="img"' in drawn
    assert "style=" not in drawn + glyphs.variation("worse_low") + glyphs.assurance("fail")
