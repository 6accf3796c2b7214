"""Our scan codes in the vocabulary of EPCIS (CBV 2.0), and back (parcels.md §4.2).

Where the standard has no word, the word is our own, as a URI under `OWN`.
"""

from __future__ import annotations

from dataclasses import dataclass

CONTEXT = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"
PREFIX = "courierqa"
OWN = "https://courierqa.example/epcis/"
PARCEL, PLACE = "urn:courierqa:obj:", "urn:courierqa:loc:"


@dataclass(frozen=True)
class Words:
    """Business step and disposition of a scan; what it sets or unsets for good."""

    step: str
    disposition: str = ""
    sets: str = ""
    unsets: str = ""


def own(word: str) -> str:
    """Return a word of our own vocabulary as a URI."""
    return f"{OWN}{word}"


WORDS = {
    "ORD": Words("consigning", "in_progress"),
    "PAS": Words(own("pickup_assigned")),
    "PFL": Words(own("pickup_failed")),
    "RNV": Words(own("sender_verified")),
    "INS": Words("inspecting", "conformant"),
    "REJ": Words("inspecting", "non_conformant"),
    "PUP": Words("accepting", "in_progress"),
    "XRY": Words("inspecting", own("screened")),
    "ARR": Words("arriving", "in_transit"),
    "SRT": Words(own("sorting"), "in_transit"),
    "MIS": Words(own("missort_found")),
    "BAG": Words("packing", "in_transit"),
    "UNB": Words("unpacking", "in_transit"),
    "DEP": Words("departing", "in_transit"),
    "AST": Words("arriving", own("at_delivery_station")),
    "OFD": Words("transporting", "in_transit"),
    "CON": Words(own("consent_recorded")),
    "ATT": Words(own("delivery_attempted"), "in_transit"),
    "NAT": Words(own("not_attempted"), "in_transit"),
    "RDY": Words("storing", "available"),
    "OVD": Words(own("collection_overdue"), "available"),
    "DLV": Words(own("delivering"), own("delivered")),
    "RFS": Words(own("refused"), "in_transit"),
    "PRT": Words(own("partly_delivered")),
    "HLD": Words("holding", sets=own("held")),
    "RLS": Words(own("releasing"), unsets=own("held")),
    "DLY": Words(own("delay_declared")),
    "DMG": Words("inspecting", own("damage_found"), sets="damaged"),
    "SRH": Words(own("searching"), "unknown"),
    "LST": Words(own("loss_confirmed"), own("lost")),
    "FND": Words(own("found"), "in_progress"),
    "ADR": Words(own("address_problem")),
    "RTS": Words("shipping", own("returning")),
    "RTD": Words(own("returned_to_sender"), "returned"),
    "CNL": Words("void_shipping"),
    "DSP": Words("destroying", "disposed"),
    "NTF": Words(own("customer_told")),
    "DNR": Words(own("receipt_disputed")),
}
# (step, disposition) → code; a step that means one thing whatever the disposition comes second.
BY_BOTH = {(w.step, w.disposition): code for code, w in WORDS.items()}
BY_STEP = {
    "consigning": "ORD", "accepting": "PUP", "arriving": "ARR", "departing": "DEP",
    "transporting": "OFD", "storing": "RDY", "holding": "HLD", "void_shipping": "CNL",
    "destroying": "DSP", "packing": "BAG", "unpacking": "UNB", "receiving": "ARR",
    "shipping": "DEP", "loading": "DEP", "unloading": "ARR", "collecting": "PUP",
    **{w.step: code for code, w in WORDS.items() if w.step.startswith(OWN)},
}  # fmt: skip
_LONG_FORMS = (
    "urn:epcglobal:cbv:bizstep:", "urn:epcglobal:cbv:disp:", "urn:epcglobal:cbv:er:",
    "https://ref.gs1.org/cbv/BizStep-", "https://ref.gs1.org/cbv/Disp-",
    "https://ref.gs1.org/cbv/ER-", "https://ns.gs1.org/cbv/BizStep-",
    "https://ns.gs1.org/cbv/Disp-", "https://ns.gs1.org/cbv/ER-", "cbv:BizStep-", "cbv:Disp-",
)  # fmt: skip
# Details of a scan that say nothing about a person.
IMPERSONAL = frozenset(
    {
        "way", "stage", "confirmed", "short", "mode", "result", "weight_g", "lane", "lane_site",
        "seal", "bag", "trip", "until", "given", "kind", "settled", "security", "status", "manual",
        "deadline", "channel", "pieces", "of", "agreed", "cause", "cod_paid", "why", "import",
    }
)  # fmt: skip


def short(word: str) -> str:
    """Return a standard word without the long form older documents use."""
    for form in _LONG_FORMS:
        word = word.removeprefix(form)
    return word


def words_of(code: str, detail: dict[str, object]) -> Words:
    """Return the words of one scan; a failed inspection or screening is not conformant."""
    if code in ("INS", "XRY") and detail.get("result", "pass") != "pass":
        return Words("inspecting", "non_conformant" if code == "INS" else own("screening_failed"))
    return WORDS[code]


def code_of(step: str, disposition: str, action: str) -> str:
    """Return the scan code a foreign event means, or "" when nothing here fits."""
    step, disposition = short(step), short(disposition)
    if step == "inspecting" and disposition == own("screening_failed"):
        return "XRY"
    found = BY_BOTH.get((step, disposition)) or BY_STEP.get(step, "")
    if not found and disposition in ("returned", "disposed"):
        return {"returned": "RTD", "disposed": "DSP"}[disposition]
    return found
