"""What API views share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.db.models import QuerySet
from rest_framework.request import Request
from rest_framework.views import APIView

from courierqa.core.paging import keyset_page


class ApiView(APIView):
    """An endpoint with its declared access: `access = ("scan", {"POST": "create"})`."""

    access: ClassVar[tuple[str, dict[str, str]]]


class PagedJSON:
    """A list answer `{"results": […], "next": cursor}` over a keyset."""

    @staticmethod
    def of(
        rows: QuerySet[Any],
        request: Request,
        shape: Callable[[Any], dict[str, Any]],
        *,
        order: tuple[str, ...] = ("-id",),
    ) -> dict[str, Any]:
        page = keyset_page(rows, cursor=request.query_params.get("cursor", ""), order=order)
        return {"results": [shape(row) for row in page], "next": page.next}
