"""Where the sound of a cut lies: film frames to the events clips follow, and back."""

from __future__ import annotations

from bisect import bisect_right

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.project.commands.rows import unseen
from studio.project.entities import Cut, Event, Shot, SoundClip


class Places:
    """The events a cut shows, and where each starts, read once."""

    def __init__(self, session: Session, cut: Cut) -> None:
        query = select(Event.id, Event.frames).join(Shot, Shot.id == Event.shot_id)
        query = query.where(Event.cut_id == cut.id, ~unseen(cut.frozen))
        self._events: list[str] = []
        self._starts: list[int] = []
        self.frames = 0
        """Length of the cut."""
        for row in session.execute(query.order_by(Event.rank, Event.id)):
            self._events.append(row.id)
            self._starts.append(self.frames)
            self.frames += row.frames
        self._by_id = dict(zip(self._events, self._starts, strict=True))

    def anchor(self, film_frame: int) -> tuple[str | None, int]:
        """The event shown at this film frame and the frames into it; (None, film frame) past the end of the cut."""
        if not 0 <= film_frame < self.frames:
            return None, film_frame
        place = bisect_right(self._starts, film_frame) - 1
        return self._events[place], film_frame - self._starts[place]

    def film_frame(self, clip: SoundClip) -> int | None:
        """Where a clip starts in the cut; None where the event it follows is not shown."""
        if clip.event_id is None:
            return clip.start
        starts = self._by_id.get(clip.event_id)
        return None if starts is None else starts + clip.start
