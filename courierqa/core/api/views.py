"""What API views share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.db.models import QuerySet
from rest_framework.request import Request
from rest_framework.views import APIView

from courierqa.core.paging import page_of


class ApiView(APIView):
    """An endpoint with its declared access: `access = ("scan", {"POST": "create"})`."""

    access: ClassVar[tuple[str, dict[str, str]]]


def paged(
    rows: QuerySet[Any],
    request: Request,
    shape: Callable[[Any], dict[str, Any]],
    *,
    order: tuple[str, ...] = ("-id",),
) -> dict[str, Any]:
    """Return a list answer `{"results": […], "next": key}`; `?after=key` gives the next page."""
    page = page_of(rows, request.query_params, order=order)
    return {"results": [shape(row) for row in page], "next": page.next_key}
