"""Frozen records of a cut for the screens: events, what they show, lanes and sound clips, markers, versions."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from studio.project.grade import Grade
from studio.project.timing import FrameRate

Rect = tuple[float, float, float, float]
"""left, top, width, height as parts of the picture, each from 0 to 1"""
Point = tuple[float, float]
"""across and down as parts of the picture"""


@dataclass(frozen=True)
class Stroke:
    """A line drawn on a panel by hand."""

    kind: str
    """pencil or arrow; an arrow's head is at its last point"""
    points: tuple[Point, ...]
    width: float
    """Part of the picture's height."""
    colour: str
    """`#RRGGBB`"""


@dataclass(frozen=True)
class PanelShown:
    """A panel for as long as an event shows it."""

    panel: str
    picture: Path
    frames: int
    """Film frames; those of an event's panels add up to its length."""
    framing_start: Rect | None = None
    framing_end: Rect | None = None
    strokes: tuple[Stroke, ...] = ()
    framing_first: int = 0
    framing_frames: int = 0
    """As in `EventCard`: the event shows the panel's own move from frame `framing_first` of `framing_frames` on."""


@dataclass(frozen=True)
class EventCard:
    """One place in a cut, in cut order. `film_frame` is where it starts, counted from 0 at the head of the cut."""

    id: str
    shot: str
    shot_number: str
    scene: str
    film_frame: int
    frames: int
    take: str | None
    """The take it shows: its own, else the shot's chosen one."""
    take_name: str
    media: Path | None
    """The take's movie; None where a panel or a missing-shot card stands."""
    take_in: int
    """First take_frame shown, whichever way it plays. May lie outside the take: the nearest frame is held there."""
    take_frames: int
    """Frames the movie has; 0 without one."""
    panel: str | None = None
    picture: Path | None = None
    """A still image that stands for the event."""
    speed_num: int = 1
    speed_den: int = 1
    """Take seconds in a film second; below zero it plays backwards, from `take_in` on towards the take's head."""
    flop: bool = False
    hold: str = ""
    """first or last: only that frame is shown, the whole length of the event"""
    name: str = ""
    reel: str = ""
    take_timecode: str = ""
    """Timecode of the take's first frame, in its own stretch of source timecode."""
    action: str = ""
    dialogue: str = ""
    shot_in: int = 0
    """First shot_frame shown, negative inside the head handle."""
    take_head: int = 0
    """Handle frames of the take before the shot's first frame."""
    take_rate: FrameRate | None = None
    framing_start: Rect | None = None
    framing_end: Rect | None = None
    """None: the whole picture. The framing moves from start to end over the event, or over `framing_frames`."""
    ease: str = ""
    """in, out, both; empty: at an even pace"""
    panels: tuple[PanelShown, ...] = ()
    """What is shown where no take is."""
    shot_in_part: int = 0
    """What the first shot_frame is past `shot_in`, in parts of `speed_den`: a split between two shown frames."""
    take_phase: Fraction = Fraction(0)
    """What the first take_frame is past `take_in`, 0 to 1. At film frame f of the event the picture is
    floor(take_in + take_phase + f * step)."""
    framing_first: int = 0
    framing_frames: int = 0
    """Where the event shows only a part of a move, as after a split: from frame `framing_first` on of the
    `framing_frames` that the whole move lasts. 0: the move lasts as long as the event."""
    grade: Grade | None = None
    camera: str = ""
    """Size, angle and move of the shot, as the missing-shot card says them: `Medium, eye level, static`"""


@dataclass(frozen=True)
class ShotInCut:
    """One shot where a cut shows it; empty where it does not."""

    events: tuple[EventCard, ...] = ()
    """In cut order, each with its place in the cut."""
    scene_frame: int = 0
    """The film frame at which the cut came to the scene of the first one."""
    before: EventCard | None = None
    """What stands just before the first one."""


@dataclass(frozen=True)
class LaneCard:
    """A row of sound under the cut."""

    id: str
    name: str
    follows: bool
    """Its clips follow the event they start in; otherwise they are locked to time."""
    gain: float
    """Decibels."""
    mute: bool
    solo: bool
    audible: bool
    """Neither muted nor silenced by another lane's solo."""


@dataclass(frozen=True)
class SoundCard:
    """A stretch of a sound file on a lane."""

    id: str
    lane: str
    name: str
    media: Path
    """The 48 kHz WAV."""
    film_frame: int
    """Where it starts in the cut."""
    frames: int
    """Film frames it lasts; the last one may be begun only."""
    source_start: int
    source_length: int
    """The stretch of the file, in samples of 48 kHz."""
    source_samples: int
    """Samples the whole file has; 0 where the file is missing."""
    gain: float
    """Decibels, without the lane's."""
    event: str | None
    """The event it follows; None where it is locked to time."""


@dataclass(frozen=True)
class MarkerCard:
    id: str
    film_frame: int
    name: str


@dataclass(frozen=True)
class CutCard:
    """One version of the whole film."""

    id: str
    number: int
    name: str
    current: bool
    frozen: bool
    made_at: str
    events: int
    frames: int


@dataclass(frozen=True)
class CutDifference:
    """One event in which two cuts differ, told in words."""

    shot: str
    shot_number: str
    kind: str
    """added, removed, moved, length, take or other"""
    words: str
    """`12 frames shorter`, `take 3 instead of take 1`"""
    film_frame_before: int | None
    film_frame_after: int | None
