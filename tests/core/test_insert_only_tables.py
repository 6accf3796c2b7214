"""Every table whose rows are kept for ever is guarded by the database itself."""

import ast
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from courierqa.core.insert_only import guarded_tables

pytestmark = pytest.mark.django_db

APPS = ("staff", "shipments", "complaints", "quality", "kpi")


def _listed(app: str) -> set[str]:
    """The tables that the migrations of an app name as growing only."""
    found: set[str] = set()
    for path in (Path(settings.BASE_DIR) / app / "migrations").glob("0*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            found |= {one if one.startswith(app) else f"{app}_{one}" for one in _names(node)}
    return found


def _names(node: ast.AST) -> tuple[str, ...]:
    match node:
        case ast.Assign(targets=[ast.Name(id="INSERT_ONLY" | "GROWING")], value=value):
            return ast.literal_eval(value)
        case ast.Call(func=ast.Name(id="insert_only"), args=[ast.Constant(value=str(name))]):
            return (name,)
    return ()


@pytest.mark.parametrize("app", APPS)
def test_each_table_a_migration_closes_is_closed(app):
    # SQLite drops the triggers of a table that a later migration changes.
    listed = _listed(app)
    assert len(listed) > 2
    assert listed - guarded_tables(connection) == set()
