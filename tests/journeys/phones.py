"""A courier's phone for the journeys: counted taps, a scanner's trigger, a browser to be killed."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests import servers
from tests.conftest import BROWSER_FLAGS, _session_cookie
from tests.shipments.test_courier_pages import PHOTO

# Keys as fast as a scanner types them, whatever the machine is doing.
TRIGGER = """(text) => {
  const target = document.activeElement || document.body;
  for (const key of [...text, "Enter"]) {
    target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  }
}"""


class Thumb:
    """Taps, counted; taking a photo is two: the button and the shutter."""

    def __init__(self, page: Any) -> None:
        self.page, self.taps = page, 0

    def tap(self, selector: str) -> None:
        self.page.locator(selector).first.tap()
        self.taps += 1

    def photo(self, selector: str) -> None:
        self.page.set_input_files(selector, PHOTO)
        self.taps += 2


def trigger(page: Any, text: str) -> None:
    """Pull the trigger of a hardware scanner."""
    page.evaluate(TRIGGER, text)


def pump(page: Any, until: Callable[[], bool], seconds: float = 30) -> None:
    """Let the browser work until something outside it has happened."""
    end = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < end, "it never happened"
        page.evaluate("new Promise((done) => setTimeout(done, 20))")


@contextmanager
def own_browser(browser: Any, folder: Path, *flags: str, **options: Any) -> Iterator[Any]:
    """Start a browser with a profile of its own that outlives it."""
    context = browser.browser_type.launch_persistent_context(
        str(folder), executable_path=servers.chromium(), args=[*BROWSER_FLAGS, *flags],
        viewport={"width": 390, "height": 844}, has_touch=True, locale="zh-CN", **options,
    )  # fmt: skip
    context.set_default_timeout(15_000)
    try:
        yield context
    finally:
        if context.pages:
            context.close()


def sign_in(context: Any, user: Any, url: str) -> None:
    context.add_cookies([_session_cookie(user, url)])


def kill(context: Any, folder: Path) -> None:
    """End the browser as a dead battery does."""
    victim = _main_process(str(folder))
    with context.expect_event("close"):
        os.kill(victim, signal.SIGKILL)


def _main_process(folder: str) -> int:
    """Return the process that was started with this profile; its helpers name a `--type`."""
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            words = (entry / "cmdline").read_bytes().decode(errors="replace")
        except OSError:
            continue
        if f"--user-data-dir={folder}" in words and "--type=" not in words:
            return int(entry.name)
    raise AssertionError("The browser does not run")
