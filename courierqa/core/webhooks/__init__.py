"""Calls to other systems' addresses: refused where they lead inside, signed, never redirected."""

from courierqa.core.webhooks.posting import Answer, CallFailed, post
from courierqa.core.webhooks.signing import REPLAY_SECONDS, signature, verify
from courierqa.core.webhooks.targets import BadTarget, Target, check_target

__all__ = [
    "REPLAY_SECONDS",
    "Answer",
    "BadTarget",
    "CallFailed",
    "Target",
    "check_target",
    "post",
    "signature",
    "verify",
]
