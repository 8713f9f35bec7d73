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


class ShotView(Base, kw_only=True):
    """How one shot sends a picture of a subject: its place among those that are sent, or not at all."""

    __tablename__ = "shot_view"

    id: Mapped[str] = identity("shotview")
    shot_id: Mapped[str] = part_of("shot")
    view_id: Mapped[str] = part_of("subject_view")
    rank: Mapped[int | None] = mapped_column(default=None)
    """Ascending, before all views the shot says nothing of; None: no place of its own."""
    left_out: Mapped[bool] = mapped_column(default=False)
