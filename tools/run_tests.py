"""Run every check and test: style, types, imports, texts, then the suite on both databases.

Started by tools/test.sh, which prepares the environment. Prints each step as it ends and closes
with one line of counts; exits 1 when anything failed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests import servers  # noqa: E402 -- the path is set above

BIN = Path(sys.executable).parent
MANAGE = [sys.executable, "manage.py"]
PRODUCTION = {
    "DATABASE_URL": "postgresql://courierqa@db.example/courierqa",
    "REDIS_URL": "redis://cache.example/0",
    "SECRET_KEY": "only-for-this-check-" + "k3y" * 20,
    "FIELD_MASTER_KEY": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
    "INDEX_KEY": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
    "ALLOWED_HOSTS": "quality.example",
    "HTTPS": "1",
}


@dataclass(frozen=True)
class Check:
    """A command that must succeed; `pardon` may forgive its output, saying why."""

    name: str
    command: Sequence[str | Path]
    env: dict[str, str] = field(default_factory=dict)
    pardon: Callable[[str], str] | None = None


@dataclass
class Result:
    name: str
    ok: bool
    seconds: float
    note: str = ""


def offline(output: str) -> str:
    """Forgive an audit that could not reach its database."""
    reached = "known vulnerabilit" in output or "No known" in output
    return "" if reached else "its database cannot be reached from here: not checked"


def checks() -> list[Check]:
    """Return the checks that need no server; the slowest first, two run at a time."""
    audit = ["--requirement", "requirements.txt", "--require-hashes", "--disable-pip"]
    deploy = ["check", "--deploy", "--fail-level", "WARNING"]
    return [
        Check("types (mypy)", [BIN / "mypy"]),
        Check("style (ruff check)", [BIN / "ruff", "check", "."]),
        Check("format (ruff format)", [BIN / "ruff", "format", "--check", "."]),
        Check("imports (import-linter)", [BIN / "lint-imports"]),
        Check("migrations complete", [*MANAGE, "makemigrations", "--check", "--dry-run"]),
        Check("translations complete", [*MANAGE, "translations", "--check"]),
        Check("requirements page up to date", [*MANAGE, "requirements", "--check"]),
        Check("production settings (check --deploy)", [*MANAGE, *deploy], PRODUCTION),
        Check(
            "known weaknesses of libraries (pip-audit)",
            [BIN / "pip-audit", *audit, "--timeout", "10", "--progress-spinner", "off"],
            pardon=offline,
        ),
    ]


def run_check(check: Check, env: dict[str, str]) -> Result:
    """Run one check and print its outcome, with its output when it failed."""
    began = time.monotonic()
    done = subprocess.run(
        check.command,
        cwd=ROOT,
        env={**env, **check.env},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    output = done.stdout + done.stderr
    note = check.pardon(output) if done.returncode and check.pardon else ""
    result = Result(check.name, not done.returncode or bool(note), time.monotonic() - began, note)
    mark = "ok  " if result.ok else "FAIL"
    text = f"{mark} {check.name} ({result.seconds:.0f} s) {note}".rstrip()
    print(text if result.ok else f"{text}\n{output}", flush=True)
    return result


def run_checks(env: dict[str, str]) -> list[Result]:
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda check: run_check(check, env), checks()))


@dataclass
class Counts:
    """Tests over all passes."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def add(self, report: Path) -> None:
        """Add what pytest wrote; a missing report is counted by the exit code alone."""
        if not report.exists():
            return
        for suite in ElementTree.parse(report).getroot().iter("testsuite"):
            bad = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
            skipped = int(suite.get("skipped", 0))
            self.passed += int(suite.get("tests", 0)) - bad - skipped
            self.failed += bad
            self.skipped += skipped


def print_slowest(report: Path, count: int = 15) -> None:
    """Print which modules took the time, so that a slow one is seen when it comes."""
    if not report.exists():
        return
    seconds: Counter[str] = Counter()
    for case in ElementTree.parse(report).getroot().iter("testcase"):
        seconds[case.get("classname", "")] += float(case.get("time", 0))
    print(f"slowest of {sum(seconds.values()):.0f} s:")
    for module, spent in seconds.most_common(count):
        print(f"  {spent:6.0f} s  {module}")


def run_pytest(
    name: str, arguments: Sequence[str], env: dict[str, str], counts: Counts, folder: Path
) -> Result:
    """Run one pass of the suite, its output going straight to the terminal."""
    print(f"\n→ {name}", flush=True)
    began = time.monotonic()
    report = folder / f"{name.split()[-1]}.xml"
    command = [sys.executable, "-m", "pytest", "-q", f"--junit-xml={report}", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL)
    counts.add(report)
    print_slowest(report)
    return Result(name, done.returncode == 0, time.monotonic() - began)


def server_pass(
    arguments: Sequence[str], env: dict[str, str], counts: Counts, folder: Path
) -> Result:
    """Run the suite on PostgreSQL and Redis: the given ones, or throw-away ones."""
    started: list[servers.Server] = []
    database, cache = os.environ.get("TEST_DATABASE_URL"), os.environ.get("TEST_REDIS_URL")
    try:
        if not database:
            started.append(postgres := servers.Postgres().create())
            database = postgres.url()
        if not cache:
            started.append(redis := servers.Redis().create())
            cache = redis.url()
        env = {**env, "DATABASE_URL": database, "REDIS_URL": cache}
        return run_pytest("tests on PostgreSQL", arguments, env, counts, folder)
    finally:
        for server in started:
            server.remove()


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tools/test.sh", description=__doc__)
    parser.add_argument("--lint", action="store_true", help="only the checks without servers")
    parser.add_argument("--sqlite", action="store_true", help="only the suite on SQLite")
    parser.add_argument("--postgres", action="store_true", help="only the suite on PostgreSQL")
    parser.add_argument("--bench", action="store_true", help="the benchmarks")
    parser.add_argument("--soak", action="store_true", help="the long fault tests")
    parser.add_argument("--workers", default="2", help="test processes side by side (2)")
    parser.add_argument("pytest", nargs="*", help="arguments for pytest, after --")
    return parser.parse_args()


def passes(
    chosen: argparse.Namespace, env: dict[str, str], counts: Counts, folder: Path
) -> list[Result]:
    """Run the passes asked for; without a wish, the whole suite on both databases."""
    extra = list(chosen.pytest)
    if chosen.bench or chosen.soak:
        mark = "bench" if chosen.bench else "soak"
        return [run_pytest(f"tests of {mark}", ["-s", "-m", mark, *extra], env, counts, folder)]
    side_by_side = ["-n", chosen.workers, "--dist", "loadscope", "--no-loadscope-reorder"]
    results = []
    if not chosen.postgres:
        arguments = [*side_by_side, *extra]
        results.append(run_pytest("tests on SQLite", arguments, env, counts, folder))
    if not chosen.sqlite:
        # A browser shows the same pages on either database; fault tests bring their own servers;
        # who may do what is decided before any row is read.
        arguments = [*side_by_side, "-m", "not browser and not servers and not once", *extra]
        results.append(server_pass(arguments, env, counts, folder))
    return results


def main() -> int:
    """Run what was asked for and sum it up."""
    chosen = options()
    folder = Path(tempfile.mkdtemp(prefix="courierqa-run-"))
    env = {name: value for name, value in os.environ.items() if name not in PRODUCTION}
    env |= {"COURIERQA_VAR": str(folder / "var")}
    counts, results, began = Counts(), [], time.monotonic()
    try:
        if not (chosen.bench or chosen.soak or chosen.sqlite or chosen.postgres):
            results += run_checks(env)
        if not chosen.lint:
            results += passes(chosen, env, counts, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return sum_up(results, counts, time.monotonic() - began)


def sum_up(results: Sequence[Result], counts: Counts, seconds: float) -> int:
    bad = [result.name for result in results if not result.ok]
    print(f"\n{len(results)} steps in {seconds / 60:.1f} minutes.")
    for result in results:
        mark = "ok  " if result.ok else "FAIL"
        print(f"  {mark} {result.name} ({result.seconds:.0f} s) {result.note}".rstrip())
    if bad:
        print(f"Failed: {', '.join(bad)}.")
    if counts.passed or counts.failed:
        print(f"{counts.passed} passed, {counts.failed} failed, {counts.skipped} skipped")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
