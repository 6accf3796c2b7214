"""Documents: draft, approval by somebody else, in force, replaced; who may open them."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from courierqa.core import history
from courierqa.core.errors import DomainError, NotAllowed
from quality.document_enums import ReadingState as R
from quality.document_enums import VersionStatus as V
from quality.models import Document, DocumentVersion, Reading
from quality.selectors import documents as selectors
from quality.services import documents as services
from tests.quality.conftest import DAY, NOW, Loop, worker
from tests.quality.shelf import QUIZ, Shelf
from tests.quality.test_pages import queries, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(loop: Loop) -> Shelf:
    return Shelf(loop)


def statuses(row: Document) -> list[str]:
    return list(row.versions.order_by("version").values_list("status", flat=True))


@pytest.mark.req("DOC-03")
def test_a_version_goes_from_draft_to_in_force_and_is_replaced(shelf: Shelf) -> None:
    row = shelf.drafted()
    assert statuses(row) == [V.DRAFT]
    held = shelf.approved(row)
    assert (held.approved_by, statuses(row)) == (shelf.loop.manager, [V.EFFECTIVE])

    shelf.next_version(row, at=NOW + 20 * DAY)

    assert statuses(row) == [V.REPLACED, V.EFFECTIVE]
    first = row.versions.get(version=1)
    assert first.ended_on == (NOW + 20 * DAY).date()
    assert [one.verb for one in history.changes_of(first)] == [
        "open", "submit", "approve", "enforce", "supersede",
    ]  # fmt: skip


@pytest.mark.req("DOC-03")
def test_whoever_wrote_it_cannot_approve_it(shelf: Shelf) -> None:
    row = shelf.drafted()
    services.submit_version(row, effective_on=NOW.date(), by=shelf.loop.quality, at=NOW)
    with pytest.raises(NotAllowed):
        services.decide_version(row, approve=True, note="", by=shelf.loop.quality, at=NOW)
    # What quality management wrote is management's to decide, not a site's.
    with pytest.raises(NotAllowed):
        services.decide_version(row, approve=True, note="", by=shelf.loop.leader.user, at=NOW)
    assert statuses(row) == [V.REVIEW]


def test_sent_back_it_is_a_draft_again_with_the_reason(shelf: Shelf) -> None:
    row = shelf.drafted()
    services.submit_version(row, effective_on=NOW.date(), by=shelf.loop.quality, at=NOW)
    with pytest.raises(DomainError):
        services.decide_version(row, approve=False, note="", by=shelf.loop.manager, at=NOW)
    services.decide_version(row, approve=False, note="缺步骤", by=shelf.loop.manager, at=NOW)
    assert statuses(row) == [V.DRAFT]
    assert history.changes_of(row.versions.get())[-1].reason == "缺步骤"


def test_a_future_day_waits_and_then_holds_by_itself(shelf: Shelf) -> None:
    row = shelf.drafted()
    shelf.approved(row, on=(NOW + 5 * DAY).date())
    assert services.run_documents(now=NOW + 4 * DAY)["in_force"] == 0
    assert services.run_documents(now=NOW + 5 * DAY)["in_force"] == 1
    assert services.run_documents(now=NOW + 5 * DAY)["in_force"] == 0
    assert statuses(row) == [V.EFFECTIVE]


def test_a_second_version_says_what_changed(shelf: Shelf) -> None:
    row = shelf.in_force()
    text = services.Text("新文本")
    services.start_version(row, text=text, by=shelf.loop.quality, at=NOW)
    with pytest.raises(DomainError) as refused:
        services.submit_version(row, effective_on=NOW.date(), by=shelf.loop.quality, at=NOW)
    assert refused.value.code == "no_change"
    with pytest.raises(DomainError) as twice:
        services.start_version(row, text=text, by=shelf.loop.quality, at=NOW)
    assert twice.value.code == "draft_exists"


@pytest.mark.req("DOC-12")
def test_readers_have_14_days_and_later_ones_from_joining(shelf: Shelf) -> None:
    row = shelf.in_force()
    reading = Reading.objects.get(employee=shelf.loop.courier)
    assert (reading.due_on - NOW.date()).days == 14
    late = worker("courier", shelf.loop.site)
    late.hired_on = (NOW + 9 * DAY).date()
    late.save()

    services.run_documents(now=NOW + 10 * DAY)

    joined = Reading.objects.get(employee=late)
    assert (joined.from_on, joined.due_on) == ((NOW + 9 * DAY).date(), (NOW + 23 * DAY).date())
    assert selectors.shares(services.in_force(row))["read"] == 0


@pytest.mark.req("DOC-12")
def test_a_new_version_asks_everybody_again(shelf: Shelf) -> None:
    row = shelf.in_force()
    courier = shelf.loop.courier
    first = Reading.objects.get(employee=courier)
    assert services.confirm_reading(first, answers={}, by=courier.user, at=NOW) == []

    shelf.next_version(row, at=NOW + 20 * DAY)

    home = signed_in(courier.user).get("/actions/home/").content.decode()
    assert home.count("/documents/QI-01/") == 1
    states = dict(Reading.objects.filter(employee=courier).values_list("version__version", "state"))
    assert states == {1: R.READ, 2: R.OWED}
    leader = Reading.objects.filter(employee=shelf.loop.leader).values_list("state", flat=True)
    assert sorted(leader) == sorted([R.DROPPED, R.OWED])


def test_a_quiz_answered_wrongly_confirms_nothing(shelf: Shelf) -> None:
    shelf.in_force(quiz=QUIZ)
    reading = Reading.objects.get(employee=shelf.loop.courier)
    by = shelf.loop.courier.user
    assert services.confirm_reading(reading, answers={0: 0}, by=by, at=NOW) == [0]
    assert services.confirm_reading(reading, answers={}, by=by, at=NOW) == [0]
    assert services.confirm_reading(reading, answers={0: 1}, by=by, at=NOW + DAY) == []
    reading.refresh_from_db()
    assert (reading.state, reading.wrong, reading.read_at) == (R.READ, 2, NOW + DAY)


@pytest.mark.parametrize("bad", ["- x", "? q\n+ a", "? q\n- a\n- b", "? q\n+ a\n+ b\n- c", "text"])
def test_a_quiz_without_one_right_answer_is_refused(bad: str) -> None:
    with pytest.raises(DomainError) as refused:
        services.quiz_of(bad)
    assert refused.value.field == "quiz"


def test_readers_are_told_once_at_each_stage(shelf: Shelf) -> None:
    shelf.in_force()
    people = Reading.objects.count()
    told = [services.run_documents(now=NOW + n * DAY)["told"] for n in (0, 1, 11, 12, 15, 16)]
    assert told == [people, 0, people, 0, people, 0]


@pytest.mark.req("DOC-02")
def test_a_document_is_found_by_its_words_by_those_it_is_for(shelf: Shelf) -> None:
    shelf.in_force(readers=("courier",))
    shelf.in_force("QM-01", readers=("manager",), title="质量手册", posts=(shelf.loop.leader.post,))
    client = signed_in(shelf.loop.courier.user)
    text = client.get("/documents/?q=先联系").content.decode()
    assert "QI-01" in text
    assert "QM-01" not in client.get("/documents/").content.decode()
    assert client.get("/documents/QM-01/").status_code == 404
    assert client.get("/documents/QX-99/").status_code == 404


def test_a_draft_is_not_there_for_readers(shelf: Shelf) -> None:
    row = shelf.in_force()
    text = services.Text("尚未生效的文字", change="x")
    services.start_version(row, text=text, by=shelf.loop.quality, at=NOW)
    reader, writer = signed_in(shelf.loop.courier.user), signed_in(shelf.loop.quality)
    assert reader.get("/documents/QI-01/?version=2").status_code == 404
    assert reader.get("/documents/QI-01/compare/?old=1&new=2").status_code == 404
    assert reader.get("/documents/QI-01/print/2/").status_code == 404
    for view in ("", "&view=inline", "&lines=all", "&text=en"):
        assert writer.get(f"/documents/QI-01/compare/?old=1&new=2{view}").status_code == 200


@pytest.mark.req("DOC-01")
def test_list_asks_the_same_number_of_questions_at_1_and_3(shelf: Shelf) -> None:
    client = signed_in(shelf.loop.quality)
    shelf.in_force()
    few = [queries(client, url) for url in ("/documents/", "/documents/readings/")]
    for n in range(2, 4):
        shelf.in_force(f"QI-0{n}")
    assert [queries(client, url) for url in ("/documents/", "/documents/readings/")] == few
    body = b"".join(client.get("/documents/?format=csv").streaming_content).decode()
    assert body.count("QI-0") == 3


def test_what_was_in_force_never_changes(shelf: Shelf) -> None:
    row = shelf.in_force()
    with pytest.raises(DomainError):
        services.change_draft(row, text=services.Text("x"), by=shelf.loop.quality, at=NOW)
    assert DocumentVersion.objects.get(document=row).body.startswith("## 派前")


def test_changes_are_shown_word_by_word() -> None:
    pairs = selectors.compared("a\n先联系收件人\nc", "a\n先电话联系收件人\nc\nd")
    assert [pair.kind for pair in pairs] == ["same", "changed", "same", "added"]
    assert [(part.text, part.is_changed) for part in pairs[1].new] == [
        ("先", False), ("电话", True), ("联系收件人", False),
    ]  # fmt: skip
    old = "\n".join("".join(part.text for part in pair.old) for pair in pairs if pair.old_line)
    assert old == "a\n先联系收件人\nc"


@pytest.mark.req("DOC-11")
def test_a_screen_leads_to_its_instruction(shelf: Shelf) -> None:
    shelf.in_force(screens=("delivery",))
    phone, desk = signed_in(shelf.loop.courier.user), signed_in(shelf.loop.quality)
    assert phone.get("/sop/delivery/").headers["Location"] == "/m/documents/QI-01/"
    assert desk.get("/sop/delivery/").headers["Location"] == "/documents/QI-01/"
    assert "No instruction is linked" in desk.get("/sop/claim/").content.decode()
    assert desk.get("/sop/nowhere/").status_code == 404


@pytest.mark.req("DOC-10")
def test_clauses_without_a_document_are_seen(shelf: Shelf) -> None:
    shelf.in_force(clauses=("8.5", "10.2"))
    page = signed_in(shelf.loop.quality).get("/documents/clauses/")
    clauses = {code: documents for code, _words, documents in page.context["clauses"]}
    assert [one.number for one in clauses["8.5"]] == ["QI-01"]
    assert page.context["gaps"] == len(clauses) - 2


def test_print_names_number_version_and_owner(shelf: Shelf) -> None:
    shelf.in_force()
    answer: Any = signed_in(shelf.loop.quality).get("/documents/QI-01/print/1/")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert "QI-01-v1.pdf" in answer.headers["Content-Disposition"]
    assert timezone.now() is not None


@pytest.mark.req("DOC-08")
@pytest.mark.req("DOC-09")
def test_every_process_has_steps_and_a_figure(shelf: Shelf) -> None:
    quality = signed_in(shelf.loop.quality)
    text = quality.get("/processes/").content.decode()
    assert "no figure" not in text
    page = quality.get("/processes/complaint/").content.decode()
    assert "Register, name the first responder" in page
    form = quality.get("/processes/complaint/edit/").context["form"]
    said = {name: value for name, value in form.initial.items() if value is not None}
    said |= {"owner": "courier", "metric1": "T01", "method1": "data"}
    bad = quality.post("/processes/complaint/edit/", {**said, "steps_en": "One"})
    assert bad.status_code == 422
    said.pop("metric2", None)
    answer = quality.post("/processes/complaint/edit/", said)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    assert "T01" in quality.get("/processes/complaint/").content.decode()


@pytest.mark.req("DOC-07")
@pytest.mark.req("DOC-13")
def test_the_definition_of_a_figure_is_a_versioned_document(shelf: Shelf) -> None:
    row = shelf.in_force("QD-01", level="record", category="indicator", metric="T01")
    shelf.in_force("QS-02", level="procedure", category="vehicle")
    assert selectors.of_metric("T01") == row
    page = signed_in(shelf.loop.quality).get("/documents/QD-01/").content.decode()
    assert "/kpi/T01/" in page
    only = signed_in(shelf.loop.quality).get("/documents/?category=vehicle").content.decode()
    assert "QS-02" in only
    assert "QD-01" not in only


@pytest.mark.req("OBJ-01")
@pytest.mark.req("DOC-04")
def test_the_policy_has_a_version_a_signer_and_a_day(shelf: Shelf) -> None:
    shelf.in_force("QF-01", level="manual", category="policy", title_en="Quality policy")
    loop = shelf.loop
    page = signed_in(loop.courier.user).get("/documents/QF-01/").content.decode()
    for words in ("Quality policy", "version 1", str(loop.manager), "2026", loop.leader.name):
        assert words in page


@pytest.mark.req("DOC-11")
def test_screens_show_the_way_to_their_instruction(shelf: Shelf) -> None:
    loop = shelf.loop
    paths = {
        loop.quality: ("/complaints/", "/exceptions/", "/claims/", "/three-systems/"),
        loop.leader.user: ("/scans/", "/orders/", "/placements/"),
        loop.courier.user: ("/m/pickup/-/", "/m/deliver/-/", "/m/scan/"),
    }  # fmt: skip
    for user, pages in paths.items():
        client = signed_in(user)
        for path in pages:
            assert "/sop/" in client.get(path).content.decode(), path
