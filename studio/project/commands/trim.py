"""Trims: the edges of events, the cut between two, what is seen under an event, and at which speed.

How far and what then is shown says `studio/project/trimming.py`; here it is written, the clips that follow with it.
`by` is counted in film frames; positive is later in time.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.errors import Refused
from studio.project import trimming
from studio.project.changes import Changes
from studio.project.commands import following, values
from studio.project.commands.event import event_alone, left_alone, write_span
from studio.project.commands.rows import editable_event, film_rate, need
from studio.project.entities import Event, Panel, Shot, Take
from studio.project.trimming import Span


def trim_head(session: Session, event: str, by: int) -> Changes:
    """Move the event's head; what follows in the cut moves by as much (ripple).

    The only event of a shot without takes has nothing under it that could begin later: its shot is planned shorter
    or longer instead. Sound that began in what is cut away begins with the event.
    """
    row, rate = editable_event(session, event), film_rate(session)
    span = trimming.trim_head(Span.of(row), _by(session, by), rate)
    _write(session, row, span)
    kept = following.head_moved(session, event, by)
    note = f"{kept} sound clips begin with the event now." if kept > 1 else "A sound clip begins with the event now."
    return _touched(row) | Changes(note=note if kept else "")


def trim_tail(session: Session, event: str, by: int) -> Changes:
    """Move the event's end; what follows in the cut moves along (ripple). Past the take its last frame is held.

    Where this is the only event of a shot without takes, the shot is planned for the new length.
    """
    row, rate = editable_event(session, event), film_rate(session)
    _write(session, row, trimming.trim_tail(Span.of(row), _by(session, by), rate))
    return _touched(row)


def roll_cut(session: Session, event: str, by: int) -> Changes:
    """Move the cut between the event and the next one that is seen. The film stays as long, its sound where it is."""
    left, rate = editable_event(session, event), film_rate(session)
    right = _next_seen(session, left)
    spans = trimming.roll(Span.of(left), Span.of(right), _by(session, by), rate)
    for row, span in zip((left, right), spans, strict=True):
        _write(session, row, span)
    following.cut_moved(session, left, right, by)
    return _touched(left, right)


def slip_event(session: Session, event: str, by: int) -> Changes:
    """Slide what is seen `by` frames later under the event, which stays in its place and as long as it is."""
    row = editable_event(session, event)
    if not _has_material(session, row):
        raise Refused("There is nothing under this event that could slip.", "Generate a take first, or trim the event.")
    write_span(session, row, trimming.slip(Span.of(row), _by(session, by)))
    return _touched(row)


def set_lengths(session: Session, lengths: Mapping[str, int]) -> Changes:
    """New lengths of many events in one step, in film frames, each trimmed at its end. Of several, approved shots are
    left alone."""
    rate = film_rate(session)
    rows = [editable_event(session, event) for event in lengths]
    kept, note = left_alone(session, rows)
    for row in kept:
        by = values.frames(lengths[row.id], rate) - row.frames
        if by:
            _write(session, row, trimming.trim_tail(Span.of(row), by, rate))
    return _touched(*kept) | Changes(note=note)


def retime_event(session: Session, event: str, num: int, den: int = 1) -> Changes:
    """Show the same material at the speed num/den; the length follows. Below 0 it is played backwards.

    Sound that follows keeps its part of the way through the event, so that turning it round moves none.
    """
    row, rate = editable_event(session, event), film_rate(session)
    before = Span.of(row)
    span = trimming.retime(before, values.speed(num, den))
    values.frames(span.frames, rate, "length at that speed")
    write_span(session, row, span)
    pace = abs(before.speed) / abs(span.speed)
    following.stretched(session, event, lambda start: int(start * pace))
    return _touched(row)


def _write(session: Session, row: Event, span: Span) -> None:
    """A length and what goes with it. A bare shot is planned for it, and is shown from its first frame."""
    if _is_plan(session, row):
        row.frames = need(session, Shot, row.shot_id).frames = span.frames
        row.framing_first = span.framing_first
    else:
        write_span(session, row, span)


def _is_plan(session: Session, row: Event) -> bool:
    """Whether the event is all there is of its shot: no take, shown once, whole and as it is."""
    if (row.shot_in, row.shot_in_part, row.speed_num, row.speed_den) != (0, 0, 1, 1):
        return False
    if session.scalar(select(Take.id).where(Take.shot_id == row.shot_id).limit(1)):
        return False
    return event_alone(session, row.shot_id) is row


def _has_material(session: Session, row: Event) -> bool:
    """A take, or panels that are shown one after the other."""
    shot = need(session, Shot, row.shot_id)
    if row.shows != "panels" and (row.take_id or shot.chosen_take_id):
        return True
    own = select(Panel.id).where(Panel.shot_id == row.shot_id, Panel.frames.is_not(None)).limit(1)
    return row.panel_id is None and session.scalar(own) is not None


def _next_seen(session: Session, row: Event) -> Event:
    later = (Event.rank > row.rank) | ((Event.rank == row.rank) & (Event.id > row.id))
    query = select(Event).join(Shot, Shot.id == Event.shot_id).where(Event.cut_id == row.cut_id, ~Shot.omitted, later)
    found = session.scalars(query.order_by(Event.rank, Event.id).limit(1)).first()
    if found is None:
        raise Refused("This event is the last one, so there is no cut after it to roll.", "Trim its end instead.")
    return found


def _by(session: Session, value: object) -> int:
    most = trimming.longest(film_rate(session))
    return values.whole(value, "number of frames", -most, most)


def _touched(*rows: Event) -> Changes:
    return Changes.of(event=[row.id for row in rows], shot=[row.shot_id for row in rows])
