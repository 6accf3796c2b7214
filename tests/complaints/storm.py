"""Many people at one case at once: deeds behind a barrier, and what must never be true after them.

A field is two cases of one customer, the first with an answer, a decided liability and a claim
that waits for approval. Each round lets several deeds loose on it at the same moment; whatever
wins, the books must be right. `locked=False` runs the same checks and writes without the row lock,
to show that the lock is what keeps them right.
"""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import pairwise
from typing import Any

from django.db import OperationalError, connection
from django.db.models import Count, F, Q

from complaints import selectors, services
from complaints.claim_rules import Basis
from complaints.enums import OPEN, ClaimStatus, EventKind, Liability, Status
from complaints.models import Case, Claim, FollowUp
from courierqa.core.errors import DomainError
from courierqa.core.models import StatusChange
from tests.factories.complaints import AT, open_case

HOUR = timedelta(hours=1)
LIVE = (ClaimStatus.PROPOSED, ClaimStatus.WAITING, ClaimStatus.APPROVED)


@dataclass
class Field:
    """Two cases and the people around them."""

    team: Any
    first: Case
    second: Case
    claim: Claim
    turn: int = 0

    def at(self) -> datetime:
        return AT + 30 * HOUR + timedelta(seconds=self.turn)


@dataclass
class Tally:
    """What a storm did: races, deeds that won, refusals by code, and states nobody may see."""

    races: int = 0
    won: Counter = field(default_factory=Counter)
    refused: Counter = field(default_factory=Counter)
    illegal: list[str] = field(default_factory=list)


class Crew:
    """Threads that live through a storm, each with a connection of its own."""

    def __init__(self, size: int) -> None:
        self._pool = ThreadPoolExecutor(size)
        self._size = size

    def together(self, deeds: list[Callable[[], Any]]) -> list[Any]:
        """Run deeds behind one barrier; return what each gave or raised."""
        barrier = threading.Barrier(len(deeds), timeout=60)

        def run(deed: Callable[[], Any]) -> Any:
            barrier.wait()
            try:
                return deed()
            except Exception as error:
                return error

        return list(self._pool.map(run, deeds))

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *_: object) -> None:
        """Let each thread close its connection; the barrier gives every thread one turn."""
        self.together([lambda: connection.close()] * self._size)
        self._pool.shutdown()


def prepare(team: Any, number: int) -> Field:
    """Open two cases of one customer and bring the first to where only money is missing."""
    phone = f"139{number % 100_000_000:08d}"
    first = open_case(by=team.ana, phone=phone)
    second = open_case(by=team.ana, phone=phone, at=AT + HOUR, reason="stuck")
    services.decide_liability(
        case=first, liability=Liability.OURS, evidence="交接清单缺签收", by=team.ana, at=AT + HOUR
    )
    claim = services.propose_claim(
        case=first, basis=Basis(EventKind.GOODWILL), amount_fen=20_000, by=team.ana, at=AT + HOUR
    )
    services.reply(case=first, text="已查明", by=team.ana, at=AT + HOUR, final=True)
    services.reply(case=second, text="已查明", by=team.ana, at=AT + 2 * HOUR, final=True)
    call = services.Call("satisfied")
    followup = FollowUp.objects.get(case=first, done_at=None)
    services.record_followup(followup=followup, call=call, by=team.ben, at=AT + 26 * HOUR)
    services.conclude(case=first, cause="漏扫", summary="逐件扫描", by=team.ana, at=AT + 26 * HOUR)
    return Field(team, first, second, claim)


# --- deeds ---------------------------------------------------------------------------------------
def approve(f: Field) -> Any:
    claim = Claim.objects.select_related("case", "approval").get(pk=f.claim.pk)
    return services.decide_claim(claim=claim, approve=True, by=f.team.lea, at=f.at())


def reject(f: Field) -> Any:
    claim = Claim.objects.select_related("case", "approval").get(pk=f.claim.pk)
    return services.decide_claim(claim=claim, approve=False, by=f.team.leo, at=f.at())


def pay(f: Field, by: str = "leo") -> Any:
    claim = Claim.objects.select_related("case").get(pk=f.claim.pk)
    ref = f"{by}-{f.claim.pk}"
    return services.pay_claim(claim=claim, by=getattr(f.team, by), at=f.at(), payment_ref=ref)


def pay_too(f: Field) -> Any:
    return pay(f, "max")


def close(f: Field) -> Any:
    return services.close_case(case=Case.objects.get(pk=f.first.pk), by=f.team.ana, at=f.at())


def reopen(f: Field) -> Any:
    case = Case.objects.get(pk=f.first.pk)
    return services.reopen_case(case=case, by=f.team.lea, at=f.at(), reason="客户再次来电")


def merge(f: Field) -> Any:
    case, into = Case.objects.get(pk=f.second.pk), Case.objects.get(pk=f.first.pk)
    return services.merge_cases(case=case, into=into, by=f.team.ana, at=f.at())


def unmerge(f: Field) -> Any:
    case = Case.objects.get(pk=f.second.pk)
    return services.undo_merge(case=case, by=f.team.ana, at=f.at())


def propose(f: Field) -> Any:
    case = Case.objects.get(pk=f.first.pk)
    return services.propose_claim(
        case=case, basis=Basis(EventKind.DELAY, fee_fen=900), amount_fen=900, by=f.team.ana,
        at=f.at(),
    )  # fmt: skip


def propose_second(f: Field) -> Any:
    case = Case.objects.get(pk=f.second.pk)
    return services.propose_claim(
        case=case, basis=Basis(EventKind.GOODWILL), amount_fen=900, by=f.team.ana, at=f.at()
    )


def withdraw(f: Field) -> Any:
    case = Case.objects.get(pk=f.second.pk)
    return services.withdraw_case(case=case, by=f.team.ana, at=f.at(), reason="不投诉了")


def answer(f: Field) -> Any:
    case = Case.objects.get(pk=f.first.pk)
    return services.reply(
        case=case, text="再次答复", by=f.team.ana, at=f.at(), final=True, once_more=True
    )


def call_back(f: Field) -> Any:
    row = FollowUp.objects.filter(case=f.first, done_at=None).first()
    if row is None:
        raise DomainError("no call", code="no_call")
    call = services.Call("satisfied")
    return services.record_followup(followup=row, call=call, by=f.team.ben, at=f.at())


def waive(f: Field) -> Any:
    case = Case.objects.get(pk=f.first.pk)
    return services.waive_money(case=case, reason="客户不要求赔偿", by=f.team.ana, at=f.at())


def pay_delay(f: Field) -> Any:
    claim = Claim.objects.select_related("case").filter(case=f.first, event_kind="delay").first()
    if claim is None:
        raise DomainError("no claim", code="no_claim")
    ref = f"delay-{claim.pk}"
    return services.pay_claim(claim=claim, by=f.team.max, at=f.at(), payment_ref=ref)


# One field lives through these races in turn; the winners differ from field to field.
ACTS: tuple[tuple[Callable[[Field], Any], ...], ...] = (
    (approve, reject, close),
    (pay, pay_too, waive, close),
    (close, merge, reopen),
    (reopen, close, unmerge, merge),
    (answer, propose, unmerge),
    (pay_delay, waive, call_back, merge),
    (call_back, pay_delay, close),
    (close, propose, reopen),
    (reopen, merge, propose_second, withdraw),
    (answer, call_back, unmerge, close),
)


def storm(team: Any, races: int, *, seed: int = 7) -> Tally:
    """Let so many races loose, ten on each field; look at the field after each."""
    rng, tally = random.Random(seed), Tally()
    with Crew(max(len(act) for act in ACTS)) as crew:
        for number in range(1, races // len(ACTS) + 1):
            ground = prepare(team, number)
            for act in ACTS:
                ground.turn += 1
                deeds = rng.sample(act, len(act))
                _note(tally, deeds, crew.together([partial(deed, ground) for deed in deeds]))
                tally.illegal += [f"{number}.{ground.turn} {one}" for one in illegal(ground)]
                tally.races += 1
    return tally


def _note(tally: Tally, deeds: list[Callable[[Field], Any]], found: list[Any]) -> None:
    for deed, result in zip(deeds, found, strict=True):
        if isinstance(result, DomainError):
            tally.refused[result.code] += 1
        elif isinstance(result, OperationalError) and "lock timeout" in str(result):
            # A starved machine: whoever waited too long is asked to try again, and wrote nothing.
            tally.refused["busy"] += 1
        elif isinstance(result, Exception):
            tally.illegal.append(f"{deed.__name__} broke: {result!r}")
        else:
            tally.won[deed.__name__] += 1


# --- what must never be true ---------------------------------------------------------------------
def illegal(ground: Field) -> list[str]:
    """Return every rule the two cases break now."""
    cases = Case.objects.filter(pk__in=[ground.first.pk, ground.second.pk])
    return [*_by_query(cases), *(one for case in cases for one in _by_history(case))]


def _by_query(cases: Any) -> Iterator[str]:
    ended = cases.exclude(status__in=OPEN)
    checks = {
        "closed with a claim still open": ended.filter(
            status=Status.CLOSED, claims__status__in=LIVE
        ),
        "merged with a claim": cases.filter(status=Status.MERGED)
        .exclude(claims=None)
        .exclude(~Q(claims__status__in=[*LIVE, ClaimStatus.PAID])),
        "merged into a tombstone": cases.filter(merged_into__status=Status.MERGED),
        "ended with a call still owed": ended.filter(followups__done_at=None).exclude(
            followups=None
        ),
        "ended without a time": ended.filter(closed_at=None),
        "open with an end": cases.filter(status__in=OPEN).exclude(closed_at=None),
        "closed untold": cases.filter(status=Status.CLOSED, told_at=None),
        "paid twice": cases.annotate(
            n=Count("claims", filter=Q(claims__status=ClaimStatus.PAID))
        ).filter(n__gt=2),
        "payer is asker or approver": cases.filter(
            Q(claims__paid_by_user=F("claims__requested_by"))
            | Q(claims__paid_by_user=F("claims__approved_by"))
        ),
    }
    for words, rows in checks.items():
        if rows.exists():
            yield words


def _by_history(case: Case) -> Iterator[str]:
    """Each step begins where the one before ended, and the last is where the case stands."""
    rows = StatusChange.objects.filter(object_type="complaints.case", object_id=case.pk)
    steps = list(rows.order_by("id").values_list("from_status", "to_status", "verb"))
    for (_was, ended, _verb), (began, _to, verb) in pairwise(steps):
        if ended != began:
            yield f"{verb} began at {began} after {ended}"
    if steps[-1][1] != case.status:
        yield f"stands at {case.status}, history says {steps[-1][1]}"
    reopened = sum(verb == "reopen" for _was, _to, verb in steps)
    if reopened != case.reopened:
        yield f"reopened {reopened} times, counted {case.reopened}"


# --- the same without the lock -------------------------------------------------------------------
def naive_storm(team: Any, races: int) -> list[str]:
    """Check, meet the other, then write: what the row lock is there to prevent."""
    found: list[str] = []
    with Crew(2) as crew:
        for number in range(races):
            ground = prepare(team, 50_000 + number)
            reject(ground)
            services.waive_money(case=ground.first, reason="无损失", by=team.ana, at=ground.at())
            gate = threading.Barrier(2, timeout=30)
            both = (_naive_close, _naive_propose)
            said = crew.together([partial(deed, ground, gate) for deed in both])
            assert not [one for one in said if isinstance(one, Exception)], said
            found += illegal(ground)
    return found


def _naive_close(ground: Field, gate: threading.Barrier) -> None:
    case = Case.objects.get(pk=ground.first.pk)
    ready = not selectors.missing_to_close(case)
    gate.wait()
    if ready:
        Case.objects.filter(pk=case.pk).update(status=Status.CLOSED, closed_at=ground.at())


def _naive_propose(ground: Field, gate: threading.Barrier) -> None:
    is_open = Case.objects.get(pk=ground.first.pk).status in OPEN
    gate.wait()
    if is_open:
        Claim.objects.create(
            case=ground.first, event_kind=EventKind.DELAY, amount_fen=900,
            opened_at=ground.at(), due_at=ground.at() + 99 * HOUR, requested_by=ground.team.ana,
        )  # fmt: skip
