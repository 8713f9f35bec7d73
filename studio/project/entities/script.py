"""Script: the pages by revision, and the lines a shot covers."""

from __future__ import annotations

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from studio.project.entities.base import Base, identity, now, part_of


class ScriptRevision(Base, kw_only=True):
    __tablename__ = "script_revision"

    id: Mapped[str] = identity("script")
    number: Mapped[int]
    name: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
    """Name in media/ of the imported file, kept as it came."""
    text: Mapped[str] = mapped_column(Text)
    made_at: Mapped[str] = mapped_column(default_factory=now)


class ScriptSpan(Base, kw_only=True):
    __tablename__ = "script_span"

    id: Mapped[str] = identity("span")
    revision_id: Mapped[str] = part_of("script_revision")
    shot_id: Mapped[str] = part_of("shot")
    first_line: Mapped[int]
    last_line: Mapped[int]
    """Lines of the revision's text, counted from 0, both covered."""
