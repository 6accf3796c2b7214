"""What the waits between rare events say, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courierqa.core import formats
from kpi.stats.between import Between
from kpi.stats.verdict import gap


def between_words(name: str, found: Between) -> str:
    """Say how often it happens, and whether that has changed."""
    n = len(found.waits) + 1
    quiet = found.quiet_days or 0
    head = ngettext(
        "%(name)s: %(n)s event, the last one %(days)s days ago.",
        "%(name)s: %(n)s events, the last one %(days)s days ago.",
        n,
    ) % {"name": name, "n": formats.number(n), "days": formats.number(quiet)}
    return gap().join((head, _judged(found)))


def _judged(found: Between) -> str:
    if found.mean is None or found.high is None:
        return _("Too few events to set limits: 4 waits are needed.")
    said = {
        "mean": one_in(found.mean),
        "low": one_in(found.low or 0),
        "high": one_in(found.high),
    }
    if found.side > 0:
        return (
            _("They have become rarer: usually one in %(mean)s, by chance up to %(high)s.") % said
        )
    if found.side < 0:
        return (
            _("They come more often than before: usually one in %(mean)s. Find the cause.") % said
        )
    return _("No signal: usually one in %(mean)s, by chance one in %(low)s to %(high)s.") % said


def one_in(items: float) -> str:
    """Return among how many items one event lies; never less than the event itself."""
    return formats.number(max(items, 1.0))
