"""Personal data: encrypted at rest, found by a blind index, masked by default.

A value is sealed with AES-256-GCM under a data key of its class and month; table, column and row
are bound in, so a value moved to another row does not open. The data keys are wrapped by a
master key that lives outside the database and its backups.
"""

from importlib import import_module
from typing import Any

from courierqa.core.privacy.fields import EncryptedField, PhoneIndexField
from courierqa.core.privacy.keys import DESTROYED, Sealed, Tampered, forget_keys, seal, unseal
from courierqa.core.privacy.masks import (
    mask_address,
    mask_id,
    mask_name,
    mask_phone,
    mask_text,
)
from courierqa.core.privacy.phones import normal_phone, phone_index, tail_index
from courierqa.core.privacy.tasks import Task, own_task, register_finder

# These need the models, which need this package: they are imported when first asked for.
_LATE = {
    "reveal": "courierqa.core.privacy.revealing",
    "destroy_key": "courierqa.core.privacy.rotation",
    "keys_due": "courierqa.core.privacy.rotation",
    "prepare_keys": "courierqa.core.privacy.rotation",
    "rotate": "courierqa.core.privacy.rotation",
}

__all__ = [
    "DESTROYED",
    "EncryptedField",
    "PhoneIndexField",
    "Sealed",
    "Tampered",
    "Task",
    "forget_keys",
    "mask_address",
    "mask_id",
    "mask_name",
    "mask_phone",
    "mask_text",
    "normal_phone",
    "own_task",
    "phone_index",
    "register_finder",
    "seal",
    "tail_index",
    "unseal",
]


def __getattr__(name: str) -> Any:
    if name in _LATE:
        return getattr(import_module(_LATE[name]), name)
    raise AttributeError(name)
