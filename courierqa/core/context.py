"""What every page shell needs."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return company name and language for the page frame."""
    language = get_language() or settings.LANGUAGE_CODE
    return {"company": settings.COMPANY_NAME.get(language, ""), "language": language}
