"""Every name one of our modules takes from another exists; pages and forms are exempt from the
type check's rule for it, because Django's stubs do not know what a request carries."""

from __future__ import annotations

import ast
import importlib
from types import ModuleType

import pytest

from tests.house_rules.test_code import APPS, CODE, MIGRATIONS, ROOT, trees

pytestmark = pytest.mark.once
# Entry points that act when they are imported.
ACTING = {"courierqa.asgi", "courierqa.wsgi", "courierqa.settings_test"}


def dotted(path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def missing(module: ModuleType, tree: ast.Module) -> list[str]:
    """Return what a module reads of another module of ours that is not there."""
    ours = {
        name: value
        for name, value in vars(module).items()
        if isinstance(value, ModuleType) and value.__name__.split(".")[0] in APPS
    }
    return [
        f"{module.__name__}:{node.lineno} {node.value.id}.{node.attr}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in ours
        and not hasattr(ours[node.value.id], node.attr)
    ]


def test_every_name_taken_from_a_module_exists():
    found = []
    for path, tree in trees([*CODE, *MIGRATIONS]):
        if (named := dotted(path)) not in ACTING and "settings" not in named:
            found += missing(importlib.import_module(named), tree)
    assert found == []


def test_a_name_that_is_gone_is_found():
    module = importlib.import_module("courierqa.demo.training")
    assert missing(module, ast.parse("staff.no_such_rule()")) == [
        "courierqa.demo.training:1 staff.no_such_rule"
    ]
