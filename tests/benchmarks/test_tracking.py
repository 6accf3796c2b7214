"""The public tracking page against a bare Django page with one query, on the same server code.

Both go through the whole application as a server calls it; the ratio is of processor time, which
a busy machine does not change. A page is kept for a minute and made anew after each scan.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.signals import request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections

from shipments.models import TrackLookup
from tests.factories import shipments as make

pytestmark = [pytest.mark.bench, pytest.mark.django_db]
PAGES = 60


@pytest.fixture
def _one_connection():
    """Keep the test's transaction: a server would look at its connection before each request."""
    request_started.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)


def caller(path: str) -> Callable[[], object]:
    """Return a function that asks the application for one page, as a server would."""
    application = get_wsgi_application()

    def ask() -> None:
        codes: list[str] = []
        environ = {
            "REQUEST_METHOD": "GET", "PATH_INFO": path, "SERVER_NAME": "localhost",
            "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(), "wsgi.errors": io.StringIO(), "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "localhost", "HTTP_ACCEPT_LANGUAGE": "zh-CN",
        }  # fmt: skip
        body = application(environ, lambda status, headers, *more: codes.append(status))
        b"".join(body)
        assert codes == ["200 OK"]

    return ask


def seconds(ask: Callable[[], object], *, times: int = 7) -> float:
    """Return the best time of a bundle of pages; the hour's counter starts anew each time."""
    taken = []
    for _turn in range(times):
        TrackLookup.objects.all().delete()
        began = time.process_time()
        for _page in range(PAGES // 2):
            ask()
        taken.append(time.process_time() - began)
    return min(taken)


@pytest.mark.usefixtures("_one_connection")
def test_tracking_is_at_least_half_as_fast_as_a_bare_page(cast, settings):
    settings.ROOT_URLCONF = "tests.benchmarks.bare_urls"
    parcel = make.accept(make.order(origin=cast.station, destination=cast.neighbour))
    for hours in range(1, 9):
        at = make.MONDAY + timedelta(hours=hours)
        make.tell(make.scan(parcel, "ARR", at, site_id=cast.hub.pk))
    bare, track = caller(f"/bare/{parcel.waybill}/"), caller(f"/track/{parcel.waybill}/")
    bare()
    track()

    one = seconds(bare)
    kept, fresh = one / seconds(track), one / seconds(lambda: (cache.clear(), track()))

    print(f"\ntracking: {kept:.0%} of a bare page with one query; {fresh:.0%} after a new scan")
    assert kept >= 0.5
    assert fresh >= 0.05
