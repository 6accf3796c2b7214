"""Freezing: the newest draft becomes an edition that nothing can change any more."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit, formats
from courierqa.core.errors import DomainError
from courierqa.core.text import clean_text
from courierqa.core.timeframes import Period
from kpi.models import Snapshot
from kpi.snapshots import proving
from kpi.snapshots.commenting import comments_of, refuse_silence
from kpi.snapshots.gathering import gather
from kpi.snapshots.keeping import (
    SETTLE,
    TooEarly,
    alone,
    draft,
    month,
    of_month,
    one_view,
    store,
)

REASON_LENGTH = 300


class NothingChanged(DomainError):
    """The month is frozen already and no figure has moved since."""

    code = "nothing_changed"


class Moved(DomainError):
    """The draft somebody looked at is not what the figures say now."""

    code = "figures_moved"


class NoReason(DomainError):
    """A correction says why its figures moved."""

    code = "reason_missing"


def freeze(
    period: str | Period,
    *,
    now: datetime,
    by: Any = None,
    request: Any = None,
    site: str = "",
    reason: str = "",
) -> Snapshot:
    """Freeze the newest draft: 1.0, or the next correction with the `reason` it moved.

    What was checked is what is frozen, with the comments as they stand. The month's figures pass
    their independent check first; it runs outside the transaction, as it may take a while and
    keeps its own result. Figures that moved since the draft are refused with `Moved` and become
    the next draft: somebody looks at them before they are frozen.
    """
    when = month(period)
    with alone(when, site, now):
        with transaction.atomic():
            found = _ready(when, site, now=now, by=by)
        checked = proving.check(when, now=now)
        try:
            with transaction.atomic():
                content = _proven(when, site, found, checked, now=now)
                frozen = _edition(when, site, content, reason=reason, now=now, by=by)
                audit.record(
                    "report.freeze",
                    frozen,
                    actor=by,
                    at=now,
                    request=request,
                    reason=reason,
                    seal_now=True,
                )
        except Moved:
            with one_view():
                draft(when, site, now=now, by=by)
            raise
    return frozen


def _edition(
    when: Period, site: str, content: dict[str, Any], *, reason: str, now: datetime, by: Any
) -> Snapshot:
    """Store the content as the next edition of the month."""
    whole = _explained(content, period=when.key, site=site, reason=reason)
    version = f"1.{sum(row.is_final for row in of_month(when.key, site))}"
    return store(when, site, whole, version=version, now=now, by=by, is_final=True)


def _ready(when: Period, site: str, *, now: datetime, by: Any) -> Snapshot:
    """Return the draft to freeze, made now if there is none; refuse one that must wait."""
    rows = of_month(when.key, site)
    newest = next((row for row in rows if not row.is_final), None)
    newest = newest or draft(when, site, now=now, by=by)
    _check(when, newest, rows)
    return newest


def _check(when: Period, newest: Snapshot, rows: list[Snapshot]) -> None:
    ready = when.end_at + SETTLE
    if newest.as_of < ready:
        raise TooEarly(
            _(
                "The newest draft ends %(moment)s. Figures settle until %(ready)s;"
                " make the report again after that, then freeze it"
            )
            % {"moment": formats.moment(newest.as_of), "ready": formats.moment(ready)},
            field="period",
        )
    final = next((row for row in rows if row.is_final), None)
    if final is not None and (newest.pk < final.pk or not moved(newest)):
        raise NothingChanged(
            _("Version %(version)s is frozen and no figure has moved since")
            % {"version": final.version},
            field="period",
        )


def moved(draft: Snapshot) -> bool:
    """Say whether a draft made after a frozen edition differs from it in any value."""
    changes = draft.content.get("changes")
    return bool(changes and changes["differences"])


def _proven(
    when: Period, site: str, found: Snapshot, checked: dict[str, Any], *, now: datetime
) -> dict[str, Any]:
    """Return the draft's content with the check's result; the check must be about its figures."""
    content: dict[str, Any] = found.content
    if content["quality"]["verification"] == checked:
        return content
    codes = _differing(content, gather(when, as_of=None, now=now, site=site))
    if codes:
        raise Moved(
            _(
                "Figures have moved since the newest draft: %(codes)s. The next draft was made"
                " with them: look at it, then freeze it"
            )
            % {"codes": ", ".join(codes)},
            field="period",
        )
    return {**content, "quality": {**content["quality"], "verification": checked}}


def _differing(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """Return the codes of the figures whose records are not the same in both."""
    before, after = ({one["code"]: one for one in content["metrics"]} for content in (old, new))
    return [code for code in {**before, **after} if before.get(code) != after.get(code)]


def _explained(content: dict[str, Any], *, period: str, site: str, reason: str) -> dict[str, Any]:
    """Return the content with its comments, and with the reason of a correction."""
    whole = {**content, "comments": comments_of(period, site)}
    refuse_silence(whole)
    if not whole["changes"]:
        return whole
    why = clean_text(reason, max_length=REASON_LENGTH, field="reason")
    if not why:
        raise NoReason(_("Write why the figures moved since the last edition"), field="reason")
    return {**whole, "changes": {**whole["changes"], "reason": why}}
