"""Note: what somebody said about a shot or about a frame of a take."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Text
from sqlalchemy.orm import Mapped, mapped_column

from studio.project.entities.base import Base, identity, now, part_of, refers_to


class Note(Base, kw_only=True):
    __tablename__ = "note"

    id: Mapped[str] = identity("note")
    shot_id: Mapped[str] = part_of("shot")
    take_id: Mapped[str | None] = refers_to("take", default=None)
    take_frame: Mapped[int | None] = mapped_column(default=None)
    author: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(Text, default="")
    drawing: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True), default=None)
    status: Mapped[str] = mapped_column(default="open")
    """open, done or wont"""
    answer_id: Mapped[str | None] = refers_to("take", default=None)
    """The take that answers it."""
    made_at: Mapped[str] = mapped_column(default_factory=now)
