"""Lane and sound clip: rows of sound under a cut."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from studio.project.entities.base import Base, identity, part_of, refers_to


class Lane(Base, kw_only=True):
    __tablename__ = "lane"

    id: Mapped[str] = identity("lane")
    cut_id: Mapped[str] = part_of("cut")
    rank: Mapped[int]
    name: Mapped[str]
    follows: Mapped[bool] = mapped_column(default=True)
    """Its clips follow the event they start in; otherwise they are locked to time."""
    gain: Mapped[float] = mapped_column(default=0.0)
    """Decibels."""
    mute: Mapped[bool] = mapped_column(default=False)
    solo: Mapped[bool] = mapped_column(default=False)


class SoundClip(Base, kw_only=True):
    __tablename__ = "sound_clip"

    id: Mapped[str] = identity("sound")
    lane_id: Mapped[str] = part_of("lane")
    media: Mapped[str]
    """Name in media/ of a 48 kHz WAV we wrote."""
    original: Mapped[str] = mapped_column(default="")
    name: Mapped[str] = mapped_column(default="")
    event_id: Mapped[str | None] = refers_to("event", default=None)
    """The event it starts in, on a lane that follows."""
    start: Mapped[int] = mapped_column(default=0)
    """Film frames from that event's start, else from the head of the cut."""
    source_start: Mapped[int] = mapped_column(default=0)
    source_length: Mapped[int]
    """The stretch of the file, in samples of 48 kHz."""
    gain: Mapped[float] = mapped_column(default=0.0)
