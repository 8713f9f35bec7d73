"""Take: one finished clip for a shot. Only its star and its rejection ever change."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Text, UniqueConstraint, event, inspect
from sqlalchemy.orm import Mapped, mapped_column

from studio.project.entities.base import Base, identity, now, refers_to

MAY_CHANGE = frozenset({"starred", "rejected"})


class Take(Base, kw_only=True):
    __tablename__ = "take"
    __table_args__ = (UniqueConstraint("shot_id", "number"),)

    id: Mapped[str] = identity("take")
    shot_id: Mapped[str] = refers_to("shot")
    number: Mapped[int]
    media: Mapped[str]
    """Name in media/ of a movie we wrote."""
    original: Mapped[str] = mapped_column(default="")
    """Name in media/ of the imported file, kept as it came."""
    latents: Mapped[str] = mapped_column(default="")
    """Name in media/ of the saved progress; empty where there is none."""
    frames: Mapped[int]
    rate_num: Mapped[int]
    rate_den: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    head: Mapped[int] = mapped_column(default=0)
    """Handle frames before the shot's first frame."""
    tail: Mapped[int] = mapped_column(default=0)
    origin: Mapped[str]
    """generated or imported"""
    engine: Mapped[str] = mapped_column(default="")
    weights: Mapped[str] = mapped_column(default="")
    seed: Mapped[int] = mapped_column(default=0)
    recipe: Mapped[str] = mapped_column(Text, default="")
    fed: Mapped[str] = mapped_column(Text, default="")
    """The fields that fed the picture, as JSON: compared with the shot's present ones."""
    reel: Mapped[str] = mapped_column(default="")
    source_start: Mapped[int] = mapped_column(default=0)
    """First frame of its own stretch of source timecode, counted from 00:00:00:00."""
    job_id: Mapped[str | None] = refers_to("job", default=None)
    starred: Mapped[bool] = mapped_column(default=False)
    rejected: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[str] = mapped_column(default_factory=now)


@event.listens_for(Take, "before_update")
def _refuse_change(_mapper: Any, _connection: Any, take: Take) -> None:
    changed = {one.key for one in inspect(take).attrs if one.history.has_changes()}
    if changed - MAY_CHANGE:
        raise RuntimeError(f"a take never changes, yet {sorted(changed - MAY_CHANGE)} would")
