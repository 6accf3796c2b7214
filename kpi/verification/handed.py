"""Handovers judged from tidy scans a second time (D05 to D08, D11, and their part of S07)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

import pandas as pd

from kpi.verification.fallen import Fallen, said
from kpi.verification.judging import HANDED_OVER, PUT_DOWN, _way, _words
from kpi.verification.reading import Raw, Told
from shipments.models import Proof, ProofRule

HALF_HOUR, DAY, TWO_DAYS = timedelta(minutes=30), timedelta(days=1), timedelta(days=2)
DEEDS = {"DLV", "RDY"}
ENDS_WAIT = {"OFD", "RTS", "DEP", "LST"}
SEEN = DEEDS | ENDS_WAIT | {"NTF", "DNR"}


class Handed:
    """One placement or delivery with its course."""

    def __init__(self, row: Any, way: str) -> None:
        self.row, self.way = row, way
        self.at = row.effective_at
        self.placed = row.code == "RDY" or way in PUT_DOWN
        self.denied: Any = None
        self.told: Any = None
        self.fetched: Any = None
        self.left: Any = None


def judge(raw: Raw, scans: Any, told: Told) -> tuple[list[Fallen], set[int]]:
    """Return how every handover falls, and the parcels whose handover was not right."""
    parcels = raw.parcels[~raw.parcels["is_test"].astype(bool) & raw.parcels["parent_id"].isna()]
    about = {int(one.id): one for one in parcels.itertuples(index=False)}
    dealt = {pk: _seen(told[pk]) for pk in about if _is_dealt(told.get(pk, ()))}
    words, evidence = _words(scans, raw), _evidence(list(dealt))
    rules = {row.way: row for row in ProofRule.objects.all()}
    found: list[Fallen] = []
    wrong: set[int] = set()
    for pk, rows in dealt.items():
        for one in _course(rows):
            asked = one.placed or one.way == "proxy"
            agreed = _agreed(one, words.get(pk, ()))
            proof = _proof(one, rules.get(one.way), evidence)
            found += _falls(one, about[pk], asked=asked, agreed=agreed, proof=proof)
            bare = not one.placed and one.row.source != "import"
            late = bare and not (proof is not None and proof <= one.at + DAY)
            if (asked and not agreed) or late:
                wrong.add(pk)
    return found, wrong


def _is_dealt(rows: Sequence[Any]) -> bool:
    return any(row.code in DEEDS for row in rows)


def _seen(rows: Sequence[Any]) -> list[Any]:
    return [row for row in rows if row.code in SEEN]


def _course(rows: list[Any]) -> list[Handed]:
    """Return the deeds that count, each with what came after it and before the next one."""
    back = min((row.effective_at for row in rows if row.code == "RTS"), default=None)
    deeds: list[tuple[int, Handed]] = []
    for place, row in enumerate(rows):
        way = _way(row.code, row.detail) if row.code in DEEDS else ""
        if way not in PUT_DOWN | HANDED_OVER and row.code != "RDY":
            continue
        if back is not None and row.effective_at > back:
            continue
        if deeds and not deeds[-1][1].placed and not _denials(rows[deeds[-1][0] + 1 : place]):
            continue
        deeds.append((place, Handed(row, way)))
    for number, (place, one) in enumerate(deeds):
        after = deeds[number + 1][0] if number + 1 < len(deeds) else len(rows)
        _then(one, rows[place + 1 : after], rows[place + 1 : after + 1])
        one.told = min(
            (r.effective_at for r in rows if r.code == "NTF" and r.effective_at >= one.at
             and (after == len(rows) or r.effective_at < rows[after].effective_at)),
            default=None,
        )  # fmt: skip
    return [one for _place, one in deeds]


def _denials(rows: list[Any]) -> list[Any]:
    return [r.effective_at for r in rows if r.code == "DNR" and r.detail.get("confirmed")]


def _then(one: Handed, between: list[Any], upto: list[Any]) -> None:
    one.denied = next(iter(_denials(between)), None)
    if not one.placed:
        return
    for row in upto:
        way = _way(row.code, row.detail) if row.code in DEEDS else ""
        if row.code == "DLV" and way in HANDED_OVER:
            one.fetched = row.effective_at
        elif row.code in ENDS_WAIT or row.code == "RDY" or way in PUT_DOWN:
            one.left = row.effective_at
        else:
            continue
        return


def _agreed(one: Handed, words: Any) -> bool:
    if one.way == "proxy" and one.row.detail.get("consent"):
        return True
    known = [w for w in words if w[0] in ("", one.way) and w[2] <= one.at and not w[3] <= one.at]
    return bool(known) and bool(max(known, key=lambda w: (w[2], not w[1]))[1])


def _evidence(ids: list[int]) -> dict[tuple[int, Any], list[tuple[str, Any]]]:
    found: dict[tuple[int, Any], list[tuple[str, Any]]] = {}
    rows = Proof.objects.filter(parcel_id__among=ids)
    for pk, uid, kind, at in rows.values_list("parcel_id", "event_uid", "kind", "received_at"):
        found.setdefault((pk, uid), []).append((kind, pd.Timestamp(at)))
    return found


def _proof(one: Handed, rule: Any, evidence: Any) -> Any:
    """Return when the evidence this way asks for was complete, or None."""
    detail = one.row.detail
    if rule is None:
        return one.row.recorded_at
    if rule.needs_signer and not (detail.get("signer") or detail.get("name")):
        return None
    if rule.needs_relation and not detail.get("relation"):
        return None
    seen = detail.get("identity_seen") is True and "id_shown" in rule.kinds
    if not rule.kinds or detail.get("proof") in rule.kinds or seen:
        return one.row.recorded_at
    given = evidence.get((int(one.row.parcel_id), one.row.uid), [])
    return min((at for kind, at in given if kind in rule.kinds), default=None)


def _falls(one: Handed, parcel: Any, *, asked: bool, agreed: bool, proof: Any) -> Iterator[Fallen]:
    waits = one.placed and one.way in ("locker", "station")
    own = one.row.site_id
    site = parcel.destination_id if waits or own is None or own != own else own
    place = (int(site), int(parcel.product_id))
    told_by, from_file = one.at + HALF_HOUR, one.row.source == "import"

    def fall(metric: str, moment: Any, fell: str) -> Fallen:
        return Fallen(metric, one.row.uid, place, moment.to_pydatetime(), fell)

    if asked:
        yield fall("D05", one.at, said(agreed))
    if one.placed:
        good = one.told is not None and one.told <= told_by
        yield fall("D06", told_by, "excluded" if from_file else said(good))
    else:
        good = proof is not None and proof <= one.at + DAY
        yield fall("D07", one.at + DAY, "excluded" if from_file else said(good))
        yield fall("deliveries", one.at, "hit")
        if one.denied is not None:
            yield fall("D08", one.denied, "hit")
    if waits:
        until = one.at + TWO_DAYS
        out = from_file or (one.left is not None and one.left <= until)
        stayed = one.fetched is None or one.fetched > until
        yield fall("D11", until, "excluded" if out else said(stayed))
