"""Columns of personal data: encrypted text and the blind index of a phone number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

from courierqa.core.privacy.keys import Sealed, seal, unseal

if TYPE_CHECKING:
    from uuid import UUID


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
        name, _path, args, kwargs = super().deconstruct()
        path = "courierqa.core.privacy.EncryptedField"
        return name, path, args, {**kwargs, "data_class": self.data_class}

    def contribute_to_class(self, cls: type[models.Model], name: str, *args: Any) -> None:
        super().contribute_to_class(cls, name, *args)
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
        name, _path, args, kwargs = super().deconstruct()
        path = "courierqa.core.privacy.PhoneIndexField"
        for fixed in ("max_length", "blank", "default"):
            kwargs.pop(fixed, None)
        return name, path, args, kwargs
