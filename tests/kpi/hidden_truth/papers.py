"""Devices and licences with known answers: which evenings each was needed, and valid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from complaints.models import Case
from courierqa.core import privacy
from quality.services import things
from quality.services.things import person_requests
from shipments.services import keep_instrument
from staff.models import Employee
from tests.factories import shipments as make
from tests.factories import things as thing
from tests.kpi.hidden_truth.answers import Answer
from tests.kpi.hidden_truth.deeds import TINY
from tests.kpi.hidden_truth.lives import CHINA, NOW, end_of
from tests.kpi.hidden_truth.loops import Told, people_of
from tests.quality.conftest import Loop

HERE, THERE = "HZ-02", "HZ-01"
FOREVER = date(2027, 6, 1)
LAST = NOW.day - 1


def papers(sites: dict[str, Any]) -> Iterator[Told]:
    """Keep devices and licences of one place and the company in March."""
    people = people_of(sites[HERE], sites["hub"])
    yield HERE, "", [*_recalibrated(people), *_moved(people, sites), *_put_right(people)]
    yield HERE, "", [*_renewed(people), *_of_a_person(people)]
    thing.licence(by=people.quality, at=_at(2), expires_on=None)
    yield "", "", list(_evenings("F04", 2, LAST, valid=range(2, LAST + 1)))


def requests(sites: dict[str, Any]) -> Iterator[Told]:
    """Fifteen working days from Monday the 2nd end on the 23rd: in time, late, never, and later."""
    by = people_of(sites[HERE], sites["hub"]).quality
    due, said = end_of(_at(23)), []
    for at in (due, due + TINY, None):
        row = _asked(by)
        if at is not None:
            person_requests.answer_request(row, answer_kind="done", answer="已告知", by=by, at=at)
        said.append(Answer("X04", due, at == due))
    # Two evenings of waiting for proof put it off to the 25th.
    row = person_requests.ask_proof(_asked(by), by=by, at=_at(3))
    row = person_requests.note_proof(row, by=by, at=_at(5))
    person_requests.answer_request(row, answer_kind="nothing", answer="无", by=by, at=_at(25))
    # Who asks is not known yet: nothing is due. The last one is due after the story.
    person_requests.ask_proof(_asked(by), by=by, at=_at(3))
    later = person_requests.Asked("copy", "王芳", "13900000001", "复制", _at(16))
    person_requests.take_request(later, by=by, at=_at(16))
    # Easter is none, Tomb Sweeping Day is: Monday 6 April is free.
    yield (
        "",
        "",
        [
            *said,
            Answer("X04", end_of(_at(25)), hit=True),
            Answer("X04", end_of(datetime(2026, 4, 7, tzinfo=CHINA)), hit=False),
        ],
    )


def _asked(by: Any) -> Any:
    asked = person_requests.Asked("see", "王芳", "13900000001", "查询", _at(2))
    return person_requests.take_request(asked, by=by, at=_at(2))


def views(parcels: Sequence[Any], sites: dict[str, Any]) -> Iterator[Told]:
    """Whoever owns a case looks for it and for none; a stranger looks for that case."""
    mine = Case.objects.exclude(owner=None).order_by("pk").first()
    assert mine is not None, "somebody handles a case"
    viewer, stranger = mine.owner, make.user("agent")
    at, said = _at(10), []
    looks = ((viewer, mine.number, True), (stranger, mine.number, False), (viewer, "", False))
    for actor, ref, tied in looks:
        privacy.reveal(parcels[0], ["sender_phone"], actor=actor, reason="核实", case_ref=ref,
                       request=None, at=at)  # fmt: skip
        said.append(Answer("X02", at, tied))
    person = Employee.objects.order_by("pk")[0]
    privacy.reveal(person, ["phone"], actor=viewer, reason="核实", is_of_staff=True, request=None,
                   at=at)  # fmt: skip
    here = getattr(getattr(viewer, "employee", None), "site_id", None)
    place = next((name for name, row in sites.items() if row.pk == here), "")
    yield place, "", [*said, Answer("X02", at, hit=False, out=True)]


def _at(day: int) -> datetime:
    return datetime(2026, 3, day, 10, tzinfo=CHINA)


def _evenings(code: str, first: int, last: int, valid: range, place: str = "") -> Iterator[Answer]:
    """Say of each evening of March from one day to another whether the thing was valid."""
    for day in range(first, last + 1):
        yield Answer(code, end_of(_at(day)), day in valid, place=place)


def _scale(code: str, site: Any, until: date, at: datetime, pk: int | None = None, **more: Any):
    fields = {"code": code, "name": "电子秤", "kind": "scale", "site": site, "certificate": "",
              "calibrated_on": date(2026, 1, 5), "valid_until": until, "is_active": True,
              **more}  # fmt: skip
    return keep_instrument(fields=fields, pk=pk, at=at, actor=None).pk


def _recalibrated(people: Loop) -> Iterator[Answer]:
    """Ended on the 10th, calibrated on the 16th, written down on the 20th."""
    pk = _scale("P-1", people.site, date(2026, 3, 10), _at(2))
    _scale("P-1", people.site, FOREVER, _at(20), pk, calibrated_on=date(2026, 3, 16))
    yield from _evenings("F03", 2, 15, valid=range(2, 11))
    yield from _evenings("F03", 16, LAST, valid=range(16, LAST + 1))


def _moved(people: Loop, sites: dict[str, Any]) -> Iterator[Answer]:
    """Put away on the 12th, used again elsewhere from the 20th on."""
    pk = _scale("P-2", people.site, FOREVER, _at(2))
    _scale("P-2", people.site, FOREVER, _at(12), pk, is_active=False)
    _scale("P-2", sites[THERE], FOREVER, _at(20), pk)
    yield from _evenings("F03", 2, 11, valid=range(2, 12))
    yield from _evenings("F03", 20, LAST, valid=range(20, LAST + 1), place=THERE)


def _put_right(people: Loop) -> Iterator[Answer]:
    """A year typed wrongly: the calibration had ended on the 15th."""
    pk = _scale("P-3", people.site, FOREVER, _at(3))
    _scale("P-3", people.site, date(2026, 3, 15), _at(18), pk)
    yield from _evenings("F03", 3, LAST, valid=range(3, 16))


def _renewed(people: Loop) -> Iterator[Answer]:
    """Ended on the 8th although the renewal was applied for; issued on the 12th."""
    row = thing.licence(by=people.quality, at=_at(4), expires_on=date(2026, 3, 8),
                        site=people.site)  # fmt: skip
    things.apply_renewal(row, on=date(2026, 3, 5), by=people.quality, at=_at(5))
    term = things.LicenceTermInput("L-2", date(2026, 3, 12), FOREVER)
    things.renew_licence(row, term=term, by=people.quality, at=_at(25))
    yield from _evenings("F04", 4, 11, valid=range(4, 9))
    yield from _evenings("F04", 12, LAST, valid=range(12, LAST + 1))


def _of_a_person(people: Loop) -> Iterator[Answer]:
    """Ended on the 14th, taken off the register on the 20th."""
    row = thing.licence(by=people.quality, at=_at(6), expires_on=date(2026, 3, 14),
                        holder=people.courier)  # fmt: skip
    things.retire_licence(row, reason="不再需要", by=people.quality, at=_at(20))
    yield from _evenings("F04", 6, 19, valid=range(6, 15))
