"""How a case and a claim may move: the one table every page, job and endpoint obeys."""

from __future__ import annotations

from complaints.enums import ClaimStatus, LibraryStatus, NeedStatus
from complaints.enums import Status as S
from courierqa.core.history import Machine

# Deeds that leave the step where it is, yet belong into the history: a new owner, a liability
# decided late, the decision that no money is due.
_STAYS = ("take", "decide", "settle", "conclude")
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


CASE = Machine(
    name="case",
    transitions={
        S.RECEIVED: _staying(S.RECEIVED)
        | _EARLY
        | {"register": S.REGISTERED, "take": S.REGISTERED},
        S.REGISTERED: _staying(S.REGISTERED) | _EARLY,
        S.FIRST_HANDLING: _staying(S.FIRST_HANDLING) | _EARLY,
        S.TRANSFERRED: _staying(S.TRANSFERRED) | _EARLY | {"first_answer": S.TRANSFERRED},
        S.INVESTIGATING: _staying(S.INVESTIGATING) | _EARLY | {"first_answer": S.INVESTIGATING},
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
        ClaimStatus.PROPOSED: {"ask": ClaimStatus.WAITING, "allow": ClaimStatus.APPROVED},
        ClaimStatus.WAITING: {"approve": ClaimStatus.APPROVED, "reject": ClaimStatus.REJECTED},
        ClaimStatus.APPROVED: {"pay": ClaimStatus.PAID},
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
