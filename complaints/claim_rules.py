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


@dataclass(frozen=True)
class Basis:
    """What the suggestion is computed from, in fen; the share in whole percent."""

    kind: EventKind
    fee_fen: int = 0
    declared_fen: int = 0
    loss_fen: int = 0
    share: int = 100


@dataclass(frozen=True)
class Line:
    """One line of the arithmetic: what it is, how it was computed, what it comes to."""

    code: str
    fen: int
    value_fen: int = 0
    share: int = 100

    def as_dict(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "fen": self.fen,
            "value_fen": self.value_fen,
            "share": self.share,
        }


def arithmetic(basis: Basis) -> list[Line]:
    """Return the lines whose sum is suggested."""
    if basis.kind == EventKind.DELAY:
        return [Line("fee_waived", basis.fee_fen)]
    if basis.kind == EventKind.LOSS:
        return [Line("fee_waived", basis.fee_fen), _value(basis, share=100)]
    if basis.kind in (EventKind.DAMAGE, EventKind.SHORTAGE):
        whole = [Line("fee_waived", basis.fee_fen)] if basis.share == 100 else []
        return [*whole, _value(basis, share=basis.share)]
    if basis.kind == EventKind.OVERCHARGE:
        return [Line("overcharge", basis.loss_fen)]
    return []


def total(lines: list[Line]) -> int:
    """Return the sum in fen."""
    return sum(line.fen for line in lines)


def say(row: dict[str, Any]) -> str:
    """Return one stored line as a sentence."""
    amounts = {
        "fen": yuan(row["fen"]),
        "value": yuan(row["value_fen"]),
        "share": row["share"],
    }
    return _sentences()[row["code"]] % amounts


def _sentences() -> dict[str, str]:
    return {
        "fee_waived": _("Fee of this service waived: %(fen)s"),
        "insured": _("Insured value %(value)s × %(share)s%% = %(fen)s"),
        "shown": _("Loss shown by the customer %(value)s × %(share)s%% = %(fen)s"),
        "overcharge": _("Overcharge paid back: %(fen)s"),
    }


def _value(basis: Basis, *, share: int) -> Line:
    code = "insured" if basis.declared_fen else "shown"
    value = basis.declared_fen or basis.loss_fen
    # Half a fen goes to the customer.
    return Line(code, -(-value * share // 100), value, share)
