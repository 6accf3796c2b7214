"""Parcel histories of every odd kind, drawn from a seed and sent through the real service."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from uuid import UUID

from shipments import enums
from shipments.models import Order, Parcel, PickupChange, Slot
from shipments.services import ScanInput, record_scans
from tests.factories import shipments as make

START = datetime(2026, 9, 20, tzinfo=UTC)
REASONS = ("absent", "no-answer", "refuses", "address-incomplete", "")
WAYS = ("recipient", "proxy", "locker", "station", "safe_place", "counter", "")
DEEDS = (
    "ATT", "ATT", "RFS", "RDY", "DLV", "DLV", "CON", "DNR", "DMG", "LST", "FND", "RTS", "OFD",
    "AST", "CNL", "NAT",
)  # fmt: skip
# What happens on the way, before the pickup too.
HANDLING = ("INS", "RNV", "XRY", "SRT", "SRT", "DEP", "ARR", "BAG", "MIS", "PFL", "REJ", "DSP")
CAUSES = ("refused", "sender_wish", "capacity", "recall", "address-incomplete")


class Teller:
    """Tells one parcel's story, hour by hour."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.hub = make.site("HZ-H1", kind="hub")
        self.people = [make.courier(make.site("NB-01")).pk for _number in range(2)]

    def uid(self) -> UUID:
        return UUID(int=self.dice.getrandbits(128), version=4)

    def event(self, parcel: Parcel, code: str, at: datetime, **fields) -> ScanInput:
        values = {
            "uid": self.uid(),
            "device": "phone",
            "site_id": self.dice.choice([parcel.destination_id, parcel.origin_id]),
            "person_id": self.dice.choice(self.people),
            "happened_at": at,
            "recorded_at": at + timedelta(minutes=self.dice.choice([0, 1, 300])),
        }
        return ScanInput(waybill=parcel.waybill, code=code, **{**values, **fields})

    def deed(self, parcel: Parcel, at: datetime) -> ScanInput:
        """Return one thing that may happen to a parcel."""
        dice = self.dice
        code = dice.choice(DEEDS)
        some = {
            "ATT": {"call": dice.random() < 0.6, "agreed": dice.random() < 0.1},
            "RFS": {"photo": dice.random() < 0.6},
            "RDY": {"way": dice.choice(["locker", "station", ""])},
            "DLV": {"way": dice.choice(WAYS), "signer": "王"},
            "CON": {"kind": dice.choice(["locker", "station", ""]), "given": dice.random() < 0.8},
            "DNR": {"confirmed": dice.random() < 0.5},
            "DMG": {"confirmed": dice.random() < 0.5, "short": dice.random() < 0.4},
            "RTS": {"cause": dice.choice(CAUSES)},
        }
        reason = dice.choice(REASONS) if code in ("ATT", "RFS") else ""
        place = {"latitude": 29.9, "longitude": 121.5} if dice.random() < 0.2 else {}
        return self.event(parcel, code, at, reason=reason, detail=some.get(code, {}), **place)

    def handling(self, parcel: Parcel, at: datetime) -> list[ScanInput]:
        """Return checks, sorts and links some minutes or hours around a pickup."""
        dice, found = self.dice, []
        for _step in range(dice.randint(0, 7)):
            code = dice.choice(HANDLING)
            if code in ("REJ", "DSP") and dice.random() < 0.8:
                continue
            result = {"result": dice.choice(["pass", "pass", "fail"])}
            some = {
                "INS": result | {"item_kind": dice.choice(["letter", "food"])},
                "RNV": result,
                "XRY": result,
                "SRT": {"next": dice.choice(["NB-01", "HZ-01"])},
                "DEP": {"mode": dice.choice(["road", "air", "rail"])},
                "PFL": {"call": dice.random() < 0.7},
            }
            reason = dice.choice(["sender-absent", "no-time-pickup"]) if code == "PFL" else ""
            place = dice.choice([parcel.origin_id, self.hub.pk, parcel.destination_id])
            moved = timedelta(minutes=dice.choice([-300, -30, -2, 5, 8, 15, 90, 600, 2000]))
            found.append(
                self.event(
                    parcel,
                    code,
                    at + moved,
                    reason=reason,
                    detail=some.get(code, {}),
                    site_id=place,
                )
            )
        return found

    def story(self, parcel: Parcel) -> list[ScanInput]:
        """Return the scans of one parcel: pickup, deeds, taps twice, a void, a correction."""
        dice, at = self.dice, START + timedelta(hours=self.dice.randint(0, 24 * 25))
        told = self.handling(parcel, at)
        if dice.random() >= 0.08:
            kind = (
                {"item_kind": dice.choice(["letter", "other", "?"])} if dice.random() < 0.3 else {}
            )
            told.append(self.event(parcel, "PUP", at, detail=kind))
        for _step in range(dice.randint(0, 6)):
            at += timedelta(hours=dice.choice([1, 5, 11, 20, 40]), minutes=dice.randint(0, 59))
            told.append(self.deed(parcel, at))
            if dice.random() < 0.1:
                told.append(self.again(told[-1]))
        if told and dice.random() < 0.15:
            gone = dice.choice(told)
            why = {"why": "wrong parcel"} if dice.random() < 0.8 else {}
            told.append(self.event(parcel, "VOI", at, corrects=gone.uid, detail=why))
        if told and dice.random() < 0.15:
            wrong = dice.choice(told)
            said = {"set": {"effective_at": (at - timedelta(hours=7)).isoformat()}}
            told.append(self.event(parcel, "COR", at, corrects=wrong.uid, detail=said))
        return told

    def again(self, event: ScanInput) -> ScanInput:
        """The same tap a few minutes later, as a new scan."""
        values = {name: getattr(event, name) for name in ScanInput.__slots__}
        at = event.happened_at + timedelta(minutes=self.dice.randint(1, 15))
        return ScanInput(**{**values, "uid": self.uid(), "happened_at": at, "recorded_at": at})


def tell(seed: int, parcels: int, *, source: enums.Source = enums.Source.COURIER) -> list[Parcel]:
    """Place orders and record their stories in one batch."""
    teller = Teller(seed)
    made = []
    for number in range(parcels):
        code = teller.dice.choice(["standard", "economy", "express", "same-day"])
        made.append(make.order(product_code=_known(code), at=START - timedelta(days=1)))
        _appoint(teller, made[-1], number)
        if number % 7 == 0:
            Parcel.objects.filter(pk=made[-1].pk).update(is_same_city=True)
    scans = [event for parcel in made for event in teller.story(parcel)]
    if scans:
        last = max(event.recorded_at for event in scans)
        record_scans(scans, source=source, recorded_at=last)
    return made


def _appoint(teller: Teller, parcel: Parcel, number: int) -> None:
    """Agree on pickup windows and delivery times, some moved by us, some by the customer."""
    dice = teller.dice
    start = START + timedelta(hours=dice.randint(0, 24 * 20))
    if number % 3:
        Order.objects.filter(parcels=parcel).update(
            ordered_at=start - timedelta(hours=9), window_start=start,
            window_end=start + timedelta(hours=12),
        )  # fmt: skip
    for days in range(1, dice.choice([1, 1, 2, 3])):
        PickupChange.objects.create(
            order=parcel.order, old_start=start, old_end=start + timedelta(hours=12),
            new_start=start + timedelta(days=days), new_end=start + timedelta(days=days, hours=3),
            reason="moved", told_who="sender", told_way="call", told_at=start, at=start,
            asked_by=dice.choice(["us", "sender"]),
        )  # fmt: skip
    for place in range(dice.choice([0, 0, 1, 2])):
        Slot.objects.create(
            parcel=parcel, starts_at=start + timedelta(hours=20 + place),
            ends_at=start + timedelta(hours=30 + place), asked_by=dice.choice(["us", "recipient"]),
            at=start + timedelta(minutes=place),
        )  # fmt: skip


def _known(code: str) -> str:
    from shipments.models import Product

    make.catalogue()
    codes = sorted(Product.objects.values_list("code", flat=True))
    return code if code in codes else codes[0]
