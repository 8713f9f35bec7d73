"""Subject: a character, prop, location or look, with its views."""

from __future__ import annotations

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from studio.project.entities.base import Base, identity, part_of


class Subject(Base, kw_only=True):
    __tablename__ = "subject"

    id: Mapped[str] = identity("subject")
    rank: Mapped[int]
    name: Mapped[str]
    """Without its @, as written."""
    name_key: Mapped[str] = mapped_column(unique=True)
    """The name without case and accents: no two subjects share it."""
    kind: Mapped[str]
    """character, prop, location or look"""
    description: Mapped[str] = mapped_column(Text, default="")


class SubjectView(Base, kw_only=True):
    """One reference picture of a subject, of all its changes or of one."""

    __tablename__ = "subject_view"

    id: Mapped[str] = identity("view")
    subject_id: Mapped[str] = part_of("subject")
    reference_id: Mapped[str] = part_of("reference")
    wardrobe_id: Mapped[str | None] = part_of("wardrobe_change", default=None)
    rank: Mapped[int]
    view: Mapped[str] = mapped_column(default="")
    """front, side, back, face, detail"""
