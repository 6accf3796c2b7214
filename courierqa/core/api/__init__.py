"""API manners: every error is application/problem+json, every body is strict JSON.

`courierqa.core.api.views` is not imported here: the framework loads its parser from this package
before its own views exist.
"""

from courierqa.core.api.parsing import BadJson, StrictJSONParser, strict_loads
from courierqa.core.api.problems import problem, problem_response

__all__ = [
    "BadJson",
    "StrictJSONParser",
    "problem",
    "problem_response",
    "strict_loads",
]
