"""Making the tables of an app in one step, for migrations that stand for many."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from django.db import migrations
from django.db.migrations.operations.base import Operation


class NewTables(Operation):
    """Take the operations into the state first and make each table from what comes out.

    One after the other, every step renders all related tables anew: a hundred times the work.
    """

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: Any) -> None:
        # Rendered tables would follow every step; without them they are rendered once, when asked.
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        for model in self._models(app_label, to_state):
            schema_editor.create_model(model)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        # PostgreSQL drops no table whose removed rows it has still to check.
        schema_editor.connection.check_constraints()
        for model in reversed(self._models(app_label, from_state)):
            schema_editor.delete_model(model)

    def _models(self, app_label: str, state: Any) -> list[Any]:
        made = [one for one in self.operations if isinstance(one, migrations.CreateModel)]
        return [state.apps.get_model(app_label, one.name) for one in made]

    def describe(self) -> str:
        return "Create all tables at once"


def part_of(app: str, migration: str, name: str) -> Any:
    """Return a function of a migration that the one which uses it stands for."""
    return getattr(import_module(f"{app}.migrations.{migration}"), name)
