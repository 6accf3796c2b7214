"""Data keys per class and month, and values sealed with them."""

from __future__ import annotations

import base64
import os
import secrets
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.utils import timezone

DESTROYED = "█"


class Tampered(ValueError):
    """An encrypted value was moved from another row, or forged."""


class Sealed(str):
    """A value still encrypted: what queries return; it never shows its content."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "Sealed(…)"


def _master() -> AESGCM:
    return AESGCM(base64.b64decode(settings.FIELD_MASTER_KEY))


def _wrap_aad(data_class: str, month: str) -> bytes:
    return f"datakey|{data_class}|{month}".encode()


@lru_cache(maxsize=512)
def _open_key(key_id: int) -> bytes | None:
    """Return the data key, or None when it was destroyed."""
    row = apps.get_model("core", "DataKey").objects.get(pk=key_id)
    if row.destroyed_at or not row.wrapped:
        return None
    raw = base64.b64decode(row.wrapped)
    return _master().decrypt(raw[:12], raw[12:], _wrap_aad(row.data_class, row.month))


_current_ids: dict[tuple[str, str], int] = {}
# Keys made by this process whose transaction may still be rolled back.
_uncommitted: set[int] = set()


def current_key_id(data_class: str, month: str) -> int:
    """Return the key that writes now, made when it is missing.

    Remembered only once it is committed; its id is random, so that the id of a key that was
    rolled back never comes to mean another key. A key found that was not made here is committed.
    """
    named = (data_class, month)
    if named not in _current_ids:
        row, made = apps.get_model("core", "DataKey").objects.get_or_create(
            data_class=data_class,
            month=month,
            defaults={"pk": secrets.randbits(62), "wrapped": _new_key(data_class, month)},
        )
        if made:
            _uncommitted.add(row.pk)
            transaction.on_commit(lambda: _current_ids.update({named: row.pk}))
        elif row.pk not in _uncommitted:
            _current_ids[named] = row.pk
        return row.pk
    return _current_ids[named]


def _new_key(data_class: str, month: str) -> str:
    nonce = os.urandom(12)
    sealed = _master().encrypt(nonce, os.urandom(32), _wrap_aad(data_class, month))
    return base64.b64encode(nonce + sealed).decode()


def forget_keys() -> None:
    """Drop cached data keys; call after destroying one, and between test databases."""
    _open_key.cache_clear()
    _current_ids.clear()


def seal(plain: str, *, data_class: str, aad: str, month: str = "") -> Sealed:
    """Encrypt `plain` under the key of this month, bound to `aad` (table|column|row)."""
    key_id = current_key_id(data_class, month or timezone.now().strftime("%Y-%m"))
    key = _open_key(key_id)
    if key is None:
        raise RuntimeError(f"The current data key of class {data_class} was destroyed.")
    nonce = os.urandom(12)
    body = AESGCM(key).encrypt(nonce, plain.encode(), aad.encode())
    return Sealed(f"1|{key_id}|{base64.b64encode(nonce + body).decode()}")


def unseal(sealed: str, *, aad: str) -> str:
    """Decrypt; a destroyed key gives the black block, a moved or forged value raises."""
    _version, key_id, body = sealed.split("|", 2)
    key = _open_key(int(key_id))
    if key is None:
        return DESTROYED
    raw = base64.b64decode(body)
    try:
        return AESGCM(key).decrypt(raw[:12], raw[12:], aad.encode()).decode()
    except InvalidTag as error:
        raise Tampered("An encrypted value does not belong to this row.") from error
