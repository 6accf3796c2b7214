"""What pages read about exemptions: who may see which, and what each one takes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum

from courierqa.core.access import Access
from kpi.models import MonthCell
from kpi.selectors.scope import Scope
from kpi.selectors.sums import narrow
from shipments.exemption_enums import ExemptionReach
from shipments.models import Exemption

PLACES = ("sites__pk", "lanes__origin_id", "lanes__destination_id")


def exemptions_for(access: Access) -> QuerySet[Exemption]:
    """Return the exemptions that touch the reader's sites; those of the network touch everybody."""
    seen = access.rows(site=PLACES)
    if not access.is_all:
        seen |= Q(reach=ExemptionReach.NETWORK)
    # Joins to several places would repeat a row.
    rows = Exemption.objects.filter(pk__in=Exemption.objects.filter(seen).values("pk"))
    return rows.select_related("asked_by", "approved_by", "approval").annotate(
        n_sites=Count("sites", distinct=True), n_lanes=Count("lanes", distinct=True)
    )


@dataclass(frozen=True)
class Exempted:
    """How many of a month's records are exempt in one figure, and how many are judged without."""

    metric: str
    month: date
    exempt: int
    total: int


def exempted(months: Sequence[date], *, scope: Scope) -> list[Exempted]:
    """Return per figure and month what is exempt within reach; only where anything is."""
    rows = narrow(MonthCell.objects.filter(month__in=list(months)), scope)
    summed = (
        rows.values("metric", "month")
        .annotate(exempt=Sum("exempt_total"), n=Sum("total"))
        .filter(exempt__gt=0)
    )
    return [
        Exempted(row["metric"], row["month"], row["exempt"], row["n"] - row["exempt"])
        for row in summed.order_by("metric", "month")
    ]
