"""Sites, lanes, staff and logins of the demo network, made by the real services."""

from __future__ import annotations

import json
import random
import secrets
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.utils import translation

from courierqa.core.models import Calendar
from courierqa.demo import network
from shipments.models import Customer, Lane, LaneLeg, Product
from staff import services as staff
from staff.models import Employee, Post, Site, User

# The links of every lane add up to the limit of the standard product: five days.
LIMIT_HOURS = 120
OFFICE_POSTS = (
    ("quality", "quality"),
    ("trainer", "hr"),
    ("quality", "auditor"),
    ("technician", "admin"),
    ("lead", "lead"),
)


@dataclass
class Cast:
    """Everybody and every place the story needs."""

    sites: dict[str, Site] = field(default_factory=dict)
    couriers: dict[str, list[Employee]] = field(default_factory=dict)
    supervisors: dict[str, Employee] = field(default_factory=dict)
    agents: list[User] = field(default_factory=list)
    users: dict[str, User] = field(default_factory=dict)
    customers: list[Customer] = field(default_factory=list)
    lanes: dict[tuple[str, str], Lane] = field(default_factory=dict)
    logins: list[dict[str, str]] = field(default_factory=list)


def person_name(rng: random.Random) -> str:
    return rng.choice(network.SURNAMES) + rng.choice(network.GIVEN)


def phone(rng: random.Random) -> str:
    """Return a number from the block 1380013xxxx, which stands for nobody in this story."""
    return f"1380013{rng.randrange(10000):04d}"


def build_sites(cast: Cast) -> None:
    calendar = Calendar.objects.get(code="CN")
    code, zh, en, region, region_en, city = network.OFFICE
    cast.sites[code] = staff.create_site(
        code=code, name=zh, name_en=en, kind="office", region=region, region_en=region_en,
        city=city, city_en=network.CITIES[city],
    )  # fmt: skip
    for code, zh, en, region, region_en, city in network.HUBS:
        cast.sites[code] = staff.create_site(
            code=code, name=zh, name_en=en, kind="hub", region=region, region_en=region_en,
            city=city, city_en=network.CITIES[city], calendar=calendar,
        )  # fmt: skip
    for plan in network.STATIONS:
        region, region_en = network.REGION_OF_HUB[plan.hub]
        cast.sites[plan.code] = staff.create_site(
            code=plan.code, name=plan.zh, name_en=plan.en, kind="station", region=region,
            region_en=region_en, city=plan.city, city_en=network.CITIES[plan.city],
            hub=cast.sites[plan.hub], calendar=calendar,
            phone="0571-8800 0000",
        )  # fmt: skip
    for code, zh, en, station in network.LOCKERS:
        home = cast.sites[station]
        cast.sites[code] = staff.create_site(
            code=code, name=zh, name_en=en, kind="locker", region=home.region,
            region_en=home.region_en, city=home.city, city_en=home.city_en, hub=home,
        )  # fmt: skip


def build_lanes(cast: Cast) -> None:
    """Plan every station pair: the same links, tighter within one city."""
    legs = []
    standard = Product.objects.get(code="standard")
    for start in network.STATIONS:
        for end in network.STATIONS:
            lane = Lane.objects.create(
                origin=cast.sites[start.code],
                destination=cast.sites[end.code],
                is_key={start.hub, end.hub} == {"HZ-H1", "SH-H1"},
                mode="rail" if {start.hub, end.hub} == {"NB-H1", "NJ-H1"} else "road",
                product=standard,
            )
            cast.lanes[start.code, end.code] = lane
            legs.extend(_legs(cast, lane, start, end))
    LaneLeg.objects.bulk_create(legs)


def _legs(
    cast: Cast, lane: Lane, start: network.StationPlan, end: network.StationPlan
) -> list[LaneLeg]:
    places = {
        "origin": start.code,
        "origin_hub": start.hub,
        "destination_hub": end.hub,
        "destination": end.code,
    }
    near, plan = start.hub == end.hub, []
    steps = [*network.PLAN, ("DLV", "destination", LIMIT_HOURS, LIMIT_HOURS)]
    for place, (code, where, same, other) in enumerate(steps, 1):
        if near and (where, code) in {("origin_hub", "DEP"), ("destination_hub", "ARR")}:
            continue
        plan.append(
            LaneLeg(
                lane=lane, position=place, site=cast.sites[places[where]], code=code,
                limit_minutes=(same if near else other) * 60,
            )
        )  # fmt: skip
    return plan


class Hiring:
    """Takes people on with their logins and roles; one password for the whole demo."""

    def __init__(self, cast: Cast, rng: random.Random, *, since: date, at: datetime) -> None:
        self.cast, self.rng, self.since, self.at = cast, rng, since, at
        self.posts = {post.code: post for post in Post.objects.all()}
        self.password = f"demo-{secrets.token_hex(4)}"
        # Hashed once: the demo's logins share a password, and hashing is slow on purpose.
        self.hashed = make_password(self.password)
        self.number = 1000

    def hire(
        self, post: str, site: str, role: str, *, everywhere: bool, boss: Employee | None = None
    ) -> Employee:
        """Hire one person; `role` is the role of the login."""
        self.number += 1
        number, name = f"E{self.number}", person_name(self.rng)
        user = staff.create_user(username=number, display_name=name)
        User.objects.filter(pk=user.pk).update(password=self.hashed)
        person = staff.create_employee(
            number=number, name=name, post=self.posts[post], site=self.cast.sites[site],
            hired_on=self.since - timedelta(days=self.rng.randrange(30, 900)),
            user=user, supervisor=boss, phone=phone(self.rng),
            background_checked_on=self.since - timedelta(days=30),
        )  # fmt: skip
        place = None if everywhere else self.cast.sites[site]
        staff.grant_role(user, role, place, at=self.at)
        if role not in self.cast.users:
            self.cast.users[role] = user
            self.show(role, person)
        return person

    def show(self, role: str, person: Employee) -> None:
        """Have the start command print this login."""
        row = {"role": role, "login": person.number, "name": person.name, "site": person.site.code}
        self.cast.logins.append(row)


def build_people(cast: Cast, rng: random.Random, *, since: date, at: datetime) -> str:
    """Hire the office and every station; return the demo password."""
    hiring = Hiring(cast, rng, since=since, at=at)
    boss = hiring.hire("manager", "HQ", "manager", everywhere=True)
    for post, role in OFFICE_POSTS:
        hiring.hire(post, "HQ", role, everywhere=True, boss=boss)
    for _place in range(4):
        hiring.hire("agent", "HQ", "agent", everywhere=True, boss=boss)
    cast.agents.extend(User.objects.filter(grants__role="agent").order_by("username"))
    for plan in network.STATIONS:
        head = hiring.hire("supervisor", plan.code, "supervisor", everywhere=False, boss=boss)
        cast.supervisors[plan.code] = head
        cast.couriers[plan.code] = [
            hiring.hire("courier", plan.code, "courier", everywhere=False, boss=head)
            for _place in range(max(1, round(plan.weight * 1.3)))
        ]
    # From a source of their own, so that the story of the couriers stays the same.
    hiring.rng = random.Random(5)
    for code, *_names in network.HUBS:
        cast.supervisors[code] = hiring.hire(
            "supervisor", code, "supervisor", everywhere=False, boss=boss
        )
    _show_a_way(hiring)
    return hiring.password


def _show_a_way(hiring: Hiring) -> None:
    """Have printed who else it takes to bring a parcel of the printed courier to its end.

    The hub of the first station, and the next station of the same hub: order, hub, station.
    """
    cast, (first, second) = hiring.cast, network.STATIONS[:2]
    hiring.show("supervisor", cast.supervisors[first.hub])
    hiring.show("supervisor", cast.supervisors[second.code])
    hiring.show("courier", cast.couriers[second.code][0])


def build_customers(cast: Cast, rng: random.Random, *, since: date) -> None:
    for place in range(8):
        cast.customers.append(
            Customer.objects.create(
                code=f"K{place + 1:03d}",
                name=f"{person_name(rng)[0]}记商贸 {place + 1}",
                customer_class="vip" if place < 2 else "standard",
                agreement_from=since,
                agreement_to=since + timedelta(days=3650),
            )
        )


def _login_line(row: dict[str, str], cast: Cast, password: str) -> str:
    place = cast.sites[row["site"]]
    return f"{row['role']:<11} {row['login']:<8} {password:<13}  {place.code} {place}"


def write_logins(cast: Cast, password: str) -> Path:
    """Keep the demo logins where the start command finds and prints them."""
    path = Path(settings.VAR_DIR) / "logins.txt"
    with translation.override("en"):
        lines = [_login_line(row, cast, password) for row in cast.logins]
    head = f"{'role':<11} {'login':<8} {'password':<13}  works at"
    path.write_text("\n".join([head, *lines, ""]), encoding="utf-8")
    path.with_suffix(".json").write_text(json.dumps({"password": password, "logins": cast.logins}))
    return path
