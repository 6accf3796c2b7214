"""Answers to common questions: the newest versions, and a search by rules (ONL-06).

No model guesses here: an answer is found because words of the question stand in its keywords, its
question or its text, in either language. Anybody can see why, and a lead can mend it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from complaints.models import Faq

KEYWORD, QUESTION, ANSWER = 6, 2, 1
# Below this nothing is claimed to be an answer; the visitor is offered a person instead.
ENOUGH = 4
SHOWN = 3
_HAN = re.compile(r"[\u3400-\u9fff]+")
_WORD = re.compile(r"[a-z0-9']{2,}")
_IDLE = frozenset(
    {
        "the", "and", "for", "are", "you", "your", "our", "was", "has", "have", "had", "with",
        "that", "this", "what", "who", "why", "can", "does", "did", "will", "from", "not", "but",
        "get", "got", "is", "it", "in", "of", "to", "do", "my", "me", "we", "or", "at", "on",
        "an", "if", "be",
    }
)  # fmt: skip
_IDLE_HAN = frozenset(
    {"怎么", "么办", "什么", "我的", "你们", "是不", "不是", "可以", "请问", "一下", "为什",
     "一个", "我要", "了吗"}
)  # fmt: skip


@dataclass(frozen=True)
class Hit:
    """An answer and how well it fits."""

    faq: Faq
    score: int


def published_answers() -> list[Faq]:
    """Return the answers of the public page, in its order."""
    return [row for row in newest_answers() if row.is_published]


def newest_answers() -> list[Faq]:
    """Return the newest version of each answer, also of those taken off the page."""
    newest: dict[str, Faq] = {}
    for row in Faq.objects.order_by("code", "version"):
        newest[row.code] = row
    return sorted(newest.values(), key=lambda row: (row.position, row.code))


def answer_versions(code: str) -> list[Faq]:
    """Return every version of one answer, newest first."""
    return list(Faq.objects.filter(code=code).select_related("made_by").order_by("-version"))


def find_answers(question: str, answers: list[Faq]) -> list[Hit]:
    """Return the answers that fit a question, best first; none when nothing fits well enough."""
    plain = _plain(question)
    terms = _terms(plain)
    hits = [Hit(row, _score(plain, terms, row)) for row in answers]
    good = [hit for hit in hits if hit.score >= ENOUGH]
    best = max((hit.score for hit in good), default=0)
    near = [hit for hit in good if hit.score * 2 >= best]
    return sorted(near, key=lambda hit: (-hit.score, hit.faq.position))[:SHOWN]


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def _terms(plain: str) -> set[str]:
    """Return the words of a question: Latin words, and pairs of neighbouring Han characters."""
    latin = {word for word in _WORD.findall(plain) if word not in _IDLE}
    pairs = {
        run[i : i + 2] for run in _HAN.findall(plain) for i in range(max(1, len(run) - 1))
    } - _IDLE_HAN
    return latin | pairs


def _score(plain: str, terms: set[str], row: Faq) -> int:
    keys = re.split(r"[\s,，、;；]+", _plain(f"{row.keywords} {row.keywords_en}"))
    score = sum(KEYWORD for key in keys if key and _says(plain, terms, key))
    for text, weight in (
        (f"{row.question} {row.question_en}", QUESTION), (f"{row.answer} {row.answer_en}", ANSWER)
    ):  # fmt: skip
        score += weight * len(terms & _terms(_plain(text)))
    return score


def _says(plain: str, terms: set[str], key: str) -> bool:
    """Han keywords stand anywhere in the question; Latin ones are words, or begin one."""
    if _HAN.search(key):
        return key in plain
    return any(term == key or (len(key) >= 4 and term.startswith(key)) for term in terms)
