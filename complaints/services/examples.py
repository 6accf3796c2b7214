"""The case library: closed complaints as examples, without persons, after a second look."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from complaints import steps
from complaints.enums import Status
from complaints.models import Case, LibraryEntry
from complaints.services.moves import hold
from complaints.words import BadText, clean_line, clean_text
from courierqa.core import history, privacy
from courierqa.core.errors import DomainError, IllegalTransition, NotAllowed
from staff.models import User

_LIMITS = {"title": 80, "cause": 200, "action": 300, "lesson": 300}


class NamesSomebody(DomainError):
    """The text would let a reader recognise a person or a parcel."""

    code = "personal_data"
    status = 422


@dataclass(frozen=True)
class Example:
    """What readers learn from: what happened, why, what was done, what to do next time."""

    title: str
    story: str
    cause: str
    action: str
    lesson: str


@transaction.atomic
def propose_example(*, case: Case, told: Example, by: User, at: datetime) -> LibraryEntry:
    """Tell a closed complaint as an example; it waits for a second person (CMP-10)."""
    hold(case)
    if case.status != Status.CLOSED:
        raise IllegalTransition(_("Only a closed case becomes an example"))
    texts = _checked(case, told)
    known = LibraryEntry.objects.select_for_update(no_key=True).filter(case=case).first()
    if known is None:
        entry = LibraryEntry.objects.create(
            case=case, reason=case.reason, proposed_by=by, proposed_at=at, **texts
        )
        history.begin(entry, machine=steps.EXAMPLE, actor=by, at=at)
        return entry
    changes = {**texts, "proposed_by": by, "proposed_at": at, "reviewed_by": None,
               "reviewed_at": None}  # fmt: skip
    history.transition(known, "reopen", machine=steps.EXAMPLE, actor=by, at=at, changes=changes)
    return known


@transaction.atomic
def review_example(
    *, entry: LibraryEntry, publish: bool, note: str, by: User, at: datetime
) -> LibraryEntry:
    """Publish an example or send it back; never by the person who wrote it."""
    if by.pk == entry.proposed_by_id:
        raise NotAllowed(_("Whoever wrote it does not review it. Somebody else must decide"))
    words = clean_line(note, field="note", limit=200)
    if not publish and not words:
        raise BadText(_("Say what to change"), code="required", field="note")
    verb = "publish" if publish else "reject"
    changes = {"reviewed_by": by, "reviewed_at": at, "review_note": words}
    history.transition(
        entry, verb, machine=steps.EXAMPLE, actor=by, at=at, reason=words, changes=changes
    )
    return entry


@transaction.atomic
def withdraw_example(*, entry: LibraryEntry, why: str, by: User, at: datetime) -> LibraryEntry:
    """Take a published example back."""
    words = clean_line(why, field="note", limit=200)
    if not words:
        raise BadText(_("Say why"), code="required", field="note")
    history.transition(
        entry, "withdraw", machine=steps.EXAMPLE, actor=by, at=at, reason=words,
        changes={"review_note": words},
    )  # fmt: skip
    return entry


def _checked(case: Case, told: Example) -> dict[str, str]:
    """Refuse whatever names a person: what the case knows, and whatever looks like a number."""
    texts = asdict(told)
    for name, text in texts.items():
        limit = _LIMITS.get(name)
        clean = clean_line(text, field=name, limit=limit) if limit else clean_text(text, field=name)
        if not clean:
            raise BadText(_("Fill this in"), code="required", field=name)
        if _names_somebody(case, clean):
            wrong = _("Take names, phone, parcel and case numbers out; readers learn without them")
            raise NamesSomebody(wrong, field=name)
        texts[name] = clean
    return texts


def _names_somebody(case: Case, text: str) -> bool:
    known = [case.customer_name, case.customer_phone, case.customer_email, case.number]
    known += [case.waybill_given, str(case.liable_person.name) if case.liable_person else ""]
    if case.parcel:
        known += [case.parcel.waybill, case.parcel.recipient_name, case.parcel.sender_name]
    plain = text.replace(" ", "")
    said = any(len(word) > 1 and word.replace(" ", "") in plain for word in known if word)
    return said or privacy.mask_text(text) != text
