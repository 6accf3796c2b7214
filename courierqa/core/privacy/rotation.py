"""The life of data keys: made ahead, replaced by re-encryption, destroyed at the end of a term."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import models, transaction

from courierqa.core import audit
from courierqa.core.models import DataKey
from courierqa.core.privacy.fields import EncryptedField, PhoneIndexField
from courierqa.core.privacy.keys import (
    DESTROYED,
    Sealed,
    current_key_id,
    forget_keys,
    seal,
    unseal,
)

BATCH = 500


def encrypted_fields(model: type[models.Model]) -> list[EncryptedField]:
    """Return the encrypted columns of a model."""
    return [field for field in model._meta.concrete_fields if isinstance(field, EncryptedField)]


def encrypted_models() -> list[type[models.Model]]:
    """Return every model that keeps personal data."""
    return [model for model in apps.get_models() if encrypted_fields(model)]


def prepare_keys(*, now: datetime) -> dict[str, int]:
    """Make the keys of this and the next month, so that no busy transaction has to."""
    fields = [field for model in encrypted_models() for field in encrypted_fields(model)]
    classes = {field.data_class for field in fields}
    months = {moment.strftime("%Y-%m") for moment in (now, now + timedelta(days=20))}
    before = DataKey.objects.count()
    for data_class in sorted(classes):
        for month in sorted(months):
            current_key_id(data_class, month)
    return {"made": DataKey.objects.count() - before}


def keys_due(*, before_month: str) -> list[DataKey]:
    """Return the living keys of months before this one."""
    living = DataKey.objects.filter(destroyed_at=None, month__lt=before_month)
    return list(living.order_by("month", "data_class"))


def rotate(model: type[models.Model], *, month: str, after: Any = None, batch: int = BATCH) -> Any:
    """Re-encrypt one batch of rows under the keys of `month`; return where to go on, or None.

    One transaction per batch: a kill loses nothing, and the same call again changes nothing.
    """
    with transaction.atomic():
        rows = model._base_manager.select_for_update(no_key=True).order_by("pk")
        rows = rows if after is None else rows.filter(pk__gt=after)
        found = list(rows[:batch])
        for row in found:
            _rotate_row(row, month)
    return found[-1].pk if len(found) == batch else None


def carry_over(rows: Iterable[models.Model], *, month: str) -> int:
    """Put rows that must stay readable under the keys of a month that lives on."""
    found = list(rows)
    for row in found:
        _rotate_row(row, month)
    return len(found)


def _rotate_row(row: models.Model, month: str) -> None:
    fresh: dict[str, Sealed] = {}
    for field in encrypted_fields(type(row)):
        value = row.__dict__.get(field.attname)
        if not isinstance(value, Sealed) or _is_current(value, field, month):
            continue
        plain = unseal(value, aad=field.aad(row))
        if plain != DESTROYED:
            fresh[field.attname] = seal(
                plain, data_class=field.data_class, aad=field.aad(row), month=month
            )
    if fresh:
        type(row)._base_manager.filter(pk=row.pk).update(**fresh)


def _is_current(value: Sealed, field: EncryptedField, month: str) -> bool:
    return int(value.split("|", 2)[1]) == current_key_id(field.data_class, month)


def rows_under(key: DataKey) -> int:
    """Return how many values still need this key; it may be retired at 0."""
    return sum(
        model._base_manager.filter(_under(key, field)).count()
        for model in encrypted_models()
        for field in encrypted_fields(model)
        if field.data_class == key.data_class
    )


def _under(key: DataKey, field: EncryptedField) -> models.Q:
    return models.Q(**{f"{field.attname}__startswith": Sealed(f"1|{key.pk}|")})


def rows_of(model: type[models.Model], keys: Iterable[DataKey]) -> models.QuerySet[Any]:
    """Return the rows of a model with a value under one of these keys."""
    named = models.Q(pk__in=())
    for key in keys:
        for field in encrypted_fields(model):
            if field.data_class == key.data_class:
                named |= _under(key, field)
    return model._base_manager.filter(named)


def _forget_phones(key: DataKey) -> None:
    """Empty the phone indexes beside what went dark: by them a person could still be found."""
    for model in encrypted_models():
        names = [one.name for one in model._meta.fields if isinstance(one, PhoneIndexField)]
        if names:
            rows_of(model, [key]).update(**dict.fromkeys(names, ""))


@transaction.atomic
def destroy_key(key: DataKey, *, by: Any, reason: str, at: datetime) -> DataKey:
    """Destroy a data key: every value written with it is gone, and no phone finds its row.

    A backup made before still holds the wrapped key until it expires itself (docs/operations.md).
    """
    row = DataKey.objects.select_for_update(no_key=True).get(pk=key.pk)
    if row.destroyed_at is None:
        _forget_phones(row)
        row.wrapped, row.destroyed_at = "", at
        row.save(update_fields=["wrapped", "destroyed_at"])
        audit.record("datakey.destroy", row, actor=by, at=at, reason=reason, seal_now=True)
        transaction.on_commit(forget_keys)
    forget_keys()
    return row
