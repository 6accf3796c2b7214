"""What may become of a parcel. Each fate sets the truth and tells the scans that hide it."""

from __future__ import annotations

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
    teller.say(life, "RDY", life.done, life.place, life.courier, {"way": "locker"})
    if teller.dice.random() < 0.5:
        teller.say(life, "DLV", life.done + 9 * HOUR, life.place, "", {"way": "collected"})


def locker_unasked(teller: Teller, life: Life) -> None:
    """Put into a locker without a word: done when fetched, when agreed to, or never."""
    put = teller.moment(life) - 12 * HOUR
    put = max(put, life.start + 3 * HOUR)
    teller.pick_up(life, until=put)
    teller.say(life, "RDY", put, life.place, life.courier, {"way": "locker"})
    end, life.holder = teller.dice.choice(["fetched", "agreed", "refused", ""]), ""
    if end == "fetched":
        life.done = life.tried = put + 12 * HOUR
        teller.say(life, "DLV", life.done, life.place, "", {"way": "collected"})
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
    teller.say(life, "RFS", life.tried, life.place, life.courier, {"photo": True}, reason="refuses")
    teller.say(life, "RTS", life.tried + 2 * HOUR, life.place, "", {"cause": "refused"})
    life.excused = True


def sent_back_by_us(teller: Teller, life: Life) -> None:
    """Returned because there was no room: our failure."""
    at = teller.by_day(teller.moment(life), life)
    teller.pick_up(life, until=at)
    teller.say(life, "RTS", at, life.place, "", {"cause": "capacity"})


def recalled(teller: Teller, life: Life) -> None:
    """The sender called the parcel back, before or after it was late."""
    life.recalled = teller.moment(life)
    teller.pick_up(life, until=life.recalled)
    teller.say(life, "RTS", life.recalled, life.place, "", {"cause": "recall"})


def lost(teller: Teller, life: Life) -> None:
    """Searched for and declared lost; sometimes found and delivered after all."""
    life.lost = life.ever_lost = True
    teller.pick_up(life, until=life.start + 6 * HOUR)
    gone = life.start + 20 * HOUR
    teller.say(life, "LST", gone, life.place, "", {"why": "searched"})
    life.holder = ""
    if teller.dice.random() < 0.5:
        life.lost = False
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
            teller.say(life, "DMG", life.done + HOUR, life.place, "", said)


def took_it_back(teller: Teller, life: Life) -> None:
    """A "delivered" on the wrong parcel, declared wrong with a reason."""
    at = teller.moment(life)
    teller.pick_up(life, until=at)
    wrong = teller.hand_over(life, at)
    life.told = life.told[: life.told.index(wrong) + 1]
    why = {"why": "wrong parcel"}
    teller.say(life, "VOI", at + HOUR, life.place, life.courier, why, corrects=wrong.uid)


def never_received(teller: Teller, life: Life) -> None:
    """Signed for by nobody we know, confirmed; sometimes brought a second time for real."""
    at = teller.moment(life)
    teller.pick_up(life, until=at)
    teller.hand_over(life, at)
    teller.say(life, "DNR", at + DAY, life.place, "", {"confirmed": True})
    life.holder = ""
    if teller.dice.random() < 0.5:
        life.done = life.tried = at + 2 * DAY
        teller.hand_over(life, life.done)


def put_right(teller: Teller, life: Life) -> None:
    """The time of the delivery was corrected by a person, with a reason."""
    life.done = life.tried = teller.moment(life)
    teller.pick_up(life, until=life.done)
    said = teller.hand_over(life, life.done + 11 * HOUR)
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
    life.told = life.told[: life.told.index(said) + 1]


def clock_ahead(teller: Teller, life: Life) -> None:
    """The phone's clock was hours ahead: the moment of arrival counts."""
    life.done = life.tried = teller.moment(life)
    teller.pick_up(life, until=life.done - MINUTE)
    said = teller.hand_over(life, life.done + 3 * HOUR, sent_at=life.done)
    life.told = life.told[: life.told.index(said) + 1]


def no_pickup_scan(teller: Teller, life: Life) -> None:
    """Nobody scanned the pickup: accepted when it was first in our hands."""
    life.accepted = life.start
    at = teller.moment(life)
    teller.say(life, "ARR", life.start, "hub")
    teller.say(life, "AST", life.start + (at - life.start) / 2, life.place)
    life.done = life.tried = at
    teller.hand_over(life, at)


def from_a_file(teller: Teller, life: Life) -> None:
    """A file that knows pickups and deliveries only: it could not tell a failed attempt."""
    life.accepted, life.tells_tries = life.start, False
    life.done = life.tried = teller.moment(life)
    teller.say(life, "PUP", life.start, "origin", "picker", source="import")
    teller.hand_over(life, life.done, source="import")


def called_off(teller: Teller, life: Life) -> None:
    """Cancelled before anybody came: in no figure about parcels."""
    teller.say(life, "CNL", life.start, "origin", "", reason="sender-cancels")


def only_a_test(teller: Teller, life: Life) -> None:
    """A test item, late and lost as it may be, is nowhere."""
    life.is_test = True
    handed(teller, life)


FATES = (
    handed, handed, handed, on_the_way, just_sent, second_try, claimed_try, locker_agreed,
    locker_unasked, refused, sent_back_by_us, recalled, lost, harmed, took_it_back, never_received,
    put_right, sent_too_late, clock_ahead, no_pickup_scan, from_a_file, called_off, only_a_test,
)  # fmt: skip
