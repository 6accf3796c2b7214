"""Commands whose messages follow `--lang`."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation

LANGUAGES = {"zh": "zh-hans", "en": "en"}


class SpokenCommand(BaseCommand):
    """Speaks the language asked for, Chinese unsaid; refusals too."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--lang", choices=sorted(LANGUAGES), default="zh", help="language of what is printed"
        )

    def execute(self, *args: Any, **options: Any) -> str | None:
        with translation.override(LANGUAGES[options.get("lang") or "zh"]):
            return super().execute(*args, **options)
