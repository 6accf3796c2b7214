"""Raw scans to the ones that count (B6, B8): voids, corrections, taps within ten minutes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

TEN_MINUTES = timedelta(minutes=10)
# Words about a parcel, not deeds done to it: two within minutes may say different things.
BEFORE_PICKUP = {"ORD", "PAS", "PFL", "RNV", "INS", "REJ", "PUP", "CNL"}
HANDED = {"recipient", "proxy", "counter", "collected"}
PLACED = {"locker", "station", "safe_place"}
WORDS = {"CON", "NTF", "DLY", "ADR", "HLD", "RLS", "DNR", "DMG", "PAS", "SRH", "LST", "FND"}


def tidy(scans: Any) -> Any:
    """Return the scans that count, in order of parcel and time."""
    made = scans.assign(order=scans["uid"].astype(str))
    made = made.sort_values(["parcel_id", "recorded_at", "order"], kind="stable")
    made = made.drop_duplicates(["parcel_id", "uid"])
    put_right: set[Any] = set()
    if made["code"].isin(["COR", "VOI"]).any():
        made, put_right = _amended(made)
    _after_pickup(made, put_right)
    made = made.sort_values(["parcel_id", "effective_at", "recorded_at", "order"], kind="stable")
    return _without_taps(made.reset_index(drop=True))


def _after_pickup(made: Any, put_right: set[Any]) -> None:
    """A device that claims a scan ten minutes before the pickup is not believed (B5)."""
    picked = made[made["code"] == "PUP"].groupby("parcel_id")["effective_at"].min()
    limit = picked.reindex(made["parcel_id"].to_numpy()).set_axis(made.index) - TEN_MINUTES
    early = (made["effective_at"] < limit) & ~made["code"].isin(BEFORE_PICKUP)
    early &= ~made["source"].isin(["import", "system"]) & ~made["uid"].isin(put_right)
    made.loc[early, "effective_at"] = made.loc[early, "recorded_at"]


def _amended(scans: Any) -> tuple[Any, set[Any]]:
    """Apply corrections and voids, the latest word first; both then leave the list.

    The second value names the scans that were put right.
    """
    voids = scans[scans["code"] == "VOI"].iloc[::-1]
    gone: set[Any] = set()
    for void in voids.itertuples():
        reasoned = void.reason or (void.detail or {}).get("why")
        if void.uid not in gone and void.corrects is not None and reasoned:
            gone.add(void.corrects)
    kept = scans[~scans["uid"].isin(gone)].copy()
    target_of = {uid: place for place, uid in kept["uid"].items()}
    for word in kept[kept["code"] == "COR"].itertuples():
        place = target_of.get(word.corrects)
        if place is not None and kept.at[place, "code"] not in ("COR", "VOI"):
            _correct(kept, place, (word.detail or {}).get("set"))
    put_right = set(kept.loc[kept["code"] == "COR", "corrects"])
    return kept[~kept["code"].isin(["COR", "VOI"])], put_right


def _correct(kept: Any, place: Any, said: Any) -> None:
    if not isinstance(said, dict):
        return
    for name in ("reason", "site_id", "person_id"):
        if name in said:
            kept.at[place, name] = said[name]
    if isinstance(said.get("detail"), dict):
        kept.at[place, "detail"] = said["detail"]
    try:
        at = datetime.fromisoformat(str(said["effective_at"]))
    except (KeyError, ValueError):
        return
    if at.tzinfo is not None:
        kept.at[place, "effective_at"] = at


def _without_taps(scans: Any) -> Any:
    """Keep the first of equal deeds within ten minutes of the last one kept.

    A handover that says more than a "delivered" before it is a deed of its own: into somebody's
    hands after being put down, put down after not having said how.
    """
    deeds = scans[~scans["code"].isin(WORDS)]
    keys = ["parcel_id", "code", "site_id", "person_id"]
    same = deeds.groupby(keys, dropna=False, sort=False)["effective_at"]
    close = deeds.assign(gap=same.diff())
    suspects = close[close["gap"] <= TEN_MINUTES]
    if suspects.empty:
        return scans
    drop: list[Any] = []
    marked = set(map(tuple, suspects[keys].astype(str).to_numpy()))
    for key, group in deeds.groupby(keys, dropna=False, sort=False):
        if tuple(str(part) for part in key) not in marked:
            continue
        last, said, told = None, 0, ""
        for row in group.itertuples():
            soon = last is not None and row.effective_at - last <= TEN_MINUTES
            says = _says(row.detail) if row.code == "DLV" else 0
            word = _word(row.code, row.detail or {})
            if soon and says <= said and word == told:
                drop.append(row.Index)
            else:
                last, said, told = row.effective_at, says, word
    return scans.drop(index=drop)


def _word(code: str, detail: Any) -> str:
    """Return what makes a sort or a check another one: its lane, its result."""
    if code == "SRT":
        return str(detail.get("next") or "")
    return str(detail.get("result", "pass")) if code in ("INS", "RNV", "XRY") else ""


def _says(detail: Any) -> int:
    """Return how much a "delivered" says: nothing, put down, into somebody's hands."""
    way = str((detail or {}).get("way"))
    return 2 if way in HANDED else 1 if way in PLACED else 0
