"""The list of goods that may not, or not freely, be sent; searched, and matched against names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from django.db.models import Q, QuerySet

from shipments import enums
from shipments.models import GoodsList, ProhibitedItem


def current_goods() -> QuerySet[ProhibitedItem]:
    """Return the entries of the list in force."""
    return ProhibitedItem.objects.filter(until=None)


def goods_in(version: int) -> QuerySet[ProhibitedItem]:
    """Return the list as it stood in one version."""
    return ProhibitedItem.objects.filter(since__lte=version).exclude(until__lte=version)


def goods_versions() -> QuerySet[GoodsList]:
    """Return the versions of the list, the newest first."""
    return GoodsList.objects.select_related("by")


def search_goods(rows: QuerySet[ProhibitedItem], text: str, kind: str) -> list[ProhibitedItem]:
    """Return the entries that a word or a kind names, prohibited ones first."""
    if kind in enums.GoodsKind.values:
        rows = rows.filter(kind=kind)
    words = text.strip()
    if words:
        rows = rows.filter(
            Q(term__icontains=words) | Q(term_en__icontains=words)
            | Q(rule__icontains=words) | Q(rule_en__icontains=words)
        )  # fmt: skip
    return list(rows.order_by("kind", "category", "pk"))


def match_goods(name: str) -> list[ProhibitedItem]:
    """Return the entries an item name runs into, prohibited ones first."""
    plain = name.strip().lower()
    return _first_prohibited(row for row in current_goods() if plain and hits(row, plain))


def hits(row: ProhibitedItem, name: str) -> bool:
    """Say whether a lower-case name contains the term; English terms only as whole words."""
    return row.term.lower() in name or bool(_words(row.term_en.lower()).search(name))


@lru_cache(maxsize=512)
def _words(term: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(term)}s?\b")


def _first_prohibited(rows: Iterable[ProhibitedItem]) -> list[ProhibitedItem]:
    return sorted(rows, key=lambda row: (row.kind != enums.GoodsKind.PROHIBITED, row.pk))
