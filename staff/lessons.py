"""Lesson text from Markdown, safe to show: no raw HTML, no images, no scripts in links."""

from __future__ import annotations

from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt


@lru_cache(maxsize=1)
def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False, "linkify": False})
    return reader.enable("table").disable(["image", "html_block", "html_inline"])


def rendered(text: str) -> SafeString:
    """Return the HTML of a lesson; whatever is not Markdown is printed as text."""
    return mark_safe(_reader().render(text))
