"""The case library and the search beside a case."""

from __future__ import annotations

import pytest
from django.urls import reverse

from complaints.enums import LibraryStatus, Status
from complaints.models import Case, LibraryEntry
from complaints.services import examples
from complaints.services.examples import Example, NamesSomebody
from courierqa.core.errors import IllegalTransition, NotAllowed
from tests.factories.complaints import AT, open_case

pytestmark = pytest.mark.django_db
TOLD = Example(
    title="未经同意投柜", story="快递员未打电话，直接投入快件箱，客户次日才知道。",
    cause="末端未征得同意", action="道歉并重新上门", lesson="投柜前必须电话征得同意",
)  # fmt: skip


@pytest.fixture
def closed(team, parcel):
    case = open_case(by=team.ana, parcel=parcel, name="何美", reason="locker-no-consent")
    Case.objects.filter(pk=case.pk).update(status=Status.CLOSED, closed_at=AT)
    case.refresh_from_db()
    return case


@pytest.mark.req("CMP-10")
def test_an_example_is_published_by_a_second_person_and_read_by_all(as_role, closed, team):
    entry = examples.propose_example(case=closed, told=TOLD, by=team.ana, at=AT)
    url = reverse("complaints:example", args=[entry.pk])
    courier = as_role("courier")

    assert courier.get(url).status_code == 404
    assert TOLD.title not in courier.get(reverse("complaints:examples")).content.decode()
    with pytest.raises(NotAllowed):
        examples.review_example(entry=entry, publish=True, note="", by=team.ana, at=AT)
    assert as_role("quality").post(url, {"verb": "publish"}).status_code == 302
    seen = courier.get(url).content.decode()
    assert TOLD.lesson in seen
    assert closed.number not in seen
    assert TOLD.title in courier.get("/library/", {"q": "投柜"}).content.decode()


@pytest.mark.parametrize(
    "story",
    ["何美说没接到电话", "电话 139 0000 0042 打不通", "运单 YT88 9012 3456 789", "见 {number}",
     "拨打 13812345678"],
)  # fmt: skip
def test_an_example_names_nobody(closed, team, story):
    told = Example(**{**vars(TOLD), "story": story.format(number=closed.number)})

    with pytest.raises(NamesSomebody) as wrong:
        examples.propose_example(case=closed, told=told, by=team.ana, at=AT)
    assert wrong.value.field == "story"
    assert not LibraryEntry.objects.exists()


def test_only_closed_cases_become_examples_and_a_returned_one_is_told_anew(as_role, closed, team):
    opened = open_case(by=team.ana)
    with pytest.raises(IllegalTransition):
        examples.propose_example(case=opened, told=TOLD, by=team.ana, at=AT)

    entry = examples.propose_example(case=closed, told=TOLD, by=team.ana, at=AT)
    examples.review_example(entry=entry, publish=False, note="写清做法", by=team.lea, at=AT)
    again = examples.propose_example(case=closed, told=TOLD, by=team.ben, at=AT)
    examples.review_example(entry=again, publish=True, note="", by=team.ana, at=AT)
    examples.withdraw_example(entry=again, why="规则已变", by=team.lea, at=AT)

    assert entry.pk == again.pk
    assert LibraryEntry.objects.get().status == LibraryStatus.WITHDRAWN
    page = as_role("agent").get(reverse("complaints:case_example", args=[opened.number]))
    assert page.status_code == 404


@pytest.mark.req("CUS-11", "CMP-23")
def test_answers_and_examples_are_found_beside_a_case(as_role, closed, team):
    entry = examples.propose_example(case=closed, told=TOLD, by=team.ana, at=AT)
    examples.review_example(entry=entry, publish=True, note="", by=team.lea, at=AT)
    client, url = as_role("agent"), reverse("complaints:case_knowledge", args=[closed.number])

    alike = client.get(url).content.decode()
    asked = client.get(url, {"q": "怎么赔偿"})
    nothing = client.get(url, {"q": "qqqq"})

    assert TOLD.title in alike
    assert asked.context["hits"]
    assert not nothing.context["hits"]
    assert as_role("hr").get(url).status_code == 403
