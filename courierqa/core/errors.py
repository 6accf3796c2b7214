"""Refusals: what the product says when a rule forbids a deed."""

from __future__ import annotations

import traceback
from collections.abc import Sequence


class DomainError(Exception):
    """A deed refused by a rule. `code` is stable; the message names what is wrong and the fix.

    `field` is the form field or JSON path that must change; pages put the message there,
    the API answers 409 (or `status`) with `{code, detail, field}`.
    """

    code = "refused"
    status = 409

    def __init__(
        self, message: str, *, code: str = "", field: str = "", status: int | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or self.code
        self.field = field
        if status is not None:
            self.status = status


class Refusals(DomainError):
    """Everything that stands in the way of one deed, so that it is mended in one go."""

    def __init__(self, errors: Sequence[DomainError]) -> None:
        first = errors[0]
        super().__init__(first.message, code=first.code, field=first.field, status=first.status)
        self.errors = tuple(errors)


class NotAllowed(DomainError):
    """The actor has no right to this deed (four eyes, wrong role, foreign row)."""

    code = "not_allowed"
    status = 403


class IllegalTransition(DomainError):
    """The object's status does not allow this verb."""

    code = "illegal_transition"


class StaleEdit(DomainError):
    """Somebody changed the object since it was read."""

    code = "stale"
    status = 412


class Unavailable(DomainError):
    """A part that is needed is down; nothing was written; try again."""

    code = "unavailable"
    status = 503


def described(error: BaseException) -> str:
    """Return kind and place of an error for logs; its message may name a person."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"
