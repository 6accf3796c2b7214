"""Running Python in a migration over the tables it asks for alone.

Django renders every table of the product anew for each such step: with three hundred tables that
is most of the time a new database takes, while a step reads or writes one or two.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import migrations, router
from django.db.migrations.state import ProjectState, StateApps
from django.db.migrations.utils import resolve_relation

Key = tuple[str, str]


class RunRows(migrations.RunPython):
    """A RunPython whose tables are rendered when it asks for them, with what they refer to.

    They know nothing of tables that refer to them: a step that follows such a relation, or deletes
    rows others refer to, stays a RunPython. On the way back every table is rendered.
    """

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        if router.allow_migrate(schema_editor.connection.alias, app_label, **self.hints):
            self.code(Asked(from_state), schema_editor)


class Asked(StateApps):
    """The tables of a state, each made when somebody asks for it."""

    def __init__(self, state: ProjectState) -> None:
        self.state = state
        super().__init__([], {})

    def get_model(self, app_label: str, model_name: str | None = None, *more: Any) -> Any:
        if model_name is None:
            app_label, model_name = app_label.split(".")
        wanted = self._with_targets((app_label, model_name.lower()))
        missing = [key for key in wanted if key[1] not in self.all_models[key[0]]]
        self.render_multiple([self.state.models[key] for key in missing])
        return super().get_model(app_label, model_name, *more)

    def _with_targets(self, key: Key) -> list[Key]:
        """Return the table and all it refers to, directly or through others."""
        found, open_ones = [key], [key]
        while open_ones:
            for target in self._targets(open_ones.pop()):
                if target not in found:
                    found.append(target)
                    open_ones.append(target)
        return found

    def _targets(self, key: Key) -> Iterator[Key]:
        model = self.state.models[key]
        yield from (resolve_relation(base, *key) for base in model.bases if isinstance(base, str))
        for field in model.fields.values():
            remote = field.remote_field
            for target in (remote.model, getattr(remote, "through", None)) if remote else ():
                if target is not None:
                    yield resolve_relation(target, *key)
