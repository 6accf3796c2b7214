"""The life of a parcel as data (parcels.md §4.4)."""

from __future__ import annotations

from shipments.enums import Code as C
from shipments.enums import State as S

# Life-cycle order: decides between scans of the very same moment.
RANK = {
    code.value: rank
    for rank, code in enumerate(
        (
            C.ORD, C.PAS, C.PFL, C.RNV, C.INS, C.REJ, C.PUP, C.ARR, C.AST, C.UNB, C.XRY, C.SRT,
            C.MIS, C.BAG, C.DEP, C.OFD, C.CON, C.NAT, C.ATT, C.RFS, C.PRT, C.RDY, C.OVD, C.DLV,
            C.DNR, C.HLD, C.RLS, C.DLY, C.ADR, C.DMG, C.SRH, C.LST, C.FND, C.RTS, C.RTD, C.CNL,
            C.DSP, C.NTF, C.COR, C.VOI,
        )
    )
}  # fmt: skip

_BACK = {C.OFD: S.OUT, C.RTS: S.RETURNING}
_ANYWHERE = {C.LST: S.LOST, C.DSP: S.DISPOSED}
_HANDLING = (C.SRT, C.BAG, C.UNB, C.XRY)


def _handled(state: S) -> dict[C, S]:
    """Sorting, bagging and screening leave a parcel that is in a building where it is."""
    return dict.fromkeys(_HANDLING, state)


TRANSITIONS: dict[str, dict[str, S]] = {
    state.value: {code.value: target for code, target in moves.items()}
    for state, moves in {
        S.NONE: {C.ORD: S.ORDERED},
        S.ORDERED: {
            C.PAS: S.PICKUP_DUE, C.CNL: S.CANCELLED, C.PUP: S.ACCEPTED, C.REJ: S.REJECTED,
        },
        S.PICKUP_DUE: {
            C.PUP: S.ACCEPTED, C.REJ: S.REJECTED, C.PAS: S.PICKUP_DUE, C.PFL: S.ORDERED,
            C.CNL: S.CANCELLED,
        },
        S.ACCEPTED: {
            C.ARR: S.AT_SITE, C.DEP: S.IN_TRANSIT, C.OFD: S.OUT, C.RTS: S.RETURNING, **_ANYWHERE,
            **_handled(S.ACCEPTED),
        },
        S.AT_SITE: {
            C.DEP: S.IN_TRANSIT, C.AST: S.AT_STATION, C.RTS: S.RETURNING, **_ANYWHERE,
            **_handled(S.AT_SITE),
        },
        S.IN_TRANSIT: {C.ARR: S.AT_SITE, C.AST: S.AT_STATION, **_ANYWHERE},
        S.AT_STATION: {
            C.RDY: S.AT_POINT, C.DLV: S.DELIVERED, C.DEP: S.IN_TRANSIT, **_BACK, **_ANYWHERE,
            **_handled(S.AT_STATION),
        },
        S.OUT: {
            C.DLV: S.DELIVERED, C.PRT: S.OUT, C.ATT: S.UNDELIVERED, C.NAT: S.UNDELIVERED,
            C.RFS: S.UNDELIVERED, C.RDY: S.AT_POINT, C.OFD: S.OUT, **_ANYWHERE,
        },
        S.UNDELIVERED: {
            C.DLV: S.DELIVERED, C.RDY: S.AT_POINT, C.AST: S.AT_STATION, **_BACK, **_ANYWHERE,
            **_handled(S.UNDELIVERED),
        },
        S.AT_POINT: {C.DLV: S.DELIVERED, **_BACK, **_ANYWHERE},
        # On the way back every leg is a leg of the return.
        S.RETURNING: {
            C.RTD: S.RETURNED, **_ANYWHERE, **_handled(S.RETURNING),
            **dict.fromkeys((C.ARR, C.DEP, C.AST, C.OFD), S.RETURNING),
        },
    }.items()
}  # fmt: skip

# Where a scan leaves a parcel whatever was scanned, or not scanned, before: the physical truth.
LEADS_TO = {
    code.value: state
    for code, state in {
        C.PUP: S.ACCEPTED, C.ARR: S.AT_SITE, C.DEP: S.IN_TRANSIT, C.AST: S.AT_STATION,
        C.OFD: S.OUT, C.ATT: S.UNDELIVERED, C.NAT: S.UNDELIVERED, C.RFS: S.UNDELIVERED,
        C.RDY: S.AT_POINT, C.DLV: S.DELIVERED, C.RTS: S.RETURNING, C.RTD: S.RETURNED,
        C.DSP: S.DISPOSED, C.LST: S.LOST, C.PAS: S.PICKUP_DUE, C.PFL: S.ORDERED,
        C.CNL: S.CANCELLED, C.REJ: S.REJECTED, C.ORD: S.ORDERED, C.PRT: S.OUT,
        C.SRT: S.AT_SITE, C.BAG: S.AT_SITE, C.UNB: S.AT_SITE, C.XRY: S.AT_SITE,
    }.items()
}  # fmt: skip

NOT_ACCEPTED = frozenset({S.NONE, S.ORDERED, S.PICKUP_DUE})
BEFORE_ACCEPTANCE = frozenset({"ORD", "PAS", "PFL", "REJ", "CNL"})
# A scan of one of these means the parcel was in our hands.
IN_HAND = frozenset(
    {
        "PUP", "ARR", "SRT", "BAG", "UNB", "XRY", "DEP", "AST", "OFD", "ATT", "NAT", "RFS", "RDY",
        "DLV", "PRT", "MIS", "RTS", "RTD",
    }
)  # fmt: skip
# A parcel that shows one of these is no longer where it was stuck.
MOVES = frozenset({"ARR", "DEP", "AST", "OFD", "RDY", "DLV", "SRT", "BAG"})
# What a security stop forbids; releasing and handing over to the authority stay possible.
STOPPED = frozenset(
    {"DEP", "ARR", "AST", "SRT", "BAG", "UNB", "OFD", "RDY", "DLV", "PRT", "RTS", "RTD"}
)
# Only a parcel that was accepted can be lost or disposed of.
ACCEPTED_ONLY = frozenset({"LST", "DSP"})
# A second one of these elsewhere means that the scan between them is missing.
PLACES = frozenset({"ARR", "AST", "DEP"})
# On the way back nothing is delivered, placed or tried at the recipient's door.
FORWARD_ONLY = frozenset({"DLV", "RDY", "ATT", "NAT", "RFS", "PRT"})
# Codes that say nothing without their reason (a failed attempt is judged apart, B10).
NEEDS_REASON = frozenset({"PFL", "REJ", "NAT", "HLD", "DLY", "RTS"})
LINKS = frozenset({"PUP", "ARR", "DEP", "AST", "OFD", "RDY", "DLV"})
# With these somebody had the parcel in hand, so it was not forgotten (E05).
SEEN = IN_HAND | frozenset({"INS", "HLD", "RLS", "DMG", "FND"})
AFTER_END = frozenset({"COR", "VOI", "DMG", "DNR", "FND", "NTF"})
# Statements rather than deeds: two within minutes may say different things.
STATEMENTS = frozenset(
    {
        "PAS", "CON", "NTF", "DLY", "ADR", "HLD", "RLS", "DNR", "DMG", "SRH", "LST", "FND", "COR",
        "VOI",
    }
)  # fmt: skip
# Checks with a result: another result is another check.
CHECKS = frozenset({"INS", "RNV", "XRY"})
PLACED = frozenset({"locker", "station", "safe_place"})
HANDED = frozenset({"recipient", "proxy", "counter", "collected"})
WAYS = PLACED | HANDED
# Put down where the recipient must still fetch it (trade codes 304 and 501): not delivered.
TO_FETCH = frozenset({"locker", "station"})
SCREENED_MODES = frozenset({"air", "rail"})
