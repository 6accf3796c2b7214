"""The demo's people: the printed logins are enough to bring a parcel from hand to hand."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest

from complaints.models import Case
from courierqa.demo import loops, people, proving, reviews
from courierqa.demo.cases import Desk, Trouble
from courierqa.demo.people import Cast
from quality.models import Cause
from staff.models import Site, User
from tests.factories import shipments as make

START = datetime(2026, 9, 1, tzinfo=UTC)


@pytest.mark.django_db
def test_printed_logins_reach_from_a_station_over_its_hub_to_the_next(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    cast = Cast()
    people.build_sites(cast)
    password = people.build_people(cast, random.Random(7), since=date(2026, 9, 1), at=START)

    lines = people.write_logins(cast, password).read_text(encoding="utf-8").splitlines()[1:]

    shown = [tuple(line.split(maxsplit=4)) for line in lines]
    assert {(role, site) for role, _login, _word, site, _name in shown} >= {
        ("courier", "HZ-01"), ("supervisor", "HZ-01"), ("supervisor", "HZ-H1"),
        ("supervisor", "HZ-02"), ("courier", "HZ-02"),
    }  # fmt: skip
    assert {word for _role, _login, word, _site, _name in shown} == {password}
    assert Site.objects.get(code="HZ-02").hub == Site.objects.get(code="HZ-H1")
    for role, login, word, site, _name in shown:
        user = User.objects.get(username=login)
        assert user.check_password(word)
        assert (user.grants.get().role, user.employee.site.code) == (role, site)


@pytest.mark.django_db
def test_the_causes_that_are_told_of_exist():
    told = {tale.cause for tale in (*loops.TALES, proving.TALE)} | {
        row[-1] for row in reviews.MONTHS
    }

    assert told <= set(Cause.objects.exclude(parent=None).values_list("code", flat=True))


def test_a_programme_is_told_where_the_crisis_ended_or_surveys_can_judge_it():
    today = date(2026, 11, 27)
    long = list(proving.spans(date(2025, 6, 6), today))
    two_months = list(proving.spans(date(2026, 9, 29), today))

    assert min(start for start, _end in long) == date(2026, 6, 24)
    assert sorted({start for start, _end in long})[1] == date(2026, 10, 9)
    assert min(start for start, _end in two_months) == date(2026, 10, 13)
    assert max(end for _start, end in [*long, *two_months]) <= today
    assert not list(proving.spans(date(2026, 11, 14), today))


@pytest.mark.django_db
def test_no_complaint_stays_open_for_ever(settings, tmp_path):
    """Overlooked ones are found late, and those taken up again are answered once more."""
    settings.VAR_DIR = tmp_path
    cast = Cast()
    people.build_sites(cast)
    people.build_people(cast, random.Random(5), since=date(2026, 9, 1), at=START)
    # With this chance one of them is overlooked, and one customer is not content.
    desk = Desk(cast, random.Random(2), now=datetime(2027, 3, 1, 8, tzinfo=UTC))
    ways = {"origin": cast.sites["HZ-01"], "destination": cast.sites["HZ-02"]}
    for day, parcel in enumerate([make.order(**ways) for _parcel in range(14)]):
        desk.handle(Trouble(parcel, "rude-courier", START + timedelta(days=day), None))

    cases = Case.objects.order_by("pk")

    assert {case.status for case in cases} == {"closed"}
    assert [case for case in cases if case.reopened]
    assert [case for case in cases if case.first_told_at > case.legal_due_at]
