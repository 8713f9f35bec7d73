"""Sound that follows the picture: what happens to the clips of an event when the event changes.

A clip on a lane that follows is kept in frames from the start of its event, so that it moves along by itself. Locked
clips belong to no event and are never touched here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.project.entities import Event, Shot, SoundClip


def clips_of(session: Session, event: str) -> list[SoundClip]:
    return list(session.scalars(select(SoundClip).where(SoundClip.event_id == event)))


def head_moved(session: Session, event: str, by: int) -> int:
    """After a trim of the head by film frames: clips stay with the picture they stood under.

    One that began in what was cut away is kept whole and begins with the event. Returns how many those are.
    """
    kept = 0
    for clip in clips_of(session, event):
        kept += clip.start < by
        clip.start = max(0, clip.start - by)
    return kept


def cut_moved(session: Session, left: Event, right: Event, by: int) -> None:
    """After a roll by film frames: every clip stays where it is in the film and follows the event it now starts in."""
    for clip in clips_of(session, right.id):
        clip.start -= by
        if clip.start < 0:
            clip.event_id, clip.start = left.id, clip.start + left.frames
    for clip in clips_of(session, left.id):
        if clip.start >= left.frames:
            clip.event_id, clip.start = right.id, clip.start - left.frames


def shared_out(session: Session, first: str, second: str, at: int) -> None:
    """After a split: clips that start at frame `at` or later follow the second event."""
    for clip in clips_of(session, first):
        if clip.start >= at:
            clip.event_id, clip.start = second, clip.start - at


def stretched(session: Session, event: str, ratio: Callable[[int], int]) -> None:
    """After another speed: clips start as far through the event as before, forwards at the picture they started at.
    Their sound keeps its own pace."""
    for clip in clips_of(session, event):
        clip.start = ratio(clip.start)


def left_behind(session: Session, cut: str, going: Collection[str]) -> None:
    """Before events leave the cut: their clips stay where the events were and follow what stands there afterwards.

    Past the end of the film nothing stands; there a clip is locked in time.
    """
    stays: list[tuple[str, int]] = []
    places: dict[str, int] = {}
    frame = 0
    for event, frames, omitted in _events(session, cut):
        if event in going:
            places[event] = frame
        elif not omitted:
            stays.append((event, frame))
            frame += frames
    for clip in session.scalars(select(SoundClip).where(SoundClip.event_id.in_(places))):
        clip.event_id, clip.start = _at(stays, frame, places[clip.event_id or ""] + clip.start)


def _events(session: Session, cut: str) -> list[tuple[str, int, bool]]:
    query = select(Event.id, Event.frames, Shot.omitted).join(Shot, Shot.id == Event.shot_id)
    rows = session.execute(query.where(Event.cut_id == cut).order_by(Event.rank, Event.id))
    return [(row.id, row.frames, row.omitted) for row in rows]


def _at(stays: list[tuple[str, int]], end: int, frame: int) -> tuple[str | None, int]:
    if frame >= end:
        return None, frame
    event, begins = next(one for one in reversed(stays) if one[1] <= frame)
    return event, frame - begins
