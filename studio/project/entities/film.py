"""Film: one story, and the one row of its table."""

from __future__ import annotations

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from studio.project.entities.base import Base, identity, now, refers_to


class Film(Base, kw_only=True):
    __tablename__ = "film"

    id: Mapped[str] = identity("film")
    title: Mapped[str]
    rate_num: Mapped[int]
    rate_den: Mapped[int]
    aspect: Mapped[str]
    """Delivery aspect, `16:9` or `2.39`: a matte, apart from the output size."""
    width: Mapped[int]
    height: Mapped[int]
    start_timecode: Mapped[str]
    numbering: Mapped[str]
    numbers_locked: Mapped[bool] = mapped_column(default=False)
    show: Mapped[str] = mapped_column(default="")
    episode: Mapped[str] = mapped_column(default="")
    style_notes: Mapped[str] = mapped_column(Text, default="")
    """The film notes every prompt writer reads: look, light, what never changes."""
    current_cut_id: Mapped[str | None] = refers_to("cut", default=None)
    source_frames: Mapped[int] = mapped_column(default=0, info={"forward_only": True})
    """Frames of source timecode given to takes so far; the next take's begins here, around the day."""
    made_at: Mapped[str] = mapped_column(default_factory=now)
