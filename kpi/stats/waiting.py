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
    head = ngettext(
        "%(name)s: %(n)s event, the last one %(days)s days ago.",
        "%(name)s: %(n)s events, the last one %(days)s days ago.",
        n,
    ) % {"name": name, "n": formats.number(n), "days": formats.number(found.running or 0)}
    return gap().join((head, _judged(found)))


def _judged(found: Between) -> str:
    if found.mean is None or found.high is None:
        return _("Too few events to set limits: 4 waits are needed.")
    said = {
        "mean": days_of(found.mean),
        "low": days_of(found.low or 0),
        "high": days_of(found.high),
    }
    if found.side > 0:
        return (
            _("They have become rarer: usually %(mean)s days lie between two, at most %(high)s.")
            % said
        )
    if found.side < 0:
        return (
            _("They come more often than before: usually %(mean)s days lie between two. Find the"
              " cause.") % said
        )  # fmt: skip
    return (
        _("No signal: usually %(mean)s days lie between two, by chance %(low)s to %(high)s.") % said
    )


def days_of(value: float) -> str:
    """Return a number of days, with a decimal below ten."""
    return formats.number(value, 0 if value >= 10 else 1)
