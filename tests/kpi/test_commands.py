"""What the commands of the measure print, in the language asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command

from tests.kpi.test_filters import NOW

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("lang", "said"), [("zh", "尚未开始"), ("en", "has not begun")])
def test_figures_of_the_future_are_refused_with_the_fix(lang: str, said: str) -> None:
    with time_machine.travel(NOW, tick=False), pytest.raises(CommandError) as refused:
        call_command("figures", period="2026-11", lang=lang)
    assert all(part in str(refused.value) for part in ("--period", "2026-11", said, "2026-10"))


@pytest.mark.parametrize(
    ("lang", "said"), [("zh", "不含报告指纹"), ("en", "carries no fingerprint")]
)
def test_the_check_of_a_file_speaks_the_language_asked_for(
    lang: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4")
    with pytest.raises(SystemExit):
        call_command("verify_report", tmp_path / "a.pdf", lang=lang)
    assert said in capsys.readouterr().out


@pytest.mark.parametrize(("lang", "said"), [("zh", "系统中没有"), ("en", "is stored")])
def test_a_missing_edition_is_named_in_the_language_asked_for(
    lang: str, said: str, tmp_path: Path
) -> None:
    with time_machine.travel(NOW, tick=False), pytest.raises(CommandError) as refused:
        call_command("monthly_report", period="2026-09", edition="1.0", lang=lang,
                     out=tmp_path / "a.pdf")  # fmt: skip
    assert said in str(refused.value)
