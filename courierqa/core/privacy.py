"""Personal data: encrypted at rest, found by a blind index, masked by default.

A value is sealed with AES-256-GCM under a data key of its class and month; table, column and row
are bound in, so a value moved to another row does not open. The data keys are wrapped by a
master key that lives outside the database and its backups.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import phonenumbers
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from uuid import UUID

DESTROYED = "█"


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


@lru_cache(maxsize=64)
def _key_id(data_class: str, month: str) -> int:
    nonce = os.urandom(12)
    sealed = _master().encrypt(nonce, os.urandom(32), _wrap_aad(data_class, month))
    row, _made = apps.get_model("core", "DataKey").objects.get_or_create(
        data_class=data_class,
        month=month,
        defaults={"wrapped": base64.b64encode(nonce + sealed).decode()},
    )
    return row.pk


def forget_keys() -> None:
    """Drop cached data keys; call after destroying one, and between test databases."""
    _open_key.cache_clear()
    _key_id.cache_clear()


def seal(plain: str, *, data_class: str, aad: str) -> Sealed:
    """Encrypt `plain`, bound to `aad` (table|column|row)."""
    key_id = _key_id(data_class, timezone.now().strftime("%Y-%m"))
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
        raise ValueError("An encrypted value does not belong to this row.") from error


class _EncryptedAttribute:
    """Opens the value when somebody reads it, and remembers it on the instance."""

    def __init__(self, field: EncryptedField) -> None:
        self.field = field

    def __get__(self, instance: models.Model | None, owner: type) -> Any:
        if instance is None:
            return self
        value = instance.__dict__.get(self.field.attname, "")
        if isinstance(value, Sealed):
            value = unseal(value, aad=self.field.aad(instance))
            instance.__dict__[self.field.attname] = value
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class EncryptedField(models.TextField):
    """Text encrypted at rest. The model must have a `uid` (the row's own UUID).

    `values()` and raw queries return `Sealed`; `QuerySet.update` refuses plain text.
    """

    def __init__(self, *args: Any, data_class: str = "party", **kwargs: Any) -> None:
        self.data_class = data_class
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "data_class": self.data_class}

    def contribute_to_class(self, cls: type[models.Model], name: str, **kwargs: Any) -> None:
        super().contribute_to_class(cls, name, **kwargs)
        setattr(cls, name, _EncryptedAttribute(self))

    def aad(self, instance: models.Model) -> str:
        uid: UUID = instance.uid  # type: ignore[attr-defined]
        return f"{instance._meta.db_table}|{self.column}|{uid}"

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: FBT001 -- Django's
        value = model_instance.__dict__.get(self.attname, "")
        if value in ("", None) or isinstance(value, Sealed):
            return value or ""
        return seal(str(value), data_class=self.data_class, aad=self.aad(model_instance))

    def get_prep_value(self, value: Any) -> Any:
        if value and not isinstance(value, Sealed):
            raise TypeError(f"{self.name} is encrypted; save the instance instead.")
        return str(value) if value else ""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return Sealed(value) if value else ""


class PhoneIndexField(models.CharField):
    """A keyed fingerprint of a phone number: exact search without storing the number."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.update(max_length=44, blank=True, default="")
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("max_length", "blank", "default"):
            kwargs.pop(fixed, None)
        return name, path, args, kwargs


def normal_phone(raw: str, *, region: str = "CN") -> str:
    """Return the number as +8613…, or "" when it is not a possible number."""
    try:
        number = phonenumbers.parse(raw, region)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _blind(kind: str, text: str) -> str:
    key = base64.b64decode(settings.INDEX_KEY)
    digest = hmac.new(key, f"{kind}|{text}".encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def phone_index(raw: str) -> str:
    """Return the blind index of a phone number; "" for no usable number."""
    number = normal_phone(raw)
    return _blind("phone", number) if number else ""


def tail_index(raw: str, *, site_id: int) -> str:
    """Return the blind index of the last four digits at one site."""
    digits = "".join(c for c in normal_phone(raw) or raw if c.isdigit())
    return _blind("tail", f"{digits[-4:]}|{site_id}") if len(digits) >= 4 else ""
