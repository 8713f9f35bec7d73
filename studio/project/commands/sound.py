"""Lanes and sound clips of the current cut.

On a lane that follows, a clip moves with the event it starts in; on a locked one it stays at its time. A clip whose
event is not shown, because its shot is omitted, waits with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePath

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.errors import BadValue, Refused
from studio.project import sound_trimming
from studio.project.changes import Changes
from studio.project.commands import values
from studio.project.commands.removal import remove
from studio.project.commands.rows import current_cut, film_rate, need, ordered_ids, ranks_for, refuse_frozen
from studio.project.entities import Cut, Lane, SoundClip
from studio.project.media import Imported
from studio.project.media_names import checked_name, film_folder, in_media, is_name
from studio.project.sound_files import samples_in
from studio.project.sound_places import Places
from studio.project.sound_time import SAMPLES
from studio.project.sound_trimming import Stretch
from studio.project.timing import FrameRate

LONGEST = 24 * 3600 * SAMPLES
MOST_LANES = 32

# --- lanes ---------------------------------------------------------------------------------------------------------


def add_lane(session: Session, name: str, follows: bool = True) -> Changes:
    """A lane below the others of the current cut."""
    cut = current_cut(session)
    same = Lane.cut_id == cut.id
    others = ordered_ids(session, Lane, same)
    if len(others) >= MOST_LANES:
        raise Refused(f"A cut has at most {MOST_LANES} lanes.", "Put the sound on one that is there.")
    row = Lane(
        cut_id=cut.id,
        rank=ranks_for(session, Lane, len(others), same)[0],
        name=_lane_name(name),
        follows=values.truth(follows, "Follows"),
    )
    session.add(row)
    return Changes.of(cut=[cut.id], created=[("lane", row.id)])


def edit_lane(session: Session, lane: str, **fields: object) -> Changes:
    """Change name, gain, mute, solo, or whether its clips follow their events: none of them moves by that."""
    values.known_fields(fields, ("name", "gain", "mute", "solo", "follows"), "lane")
    row = open_lane(session, lane)
    clips: Sequence[str] = ()
    if "name" in fields:
        row.name = _lane_name(fields["name"])
    if "gain" in fields:
        row.gain = values.decibels(fields["gain"], "gain")
    for name in ("mute", "solo"):
        if name in fields:
            setattr(row, name, values.truth(fields[name], name.capitalize()))
    if "follows" in fields:
        row.follows = values.truth(fields["follows"], "Follows")
        clips = _anchor_again(session, row)
    return Changes.of(lane=[lane], cut=[row.cut_id], sound_clip=clips)


def move_lane(session: Session, lane: str, to_place: int) -> Changes:
    """Put a lane at `to_place` (from 0, the topmost) among those of its cut."""
    row = open_lane(session, lane)
    same = Lane.cut_id == row.cut_id
    place = values.whole(to_place, "place of the lane", 0, len(ordered_ids(session, Lane, same)) - 1)
    row.rank = ranks_for(session, Lane, place, same, moving={lane})[0]
    return Changes.of(lane=[lane], cut=[row.cut_id])


def remove_lane(session: Session, lane: str) -> Changes:
    """Remove a lane with its clips. Their files stay in media/."""
    row = open_lane(session, lane)
    remove(session, row)
    return Changes.of(lane=[lane], cut=[row.cut_id])


# --- clips ---------------------------------------------------------------------------------------------------------


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
    """A stretch of a sound file (in samples of 48 kHz) at a frame of the cut."""
    home = open_lane(session, lane)
    row = SoundClip(
        lane_id=lane,
        media=checked_name(media),
        original=original if is_name(original) else "",
        name=_clip_name(name),
        source_start=values.whole(source_start, "start in the file", 0, LONGEST),
        source_length=values.whole(source_length, "length", 1, LONGEST),
    )
    _place(session, home, row, _frame(session, film_frame))
    session.add(row)
    return Changes.of(lane=[lane], created=[("sound_clip", row.id)])


def add_sounds(session: Session, lane: str, imported: Sequence[Imported], film_frame: int) -> Changes:
    """Whole files on a lane, each beginning at the frame after the one before has ended, the first at `film_frame`."""
    home, rate = open_lane(session, lane), film_rate(session)
    frame, places, rows = _frame(session, film_frame), _places(session, home), []
    for one in imported:
        if one.kind != "sound":
            raise BadValue(f"{one.original_name} is a {one.what} and no sound.", "Bring a sound.")
        row = SoundClip(
            lane_id=lane,
            media=checked_name(one.name),
            original=one.original if is_name(one.original) else "",
            name=_clip_name(PurePath(one.original_name).stem[: values.LINE]),
            source_length=values.whole(one.samples, "length", 1, LONGEST),
        )
        row.event_id, row.start = _anchor(home, places, _frame(session, frame))
        rows.append(row)
        frame += Stretch(frame, 0, one.samples).frames(rate)
    session.add_all(rows)
    return Changes.of(lane=[lane], created=[("sound_clip", row.id) for row in rows])


def edit_sound(session: Session, clip: str, **fields: object) -> Changes:
    """Change film_frame, lane (of the same cut), source_start, source_length, gain or name."""
    values.known_fields(fields, ("film_frame", "lane", "source_start", "source_length", "gain", "name"), "sound clip")
    row = need(session, SoundClip, clip)
    home = left = open_lane(session, row.lane_id)
    frame = _shown_at(session, home, row)
    if "lane" in fields:
        home = open_lane(session, str(fields["lane"]))
        row.lane_id = home.id
    if "film_frame" in fields:
        frame = _frame(session, fields["film_frame"])
    if frame is not None and ("film_frame" in fields or home is not left):
        _place(session, home, row, frame)
    _set_stretch(session, row, fields)
    if "gain" in fields:
        row.gain = values.decibels(fields["gain"], "gain")
    if "name" in fields:
        row.name = _clip_name(fields["name"])
    return Changes.of(sound_clip=[clip], lane={home.id, left.id})


def move_sounds(session: Session, clips: Iterable[str], by: int) -> Changes:
    """Clips go `by` film frames later (below zero: earlier), each on its lane. None goes before the head."""
    rows = [need(session, SoundClip, clip) for clip in clips]
    for row in rows:
        home = open_lane(session, row.lane_id)
        frame = _need_shown(session, home, row)
        _place(session, home, row, _frame(session, frame + by))
    return Changes.of(sound_clip=[row.id for row in rows], lane={row.lane_id for row in rows})


def trim_sound_head(session: Session, clip: str, by: int) -> Changes:
    """The clip begins `by` film frames later (below zero: earlier); what is left stays where it is on the film."""
    home, row, before, rate = _stretch_of(session, clip)
    after = sound_trimming.trimmed_head(before, by, rate)
    _refuse_beyond(by, after.film_frame - before.film_frame)
    return _take_over(session, home, row, after)


def trim_sound_tail(session: Session, clip: str, by: int) -> Changes:
    """The clip ends `by` film frames later (below zero: earlier)."""
    home, row, before, rate = _stretch_of(session, clip)
    after = sound_trimming.trimmed_tail(before, by, _samples(session, row), rate)
    _refuse_beyond(by, after.frames(rate) - before.frames(rate))
    return _take_over(session, home, row, after)


def split_sound(session: Session, clip: str, film_frame: int) -> Changes:
    """Two clips that are heard as the one was; the second begins at `film_frame`."""
    home, row, before, rate = _stretch_of(session, clip)
    length = before.frames(rate)
    if length < 2:
        raise Refused("A sound of one frame cannot be split.", "Split a longer one.")
    first, last = before.film_frame + 1, before.film_frame + length - 1
    at = values.whole(film_frame, "frame to split at", first, last)
    left, right = sound_trimming.split(before, at - before.film_frame, rate)
    second = SoundClip(
        lane_id=home.id,
        media=row.media,
        original=row.original,
        name=row.name,
        source_start=right.source_start,
        source_length=right.source_length,
        gain=row.gain,
    )
    row.source_length = left.source_length
    _place(session, home, second, right.film_frame)
    session.add(second)
    return Changes.of(sound_clip=[clip], lane=[home.id], created=[("sound_clip", second.id)])


def remove_sound(session: Session, clip: str) -> Changes:
    return remove_sounds(session, [clip])


def remove_sounds(session: Session, clips: Iterable[str]) -> Changes:
    """Take clips off their lanes. Their files stay in media/."""
    rows = [need(session, SoundClip, clip) for clip in clips]
    for row in rows:
        open_lane(session, row.lane_id)
        remove(session, row)
    return Changes.of(sound_clip=[row.id for row in rows], lane={row.lane_id for row in rows})


# --- what they share -----------------------------------------------------------------------------------------------


def open_lane(session: Session, lane: str) -> Lane:
    """The lane, for an edit. Refused where it belongs to an earlier version of the cut."""
    row = need(session, Lane, lane)
    refuse_frozen(need(session, Cut, row.cut_id))
    return row


def _places(session: Session, lane: Lane) -> Places:
    return Places(session, need(session, Cut, lane.cut_id))


def _anchor(lane: Lane, places: Places, frame: int) -> tuple[str | None, int]:
    return places.anchor(frame) if lane.follows else (None, frame)


def _place(session: Session, lane: Lane, row: SoundClip, frame: int) -> None:
    row.event_id, row.start = _anchor(lane, _places(session, lane), frame)


def _anchor_again(session: Session, lane: Lane) -> list[str]:
    """Every clip of the lane where it is now, by the lane's present rule. Those of unseen events go on waiting."""
    places, clips = _places(session, lane), []
    for row in session.scalars(select(SoundClip).where(SoundClip.lane_id == lane.id)).all():
        frame = places.film_frame(row)
        if frame is not None:
            row.event_id, row.start = _anchor(lane, places, frame)
            clips.append(row.id)
    return clips


def _shown_at(session: Session, lane: Lane, row: SoundClip) -> int | None:
    return _places(session, lane).film_frame(row)


def _need_shown(session: Session, lane: Lane, row: SoundClip) -> int:
    frame = _shown_at(session, lane, row)
    if frame is None:
        raise Refused("This sound belongs to a shot that is omitted.", "Restore the shot first.")
    return frame


def _stretch_of(session: Session, clip: str) -> tuple[Lane, SoundClip, Stretch, FrameRate]:
    row = need(session, SoundClip, clip)
    home = open_lane(session, row.lane_id)
    frame = _need_shown(session, home, row)
    return home, row, Stretch(frame, row.source_start, row.source_length), film_rate(session)


def _take_over(session: Session, home: Lane, row: SoundClip, after: Stretch) -> Changes:
    row.source_start, row.source_length = after.source_start, after.source_length
    _place(session, home, row, after.film_frame)
    return Changes.of(sound_clip=[row.id], lane=[home.id])


def _refuse_beyond(by: int, can: int) -> None:
    if values.whole(by, "change", -LONGEST, LONGEST) != can:
        raise BadValue(f"The sound cannot be trimmed by {by:,} frames: it reaches no further.", f"Trim by {can:,}.")


def _set_stretch(session: Session, row: SoundClip, fields: dict[str, object]) -> None:
    if "source_start" in fields:
        row.source_start = values.whole(fields["source_start"], "start in the file", 0, LONGEST)
    if "source_length" in fields:
        row.source_length = values.whole(fields["source_length"], "length", 1, LONGEST)
    there = _samples(session, row)
    if {"source_start", "source_length"} & set(fields) and 0 < there < row.source_start + row.source_length:
        raise BadValue(f"The file of this sound has {there:,} samples only.", "Give a stretch that lies in it.")


def _samples(session: Session, row: SoundClip) -> int:
    """Of the whole file; 0 where it is missing."""
    return samples_in(in_media(film_folder(session.info), row.media))


def _frame(session: Session, value: object) -> int:
    return values.whole(value, "frame of the cut", 0, 24 * 3600 * film_rate(session).nominal)


def _lane_name(value: object) -> str:
    return values.text(value, "name of the lane", values.LINE).strip()


def _clip_name(value: object) -> str:
    return values.text(value, "name", values.LINE).strip()
