"""Running axe-core inside a page: what stands in the way of people who cannot see or point well."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

AXE = Path(__file__).resolve().parents[1] / "vendor" / "axe" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async (options) => {
  const found = await axe.run(document, { ...options, resultTypes: ["violations"] });
  return found.violations.map((one) => ({
    id: one.id,
    nodes: one.nodes.slice(0, 3).map((node) => `${node.target.join(" ")} ${
      node.any.concat(node.all, node.none).map((check) => check.message).slice(0, 1)}`),
  }));
}"""
DARK = "() => { document.documentElement.dataset.bsTheme = 'dark'; }"


@lru_cache(maxsize=1)
def _source() -> str:
    return AXE.read_text(encoding="utf-8")


def barriers(page: Any, options: dict[str, Any]) -> list[str]:
    """Return every violation of the page as it stands, with the places where it is."""
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(_source())
    return [f"{one['id']}: {node}" for one in page.evaluate(RUN, options) for node in one["nodes"]]


def barriers_in_both_themes(page: Any) -> list[str]:
    """Return the violations in the light theme, and those of colour in the dark one."""
    page.wait_for_function("() => !document.querySelector('.htmx-request')")
    found = barriers(page, {"runOnly": {"type": "tag", "values": TAGS}})
    page.emulate_media(color_scheme="dark")
    if page.evaluate("() => Boolean(document.documentElement.dataset.bsTheme)"):
        page.evaluate(DARK)
    dark = barriers(page, {"runOnly": {"type": "rule", "values": ["color-contrast"]}})
    page.emulate_media(color_scheme="light")
    return found + [f"dark {one}" for one in dark]
