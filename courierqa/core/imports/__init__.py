"""Reading files people send: every cell as text, every problem named with its fix."""

from courierqa.core.imports.columns import Choices, Column, guess, heads_of
from courierqa.core.imports.reading import UnreadableFile, read_table
from courierqa.core.imports.runs import (
    ImportReport,
    Problem,
    finish_run,
    problem_groups,
    refused_rows,
    start_run,
)

__all__ = [
    "Choices",
    "Column",
    "ImportReport",
    "Problem",
    "UnreadableFile",
    "finish_run",
    "guess",
    "heads_of",
    "problem_groups",
    "read_table",
    "refused_rows",
    "start_run",
]
