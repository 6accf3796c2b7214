"""Races on PostgreSQL, run in a process of their own: `python -m tests.staff.race NAME`.

Each prints one JSON line with what the guarded deed and its unguarded control left behind. The
control does the same steps without the guard, held at a barrier between looking and writing.
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import django

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
WAIT = 60


def together(count: int, deed: Callable[[threading.Barrier], None]) -> int:
    """Run the deed in so many threads at once; return how many were not refused."""
    from django.db import connection

    barrier, done = threading.Barrier(count), []

    def run() -> None:
        try:
            deed(barrier)
            done.append(1)
        except Exception as error:
            sys.stderr.write(f"{type(error).__name__} {error}\n")
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT)
    return len(done)


def attempts() -> dict[str, int]:
    """Eight starts of one exam by one person at once."""
    from django.db import connection

    from staff import services
    from staff.models import Attempt
    from tests.factories.staff import CourierFactory, ExamFactory

    exam = ExamFactory()
    person = CourierFactory()
    services.assign_course(person, exam.course, due_on=date(2026, 12, 1), at=NOW)

    def guarded(barrier: threading.Barrier) -> None:
        barrier.wait(WAIT)
        services.start_attempt(person, exam, at=NOW)

    answered = together(8, guarded)
    left = Attempt.objects.count()
    Attempt.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX staff_one_open_attempt")
        cursor.execute("ALTER TABLE staff_attempt DROP CONSTRAINT staff_attempt_number")

    def unguarded(barrier: threading.Barrier) -> None:
        number = Attempt.objects.filter(exam=exam, employee=person).count() + 1
        barrier.wait(WAIT)
        Attempt.objects.create(
            exam=exam, employee=person, number=number, paper=[], started_at=NOW,
            ends_at=NOW + timedelta(minutes=20),
        )  # fmt: skip

    together(8, unguarded)
    return {"answered": answered, "left": left, "control": Attempt.objects.count()}


def limit() -> dict[str, int]:
    """Twelve devices of one person that each begin and hand in, three attempts allowed."""
    from staff import services
    from staff.models import Attempt
    from tests.factories.staff import CourierFactory, ExamFactory

    exam = ExamFactory(max_attempts=3, retake_hours=0)
    person = CourierFactory()
    services.assign_course(person, exam.course, due_on=date(2026, 12, 1), at=NOW)

    def guarded(barrier: threading.Barrier) -> None:
        barrier.wait(WAIT)
        for turn in range(4):
            at = NOW + timedelta(seconds=turn)
            attempt = services.start_attempt(person, exam, at=at)
            services.finish_attempt(attempt, employee=person, at=at)

    together(12, guarded)
    left = Attempt.objects.count()
    Attempt.objects.all().delete()

    def unguarded(barrier: threading.Barrier) -> None:
        used = Attempt.objects.filter(exam=exam, employee=person).count()
        barrier.wait(WAIT)
        if used < exam.max_attempts:
            # A number of its own, so that only the limit is looked at.
            Attempt.objects.create(
                exam=exam, employee=person, number=threading.get_native_id() % 30_000, paper=[],
                state="failed", started_at=NOW, finished_at=NOW, ends_at=NOW,
            )  # fmt: skip

    together(12, unguarded)
    return {"left": left, "control": Attempt.objects.count()}


def reversals() -> dict[str, int]:
    """One entry of the ledger taken back by eight managers at once."""
    from django.db import connection

    from staff import services
    from staff.models import LedgerEntry
    from tests.factories.staff import CourierFactory, UserFactory

    chen, by = CourierFactory(), UserFactory(role="manager")
    entry = LedgerEntry.objects.create(employee=chen, amount_fen=5000, words="x", by=by, at=NOW)

    def guarded(barrier: threading.Barrier) -> None:
        barrier.wait(WAIT)
        services.reverse_entry(entry, reason="误记", by=by, at=NOW)

    done = together(8, guarded)
    left = sum(LedgerEntry.objects.values_list("amount_fen", flat=True))
    other = LedgerEntry.objects.create(employee=chen, amount_fen=700, words="y", by=by, at=NOW)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = 'staff_ledgerentry'::regclass"
            " AND contype = 'u' AND pg_get_constraintdef(oid) LIKE '%reverses_id%'"
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f'ALTER TABLE staff_ledgerentry DROP CONSTRAINT "{name}"')

    def unguarded(barrier: threading.Barrier) -> None:
        is_open = not LedgerEntry.objects.filter(reverses=other).exists()
        barrier.wait(WAIT)
        if is_open:
            LedgerEntry.objects.create(
                employee=chen, reverses=other, amount_fen=-700, words="z", by=by, at=NOW
            )

    together(8, unguarded)
    control = sum(LedgerEntry.objects.values_list("amount_fen", flat=True))
    return {"done": done, "left": left, "control": control}


def logins() -> dict[str, int]:
    """Fifty guesses at one login at once."""
    from staff import services
    from staff.models import LoginAttempt
    from staff.services import signin
    from tests.factories.staff import UserFactory

    UserFactory(username="E1024")

    def guarded(barrier: threading.Barrier) -> None:
        barrier.wait(WAIT)
        services.reserve_try(identity="E1024", ip="10.0.0.1", now=NOW)

    allowed = together(50, guarded)
    LoginAttempt.objects.all().delete()

    def unguarded(barrier: threading.Barrier) -> None:
        limit = signin.LIMITS[0]
        if signin._minutes_left(limit, key="E1024", ip="10.0.0.1", now=NOW):
            raise signin.Locked(1)
        barrier.wait(WAIT)
        LoginAttempt.objects.create(username="E1024", ip="10.0.0.1", at=NOW, ok=False)

    return {"allowed": allowed, "control": together(50, unguarded)}


def ledger() -> dict[str, int]:
    """One proposal agreed to by eight managers at once."""
    from staff import services
    from staff.models import LedgerEntry, RewardProposal
    from tests.factories.staff import CourierFactory, UserFactory

    chen, hr = CourierFactory(), UserFactory(role="hr")
    managers = [UserFactory(role="manager") for _ in range(8)]
    row = services.propose_reward(chen, amount_fen=5000, basis="x", by=hr, at=NOW)
    waiting = iter(managers)

    def guarded(barrier: threading.Barrier) -> None:
        barrier.wait(WAIT)
        services.decide_reward(row, approve=True, by=next(waiting), at=NOW)

    agreed = together(8, guarded)
    left = LedgerEntry.objects.count()
    other = services.propose_reward(chen, amount_fen=5000, basis="y", by=hr, at=NOW)

    def unguarded(barrier: threading.Barrier) -> None:
        is_open = RewardProposal.objects.get(pk=other.pk).state == "open"
        barrier.wait(WAIT)
        if is_open:
            LedgerEntry.objects.create(
                employee=chen, amount_fen=5000, words="y", by=managers[0], at=NOW
            )

    together(8, unguarded)
    return {"agreed": agreed, "left": left, "control": LedgerEntry.objects.count() - left}


RACES = {
    "attempts": attempts,
    "ledger": ledger,
    "limit": limit,
    "logins": logins,
    "reversals": reversals,
}

if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(RACES[sys.argv[1]]()) + "\n")
