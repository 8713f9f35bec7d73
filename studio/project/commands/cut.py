"""Edits of cuts: a new version, the current one, names."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from studio.errors import BadValue, Refused
from studio.project import kept_panels
from studio.project.changes import Changes
from studio.project.commands import values
from studio.project.commands.removal import remove
from studio.project.commands.rows import RANK_STEP, current_cut, need, the_film
from studio.project.cut_queries import event_cards
from studio.project.entities import Base, Cut, Event, Lane, Marker, Panel, Shot, SoundClip, new_id

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
    """Freeze the current cut as it is and go on in a copy of it, which becomes the current one.

    The frozen one keeps the takes and panels it shows now, whatever is chosen for its shots later.
    """
    old = current_cut(session)
    number = (session.scalar(select(func.max(Cut.number))) or 0) + 1
    clean = values.text(name, "name of the cut", values.LINE).strip() or f"Cut {number}"
    cut = Cut(number=number, name=clean)
    session.add(cut)
    events = _copies(session, Event, Event.cut_id == old.id, cut_id=cut.id)
    lanes = _copies(session, Lane, Lane.cut_id == old.id, cut_id=cut.id)
    _copies(session, Marker, Marker.cut_id == old.id, cut_id=cut.id)
    for clip in session.scalars(select(SoundClip).where(SoundClip.lane_id.in_(lanes))).all():
        follows = events.get(clip.event_id or "")
        session.add(_copy(clip, lane_id=lanes[clip.lane_id], event_id=follows))
    _freeze(session, old)
    the_film(session).current_cut_id = cut.id
    return Changes.of(cut=[old.id], created=[("cut", cut.id)])


def rename_cut(session: Session, cut: str, name: str) -> Changes:
    row = need(session, Cut, cut)
    row.name = values.text(name, "name of the cut", values.LINE).strip() or row.name
    return Changes.of(cut=[cut])


def make_current(session: Session, cut: str) -> Changes:
    """Go on in another cut as it was; the one left is frozen, the chosen one can be edited.

    Where it shows what is chosen for a shot today, it follows what is chosen from now on; where it shows something
    else, that stays the event's own take or panel.
    """
    film, row = the_film(session), need(session, Cut, cut)
    if film.current_cut_id == cut:
        raise BadValue(f"{row.name!r} is the current cut already.", "Choose another one.")
    _freeze(session, current_cut(session))
    _thaw(session, row)
    film.current_cut_id = row.id
    return Changes.of(cut=[cut], film=[film.id])


def remove_cut(session: Session, cut: str) -> Changes:
    row = need(session, Cut, cut)
    if the_film(session).current_cut_id == cut:
        raise Refused("The current cut cannot be removed.", "Make another cut the current one first.")
    remove(session, row)
    return Changes.of(cut=[cut])


def _freeze(session: Session, cut: Cut) -> None:
    """Each event keeps what it shows: its shot's chosen take, else panels, so that nothing made later is shown.

    The panels are kept whole, lines and framing too. Which single one was chosen is kept beside that, for going on in
    this cut; those with a length of their own, shown in turn, are then again what they are on the board.
    """
    in_turn = set(session.scalars(select(Panel.shot_id).where(Panel.frames.is_not(None))))
    shown = {card.id: card.panels for card in event_cards(session, cut.id) if card.take is None}
    cut.frozen = True
    for event, shot in _events(session, cut):
        event.waits = shot.omitted
        event.kept_panels = kept_panels.written(shown[event.id]) if event.id in shown else None
        if event.shows != "panels":
            event.take_id = event.take_id or shot.chosen_take_id
            event.shows = event.shows if event.take_id else "panels"
        if event.shows == "panels" and shot.id not in in_turn:
            event.panel_id = event.panel_id or shot.chosen_panel_id


def _thaw(session: Session, cut: Cut) -> None:
    cut.frozen = False
    for event, shot in _events(session, cut):
        event.waits, event.kept_panels = False, None
        if event.shows == "panels" and shot.chosen_take_id is None and event.take_id is None:
            event.shows = ""
        if event.take_id == shot.chosen_take_id:
            event.take_id = None
        if event.panel_id == shot.chosen_panel_id:
            event.panel_id = None


def _events(session: Session, cut: Cut) -> list[tuple[Event, Shot]]:
    query = select(Event, Shot).join(Shot, Shot.id == Event.shot_id).where(Event.cut_id == cut.id)
    return [(row.Event, row.Shot) for row in session.execute(query)]


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
