"""Writing documents: the card, a draft of the next version, its quiz."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit, history
from courierqa.core.errors import DomainError
from quality.clauses import CLAUSES
from quality.document_enums import COMING, Screen
from quality.document_enums import VersionStatus as V
from quality.models import Document, DocumentClause, DocumentScreen, DocumentVersion
from quality.services.documents.moves import MACHINE, coming_of, hold, move
from quality.services.moves import said
from staff.models import Employee, Post, Site, User

MOST_QUESTIONS = 5
BODY = 60_000


@dataclass(frozen=True)
class Card:
    """What is known of a document beside its text."""

    level: str
    category: str
    title: str
    title_en: str
    owner: Employee
    readers: tuple[str, ...] = ()
    must_be_read: bool = False
    posts: tuple[Post, ...] = ()
    sites: tuple[Site, ...] = ()
    screens: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    metric: str = ""
    review_months: int = 12


@dataclass(frozen=True)
class Text:
    """The text of a version in both languages, what changed, and a quiz."""

    body: str
    body_en: str = ""
    change: str = ""
    quiz: list[dict[str, Any]] = field(default_factory=list)


@transaction.atomic
def create_document(*, number: str, card: Card, text: Text, by: User, at: datetime) -> Document:
    """Register a document under its number with a first draft (DOC-01)."""
    clean = number.strip().upper()
    if Document.objects.filter(number=clean).exists():
        text_of = _("%(number)s exists already. Choose another number")
        raise DomainError(text_of % {"number": clean}, code="taken", field="number", status=422)
    row = Document.objects.create(number=clean, **_columns(card))
    _links(row, card)
    audit.record("document.create", row, actor=by, at=at)
    _draft(row, 1, text, by=by, at=at)
    return row


@transaction.atomic
def change_card(document: Document, *, card: Card, by: User, at: datetime) -> Document:
    """Change owner, readers, audience and links; the text needs a version of its own."""
    row = hold(document)
    columns = _columns(card)
    for name, value in columns.items():
        setattr(row, name, value)
    row.save(update_fields=[*columns, "updated_at"])
    _links(row, card)
    audit.record("document.change", row, actor=by, at=at, fields=sorted(columns))
    return row


@transaction.atomic
def start_version(document: Document, *, text: Text, by: User, at: datetime) -> DocumentVersion:
    """Begin the next version; a document has one coming version at a time (DOC-03)."""
    row = hold(document)
    rows = DocumentVersion.objects.filter(document=row)
    if rows.filter(status__in=COMING).exists():
        raise DomainError(_("A new version is being written already"), code="draft_exists")
    last = rows.order_by("-version").first()
    return _draft(row, (last.version if last else 0) + 1, text, by=by, at=at)


@transaction.atomic
def change_draft(document: Document, *, text: Text, by: User, at: datetime) -> DocumentVersion:
    """Write on at the draft; whoever wrote last is its author and cannot approve it."""
    row = coming_of(hold(document))
    if row.status != V.DRAFT:
        raise DomainError(_("It is in review. Wait for the decision"), code="wrong_step")
    fields = {**_text(text), "author": by}
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=[*fields, "updated_at"])
    audit.record("document.save", row, actor=by, at=at, fields=sorted(fields))
    return row


@transaction.atomic
def discard_version(document: Document, *, reason: str, by: User, at: datetime) -> DocumentVersion:
    """Give up a version that never came into force, with the reason."""
    row = coming_of(hold(document))
    move(row, "discard", by=by, at=at, reason=said(reason, field="reason", limit=300))
    return row


def quiz_of(raw: str) -> list[dict[str, Any]]:
    """Read a quiz people typed: "? " begins a question, "+ " its right answer, "- " a wrong one.

    Refused at the field "quiz" where a question has not one right and at least one wrong answer.
    """
    found: list[dict[str, Any]] = []
    for line in filter(None, (one.strip() for one in raw.splitlines())):
        sign, words = line[0], line[1:].strip()
        if sign == "?" and words:
            found.append({"text": words[:300], "options": [], "correct": None})
        elif sign in "+-" and words and found:
            _answer(found[-1], words[:200], is_right=sign == "+")
        else:
            raise _bad_quiz(line)
    for one in found:
        if one["correct"] is None or len(one["options"]) < 2:
            raise _bad_quiz(one["text"])
    if len(found) > MOST_QUESTIONS:
        text = _("At most %(n)s questions") % {"n": MOST_QUESTIONS}
        raise DomainError(text, code="too_many", field="quiz", status=422)
    return found


def typed_quiz(quiz: Iterable[dict[str, Any]]) -> str:
    """Return a quiz as it is typed."""
    lines: list[str] = []
    for one in quiz:
        lines.append(f"? {one['text']}")
        lines += [f"{'+' if place == one['correct'] else '-'} {words}"
                  for place, words in enumerate(one["options"])]  # fmt: skip
    return "\n".join(lines)


def _answer(question: dict[str, Any], words: str, *, is_right: bool) -> None:
    if is_right and question["correct"] is not None:
        raise _bad_quiz(question["text"])
    if is_right:
        question["correct"] = len(question["options"])
    question["options"].append(words)


def _bad_quiz(line: str) -> DomainError:
    text = _("“%(line)s”: a question has one right answer (+) and at least one wrong one (-)")
    return DomainError(text % {"line": line[:60]}, code="bad_quiz", field="quiz", status=422)


def _draft(
    document: Document, version: int, text: Text, *, by: User, at: datetime
) -> DocumentVersion:
    row = DocumentVersion.objects.create(
        document=document, version=version, author=by, **_text(text)
    )
    history.begin(row, machine=MACHINE, actor=by, at=at)
    return row


def _text(text: Text) -> dict[str, Any]:
    return {
        "body": said(text.body, field="body", limit=BODY), "body_en": text.body_en.strip(),
        "change": text.change.strip()[:300], "quiz": text.quiz,
    }  # fmt: skip


def _columns(card: Card) -> dict[str, Any]:
    return {
        "level": card.level, "category": card.category,
        "title": said(card.title, field="title", limit=100, lines=False),
        "title_en": said(card.title_en, field="title_en", limit=140, lines=False),
        "owner": card.owner, "must_be_read": card.must_be_read, "metric": card.metric,
        "readers": f",{','.join(card.readers)}," if card.readers else "",
        "review_months": card.review_months,
    }  # fmt: skip


def _links(row: Document, card: Card) -> None:
    row.posts.set(card.posts)
    row.sites.set(card.sites)
    screens = [code for code in Screen.values if code in card.screens]
    clauses = [code for code in CLAUSES if code in card.clauses]
    DocumentScreen.objects.filter(document=row).exclude(screen__in=screens).delete()
    DocumentClause.objects.filter(document=row).exclude(clause__in=clauses).delete()
    DocumentScreen.objects.bulk_create(
        [DocumentScreen(document=row, screen=code) for code in screens], ignore_conflicts=True
    )
    DocumentClause.objects.bulk_create(
        [DocumentClause(document=row, clause=code) for code in clauses], ignore_conflicts=True
    )
