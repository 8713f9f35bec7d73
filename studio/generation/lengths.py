"""How many drawings cover a shot: film frames to an engine's own lengths, and what is left over."""

from __future__ import annotations

from dataclasses import dataclass

from model_runtime.protocol import EngineInfo
from studio.errors import Refused
from studio.project.timing import FrameRate
from studio.project.words import counted

MOST_HANDLE = 8
"""Film frames kept before and after a shot for the editor, where drawings are left over."""

SHARED = 9
"""Drawings a part of a long clip shares with the one it goes on from."""

FILM_LIKE = 24
FAST_FROM = 48
"""Rates from here on hold every drawing twice as long as rates of the film's kind do."""


@dataclass(frozen=True)
class Fit:
    """One way to cover a shot. All lengths but `drawings` are film frames."""

    frames: int
    """What the shot asks for: shot_frame 0 is take_frame `head`."""
    drawings: int
    """Engine frames to ask for."""
    hold: int
    """Film frames each drawing is held."""
    head: int
    tail: int
    cut: int
    """Film frames drawn beyond the tail handle; the movie ends before them."""
    skip: int = 0
    """Film frames drawn before the head handle; the movie begins after them."""

    @property
    def drawn(self) -> int:
        """Film frames the drawings last: skip + head + frames + tail + cut."""
        return self.drawings * self.hold

    @property
    def delivered(self) -> int:
        """Film frames in the take's movie."""
        return self.drawn - self.cut - self.skip

    @property
    def in_words(self) -> str:
        """What happens to the frames left over; empty where the drawings fit exactly."""
        parts = []
        if self.head or self.tail:
            both = f"a handle of {counted(self.head, 'frame')} at each end"
            parts.append(both if self.head == self.tail else f"handles of {self.head} and {self.tail} frames")
        if self.cut:
            parts.append(f"{self.cut} frames cut off the end")
        return f"{self.drawings} drawings last {self.drawn} frames: {', '.join(parts)}." if parts else ""


def hold(engine: EngineInfo, rate: FrameRate) -> int:
    """Film frames each drawing is held: an engine that draws 12 a second holds 2 up to 30 fps, 4 from 48 on."""
    if not engine.drawings_per_second:
        return 1
    slow = max(1, FILM_LIKE // engine.drawings_per_second)
    return slow * 2 if rate.nominal >= FAST_FROM else slow


def longest(engine: EngineInfo, rate: FrameRate) -> int:
    """Film frames of the engine's longest clip; 0 where it draws any length."""
    return max(engine.frames) * hold(engine, rate) if engine.frames else 0


def parts(engine: EngineInfo, drawings: int) -> int:
    """How many parts a clip of so many drawings is drawn in, each of which goes on from the last nine of another."""
    if not engine.part or drawings <= engine.part:
        return 1
    return 1 - (engine.part - drawings) // (engine.part - SHARED)


def legal(drawings: int, engine: EngineInfo) -> int:
    """The engine's smallest length of at least so many drawings; 0 where it has none."""
    if not engine.frames:
        return drawings
    return next((one for one in sorted(engine.frames) if one >= drawings), 0)


def fit(
    frames: int,
    rate: FrameRate,
    engine: EngineInfo,
    *,
    first_given: bool = False,
    last_given: bool = False,
    covered: int | None = None,
) -> Fit:
    """The engine's smallest length that covers `frames` film frames, and where the rest goes.

    What is left over becomes handles of up to MOST_HANDLE frames, shared evenly between the ends; none at the head
    when the first frame is given, none at the tail when the last one is. What the handles cannot hold is cut off the
    end. With a last frame given nothing may be cut after it, so that all of the rest is the head handle; with both
    given nothing is cut and the movie is longer than the shot. `covered`: film frames from the shot's first on that a
    guide lasts; it begins with the shot, so that there is no head handle, and no tail handle past its end. Raises
    Refused when the longest clip is too short.
    """
    held = hold(engine, rate)
    if not engine.frames:
        return Fit(frames, -(-frames // held), held, 0, 0, 0)
    drawings = legal(-(-frames // held), engine)
    if not drawings:
        raise too_long(frames, rate, engine)
    left = drawings * held - frames
    head, tail, cut = _shared(left, first_given or covered is not None, last_given)
    if covered is not None and not last_given:
        tail = min(tail, covered - frames)
        cut = left - tail
    return Fit(frames, drawings, held, head, tail, cut)


def _shared(left: int, first_given: bool, last_given: bool) -> tuple[int, int, int]:
    """(head, tail, cut) of `left` film frames."""
    if last_given:
        return (0, left, 0) if first_given else (left, 0, 0)
    if first_given:
        tail = min(left, MOST_HANDLE)
        return 0, tail, left - tail
    tail = min((left + 1) // 2, MOST_HANDLE)
    head = min(left - tail, MOST_HANDLE)
    return head, tail, left - head - tail


def too_long(frames: int, rate: FrameRate, engine: EngineInfo) -> Refused:
    most = longest(engine, rate)
    return Refused(
        f"It is {frames} frames long; {engine.id} draws at most {most} at {rate.shown} fps.",
        f"Shorten the shot to {most} frames or split it.",
    )
