"""Job: one wish sent to a runtime, and the row the queue lives in."""

from __future__ import annotations

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from studio.project.entities.base import Base, identity, now, refers_to


class Job(Base, kw_only=True):
    __tablename__ = "job"
    __table_args__ = (Index(None, "state", "rank"),)

    id: Mapped[str] = identity("job")
    shot_id: Mapped[str] = refers_to("shot")
    rank: Mapped[int]
    """Order in the queue."""
    kind: Mapped[str]
    """still or clip"""
    engine: Mapped[str]
    runtime: Mapped[str] = mapped_column(default="frames")
    state: Mapped[str] = mapped_column(default="queued")
    attempt: Mapped[int] = mapped_column(default=0)
    step: Mapped[int] = mapped_column(default=0)
    steps: Mapped[int] = mapped_column(default=0)
    lost_step: Mapped[int] = mapped_column(default=-1)
    """Where the runtime was lost in the attempt before, and how often there."""
    lost_count: Mapped[int] = mapped_column(default=0)
    sentence: Mapped[str] = mapped_column(Text, default="")
    hint: Mapped[str] = mapped_column(Text, default="")
    trace: Mapped[str] = mapped_column(default="")
    recipe: Mapped[str] = mapped_column(Text)
    request: Mapped[str] = mapped_column(Text)
    """The message as it is sent, without its attempt."""
    take_number: Mapped[int] = mapped_column(default=0)
    """Kept for the take it will make; 0 for a still."""
    source_start: Mapped[int] = mapped_column(default=0)
    source_frames: Mapped[int] = mapped_column(default=0)
    """The stretch of source timecode kept for that take."""
    retry_of: Mapped[str | None] = refers_to("job", default=None)
    made_at: Mapped[str] = mapped_column(default_factory=now)
    started_at: Mapped[str] = mapped_column(default="")
    ended_at: Mapped[str] = mapped_column(default="")
