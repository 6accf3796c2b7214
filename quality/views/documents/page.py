"""One document: its text, versions, readers, the comparison of two versions, its print."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core import audit, history
from courierqa.core.access import allow, may
from courierqa.core.calendars import business_day
from courierqa.core.exports import attachment
from courierqa.core.formats import is_english
from quality import figures
from quality.clauses import CLAUSES
from quality.document_enums import COMING, PUBLISHED, ReadingState
from quality.document_enums import VersionStatus as V
from quality.forms import documents as forms
from quality.models import Document, DocumentVersion, Reading
from quality.reports.document import document_pdf
from quality.selectors import documents as selectors
from quality.services import documents as services
from quality.views.documents.library import reachable
from staff.lessons import rendered


def find(request: HttpRequest, number: str) -> Document:
    """Return the document within reach; others are as if they were not there."""
    return get_object_or_404(reachable(request), number=number)


@allow("document", GET="read")
def document_page(request: HttpRequest, number: str) -> HttpResponse:
    """Show the version in force, or another one with `?version=`."""
    return show(request, find(request, number))


def show(
    request: HttpRequest, row: Document, *, name: str = "", form: Any = None,
    wrong: list[int] | None = None,
) -> HttpResponse:  # fmt: skip
    """Draw the page; a form that was refused comes back as it was typed."""
    drafts = may(request.user, "document", "draft")
    versions = selectors.versions_of(row, all_of_them=drafts)
    shown = _chosen(versions, request.GET.get("version", ""))
    reading = _reading(request, shown)
    own = _forms(request, row, versions)
    if form is not None:
        own[name] = form
    page = {
        "title": row.title if not is_english() else row.title_en, "row": row, "shown": shown,
        "versions": versions, "body": rendered(_body(shown)) if shown else "",
        "no_english": bool(shown and is_english() and not shown.body_en),
        "today": business_day(timezone.now()), "reading": reading, "forms": own, "form": form,
        "quiz": quiz_shown(shown, wrong) if reading and reading.state == ReadingState.OWED else [],
        "wrong": wrong, "story": _story(shown),
        "shares": selectors.shares(shown) if shown and shown.status in PUBLISHED else None,
        "conflicts": _conflicts(row, shown), "figure": figures.named().get(row.metric),
        "clauses": [(one.clause, CLAUSES.get(one.clause, "")) for one in row.clauses.all()],
        "screens": list(row.screens.all()), "posts": list(row.posts.all()),
        "sites": list(row.sites.all()), "duties": list(row.duties.select_related("law")[:20]),
        "processes": list(row.processes.all()), "before": _before(versions, shown),
        "may_change": may(request.user, "document", "change"),
        "may_see_readers": may(request.user, "reading", "export"),
    }  # fmt: skip
    status = 422 if form is not None or wrong else 200
    return render(request, "quality/documents/document.html", page, status=status)


def _story(shown: DocumentVersion | None) -> list[tuple[str, Any]]:
    """Return what happened to a version in words, newest first."""
    found = history.changes_of(shown)[::-1] if shown is not None else []
    return [(str(V(one.to_status).label), one) for one in found]


def _chosen(versions: list[DocumentVersion], asked: str) -> DocumentVersion | None:
    """Return the version that was asked for, else the one in force, else the newest."""
    if asked.isascii() and asked.isdecimal():
        found = next((one for one in versions if str(one.version) == asked), None)
        if found is None:
            raise Http404
        return found
    held = next((one for one in versions if one.status == V.EFFECTIVE), None)
    return held or (versions[0] if versions else None)


def _before(versions: list[DocumentVersion], shown: DocumentVersion | None) -> int:
    """Return the number of the version before the one shown, 0 for none."""
    if shown is None:
        return 0
    older = [one.version for one in versions
             if one.version < shown.version and one.status in PUBLISHED]  # fmt: skip
    return max(older, default=0)


def _body(shown: DocumentVersion) -> str:
    return shown.body_en if is_english() and shown.body_en else shown.body


def _reading(request: HttpRequest, shown: DocumentVersion | None) -> Reading | None:
    access: Any = request.access
    return selectors.reading_of(shown, access.employee_id) if shown is not None else None


def _conflicts(row: Document, shown: DocumentVersion | None) -> list[Any]:
    """Return what the law says otherwise and this version does not say yet (DOC-05)."""
    if shown is None or shown.approved_at is None:
        return []
    found = row.conflicts.filter(done_at__gt=shown.approved_at).select_related("plan__law")
    return list(found.order_by("done_at"))


def quiz_shown(shown: DocumentVersion | None, wrong: list[int] | None) -> list[dict[str, Any]]:
    """Return the questions in the reader's language, those answered wrongly marked."""
    return [
        {"place": place, "text": _spoken(one["text"]), "is_wrong": place in (wrong or []),
         "options": [(n, _spoken(words)) for n, words in enumerate(one["options"])]}
        for place, one in enumerate(shown.quiz if shown else [])
    ]  # fmt: skip


def _spoken(words: str) -> str:
    """Return the reader's half of "中文 | English"."""
    chinese, _bar, english = words.partition("|")
    return (english.strip() or chinese.strip()) if is_english() else chinese.strip()


def _forms(request: HttpRequest, row: Document, versions: list[DocumentVersion]) -> dict[str, Any]:
    """Return the forms of the step the coming version is at, for those who may use them."""
    coming = next((one for one in versions if one.status in COMING), None)
    found: dict[str, Any] = {"coming": coming}
    is_writer = may(request.user, "document", "change")
    if coming is not None and coming.status == V.DRAFT and is_writer:
        today = business_day(timezone.now())
        found["submit"] = forms.SubmitForm(initial={"effective_on": today})
    if coming is not None and coming.status in (V.DRAFT, V.APPROVED) and is_writer:
        found["discard"] = forms.ReasonForm()
    if coming is not None and coming.status == V.REVIEW:
        asked = services.waiting(coming)
        found["asked"] = asked
        mine = request.user.pk in (coming.author_id, asked and asked.requested_by_id)
        if asked is not None and not mine and may(request.user, "document", "approve"):
            found["decide"] = forms.DecideVersionForm()
    if is_writer and any(one.status == V.EFFECTIVE for one in versions):
        found["withdraw"] = forms.ReasonForm()
    return found


@allow("document", GET="read")
def document_compare(request: HttpRequest, number: str) -> HttpResponse:
    """Show what changed between two versions, side by side or in one column (DOC-03)."""
    row = find(request, number)
    drafts = may(request.user, "document", "draft")
    versions = {one.version: one for one in selectors.versions_of(row, all_of_them=drafts)}
    old, new = (_asked(versions, request.GET.get(name, "")) for name in ("old", "new"))
    english = request.GET.get("text") == "en"
    pairs = selectors.compared(*(_text(one, english=english) for one in (old, new)))
    whole = request.GET.get("lines") == "all"
    page = {
        "title": _("Changes in %(number)s") % {"number": row.number}, "row": row,
        "versions": list(versions.values()), "old": old, "new": new, "english": english,
        "pairs": pairs if whole else selectors.changed_only(pairs), "whole": whole,
        "changed": sum(pair.kind != "same" for pair in pairs),
        "view": "inline" if request.GET.get("view") == "inline" else "beside",
    }  # fmt: skip
    return render(request, "quality/documents/compare.html", page)


def _asked(versions: dict[int, DocumentVersion], text: str) -> DocumentVersion:
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0
    if number not in versions:
        raise Http404
    return versions[number]


def _text(one: DocumentVersion, *, english: bool) -> str:
    return one.body_en if english else one.body


@allow("document", GET="read")
def document_print(request: HttpRequest, number: str, version: int) -> HttpResponse:
    """Send one version as PDF, with its number, version and owner on every page."""
    row = find(request, number)
    drafts = may(request.user, "document", "draft")
    versions = {one.version: one for one in selectors.versions_of(row, all_of_them=drafts)}
    if version not in versions:
        raise Http404
    now = timezone.now()
    audit.record("document.print", row, actor=request.user, at=now, request=request)
    shown = versions[version]
    body = document_pdf(row, shown, text=_body(shown), printed_at=now, by=str(request.user))
    answer = HttpResponse(body, content_type="application/pdf")
    answer["Content-Disposition"] = attachment(f"{row.number}-v{version}.pdf")
    answer["Cache-Control"] = "no-store"
    return answer
