"""What stands beside the cost of compensation: what came back, and what remains (P04)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, Sum

from complaints.models import Recovery
from courierqa.core.timeframes import Period
from kpi.selectors.figures import Figure
from kpi.selectors.scope import EVERYTHING, Scope


@dataclass(frozen=True)
class Cost:
    """Gross as paid, recovered as received, net; in fen and per mille of the fees."""

    gross: int
    recovered: int
    fees: int

    @property
    def net(self) -> int:
        return self.gross - self.recovered

    @property
    def net_per_mille(self) -> float | None:
        return self.net / self.fees * 1_000 if self.fees else None


def cost_of(figure: Figure, period: Period, *, scope: Scope = EVERYTHING) -> Cost:
    """Return the cost of a period: what came back in it, whenever its claim was paid."""
    mine = Q(received_on__gte=period.start_day, received_on__lt=period.end_day)
    if scope.sites is not None:
        mine &= Q(claim__case__site__in=scope.sites)
    if scope.product is not None:
        mine &= Q(claim__parcel__product=scope.product)
    back = Recovery.objects.filter(mine).aggregate(sum=Sum("amount_fen"))["sum"] or 0
    return Cost(figure.hits, back, figure.total)
