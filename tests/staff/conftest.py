"""What the tests of people share."""

from __future__ import annotations

import re

from django.http import HttpResponse

TOKEN = re.compile(rb'(csrfmiddlewaretoken" value="|X-CSRFToken": ")[^"]+')


def body_of(response: HttpResponse) -> bytes:
    """Return a page without what differs at every request: its number, its address, its token."""
    body = response.content.replace(response["X-Request-ID"].encode(), b"")
    path = response.wsgi_request.get_full_path().encode()
    return TOKEN.sub(b"", body.replace(path, b""))
