"""Wardrobe change: how a character looks from one story day on, with exceptions for a scene or a shot."""

from __future__ import annotations

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from studio.project.entities.base import Base, identity, part_of


class WardrobeChange(Base, kw_only=True):
    __tablename__ = "wardrobe_change"

    id: Mapped[str] = identity("wardrobe")
    subject_id: Mapped[str] = part_of("subject")
    number: Mapped[int]
    name: Mapped[str] = mapped_column(default="")
    description: Mapped[str] = mapped_column(Text, default="")
    story_day: Mapped[int]
    """The first story day it is worn; until the next change of the same aspect."""
    aspect: Mapped[str] = mapped_column(default="clothes")
    """clothes, hair or state (wet, wounded): one change of each aspect is worn at a time"""
    last_day: Mapped[int | None] = mapped_column(default=None)
    """The last story day it is worn; None: until the next change."""


class WardrobeException(Base, kw_only=True):
    """This change is worn, or is not worn, in one scene or shot, whatever the story day says. A shot's wins over its
    scene's."""

    __tablename__ = "wardrobe_exception"

    id: Mapped[str] = identity("exception")
    wardrobe_id: Mapped[str] = part_of("wardrobe_change")
    scene_id: Mapped[str | None] = part_of("scene", default=None)
    shot_id: Mapped[str | None] = part_of("shot", default=None)
    worn: Mapped[bool] = mapped_column(default=True)
