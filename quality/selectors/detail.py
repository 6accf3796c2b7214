"""One nonconformity in full: rounds, story, what is still missing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from courierqa.core import history
from courierqa.core.models import StatusChange
from quality.enums import ActionStatus, EffectResult, EffectRule
from quality.figures import named
from quality.models import Action, Analysis, EffectCheck, Nonconformity


@dataclass
class Round:
    """What one attempt found, planned and proved."""

    number: int
    analysis: Analysis | None = None
    actions: list[Action] = field(default_factory=list)
    check: EffectCheck | None = None


def rounds_of(row: Nonconformity) -> list[Round]:
    """Return every round, the present one first."""
    found = {n: Round(n) for n in range(row.round, 0, -1)}
    for one in row.analyses.select_related("cause", "by"):
        found[one.round].analysis = one
    actions = row.actions.select_related("owner", "ended_by")
    for deed in actions.prefetch_related("files", "extensions"):
        found[deed.round].actions.append(deed)
    checks = row.checks.select_related("verifier", "site", "checked_by")
    for check in checks.prefetch_related("extensions"):
        found[check.round].check = check
    return list(found.values())


def missing_to_close(row: Nonconformity, now: Round) -> list[tuple[str, bool]]:
    """Return the gates of closing in words, and whether each is passed."""
    open_deeds = [one for one in now.actions if one.status == ActionStatus.OPEN]
    proven = now.check is not None and now.check.result == EffectResult.EFFECTIVE
    return [
        (_("Immediate correction"), bool(row.correction)),
        (_("Cause named"), now.analysis is not None),
        (_("Plan approved"), row.approved_at is not None),
        (_("Every measure done or cancelled"), bool(now.actions) and not open_deeds),
        (_("Effect proven by somebody else"), proven),
    ]


def story(row: Nonconformity) -> list[StatusChange]:
    """Return what happened, newest first."""
    return history.changes_of(row)[::-1]


def criterion_words(check: EffectCheck) -> str:
    """Say in one line what must be seen."""
    if check.rule == EffectRule.WORDS:
        return check.words
    known = named().get(check.metric)
    name = f"{known.name} ({check.metric})" if known else check.metric
    place = f" · {check.site}" if check.site is not None else ""
    if check.rule == EffectRule.SIGNAL:
        return f"{name}{place}: {EffectRule.SIGNAL.label}"
    sign = "≥" if check.rule == EffectRule.AT_LEAST else "≤"
    return f"{name}{place} {sign} {threshold_words(check)}"


def threshold_words(check: EffectCheck) -> str:
    """Return the limit in the unit people read: shares as percentages."""
    known = named().get(check.metric)
    if check.threshold is None:
        return ""
    value: Any = check.threshold
    if known is not None and known.is_share:
        return f"{float(value) * 100:g} %"
    return f"{float(value):g}"
