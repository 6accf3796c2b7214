"""Versions of checklists: who wrote one, what is asked of its approver, what differs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from operator import attrgetter
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courierqa.core import approvals
from courierqa.core.enums import ApprovalState, Role
from courierqa.core.models import Approval, AuditEntry
from quality.inspection_enums import VersionState
from quality.models import ChecklistLine, ChecklistVersion
from quality.selectors.documents import Pair, compared
from staff.models import Grant
from staff.selectors import valid_at

KIND = "checklist"
# So much of the Chinese wording stays when a point is reworded; with less it is another point.
ALIKE = 0.5
# What makes two points of two versions the same one, the surest first.
WORDS = attrgetter("text", "text_en"), attrgetter("text"), attrgetter("text_en")


@dataclass(frozen=True)
class PointChange:
    """A point of either version, or of both.

    `kind` is "added", "changed", "removed", "moved" or "same"; `wording` holds what it says, field
    by field: label, old and new words.
    """

    kind: str
    old: ChecklistLine | None
    new: ChecklistLine | None
    wording: Sequence[tuple[str, Pair]]

    @property
    def place(self) -> tuple[int, bool]:
        """Where it stands among the points of both versions; one taken out, where it stood."""
        row = self.new or self.old
        return (row.position if row else 0, self.new is not None)


def present_of(version: ChecklistVersion) -> ChecklistVersion | None:
    """Return the version of the same checklist that is in force."""
    rows = ChecklistVersion.objects.filter(checklist=version.checklist_id)
    return rows.filter(state=VersionState.APPROVED).first()


def asked_for(version: ChecklistVersion) -> Approval | None:
    """Return the newest request for approval of this version."""
    rows = Approval.objects.filter(
        kind=KIND, object_type=version._meta.label_lower, object_id=version.pk
    )
    return rows.select_related("requested_by", "decided_by").order_by("-pk").first()


def waiting(version: ChecklistVersion) -> Approval | None:
    """Return the request that waits for a decision."""
    asked = asked_for(version)
    return asked if asked and asked.state == ApprovalState.REQUESTED else None


def writers_of(version: ChecklistVersion) -> set[int]:
    """Return the users who wrote the version: who began it, and everybody who changed a point."""
    found = AuditEntry.objects.filter(
        object_type=version._meta.label_lower, object_id=str(version.pk),
        action="checklist.change",
    )  # fmt: skip
    said = {pk for pk in found.values_list("actor_id", flat=True) if pk is not None}
    return said | ({version.made_by_id} if version.made_by_id else set())


def is_free(role: Role, people: Iterable[int], *, at: datetime) -> bool:
    """Return whether anybody but these users holds the role in the whole company."""
    held = Grant.objects.filter(valid_at(at), role=role, site=None, user__is_active=True)
    return held.exclude(user__in=people).exists()


def contents(version: ChecklistVersion) -> list[tuple[Any, ...]]:
    """Return everything the points say, in their order."""
    return [_said(row) for row in version.lines.order_by("position")]


def _said(row: ChecklistLine) -> tuple[Any, ...]:
    return (row.area, row.text, row.text_en, row.method, row.every, row.limit, row.limit_en,
            row.norm_id, row.is_critical)  # fmt: skip


def mark_of(row: ChecklistLine) -> str:
    """Return the fingerprint of one point, wherever it stands: who rewords it has read it."""
    return approvals.fingerprint_of(*_said(row))


def fingerprint(version: ChecklistVersion) -> str:
    """Return the fingerprint of what is approved: the points, against the version in force."""
    present = present_of(version)
    return approvals.fingerprint_of(version.pk, present and present.pk, *contents(version))


def points_compared(old: ChecklistVersion | None, new: ChecklistVersion) -> list[PointChange]:
    """Return the points of both versions in the order of the new one; nothing is lost."""
    before, after = (_lines(one) for one in (old, new))
    twins = _twins(before, after)
    moved = _moved(before, after, twins)
    found = [_change(twins.get(row.pk), row, is_moved=row.pk in moved) for row in after]
    kept = {row.pk for row in twins.values()}
    found += [_change(row, None) for row in before if row.pk not in kept]
    return sorted(found, key=lambda one: one.place)


def _lines(version: ChecklistVersion | None) -> list[ChecklistLine]:
    if version is None:
        return []
    return list(version.lines.select_related("norm").order_by("position"))


def _twins(before: list[ChecklistLine], after: list[ChecklistLine]) -> dict[int, ChecklistLine]:
    """Return new point → the old one it comes from: by its words, else by the likest words."""
    left, found = list(before), dict[int, ChecklistLine]()
    for words in WORDS:
        for row in after:
            twin = next((one for one in left if words(one) == words(row)), None)
            if row.pk not in found and twin is not None:
                found[row.pk] = twin
                left.remove(twin)
    pairs = [
        (-_alike(one.text, row.text), abs(one.position - row.position), one.position, row.position)
        for one in left for row in after if row.pk not in found
    ]  # fmt: skip
    olds, news = ({row.position: row for row in rows} for rows in (left, after))
    for share, _far, was, now in sorted(pairs):
        if -share >= ALIKE and was in olds and news[now].pk not in found:
            found[news[now].pk] = olds.pop(was)
    return found


def _alike(old: str, new: str) -> float:
    """Return the share of words both have in common; the quick bound spares most pairs."""
    both = SequenceMatcher(None, old, new, autojunk=False)
    return both.ratio() if both.quick_ratio() >= ALIKE else 0


def _moved(
    before: list[ChecklistLine], after: list[ChecklistLine], twins: dict[int, ChecklistLine]
) -> set[int]:
    """Return the new points that no longer follow the others as they did."""
    kept = {row.pk for row in twins.values()}
    were = [row.pk for row in before if row.pk in kept]
    here = [row.pk for row in after if row.pk in twins]
    are = [twins[pk].pk for pk in here]
    blocks = SequenceMatcher(None, were, are, autojunk=False).get_matching_blocks()
    still = {place for block in blocks for place in range(block.b, block.b + block.size)}
    return {pk for place, pk in enumerate(here) if place not in still}


def _change(
    old: ChecklistLine | None, new: ChecklistLine | None, *, is_moved: bool = False
) -> PointChange:
    left, right = _wording(old), _wording(new)
    rows = [(label, compared(left.get(label, ""), right.get(label, ""))) for label in left | right]
    wording = [(label, pairs[0]) for label, pairs in rows if pairs]
    if old is None or new is None:
        return PointChange("added" if old is None else "removed", old, new, wording)
    if any(pair.kind != "same" for _label, pair in wording):
        return PointChange("changed", old, new, wording)
    return PointChange("moved" if is_moved else "same", old, new, wording)


def _wording(row: ChecklistLine | None) -> dict[str, str]:
    """Return what a point says, by label, in both languages: both are approved."""
    if row is None:
        return {}
    return {
        _("What is looked at, in Chinese"): row.text,
        _("What is looked at, in English"): row.text_en,
        _("Limit, in Chinese"): row.limit, _("Limit, in English"): row.limit_en,
        _("Group"): str(row.get_area_display()), _("Method"): str(row.get_method_display()),
        _("How often"): str(row.get_every_display()),
        _("Rule it checks"): str(row.norm) if row.norm else "",
        pgettext("point", "Weight"): pgettext("point", "critical") if row.is_critical else "",
    }  # fmt: skip
