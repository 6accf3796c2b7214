"""The cause tree, and which codes mean the same after a merge."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import QuerySet

from quality.models import Cause


def cause_tree() -> list[tuple[Cause, list[Cause]]]:
    """Return every area with its causes, used and unused, in one question."""
    rows = list(Cause.objects.select_related("merged_into"))
    return [
        (area, [one for one in rows if one.parent_id == area.pk])
        for area in rows
        if area.parent_id is None
    ]


def cause_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the causes one may choose, grouped by area."""
    return [
        (str(area), [(one.code, str(one)) for one in causes if is_usable(one)])
        for area, causes in cause_tree()
    ]


def is_usable(cause: Cause) -> bool:
    """Say whether new records may name it."""
    return cause.is_active and cause.merged_into_id is None


def usable_causes() -> QuerySet[Cause]:
    """Return the causes new records may name."""
    return Cause.objects.filter(is_active=True, merged_into=None).exclude(parent=None)


def same_causes(cause: Cause) -> list[int]:
    """Return the codes that mean the same: the end of the chain and all that was merged into it."""
    links = dict(Cause.objects.values_list("pk", "merged_into_id"))
    end = _end(cause.pk, links)
    return [pk for pk in links if _end(pk, links) == end]


def standing(cause: Cause) -> Cause:
    """Return what a cause is read as today."""
    links = dict(Cause.objects.values_list("pk", "merged_into_id"))
    end = _end(cause.pk, links)
    return cause if end == cause.pk else Cause.objects.get(pk=end)


def _end(pk: int, links: Mapping[int, int | None]) -> int:
    seen = {pk}
    while (onward := links.get(pk)) is not None and onward not in seen:
        pk = onward
        seen.add(pk)
    return pk
