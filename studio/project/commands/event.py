"""Edits of events: moved, trimmed, split, and the small notes that need no generating."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.errors import BadValue, Refused
from studio.project.changes import Changes
from studio.project.commands import values
from studio.project.commands.numbers import change_scene
from studio.project.commands.removal import remove
from studio.project.commands.rows import (
    current_cut,
    editable_event,
    film_rate,
    need,
    ordered_ids,
    ranks_for,
    the_film,
)
from studio.project.entities import Event, Panel, Scene, Shot, SoundClip, Take

FIELDS = ("shows", "take", "panel", "shot_in", "frames", "speed_num", "speed_den", "hold", "flop", "framing_start",
          "framing_end", "ease", "name")


def move_event(session: Session, event: str, to_place: int, *, scene: str | None = None) -> Changes:
    """Put an event at `to_place` of its cut, counted from 0 with the event itself left out.

    Events of omitted shots do not count, because nobody sees them. With `scene` the shot joins that scene as well,
    as a card dropped among another scene's does.
    """
    row = editable_event(session, event)
    cut = row.cut_id
    seen = list(session.scalars(
        select(Event.id).join(Shot, Shot.id == Event.shot_id)
        .where(Event.cut_id == cut, ~Shot.omitted, Event.id != event).order_by(Event.rank, Event.id)))
    place = values.whole(to_place, "place of the event", 0, len(seen))
    every = [one for one in ordered_ids(session, Event, Event.cut_id == cut) if one != event]
    index = every.index(seen[place]) if place < len(seen) else len(every)
    row.rank = ranks_for(session, Event, index, Event.cut_id == cut, moving={event})[0]
    if scene is not None and need(session, Shot, row.shot_id).scene_id != scene:
        change_scene(session, need(session, Shot, row.shot_id), scene)
    return Changes.of(event=[event], shot=[row.shot_id])


def trim_event(session: Session, event: str, frames: int | None = None, *, shot_in: int | None = None) -> Changes:
    """A new length, or a new first frame, counted on the shot's clock (negative inside the head handle).

    Where this is the shot's only event and it has no take, the shot is planned for the new length.
    """
    row = editable_event(session, event)
    shot = need(session, Shot, row.shot_id)
    if shot_in is not None:
        row.shot_in = _checked_in(session, shot_in)
    if frames is not None:
        length = values.frames(frames, film_rate(session))
        bare = not session.scalar(select(Take.id).where(Take.shot_id == shot.id).limit(1))
        if bare and event_alone(session, shot.id) is row and row.shot_in == 0:
            shot.frames = length
        row.frames = length
    return Changes.of(event=[event], shot=[shot.id])


def split_event(session: Session, event: str, at: int) -> Changes:
    """Two events of one shot: the second begins `at` frames into the first. Played in turn they show what it showed."""
    row = editable_event(session, event)
    if row.frames < 2:
        raise Refused("An event of one frame cannot be split.", "Split a longer one.")
    at = values.whole(at, "frame to split at", 1, row.frames - 1)
    place = ordered_ids(session, Event, Event.cut_id == row.cut_id).index(event)
    rank = ranks_for(session, Event, place + 1, Event.cut_id == row.cut_id)[0]
    fields = {column.key: getattr(row, column.key) for column in Event.__table__.columns if column.key != "id"}
    later = {"rank": rank, "frames": row.frames - at, "shot_in": row.shot_in + at * row.speed_num // row.speed_den}
    second = Event(**fields | later)
    session.add(second)
    for clip in session.scalars(select(SoundClip).where(SoundClip.event_id == event, SoundClip.start >= at)).all():
        clip.event_id, clip.start = second.id, clip.start - at
    row.frames = at
    return Changes.of(event=[event], shot=[row.shot_id], created=[("event", second.id)])


def add_event(session: Session, shot: str, at: int | None = None) -> Changes:
    """One more place in the current cut that shows the shot, at `at` (from 0; the end by default)."""
    row, cut = need(session, Shot, shot), current_cut(session)
    ids = ordered_ids(session, Event, Event.cut_id == cut.id)
    place = len(ids) if at is None else values.whole(at, "place of the event", 0, len(ids))
    rank = ranks_for(session, Event, place, Event.cut_id == cut.id)[0]
    event = Event(cut_id=cut.id, shot_id=shot, rank=rank, frames=row.frames)
    session.add(event)
    return Changes.of(shot=[shot], created=[("event", event.id)])


def remove_event(session: Session, event: str) -> Changes:
    """Take one showing of a shot out of the cut. The shot stays; sound that followed the event is locked in time."""
    row = editable_event(session, event)
    begins = _film_frame(session, row)
    for clip in session.scalars(select(SoundClip).where(SoundClip.event_id == event)).all():
        clip.event_id, clip.start = None, clip.start + begins
    remove(session, row)
    return Changes.of(event=[event], shot=[row.shot_id])


def edit_event(session: Session, event: str, **fields: object) -> Changes:
    """Its own take or panel, what it shows, speed, hold, flop, framing with ease, name, in and length."""
    values.known_fields(fields, FIELDS, "event")
    row = editable_event(session, event)
    if "frames" in fields:
        row.frames = values.frames(fields["frames"], film_rate(session))
    if "shot_in" in fields:
        row.shot_in = _checked_in(session, fields["shot_in"])
    if "shows" in fields:
        row.shows = values.one_of(fields["shows"], "thing an event shows", ("", "take", "panels"))
    if "take" in fields:
        row.take_id = _of_shot(session, Take, fields["take"], row.shot_id)
    if "panel" in fields:
        row.panel_id = _of_shot(session, Panel, fields["panel"], row.shot_id)
    if "hold" in fields:
        row.hold = values.one_of(fields["hold"], "hold", ("", "first", "last"))
    if "flop" in fields:
        row.flop = values.truth(fields["flop"], "Flop")
    _set_speed(row, fields)
    _set_framing(row, fields)
    return Changes.of(event=[event], shot=[row.shot_id])


def event_alone(session: Session, shot: str) -> Event | None:
    """The shot's event in the current cut, where it has exactly one."""
    cut = the_film(session).current_cut_id
    found = session.scalars(select(Event).where(Event.cut_id == cut, Event.shot_id == shot).limit(2)).all()
    return found[0] if len(found) == 1 else None


def place_after_scene(session: Session, cut: str, shot: Shot, left: Shot | None) -> int:
    """Where a new shot's event goes: after `left`'s last one, else after the last of its scene or an earlier scene."""
    rows = session.execute(
        select(Event.shot_id, Shot.scene_id, Scene.rank).join(Shot, Shot.id == Event.shot_id)
        .join(Scene, Scene.id == Shot.scene_id).where(Event.cut_id == cut).order_by(Event.rank, Event.id)).all()
    if left is not None:
        places = [index for index, row in enumerate(rows) if row.shot_id == left.id]
        if places:
            return places[-1] + 1
    rank = need(session, Scene, shot.scene_id).rank
    own = [index for index, row in enumerate(rows) if row.scene_id == shot.scene_id]
    earlier = [index for index, row in enumerate(rows) if row.rank < rank]
    return (own or earlier or [-1])[-1] + 1


def _checked_in(session: Session, value: object) -> int:
    longest = 24 * 3600 * film_rate(session).nominal
    return values.whole(value, "first frame", -longest, longest)


def _of_shot(session: Session, entity: type[Take] | type[Panel], value: object, shot: str) -> str | None:
    if value is None:
        return None
    row = need(session, entity, str(value))
    if row.shot_id != shot:
        raise BadValue(f"That {entity.__tablename__} belongs to another shot.", "Choose one of this shot.")
    return row.id


def _set_speed(row: Event, fields: dict[str, object]) -> None:
    num = values.whole(fields.get("speed_num", row.speed_num), "speed", -1000, 1000)
    den = values.whole(fields.get("speed_den", row.speed_den), "speed", 1, 1000)
    if num == 0:
        raise BadValue("A speed of nothing is a hold.", "Hold the first or the last frame instead.")
    row.speed_num, row.speed_den = num, den


def _set_framing(row: Event, fields: dict[str, object]) -> None:
    for name in ("framing_start", "framing_end"):
        if name in fields:
            setattr(row, name, values.frame_rect(fields[name], name.replace("_", " ")))
    if "ease" in fields:
        row.ease = values.one_of(fields["ease"], "ease", ("", "in", "out", "both"))
    if "name" in fields:
        row.name = values.text(fields["name"], "name", values.LINE).strip()


def _film_frame(session: Session, row: Event) -> int:
    """Where the event begins, counted from the head of its cut."""
    query = select(Event.id, Event.frames, Shot.omitted).join(Shot, Shot.id == Event.shot_id)
    frame = 0
    for one in session.execute(query.where(Event.cut_id == row.cut_id).order_by(Event.rank, Event.id)):
        if one.id == row.id:
            return frame
        frame += 0 if one.omitted else one.frames
    return frame
