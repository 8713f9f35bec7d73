"""Reference: an imported picture, clip or sound, with a purpose."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from studio.project.entities.base import Base, identity, now


class Reference(Base, kw_only=True):
    __tablename__ = "reference"

    id: Mapped[str] = identity("reference")
    hash: Mapped[str] = mapped_column(index=True)
    """SHA-256 of the working copy."""
    name: Mapped[str]
    """Name in media/ of the working copy."""
    original: Mapped[str] = mapped_column(default="")
    """Name in media/ of the file as it came."""
    original_name: Mapped[str] = mapped_column(default="")
    """What the file was called where it came from."""
    purpose: Mapped[str] = mapped_column(default="identity")
    """identity, look, composition, first_frame, last_frame, guide or mask"""
    kind: Mapped[str] = mapped_column(default="picture")
    """picture, clip or sound"""
    width: Mapped[int] = mapped_column(default=0)
    height: Mapped[int] = mapped_column(default=0)
    frames: Mapped[int] = mapped_column(default=0)
    cut_from: Mapped[str] = mapped_column(default="")
    """Hash of the picture it was cut out of, which stays as it came; empty: of none."""
    made_at: Mapped[str] = mapped_column(default_factory=now)
