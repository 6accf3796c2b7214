"""Telling the product what the generator drew, through its public services."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import timedelta

from shipments.models import Parcel, Product
from shipments.services import ScanInput, record_scans
from tests.factories import shipments as make
from tests.kpi.hidden_truth.answers import Book
from tests.kpi.hidden_truth.fates import FATES
from tests.kpi.hidden_truth.lives import NOW, Life, Teller
from tests.kpi.hidden_truth.voices import Choir

PLACES = {"HZ-01": "杭州", "HZ-02": "杭州", "NB-01": "宁波", "SH-01": "上海", "SH-02": "上海"}


@dataclass(frozen=True)
class World:
    """The told month: what is known, and the names of places and people."""

    book: Book
    lives: list[Life]
    sites: dict[int, str]
    products: dict[int, str]
    people: dict[int, str]


def told(seed: int, *, rounds: int = 3) -> World:
    """Draw a month of lives and voices, and tell it to the product."""
    make.catalogue()
    sites = {code: make.site(code, city=city) for code, city in PLACES.items()}
    sites |= {"origin": make.site("HZ-09", city="杭州"), "hub": make.site("HZ-H1", kind="hub")}
    crew = {f"{code}/{n}": make.courier(sites[code]) for code in PLACES for n in (1, 2)}
    staff = {**crew, "picker": make.courier(sites["origin"])}
    teller = Teller(seed, {code: [f"{code}/1", f"{code}/2"] for code in PLACES}, PLACES)
    book, parcels = Book(), []
    lives = [teller.life(n, FATES[n % len(FATES)]) for n in range(rounds * len(FATES))]
    for life in lives:
        parcels.append(_order(life, sites))
        book.parcel(life)
    _send(lives, parcels, sites, staff, random.Random(seed))
    _speak(seed, book, parcels)
    return World(
        book, lives, {row.pk: code for code, row in sites.items()},
        dict(Product.objects.values_list("pk", "code")), {p.pk: name for name, p in staff.items()},
    )  # fmt: skip


def _order(life: Life, sites) -> Parcel:
    return make.order(
        origin=sites["origin"], destination=sites[life.place], product_code=life.product,
        at=life.start - timedelta(hours=1), is_test=life.is_test,
    )  # fmt: skip


def _send(lives, parcels, sites, staff, dice) -> None:
    """Send every scan in no order at all; a tenth is sent a second time."""
    for source in ("courier", "import"):
        scans = [
            ScanInput(
                uid=one.uid, waybill=parcel.waybill, code=one.code, happened_at=one.at,
                recorded_at=one.sent_at, device="phone", reason=one.reason, detail=one.detail,
                site_id=sites[one.place].pk, corrects=one.corrects,
                person_id=staff[one.person].pk if one.person else None,
            )
            for life, parcel in zip(lives, parcels, strict=True)
            for one in life.told
            if one.source == source
        ]  # fmt: skip
        dice.shuffle(scans)
        answers = record_scans(scans, source=source, recorded_at=NOW)
        assert {one.result for one in answers} <= {"created", "duplicate"}
        record_scans(scans[::10], source=source, recorded_at=NOW)


def _speak(seed: int, book: Book, parcels: list[Parcel]) -> None:
    choir = Choir(seed, make.user("agent"), [p for p in parcels if not p.is_test])
    for voice in choir.sing():
        where = ("", "")
        if voice.parcel is not None:
            where = (voice.parcel.destination.code, voice.parcel.product.code)
        book.case(*where, voice.said)
