"""Marker: a named point of a cut."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from studio.project.entities.base import Base, identity, part_of


class Marker(Base, kw_only=True):
    __tablename__ = "marker"

    id: Mapped[str] = identity("marker")
    cut_id: Mapped[str] = part_of("cut")
    film_frame: Mapped[int]
    name: Mapped[str] = mapped_column(default="")
