"""What an order must say before it is taken: complete, true to form, within the limits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from courierqa.core.errors import DomainError
from courierqa.core.formats import kilos
from courierqa.core.money import yuan
from courierqa.core.privacy import normal_phone
from shipments import enums
from shipments.models import Parcel, Product, Terms
from shipments.services import gates
from staff.enums import SERVES_CUSTOMERS
from staff.models import Site

OPEN_STATES = frozenset({enums.State.NONE, enums.State.ORDERED, enums.State.PICKUP_DUE})
MOST_PIECES = 9999
BOOKABLE = timedelta(days=8)
_HOUSE = re.compile(r"[0-9０-９一二三四五六七八九十]|号|號|室|院|厂|校|#")


@dataclass(frozen=True)
class PartyInput:
    """A sender or a recipient, in clear; only the encrypted fields keep it."""

    name: str
    phone: str
    address: str


@dataclass(frozen=True)
class OrderWishes:
    """What an order may say beyond parties, product and weight. Sizes in centimetres."""

    pieces: int | None = None
    size_cm: tuple[int, int, int] | None = None
    marks: tuple[str, ...] = ()
    # None: the insurance was not talked about.
    insured: bool | None = None
    door_pickup: bool = True
    door_delivery: bool = True
    terms: Terms | None = None
    confirmed_at: datetime | None = None
    # A return or an exchange: its parties, goods and size passed these checks before.
    checked_before: bool = False

    @property
    def volume_cm3(self) -> int | None:
        """The declared volume."""
        if self.size_cm is None:
            return None
        a, b, c = self.size_cm
        return a * b * c


def wrong(text: str, field: str, code: str = "bad_order") -> DomainError:
    """Return a refusal that names its field."""
    return DomainError(text, code=code, field=field, status=400)


def require_open(parcel: Parcel) -> None:
    """Refuse what is done before the acceptance when that is over: by now it has its own way."""
    if parcel.state not in OPEN_STATES:
        text = _("This parcel is past its acceptance: %(state)s")
        raise DomainError(text % {"state": parcel.get_state_display()}, code="not_open")


def check_places(origin: Site, destination: Site) -> None:
    """Refuse a hub or an office where customers hand in or receive parcels."""
    for field, site in (("origin", origin), ("destination", destination)):
        if site.kind not in SERVES_CUSTOMERS:
            text = _("%(site)s does not serve customers. Choose a station or a service point")
            raise wrong(text % {"site": site}, field, "bad_site")
        if site.closed_on is not None:
            raise wrong(_("%(site)s is closed") % {"site": site}, field, "bad_site")


def check_party(who: str, party: PartyInput, *, strict: bool) -> None:
    """Refuse an impossible phone; a stated party must be complete (ACC-12)."""
    if party.phone and not normal_phone(party.phone):
        text = _("Enter a phone number with 11 digits, or with its area code")
        raise wrong(text, f"{who}_phone", "bad_phone")
    if not strict:
        return
    for name in ("name", "phone", "address"):
        if not getattr(party, name).strip():
            raise wrong(_("This is needed"), f"{who}_{name}", "required")
    problem = address_problem(party.address)
    if problem:
        raise wrong(problem, f"{who}_address", "incomplete_address")


def address_problem(address: str) -> str:
    """Say what an address lacks, or nothing."""
    plain = address.strip()
    if len(plain) < 5 or not _HOUSE.search(plain):
        return _("Enter street and house number, and the room if there is one")
    return ""


def check_goods(item_name: str) -> None:
    """Refuse prohibited goods by their name (ACC-05)."""
    rule = gates.prohibited(item_name)
    if rule is not None:
        raise gates.GateShut(gates.prohibited_text(rule), code="prohibited", field="item_name")


def check_measures(
    product: Product, weight_g: int | None, size_cm: tuple[int, int, int] | None
) -> None:
    """Refuse what the product does not carry: no weight, too heavy, too long (ACC-15)."""
    if weight_g is not None and weight_g < 1:
        raise wrong(_("Enter a weight above 0"), "weight", "no_weight")
    if weight_g is not None and weight_g > product.max_weight_g:
        text = _("%(product)s takes up to %(limit)s. Choose another product or send two parcels")
        limit = kilos(product.max_weight_g)
        raise wrong(text % {"product": product, "limit": limit}, "weight", "too_heavy")
    if size_cm is not None:
        _check_size(product, size_cm)


def _check_size(product: Product, size: tuple[int, int, int]) -> None:
    if min(size) < 1:
        raise wrong(_("Enter all three sides in whole centimetres"), "length", "no_size")
    if max(size) > product.max_side_cm or sum(size) > product.max_sum_cm:
        text = _("%(product)s takes sides up to %(side)d cm, together %(sum)d cm")
        words = {
            "product": product, "side": product.max_side_cm, "sum": product.max_sum_cm,
        }  # fmt: skip
        raise wrong(text % words, "length", "too_large")


def check_value(product: Product, declared_fen: int, *, insured: bool | None) -> None:
    """Refuse an insurance without value, or a value above the product's limit (ACC-11)."""
    if insured and declared_fen <= 0:
        raise wrong(_("Enter the declared value to insure"), "declared", "required")
    if declared_fen > product.max_declared_fen:
        text = _("%(product)s takes a declared value up to %(limit)s")
        limit = yuan(product.max_declared_fen)
        raise wrong(text % {"product": product, "limit": limit}, "declared", "too_much")


def check_wishes(wishes: OrderWishes) -> None:
    """Refuse an impossible count or an unknown mark."""
    if wishes.pieces is not None and not 1 <= wishes.pieces <= MOST_PIECES:
        text = _("Enter how many items are inside, from 1 to %(most)d") % {"most": MOST_PIECES}
        raise wrong(text, "pieces", "bad_pieces")
    if not set(wishes.marks) <= set(enums.Mark.values):
        raise wrong(_("Choose from the list"), "marks", "bad_mark")


def check_window(window: tuple[datetime, datetime] | None, at: datetime) -> None:
    """Refuse a pickup window that is over, upside down or too far away."""
    if window is None:
        return
    start, end = window
    if end <= start or end <= at or start > at + BOOKABLE:
        text = _("Choose a pickup time within the next 7 days")
        raise wrong(text, "window", "bad_window")
