"""One signed POST to one judged address: no redirect, no proxy, bounded in time and size."""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from courierqa.core.webhooks.targets import Target, check_target

CONNECT_SECONDS = 5
ANSWER_SECONDS = 10
MAX_ANSWER = 16 * 1024


class CallFailed(Exception):
    """The receiver did not take it; `code` is stable, `status` its answer or None."""

    def __init__(self, code: str, status: int | None = None) -> None:
        super().__init__(code)
        self.code, self.status = code, status


@dataclass(frozen=True)
class Answer:
    """What came back: any 2xx; milliseconds from connecting to the end of the answer."""

    status: int
    milliseconds: int


def post(url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Send the body; raise BadTarget for an address that may not be called, else CallFailed."""
    target = check_target(url)
    began = time.monotonic()
    try:
        status = _ask(target, body, headers)
    except (OSError, http.client.HTTPException) as error:
        raise CallFailed(_code_of(error)) from error
    if 300 <= status < 400:
        # Following would lead past the check of the address.
        raise CallFailed("redirect", status)
    if not 200 <= status < 300:
        raise CallFailed("refused", status)
    return Answer(status, int((time.monotonic() - began) * 1000))


def _ask(target: Target, body: bytes, headers: Mapping[str, str]) -> int:
    connection = _Pinned(target)
    try:
        connection.request("POST", target.path, body=body, headers=dict(headers))
        answer = connection.getresponse()
        answer.read(MAX_ANSWER)
        return answer.status
    finally:
        connection.close()


class _Pinned(http.client.HTTPConnection):
    """Connects to the judged address, whatever the name resolves to by now."""

    def __init__(self, target: Target) -> None:
        super().__init__(target.host, target.port, timeout=ANSWER_SECONDS)
        self.target = target
        # The Host header must not carry the usual port.
        self.default_port = 443 if target.scheme == "https" else 80

    def connect(self) -> None:
        plain = socket.create_connection((self.target.address, self.target.port), CONNECT_SECONDS)
        plain.settimeout(ANSWER_SECONDS)
        self.sock: Any = plain
        if self.target.scheme == "https":
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(plain, server_hostname=self.target.host)


def _code_of(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "timeout"
    if isinstance(error, ssl.SSLError):
        return "tls"
    if isinstance(error, ConnectionRefusedError):
        return "unreachable"
    return "broken_answer" if isinstance(error, http.client.HTTPException) else "network"
