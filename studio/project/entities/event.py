"""Event: one place in a cut that shows a shot."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Index
from sqlalchemy.orm import Mapped, mapped_column

from studio.project.entities.base import Base, identity, part_of, refers_to


class Event(Base, kw_only=True):
    __tablename__ = "event"
    __table_args__ = (Index(None, "cut_id", "rank"),)

    id: Mapped[str] = identity("event")
    cut_id: Mapped[str] = part_of("cut")
    shot_id: Mapped[str] = part_of("shot")
    rank: Mapped[int]
    shows: Mapped[str] = mapped_column(default="")
    """take or panels; empty: the take where there is one, else the panels"""
    take_id: Mapped[str | None] = refers_to("take", default=None)
    """Its own take; empty: the shot's chosen one."""
    panel_id: Mapped[str | None] = refers_to("panel", default=None)
    """Its own panel; empty: the shot's chosen one."""
    shot_in: Mapped[int] = mapped_column(default=0)
    """First shot_frame shown; negative inside the head handle."""
    shot_in_part: Mapped[int] = mapped_column(default=0)
    """What the first shot_frame is past `shot_in`, in parts of `speed_den`: a split between two shown frames."""
    frames: Mapped[int]
    """Length in film frames: the out point is in + frames at speed 1."""
    speed_num: Mapped[int] = mapped_column(default=1)
    speed_den: Mapped[int] = mapped_column(default=1)
    """Below zero over one: reversed."""
    hold: Mapped[str] = mapped_column(default="")
    """first or last: only that frame is shown"""
    flop: Mapped[bool] = mapped_column(default=False)
    framing_start: Mapped[list[float] | None] = mapped_column(JSON(none_as_null=True), default=None)
    framing_end: Mapped[list[float] | None] = mapped_column(JSON(none_as_null=True), default=None)
    """left, top, width, height as parts of the picture"""
    framing_first: Mapped[int] = mapped_column(default=0)
    framing_frames: Mapped[int] = mapped_column(default=0)
    """The event shows the framing's move from its frame `framing_first` on, of `framing_frames` that it lasts as a
    whole. 0: as long as the event."""
    ease: Mapped[str] = mapped_column(default="")
    grade: Mapped[str] = mapped_column(default="")
    """As `grade.py` writes it; empty: none. The take stays as it was drawn."""
    name: Mapped[str] = mapped_column(default="")
    waits: Mapped[bool] = mapped_column(default=False)
    """Of a frozen cut: its shot was omitted when the cut was frozen, so the cut does not show it."""
    kept_panels: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True), default=None)
    """Of a frozen cut: what it showed where no take was, as `kept_panels.py` writes it; nothing but an empty list for
    a missing-shot card. None: what is on the board."""
