"""What a trim does to an event, in exact numbers: used by the commands and by the ghosts of a drag alike.

Pure. An event shows its shot's material at an even pace: film frame `f` of the event shows the shot_frame
`floor(first + f * speed)`. Every edge may be moved past what a take has; the nearest frame is held there.

`by` is counted in film frames, and positive means later in time: an edge that moves right, material that slides right
under its event. Going too far raises BadValue; the `*_limits` say how far that is, so that a drag can stop there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple, Protocol

from studio.errors import BadValue
from studio.project.cut_cards import EventCard
from studio.project.timing import FrameRate


class Shown(Protocol):
    """An event's row or its card: both keep the same numbers under the same names."""

    @property
    def frames(self) -> int: ...
    @property
    def shot_in(self) -> int: ...
    @property
    def shot_in_part(self) -> int: ...
    @property
    def speed_num(self) -> int: ...
    @property
    def speed_den(self) -> int: ...
    @property
    def hold(self) -> str: ...
    @property
    def framing_first(self) -> int: ...
    @property
    def framing_frames(self) -> int: ...


class Limits(NamedTuple):
    """The least and the most film frames an edge can move `by`."""

    least: int
    most: int

    def nearest(self, by: int) -> int:
        return max(self.least, min(by, self.most))


class Held(NamedTuple):
    """Film frames of an event for which its take has no frame of its own and shows its nearest one."""

    before: int
    """at the event's head"""
    after: int
    """at its tail"""

    @property
    def frames(self) -> int:
        return self.before + self.after

    def __bool__(self) -> bool:
        return self.frames > 0

    def __int__(self) -> int:
        return self.frames

    @property
    def words(self) -> str:
        """`Holds its last frame for 12 frames.`; empty where nothing is held."""
        told = [f"its {which} frame for {_counted(count)}"
                for which, count in (("first", self.before), ("last", self.after)) if count]
        return f"Holds {' and '.join(told)}." if told else ""


@dataclass(frozen=True)
class Span:
    """The stretch of its shot that an event shows."""

    first: Fraction
    """shot_frame, exact"""
    frames: int
    """film frames, 1 or more"""
    speed: Fraction = Fraction(1)
    """Shot frames in a film frame; below 0 backwards, never 0."""
    hold: str = ""
    """first or last: only that frame is shown"""
    framing_first: int = 0
    framing_frames: int = 0

    @classmethod
    def of(cls, event: Shown) -> Span:
        first = Fraction(event.shot_in) + Fraction(event.shot_in_part, event.speed_den)
        speed = Fraction(event.speed_num, event.speed_den)
        return cls(first, event.frames, speed, event.hold, event.framing_first, event.framing_frames)

    @property
    def shot_in(self) -> int:
        return floor(self.first)

    @property
    def shot_in_part(self) -> int:
        """In parts of the speed's denominator, which the first frame always is a whole number of."""
        return floor((self.first - self.shot_in) * self.speed.denominator)

    @property
    def held_at(self) -> Fraction:
        """The shot_frame that is held, exact."""
        return self.first + (self.frames - 1) * self.speed if self.hold == "last" else self.first


# --- the edges ---------------------------------------------------------------------------------------------------


def longest(rate: FrameRate) -> int:
    """Film frames an event can have: 24 hours."""
    return 24 * 3600 * rate.nominal


def head_limits(one: Span, rate: FrameRate) -> Limits:
    return Limits(one.frames - longest(rate), one.frames - 1)


def tail_limits(one: Span, rate: FrameRate) -> Limits:
    return Limits(1 - one.frames, longest(rate) - one.frames)


def roll_limits(left: Span, right: Span, rate: FrameRate) -> Limits:
    tail, head = tail_limits(left, rate), head_limits(right, rate)
    return Limits(max(tail.least, head.least), min(tail.most, head.most))


def trim_head(one: Span, by: int, rate: FrameRate) -> Span:
    """The event begins `by` frames later in its material; what follows in the cut moves earlier by as much."""
    _within(by, head_limits(one, rate))
    return _head_moved(one, by)


def trim_tail(one: Span, by: int, rate: FrameRate) -> Span:
    """The event ends `by` frames later; what follows in the cut moves along."""
    _within(by, tail_limits(one, rate))
    return _tail_moved(one, by)


def roll(left: Span, right: Span, by: int, rate: FrameRate) -> tuple[Span, Span]:
    """The cut between two events moves; together they stay as long as they were."""
    _within(by, roll_limits(left, right, rate))
    return _tail_moved(left, by), _head_moved(right, by)


def slip(one: Span, by: int) -> Span:
    """The material slides `by` frames later under the event: what stood at frame f stands at f + by."""
    return replace(one, first=one.first - by * one.speed)


def split(one: Span, at: int, *, moves: bool = False) -> tuple[Span, Span]:
    """Two spans, of `at` frames and of the rest, that show in turn exactly what the one did.

    Of a held frame both hold that very frame. Where the framing `moves`, both remember the whole move, so that each
    shows its part of it, easing included.
    """
    if one.hold:
        one = replace(one, hold="first", first=one.held_at)
    if moves:
        one = replace(one, framing_frames=one.framing_frames or one.frames)
    return _tail_moved(one, at - one.frames), _head_moved(one, at)


def retime(one: Span, speed: Fraction) -> Span:
    """The same material at another speed; backwards below 0. The length follows, in whole frames, none left out.

    Backwards it shows what it would forwards at that pace, in the opposite order. A held frame stays.
    """
    pace = abs(one.speed)
    low = one.first if one.speed > 0 else one.first - (one.frames - 1) * pace
    frames = ceil(one.frames * pace / abs(speed))
    first = low if speed > 0 else low + (frames - 1) * abs(speed)
    first = one.held_at if one.hold else first
    first = Fraction(floor(first * speed.denominator), speed.denominator)
    ratio = Fraction(frames, one.frames)
    framing = (floor(one.framing_first * ratio), ceil(one.framing_frames * ratio))
    return Span(first, frames, speed, one.hold and "first", *framing)


def _head_moved(one: Span, by: int) -> Span:
    """A frame held from the event's first on stays the one that is held."""
    first = one.first if one.hold == "first" else one.first + by * one.speed
    return replace(one, first=first, frames=one.frames - by, framing_first=_framing_first(one, by))


def _tail_moved(one: Span, by: int) -> Span:
    first = one.first - by * one.speed if one.hold == "last" else one.first
    return replace(one, first=first, frames=one.frames + by)


def _framing_first(one: Span, by: int) -> int:
    """A part of a move keeps its time in the film; a move of the event's own length starts with the event."""
    return one.framing_first + by if one.framing_frames else 0


def _within(by: int, limits: Limits) -> None:
    if not limits.least <= by <= limits.most:
        sentence = f"The edge cannot move by {by:+,} frames."
        raise BadValue(sentence, f"It can move by {limits.least:+,} to {limits.most:+,}.")


# --- cards: what a drag shows before it is let go -----------------------------------------------------------------


def shown(event: EventCard, one: Span, film_rate: FrameRate) -> EventCard:
    """The event's card as it will be with the span `one`. Panels stay as they were until the film is asked again."""
    take_in, phase = take_start(one, event.take_head, event.take_rate or film_rate, film_rate)
    return replace(
        event, frames=one.frames, shot_in=one.shot_in, shot_in_part=one.shot_in_part, speed_num=one.speed.numerator,
        speed_den=one.speed.denominator, hold=one.hold, framing_first=one.framing_first,
        framing_frames=one.framing_frames, take_in=take_in if event.take else 0,
        take_phase=phase if event.take else Fraction(0),
    )  # fmt: skip


def take_start(one: Span, head: int, take_rate: FrameRate, film_rate: FrameRate) -> tuple[int, Fraction]:
    """`take_in` and `take_phase` of a card: the first take_frame shown, whole and what it is past that."""
    first = head + one.first * take_rate.fraction / film_rate.fraction
    return floor(first), first - floor(first)


def held_frames(event: EventCard, film_rate: FrameRate) -> Held:
    """How long the event holds the take's first and last frame because the take has no more.

    Nothing where there is no take, or where holding one frame is what the event is asked to do.
    """
    if event.media is None or event.hold or event.take_frames < 1:
        return Held(0, 0)
    rate = (event.take_rate or film_rate).fraction
    step = Fraction(event.speed_num, event.speed_den) * rate / film_rate.fraction
    low, high = -(event.take_in + event.take_phase), event.take_frames - event.take_in - event.take_phase
    # The take has frame f where low <= f * step < high.
    if step > 0:
        begins, ends = ceil(low / step), ceil(high / step)
    else:
        begins, ends = floor(high / step) + 1, floor(low / step) + 1
    before = max(0, min(begins, event.frames))
    return Held(before, event.frames - max(before, min(ends, event.frames)))


def _counted(frames: int) -> str:
    return "1 frame" if frames == 1 else f"{frames:,} frames"
