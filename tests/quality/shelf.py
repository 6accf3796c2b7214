"""Documents for tests, brought to any step through the services."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from quality.models import Document, DocumentVersion
from quality.services import documents as services
from tests.quality.conftest import NOW, Loop

QUIZ = "? 可以未经同意投柜吗 | May we use a locker without consent\n- 可以 | Yes\n+ 不可以 | No"


@dataclass
class Shelf:
    """The people of a loop, and the documents they write."""

    loop: Loop

    def card(self, **fields: Any) -> services.Card:
        whole = {
            "level": "instruction", "category": "courier", "title": "投递作业指导",
            "title_en": "Delivery instruction", "owner": self.loop.leader, "must_be_read": True,
            **fields,
        }  # fmt: skip
        return services.Card(**whole)

    def drafted(
        self, number: str = "QI-01", *, at: datetime = NOW, quiz: str = "", **fields: Any
    ) -> Document:
        """Write a first draft; quality management is its author."""
        text = services.Text("## 派前\n- 先联系收件人", "## Before\n- Call first",
                             quiz=services.quiz_of(quiz))  # fmt: skip
        return services.create_document(
            number=number, card=self.card(**fields), text=text, by=self.loop.quality, at=at
        )

    def approved(
        self, row: Document, *, at: datetime = NOW, on: Any = None, by: Any = None
    ) -> DocumentVersion:
        """Submit the coming version and let management approve it."""
        services.submit_version(row, effective_on=on or at.date(), by=self.loop.quality, at=at)
        return services.decide_version(
            row, approve=True, note="", by=by or self.loop.manager, at=at
        )

    def in_force(self, number: str = "QI-01", *, at: datetime = NOW, **fields: Any) -> Document:
        row = self.drafted(number, at=at, **fields)
        self.approved(row, at=at)
        return row

    def next_version(self, row: Document, *, at: datetime, change: str = "更严") -> DocumentVersion:
        """Write and approve the next version."""
        text = services.Text("## 派前\n- 先联系收件人并约定时间", change=change)
        services.start_version(row, text=text, by=self.loop.quality, at=at)
        return self.approved(row, at=at)
