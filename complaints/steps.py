"""How a case and a claim may move: the one table every page, job and endpoint obeys."""

from __future__ import annotations

from complaints.enums import ClaimStatus, LibraryStatus, NeedStatus
from complaints.enums import Status as S
from courierqa.core.history import Machine

# Deeds that leave the step where it is, yet belong into the history: a new owner, a liability
# decided late, the decision that no money is due, a clock that pauses, a case split off.
_STAYS = ("take", "decide", "settle", "conclude", "assign", "divide", "absorb", "inform", "return")
# Only before the answer is there a resolution clock that could pause.
_CLOCK = ("pause", "resume")
_EARLY = {
    "first_answer": S.FIRST_HANDLING,
    "transfer": S.TRANSFERRED,
    "investigate": S.INVESTIGATING,
    "decide": S.INVESTIGATING,
    "answer": S.ANSWERED,
    "withdraw": S.WITHDRAWN,
    "merge": S.MERGED,
}


def _staying(status: S, **others: str) -> dict[str, str]:
    return {**{verb: str(status) for verb in _STAYS}, **others}


def _early(status: S, **others: str) -> dict[str, str]:
    """Before the answer: everything that can be done about a case."""
    clock = {verb: str(status) for verb in _CLOCK}
    return _staying(status) | clock | _EARLY | others


def undo_merge(status: str) -> Machine:
    """Return the table that leads a tombstone back to the step it was merged from."""
    return Machine(name="case", transitions={S.MERGED: {"unmerge": status}})


CASE = Machine(
    name="case",
    transitions={
        S.RECEIVED: _early(S.RECEIVED, register=S.REGISTERED, take=S.REGISTERED),
        S.REGISTERED: _early(S.REGISTERED),
        S.FIRST_HANDLING: _early(S.FIRST_HANDLING),
        S.TRANSFERRED: {
            **_early(S.TRANSFERRED, first_answer=S.TRANSFERRED),
            "return": S.INVESTIGATING,
        },
        S.INVESTIGATING: _early(S.INVESTIGATING, first_answer=S.INVESTIGATING),
        S.ANSWERED: _staying(
            S.ANSWERED,
            answer=S.ANSWERED,
            transfer=S.TRANSFERRED,
            follow_up=S.FOLLOWED_UP,
            close=S.CLOSED,
            reopen=S.INVESTIGATING,
            withdraw=S.WITHDRAWN,
            merge=S.MERGED,
        ),
        S.FOLLOWED_UP: _staying(
            S.FOLLOWED_UP, answer=S.FOLLOWED_UP, close=S.CLOSED, reopen=S.INVESTIGATING
        ),
        S.CLOSED: {"reopen": S.INVESTIGATING},
        S.WITHDRAWN: {"reopen": S.INVESTIGATING},
        S.MERGED: {},
    },
)

CLAIM = Machine(
    name="claim",
    transitions={
        ClaimStatus.PROPOSED: {
            "ask": ClaimStatus.WAITING,
            "allow": ClaimStatus.APPROVED,
            "drop": ClaimStatus.REJECTED,
        },
        # A claim is dropped with a case its customer takes back.
        ClaimStatus.WAITING: {
            "approve": ClaimStatus.APPROVED,
            "reject": ClaimStatus.REJECTED,
            "drop": ClaimStatus.REJECTED,
        },
        ClaimStatus.APPROVED: {"pay": ClaimStatus.PAID, "drop": ClaimStatus.REJECTED},
        ClaimStatus.REJECTED: {},
        ClaimStatus.PAID: {},
    },
)

NEED = Machine(
    name="need",
    transitions={
        NeedStatus.HEARD: {
            "start": NeedStatus.CHANGING,
            "finish": NeedStatus.CHANGED,
            "refuse": NeedStatus.DECLINED,
        },
        NeedStatus.CHANGING: {"finish": NeedStatus.CHANGED, "refuse": NeedStatus.DECLINED},
        NeedStatus.CHANGED: {},
        NeedStatus.DECLINED: {"start": NeedStatus.CHANGING},
    },
)

EXAMPLE = Machine(
    name="example",
    transitions={
        LibraryStatus.WAITING: {
            "publish": LibraryStatus.PUBLISHED,
            "reject": LibraryStatus.REJECTED,
        },
        LibraryStatus.REJECTED: {"reopen": LibraryStatus.WAITING},
        LibraryStatus.PUBLISHED: {"withdraw": LibraryStatus.WITHDRAWN},
        LibraryStatus.WITHDRAWN: {"reopen": LibraryStatus.WAITING},
    },
)
