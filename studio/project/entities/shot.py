"""Shot: one continuous view of the camera, who is in it, and the references it is given."""

from __future__ import annotations

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from studio.project.entities.base import Base, identity, now, part_of, refers_to


class Shot(Base, kw_only=True):
    __tablename__ = "shot"

    id: Mapped[str] = identity("shot")
    scene_id: Mapped[str] = part_of("scene")
    number: Mapped[int]
    """Counted in tens: 10 is the scene's first shot, 15 one put between it and the second."""
    suffix: Mapped[str] = mapped_column(default="")
    """A letter where no number was left between."""
    frames: Mapped[int]
    """Planned length, in film frames."""
    prompt: Mapped[str] = mapped_column(Text, default="")
    size: Mapped[str] = mapped_column(default="")
    angle: Mapped[str] = mapped_column(default="")
    lens: Mapped[str] = mapped_column(default="")
    height: Mapped[str] = mapped_column(default="")
    """Of the camera."""
    move: Mapped[str] = mapped_column(default="")
    action: Mapped[str] = mapped_column(Text, default="")
    dialogue: Mapped[str] = mapped_column(Text, default="")
    notes: Mapped[str] = mapped_column(Text, default="")
    approved: Mapped[bool] = mapped_column(default=False)
    omitted: Mapped[bool] = mapped_column(default=False)
    chosen_take_id: Mapped[str | None] = refers_to("take", back=True, default=None)
    chosen_panel_id: Mapped[str | None] = refers_to("panel", back=True, default=None)
    pages_changed: Mapped[str] = mapped_column(Text, default="")
    """What new pages changed in the script under this shot, in words; empty once kept as is."""
    kept_fed: Mapped[str] = mapped_column(Text, default="")
    """The fields at the moment of *Keep as is*, as JSON: no take counts as out of date against them."""
    made_at: Mapped[str] = mapped_column(default_factory=now)


class ShotSubject(Base, kw_only=True):
    """A subject in a shot: where it stands, which way it faces, what it does, how it leaves."""

    __tablename__ = "shot_subject"

    id: Mapped[str] = identity("shotsubject")
    shot_id: Mapped[str] = part_of("shot")
    subject_id: Mapped[str] = part_of("subject")
    rank: Mapped[int]
    side: Mapped[str] = mapped_column(default="")
    facing: Mapped[str] = mapped_column(default="")
    action: Mapped[str] = mapped_column(default="")
    exits: Mapped[str] = mapped_column(default="")


class ShotReference(Base, kw_only=True):
    """A reference given to one shot: its first frame, its guide, its composition."""

    __tablename__ = "shot_reference"

    id: Mapped[str] = identity("shotreference")
    shot_id: Mapped[str] = part_of("shot")
    reference_id: Mapped[str] = part_of("reference")
    purpose: Mapped[str]
    rank: Mapped[int]
    strength: Mapped[int] = mapped_column(default=100)
    """Per cent."""
