"""Claims as a list with totals, and the settings their arithmetic follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints.claim_rules import DEFAULTS, Rule
from complaints.enums import CaseClass, ClaimStatus, EventKind
from complaints.models import Case, Claim, ClaimRule, CostShare, VoiceRow
from complaints.selectors.cases import cases_for
from complaints.work_enums import Bearer
from courierqa.core.access import Access
from staff.models import Site

NEWEST = ("-opened_at", "-id")
VIEWS = {
    "open": pgettext_lazy("claims", "Open"),
    "waiting": _("Waiting for approval"),
    "to-pay": _("To be paid"),
    "late": pgettext_lazy("claims", "Late"),
    "paid": _("Paid"),
    "unsettled": _("Cost not settled"),
    "all": _("All"),
}
DAYS = (30, 90, 365)


@dataclass(frozen=True)
class Asked:
    """The filters of the list, as they stand in the address."""

    view: str = "open"
    kind: str = ""
    site: str = ""
    days: int = 90


@dataclass(frozen=True)
class Totals:
    """What the chosen claims come to, in fen; over all pages, not only the one shown."""

    claims: int
    asked_fen: int
    paid_fen: int
    to_pay_fen: int


@dataclass(frozen=True)
class InTime:
    """Hits of those due in a time: decisions (P02) and payments (P03)."""

    decisions: int
    decided: int
    payments: int
    paid: int


def rule_for(kind: EventKind, *, insured: bool, at: datetime | None = None) -> Rule | None:
    """Return the version of the arithmetic in force; None for kinds without one."""
    rows = ClaimRule.objects.filter(event_kind=kind, insured=insured)
    if at is not None:
        rows = rows.filter(valid_from__lte=at)
    row = rows.order_by("-version").first()
    if row is None:
        return DEFAULTS.get(kind)
    return Rule(row.fee_percent, row.fee_only_whole, row.value_percent, row.version)


def rules_in_force() -> list[tuple[ClaimRule, list[ClaimRule]]]:
    """Return the newest version of each rule with the older ones, kind by kind."""
    found: dict[tuple[str, bool], list[ClaimRule]] = {}
    for row in ClaimRule.objects.select_related("by"):
        found.setdefault((row.event_kind, row.insured), []).append(row)
    order = list(DEFAULTS)
    keys = sorted(found, key=lambda key: (order.index(EventKind(key[0])), not key[1]))
    return [(found[key][0], found[key][1:]) for key in keys]


def claims_for(access: Access) -> QuerySet[Claim]:
    """Return the claims of the cases this person may see, and those a site bears."""
    seen = Claim.objects.filter(
        access.rows(site=("case__site_id", "case__liable_site_id", "borne_by_id"))
    )
    # A privacy case and its money are for the same few eyes.
    hidden = Case.objects.filter(case_class=CaseClass.PRIVACY).exclude(
        pk__in=cases_for(access).values("pk")
    )
    return seen.exclude(case__in=hidden.values("pk"))


def claims_list(rows: QuerySet[Claim], asked: Asked, *, now: datetime) -> QuerySet[Claim]:
    """Return the chosen claims with what a row shows; nothing is looked up per row."""
    rows = rows.filter(_view(asked.view, now))
    if asked.kind in EventKind.values:
        rows = rows.filter(event_kind=asked.kind)
    if asked.site:
        rows = rows.filter(borne_by__code=asked.site)
    if asked.view not in ("open", "waiting", "to-pay", "late", "unsettled"):
        rows = rows.filter(opened_at__gte=now - timedelta(days=asked.days))
    return rows.select_related(
        "case__reason", "parcel", "borne_by", "requested_by", "approved_by", "paid_by_user"
    ).defer("case__words", "parcel__sender_address", "parcel__recipient_address")


def claim_totals(rows: QuerySet[Claim]) -> Totals:
    """Return number and sums of the chosen claims, in one query."""
    paid, to_pay = Q(status=ClaimStatus.PAID), Q(status=ClaimStatus.APPROVED)
    sums = rows.order_by().aggregate(
        claims=Count("pk"),
        asked=Sum("amount_fen"),
        paid=Sum("amount_fen", filter=paid),
        to_pay=Sum("amount_fen", filter=to_pay),
    )
    return Totals(sums["claims"], sums["asked"] or 0, sums["paid"] or 0, sums["to_pay"] or 0)


def claims_in_time(rows: QuerySet[Claim], *, since: datetime, now: datetime) -> InTime:
    """Count claims whose decision or payment was due since then: a share is of those due.

    The rows are those the figures P02 and P03 count: the rule is said in `complaints.counted`.
    """
    due = VoiceRow.objects.filter(
        kind__in=["P02", "P03"],
        record_id__in=rows.order_by().values("pk"),
        moment__gte=since,
        moment__lt=now,
    )
    decision, payment, hit = Q(kind="P02"), Q(kind="P03"), Q(is_hit=True)
    counts = due.aggregate(
        decisions=Count("pk", filter=decision),
        decided=Count("pk", filter=decision & hit),
        payments=Count("pk", filter=payment),
        paid=Count("pk", filter=payment & hit),
    )
    return InTime(**counts)


def borne_totals(rows: QuerySet[Claim]) -> list[tuple[str, str, int, int]]:
    """Return (kind of bearer, who, fen booked, fen settled) over the chosen claims."""
    settled = Q(settled_at__isnull=False)
    shares = CostShare.objects.filter(claim__in=rows.order_by().values("pk")).order_by()
    grouped = list(
        shares.values("bearer", "site", "outside").annotate(
            booked=Sum("amount_fen"), done=Sum("amount_fen", filter=settled)
        )
    )
    sites = Site.objects.in_bulk([row["site"] for row in grouped if row["site"]])
    lines = [
        (
            str(Bearer(row["bearer"]).label),
            str(sites.get(row["site"]) or row["outside"] or ""),
            row["booked"],
            row["done"] or 0,
        )
        for row in grouped
    ]
    return sorted(lines, key=lambda line: -line[2])


def shares_of(claims: list[Claim]) -> dict[int, list[CostShare]]:
    """Return the booked parts of each claim."""
    found: dict[int, list[CostShare]] = {claim.pk: [] for claim in claims}
    rows = CostShare.objects.filter(claim__in=claims)
    for row in rows.select_related("site", "person", "settled_by"):
        found[row.claim_id].append(row)
    return found


def _view(view: str, now: datetime) -> Q:
    live = Q(status__in=[ClaimStatus.PROPOSED, ClaimStatus.WAITING, ClaimStatus.APPROVED])
    undecided = Q(status__in=[ClaimStatus.PROPOSED, ClaimStatus.WAITING], due_at__lt=now)
    unpaid = Q(status=ClaimStatus.APPROVED, pay_due_at__lt=now)
    unsettled = CostShare.objects.filter(settled_at=None).exclude(bearer=Bearer.COMPANY)
    return {
        "open": live,
        "waiting": Q(status=ClaimStatus.WAITING),
        "to-pay": Q(status=ClaimStatus.APPROVED),
        "late": undecided | unpaid,
        "paid": Q(status=ClaimStatus.PAID),
        "unsettled": Q(pk__in=unsettled.values("claim")),
        "all": Q(),
    }[view]
