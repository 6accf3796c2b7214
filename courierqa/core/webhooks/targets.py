"""Where a webhook may go: a public https address, judged by what its name resolves to.

The same check runs when the address is saved and again before each call, and the call connects
to the very address that was judged: a name that changes its mind in between gains nothing.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from courierqa.core.errors import DomainError

MAX_URL = 300
_NAME = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*\.?", re.IGNORECASE)
# Hosts that are numbers in disguise: 2130706433, 0x7f.1, 0177.0.0.1, 127.1.
_ODD_NUMBER = re.compile(r"(0x[0-9a-f]*|\d+)(\.(0x[0-9a-f]*|\d+))*\.?", re.IGNORECASE)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class BadTarget(DomainError):
    """The address may not be called."""

    code = "bad_url"
    status = 400


@dataclass(frozen=True)
class Target:
    """A judged address: what to connect to, and what to ask for there."""

    scheme: str
    host: str
    port: int
    path: str
    address: str


def check_target(url: str) -> Target:
    """Return where a URL leads, or refuse it: scheme, name, and every address behind the name."""
    if len(url) > MAX_URL or not url.isascii() or not url.isprintable() or " " in url:
        raise _refused(_("Enter an address of at most 300 plain characters"))
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise _refused(_("This is not a web address")) from error
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in _schemes() or not host:
        raise _refused(_("The address must begin with https:// and name a host"))
    if parts.username is not None or parts.password is not None:
        raise _refused(_("Take user name and password out of the address"))
    port = port or (443 if parts.scheme == "https" else 80)
    found = _addresses(host, port)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host, port, path, str(found[0]))


def _schemes() -> tuple[str, ...]:
    return ("https", "http") if settings.WEBHOOK_LOOPBACK else ("https",)


def _addresses(host: str, port: int) -> list[Address]:
    """Return the addresses of a host; one that leads inside refuses them all."""
    literal = _literal(host)
    found = [literal] if literal is not None else _resolved(host, port)
    for address in found:
        if not _is_public(address):
            raise _refused(
                _("The address leads into a private network. Enter one the internet can reach")
            )
    return found


def _literal(host: str) -> Address | None:
    """Return the address when the host is written as one; odd spellings are refused."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        pass
    if _ODD_NUMBER.fullmatch(host) or not _NAME.fullmatch(host):
        raise _refused(_("Enter the host by its name"))
    return None


def _resolved(host: str, port: int) -> list[Address]:
    try:
        rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise _refused(_("No such host: %(host)s") % {"host": host[:80]}) from error
    return [ipaddress.ip_address(str(row[4][0]).partition("%")[0]) for row in rows]


def _is_public(address: Address) -> bool:
    """Look through addresses that carry another one inside (mapped, 6to4, NAT64)."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is None and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return _is_public(inner)
    if settings.WEBHOOK_LOOPBACK and address.is_loopback:
        return True
    return address.is_global and not address.is_multicast


def _refused(why: str) -> BadTarget:
    return BadTarget(why, field="url")
