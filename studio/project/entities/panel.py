"""Panel: one picture of a shot on the board."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Text
from sqlalchemy.orm import Mapped, mapped_column

from studio.project.entities.base import Base, identity, now, refers_to


class Panel(Base, kw_only=True):
    __tablename__ = "panel"

    id: Mapped[str] = identity("panel")
    shot_id: Mapped[str] = refers_to("shot")
    number: Mapped[int]
    rank: Mapped[int]
    picture: Mapped[str]
    """Name in media/ of a PNG we wrote."""
    original: Mapped[str] = mapped_column(default="")
    """Name in media/ of the imported file, kept as it came."""
    width: Mapped[int]
    height: Mapped[int]
    origin: Mapped[str]
    """drawn, imported, generated or picked (a frame of a take)"""
    frames: Mapped[int | None] = mapped_column(default=None)
    """Its own length in film frames, where it has one."""
    framing_start: Mapped[list[float] | None] = mapped_column(JSON(none_as_null=True), default=None)
    framing_end: Mapped[list[float] | None] = mapped_column(JSON(none_as_null=True), default=None)
    """left, top, width, height as parts of the picture"""
    arrows: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True), default=None)
    take_id: Mapped[str | None] = refers_to("take", default=None)
    take_frame: Mapped[int | None] = mapped_column(default=None)
    job_id: Mapped[str | None] = refers_to("job", default=None)
    recipe: Mapped[str] = mapped_column(Text, default="")
    made_at: Mapped[str] = mapped_column(default_factory=now)
