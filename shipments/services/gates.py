"""What must be true before a deed: forms ask here first; a deed already done is only noted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from courierqa.core.errors import DomainError
from shipments import enums
from shipments.fold.judge import agreed
from shipments.fold.table import IN_HAND
from shipments.models import Parcel, ProhibitedItem
from shipments.selectors.events import events_of, has_agreement, state_of
from shipments.selectors.goods import match_goods
from shipments.selectors.screening import unscreened
from staff.models import local

# From this declared value on goods count as valuable, marked or not. A proposal.
VALUABLE_FEN = 100_000
NEEDS_CONSENT = frozenset({"locker", "station", "safe_place", "proxy"})

# A parcel under a security stop may be looked at and released, but goes nowhere (ACC-14).
STOPPED_BY_SECURITY = IN_HAND - {"XRY"}


@dataclass(frozen=True)
class GateProblem:
    """One gate that is shut, in words, and the field that opens it."""

    code: str
    message: str
    field: str = ""


class GateShut(DomainError):
    """The deed may not be done yet."""

    code = "gate"


def prohibited(item_name: str) -> ProhibitedItem | None:
    """Return the rule that forbids an item name, or None. Restricted goods only warn."""
    found = match_goods(item_name)
    return found[0] if found and found[0].kind == enums.GoodsKind.PROHIBITED else None


def restricted(item_name: str) -> list[ProhibitedItem]:
    """Return the restricted goods an item name runs into: accepted, with care (ACC-05)."""
    return [row for row in match_goods(item_name) if row.kind == enums.GoodsKind.RESTRICTED]


def check_gates(
    parcel: Parcel, code: str, detail: Mapping[str, Any], *, at: datetime
) -> list[GateProblem]:
    """Return the gates that are shut for this scan at this moment; an empty list lets it pass."""
    stop = security_stop(parcel, code)
    if stop is not None:
        return [stop]
    if code == enums.Code.PUP:
        return _pickup(parcel, detail)
    if code == enums.Code.RDY:
        return _consent(parcel, str(detail.get("way") or "locker"), at)
    if code == enums.Code.DLV:
        return _delivery(parcel, detail, at)
    if code == enums.Code.DEP:
        return _departure(parcel, detail)
    return []


def security_stop(parcel: Parcel, code: str) -> GateProblem | None:
    """Return the gate of a security stop, which no form may pass until the release (ACC-14)."""
    if code not in STOPPED_BY_SECURITY | {enums.Code.RLS.value}:
        return None
    if enums.Condition.SECURITY_STOP not in parcel.conditions:
        return None
    if code == enums.Code.RLS:
        return GateProblem("security_stop", _("A security stop is lifted on its own page"), "code")
    text = _("Stopped for security. Set it aside; it must be released first")
    return GateProblem("security_stop", text)


def require_free(parcel: Parcel, code: str) -> None:
    """Raise when a security stop forbids this scan."""
    stop = security_stop(parcel, code)
    if stop is not None:
        raise GateShut(stop.message, code=stop.code)


def require_gates(parcel: Parcel, code: str, detail: Mapping[str, Any], *, at: datetime) -> None:
    """Raise for the first gate that is shut."""
    for problem in check_gates(parcel, code, detail, at=at):
        raise GateShut(problem.message, code=problem.code, field=problem.field)


def _pickup(parcel: Parcel, detail: Mapping[str, Any]) -> list[GateProblem]:
    problems = []
    codes = _passed(parcel)
    rule = prohibited(str(detail.get("item_name") or parcel.item_name))
    if rule is not None:
        problems.append(GateProblem("prohibited", prohibited_text(rule), "item_name"))
    if "INS" not in codes and detail.get("inspected") is not True:
        problems.append(GateProblem("not_inspected", _("Inspect the contents first"), "inspected"))
    kind = detail.get("item_kind") or parcel.item_kind
    is_known = has_agreement(parcel) or kind == enums.ItemKind.LETTER
    if "RNV" not in codes and not is_known and not _is_identified(detail):
        text = _("Check the sender's identity first")
        problems.append(GateProblem("identity_not_verified", text, "identity_kind"))
    return problems + _outside(detail) + _opened(parcel, detail) + _facts(parcel, detail)


def _is_identified(detail: Mapping[str, Any]) -> bool:
    """Any text would do otherwise; an agreement is looked up, not claimed."""
    return detail.get("identity") in set(enums.IdentityKind) - {enums.IdentityKind.AGREEMENT}


def _outside(detail: Mapping[str, Any]) -> list[GateProblem]:
    """A torn, deformed or leaking parcel is packed anew or refused (ACC-07)."""
    looks = detail.get("appearance")
    if looks is None or looks in enums.SOUND:
        return []
    text = _("The outside is not sound. Pack it anew, or refuse it")
    return [GateProblem("appearance", text, "appearance")]


def _opened(parcel: Parcel, detail: Mapping[str, Any]) -> list[GateProblem]:
    """Fragile and valuable goods are opened, and a photo shows them whole (ACC-06)."""
    if not needs_opening(detail.get("marks") or parcel.marks, parcel.declared_value_fen):
        return []
    problems = []
    if detail.get("opened_intact") is not True:
        text = _("Open it and check that the contents are whole. If they are not, refuse it")
        problems.append(GateProblem("not_opened", text, "opened_intact"))
    if not detail.get("photo"):
        text = _("Add a photo of the opened parcel")
        problems.append(GateProblem("no_photo", text, "photo"))
    return problems


def needs_opening(marks: Any, declared_fen: int) -> bool:
    """Say whether goods count as fragile or valuable: by their mark or their declared value."""
    marked = marks if isinstance(marks, (list, tuple)) else ()
    return declared_fen >= VALUABLE_FEN or any(mark in enums.OPEN_AND_LOOK for mark in marked)


def _facts(parcel: Parcel, detail: Mapping[str, Any]) -> list[GateProblem]:
    """Ask for each of the eight facts that nobody has told yet (LIF-05)."""
    order = parcel.order
    sides = [detail.get(f"{side}_cm") for side in ("length", "width", "height")]
    volume = detail.get("volume_cm3") or all(sides) or (order is not None and order.volume_cm3)
    is_letter = (detail.get("item_kind") or parcel.item_kind) == enums.ItemKind.LETTER
    known: list[tuple[enums.Fact, Any, str]] = [
        (enums.Fact.ITEM, detail.get("item_name") or parcel.item_name, "item_name"),
        (enums.Fact.PIECES, detail.get("pieces") or (order and order.pieces), "pieces"),
        (enums.Fact.WEIGHT, detail.get("weight_g") or parcel.weight_g, "weight"),
        (enums.Fact.VOLUME, volume or is_letter, "length"),
        (enums.Fact.SENDER, _is_complete(parcel, "sender"), ""),
        (enums.Fact.RECIPIENT, _is_complete(parcel, "recipient"), ""),
    ]
    return [
        GateProblem("fact_missing", _("Still missing: %(fact)s") % {"fact": fact.label}, field)
        for fact, value, field in known
        if not value
    ]


def _is_complete(parcel: Parcel, who: str) -> bool:
    return all(getattr(parcel, f"{who}_{name}") for name in ("name", "phone", "address"))


def prohibited_text(rule: ProhibitedItem) -> str:
    """Return the sentence of the stop screen."""
    return _("This item cannot be accepted: %(item)s. %(rule)s") % {
        "item": local(rule, "term"), "rule": local(rule, "rule"),
    }  # fmt: skip


def _passed(parcel: Parcel) -> set[str]:
    """Return the codes of passed checks among the parcel's events."""
    events = events_of([parcel]).get(parcel.pk, [])
    return {e.code for e in events if e.detail.get("result", "pass") == "pass"}


def _consent(parcel: Parcel, way: str, at: datetime) -> list[GateProblem]:
    if way not in NEEDS_CONSENT or agreed(state_of(parcel).consents, way, at):
        return []
    text = _("No consent recorded. Call or message the recipient before using a locker")
    if way == "proxy":
        text = _("No consent recorded. Ask the recipient before handing it to somebody else")
    return [GateProblem("no_consent", text, "consent")]


def _delivery(parcel: Parcel, detail: Mapping[str, Any], at: datetime) -> list[GateProblem]:
    way = str(detail.get("way") or "")
    if way not in enums.DeliveryWay.values:
        return [GateProblem("way_missing", _("Choose how it was handed over"), "way")]
    problems = []
    if way == "proxy" and not detail.get("signer"):
        problems.append(GateProblem("proxy_unnamed", _("Enter who took it"), "signer"))
    if not (way == "proxy" and detail.get("consent")):
        problems += _consent(parcel, way, at)
    if parcel.cod_fen and not detail.get("cod_paid"):
        text = _("Let the goods be checked and take the money first")
        problems.append(GateProblem("cod_open", text, "cod_paid"))
    elif parcel.cod_fen and not detail.get("goods_checked"):
        text = _("Let the goods be checked first, then take the money")
        problems.append(GateProblem("goods_unchecked", text, "goods_checked"))
    return problems


def _departure(parcel: Parcel, detail: Mapping[str, Any]) -> list[GateProblem]:
    if unscreened([parcel], str(detail.get("mode") or "")):
        return [GateProblem("not_screened", _("Screen the parcel before it leaves"), "screened")]
    return []
