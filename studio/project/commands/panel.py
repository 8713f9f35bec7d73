"""Panels of a shot: brought in, drawn, picked from takes, drawn on, put in order, taken off the board.

The first panel of a shot becomes the chosen one; a later one only where none is. A new version of a panel takes its
place. Pictures stay in media/ whatever becomes of their panels.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from studio.errors import BadValue, Refused
from studio.project import strokes as lines
from studio.project.changes import Changes
from studio.project.commands import values
from studio.project.commands.removal import remove
from studio.project.commands.rows import film_rate, need, ordered_ids, ranks_for, scheme_of, the_film
from studio.project.cut_cards import Stroke
from studio.project.entities import Cut, Event, Panel, Scene, Shot, Take
from studio.project.media import Imported
from studio.project.media_names import checked_name, is_name

ORIGINS = ("drawn", "imported", "picked")
"""Of a panel that a person brought; generated ones arrive with their job."""
MOST_AT_ONCE = 500


def add_panels(
    session: Session, shot: str, imported: Sequence[Imported], origin: str = "imported", at: int | None = None
) -> Changes:
    """Pictures become panels of the shot, in order, before the one at place `at` (from 0; by default after the last).

    Several that come at once share the shot's length evenly; where there are more than it has frames, each has one.
    Refused for an approved shot.
    """
    row = open_shot(session, shot)
    kind = values.one_of(origin, "origin of a panel", ORIGINS)
    pictures = [_checked_picture(one) for one in imported]
    if not 1 <= len(pictures) <= MOST_AT_ONCE:
        raise BadValue(f"{len(pictures):,} pictures cannot become panels of one shot.",
                       f"Bring 1 to {MOST_AT_ONCE} at once; on the board each becomes a shot.")
    lengths: Sequence[int | None] = even_shares(row.frames, len(pictures)) if len(pictures) > 1 else [None]
    panels = _put(session, row, pictures, kind, at)
    for panel, frames in zip(panels, lengths, strict=True):
        panel.frames = frames
    return first_is_chosen(session, row, panels)


def new_blank(session: Session, shot: str, imported: Imported, at: int | None = None) -> Changes:
    """An empty picture to draw on becomes a panel of the shot."""
    row = need(session, Shot, shot)
    return first_is_chosen(session, row, _put(session, row, [_checked_picture(imported)], "drawn", at))


def pick_frame(
    session: Session, shot: str, imported: Imported, take: str, take_frame: int, *, choose: bool = False
) -> Changes:
    """One frame of a take, of this shot or another, becomes a panel of the shot and remembers where it is from.

    `choose`: it is the shot's chosen panel from now on, which motion begins with.
    """
    row, source = need(session, Shot, shot), need(session, Take, take)
    frame = values.whole(take_frame, "frame of the take", 0, source.frames - 1)
    panels = _put(session, row, [_checked_picture(imported)], "picked", None)
    panels[0].take_id, panels[0].take_frame = take, frame
    if choose:
        row.chosen_panel_id = panels[0].id
    return first_is_chosen(session, row, panels)


def new_version(session: Session, panel: str, imported: Imported, origin: str = "drawn") -> Changes:
    """A changed picture of a panel becomes a panel right after it and takes its place.

    It takes over length, framing and drawn lines, is chosen, and is shown where an event of the current cut showed
    the old one; the old one stays beside it without a length. The same picture again changes nothing. Refused for an
    approved shot.
    """
    old = need(session, Panel, panel)
    shot = open_shot(session, old.shot_id)
    if _checked_picture(imported).name == old.picture:
        return Changes()
    kind = values.one_of(origin, "origin of a panel", ORIGINS)
    place = ordered_ids(session, Panel, Panel.shot_id == shot.id).index(panel) + 1
    new = _put(session, shot, [imported], kind, place)[0]
    new.frames, old.frames = old.frames, None
    new.framing_start, new.framing_end, new.arrows = old.framing_start, old.framing_end, old.arrows
    shot.chosen_panel_id = new.id
    showing = select(Event).join(Cut, Cut.id == Event.cut_id).where(Event.panel_id == panel, ~Cut.frozen)
    events = session.scalars(showing).all()
    for event in events:
        event.panel_id = new.id
    touched = Changes.of(shot=[shot.id], panel=[panel], event=[event.id for event in events])
    return touched | Changes.of(created=[("panel", new.id)])


def set_strokes(session: Session, panel: str, strokes: Iterable[Stroke]) -> Changes:
    """The lines drawn on a panel become these; none rubs all out. Raises BadValue for what cannot be drawn."""
    row = need(session, Panel, panel)
    row.arrows = lines.written(strokes)
    return Changes.of(panel=[panel], shot=[row.shot_id])


def edit_panel(session: Session, panel: str, **fields: Any) -> Changes:
    """Its own length in film frames, its framing (rectangle at its start and at its end); None takes either away."""
    values.known_fields(fields, ("frames", "framing_start", "framing_end"), "panel")
    row = need(session, Panel, panel)
    if "frames" in fields:
        length = fields["frames"]
        row.frames = None if length is None else values.frames(length, film_rate(session))
    for name in ("framing_start", "framing_end"):
        if name in fields:
            setattr(row, name, values.frame_rect(fields[name], name.replace("_", " ")))
    return Changes.of(panel=[panel], shot=[row.shot_id])


def move_panel(session: Session, panel: str, to_place: int) -> Changes:
    """Put a panel at `to_place` (from 0) among those of its shot."""
    row = need(session, Panel, panel)
    same = Panel.shot_id == row.shot_id
    place = values.whole(to_place, "place of the panel", 0, len(ordered_ids(session, Panel, same)) - 1)
    row.rank = ranks_for(session, Panel, place, same, moving={panel})[0]
    return Changes.of(panel=[panel], shot=[row.shot_id])


def remove_panel(session: Session, panel: str) -> Changes:
    """Take a panel off the board. Where it was the chosen one, the one before it is now, else the one after it."""
    row = need(session, Panel, panel)
    shot = need(session, Shot, row.shot_id)
    others = ordered_ids(session, Panel, Panel.shot_id == shot.id)
    place = others.index(panel)
    others.remove(panel)
    was_chosen = shot.chosen_panel_id == panel
    remove(session, row)
    if was_chosen and others:
        shot.chosen_panel_id = others[max(0, place - 1)]
    return Changes.of(panel=[panel], shot=[shot.id])


# --- what other commands need --------------------------------------------------------------------------------------


def open_shot(session: Session, shot: str) -> Shot:
    """The shot, for something brought in. Refused where it is approved: imports leave such shots alone."""
    row = need(session, Shot, shot)
    if row.approved:
        raise Refused(f"Shot {shown_number(session, shot)} is approved, so nothing is brought into it.",
                      "Take the approval away first.")
    return row


def put_panel(session: Session, shot: Shot, *, picture: str, width: int, height: int, origin: str) -> Panel:
    """A new last panel of the shot; chosen by nobody yet."""
    panel = Panel(shot_id=shot.id, number=_last_number(session, shot) + 1, rank=_ranks(session, shot, None, 1)[0],
                  picture=checked_name(picture), width=width, height=height, origin=origin)
    session.add(panel)
    return panel


def new_panel(shot: Shot, imported: Imported, origin: str, number: int, rank: int) -> Panel:
    return Panel(
        shot_id=shot.id,
        number=number,
        rank=rank,
        picture=imported.name,
        original=imported.original if is_name(imported.original) else "",
        width=imported.width,
        height=imported.height,
        origin=origin,
    )


def first_is_chosen(session: Session, shot: Shot, panels: Sequence[Panel]) -> Changes:
    """The first of new panels is chosen where the shot has none chosen."""
    if shot.chosen_panel_id is None:
        shot.chosen_panel_id = panels[0].id
    return Changes.of(shot=[shot.id], created=[("panel", panel.id) for panel in panels])


def even_shares(frames: int, count: int) -> list[int]:
    """`frames` shared by `count`, the first ones a frame longer where it does not come out even; at least one each."""
    share, rest = divmod(max(frames, count), count)
    return [share + (1 if place < rest else 0) for place in range(count)]


def shown_number(session: Session, shot: str) -> str:
    """The shot's number as the film's scheme shows it."""
    row = need(session, Shot, shot)
    scene = need(session, Scene, row.scene_id)
    return scheme_of(the_film(session)).shot(scene.number, scene.sequence, row.number, row.suffix)


def _put(session: Session, shot: Shot, pictures: Sequence[Imported], origin: str, at: int | None) -> list[Panel]:
    last = _last_number(session, shot)
    ranks = _ranks(session, shot, at, len(pictures))
    panels = [new_panel(shot, one, origin, last + place + 1, rank)
              for place, (one, rank) in enumerate(zip(pictures, ranks, strict=True))]
    session.add_all(panels)
    return panels


def _checked_picture(imported: Imported) -> Imported:
    if imported.kind != "picture":
        raise BadValue(f"{imported.original_name} is a {imported.what} and no picture.", "Bring a picture.")
    checked_name(imported.name)
    return imported


def _last_number(session: Session, shot: Shot) -> int:
    return session.scalar(select(func.max(Panel.number)).where(Panel.shot_id == shot.id)) or 0


def _ranks(session: Session, shot: Shot, at: int | None, count: int) -> list[int]:
    same = Panel.shot_id == shot.id
    there = len(ordered_ids(session, Panel, same))
    place = there if at is None else values.whole(at, "place of the panel", 0, there)
    return ranks_for(session, Panel, place, same, count=count)
