"""The sentences of the executive summary: what changed, where, what is late, what is missed."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kpi.core_figures import FIRST
from kpi.reports import numbers
from kpi.reports.content import SUMS, Counts, MetricLine, SiteLine
from kpi.reports.judging import Judged
from kpi.reports.parts import Pages
from kpi.reports.sections.sites import side_of
from kpi.stats import verdict as verdicts

SENTENCES = 5
# So many names stand in one sentence.
NAMES = 3


def sentences(pages: Pages) -> list[str]:
    """Return at most five sentences: signals, the largest part of the change, late work, misses."""
    worse = _of(pages, verdicts.CONCERN)
    said = [
        _counted(pages, worse),
        _signals(pages, worse),
        _contribution(pages, worse),
        _overdue(pages),
        _missing(pages, worse),
    ]
    return [one for one in said if one][:SENTENCES]


def _of(pages: Pages, variation: str) -> list[Judged]:
    """Return the figures with this signal, the core ones first."""
    rank = {code: place for place, code in enumerate(FIRST)}
    found = [one for one in pages.judged.values() if one.verdict.variation == variation]
    return sorted(found, key=lambda one: rank.get(one.line.code, len(rank)))


def _counted(pages: Pages, worse: Sequence[Judged]) -> str:
    judged = [one for one in pages.judged.values() if one.verdict.is_judged]
    text = _(
        "Of %(all)s figures %(judged)s could be judged: %(worse)s worsened, %(better)s improved."
    )
    return text % {
        "all": len(pages.judged),
        "judged": len(judged),
        "worse": len(worse),
        "better": len(_of(pages, verdicts.IMPROVEMENT)),
    }


def _signals(pages: Pages, worse: Sequence[Judged]) -> str:
    """Name what broke its pattern: the worse figures, else the better ones."""
    found = worse or _of(pages, verdicts.IMPROVEMENT)
    if not found:
        return ""
    parts = [_movement(pages, one) for one in found[:NAMES]]
    if left := [one.line.code for one in found[NAMES:]]:
        parts.append(_("also %(codes)s") % {"codes": _(", ").join(left)})
    listed = _("; ").join(parts)
    text = _("Got worse: %(figures)s.") if worse else _("Got better: %(figures)s.")
    return text % {"figures": listed}


def _movement(pages: Pages, one: Judged) -> str:
    """Return a figure with its month and the mean it is judged by: a signal is not a last month."""
    line, mean = one.line, one.verdict.chart.mean
    said = {"name": pages.name(line), "now": numbers.judged_value(line)}
    if mean is None:
        return _("%(name)s %(now)s") % said
    usual = numbers.on_axis(line, mean)
    return _("%(name)s %(now)s, usually %(mean)s") % {**said, "mean": usual}


def _contribution(pages: Pages, worse: Sequence[Judged]) -> str:
    """Name the site outside the funnel with the most failures beyond its share of the volume."""
    first = worse[0].line if worse else pages.content.metric(FIRST[0])
    if first is None or pages.content.site or first.unit in SUMS or first.direction == "watch":
        return ""
    whole = first.counts.adjusted
    failed = _failed(first, whole)
    found = [
        (_failed(first, counts) - failed * counts.total / whole.total, site, counts)
        for site in pages.content.sites
        if (counts := _at(site, first)) and side_of(site, first)
    ]
    if not failed or not found:
        return ""
    excess, site, counts = max(found, key=lambda one: (one[0], one[1].code))
    if excess < 1:
        return ""
    return _share_of(pages, first, site, (_failed(first, counts), failed), (counts, whole))


def _share_of(
    pages: Pages,
    line: MetricLine,
    site: SiteLine,
    failed: tuple[int, int],
    counted: tuple[Counts, Counts],
) -> str:
    text = _(
        "%(name)s: %(site)s alone has %(failed)s of the %(all)s misses,"
        " with %(share)s of the volume."
    )
    share = numbers.shown("share", counted[0].total / counted[1].total)
    return text % {
        "name": pages.name(line),
        "site": pages.local(site.names),
        "failed": f"{failed[0]:,}",
        "all": f"{failed[1]:,}",
        "share": share,
    }


def _at(site: SiteLine, line: MetricLine) -> Counts | None:
    counts = site.figures.get(line.code)
    return counts.adjusted if counts and not counts.adjusted.is_few else None


def _failed(line: MetricLine, counts: Counts) -> int:
    return counts.total - counts.hits if line.direction == "up" else counts.hits


def _overdue(pages: Pages) -> str:
    """Say what is late: complaints past the legal limit, measures past their first day."""
    legal = pages.content.complaints["legal"]
    late = legal["total"] - legal["hits"]
    measures = (pages.content.raw.get("improving") or {}).get("overdue", 0)
    parts = []
    if late:
        parts.append(_legal(late, legal["total"]))
    if measures:
        text = ngettext(
            "%(n)s measure is past its first due day.",
            "%(n)s measures are past their first due day.",
            measures,
        )
        parts.append(text % {"n": f"{measures:,}"})
    return verdicts.gap().join(parts)


def _legal(late: int, total: int) -> str:
    text = ngettext(
        "%(late)s of %(total)s complaints was not settled within the legal 7 days.",
        "%(late)s of %(total)s complaints were not settled within the legal 7 days.",
        late,
    )
    return text % {"late": f"{late:,}", "total": f"{total:,}"}


def _missing(pages: Pages, worse: Sequence[Judged]) -> str:
    """Name the figures that miss their target month after month without a new signal."""
    rank = {code: place for place, code in enumerate(FIRST)}
    failing = [
        one
        for one in pages.judged.values()
        if one.verdict.assurance == verdicts.FAIL and one not in worse
    ]
    failing.sort(key=lambda one: rank.get(one.line.code, len(rank)))
    if not failing:
        return ""
    names = [pages.name(one.line) for one in failing[:NAMES]]
    if left := [one.line.code for one in failing[NAMES:]]:
        names.append(_("also %(codes)s") % {"codes": _(", ").join(left)})
    text = _(
        "Without a new signal, only a change of the process will meet the target of: %(names)s."
    )
    return text % {"names": _("; ").join(names)}
