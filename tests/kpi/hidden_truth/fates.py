"""What may become of a parcel. Each fate sets the truth and tells the scans that hide it."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.kpi.hidden_truth import roads
from tests.kpi.hidden_truth.deeds import Trouble
from tests.kpi.hidden_truth.lives import DAY, HOUR, MINUTE, NOW, TINY, Life, Teller


def handed(teller: Teller, life: Life) -> None:
    """Handed over; now and then by the neighbouring station, which then served."""
    life.done = life.tried = teller.moment(life)
    if teller.dice.random() < 0.2:
        life.served_at = life.other
    teller.pick_up(life, until=life.done)
    teller.hand_over(life, life.done)


def on_the_way(teller: Teller, life: Life) -> None:
    """Nothing is heard after the round began."""
    teller.pick_up(life, until=life.start + 9 * HOUR)


def just_sent(teller: Teller, life: Life) -> None:
    """Accepted two days before the end: not yet due, whatever its promise."""
    life.start = NOW - 2 * DAY + teller.dice.randrange(90) * MINUTE
    teller.pick_up(life, until=life.start + 20 * HOUR)
    if teller.dice.random() < 0.5:
        life.done = life.tried = life.start + 22 * HOUR
        teller.hand_over(life, life.done)


def second_try(teller: Teller, life: Life) -> None:
    """A valid first attempt failed; the parcel was handed over a day later."""
    life.tried = teller.by_day(teller.moment(life) - DAY, life)
    life.done = life.tried + 25 * HOUR
    teller.pick_up(life, until=life.tried)
    teller.fail(life, life.tried)
    teller.hand_over(life, life.done)


def claimed_try(teller: Teller, life: Life) -> None:
    """A "failed attempt" without evidence, or at night: it never counted."""
    at = teller.by_day(teller.moment(life) - DAY, life)
    night = teller.dice.random() < 0.5
    if night:
        at = at.replace(hour=22)
    life.done = life.tried = at + 15 * HOUR
    teller.pick_up(life, until=at)
    teller.fail(life, at, valid=night)
    teller.hand_over(life, life.done)


def locker_agreed(teller: Teller, life: Life) -> None:
    """Put into a locker after a yes: done when put there, not when fetched."""
    life.done = life.tried = teller.moment(life)
    teller.pick_up(life, until=life.done - MINUTE)
    yes = {"given": True, "kind": "locker", "way": "call"}
    teller.say(life, "CON", life.done - MINUTE, life.place, life.courier, yes)
    put = teller.put_down(life, life.done, agreed=True)
    end = teller.dice.choice(["soon", "limit", "late", "left", ""])
    if end == "left":
        put.left = life.done + 9 * HOUR
        teller.say(life, "DEP", put.left, life.place)
        life.road.stages.add("DEP")
        life.road.left = life.road.left or put.left
    elif end:
        waited = {"soon": 9 * HOUR, "limit": 48 * HOUR, "late": 48 * HOUR + TINY}[end]
        teller.fetch(life, life.done + waited)


def locker_unasked(teller: Teller, life: Life) -> None:
    """Put into a locker without a word: done when fetched, when agreed to, or never."""
    put = teller.moment(life) - 12 * HOUR
    put = max(put, life.start + 3 * HOUR)
    teller.pick_up(life, until=put)
    teller.put_down(life, put, agreed=False)
    end, life.holder = teller.dice.choice(["fetched", "agreed", "refused", ""]), ""
    if end == "fetched":
        life.done = life.tried = put + 12 * HOUR
        teller.fetch(life, life.done)
    elif end:
        said = {"given": end == "agreed", "kind": "locker", "way": "call"}
        teller.say(life, "CON", put + 12 * HOUR, life.place, "", said)
        if end == "agreed":
            life.done = life.tried = put + 12 * HOUR
            life.holder = life.courier


def refused(teller: Teller, life: Life) -> None:
    """The recipient refused at the door and the parcel went back: no fault of ours in time."""
    life.tried = teller.by_day(teller.moment(life), life)
    teller.pick_up(life, until=life.tried)
    one = teller.say(
        life, "RFS", life.tried, life.place, life.courier, {"photo": True}, reason="refuses"
    )
    life.knocks.append((one.at, True))
    life.troubles.append(Trouble("refused", one.at, one.place, reported=one.sent_at))
    life.back = life.tried + 2 * HOUR
    teller.say(life, "RTS", life.back, life.place, "", {"cause": "refused"})
    life.excused = True


def sent_back_by_us(teller: Teller, life: Life) -> None:
    """Returned because there was no room: our failure."""
    life.back = at = teller.by_day(teller.moment(life), life)
    teller.pick_up(life, until=at)
    teller.say(life, "RTS", at, life.place, "", {"cause": "capacity"})


def recalled(teller: Teller, life: Life) -> None:
    """The sender called the parcel back, before or after it was late."""
    life.recalled = life.back = teller.moment(life)
    teller.pick_up(life, until=life.recalled)
    teller.say(life, "RTS", life.recalled, life.place, "", {"cause": "recall"})


def lost(teller: Teller, life: Life) -> None:
    """Searched for and declared lost; sometimes found and delivered after all."""
    life.lost = life.ever_lost = True
    teller.pick_up(life, until=life.start + 6 * HOUR)
    gone = life.start + 20 * HOUR
    one = teller.say(life, "LST", gone, life.place, "", {"why": "searched"})
    life.troubles.append(Trouble("lost", gone, life.place, reported=one.sent_at))
    life.gone = gone
    life.holder = ""
    if teller.dice.random() < 0.5:
        life.lost, life.gone = False, None
        teller.say(life, "FND", gone + 5 * HOUR, life.place)
        life.done = life.tried = max(teller.moment(life), gone + 7 * HOUR)
        teller.hand_over(life, life.done)


def harmed(teller: Teller, life: Life) -> None:
    """Delivered, but damaged or short; what nobody confirmed is no damage."""
    handed(teller, life)
    kind = teller.dice.choice(["damaged", "short", "both", "rumour"])
    life.damaged, life.short = kind in ("damaged", "both"), kind in ("short", "both")
    assert life.done is not None
    for name in ("damaged", "short"):
        if getattr(life, name) or kind == "rumour":
            said = {"confirmed": kind != "rumour", "short": name == "short", "stage": "transit"}
            one = teller.say(life, "DMG", life.done + HOUR, life.place, "", said)
            life.troubles.append(Trouble(name, one.at, one.place, reported=one.sent_at))


def took_it_back(teller: Teller, life: Life) -> None:
    """A "delivered" on the wrong parcel, declared wrong with a reason."""
    at = teller.moment(life)
    teller.pick_up(life, until=at)
    stages, seen = set(life.road.stages), list(life.sights)
    wrong = teller.hand_over(life, at)
    life.deeds, life.proofs, life.road.stages, life.sights = [], [], stages, seen
    life.told = life.told[: life.told.index(wrong) + 1]
    why = {"why": "wrong parcel"}
    teller.say(life, "VOI", at + HOUR, life.place, life.courier, why, corrects=wrong.uid)


def never_received(teller: Teller, life: Life) -> None:
    """Signed for by nobody we know, confirmed; sometimes brought a second time for real."""
    at = teller.moment(life)
    teller.pick_up(life, until=at)
    teller.hand_over(life, at)
    one = teller.say(life, "DNR", at + DAY, life.place, "", {"confirmed": True})
    life.deeds[-1].denied = one.at
    life.troubles.append(Trouble("disputed", one.at, one.place, reported=one.sent_at))
    life.holder = ""
    if teller.dice.random() < 0.5:
        life.done = life.tried = at + 2 * DAY
        teller.hand_over(life, life.done)


def put_right(teller: Teller, life: Life) -> None:
    """The time of the delivery was corrected by a person, with a reason."""
    life.done = life.tried = teller.moment(life)
    teller.pick_up(life, until=life.done)
    said = teller.hand_over(life, life.done + 11 * HOUR)
    _really(life, life.done)
    life.told = life.told[: life.told.index(said) + 1]
    word = {"set": {"effective_at": life.done.isoformat()}, "why": "clock was wrong"}
    at = life.done + 12 * HOUR
    teller.say(life, "COR", at, life.place, life.courier, word, corrects=said.uid)


def sent_too_late(teller: Teller, life: Life) -> None:
    """The phone kept the delivery for more than a day: the moment of arrival counts."""
    at = teller.moment(life)
    life.done = life.tried = at + DAY + TINY
    teller.pick_up(life, until=at)
    said = teller.hand_over(life, at, sent_at=life.done)
    _really(life, life.done)
    life.told = life.told[: life.told.index(said) + 1]


def clock_ahead(teller: Teller, life: Life) -> None:
    """The phone's clock was hours ahead: the moment of arrival counts."""
    life.done = life.tried = teller.moment(life)
    teller.pick_up(life, until=life.done - MINUTE)
    said = teller.hand_over(life, life.done + 3 * HOUR, sent_at=life.done)
    _really(life, life.done)
    life.told = life.told[: life.told.index(said) + 1]


def no_pickup_scan(teller: Teller, life: Life) -> None:
    """Nobody scanned the pickup: accepted when it was first in our hands."""
    life.accepted = life.start
    life.road.stages |= {"ARR", "AST"}
    at = teller.moment(life)
    life.road.stays.append((life.start, "hub"))
    life.road.station = life.start + (at - life.start) / 2
    teller.say(life, "ARR", life.start, "hub")
    teller.say(life, "AST", life.start + (at - life.start) / 2, life.place)
    life.done = life.tried = at
    teller.hand_over(life, at)


def from_a_file(teller: Teller, life: Life) -> None:
    """A file that knows pickups and deliveries only: it could not tell a failed attempt."""
    life.accepted, life.tells_tries = life.start, False
    life.checks.told, life.visit.came = False, life.start
    life.road.stages.add("PUP")
    life.done = life.tried = teller.moment(life)
    teller.say(life, "PUP", life.start, life.origin, "picker", source="import")
    teller.hand_over(life, life.done, source="import")


def filed_in_a_locker(teller: Teller, life: Life) -> None:
    """A file that says "in a locker" and nothing about a yes: not delivered, and nobody told."""
    from_a_file(teller, life)
    assert life.done is not None
    at = life.done
    life.told, life.deeds, life.proofs, life.sights = life.told[:1], [], [], life.sights[:1]
    life.done = life.tried = None
    one = teller.say(life, "RDY", at, life.place, "", {"way": "locker"}, source="import")
    teller.deed(life, one, "locker", agreed=False)
    life.holder = ""


def called_off(teller: Teller, life: Life) -> None:
    """Cancelled before anybody came: in no figure about parcels."""
    life.visit.called_off = life.start
    teller.say(life, "CNL", life.start, life.origin, "", reason="sender-cancels")


def turned_away(teller: Teller, life: Life) -> None:
    """Somebody came in the window or after it, and refused what was inside."""
    life.refused = life.visit.came = life.start
    teller.say(life, "REJ", life.start, life.origin, "picker", reason="prohibited")


def waited_for(teller: Teller, life: Life) -> None:
    """The sender was not there, or nobody can prove it; picked up a day later."""
    came = life.visit.until - teller.dice.choice([timedelta(0), HOUR])
    shown = teller.dice.random() < 0.6
    life.visit.in_vain = came if shown else None
    said = {"call": {"seconds": 20}} if shown else {}
    teller.say(life, "PFL", came, life.origin, "picker", said, reason="sender-absent")
    life.start = max(life.start, life.visit.until) + DAY
    life.start = min(life.start, NOW - 4 * DAY)
    on_the_way(teller, life)


def just_ordered(teller: Teller, life: Life) -> None:
    """Ordered an hour before the end of the story: nobody had to come yet."""
    life.visit.window, life.visit.ordered = None, NOW - HOUR


def filled_in(teller: Teller, life: Life) -> None:
    """Somebody told the way of a parcel at six places within one second: no such trace counts."""
    roads.accept(teller, life)
    at = life.start + 3 * HOUR
    places = ("hub", "far", "yard", "HZ-01", "NB-01", "SH-01")
    for place in places:
        teller.told_flatly(life, "ARR", at, place)
    life.road.hub_come = at
    life.road.stays += [(at, "hub"), (at, "far")]
    life.done = life.tried = max(teller.moment(life), life.start + 6 * HOUR)
    teller.hand_over(life, life.done)


def _really(life: Life, at: datetime) -> None:
    """The last handover was at another time than its scan first said."""
    deed = life.deeds[-1]
    late = deed.proof is not None and bool(life.proofs)
    deed.at = at
    life.sights[-1] = (at, False)
    if late:
        told, _when = life.proofs.pop()
        life.proofs.append((told, at + 20 * HOUR))
        deed.proof = at + 20 * HOUR


def only_a_test(teller: Teller, life: Life) -> None:
    """A test item, late and lost as it may be, is nowhere."""
    life.is_test = True
    handed(teller, life)


FATES = (
    handed, handed, handed, on_the_way, just_sent, second_try, claimed_try, locker_agreed,
    locker_unasked, refused, sent_back_by_us, recalled, lost, harmed, took_it_back, never_received,
    put_right, sent_too_late, clock_ahead, no_pickup_scan, from_a_file, filed_in_a_locker,
    called_off, only_a_test, turned_away, waited_for, just_ordered, filled_in,
)  # fmt: skip
