"""Telling the product what the generator drew, through its public services."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from shipments.models import Customer, Parcel, Product
from shipments.services import PartyInput, ScanInput, record_scans
from shipments.services.contacting import book_slot
from shipments.services.proving import store_proof
from tests.factories import shipments as make
from tests.factories.staff import EmployeeFactory
from tests.kpi.hidden_truth import (
    aims,
    conduct,
    hands,
    keeping,
    loops,
    papers,
    qualified,
    records,
    reviews,
    terms,
    times,
    visits,
)
from tests.kpi.hidden_truth.book import Book
from tests.kpi.hidden_truth.deeds import HOUR
from tests.kpi.hidden_truth.fates import FATES
from tests.kpi.hidden_truth.lives import DAY, FIRST_DAY, NOW, Life, Teller
from tests.kpi.hidden_truth.roads import HUB_OF
from tests.kpi.hidden_truth.times import Lengths
from tests.kpi.hidden_truth.voices import Choir

PLACES = {"HZ-01": "杭州", "HZ-02": "杭州", "NB-01": "宁波", "SH-01": "上海", "SH-02": "上海"}
# Where parcels are taken in, and the hubs they pass.
OTHERS = {"origin": "HZ-09", "yard": "HZ-08", "hub": "HZ-H1", "far": "SH-H1"}
STROKES = [[[1, 2]] * 6]


@dataclass(frozen=True)
class World:
    """The told month: what is known, and the names of places and people."""

    book: Book
    lengths: Lengths
    lives: list[Life]
    sites: dict[int, str]
    products: dict[int, str]
    people: dict[int, str]


def told(seed: int, *, rounds: int = 3) -> World:
    """Draw a month of lives and voices, and tell it to the product."""
    make.catalogue()
    # Two factories number people; those of this one begin where the other one never comes.
    EmployeeFactory.reset_sequence(90_000, force=True)
    sites = _sites()
    crew = {f"{code}/{n}": make.courier(sites[code]) for code in PLACES for n in (1, 2)}
    staff = {**crew, "picker": make.courier(sites["origin"])}
    teller = Teller(seed, {code: [f"{code}/1", f"{code}/2"] for code in PLACES}, PLACES)
    lives = [teller.life(n, FATES[n % len(FATES)]) for n in range(rounds * len(FATES))]
    customers = _customers()
    parcels = [_order(life, sites, customers) for life in lives]
    _book_times(lives, parcels, teller.dice)
    _send(lives, parcels, sites, staff, random.Random(seed))
    _prove(lives, parcels)
    hands.work(lives, parcels, sites, make.user("agent"))
    book, lengths = Book(), Lengths()
    _speak(seed, book, lengths, lives, parcels)
    for place, product, said in _others(lives, parcels, sites):
        book.case(place, product, said)
    for life, parcel in zip(lives, parcels, strict=True):
        book.parcel(life, fee=parcel.fee_fen)
        for one in times.of_parcel(life):
            lengths.say(one, life.product)
    return World(
        book, lengths, lives, {row.pk: code for code, row in sites.items()},
        dict(Product.objects.values_list("pk", "code")), {p.pk: name for name, p in staff.items()},
    )  # fmt: skip


def _others(lives: list[Life], parcels: list[Parcel], sites: dict[str, Any]) -> Iterator[Any]:
    yield from records.surveys(lives, parcels)
    yield from records.plans_of_surveys()
    yield from records.school(sites)
    yield from loops.loops(sites)
    yield from loops.suggestions(sites)
    yield from visits.visits(sites)
    yield from keeping.keeping(sites)
    yield from reviews.reviews(sites)
    yield from papers.papers(sites)
    yield from papers.views(parcels, sites)
    yield from papers.requests(sites)
    yield from terms.terms(sites)
    yield from qualified.qualified(sites)
    yield from conduct.conduct(sites, parcels[0])
    # Last: what is wanted is held against all that was told.
    yield from aims.aims(sites)


def _sites() -> dict[str, Any]:
    """Two places take parcels in; five hand them over, under two hubs."""
    sites = {code: make.site(code, city=city) for code, city in PLACES.items()}
    for name, code in OTHERS.items():
        kind = "hub" if name in ("hub", "far") else "station"
        sites[name] = make.site(code, kind=kind, city="杭州")
    for name, hub in HUB_OF.items():
        sites[name].hub = sites[hub]
        sites[name].save()
    return sites


def _customers() -> dict[str, Any]:
    """A customer with a safety agreement, and one whose agreement ended before the story."""
    ends = {"agreed": None, "lapsed": (FIRST_DAY - DAY).date()}
    return {
        name: Customer.objects.create(
            code=name, name=name, agreement_from=(FIRST_DAY - 90 * DAY).date(), agreement_to=end
        )
        for name, end in ends.items()
    }


def _order(life: Life, sites: dict[str, Any], customers: dict[str, Any]) -> Parcel:
    phone = f"1380000{life.key:04}"
    return make.order(
        origin=sites[life.origin], destination=sites[life.place], product_code=life.product,
        at=life.visit.ordered, is_test=life.is_test, customer=customers.get(life.customer),
        window=life.visit.window, item_kind="letter" if life.checks.letter else "clothes",
        recipient=PartyInput("王芳", phone, "杭州市西湖区文三路 9 号 1 幢 502"),
    )  # fmt: skip


def _book_times(lives: list[Life], parcels: list[Parcel], dice: random.Random) -> None:
    """Agree on delivery times; what we move is judged by the time before."""
    for life, parcel in zip(lives, parcels, strict=True):
        if life.accepted is None or dice.random() > 0.3:
            continue
        end = min(life.tried or life.start + 2 * DAY, NOW + DAY)
        start = end + dice.choice([-2, -0.1, 0.25, 1]) * HOUR
        life.slot = (start, start + 3 * HOUR)
        book_slot(
            parcel=parcel, starts_at=start, ends_at=start + 3 * HOUR, asked_by="us",
            at=life.visit.ordered, actor=None,
        )  # fmt: skip
        if dice.random() < 0.4:
            later = start + 9 * HOUR
            book_slot(
                parcel=parcel, starts_at=later, ends_at=later + HOUR, asked_by="us",
                at=life.visit.ordered + HOUR / 2, actor=None, cause="车辆故障",
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


def _prove(lives: list[Life], parcels: list[Parcel]) -> None:
    """Send the signatures that came after their scans."""
    for life, parcel in zip(lives, parcels, strict=True):
        for one, arrived in life.proofs:
            assert one.uid is not None
            store_proof(
                uid=uuid4(), parcel=parcel, event_uid=one.uid, kind="signature",
                captured_at=one.at, received_at=arrived, strokes=STROKES,
            )  # fmt: skip


def _speak(
    seed: int, book: Book, lengths: Lengths, lives: list[Life], parcels: list[Parcel]
) -> None:
    real = [p for p in parcels if not p.is_test]
    choir = Choir(seed, make.user("agent"), make.user("lead"), list(real))
    life_of = {parcel.pk: life for life, parcel in zip(lives, parcels, strict=True)}
    for voice in choir.sing():
        where = ("", "")
        if voice.parcel is not None:
            where = (voice.parcel.destination.code, voice.parcel.product.code)
            life_of[voice.parcel.pk].blamed |= voice.is_ours
        book.case(*where, voice.said)
        for one in voice.took:
            lengths.say(one, where[1], where[0])
