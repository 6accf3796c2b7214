"""VoiceRow: what cases, calls, claims and surveys say, kept equal to their records.

P02 and P03 are said here once; the page of claims reads the same rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from django.db.models import Min

from complaints.enums import (
    CaseClass,
    CaseKind,
    ClaimStatus,
    FollowUpResult,
    Outcome,
    QuestionKind,
    RegulatorMatter,
)
from complaints.models import (
    Case,
    Claim,
    FollowUp,
    Invitation,
    PrivacyIncident,
    RegulatorFile,
    SurveyAnswer,
    SurveyItem,
    SurveyOccurrence,
    VoiceRow,
)
from complaints.survey_scores import PROMOTER, SATISFIED, recommends
from courierqa.core import calendars, clocks, counted, history
from courierqa.core.clocks import Target
from courierqa.core.enums import ClockKind
from shipments import trouble_facts

VOICE = "voice"
OF_CASE = ("C08", "C13", "C14")
OF_CALL = ("C06", "C07")
OF_CLAIM = ("P01", "P02", "P03", "P04")
OF_SURVEY = ("V01", "V02", "V03", "V04")
OF_LEAK = ("X03",)
OF_PLAN = ("V05",)
ESCALATES = timedelta(days=30)
ANSWER_WITHIN = timedelta(days=7)
CALL_WITHIN = Target(kind=ClockKind.WORKING_DAYS, amount=3)
# Not delivered, or nobody was there to be asked: no invitation (V04).
NEVER_ARRIVED = (Outcome.UNDELIVERED, Outcome.UNREACHED)
ANSWERED = (FollowUpResult.SATISFIED, FollowUpResult.UNSATISFIED)
AGREED = (ClaimStatus.APPROVED, ClaimStatus.PAID)
Rows = Iterator[counted.CountedRow]


# -- cases and the calls after them ---------------------------------------------------------------
def refresh_case(case: Case, *, at: datetime) -> None:
    """Make the rows of a case and of its follow-up calls anew.

    Whoever complains or asks about a parcel heard of its trouble before we told them (E03).
    """
    if case.parcel_id and case.kind in (CaseKind.COMPLAINT, CaseKind.QUERY):
        trouble_facts.note_call(case.parcel_id, called_at=case.received_at, at=at)
    _keep(_of_case(case), OF_CASE, [case.pk], at)
    calls = list(FollowUp.objects.filter(case=case))
    if calls:
        rows = [row for call in calls for row in _of_call(case, call)]
        _keep(rows, OF_CALL, [call.pk for call in calls], at)
    claims = list(Claim.objects.filter(case=case).values_list("pk", flat=True))
    if claims:
        # They count where their case does.
        refresh_claims(claims, at=at)
    if case.case_class == CaseClass.PRIVACY:
        for leak in PrivacyIncident.objects.filter(case=case).select_related("case__parcel"):
            refresh_leak(leak, at=at)


def _of_case(case: Case) -> Rows:
    if case.kind == CaseKind.COMPLAINT:
        back = case.repeat_of_id is not None or case.reopened > 0
        yield _case_row(case, "C08", case.received_at, is_hit=back)
        # A repeat is the first one's matter, and was received once.
        if case.repeat_of_id is None:
            yield _case_row(case, "C14", case.received_at, is_hit=_escalated(case))
    if case.kind == CaseKind.APPEAL and case.regulator_due_at is not None:
        letter = RegulatorFile.objects.filter(case=case).first()
        if letter is not None and letter.matter == RegulatorMatter.APPEAL:
            replied = letter.replied_at
            in_time = replied is not None and replied <= letter.due_at
            yield _case_row(case, "C13", letter.due_at, is_hit=in_time)


def _escalated(case: Case) -> bool:
    """Say whether the authority heard of the same parcel within 30 days."""
    if not case.parcel_id:
        return False
    later = Case.objects.filter(
        kind=CaseKind.APPEAL, parcel_id=case.parcel_id, received_at__gte=case.received_at
    )
    first = later.aggregate(first=Min("received_at"))["first"]
    return first is not None and first <= case.received_at + ESCALATES


def _of_call(case: Case, call: FollowUp) -> Rows:
    if call.done_at is not None and call.result in ANSWERED:
        pleased = call.result == FollowUpResult.SATISFIED
        yield _case_row(case, "C06", call.done_at, record=call.pk, is_hit=pleased)
    if call.planned_at is None:
        return
    due = clocks.due_at(call.planned_at, CALL_WITHIN, calendars.load("CN"))
    tried = call.tried_at
    # Withdrawn, merged or reopened before anybody had to call: nothing was owed any more.
    dropped = tried is None and call.done_at is not None and call.done_at <= due
    in_time = tried is not None and tried <= due
    yield _case_row(case, "C07", due, record=call.pk, is_hit=in_time, is_out=dropped)


def _case_row(
    case: Case, kind: str, moment: datetime, *, record: int = 0, is_hit: bool, is_out: bool = False
) -> counted.CountedRow:
    return counted.row(
        VoiceRow, kind, record or case.pk, moment, label=case.number, site_id=case.site_id,
        product_id=case.parcel.product_id if case.parcel else None, is_hit=is_hit, is_out=is_out,
    )  # fmt: skip


# -- claims ---------------------------------------------------------------------------------------
def refresh_claims(ids: Iterable[int], *, at: datetime) -> None:
    """Make the rows of these claims anew."""
    claims = list(Claim.objects.filter(pk__in=sorted(set(ids))).select_related("case", "parcel"))
    rows = [row for claim in claims for row in _of_claim(claim)]
    _keep(rows, OF_CLAIM, [claim.pk for claim in claims], at)


def _of_claim(claim: Claim) -> Rows:
    yield _claim_row(claim, "P01", claim.opened_at, is_hit=True)
    decided = claim.decided_at
    in_time = decided is not None and decided <= claim.due_at
    yield _claim_row(claim, "P02", claim.due_at, is_hit=in_time)
    due, paid = claim.pay_due_at, claim.paid_at
    if due is not None and claim.status in AGREED:
        yield _claim_row(claim, "P03", due, is_hit=paid is not None and paid <= due)
    if paid is not None:
        yield _claim_row(claim, "P04", paid, is_hit=True, amount=claim.amount_fen)


def _claim_row(
    claim: Claim, kind: str, moment: datetime, *, is_hit: bool, amount: int = 0
) -> counted.CountedRow:
    case = claim.case
    return counted.row(
        VoiceRow, kind, claim.pk, moment, label=case.number, site_id=case.site_id,
        product_id=claim.parcel.product_id if claim.parcel else None, is_hit=is_hit, amount=amount,
    )  # fmt: skip


# -- leaks of personal data -----------------------------------------------------------------------
def refresh_leak(leak: PrivacyIncident, *, at: datetime) -> None:
    """Make the row of an incident anew: authority and people told within 72 hours (X03)."""
    said = (leak.authority_told_at, leak.people_told_at)
    in_time = all(told is not None and told <= leak.tell_by for told in said)
    last = history.changes_of(leak)[-1:]
    row = _case_row(
        leak.case, "X03", leak.tell_by, record=leak.pk, is_hit=in_time,
        is_out=bool(last) and last[0].verb == "dismiss",
    )  # fmt: skip
    _keep([row], OF_LEAK, [leak.pk], at)


# -- surveys --------------------------------------------------------------------------------------
def refresh_invitations(ids: Iterable[int], *, at: datetime) -> None:
    """Make the rows of these invitations anew. No courier: nobody sees who answered."""
    for some in _chunks(sorted(set(ids))):
        found = Invitation.objects.filter(pk__in=some).select_related("answer__rating")
        steps = dict(_recommended(some))
        rows = [
            row
            for one in found.select_related("parcel")
            for row in _of_invitation(one, steps.get(one.pk))
        ]
        _keep(rows, OF_SURVEY, some, at)


def _recommended(ids: Sequence[int]) -> Iterable[tuple[int, int | None]]:
    """Return what these invitations said from 0 to 10, where they were asked and said it."""
    items = SurveyItem.objects.filter(
        answer__invitation__in=ids, question__kind=QuestionKind.NPS, value__isnull=False
    )
    return items.values_list("answer__invitation", "value")


def _of_invitation(one: Invitation, step: int | None) -> Rows:
    answer: SurveyAnswer | None = getattr(one, "answer", None)
    if answer is None or answer.answered_at > one.invited_at + ANSWER_WITHIN:
        yield _survey_row(one, "V04", is_hit=False, is_out=one.outcome in NEVER_ARRIVED)
        return
    yield _survey_row(one, "V04", is_hit=True)
    if answer.score is not None:
        yield _survey_row(one, "V01", is_hit=True, amount=answer.score)
    yield _survey_row(one, "V02", is_hit=answer.rating.score >= SATISFIED)
    if step is not None:
        yield _survey_row(one, "V03", is_hit=step >= PROMOTER, amount=recommends(step))


def _survey_row(
    one: Invitation, kind: str, *, is_hit: bool, is_out: bool = False, amount: int = 0
) -> counted.CountedRow:
    return counted.row(
        VoiceRow, kind, one.pk, one.invited_at, site_id=one.site_id,
        product_id=one.parcel.product_id, is_hit=is_hit, is_out=is_out, amount=amount,
    )  # fmt: skip


def refresh_occurrences(ids: Iterable[int], *, at: datetime) -> None:
    """Make the rows of these planned days of surveys anew (V05)."""
    some = sorted(set(ids))
    found = SurveyOccurrence.objects.filter(pk__in=some).select_related("plan")
    rows = [
        counted.row(
            VoiceRow, "V05", one.pk, one.due_at, label=one.plan.name[:60], is_hit=one.is_on_time,
            is_out=one.dropped_at is not None,
        )
        for one in found
    ]  # fmt: skip
    _keep(rows, OF_PLAN, some, at)


# -- all ------------------------------------------------------------------------------------------
def renew(*, at: datetime) -> None:
    """Make every row anew, after an upgrade."""
    for case in Case.objects.select_related("parcel").order_by("pk").iterator(chunk_size=500):
        refresh_case(case, at=at)
    refresh_invitations(Invitation.objects.values_list("pk", flat=True), at=at)
    for leak in PrivacyIncident.objects.select_related("case__parcel").order_by("pk"):
        refresh_leak(leak, at=at)
    for some in _chunks(list(SurveyOccurrence.objects.values_list("pk", flat=True))):
        refresh_occurrences(some, at=at)


def _keep(
    rows: Iterable[counted.CountedRow], kinds: Sequence[str], records: Iterable[int], at: datetime
) -> None:
    counted.keep(VoiceRow, rows, kinds=kinds, records=records, source=VOICE, at=at)


def _chunks(ids: Sequence[int], size: int = 400) -> Iterable[Sequence[int]]:
    return (ids[start : start + size] for start in range(0, len(ids), size))
