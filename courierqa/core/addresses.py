"""Every address of the product with what it declares: resource and action per method."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Address:
    """One URL pattern; `access` is (resource, {method: action}) or None when undeclared."""

    route: str
    name: str
    callback: Callable[..., Any]
    converters: Mapping[str, Any]
    access: tuple[str, Mapping[str, str]] | None
    is_api: bool


def _declared(callback: Any) -> tuple[str, Mapping[str, str]] | None:
    """Return what a view function, a class-based view or an API view declares."""
    for holder in (callback, getattr(callback, "cls", None), getattr(callback, "view_class", None)):
        found = getattr(holder, "access", None)
        if found is not None:
            return found
    return None


def _walk(
    patterns: list[Any], route: str, space: str, converters: Mapping[str, Any]
) -> Iterator[Address]:
    for pattern in patterns:
        here = {**converters, **getattr(pattern.pattern, "converters", {})}
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern.url_patterns, f"{route}{pattern.pattern}", inner, here)
        elif isinstance(pattern, URLPattern):
            yield Address(
                route=f"/{route}{pattern.pattern}",
                name=f"{space}{pattern.name or ''}",
                callback=pattern.callback,
                converters=here,
                access=_declared(pattern.callback),
                is_api=hasattr(pattern.callback, "cls"),
            )


def all_addresses() -> list[Address]:
    """Return every pattern the resolver knows."""
    return list(_walk(get_resolver().url_patterns, "", "", {}))
