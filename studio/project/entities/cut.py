"""Cut: one named, numbered version of the whole film."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from studio.project.entities.base import Base, identity, now


class Cut(Base, kw_only=True):
    __tablename__ = "cut"

    id: Mapped[str] = identity("cut")
    number: Mapped[int]
    name: Mapped[str]
    frozen: Mapped[bool] = mapped_column(default=False)
    """Earlier versions are frozen: they can be opened, compared and exported, not edited."""
    made_at: Mapped[str] = mapped_column(default_factory=now)
