"""Rules of the house that a program can check, each with the reason it exists."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command, get_commands
from django.db.migrations.loader import MigrationLoader

from courierqa.core.addresses import all_addresses

pytestmark = pytest.mark.once
ROOT = Path(__file__).resolve().parents[2]
APPS = ("courierqa", "staff", "shipments", "complaints", "quality", "kpi")
SOURCES = [path for app in APPS for path in sorted((ROOT / app).rglob("*.py"))]
CODE = [path for path in SOURCES if "migrations" not in path.parts]
MIGRATIONS = [p for p in SOURCES if "migrations" in p.parts and p.name != "__init__.py"]
TESTS = sorted((ROOT / "tests").rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
# Waiting for real processes has no event to wait on; these files are the only ones.
MAY_SLEEP = {"tests/servers.py", "tests/faults/processes.py", "tests/core/test_worker_faults.py"}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tracked() -> list[Path]:
    """Return the files of the repository, or all that would be in it outside a checkout."""
    if not (ROOT / ".git").exists():
        return [*SOURCES, *TESTS, *TEMPLATES]
    command = ["git", "-C", str(ROOT), "-c", "safe.directory=*", "ls-files", "-z"]
    listed = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    return [ROOT / entry for entry in listed.split("\0") if entry and (ROOT / entry).is_file()]


def trees(paths: list[Path]) -> list[tuple[Path, ast.Module]]:
    return [(path, ast.parse(path.read_text(encoding="utf-8"))) for path in paths]


def test_modules_stay_readable():
    long = {name(p): len(p.read_text(encoding="utf-8").splitlines()) for p in [*CODE, *TESTS]}
    assert {path: lines for path, lines in long.items() if lines > 400} == {}


def test_functions_stay_short():
    # Forty lines is the point past which a reader loses the thread.
    found = [
        f"{name(path)}:{node.lineno} {node.name} {node.end_lineno - node.lineno + 1}"
        for path, tree in trees(CODE)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno + 1 > 60
    ]
    assert found == []


def test_every_module_and_public_model_says_what_it_is():
    silent = [name(p) for p, tree in trees(CODE) if tree.body and not ast.get_docstring(tree)]
    silent = [path for path in silent if not path.endswith(("__init__.py", "apps.py"))]
    models = [m for m in apps.get_models() if m.__module__.split(".")[0] in APPS]
    silent += [m.__qualname__ for m in models if (m.__doc__ or "").startswith(f"{m.__name__}(")]
    assert silent == []


def test_nobody_leaves_work_in_a_comment():
    mark = re.compile(r"#.*\b(TODO|FIXME|XXX|HACK)\b")
    found = [
        f"{name(path)}:{number}"
        for path in [*CODE, *TESTS]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if mark.search(line) and path != Path(__file__)
    ]
    assert found == []


def test_nobody_sleeps_or_mocks():
    # A sleep makes a test slow and still flaky; a mock of our own code proves nothing.
    found = []
    for path, tree in trees([*CODE, *TESTS]):
        for node in ast.walk(tree):
            text = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            if text.endswith(("time.sleep", "wait_for_timeout")) and name(path) not in MAY_SLEEP:
                found.append(f"{name(path)}:{node.lineno} {text}")
            if isinstance(node, ast.ImportFrom) and node.module in ("unittest.mock", "unittest"):
                found.append(f"{name(path)}:{node.lineno} mock")
    assert found == []


CLOCKS = {"timezone.now", "datetime.now", "date.today", "datetime.today", "timezone.localdate"}
DOMAIN = re.compile(r"/(services|selectors|facts|fold|promises|clocks|stats|grading)(/|\.py)")


def test_domain_code_reads_no_clock():
    # A rule that reads the clock cannot be tested at midnight, in March, or twice.
    # When a job ended is no rule: it is a note about the machine.
    found = []
    for path, tree in trees([p for p in CODE if DOMAIN.search(f"/{name(p)}")]):
        notes = {
            k.value for k in ast.walk(tree) if isinstance(k, ast.keyword) and k.arg == "ended_at"
        }
        found += [
            f"{name(path)}:{node.lineno}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and node not in notes
            if ast.unparse(node.func) in CLOCKS
        ]
    assert found == []


def test_tasks_take_keywords_only():
    # A job queued by the old version must mean the same to the new one.
    found = []
    for path, tree in trees([p for p in CODE if p.name == "tasks.py"]):
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and any(
                "task" in ast.unparse(decorator) for decorator in node.decorator_list
            ):
                positional = [a.arg for a in node.args.args if a.arg != "self"]
                found += [f"{name(path)}:{node.lineno} {node.name} {positional}"] * bool(positional)
    assert found == []


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_migrations_are_one_line_per_app():
    loader = MigrationLoader(None)
    for app in ("core", "staff", "shipments", "complaints", "quality", "kpi"):
        assert len(loader.graph.leaf_nodes(app)) <= 1, app


# Field types, trigger text and the making of tables are part of the schema; rules are not.
SCHEMA = {
    "courierqa.core.privacy", "courierqa.core.insert_only", "courierqa.core.new_tables",
    "courierqa.core.rows_of_migrations",
}  # fmt: skip


def test_migrations_import_no_app_code():
    # A migration must do the same next year, whatever the code has become.
    found = []
    for path, tree in trees(MIGRATIONS):
        for node in ast.walk(tree):
            modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            modules += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            found += [
                f"{name(path)}: {module}"
                for module in modules
                if module.split(".")[0] in APPS and module not in SCHEMA
            ]
    assert found == []


INLINE = re.compile(
    r"<style|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:"
    r"|<script(?![^>]*(\bsrc=|type=[\"']application/json))",
    re.IGNORECASE,
)


def test_templates_have_no_inline_script_or_style():
    # The content policy forbids them; a page with one would break silently.
    found = [
        f"{name(path)}:{number} {line.strip()[:80]}"
        for path in TEMPLATES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if INLINE.search(line)
    ]
    assert found == []


HAN = re.compile(r"[\u4e00-\u9fff]")


def test_templates_keep_chinese_in_the_catalogues():
    # The one Chinese word allowed is the name of the language in its own switch.
    found = [
        f"{name(path)}:{number} {line.strip()[:80]}"
        for path in TEMPLATES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if HAN.search(re.sub(r"{#.*?#}", "", line).replace("中文", ""))
    ]
    assert found == []


# Put together here so that this file does not name them.
FOREIGN = [
    "/tmp" + "/w/",
    "/wo" + "rk/",
    "/root" + "/",
    "/opt" + "/wheels",
    "/opt" + "/pypi",
    "files." + "pythonhosted",
    "pypi." + "org",
    "registry." + "npmjs",
]
BINARY = {".png", ".jpg", ".ttf", ".woff2", ".wasm", ".ico", ".pdf", ".xlsx", ".gz", ".parquet"}


def test_no_file_names_a_machine_or_a_package_host():
    found = []
    for path in tracked():
        if path.suffix in BINARY or "vendor" in path.parts:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [f"{name(path)}: {word}" for word in FOREIGN if word in text]
    assert found == []


def test_readme_lists_every_command():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    own = [c for c, app in get_commands().items() if app.split(".")[0] in APPS]
    assert [command for command in sorted(own) if f"`{command}" not in text] == []


def test_readme_lists_every_variable_of_the_environment():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    asked = re.compile(r"(?:env\.\w+|secret|environ\.get|getenv)\(\s*[\"']([A-Z][A-Z0-9_]+)[\"']")
    product = [path for path in CODE if path.name != "settings_test.py"]
    names = {found for path in product for found in asked.findall(path.read_text(encoding="utf-8"))}
    assert sorted(n for n in names if f"`{n}`" not in text) == []


def test_every_dependency_has_a_reason():
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    lines = [
        line.strip()
        for file in ("requirements.in", "requirements-dev.in")
        for line in (ROOT / file).read_text(encoding="utf-8").splitlines()
    ]
    wanted = {re.split(r"[=<>~!\[ ;]", line)[0] for line in lines if re.match(r"[A-Za-z]", line)}
    assert sorted(package for package in wanted if f"`{package}`" not in text) == []


def test_every_entry_of_the_audit_log_has_words():
    # An auditor reads the log in both languages; a verb without words would show its code.
    from courierqa.core.audit.words import VERBS

    called = {
        node.args[0].value.rpartition(".")[2]
        for _path, tree in trees(CODE)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).endswith(("audit.record", "trail.record"))
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    assert called - VERBS.keys() == set()


def test_no_name_of_an_address_is_used_twice():
    # A link by a name used twice leads to either page, whichever is listed last.
    named: dict[str, set[str]] = {}
    for address in all_addresses():
        if not address.name.endswith(":") and address.name:
            named.setdefault(address.name, set()).add(address.route)
    assert {label: routes for label, routes in named.items() if len(routes) > 1} == {}


TRANSLATED = {"_", "_now", "gettext", "gettext_lazy", "pgettext", "pgettext_lazy", "ngettext"}


def test_texts_are_collected():
    """Nothing inside an f-string reaches the catalogue of texts: it would stay English."""
    found = [
        f"{name(path)}:{call.lineno}"
        for path, tree in trees(CODE)
        for part in ast.walk(tree)
        if isinstance(part, ast.JoinedStr)
        for call in ast.walk(part)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in TRANSLATED
    ]
    assert found == []
