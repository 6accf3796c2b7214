"""The next version of a checklist: worked on, compared with the one in force, approved or not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from courierqa.core.errors import DomainError, NotAllowed
from courierqa.core.models import Message
from quality.models import Checklist, ChecklistLine, ChecklistVersion, Inspection, Norm
from quality.selectors.inspections import versions
from quality.services import inspections as services
from tests.quality.conftest import NOW, Loop, worker
from tests.quality.inspecting import inspected, visit
from tests.quality.test_pages import queries, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.req("INS-10")]
URL = "/checklists/vehicles/"
NEW = services.PointText("vehicle", "车门密封", "Doors tight", "inspection", "week")
FORM = {"area": "vehicle", "text": "车门密封", "text_en": "Doors tight", "method": "inspection",
        "every": "week"}  # fmt: skip


def begun(loop: Loop) -> ChecklistVersion:
    return services.new_draft(Checklist.objects.get(code="vehicles"), by=loop.quality, at=NOW)


def added(loop: Loop, draft: ChecklistVersion, **other: Any) -> ChecklistLine:
    return services.save_point(draft, point=replace(NEW, **other), by=loop.quality, at=NOW)


def submitted(loop: Loop) -> ChecklistVersion:
    draft = begun(loop)
    added(loop, draft)
    services.submit_checklist(draft, by=loop.quality, at=NOW)
    return draft


def decide(draft: ChecklistVersion, by: Any, *, approve: bool = True, note: str = "") -> str:
    asked = versions.asked_for(draft)
    assert asked is not None
    row = services.decide_checklist(
        draft, approve=approve, note=note, seen=asked.fingerprint, by=by, at=NOW
    )
    return row.state


def positions(draft: ChecklistVersion) -> list[tuple[int, str]]:
    return list(draft.lines.order_by("position").values_list("position", "text_en"))


def kinds(draft: ChecklistVersion) -> dict[str, list[str]]:
    """Return what the comparison with the version in force finds: kind → points in English."""
    found: dict[str, list[str]] = {}
    for one in versions.points_compared(versions.present_of(draft), draft):
        row = one.new or one.old
        assert row is not None
        found.setdefault(one.kind, []).append(row.text_en)
    return found


def test_points_of_a_draft_are_added_moved_and_taken_out_by_buttons(loop: Loop) -> None:
    draft = begun(loop)
    names = [name for _place, name in positions(draft)]
    page = signed_in(loop.quality)
    assert page.post(f"{URL}points/new/", FORM).headers["Location"] == f"{URL}draft/"
    line = {name: pk for pk, name in draft.lines.values_list("pk", "text_en")}

    for verb, name in (("up", "Doors tight"), ("drop", names[0]), ("down", names[1])):
        answer = page.post(f"{URL}draft/", {"verb": verb, "point": line[name]})
        assert answer.status_code == 302
    page.post(f"{URL}draft/", {"verb": "up", "point": line[names[2]]})

    want = [names[2], names[1], *names[3:-1], "Doors tight", names[-1]]
    assert positions(draft) == list(enumerate(want, start=1)), "the ends stay, no gap is left"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"verb": "drop", "point": "0"}, "This point is no longer in the draft"),
        ({"verb": "up", "point": "x" * 90}, "This point is no longer in the draft"),
        ({"verb": "down", "point": "9" * 40}, "This point is no longer in the draft"),
        ({"verb": "burn", "point": "1"}, "This cannot be done now"),
        ({}, "This cannot be done now"),
    ],
)
def test_a_button_about_a_point_that_is_gone_is_answered(
    loop: Loop, said: dict[str, str], told: str
) -> None:
    draft = begun(loop)
    before = positions(draft)
    answer = signed_in(loop.quality).post(f"{URL}draft/", said, follow=True)
    assert told in answer.content.decode()
    assert positions(draft) == before


def test_a_point_of_another_version_is_not_touched_through_the_draft(loop: Loop) -> None:
    draft = begun(loop)
    present = versions.present_of(draft)
    assert present is not None
    other = present.lines.all()[0]
    for deed in (
        lambda: services.drop_point(draft, line=other.pk, by=loop.quality, at=NOW),
        lambda: services.move_point(draft, line=other.pk, up=False, by=loop.quality, at=NOW),
        lambda: services.save_point(draft, line=other.pk, point=NEW, by=loop.quality, at=NOW),
    ):
        with pytest.raises(DomainError) as refused:
            deed()
        assert refused.value.code == "gone"


def test_the_comparison_names_added_changed_moved_and_taken_out_points(loop: Loop) -> None:
    draft = begun(loop)
    rows = list(draft.lines.order_by("position"))
    assert set(kinds(draft)) == {"same"}
    added(loop, draft)
    services.drop_point(draft, line=rows[1].pk, by=loop.quality, at=NOW)
    services.move_point(draft, line=rows[3].pk, up=True, by=loop.quality, at=NOW)
    chip = rows[5]
    services.save_point(
        draft, line=chip.pk, by=loop.quality, at=NOW,
        point=services.PointText(chip.area, chip.text, chip.text_en, chip.method, chip.every,
                                 limit="≤ 9 cm²", limit_en="≤ 9 cm²", norm=Norm.objects.first()),
    )  # fmt: skip

    found = kinds(draft)
    assert found["added"] == ["Doors tight"]
    assert found["removed"] == [rows[1].text_en]
    assert found["changed"] == [chip.text_en]
    assert len(found["moved"]) == 1
    assert set(found["moved"]) <= {rows[2].text_en, rows[3].text_en}
    page = signed_in(loop.manager).get(f"{URL}compare/").content.decode()
    for words in ("Added", "Taken out", "Changed", "Moved", "<ins>Doors tight</ins>",
                  f"<del>{rows[1].text_en}</del>"):  # fmt: skip
        assert words in page
    assert rows[7].text_en not in page
    whole = signed_in(loop.manager).get(f"{URL}compare/?points=all").content.decode()
    assert rows[7].text_en in whole


@pytest.mark.parametrize(
    ("text", "text_en", "kind"),
    [
        ("车厢内部干净整洁无异味", "Clean, tidy and no smell", "changed"),
        ("司机持有效证件", "Driver carries a valid licence", "added"),
    ],
)
def test_a_reworded_point_is_beside_its_old_words_and_another_one_is_new(
    loop: Loop, text: str, text_en: str, kind: str
) -> None:
    draft = begun(loop)
    row = draft.lines.order_by("position")[2]
    present = versions.present_of(draft)
    assert present is not None
    for one in (row, present.lines.order_by("position")[2]):
        ChecklistLine.objects.filter(pk=one.pk).update(text="车厢内部干净整洁", text_en="Clean")
    services.save_point(
        draft, line=row.pk, point=replace(NEW, text=text, text_en=text_en), by=loop.quality, at=NOW
    )
    assert kinds(draft)[kind] == [text_en]
    assert ("removed" in kinds(draft)) == (kind == "added")


def test_a_version_waits_unchanged_until_another_person_decides(loop: Loop) -> None:
    draft = submitted(loop)
    with pytest.raises(DomainError) as refused:
        added(loop, draft, text="车灯", text_en="Lights")
    assert refused.value.code == "waiting"
    with pytest.raises(NotAllowed):
        decide(draft, loop.quality)
    assert decide(draft, loop.manager) == "approved"
    with pytest.raises(DomainError) as refused:
        decide(draft, loop.manager)
    assert refused.value.code == "wrong_step"


def test_whoever_changed_a_point_of_somebody_elses_draft_does_not_approve_it(loop: Loop) -> None:
    draft = begun(loop)
    services.save_point(draft, point=NEW, by=loop.manager, at=NOW)
    other = worker("manager", loop.site).user
    services.submit_checklist(draft, by=loop.quality, at=NOW)
    with pytest.raises(NotAllowed) as refused:
        decide(draft, loop.manager)
    assert refused.value.code == "own_work"
    page = signed_in(loop.manager).get(f"{URL}compare/").content.decode()
    assert 'value="decide"' not in page
    assert "You wrote some of this version: somebody else decides" in page
    asked = versions.waiting(draft)
    assert asked is not None
    status, text = answered(
        signed_in(loop.manager), outcome="yes", note="同意", seen=asked.fingerprint
    )
    assert (status, "Somebody else must approve it: you wrote this version" in text) == (422, True)
    assert "同意" in text, "what was typed stays"
    assert decide(draft, other) == "approved"


def test_where_all_managers_wrote_of_it_another_of_quality_management_decides(loop: Loop) -> None:
    draft = begun(loop)
    services.save_point(draft, point=NEW, by=loop.manager, at=NOW)
    with pytest.raises(DomainError) as refused:
        services.submit_checklist(draft, by=loop.quality, at=NOW)
    assert refused.value.code == "nobody_left"
    other = worker("quality", loop.site).user
    services.submit_checklist(draft, by=loop.quality, at=NOW)
    assert decide(draft, other) == "approved"


def reworded(page: Client, line: ChecklistLine, seen: str, **said: str) -> tuple[int, str]:
    url = f"{URL}points/{line.pk}/"
    answer = page.post(url, {**FORM, "seen": seen, **said}, follow=True)
    return answer.status_code, answer.content.decode()


def test_two_people_at_one_point_do_not_lose_each_others_words(loop: Loop) -> None:
    draft = begun(loop)
    line = draft.lines.order_by("position")[0]
    first, second = signed_in(loop.quality), signed_in(loop.manager)
    seen = versions.mark_of(line)
    assert seen in first.get(f"{URL}points/{line.pk}/").content.decode()

    services.move_point(draft, line=line.pk, up=False, by=loop.manager, at=NOW)
    assert reworded(first, line, seen)[0] == 200, "another place is no other wording"
    status, text = reworded(second, line, seen, text="车门", text_en="Doors shut")
    assert (status, "it now says: Doors tight" in text, "Doors shut" in text) == (422, True, True)
    line.refresh_from_db()
    assert line.text_en == "Doors tight"

    services.drop_point(draft, line=line.pk, by=loop.quality, at=NOW)
    status, text = reworded(second, line, versions.mark_of(line), text_en="Doors shut")
    assert (status, "no longer in the draft" in text, "Doors shut" in text) == (422, True, True)
    assert second.get(f"{URL}points/{line.pk}/").status_code == 404


def test_a_page_left_open_while_the_draft_was_approved_says_so(loop: Loop) -> None:
    draft = submitted(loop)
    line = draft.lines.all()[0]
    decide(draft, loop.manager)
    page, before = signed_in(loop.quality), versions.contents(draft)
    for url, said in ((f"{URL}draft/", {"verb": "drop", "point": str(line.pk)}),
                      (f"{URL}points/{line.pk}/", FORM), (f"{URL}points/new/", FORM)):  # fmt: skip
        answer = page.post(url, said, follow=True).content.decode()
        assert "There is no draft any more: look at what changed" in answer
    assert versions.contents(draft) == before
    assert page.get(f"{URL}draft/").status_code == 404


def test_what_nothing_differs_in_or_has_no_point_is_not_submitted(loop: Loop) -> None:
    draft = begun(loop)
    with pytest.raises(DomainError) as refused:
        services.submit_checklist(draft, by=loop.quality, at=NOW)
    assert refused.value.code == "same"
    for pk in draft.lines.values_list("pk", flat=True):
        services.drop_point(draft, line=pk, by=loop.quality, at=NOW)
    with pytest.raises(DomainError) as refused:
        services.submit_checklist(draft, by=loop.quality, at=NOW)
    assert refused.value.code == "empty"
    answer = signed_in(loop.quality).post(f"{URL}compare/", {"verb": "submit"})
    assert (answer.status_code, "at least one point" in answer.content.decode()) == (422, True)


def answered(page: Client, **said: str) -> tuple[int, str]:
    answer = page.post(f"{URL}compare/", {"verb": "decide", **said})
    return answer.status_code, answer.content.decode()


def test_it_is_sent_back_with_a_reason_worked_on_and_asked_for_again(loop: Loop) -> None:
    draft = submitted(loop)
    quality, manager = signed_in(loop.quality), signed_in(loop.manager)
    asked = versions.waiting(draft)
    assert asked is not None
    status, text = answered(manager, outcome="no", seen=asked.fingerprint)
    assert (status, "Fill this in" in text) == (422, True)
    status, text = answered(manager, outcome="maybe", note="第三条不清楚", seen=asked.fingerprint)
    assert (status, "第三条不清楚" in text) == (422, True)
    assert answered(manager, outcome="no", note="第三条不清楚", seen=asked.fingerprint)[0] == 302

    assert "第三条不清楚" in quality.get(f"{URL}draft/").content.decode()
    told = Message.objects.get(key__startswith="checklist-back-")
    assert (told.recipient_user, "第三条不清楚" in told.body) == (loop.quality, True)
    added(loop, draft, text="车灯完好", text_en="Lights work")
    assert quality.post(f"{URL}compare/", {"verb": "submit"}).status_code == 302
    status, text = answered(manager, outcome="yes", seen=asked.fingerprint)
    assert (status, "open it anew" in text) == (422, True), "what was compared is approved"
    assert decide(draft, loop.manager) == "approved"


def test_a_request_is_taken_back_and_the_draft_is_worked_on_again(loop: Loop) -> None:
    draft = submitted(loop)
    page = signed_in(loop.quality)
    assert "Take it back to the draft" in page.get(f"{URL}compare/").content.decode()
    assert page.post(f"{URL}compare/", {"verb": "take_back"}).status_code == 302
    assert versions.waiting(draft) is None
    added(loop, draft, text="车灯完好", text_en="Lights work")


def test_an_inspection_under_way_keeps_its_version(loop: Loop) -> None:
    before = inspected(loop, code="vehicles")
    under_way = visit(loop, code="vehicles")
    draft = submitted(loop)
    decide(draft, loop.manager)

    kept, _is_new = services.record_inspection(under_way, by=loop.leader.user, at=NOW)
    before.refresh_from_db()
    row = Inspection.objects.get(pk=kept.pk)
    assert row.version == before.version != draft
    assert (row.version.state, row.lines.count(), draft.lines.count()) == ("replaced", 8, 9)
    assert (
        "Doors tight"
        not in signed_in(loop.quality).get(f"/inspections/{row.uid}/").content.decode()
    )


def test_readers_compare_earlier_versions_and_decide_nothing(loop: Loop) -> None:
    decide(submitted(loop), loop.manager)
    reader = signed_in(loop.leader.user)
    page = reader.get(f"{URL}compare/").content.decode()
    assert "<ins>Doors tight</ins>" in page
    assert 'name="verb"' not in page
    back = reader.get(f"{URL}compare/?old=3&new=2").content.decode()
    assert "<del>Doors tight</del>" in back
    for wrong in ("?old=99", "?new=x", "?new=-1", "?old=²"):
        assert reader.get(f"{URL}compare/{wrong}").status_code == 404
    assert reader.get(f"{URL}draft/").status_code in (403, 404)
    assert reader.post(f"{URL}compare/", {"verb": "submit"}).status_code == 403


def test_pages_ask_the_same_number_of_questions_however_many_points(loop: Loop) -> None:
    draft = begun(loop)
    added(loop, draft)
    page = signed_in(loop.quality)
    few = [queries(page, f"{URL}{name}/?points=all") for name in ("draft", "compare")]
    for n in range(30):
        added(loop, draft, text=f"第{n}项检查", text_en=f"Look {n}", norm=Norm.objects.first())
    assert [queries(page, f"{URL}{name}/?points=all") for name in ("draft", "compare")] == few


def test_the_first_version_of_a_list_is_all_new(loop: Loop) -> None:
    row = Checklist.objects.create(code="fresh", name="新表", name_en="Fresh")
    page = signed_in(loop.quality)
    assert page.get("/checklists/fresh/compare/").status_code == 404
    draft = services.new_draft(row, by=loop.quality, at=NOW)
    assert "No point yet" in page.get("/checklists/fresh/draft/").content.decode()
    added(loop, draft)
    assert "<ins>Doors tight</ins>" in page.get("/checklists/fresh/compare/").content.decode()
    services.submit_checklist(draft, by=loop.quality, at=NOW)
    assert decide(draft, loop.manager) == "approved"
