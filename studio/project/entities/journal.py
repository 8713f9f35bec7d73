"""The undo journal's two tables: a step the user took, and the changed columns of each row in it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from studio.project.entities.base import Base, now, part_of


class JournalStep(Base, kw_only=True):
    __tablename__ = "journal_step"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True, init=False)
    text: Mapped[str]
    undone: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[str] = mapped_column(default_factory=now)


class JournalChange(Base, kw_only=True):
    __tablename__ = "journal_change"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True, init=False)
    step_id: Mapped[int] = part_of("journal_step")
    kind: Mapped[str]
    """Table of the row."""
    row_id: Mapped[str]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """Changed columns as they were; the whole row where it was removed; empty where it was added."""
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
