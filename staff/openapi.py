"""How the OpenAPI description names our keys."""

from __future__ import annotations

from typing import Any

from drf_spectacular.authentication import SessionScheme
from drf_spectacular.extensions import OpenApiAuthenticationExtension


class TokenScheme(OpenApiAuthenticationExtension):
    """`Authorization: Bearer <key>`."""

    target_class = "staff.auth.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}


class LeaverScheme(SessionScheme):
    """The same cookie as everybody's; what is still open behind it is another matter."""

    target_class = "staff.auth.LeaverSession"
    name = "leaverCookie"
    priority = 0
