"""Edits of cuts: a new version, the current one, names."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from studio.errors import BadValue, Refused
from studio.project.changes import Changes
from studio.project.commands import values
from studio.project.commands.removal import remove
from studio.project.commands.rows import RANK_STEP, current_cut, need, the_film
from studio.project.entities import Base, Cut, Event, Lane, Marker, SoundClip, new_id

LANES = (("Dialogue", True), ("Effects", True), ("Music", False))
"""Name of a new cut's lanes, and whether their clips follow the event they start in."""


def add_cut(session: Session, name: str) -> Cut:
    """An empty cut with the next number and the three lanes."""
    number = (session.scalar(select(func.max(Cut.number))) or 0) + 1
    cut = Cut(number=number, name=name)
    session.add(cut)
    for place, (lane, follows) in enumerate(LANES):
        session.add(Lane(cut_id=cut.id, rank=RANK_STEP * (place + 1), name=lane, follows=follows))
    return cut


def save_cut(session: Session, name: str = "") -> Changes:
    """Freeze the current cut as it is and go on in a copy of it, which becomes the current one."""
    old = current_cut(session)
    number = (session.scalar(select(func.max(Cut.number))) or 0) + 1
    clean = values.text(name, "name of the cut", values.LINE).strip() or f"Cut {number}"
    cut = Cut(number=number, name=clean)
    session.add(cut)
    old.frozen = True
    events = _copies(session, Event, Event.cut_id == old.id, cut_id=cut.id)
    lanes = _copies(session, Lane, Lane.cut_id == old.id, cut_id=cut.id)
    _copies(session, Marker, Marker.cut_id == old.id, cut_id=cut.id)
    for clip in session.scalars(select(SoundClip).where(SoundClip.lane_id.in_(lanes))).all():
        follows = events.get(clip.event_id or "")
        session.add(_copy(clip, lane_id=lanes[clip.lane_id], event_id=follows))
    the_film(session).current_cut_id = cut.id
    return Changes.of(cut=[old.id], created=[("cut", cut.id)])


def rename_cut(session: Session, cut: str, name: str) -> Changes:
    row = need(session, Cut, cut)
    row.name = values.text(name, "name of the cut", values.LINE).strip() or row.name
    return Changes.of(cut=[cut])


def make_current(session: Session, cut: str) -> Changes:
    """Go on in another cut; the one left is frozen, the chosen one can be edited."""
    film, row = the_film(session), need(session, Cut, cut)
    if film.current_cut_id == cut:
        raise BadValue(f"{row.name!r} is the current cut already.", "Choose another one.")
    current_cut(session).frozen = True
    row.frozen, film.current_cut_id = False, row.id
    return Changes.of(cut=[cut], film=[film.id])


def remove_cut(session: Session, cut: str) -> Changes:
    row = need(session, Cut, cut)
    if the_film(session).current_cut_id == cut:
        raise Refused("The current cut cannot be removed.", "Make another cut the current one first.")
    remove(session, row)
    return Changes.of(cut=[cut])


def _copies(session: Session, entity: type[Base], where: object, **other: str) -> dict[str, str]:
    """Copies of the rows; returns the new id of each old one."""
    made = {}
    for row in session.scalars(select(entity).where(where)).all():  # type: ignore[arg-type]
        copy = _copy(row, **other)
        session.add(copy)
        made[row.id] = copy.id  # type: ignore[attr-defined]
    return made


def _copy(row: Base, **other: str | None) -> Base:
    fields = {column.key: getattr(row, column.key) for column in row.__table__.columns}
    kind = fields["id"].partition("_")[0]
    return type(row)(**fields | {"id": new_id(kind)} | other)
