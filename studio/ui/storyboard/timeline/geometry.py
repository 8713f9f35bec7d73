"""Where everything stands on the timeline: pure arithmetic over film frames, a zoom and rows, in content pixels.

Across, x is 0 at the head of the cut; down, y is 0 at the top of the ruler. The viewport's scroll is taken off by the
caller. Time is counted in whole film frames; a zoom is a whole number of 65,536ths of a pixel for a frame, so that the
same frame stands at the same pixel whichever way it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from studio.project.cut_cards import EventCard, SoundCard
from studio.project.timing import FrameRate
from studio.ui.storyboard.timeline.cut import TimelineCut

ONE_PIXEL = 1 << 16
LEAST_ZOOM = 8
"""In 65,536ths of a pixel for a frame: a day of film on some hundred pixels."""
MOST_ZOOM = 32 * ONE_PIXEL

HEADS = 100
"""Width of the heads left of the lanes."""
RULER, MARKERS, SCENES, SHOTS, LINES, LANE, EMPTY_LANE = 28, 24, 28, 128, 32, 68, 32
STRIP = 116
STRIP_HEAD, STRIP_PICTURE, STRIP_ACTION = 24, 74, 16
GAP = 2
"""Between two strips."""
EDGE = 6
"""Width of the zone at an edge of a strip or clip where it is trimmed."""
GAIN_MARGIN = 6
"""Pixels above and below the way of a gain's line."""
TICK_APART = 110
"""Pixels that a timecode on the ruler needs."""


@dataclass(frozen=True)
class TimeScale:
    """Film frames to pixels and back."""

    zoom: int = 4 * ONE_PIXEL
    """65,536ths of a pixel for a frame, within LEAST_ZOOM and MOST_ZOOM"""

    @classmethod
    def fitting(cls, frames: int, width: int) -> TimeScale:
        """The largest zoom at which so many frames stand on `width` pixels."""
        return cls.of(width * ONE_PIXEL // max(1, frames))

    @classmethod
    def of(cls, zoom: int) -> TimeScale:
        return cls(max(LEAST_ZOOM, min(MOST_ZOOM, zoom)))

    def times(self, num: int, den: int) -> TimeScale:
        """Closer by num/den; at least by one step."""
        zoom = self.zoom * num // den
        return TimeScale.of(zoom if zoom != self.zoom else zoom + (1 if num > den else -1))

    def x_of(self, frame: int) -> int:
        """The pixel at which a frame begins."""
        return -(-frame * self.zoom // ONE_PIXEL)

    def frame_at(self, x: int) -> int:
        """The frame that lies under a pixel."""
        return x * ONE_PIXEL // self.zoom

    def frame_near(self, x: int) -> int:
        """The frame whose beginning is nearest to a pixel."""
        frame = self.frame_at(x)
        return frame if x - self.x_of(frame) <= self.x_of(frame + 1) - x else frame + 1

    def frames_in(self, pixels: int) -> int:
        """Whole frames that so many pixels hold."""
        return pixels * ONE_PIXEL // self.zoom


@dataclass(frozen=True)
class Row:
    """A row of the timeline. `kind`: ruler, markers, scenes, shots, lines or lane."""

    kind: str
    top: int
    height: int
    lane: str = ""

    @property
    def bottom(self) -> int:
        """The first pixel below it."""
        return self.top + self.height


@dataclass(frozen=True)
class Hit:
    """What lies under a point. `kind`: a row's, or event, sound, marker, scene; `part`: head, tail, body or gain."""

    kind: str
    id: str = ""
    part: str = "body"
    frame: int = 0


def rows_of(cut: TimelineCut) -> tuple[Row, ...]:
    """The written lines have a row where a shot has any; lanes without a clip are low."""
    heights = [("ruler", RULER, ""), ("markers", MARKERS, ""), ("scenes", SCENES, ""), ("shots", SHOTS, "")]
    if cut.has_lines:
        heights.append(("lines", LINES, ""))
    heights += [("lane", LANE if cut.sounds_on(lane.id) else EMPTY_LANE, lane.id) for lane in cut.lanes]
    return tuple(_stacked(heights))


def _stacked(heights: Iterable[tuple[str, int, str]]) -> Iterator[Row]:
    top = 0
    for kind, height, lane in heights:
        yield Row(kind, top, height, lane)
        top += height


def strip_top(row: Row) -> int:
    return row.top + (row.height - STRIP) // 2


@dataclass(frozen=True)
class Box:
    """A rectangle in content pixels."""

    left: int
    top: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The first pixel right of it."""
        return self.left + self.width

    @property
    def bottom(self) -> int:
        return self.top + self.height

    def contains(self, x: int, y: int) -> bool:
        return self.left <= x < self.right and self.top <= y < self.bottom


class TimelineGeometry:
    """Boxes of events, clips and rows of one cut at one zoom, and what lies under a point."""

    def __init__(self, cut: TimelineCut, scale: TimeScale) -> None:
        self.cut, self.scale = cut, scale
        self.rows = rows_of(cut)
        self.height = self.rows[-1].bottom
        self.width = scale.x_of(cut.frames)
        self.shots_row = next(row for row in self.rows if row.kind == "shots")
        self._strip_top = strip_top(self.shots_row)

    def row(self, kind: str, lane: str = "") -> Row | None:
        return next((row for row in self.rows if (row.kind, row.lane) == (kind, lane)), None)

    def row_at(self, y: int) -> Row | None:
        return next((row for row in self.rows if row.top <= y < row.bottom), None)

    def event_box(self, event: EventCard) -> Box:
        """The strip of an event; at least one pixel wide."""
        left, right = self.scale.x_of(event.film_frame), self.scale.x_of(event.film_frame + event.frames)
        gap = GAP if right - left > 3 * GAP else 0
        return Box(left, self._strip_top, max(1, right - left - gap), STRIP)

    def sound_box(self, sound: SoundCard) -> Box | None:
        """None where its lane is not on the timeline."""
        row = self.row("lane", sound.lane)
        if row is None:
            return None
        left, right = self.scale.x_of(sound.film_frame), self.scale.x_of(sound.film_frame + sound.frames)
        return Box(left, row.top + 2, max(2, right - left), row.height - 4)

    def marker_x(self, film_frame: int) -> int:
        return self.scale.x_of(film_frame)

    def events_between(self, left: int, right: int) -> range:
        """Places of the events that stand on the pixels from `left` to `right`."""
        return self.cut.places_between(self.scale.frame_at(left), self.scale.frame_at(right) + 1)

    # --- under a point ---

    def hit(self, x: int, y: int) -> Hit:
        row, frame = self.row_at(y), max(0, self.scale.frame_at(x))
        if row is None:
            return Hit("", frame=frame)
        match row.kind:
            case "markers":
                return self._marker_hit(x, frame)
            case "scenes":
                run = self.cut.run_at(frame)
                return Hit("scene", run.scene, frame=frame) if run is not None else Hit("scenes", frame=frame)
            case "shots":
                return self._event_hit(x, y, frame)
            case "lane":
                return self._sound_hit(row, x, y, frame)
        return Hit(row.kind, row.lane, frame=frame)

    def _event_hit(self, x: int, y: int, frame: int) -> Hit:
        place = self.cut.place_at(frame)
        if x < 0 or place is None:
            return Hit("shots", frame=frame)
        event = self.cut.events[place]
        left, right = self.scale.x_of(event.film_frame), self.scale.x_of(event.film_frame + event.frames)
        box = self.event_box(event)
        if not box.top <= y < box.bottom:
            return Hit("shots", frame=frame)
        return Hit("event", event.id, _part(x, left, right), frame)

    def _sound_hit(self, row: Row, x: int, y: int, frame: int) -> Hit:
        for sound in reversed(self.cut.sounds_on(row.lane)):
            box = self.sound_box(sound)
            if box is not None and box.contains(x, y):
                return Hit("sound", sound.id, _sound_part(sound, box, x, y), frame)
        return Hit("lane", row.lane, frame=frame)

    def _marker_hit(self, x: int, frame: int) -> Hit:
        for marker in reversed(self.cut.markers):
            at = self.marker_x(marker.film_frame)
            if at - 7 <= x <= at + 7:
                return Hit("marker", marker.id, frame=marker.film_frame)
        return Hit("markers", frame=frame)


def _part(x: int, left: int, right: int) -> str:
    """The edges are a quarter of what stands between them at most, so that a short strip can still be moved."""
    edge = min(EDGE, (right - left) // 4)
    if x < left + edge:
        return "head"
    return "tail" if x >= right - edge else "body"


def _sound_part(sound: SoundCard, box: Box, x: int, y: int) -> str:
    part = _part(x, box.left, box.right)
    over_line = box.height > EMPTY_LANE and abs(y - gain_y(sound.gain, box.top, box.height)) <= 3
    return "gain" if part == "body" and over_line else part


# --- gain: a line across the clip ---

LOUDEST, QUIETEST = 12.0, -36.0
"""Decibels at the upper and the lower end of the line's way; what is quieter stands at the lower end."""


def gain_y(gain: float, top: int, height: int) -> int:
    """Where the line of a clip's gain lies, in pixels."""
    way, room = (LOUDEST - max(QUIETEST, min(LOUDEST, gain))) / (LOUDEST - QUIETEST), height - 2 * GAIN_MARGIN
    return top + GAIN_MARGIN + round(way * room)


def gain_moved(gain: float, rise: int, height: int) -> float:
    """The gain once its line is dragged `rise` pixels up: to half decibels."""
    step = (LOUDEST - QUIETEST) / max(1, height - 2 * GAIN_MARGIN)
    return max(QUIETEST, min(LOUDEST, round((gain + rise * step) * 2) / 2))


# --- the ruler ---

STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21600, 43200)
"""Seconds between two timecodes on the ruler."""


def tick_frames(scale: TimeScale, rate: FrameRate) -> tuple[int, int]:
    """Frames between two timecodes on the ruler, and between two small ticks."""
    second = rate.nominal
    parts = [part for part in (1, 2, 5, 10, second // 2) if 0 < part < second and second % part == 0]
    for step in (*parts, *(second * step for step in STEPS)):
        if scale.x_of(step) >= TICK_APART:
            return step, _small(step, scale)
    return second * STEPS[-1], second * STEPS[-1] // 4


def _small(step: int, scale: TimeScale) -> int:
    smaller = (step // parts for parts in (10, 5, 4, 2) if step % parts == 0)
    return next((small for small in smaller if scale.x_of(small) >= 6), step)


def ticks(scale: TimeScale, rate: FrameRate, left: int, right: int) -> list[tuple[int, int, bool]]:
    """Frame, pixel, and whether a timecode stands there, for every tick between two pixels."""
    step, small = tick_frames(scale, rate)
    first = max(0, scale.frame_at(left) - step) // small * small
    last = scale.frame_at(right) + 1
    return [(frame, scale.x_of(frame), frame % step == 0) for frame in range(first, last + 1, small)]
