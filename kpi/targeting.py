"""Setting targets: from a date on, with a reason, never backwards into a frozen month."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.errors import DomainError
from courierqa.core.timeframes import month_of
from kpi.metrics import Metric
from kpi.models import Snapshot, Target
from staff.models import Employee, Site, Team, User


class TargetRefused(DomainError):
    """The change would rewrite what was already reported."""

    code = "target_frozen"


@transaction.atomic
def set_target(
    *,
    metric: Metric,
    value: Decimal,
    valid_from: date,
    reason: str,
    by: User,
    at: datetime,
    site: Site | None = None,
    team: Team | None = None,
    owner: Employee | None = None,
) -> Target:
    """Set the wanted value from a day on; a person's word ends the proposal.

    A target of a team is one of its site, too; `owner` answers for reaching it.
    """
    _not_frozen(valid_from)
    _fits(metric, site, team)
    target, _created = Target.objects.update_or_create(
        metric=metric.code,
        site=team.site if team else site,
        team=team,
        valid_from=valid_from,
        defaults={
            "value": value,
            "is_proposal": False,
            "set_by": by,
            "reason": reason,
            "owner": owner,
        },
    )
    audit.record("target.change", target, actor=by, at=at, fields=["value"], reason=reason)
    return target


def _fits(metric: Metric, site: Site | None, team: Team | None) -> None:
    """A team is held to figures that are counted per person, at its own site."""
    if team is None:
        return
    if site is not None and team.site_id != site.pk:
        raise TargetRefused(_("This team works at another site"), field="team")
    if not metric.by_courier:
        raise TargetRefused(
            _("This figure is not counted per person: set it for the site"), field="team"
        )


def _not_frozen(valid_from: date) -> None:
    """A month whose report is final keeps the target it was judged by."""
    period = month_of(valid_from)
    frozen = Snapshot.objects.filter(is_final=True, period__gte=period.key)
    last = frozen.order_by("-period").values_list("period", flat=True).first()
    if last:
        raise TargetRefused(
            _("The report of %(period)s is final: choose a later day") % {"period": last},
            field="valid_from",
        )
