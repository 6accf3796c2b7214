"""Many keys in one question, handed over as one value: `filter(pk__among=[...])`.

An `IN` of a thousand values costs the ORM and the database's parser more than the rows it finds.
"""

from __future__ import annotations

import json
from typing import Any

from django.db.models import Field, ForeignObject, Lookup


@ForeignObject.register_lookup
@Field.register_lookup
class Among(Lookup):  # type: ignore[type-arg]
    """The column is one of a list; an empty list finds nothing."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """SQLite unfolds a list from JSON."""
        left, params = self.process_lhs(compiler, connection)
        said = json.dumps(self._values(connection))
        return f"{left} IN (SELECT value FROM json_each(%s))", (*params, said)

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """PostgreSQL takes arrays; a cast to a length would cut values short."""
        left, params = self.process_lhs(compiler, connection)
        kind = self.lhs.output_field.rel_db_type(connection).partition("(")[0]
        return f"{left} = ANY(%s::{kind}[])", (*params, self._values(connection))

    def _values(self, connection: Any) -> list[Any]:
        field = self.lhs.output_field
        return [field.get_db_prep_value(value, connection) for value in self.rhs]
