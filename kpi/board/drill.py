"""The way down: company, site, courier, records; each step with its own count, filters kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courierqa.core import formats
from kpi import selectors
from kpi.board import show
from kpi.board.filters import Filters
from kpi.metrics import Metric
from kpi.selectors import Figure


@dataclass(frozen=True)
class Step:
    """A place on the way down: its name, where it leads, what it counts."""

    label: str
    url: str
    count: str = ""

    @property
    def text(self) -> str:
        return f"{self.label} {self.count}".strip()


def counted(figure: Figure | None) -> str:
    """Return "93.8 % (2,555 of 41,210)"; a share of few records is withheld (B21).

    Of a sum no records failed: it stands with what it is held against alone.
    """
    if figure is None or not figure.n:
        return ""
    if figure.declared.is_sum:
        value = _("n<30") if figure.is_few else show.show(figure.declared, figure.value)
        return f"{value} (n {figure.n_text})"
    words = {"part": formats.number(figure.failed, 0), "all": formats.number(figure.n, 0)}
    if figure.is_few:
        return _("(%(part)s of %(all)s)") % words
    value = show.show(figure.declared, figure.value)
    return _("%(value)s (%(part)s of %(all)s)") % {"value": value, **words}


def figure_of(metric: Metric, asked: Filters, scope: selectors.Scope) -> Figure | None:
    """Return one figure of the period, or none where it is not counted per courier."""
    if scope.courier is not None and not metric.by_courier:
        return None
    found = selectors.figures(asked.period, metric=metric.code, scope=scope)
    return found[0] if found else None


def steps(
    metric: Metric, asked: Filters, now: Figure | None, courier: Any = None, *, page: str
) -> list[Step]:
    """Return company › site › courier; `page` is where a step leads: a view name and its parts."""
    base = reverse("kpi:dashboard") if page == "dashboard" else reverse(page, args=[metric.code])
    whole = _whole(metric, asked, now)
    name = _("Company") if asked.reach.sites is None else _("Your sites")
    if asked.reach.courier is not None:
        name = pgettext("figures", "Yours")
    found = [Step(name, base + asked.address(site=""), counted(whole))]
    if asked.site is not None:
        found.append(Step(str(asked.site), base + asked.address(), counted(now)))
    if courier is not None:
        records = reverse("kpi:records", args=[metric.code])
        own = figure_of(metric, asked, asked.scope.of_courier(courier.pk))
        url = records + asked.address(courier=courier.number)
        found.append(Step(str(courier), url, counted(own)))
    return found


def _whole(metric: Metric, asked: Filters, now: Figure | None) -> Figure | None:
    """Return the figure of everything the reader reaches, with every filter but the site."""
    if asked.site is None:
        return now
    return figure_of(metric, asked, asked.reach.of_product(asked.product).of_mode(asked.mode))
