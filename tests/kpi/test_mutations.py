"""Any stored cell or raw record changed behind the product's back is found, and told where."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import F

from complaints.models import (
    Case,
    Claim,
    FollowUp,
    PrivacyIncident,
    RegulatorFile,
    SurveyAnswer,
    SurveyOccurrence,
    SurveyRound,
    VoiceRow,
)
from courierqa.core.models import AuditEntry, Message, PersonalView
from courierqa.core.timeframes import parse_period
from kpi import alarm, services
from kpi.metrics import METRICS
from kpi.metrics.shape import (
    CASES,
    HANDOVERS,
    INSPECTIONS,
    LOOP,
    PEOPLE,
    POSTS,
    RUNS,
    SCANS,
    SPANS,
    STEPS,
    TROUBLES,
    UPKEEP,
    VIEWS,
    VOICE,
)
from kpi.models import (
    CauseCell,
    Cell,
    CourierCell,
    DurationCell,
    MonthCell,
    ObjectiveResult,
    Verification,
)
from kpi.verification import comparing, counting, sharing
from quality import retention_counts
from quality.models import (
    CheckFinding,
    Destruction,
    Drill,
    EffectCheck,
    Hazard,
    InspectionLine,
    InspectionRow,
    InternalAudit,
    Licence,
    LoopRow,
    Maintenance,
    PersonRequest,
    Reading,
    RetentionRule,
    ReviewMinutes,
    SafetyIncident,
    UpkeepRow,
)
from shipments.models import (
    Calibration,
    HandoverFacts,
    Parcel,
    ParcelException,
    ParcelFacts,
    Round,
    RunRow,
    ScanCount,
    ScanEvent,
    TroubleRow,
    ValiditySpan,
    Violation,
)
from staff.models import Assessment, Certificate, PeopleRow, PostSpan, TrainingSession
from tests.factories import shipments as make
from tests.factories.kpi import double_check
from tests.kpi.hidden_truth.book import ELSEWHERE
from tests.kpi.hidden_truth.lives import NOW
from tests.kpi.hidden_truth.telling import told
from tests.kpi.test_verification import lifted

pytestmark = pytest.mark.django_db
MARCH, FEBRUARY = parse_period("2026-03"), parse_period("2026-02")
COUNTS = ("hits", "total", "pending", "excluded", "exempt_total")
BOOKS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "site": (Cell, COUNTS),
    "month": (MonthCell, COUNTS),
    "courier": (CourierCell, ("hits", "total")),
    "cause": (CauseCell, ("records",)),
    "time": (DurationCell, ("measured", "minutes", "still_open", "left", "missing")),
}
# Tables whose rows only grow; a forger works below the trigger.
GROWING = (
    "shipments_scanevent", "shipments_calibration", "quality_inspectionline",
    "quality_reviewminutes", "quality_destruction", "core_auditentry", "kpi_objectiveresult",
)  # fmt: skip
ROUNDS = 4
HALF_HOUR, THREE, DAY = timedelta(minutes=30), timedelta(hours=3), timedelta(days=1)
Place = tuple[Any, ...]


@pytest.mark.req("ANA-01")
def test_whatever_is_changed_the_check_names_its_cell_or_its_record() -> None:
    """Cells of every figure in every book, and a record of every kind behind them."""
    told(1, rounds=2)
    services.refresh_dirty(now=NOW)
    here = set(Cell.objects.values_list("metric", flat=True))
    assert set(METRICS) - here <= set(ELSEWHERE)
    found = counting.recount(MARCH, as_of=NOW)
    assert comparing.differences(MARCH, found, as_of=NOW) == []

    for turn in range(ROUNDS):
        _cells_of_every_figure(random.Random(turn), found)
    for turn in range(ROUNDS - 1):
        _records_of_every_kind(random.Random(turn))


# -- stored cells ------------------------------------------------------------------------------
def _cells_of_every_figure(dice: random.Random, found: Any) -> None:
    """One cell of each figure in each book: any count one more or less, or the row gone."""
    with transaction.atomic():
        changed = {_change(dice, book, row) for book, row in _one_of_each(dice)}
        said = comparing.differences(MARCH, found, as_of=NOW)
        assert {(one.get("book", "time"), _place(one)) for one in said} == changed
        assert len(said) == len(changed)
        # Cells alone were changed: no record is under suspicion.
        assert [one for one in said if one["records"]] == []
        transaction.set_rollback(True)


def _one_of_each(dice: random.Random) -> Iterator[tuple[str, Any]]:
    for book, (model, _counts) in BOOKS.items():
        kind = "kind" if book == "cause" else "metric"
        # Reports of a month's end may lie outside the month that is checked.
        day = "month" if book == "month" else "day"
        rows: dict[str, list[Any]] = {}
        for row in model.objects.filter(**{f"{day}__month": 3}).order_by("pk"):
            rows.setdefault(getattr(row, kind), []).append(row)
        for code, some in sorted(rows.items()):
            if book != "month" or sharing.adds_up(code):
                # Half of the times one with records on the good side behind it.
                good = [row for row in some if getattr(row, "hits", 0)]
                yield book, dice.choice(good if good and dice.random() < 0.5 else some)


def _change(dice: random.Random, book: str, row: Any) -> tuple[str, Place]:
    name = dice.choice([*BOOKS[book][1], "gone"])
    same = type(row).objects.filter(pk=row.pk)
    if name == "gone":
        same.delete()
    else:
        more = getattr(row, name) + dice.choice([1, 7, -1])
        same.update(**{name: more if more >= 0 else 5})
    return book, _place_of(book, row)


def _place(said: dict[str, Any]) -> Place:
    last = next(said[name] for name in ("product", "courier", "cause") if name in said)
    return said["metric"], said["day"], said["site"], last


def _place_of(book: str, row: Any) -> Place:
    if book == "cause":
        metric = "T01" if row.kind == "late" else "C01"
        return metric, row.day.isoformat(), row.site_id, row.cause
    day = row.month if book == "month" else row.day
    last = row.courier_id if book == "courier" else row.product_id
    return row.metric, day.isoformat(), row.site_id, last


# -- raw records -------------------------------------------------------------------------------
def _records_of_every_kind(dice: random.Random) -> None:
    """A delivery and a pickup turned into notes, an answer, a payment, a session taken away: each
    is found under its own name, and nothing else is."""
    with transaction.atomic():
        with lifted(connection, *GROWING):
            wanted = {*_forged_parcels(dice), *_forged_voices(dice), *_forged_others(dice)}
        said = []
        for period in (FEBRUARY, MARCH):
            found = counting.recount(period, as_of=NOW)
            said += comparing.differences(period, found, as_of=NOW)
        assert {_known(one["metric"], name) for one in said for name in one["records"]} == wanted
        transaction.set_rollback(True)


def _known(code: str, name: str) -> tuple[str, str]:
    """Return what a suspect is called: handovers by their parcel, cases by their number."""
    record = METRICS[code].record
    if record == HANDOVERS:
        return "parcels", HandoverFacts.objects.get(event_uid=name).waybill
    if record == STEPS:
        return "parcels", name
    if code in ("C08", "C13", "C14"):
        return CASES, Case.objects.get(pk=name).number
    return record, name


def _forged_parcels(dice: random.Random) -> Iterator[tuple[str, str]]:
    done = ParcelFacts.objects.filter(done_at__isnull=False, is_test=False).order_by("pk")
    parcel, other = dice.sample(list(done.filter(checks_told=True)), 2)
    deliveries = ScanEvent.objects.filter(parcel_id=parcel.pk, code__in=["DLV", "RDY"])
    deliveries.update(code="NTF")
    yield "parcels", parcel.waybill
    pickups = ScanEvent.objects.filter(parcel_id=other.pk, code__in=["PUP", "ARR"])
    for one in pickups:
        then = one.effective_at.replace(year=2025)
        ScanEvent.objects.filter(pk=one.pk).update(effective_at=then)
    yield "parcels", other.waybill
    yield from _forged_scan(dice)


def _forged_scan(dice: random.Random) -> Iterator[tuple[str, str]]:
    """A scan said to be three hours older than it was."""
    group = dice.choice(list(ScanCount.objects.filter(in_time__gt=0).order_by("key")))
    scans = ScanEvent.objects.filter(
        site_id=group.site_id, person_id=group.courier_id, happened_at__gte=group.moment + THREE,
        happened_at__lt=group.moment + DAY, source="courier",
        recorded_at__lt=F("happened_at") + HALF_HOUR,
    )  # fmt: skip
    chosen = Parcel.objects.filter(product_id=group.product_id).values("pk")
    scan = scans.filter(parcel_id__in=chosen).order_by("pk").first()
    ScanEvent.objects.filter(pk=scan.pk).update(happened_at=scan.happened_at - THREE)
    yield SCANS, group.key


def _forged_voices(dice: random.Random) -> Iterator[tuple[str, str]]:
    answered = Case.objects.filter(kind="complaint").exclude(first_final_at=None).order_by("pk")
    case = dice.choice(list(answered))
    Case.objects.filter(pk=case.pk).update(received_at=case.received_at.replace(day=1))
    yield CASES, case.number
    call = _hit(dice, VoiceRow, "C07")
    FollowUp.objects.filter(pk=call).update(tried_at=None)
    yield VOICE, str(call)
    claim = _hit(dice, VoiceRow, "P04")
    Claim.objects.filter(pk=claim).update(amount_fen=F("amount_fen") + 1)
    yield VOICE, str(claim)
    letter = _hit(dice, VoiceRow, "C13")
    RegulatorFile.objects.filter(case_id=letter).update(replied_at=NOW)
    yield CASES, Case.objects.get(pk=letter).number
    day = SurveyOccurrence.objects.get(pk=_hit(dice, VoiceRow, "V05"))
    SurveyRound.objects.filter(plan=day.plan, planned_on=day.planned_on).update(held_at=NOW)
    yield VOICE, str(day.pk)
    asked = _hit(dice, VoiceRow, "V01")
    SurveyAnswer.objects.filter(invitation_id=asked).update(score=1)
    yield VOICE, str(asked)


def _forged_others(dice: random.Random) -> Iterator[tuple[str, str]]:
    trouble = _hit(dice, TroubleRow, "E04")
    row = ParcelException.objects.get(pk=trouble)
    ParcelException.objects.filter(pk=trouble).update(reported_at=row.opened_at.replace(day=27))
    yield TROUBLES, str(trouble)
    session = _hit(dice, PeopleRow, "H01")
    TrainingSession.objects.filter(pk=session).update(held_on=NOW.date())
    yield PEOPLE, str(session)
    check = _hit(dice, LoopRow, "I05")
    EffectCheck.objects.filter(pk=check).update(result="ineffective")
    yield LOOP, str(check)
    point = _hit(dice, InspectionRow, "I02")
    InspectionLine.objects.filter(pk=point).update(grade="minor")
    yield INSPECTIONS, str(point)
    fault = _hit(dice, InspectionRow, "I03")
    CheckFinding.objects.filter(pk=fault).update(verified_at=NOW)
    yield INSPECTIONS, str(fault)
    yield from _forged_duties(dice)
    grade = _hit(dice, PeopleRow, "H05A")
    Assessment.objects.filter(pk=grade).update(score=77)
    yield PEOPLE, str(grade)
    month = _hit(dice, PeopleRow, "H06")
    Assessment.objects.filter(pk=month).update(confirmed_at=NOW)
    yield PEOPLE, str(month)
    act = _hit(dice, PeopleRow, "H08")
    Violation.objects.filter(pk=act).update(withdrawn_at=NOW)
    yield PEOPLE, str(act)


def _forged_duties(dice: random.Random) -> Iterator[tuple[str, str]]:
    """Records of audits, readings, things, safety, runs and leaks put otherwise by hand."""
    audit = _hit(dice, UpkeepRow, "I07")
    InternalAudit.objects.filter(pk=audit).update(postponed=2)
    yield UPKEEP, str(audit)
    reading = _hit(dice, UpkeepRow, "I09")
    Reading.objects.filter(pk=reading).update(read_at=NOW)
    yield UPKEEP, str(reading)
    for code in ("F01", "F05"):
        turn = _hit(dice, UpkeepRow, code)
        Maintenance.objects.filter(pk=turn).update(done_on=NOW.date())
        yield UPKEEP, str(turn)
    drill = _hit(dice, UpkeepRow, "F06")
    Drill.objects.filter(pk=drill).update(held_on=NOW.date())
    yield UPKEEP, str(drill)
    accident = _hit(dice, UpkeepRow, "F07")
    SafetyIncident.objects.filter(pk=accident).update(is_commuting=True)
    yield UPKEEP, str(accident)
    hazard = _hit(dice, UpkeepRow, "F08")
    Hazard.objects.filter(pk=hazard).update(verified_at=NOW)
    yield UPKEEP, str(hazard)
    yield from _forged_reviews(dice)
    device = _hit(dice, ValiditySpan, "F03")
    Calibration.objects.filter(instrument=device).update(valid_until="2026-01-06")
    yield SPANS, str(device)
    licence = _hit(dice, ValiditySpan, "F04")
    Licence.objects.filter(pk=licence).update(retired_on="2026-02-01")
    yield SPANS, str(licence)
    person = _hit(dice, PostSpan, "H04")
    Certificate.objects.filter(employee=person).update(withdrawn_on="2026-02-01")
    yield POSTS, str(person)
    view = _hit(dice, PersonalView, "X02")
    AuditEntry.objects.filter(pk=view).update(object_type="staff.employee")
    yield VIEWS, str(view)
    aim = _hit(dice, UpkeepRow, "I08")
    down = ObjectiveResult.objects.get(pk=aim).metric == "H08"
    ObjectiveResult.objects.filter(pk=aim).update(value=F("wanted") + (1 if down else -1))
    yield UPKEEP, str(aim)
    month = _hit(dice, UpkeepRow, "X01")
    kind = RetentionRule.objects.get(pk=month // retention_counts.PER_RULE)
    Destruction.objects.filter(data_kind=kind.name).update(destroyed_on=NOW.date())
    yield UPKEEP, str(month)
    asked = _hit(dice, UpkeepRow, "X04")
    PersonRequest.objects.filter(pk=asked).update(answered_at=NOW)
    yield UPKEEP, str(asked)
    run = _hit(dice, RunRow, "G04")
    Round.objects.filter(pk=run).update(vehicle="")
    yield RUNS, str(run)
    leak = _hit(dice, VoiceRow, "X03")
    PrivacyIncident.objects.filter(pk=leak).update(people_told_at=NOW)
    yield VOICE, str(leak)


def _forged_reviews(dice: random.Random) -> Iterator[tuple[str, str]]:
    """A month's day and a year's last meeting moved by hand."""
    month = _hit(dice, UpkeepRow, "I11")
    ReviewMinutes.objects.filter(review_id=month).update(at=NOW)
    yield UPKEEP, str(month)
    year = _hit(dice, UpkeepRow, "I10")
    ReviewMinutes.objects.filter(review_id=year).update(at=NOW)
    yield UPKEEP, str(year)


def _hit(dice: random.Random, model: Any, kind: str) -> int:
    """Return a record that counts for the better."""
    rows = model.objects.filter(kind=kind, moment__lte=NOW, moment__gte=FEBRUARY.start_at)
    rows = rows.order_by("record_id")
    rows = rows if kind == "V01" else rows.filter(is_hit=True)
    return dice.choice(list(rows.values_list("record_id", flat=True)))


def test_a_difference_is_told_once_to_those_who_answer_for_figures() -> None:
    boss, admin, agent = (make.user(role) for role in ("quality", "admin", "agent"))
    one = {"book": "site", "metric": "T01", "day": "2026-03-04", "site": 1, "product": 1,
           "stored": {"hits": 1}, "recounted": {"hits": 2}, "records": []}  # fmt: skip
    again = {**one, "stored": {"hits": 9}}
    other = {**one, "metric": "S02"}

    def night(*listed: dict[str, Any]) -> int:
        check = double_check("2026-03", NOW)
        Verification.objects.filter(pk=check.pk).update(differences=list(listed))
        check.refresh_from_db()
        return alarm.tell_differences(check, at=NOW)

    assert [night(), night(one), night(again), night(again, other), night()] == [0, 2, 0, 2, 0]
    told_to = Message.objects.values_list("recipient_user", flat=True)
    assert set(told_to) == {boss.pk, admin.pk}
    assert agent.pk not in told_to
    assert "2026" in Message.objects.first().subject
