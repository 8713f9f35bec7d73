"""The cut as the timeline shows it: cards in order with quick ways to find them. Pure; no Qt."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from studio.project import trimming
from studio.project.cut_cards import EventCard, LaneCard, MarkerCard, SoundCard
from studio.project.timing import FilmTimecode, FrameRate
from studio.project.trimming import Held


@dataclass(frozen=True)
class SceneRun:
    """Consecutive events of one scene."""

    scene: str
    first: int
    count: int
    film_frame: int
    frames: int

    @property
    def end(self) -> int:
        """The first film frame after it."""
        return self.film_frame + self.frames


class TimelineCut:
    """Events in cut order, without holes; lanes from the top down, their clips and the markers in order of time."""

    def __init__(
        self, rate: FrameRate, events: Sequence[EventCard] = (), lanes: Sequence[LaneCard] = (),
        sounds: Iterable[SoundCard] = (), markers: Iterable[MarkerCard] = (), *,
        timecode: FilmTimecode | None = None, frozen: bool = False, folded: frozenset[str] = frozenset(),
    ) -> None:  # fmt: skip
        """`timecode`: from 00:00:00:00 on, unless given; `folded`: scenes shown as one strip."""
        self.rate, self.timecode, self.frozen, self.folded = rate, timecode or FilmTimecode(rate), frozen, folded
        self.events = tuple(events)
        self.lanes = tuple(lanes)
        self.markers = tuple(sorted(markers, key=lambda marker: (marker.film_frame, marker.id)))
        self._held: dict[str, Held] = {}
        self._starts = [event.film_frame for event in self.events]
        self._places = {event.id: place for place, event in enumerate(self.events)}
        self._sounds: dict[str, list[SoundCard]] = defaultdict(list)
        for sound in sorted(sounds, key=lambda sound: (sound.film_frame, sound.id)):
            self._sounds[sound.lane].append(sound)

    def held(self, event: EventCard) -> Held:
        """How long an event of this cut holds the first and last frame of its take."""
        if event.id not in self._held:
            self._held[event.id] = trimming.held_frames(event, self.rate)
        return self._held[event.id]

    @property
    def frames(self) -> int:
        """Length of the cut in film frames."""
        return self.events[-1].film_frame + self.events[-1].frames if self.events else 0

    @cached_property
    def has_lines(self) -> bool:
        return any(event.dialogue for event in self.events)

    def event(self, event: str) -> EventCard | None:
        place = self._places.get(event)
        return None if place is None else self.events[place]

    def place_of(self, event: str) -> int | None:
        return self._places.get(event)

    @cached_property
    def first_of_shot(self) -> dict[str, EventCard]:
        """The first event of each shot, by the shot's id."""
        return {event.shot: event for event in reversed(self.events)}

    def place_at(self, film_frame: int) -> int | None:
        """The place of the event that shows a frame; None outside the cut."""
        if not 0 <= film_frame < self.frames:
            return None
        return bisect_right(self._starts, film_frame) - 1

    def event_at(self, film_frame: int) -> EventCard | None:
        place = self.place_at(film_frame)
        return None if place is None else self.events[place]

    def places_between(self, first: int, end: int) -> range:
        """Places of the events that show any frame from `first` up to `end`, `end` left out."""
        return range(max(0, bisect_right(self._starts, first) - 1), bisect_left(self._starts, end))

    def gap_near(self, film_frame: int) -> int:
        """The place before which something put down at a frame goes: the nearest cut."""
        place = self.place_at(max(0, film_frame))
        if place is None:
            return len(self.events)
        event = self.events[place]
        return place + (film_frame - event.film_frame > event.frames // 2)

    def gap_frame(self, place: int) -> int:
        """The film frame of the cut before a place."""
        return self.events[place].film_frame if place < len(self.events) else self.frames

    # --- scenes ---

    @cached_property
    def runs(self) -> tuple[SceneRun, ...]:
        runs: list[SceneRun] = []
        for place, event in enumerate(self.events):
            if runs and runs[-1].scene == event.scene:
                run = runs[-1]
                runs[-1] = SceneRun(run.scene, run.first, run.count + 1, run.film_frame, run.frames + event.frames)
            else:
                runs.append(SceneRun(event.scene, place, 1, event.film_frame, event.frames))
        return tuple(runs)

    def run_at(self, film_frame: int) -> SceneRun | None:
        place = self.run_place_at(film_frame)
        return self.runs[place] if place >= 0 and film_frame < self.runs[place].end else None

    def run_place_at(self, film_frame: int) -> int:
        """The place among the runs of the last one that begins no later than a frame; below 0 before the first."""
        return bisect_right(self._run_starts, film_frame) - 1

    def runs_between(self, first: int, end: int) -> tuple[SceneRun, ...]:
        return self.runs[max(0, self.run_place_at(first)) : bisect_left(self._run_starts, end)]

    @cached_property
    def _run_starts(self) -> list[int]:
        return [run.film_frame for run in self.runs]

    def events_of(self, run: SceneRun) -> tuple[EventCard, ...]:
        return self.events[run.first : run.first + run.count]

    # --- sound and markers ---

    def lane(self, lane: str) -> LaneCard | None:
        return next((card for card in self.lanes if card.id == lane), None)

    def sounds_on(self, lane: str) -> Sequence[SoundCard]:
        return self._sounds.get(lane, ())

    @property
    def sounds(self) -> list[SoundCard]:
        return [sound for lane in self.lanes for sound in self.sounds_on(lane.id)]

    def sound(self, sound: str) -> SoundCard | None:
        return next((card for cards in self._sounds.values() for card in cards if card.id == sound), None)

    def marker(self, marker: str) -> MarkerCard | None:
        return next((card for card in self.markers if card.id == marker), None)

    def marker_before(self, film_frame: int) -> MarkerCard | None:
        return next((one for one in reversed(self.markers) if one.film_frame < film_frame), None)

    def marker_after(self, film_frame: int) -> MarkerCard | None:
        return next((one for one in self.markers if one.film_frame > film_frame), None)
