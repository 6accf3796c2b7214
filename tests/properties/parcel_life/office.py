"""Rules of the office: stops, exceptions, corrections, losses, returns, findings, the watch."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from courierqa.core import outbox
from courierqa.core.models import Effect
from shipments import enums, services
from shipments.enums import Condition, ExceptionStatus, State
from shipments.fold import Rules
from shipments.fold.tidy import tidy
from shipments.models import (
    Finding,
    Parcel,
    ParcelException,
    Reason,
    ReturnRequest,
    ScanEvent,
)
from shipments.selectors.events import events_of
from shipments.services.findings import event_of, verbs_of
from tests.properties.parcel_life.round_rules import Days
from tests.properties.parcel_life.world import ENDED, HOUR, IN_HAND, NEWEST, picks

FINAL = ("COR", "VOI")
TURNABLE = IN_HAND | {State.DELIVERED}
VERBS = ("take", "put_back", "plan", "tell", "step", "analyse", "solve", "reopen")


def counting(parcel_id: int) -> set[Any]:
    """Return the ids of the scans that count: not declared wrong, no second tap."""
    parcel = Parcel.objects.get(pk=parcel_id)
    return {event.uid for event in tidy(events_of([parcel])[parcel.pk], Rules()).events}


def newest_events() -> list[Any]:
    """Return the ids of all scans, the newest first, the same in every run of an example."""
    return list(ScanEvent.objects.order_by(*NEWEST).values_list("uid", flat=True))


class Office(Days):
    """What people at desks do about parcels, and what the system notices by itself."""

    # -- stops -------------------------------------------------------------------------------------
    @rule(pick=picks)
    def stop(self, pick: int) -> None:
        parcel = self.choose(pick, IN_HAND)
        if self.deed(services.stop_parcel, parcel=parcel, why="安检存疑"):
            parcel.refresh_from_db()
            assert Condition.SECURITY_STOP in parcel.conditions
            open_ones = parcel.exceptions.filter(kind=enums.ExceptionKind.SECURITY)
            assert open_ones.exclude(status=ExceptionStatus.SOLVED).exists()

    @precondition(lambda self: bool(self.stopped))
    @rule(pick=picks)
    def release(self, pick: int) -> None:
        """What was stopped can be released wherever it is by now."""
        parcel = Parcel.objects.get(pk=sorted(self.stopped)[pick % len(self.stopped)])
        assert self.deed(services.release_parcel, parcel=parcel, why="复核无异常")
        parcel.refresh_from_db()
        assert Condition.SECURITY_STOP not in parcel.conditions

    @rule(pick=picks)
    def report_danger(self, pick: int) -> None:
        parcel = self.choose(pick, IN_HAND)
        self.deed(
            services.report_danger, parcel=parcel, kind=enums.DangerKind.values[0], what="漏液",
            site=self.stage.hub, person=None,
        )  # fmt: skip
        parcel.refresh_from_db()
        known = parcel.accepted_at is not None and parcel.state not in ENDED
        assert not known or Condition.SECURITY_STOP in parcel.conditions

    # -- exceptions --------------------------------------------------------------------------------
    @rule(pick=picks, kind=st.sampled_from(["damaged", "lost", "security", "other", "delayed"]))
    def report_exception(self, pick: int, kind: str) -> None:
        parcel = self.choose(pick)
        self.deed(
            services.open_exception, parcel=parcel, kind=kind, site_id=self.stage.hub.pk,
            note="外包装破损",
        )  # fmt: skip

    @precondition(lambda self: ParcelException.objects.exists())
    @rule(pick=picks, verb=st.sampled_from(VERBS))
    def work_on_exception(self, pick: int, verb: str) -> None:
        rows = ParcelException.objects.order_by("-opened_at", "-pk")
        row = rows[pick % rows.count()]
        said: dict[str, Any] = {"note": "已联系客户"}
        if verb == "take":
            said = {"owner_id": self.courier(pick).pk}
        elif verb == "plan":
            said |= {"plan": "search", "due_at": None}
        elif verb == "analyse":
            said = {"root_cause": "分拣时掉落"}
        elif verb == "step":
            said |= {"step": pick % 4}
        name = {"tell": "tell_customer", "step": "do_step"}.get(verb, f"{verb}_exception")
        said |= {"plan": "compensate"} if verb == "tell" else {}
        self.deed(getattr(services, name), row, **said)

    # -- corrections -------------------------------------------------------------------------------
    def _event(self, pick: int) -> ScanEvent:
        rows = ScanEvent.objects.filter(parcel_id__in=self.states).exclude(code__in=FINAL)
        return rows.order_by(*NEWEST)[pick % min(rows.count(), 6)]

    @rule(pick=picks)
    def declare_wrong(self, pick: int) -> None:
        event = self._event(pick)
        self.deed(services.void_scan, event=event, why="扫错件")
        assert event.uid not in counting(event.parcel_id or 0)

    @rule(pick=picks, what=st.sampled_from(["earlier", "person", "way"]))
    def put_right(self, pick: int, what: str) -> None:
        event = self._event(pick)
        changes: dict[str, Any] = {
            "earlier": {"effective_at": (event.effective_at - HOUR).isoformat()},
            "person": {"person_id": self.courier(pick).pk},
            "way": {"detail": {**event.detail, "way": "recipient"}},
        }[what]
        self.deed(services.correct_scan, event=event, changes=changes, why="录错了")

    # -- lost, damaged, back -----------------------------------------------------------------------
    @rule(pick=picks)
    def declare_loss(self, pick: int) -> None:
        parcel = self.choose(pick, IN_HAND)
        if self.deed(services.declare_loss, parcel=parcel, why="查找无果"):
            assert Parcel.objects.get(pk=parcel.pk).state == State.LOST

    @precondition(lambda self: self.having({State.LOST}))
    @rule(pick=picks)
    def declare_found(self, pick: int) -> None:
        parcel = self.choose(pick, {State.LOST})
        if self.deed(services.declare_found, parcel=parcel, site_id=self.stage.hub.pk):
            assert Parcel.objects.get(pk=parcel.pk).state not in ENDED

    @rule(pick=picks, short=st.booleans(), sure=st.booleans())
    def report_damage(self, pick: int, short: bool, sure: bool) -> None:
        parcel = self.choose(pick)
        self.deed(
            services.report_damage, parcel=parcel, stage="hub", confirmed=sure, why="压坏",
            short=short,
        )  # fmt: skip
        parcel.refresh_from_db()
        assert Condition.DAMAGED in parcel.conditions

    @precondition(lambda self: self.having(TURNABLE))
    @rule(pick=picks, kind=st.sampled_from(enums.ReturnKind.values), who=st.integers(0, 2))
    def send_back(self, pick: int, kind: str, who: int) -> None:
        parcel = self.choose(pick, TURNABLE)
        was = parcel.state
        wish = self.deed(
            services.request_return, parcel=parcel, kind=kind, cause="不想要了",
            asked_by=enums.AskedBy.values[who],
        )  # fmt: skip
        if wish is None:
            return
        back = Parcel.objects.get(pk=wish.back_id)
        self.states[back.pk] = back.state
        parcel.refresh_from_db()
        assert back.parent_id == parcel.pk
        done = (State.DELIVERED, State.ORDERED), (State.RETURNING, State.ACCEPTED)
        assert (parcel.state, back.state) == done[was != State.DELIVERED]

    @precondition(lambda self: ReturnRequest.objects.exists())
    @rule(verb=st.sampled_from(["inspect", "inspect", "replace"]))
    def returned(self, verb: str) -> None:
        wish = ReturnRequest.objects.order_by("-pk")[0]
        if verb == "replace":
            other = self.deed(services.send_replacement, wish)
            self.states |= {other.pk: other.state} if other else {}
            return
        was = wish.parcel.state
        if self.deed(services.inspect_return, wish, result="good", note="") and (
            was == State.RETURNING
        ):
            assert Parcel.objects.get(pk=wish.parcel_id).state == State.RETURNED

    # -- words about a parcel ----------------------------------------------------------------------
    @rule(pick=picks, cleared=st.booleans())
    def address(self, pick: int, cleared: bool) -> None:
        parcel = self.choose(pick, IN_HAND)
        if cleared:
            said = {"name": "", "phone": "", "address": "宁波市鄞州区天童路 88 号 3 幢 901"}
            done = self.deed(
                services.clear_address, parcel=parcel, way="call", words="门牌更正", **said
            )
        else:
            done = self.deed(services.open_address_problem, parcel=parcel)
        parcel.refresh_from_db()
        if done and parcel.state not in ENDED:
            assert (Condition.ADDRESS_PROBLEM in parcel.conditions) != cleared

    @rule(pick=picks, hours=st.integers(1, 90), by_customer=st.booleans())
    def another_promise(self, pick: int, hours: int, by_customer: bool) -> None:
        self.deed(
            services.change_promise, parcel=self.choose(pick, IN_HAND), new=self.now + hours * HOUR,
            asked_by_customer=by_customer, cause="客户改约",
        )  # fmt: skip

    # -- findings and the watch --------------------------------------------------------------------
    @precondition(lambda self: Finding.objects.exists())
    @rule(pick=picks, verb=st.sampled_from(["confirm", "confirm", "dismiss", "note", "reopen"]))
    def decide(self, pick: int, verb: str) -> None:
        told = {uid: place for place, uid in enumerate(newest_events())}
        rows = sorted(Finding.objects.all(), key=lambda f: (told.get(f.event_uid, -1), f.code))
        row = rows[pick % min(len(rows), 6)]
        if verb not in verbs_of(row, event_of(row)):
            return
        said: dict[str, Any] = {}
        if verb == "confirm":
            said = {"reason": Reason.objects.get(code="absent"), "way": "recipient"}
        self.deed(
            getattr(services, f"{verb}_finding"), finding=row, note="看过录像", **said
        )  # fmt: skip

    @rule()
    def the_worker_and_the_watch(self) -> None:
        """What runs by itself every few minutes, and catches up with everything."""
        self.tick()
        self._catch_up()

    def _catch_up(self) -> None:
        services.watch_placements(now=self.now)
        services.watch_parcels(now=self.now)
        # The worker's clock is ours.
        Effect.objects.filter(done_at=None).update(run_after=self.now)
        while outbox.run_due(now=self.now):
            pass
        assert services.watch_placements(now=self.now)["righted"] == 0
