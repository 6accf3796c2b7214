"""The arithmetic of compensation: shown line by line, never presented as a legal maximum.

Delay waives the fee of the service. Loss waives the fee and pays the insured value, or for
uninsured goods the loss that is shown. Damage and shortage pay their share of that. What the
customer may claim in law is theirs to prove and is not limited here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from complaints.enums import EventKind
from courierqa.core.money import yuan

# Kinds of which a share may be lost.
PARTIAL = frozenset({EventKind.DAMAGE, EventKind.SHORTAGE})
# Kinds paid for the parcel itself: the same parcel is paid for once.
FOR_GOODS = frozenset({EventKind.LOSS, EventKind.DAMAGE, EventKind.SHORTAGE})


@dataclass(frozen=True)
class Rule:
    """The arithmetic of one kind, in whole percent; a company keeps versions of it (PAY-06)."""

    fee_percent: int = 100
    fee_only_whole: bool = False
    value_percent: int = 0
    version: int = 0


# What the product starts with; the stored versions of a company stand above it.
DEFAULTS = {
    EventKind.DELAY: Rule(),
    EventKind.LOSS: Rule(value_percent=100),
    EventKind.DAMAGE: Rule(fee_only_whole=True, value_percent=100),
    EventKind.SHORTAGE: Rule(fee_only_whole=True, value_percent=100),
}


@dataclass(frozen=True)
class Basis:
    """What the suggestion is computed from, in fen; the share in whole percent."""

    kind: EventKind
    fee_fen: int = 0
    declared_fen: int = 0
    loss_fen: int = 0
    share: int = 100
    rule: Rule | None = None


@dataclass(frozen=True)
class Line:
    """One line of the arithmetic: what it is, how it was computed, what it comes to."""

    code: str
    fen: int
    value_fen: int = 0
    share: int = 100
    percent: int = 100

    def as_dict(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "fen": self.fen,
            "value_fen": self.value_fen,
            "share": self.share,
            "percent": self.percent,
        }


def arithmetic(basis: Basis) -> list[Line]:
    """Return the lines whose sum is suggested."""
    if basis.kind == EventKind.OVERCHARGE:
        return [Line("overcharge", basis.loss_fen)]
    rule = basis.rule or DEFAULTS.get(basis.kind)
    if rule is None:
        return []
    share = basis.share if basis.kind in PARTIAL else 100
    lines = []
    if rule.fee_percent and (share == 100 or not rule.fee_only_whole):
        lines.append(_fee(basis.fee_fen, rule.fee_percent))
    if rule.value_percent:
        lines.append(_value(basis, share=share, percent=rule.value_percent))
    return lines


def total(lines: list[Line]) -> int:
    """Return the sum in fen."""
    return sum(line.fen for line in lines)


def say(row: dict[str, Any]) -> str:
    """Return one stored line as a sentence."""
    amounts = {
        "fen": yuan(row["fen"]),
        "value": yuan(row["value_fen"]),
        "share": row["share"],
        "percent": row.get("percent", 100),
    }
    code = row["code"] if amounts["percent"] == 100 else f"{row['code']}_part"
    return _sentences()[code] % amounts


def _sentences() -> dict[str, str]:
    return {
        "fee_waived": _("Fee of this service waived: %(fen)s"),
        "fee_waived_part": _("Fee of this service %(value)s × %(percent)s%% waived = %(fen)s"),
        "insured": _("Insured value %(value)s × %(share)s%% = %(fen)s"),
        "insured_part": _("Insured value %(value)s × %(share)s%% × %(percent)s%% = %(fen)s"),
        "shown": _("Loss shown by the customer %(value)s × %(share)s%% = %(fen)s"),
        "shown_part": _(
            "Loss shown by the customer %(value)s × %(share)s%% × %(percent)s%% = %(fen)s"
        ),
        "overcharge": _("Overcharge paid back: %(fen)s"),
    }


def _fee(fee_fen: int, percent: int) -> Line:
    return Line("fee_waived", -(-fee_fen * percent // 100), fee_fen, percent=percent)


def _value(basis: Basis, *, share: int, percent: int) -> Line:
    code = "insured" if basis.declared_fen else "shown"
    value = basis.declared_fen or basis.loss_fen
    # Half a fen goes to the customer.
    return Line(code, -(-value * share * percent // 10_000), value, share, percent)
