"""The rules of counting written out a second time, over frames (B9 to B15)."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

import pandas as pd

from courierqa.core import calendars
from kpi.verification import handling
from kpi.verification.reading import Raw, Told
from kpi.verification.tidying import tidy
from shipments.models import Parcel
from shipments.promises import Promiser

PUT_DOWN = {"locker", "station", "safe_place"}
HANDED_OVER = {"recipient", "proxy", "counter", "collected"}
# A return for one of these is not our failure, if somebody was at the door in time.
THEIR_CAUSE = {
    "refused", "refuses", "refuses-cod", "sender", "sender_wish", "sender-wish", "wrong_data",
    "wrong-data", "address-incomplete", "phone-wrong",
}  # fmt: skip
RECALL = {"recall", "recalled"}
TOUCHED = {
    "PUP", "ARR", "SRT", "BAG", "UNB", "XRY", "DEP", "AST", "OFD", "ATT", "NAT", "RFS", "RDY",
    "DLV", "PRT", "MIS", "RTS", "RTD",
}  # fmt: skip
OPENING, CLOSING = time(8), time(20)


def tidied(raw: Raw) -> Any:
    """Return the scans that count."""
    scans = tidy(raw.scans)
    scans["detail"] = [row or {} for row in scans["detail"]]
    return scans


def judge(raw: Raw, scans: Any, told: Told) -> Any:
    """Return one row per parcel: its times and flags as the rules see them.

    `told` are the same scans, parcel by parcel.
    """
    made = raw.parcels.set_index("id")
    made["accepted_at"] = _accepted(scans)
    _returns(made, scans)
    _done(made, scans, raw)
    made["attempt_at"] = _first_attempt(made, scans, raw)
    made["attempt_done"] = made["done_at"].notna() & (made["done_at"] == made["attempt_at"])
    made["attempts_told"] = made.index.isin(_telling(scans))
    _damage(made, scans)
    made["due_at"] = made["promised_by"].where(made["accepted_at"].notna())
    _default_promises(made)
    _limits(made)
    _exclusions(made)
    _outcomes(made, scans)
    handling.add(made, told, raw)
    return made.reset_index()


def _first(scans: Any, codes: set[str]) -> Any:
    return scans[scans["code"].isin(codes)].groupby("parcel_id")["effective_at"].min()


def _of(scans: Any, times: Any) -> Any:
    """Return each scan's parcel's time, beside the scan."""
    return times.reindex(scans["parcel_id"].to_numpy()).set_axis(scans.index)


def _accepted(scans: Any) -> Any:
    """The pickup, or else the first scan with the parcel in our hands; not after a refusal."""
    picked, held = _first(scans, {"PUP"}), _first(scans, TOUCHED)
    ended = _first(scans, {"CNL", "REJ"}).reindex(held.index)
    held = held[~(ended < held)]
    return picked.combine_first(held).astype("datetime64[us, UTC]")


def _returns(made: Any, scans: Any) -> None:
    """When a return began and why, and when the sender called the parcel back."""
    back = scans[scans["code"] == "RTS"].drop_duplicates("parcel_id").set_index("parcel_id")
    causes = [str(row.detail.get("cause") or row.reason or "") for row in back.itertuples()]
    cause_of = dict(zip(back.index, causes, strict=True))
    made["returned_at"] = back["effective_at"]
    made["return_cause"] = [cause_of.get(pk, "") for pk in made.index]
    recalled = back["effective_at"][[one in RECALL for one in causes]]
    cancelled = scans[scans["code"] == "CNL"]
    picked = _first(scans, {"PUP"})
    after = cancelled[cancelled["effective_at"] > _of(cancelled, picked)]
    asked = pd.concat([recalled, after.set_index("parcel_id")["effective_at"]])
    made["recalled_at"] = asked.groupby(level=0).min()


def _says(scans: Any, name: str) -> Any:
    return pd.Series([bool(d.get(name)) for d in scans["detail"]], index=scans.index, dtype=bool)


def _done(made: Any, scans: Any, raw: Raw) -> None:
    """The earliest deed that counts as done, before a return began, after a proven non-receipt."""
    deeds = scans[scans["code"].isin(["DLV", "RDY"])].copy()
    deeds["way"] = [_way(row.code, row.detail) for row in deeds.itertuples(index=False)]
    placed = (deeds["code"] == "RDY") | deeds["way"].isin(PUT_DOWN)
    handed = ~placed & deeds["way"].isin(HANDED_OVER)
    deeds["moment"] = deeds["effective_at"].where(handed)
    if placed.any():
        agreed_at = _consented(deeds[placed], scans, raw)
        deeds.loc[placed, "moment"] = agreed_at
    denied = scans[(scans["code"] == "DNR") & _says(scans, "confirmed")]
    denied_at = denied.groupby("parcel_id")["effective_at"].max()
    deeds = deeds[deeds["moment"].notna()]
    deeds = deeds[~(deeds["effective_at"] <= _of(deeds, denied_at))]
    deeds = deeds[~(deeds["moment"] > _of(deeds, made["returned_at"]))]
    best = deeds.sort_values("moment", kind="stable").groupby("parcel_id").head(1)
    best = best.set_index("parcel_id")
    made["done_at"] = best["moment"].astype("datetime64[us, UTC]")
    own = best["site_id"].where(~best["way"].isin(["locker", "station"])).astype("float64")
    made["site_id"] = own.reindex(made.index).fillna(made["destination_id"]).astype("int64")


def _way(code: str, detail: dict[str, Any]) -> str:
    said = detail.get("way")
    if isinstance(said, str) and said:
        return said
    return "locker" if code == "RDY" else ""


def _consented(placed: Any, scans: Any, raw: Raw) -> Any:
    """Return when each placement became a delivery: at once, at a later consent, or never."""
    words = _words(scans, raw)
    moments = []
    for row in placed.itertuples(index=False):
        said = [w for w in words.get(row.parcel_id, ()) if w[0] in ("", row.way)]
        before = [w for w in said if w[2] <= row.effective_at and not (w[3] <= row.effective_at)]
        if before and max(before, key=lambda w: (w[2], not w[1]))[1]:
            moments.append(row.effective_at)
            continue
        later = [w[2] for w in said if w[1] and w[2] > row.effective_at]
        moments.append(min(later, default=None))
    return pd.Series(pd.to_datetime(moments, utc=True), index=placed.index).astype(
        "datetime64[us, UTC]"
    )


def _words(scans: Any, raw: Raw) -> dict[int, list[tuple[str, bool, Any, Any]]]:
    """Return what recipients said on delivery ways: (way, yes, from, until)."""
    found: dict[int, list[tuple[str, bool, Any, Any]]] = {}
    for row in scans[scans["code"] == "CON"].itertuples(index=False):
        if not row.detail.get("asked"):
            kind, given = str(row.detail.get("kind") or ""), bool(row.detail.get("given", True))
            word = (kind, given, row.effective_at, pd.NaT)
            found.setdefault(row.parcel_id, []).append(word)
    for row in raw.consents.itertuples(index=False):
        word = (row.kind, bool(row.given), row.at, row.withdrawn_at)
        found.setdefault(int(row.parcel_id), []).append(word)
    return found


def _first_attempt(made: Any, scans: Any, raw: Raw) -> Any:
    """The first valid attempt: done, or failed with reason and evidence at a fair hour (B10)."""
    tried = scans[scans["code"].isin(["ATT", "RFS"]) & (scans["reason"] != "")]
    zone = calendars.zone()
    valid = [
        _shown(row, raw) and (row.detail.get("agreed") or _fair(row.effective_at, zone))
        for row in tried.itertuples(index=False)
    ]
    kept = pd.Series([bool(one) for one in valid], index=tried.index, dtype=bool)
    failed = tried[kept].groupby("parcel_id")["effective_at"].min()
    failed = failed.reindex(made.index).astype("datetime64[us, UTC]")
    earlier = failed.where(~(made["done_at"] <= failed), made["done_at"])
    return earlier.fillna(made["done_at"])


def _telling(scans: Any) -> Any:
    """The parcels whose source would have told a failed attempt, not deliveries alone."""
    ended = scans["code"].isin(["DLV", "RDY"]) & (scans["source"] != "import")
    return scans.loc[ended | scans["code"].isin(["OFD", "ATT", "RFS"]), "parcel_id"]


def _shown(row: Any, raw: Raw) -> bool:
    """Evidence: a call, a photo, a position, or a proof hung on the scan."""
    has_position = row.latitude is not None and row.latitude == row.latitude
    said = row.detail.get("call") or row.detail.get("photo")
    return bool(said or has_position or row.uid in raw.proven)


def _fair(at: Any, zone: Any) -> bool:
    return OPENING <= at.tz_convert(zone).time() <= CLOSING


def _damage(made: Any, scans: Any) -> None:
    """Lost unless found since; damage and shortage once confirmed."""
    fate = scans[scans["code"].isin(["LST", "FND"])].groupby("parcel_id")["code"].last()
    made["lost"] = made.index.isin(fate[fate == "LST"].index)
    made["ever_lost"] = made.index.isin(scans.loc[scans["code"] == "LST", "parcel_id"])
    harm = scans[(scans["code"] == "DMG") & _says(scans, "confirmed")]
    is_short = _says(harm, "short")
    made["short"] = made.index.isin(harm["parcel_id"][is_short])
    made["damaged"] = made.index.isin(harm["parcel_id"][~is_short])


def _default_promises(made: Any) -> None:
    """A parcel without a promise gets its product's default and is not dropped (B24)."""
    missing = made[made["due_at"].isna() & made["accepted_at"].notna()]
    if missing.empty:
        return
    promiser = Promiser()
    parcels = Parcel.objects.select_related("product", "lane").in_bulk(list(missing.index))
    for pk, accepted_at in missing["accepted_at"].items():
        made.at[pk, "due_at"] = promiser.due(parcels[pk], accepted_at.to_pydatetime())


def _limits(made: Any) -> None:
    """The moments a parcel is held against beside its promise."""
    city = made["is_same_city"].astype(bool)
    made["h24_at"] = (made["accepted_at"] + timedelta(hours=24)).where(city)
    made["h72_at"] = (made["accepted_at"] + timedelta(hours=72)).where(~city)
    made["week_at"] = made["due_at"] + timedelta(days=7)
    made["claim_at"] = made["week_at"].where(~city, made["due_at"] + timedelta(days=3))


def _exclusions(made: Any) -> None:
    """Which shares a recalled or blamelessly returned parcel leaves (B11, B12)."""
    ours = ~made["return_cause"].isin(THEIR_CAUSE)
    back = made["returned_at"].notna() & made["done_at"].isna() & ~ours
    in_time = made["done_at"].isna() | (made["recalled_at"] < made["done_at"])
    limits = {"promise": "due_at", "h24": "h24_at", "h72": "h72_at", "claim": "claim_at"}
    for name, limit in limits.items():
        recalled = (made["recalled_at"] <= made[limit]) & in_time
        made[f"recalled_{name}"] = recalled
        made[f"out_{name}"] = recalled | (back & (made["attempt_at"] <= made[limit]))


def _outcomes(made: Any, scans: Any) -> None:
    """What had become of each parcel by the week after its promise; the last word stands (D02)."""
    week = made["week_at"]
    before = scans[scans["code"].isin(["LST", "FND"])]
    before = before[before["effective_at"] <= _of(before, week)]
    fate = before.groupby("parcel_id")["code"].last().reindex(made.index)
    made["outcome"] = "open"
    made.loc[fate == "LST", "outcome"] = "lost"
    for name in ("returned", "recalled", "done"):
        made.loc[made[f"{name}_at"] <= week, "outcome"] = name
