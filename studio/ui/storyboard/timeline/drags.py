"""What a hand does between press and release on the timeline, one class a gesture: ghosts while it moves, one wish at
the end. Knows no pixels but those a snap needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from studio.project.cut_cards import EventCard, LaneCard, MarkerCard, SoundCard
from studio.ui.storyboard.timeline import ghosts
from studio.ui.storyboard.timeline.cut import TimelineCut
from studio.ui.storyboard.timeline.geometry import TimeScale, gain_moved
from studio.ui.storyboard.timeline.ghosts import Ghost
from studio.ui.storyboard.timeline.snapping import Snapped, SnapPoints


@dataclass(frozen=True)
class Pull:
    """Where the hand is now."""

    by: int
    """Film frames from where it was pressed."""
    frame: int
    """The film frame whose beginning is nearest to it; may lie before the head of the cut."""
    rise: int
    """Pixels it went up since it was pressed."""
    lane: LaneCard | None
    """The lane under it."""
    points: SnapPoints | None
    """None where snapping is off."""
    scale: TimeScale

    def snapped(self, edges: Sequence[int]) -> Snapped | None:
        return self.points.nearest(edges, self.scale) if self.points is not None else None


@dataclass(frozen=True)
class Edit:
    """A wish as data: the name of a signal of the timeline, and what it carries."""

    signal: str
    args: tuple[object, ...]


class Drag(Protocol):
    def pull(self, pull: Pull) -> Ghost: ...

    def edit(self) -> Edit | None:
        """What to wish for when let go here; None where nothing would change."""
        ...


class TrimDrag:
    """An edge of an event, rippling."""

    def __init__(self, cut: TimelineCut, event: EventCard, side: str) -> None:
        self._cut, self._event, self._side, self._by = cut, event, side, 0
        self._edge = event.film_frame + (event.frames if side == "tail" else 0)

    def pull(self, pull: Pull) -> Ghost:
        snapped = pull.snapped([self._edge + pull.by])
        wanted = pull.by + (snapped.by if snapped else 0)
        self._by, _after = ghosts.trimmed(self._cut, self._event, self._side, wanted)
        return ghosts.trim_ghost(self._cut, self._event, self._side, wanted, snapped if self._by == wanted else None)

    def edit(self) -> Edit | None:
        return Edit("trim_requested", (self._event.id, self._side, self._by)) if self._by else None


class RollDrag:
    """The cut between two events."""

    def __init__(self, cut: TimelineCut, left: EventCard, right: EventCard) -> None:
        self._cut, self._left, self._right, self._by = cut, left, right, 0

    def pull(self, pull: Pull) -> Ghost:
        snapped = pull.snapped([self._right.film_frame + pull.by])
        wanted = pull.by + (snapped.by if snapped else 0)
        self._by = ghosts.rolled(self._cut, self._left, self._right, wanted)[0]
        return ghosts.roll_ghost(self._cut, self._left, self._right, wanted, snapped if self._by == wanted else None)

    def edit(self) -> Edit | None:
        return Edit("roll_requested", (self._left.id, self._by)) if self._by else None


class SlipDrag:
    """The take under an event."""

    def __init__(self, cut: TimelineCut, event: EventCard) -> None:
        self._cut, self._event, self._by = cut, event, 0

    def pull(self, pull: Pull) -> Ghost:
        self._by = pull.by
        return ghosts.slip_ghost(self._cut, self._event, pull.by)

    def edit(self) -> Edit | None:
        return Edit("slip_requested", (self._event.id, self._by)) if self._by else None


class MoveDrag:
    """One or several events, to another place of the cut."""

    def __init__(self, cut: TimelineCut, events: Sequence[EventCard], scenes: dict[str, str]) -> None:
        """`events` in cut order; `scenes`: the number a scene is shown with, by id."""
        self._cut, self._events, self._scenes = cut, list(events), scenes
        self._ids = {event.id for event in events}
        self._place: int | None = None
        self._scene = ""

    def pull(self, pull: Pull) -> Ghost:
        place = self._cut.gap_near(pull.frame)
        under = self._cut.event_at(max(0, min(pull.frame, self._cut.frames - 1)))
        self._place, self._scene = place, under.scene if under is not None else ""
        joins = any(event.scene != self._scene for event in self._events)
        words = f"joins scene {self._scenes.get(self._scene, '')}".rstrip() if joins else ""
        at = max(0, self._events[0].film_frame + pull.by)
        return ghosts.move_ghost(self._cut, self._events, place, at, words)

    def edit(self) -> Edit | None:
        """The place is counted without the events in the hand. Put down where they are they stay as they are."""
        if self._place is None:
            return None
        to = sum(1 for event in self._cut.events[: self._place] if event.id not in self._ids)
        rest = [event.id for event in self._cut.events if event.id not in self._ids]
        order = [*rest[:to], *(event.id for event in self._events), *rest[to:]]
        joins = any(event.scene != self._scene for event in self._events)
        if order == [event.id for event in self._cut.events] and not joins:
            return None
        return Edit("move_requested", ([event.id for event in self._events], to, self._scene if joins else ""))


class SoundMoveDrag:
    """A clip, in time and to another lane."""

    def __init__(self, cut: TimelineCut, sound: SoundCard) -> None:
        self._cut, self._sound = cut, sound
        self._frame, self._lane = sound.film_frame, sound.lane

    def pull(self, pull: Pull) -> Ghost:
        start = self._sound.film_frame + pull.by
        snapped = pull.snapped([start, start + self._sound.frames])
        frame = start + (snapped.by if snapped else 0)
        if frame < 0:
            frame, snapped = 0, None
        self._frame, self._lane = frame, pull.lane.id if pull.lane is not None else self._lane
        return ghosts.sound_move_ghost(self._cut, self._sound, self._lane, frame, snapped)

    def edit(self) -> Edit | None:
        if (self._frame, self._lane) == (self._sound.film_frame, self._sound.lane):
            return None
        return Edit("sound_move_requested", (self._sound.id, self._lane, self._frame))


class SoundTrimDrag:
    """An edge of a clip."""

    def __init__(self, cut: TimelineCut, sound: SoundCard, side: str) -> None:
        self._cut, self._sound, self._side, self._by = cut, sound, side, 0
        self._edge = sound.film_frame + (sound.frames if side == "tail" else 0)

    def pull(self, pull: Pull) -> Ghost:
        snapped = pull.snapped([self._edge + pull.by])
        wanted = pull.by + (snapped.by if snapped else 0)
        self._by, _after = ghosts.sound_trimmed(self._cut, self._sound, self._side, wanted)
        kept = snapped if self._by == wanted else None
        return ghosts.sound_trim_ghost(self._cut, self._sound, self._side, wanted, kept)

    def edit(self) -> Edit | None:
        return Edit("sound_trim_requested", (self._sound.id, self._side, self._by)) if self._by else None


class GainDrag:
    """The line of a clip's gain, up and down."""

    def __init__(self, sound: SoundCard, height: int) -> None:
        """`height`: of the clip, in pixels."""
        self._sound, self._height, self._gain = sound, height, sound.gain

    def pull(self, pull: Pull) -> Ghost:
        self._gain = gain_moved(self._sound.gain, pull.rise, self._height)
        return ghosts.gain_ghost(self._sound, self._gain)

    def edit(self) -> Edit | None:
        return Edit("sound_gain_requested", (self._sound.id, self._gain)) if self._gain != self._sound.gain else None


class MarkerDrag:
    def __init__(self, cut: TimelineCut, marker: MarkerCard) -> None:
        self._cut, self._marker, self._frame = cut, marker, marker.film_frame

    def pull(self, pull: Pull) -> Ghost:
        wanted = self._marker.film_frame + pull.by
        snapped = pull.snapped([wanted])
        frame = wanted + (snapped.by if snapped else 0)
        self._frame = max(0, frame)
        kept = snapped if self._frame == frame else None
        by = self._frame - self._marker.film_frame
        return ghosts.marker_ghost(self._cut, self._marker.name, self._frame, by, kept)

    def edit(self) -> Edit | None:
        if self._frame == self._marker.film_frame:
            return None
        return Edit("marker_move_requested", (self._marker.id, self._frame))
