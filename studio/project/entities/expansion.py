"""PromptExpansion: a draft and the longer text somebody proposed for it."""

from __future__ import annotations

from sqlalchemy import Text
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
    """proposed, accepted, edited or refused; accepted and edited ones are used, the newest first"""
    made_at: Mapped[str] = mapped_column(default_factory=now)
