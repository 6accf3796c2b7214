"""Which documents a reader may open, the list and its search, clauses, screens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from courierqa.core.access import Access
from courierqa.core.recurrence import add_months
from quality.clauses import CLAUSES
from quality.document_enums import COMING, PUBLISHED, Category, Level, ReadingState
from quality.document_enums import VersionStatus as V
from quality.models import Document, DocumentClause, DocumentVersion, Reading


@dataclass(frozen=True)
class Line:
    """A document in the list: what is in force, what is coming, who still has to read it."""

    row: Document
    now: DocumentVersion | None
    coming: DocumentVersion | None
    owed: int
    asked: int
    review_on: date | None

    def is_stale(self, today: date) -> bool:
        """Whether it should have been looked through again."""
        return self.review_on is not None and self.review_on <= today


def documents_for(access: Access, *, drafts: bool = False) -> QuerySet[Document]:
    """Return what the reader may open: their role's, what they have to read, what they explain.

    Without `drafts` only documents that were once in force.
    """
    rows = Document.objects.filter(_open_to(access, is_writer=drafts))
    if not drafts:
        once = DocumentVersion.objects.filter(document=OuterRef("pk"), status__in=PUBLISHED)
        own = Q(owner=access.employee_id) if access.employee_id else Q(pk__in=())
        rows = rows.filter(Exists(once) | own)
    return rows.select_related("owner").order_by("number")


def _open_to(access: Access, *, is_writer: bool) -> Q:
    if is_writer:
        return Q()
    found = Q(readers="")
    for role in access.roles:
        found |= Q(readers__contains=f",{role},")
    if access.employee_id is not None:
        owed = Reading.objects.filter(employee=access.employee_id).values("version__document")
        found |= Q(owner=access.employee_id) | Q(pk__in=owed)
    return found


def searched(
    rows: QuerySet[Document], asked: Mapping[str, str], *, employee_id: int | None
) -> QuerySet[Document]:
    """Narrow by what the address asks for; unknown words change nothing."""
    words = asked.get("q", "").strip()[:60]
    if words:
        text = DocumentVersion.objects.filter(document=OuterRef("pk"), status=V.EFFECTIVE)
        text = text.filter(Q(body__icontains=words) | Q(body_en__icontains=words))
        rows = rows.filter(
            Q(number__icontains=words) | Q(title__icontains=words)
            | Q(title_en__icontains=words) | Exists(text)
        )  # fmt: skip
    if asked.get("level") in Level.values:
        rows = rows.filter(level=asked["level"])
    if asked.get("category") in Category.values:
        rows = rows.filter(category=asked["category"])
    show = asked.get("show")
    if show == "mine" and employee_id is not None:
        owed = Reading.objects.filter(employee=employee_id, state=ReadingState.OWED)
        rows = rows.filter(pk__in=owed.values("version__document"))
    if show == "coming":
        rows = rows.filter(versions__status__in=COMING)
    return rows


def lines_of(rows: list[Document]) -> list[Line]:
    """Return a line for each document, in order, in two questions."""
    live = DocumentVersion.objects.filter(document__in=rows, status__in=[V.EFFECTIVE, *COMING])
    is_owed, is_out = (Q(readings__state=one) for one in (ReadingState.OWED, ReadingState.DROPPED))
    counts = {
        "owed": Count("readings", filter=is_owed),
        "asked": Count("readings", filter=~is_out),
    }
    now: dict[int, DocumentVersion] = {}
    coming: dict[int, DocumentVersion] = {}
    for one in live.defer("body", "body_en", "quiz").annotate(**counts).order_by("document"):
        (now if one.status == V.EFFECTIVE else coming)[one.document_id] = one
    return [_line(row, now.get(row.pk), coming.get(row.pk)) for row in rows]


def _line(row: Document, now: DocumentVersion | None, coming: DocumentVersion | None) -> Line:
    owed, asked = getattr(now, "owed", 0), getattr(now, "asked", 0)
    review = None
    if now is not None and now.effective_on is not None:
        review = add_months(now.effective_on, row.review_months)
    return Line(row, now, coming, owed, asked, review)


def clause_map(rows: QuerySet[Document]) -> list[tuple[str, str, list[Document]]]:
    """Return every clause with the documents that answer it; an empty list is a gap (DOC-10)."""
    links = DocumentClause.objects.filter(document__in=rows).select_related("document")
    found: dict[str, list[Document]] = {code: [] for code in CLAUSES}
    for link in links:
        found.setdefault(link.clause, []).append(link.document)
    return [(code, str(CLAUSES.get(code, "")), docs) for code, docs in found.items()]


def of_screen(rows: QuerySet[Document], screen: str) -> list[Document]:
    """Return the documents in force a screen shows the way to (DOC-11)."""
    held = DocumentVersion.objects.filter(document=OuterRef("pk"), status=V.EFFECTIVE)
    return list(rows.filter(Exists(held), screens__screen=screen))


def of_metric(code: str) -> Document | None:
    """Return the document that defines a figure, if one does (DOC-07)."""
    return Document.objects.filter(metric=code).order_by("number").first()


def versions_of(document: Document, *, all_of_them: bool) -> list[DocumentVersion]:
    """Return the versions a reader may see, newest first, with the people behind them."""
    rows = document.versions.select_related("author", "approved_by")
    if not all_of_them:
        rows = rows.filter(status__in=PUBLISHED)
    return list(rows.order_by("-version"))
