"""PromptExpansion: a draft and the longer text somebody proposed for it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Text
from sqlalchemy.orm import Mapped, mapped_column

from studio.project.entities.base import Base, identity, now, part_of


class PromptExpansion(Base, kw_only=True):
    __tablename__ = "prompt_expansion"

    id: Mapped[str] = identity("expansion")
    shot_id: Mapped[str] = part_of("shot")
    draft: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    provider: Mapped[str]
    style: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="proposed")
    """proposed, accepted, edited or refused; accepted and edited ones are used, the one decided last"""
    parts: Mapped[list[Any]] = mapped_column(JSON, default_factory=list)
    """Its parts in order, as `prompt_parts.py` writes them; `text` is what those in use come to."""
    negative: Mapped[str] = mapped_column(Text, default="")
    """What must not be seen, where it was not refused."""
    model: Mapped[str] = mapped_column(default="")
    """Which of the provider's models wrote it; empty: it has none."""
    language: Mapped[str] = mapped_column(default="")
    variant: Mapped[int] = mapped_column(default=1)
    warnings: Mapped[list[Any]] = mapped_column(JSON, default_factory=list)
    """Sentences: why it is not accepted without being looked at."""
    unknown: Mapped[list[Any]] = mapped_column(JSON, default_factory=list)
    """Words of the draft the engine does not know."""
    decided_at: Mapped[str] = mapped_column(default="")
    """When it was accepted, edited or refused; empty: not yet."""
    made_at: Mapped[str] = mapped_column(default_factory=now)
