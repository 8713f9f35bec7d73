"""Edits of events: moved, split, added, removed, and the small notes that need no generating."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.errors import BadValue, Refused
from studio.project import trimming
from studio.project.changes import Changes
from studio.project.commands import following, values
from studio.project.commands.numbers import change_scene
from studio.project.commands.removal import remove
from studio.project.commands.rows import (
    RANK_STEP,
    current_cut,
    editable_event,
    film_rate,
    need,
    ordered_ids,
    ranks_for,
    the_film,
)
from studio.project.entities import Event, Panel, Scene, Shot, Take
from studio.project.grade import Grade
from studio.project.trimming import Span

FIELDS = ("shows", "take", "panel", "shot_in", "frames", "speed_num", "speed_den", "hold", "flop", "framing_start",
          "framing_end", "ease", "grade", "name")


def move_event(session: Session, event: str, to_place: int, *, scene: str | None = None) -> Changes:
    """Put an event at `to_place` of its cut, counted from 0 with the event itself left out.

    Events of omitted shots do not count, because nobody sees them. With `scene` the shot joins that scene as well,
    as a card dropped among another scene's does.
    """
    return move_events(session, [event], to_place, scene=scene)


def move_events(session: Session, events: Sequence[str], to_place: int, *, scene: str | None = None) -> Changes:
    """Put events together at `to_place` of their cut, in the order they have there; otherwise as `move_event`.

    Of several that join a scene, those of approved shots are left alone: in another scene they would be other shots.
    """
    moving, note = _may_join(session, _in_order(session, events), scene)
    if not moving:
        return Changes(note=note)
    cut, going = moving[0].cut_id, {row.id for row in moving}
    staying = session.execute(
        select(Event.id, Shot.omitted).join(Shot, Shot.id == Event.shot_id)
        .where(Event.cut_id == cut).order_by(Event.rank, Event.id)).all()
    every = [row for row in staying if row.id not in going]
    seen = [index for index, row in enumerate(every) if not row.omitted]
    place = values.whole(to_place, "place of the event", 0, len(seen))
    index = seen[place] if place < len(seen) else len(every)
    ranks = ranks_for(session, Event, index, Event.cut_id == cut, count=len(moving), moving=going)
    for row, rank in zip(moving, ranks, strict=True):
        row.rank = rank
        if scene is not None:
            change_scene(session, need(session, Shot, row.shot_id), scene)
    return _touched(moving) | Changes(note=note)


def split_event(session: Session, event: str, at: int) -> Changes:
    """Two events of one shot: the second begins `at` frames into the first.

    Played in turn they show exactly what it showed, whatever its speed, hold, framing and ease: both remember the
    move of the framing as a whole and show their part of it.
    """
    row = editable_event(session, event)
    moves = row.framing_start != row.framing_end
    first, second = trimming.split(Span.of(row), split_point(row, at), moves=moves)
    fields = {column.key: getattr(row, column.key) for column in Event.__table__.columns if column.key != "id"}
    later = Event(**fields | {"rank": rank_after(session, row)})
    session.add(later)
    write_span(session, row, first)
    write_span(session, later, second)
    following.shared_out(session, event, later.id, at)
    return Changes.of(event=[event], shot=[row.shot_id], created=[("event", later.id)])


def add_event(session: Session, shot: str, at: int | None = None) -> Changes:
    """One more place in the current cut that shows the shot, at `at` (from 0; the end by default)."""
    row, cut = need(session, Shot, shot), current_cut(session)
    ids = ordered_ids(session, Event, Event.cut_id == cut.id)
    place = len(ids) if at is None else values.whole(at, "place of the event", 0, len(ids))
    rank = ranks_for(session, Event, place, Event.cut_id == cut.id)[0]
    event = Event(cut_id=cut.id, shot_id=shot, rank=rank, frames=row.frames)
    session.add(event)
    return Changes.of(shot=[shot], created=[("event", event.id)])


def remove_events(session: Session, events: Sequence[str]) -> Changes:
    """Take showings of shots out of the cut; the shots stay. Of several, those of approved shots are left alone.

    Sound that followed them stays where they were and follows what stands there afterwards.
    """
    rows, note = left_alone(session, _in_order(session, events))
    touched = _touched(rows) | Changes(note=note)
    if rows:
        following.left_behind(session, rows[0].cut_id, {row.id for row in rows})
    for row in rows:
        remove(session, row)
    return touched


def edit_event(session: Session, event: str, **fields: object) -> Changes:
    """Its own take or panel, what it shows, speed, hold, flop, framing with ease, grade, name, in and length."""
    values.known_fields(fields, FIELDS, "event")
    row = editable_event(session, event)
    if "frames" in fields:
        row.frames = values.frames(fields["frames"], film_rate(session))
    if "shot_in" in fields:
        row.shot_in, row.shot_in_part = checked_in(session, fields["shot_in"]), 0
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
    if "grade" in fields:
        row.grade = _grade(fields["grade"])
    if "name" in fields:
        row.name = values.text(fields["name"], "name", values.LINE).strip()
    _set_speed(row, fields)
    _set_framing(row, fields)
    return Changes.of(event=[event], shot=[row.shot_id])


def _grade(value: object) -> str:
    if value is not None and not isinstance(value, Grade):
        raise BadValue(f"{value!r:.40} is no grade.", "Give slope, offset and power.")
    return value.text if value is not None else ""


# --- what other commands of the cut need ---------------------------------------------------------------------------


def write_span(session: Session, row: Event, span: Span) -> None:
    """What the event shows and how long. Raises BadValue where that lies further than 24 hours from the shot."""
    row.shot_in, row.shot_in_part = checked_in(session, span.shot_in), span.shot_in_part
    row.frames, row.hold = span.frames, span.hold
    row.speed_num, row.speed_den = span.speed.numerator, span.speed.denominator
    row.framing_first, row.framing_frames = span.framing_first, span.framing_frames


def split_point(row: Event, at: object) -> int:
    if row.frames < 2:
        raise Refused("An event of one frame cannot be split.", "Split a longer one.")
    return values.whole(at, "frame to split at", 1, row.frames - 1)


def rank_after(session: Session, row: Event) -> int:
    """Room for one more event right after this one."""
    same = Event.cut_id == row.cut_id
    later = select(Event.rank).where(same, Event.id != row.id, Event.rank >= row.rank).order_by(Event.rank).limit(1)
    high = session.scalar(later)
    if high is None:
        return row.rank + RANK_STEP
    if high - row.rank > 1:
        return (row.rank + high) // 2
    return ranks_for(session, Event, ordered_ids(session, Event, same).index(row.id) + 1, same)[0]


def left_alone(session: Session, rows: Sequence[Event]) -> tuple[list[Event], str]:
    """What a bulk edit may change of these events, and a sentence about approved shots it leaves alone.

    One event by itself is no bulk edit: whoever points at it means it.
    """
    if len(rows) < 2:
        return list(rows), ""
    free = [row for row in rows if not need(session, Shot, row.shot_id).approved]
    return free, approved_note(len({row.shot_id for row in rows} - {row.shot_id for row in free}))


def _may_join(session: Session, rows: list[Event], scene: str | None) -> tuple[list[Event], str]:
    """Of several events those whose shots may be put in the scene, as `left_alone`; none is to where it is already."""
    if scene is None or len(rows) < 2:
        return rows, ""
    shots = {row.shot_id: need(session, Shot, row.shot_id) for row in rows}
    stay = {one for one, shot in shots.items() if shot.approved and shot.scene_id != scene}
    return [row for row in rows if row.shot_id not in stay], approved_note(len(stay))


def approved_note(count: int) -> str:
    if not count:
        return ""
    return f"{count} approved shots were left alone." if count > 1 else "1 approved shot was left alone."


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


def place_before(session: Session, cut: str, shot: Shot, otherwise: int) -> int:
    """Where the first event of `shot` stands in the cut; `otherwise` where it has none."""
    shots = session.scalars(select(Event.shot_id).where(Event.cut_id == cut).order_by(Event.rank, Event.id)).all()
    return shots.index(shot.id) if shot.id in shots else otherwise


def checked_in(session: Session, value: object) -> int:
    longest = trimming.longest(film_rate(session))
    return values.whole(value, "first frame", -longest, longest)


def _of_shot(session: Session, entity: type[Take] | type[Panel], value: object, shot: str) -> str | None:
    if value is None:
        return None
    row = need(session, entity, str(value))
    if row.shot_id != shot:
        raise BadValue(f"That {entity.__tablename__} belongs to another shot.", "Choose one of this shot.")
    return row.id


def _set_speed(row: Event, fields: dict[str, object]) -> None:
    """A speed without regard to length. A part of a frame is kept only at the speed it was made at."""
    if not {"speed_num", "speed_den"} & set(fields):
        return
    speed = values.speed(fields.get("speed_num", row.speed_num), fields.get("speed_den", row.speed_den))
    if speed != Fraction(row.speed_num, row.speed_den):
        row.shot_in_part = 0
        row.speed_num, row.speed_den = speed.numerator, speed.denominator


def _set_framing(row: Event, fields: dict[str, object]) -> None:
    """A framing that is given anew moves over the whole event."""
    for name in ("framing_start", "framing_end"):
        if name in fields:
            setattr(row, name, values.frame_rect(fields[name], name.replace("_", " ")))
    if "ease" in fields:
        row.ease = values.one_of(fields["ease"], "ease", ("", "in", "out", "both"))
    if {"framing_start", "framing_end", "ease"} & set(fields):
        row.framing_first = row.framing_frames = 0


def _in_order(session: Session, events: Sequence[str]) -> list[Event]:
    """The rows of these events, each once, as they follow each other in their cut. Raises BadValue for none."""
    rows = [editable_event(session, event) for event in dict.fromkeys(events)]
    if not rows:
        raise BadValue("No event is named.", "Select one first.")
    if len({row.cut_id for row in rows}) > 1:
        raise BadValue("The events belong to different cuts.", "Name events of the current cut.")
    return sorted(rows, key=lambda row: (row.rank, row.id))


def _touched(rows: Sequence[Event]) -> Changes:
    return Changes.of(event=[row.id for row in rows], shot=[row.shot_id for row in rows])
