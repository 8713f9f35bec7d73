"""Lanes and sound clips of the current cut."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.project.changes import Changes
from studio.project.commands import values
from studio.project.commands.removal import remove
from studio.project.commands.rows import current_cut, film_rate, need, ordered_ids, ranks_for, refuse_frozen
from studio.project.entities import Cut, Event, Lane, Shot, SoundClip
from studio.project.media_names import checked_name, is_name

SAMPLES = 48_000
"""A second of every sound file in media/."""
LONGEST = 24 * 3600 * SAMPLES


def add_lane(session: Session, name: str, follows: bool = True) -> Changes:
    cut = current_cut(session)
    same = Lane.cut_id == cut.id
    row = Lane(
        cut_id=cut.id,
        rank=ranks_for(session, Lane, len(ordered_ids(session, Lane, same)), same)[0],
        name=values.text(name, "name of the lane", values.LINE).strip(),
        follows=values.truth(follows, "Follows"),
    )
    session.add(row)
    return Changes.of(cut=[cut.id], created=[("lane", row.id)])


def edit_lane(session: Session, lane: str, **fields: object) -> Changes:
    """Change name, gain, mute or solo. Whether its clips follow is said when a lane is added."""
    values.known_fields(fields, ("name", "gain", "mute", "solo"), "lane")
    row = _lane(session, lane)
    if "name" in fields:
        row.name = values.text(fields["name"], "name of the lane", values.LINE).strip()
    if "gain" in fields:
        row.gain = values.decibels(fields["gain"], "gain")
    for name in ("mute", "solo"):
        if name in fields:
            setattr(row, name, values.truth(fields[name], name.capitalize()))
    return Changes.of(lane=[lane], cut=[row.cut_id])


def remove_lane(session: Session, lane: str) -> Changes:
    row = _lane(session, lane)
    remove(session, row)
    return Changes.of(lane=[lane], cut=[row.cut_id])


def add_sound(
    session: Session,
    lane: str,
    *,
    media: str,
    film_frame: int,
    source_length: int,
    source_start: int = 0,
    name: str = "",
    original: str = "",
) -> Changes:
    """A stretch of a sound file (in samples of 48 kHz) at a frame of the cut; on a lane that follows, it moves with
    the event it starts in."""
    home = _lane(session, lane)
    row = SoundClip(
        lane_id=lane,
        media=checked_name(media),
        original=original if is_name(original) else "",
        name=values.text(name, "name", values.LINE).strip(),
        source_start=values.whole(source_start, "start in the file", 0, LONGEST),
        source_length=values.whole(source_length, "length", 1, LONGEST),
    )
    row.event_id, row.start = _anchor(session, home, film_frame)
    session.add(row)
    return Changes.of(lane=[lane], created=[("sound_clip", row.id)])


def edit_sound(session: Session, clip: str, **fields: object) -> Changes:
    """Change film_frame, source_start, source_length, gain or name."""
    values.known_fields(fields, ("film_frame", "source_start", "source_length", "gain", "name"), "sound clip")
    row = need(session, SoundClip, clip)
    home = _lane(session, row.lane_id)
    if "film_frame" in fields:
        row.event_id, row.start = _anchor(session, home, fields["film_frame"])
    if "source_start" in fields:
        row.source_start = values.whole(fields["source_start"], "start in the file", 0, LONGEST)
    if "source_length" in fields:
        row.source_length = values.whole(fields["source_length"], "length", 1, LONGEST)
    if "gain" in fields:
        row.gain = values.decibels(fields["gain"], "gain")
    if "name" in fields:
        row.name = values.text(fields["name"], "name", values.LINE).strip()
    return Changes.of(sound_clip=[clip], lane=[home.id])


def remove_sound(session: Session, clip: str) -> Changes:
    row = need(session, SoundClip, clip)
    _lane(session, row.lane_id)
    remove(session, row)
    return Changes.of(sound_clip=[clip], lane=[row.lane_id])


def _lane(session: Session, lane: str) -> Lane:
    row = need(session, Lane, lane)
    refuse_frozen(need(session, Cut, row.cut_id))
    return row


def _anchor(session: Session, lane: Lane, value: object) -> tuple[str | None, int]:
    """The event a clip at this film frame starts in, and the frames into it; (None, film frame) where it is locked."""
    frame = values.whole(value, "frame of the cut", 0, 24 * 3600 * film_rate(session).nominal)
    if not lane.follows:
        return None, frame
    events = select(Event.id, Event.frames).join(Shot, Shot.id == Event.shot_id)
    begins = 0
    for one in session.execute(events.where(Event.cut_id == lane.cut_id, ~Shot.omitted).order_by(Event.rank, Event.id)):
        if frame < begins + one.frames:
            return one.id, frame - begins
        begins += one.frames
    return None, frame
