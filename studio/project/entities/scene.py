"""Scene: where and when the story is."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from studio.project.entities.base import Base, identity


class Scene(Base, kw_only=True):
    __tablename__ = "scene"

    id: Mapped[str] = identity("scene")
    rank: Mapped[int]
    number: Mapped[str]
    revision: Mapped[str] = mapped_column(default="")
    sequence: Mapped[str] = mapped_column(default="")
    heading: Mapped[str] = mapped_column(default="")
    location: Mapped[str] = mapped_column(default="")
    time: Mapped[str] = mapped_column(default="")
    weather: Mapped[str] = mapped_column(default="")
    story_day: Mapped[int] = mapped_column(default=1)
