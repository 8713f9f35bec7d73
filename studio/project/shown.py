"""What a cut shows at each of its frames. Pure: no file is opened here.

The viewer and every export ask here, so that they cannot disagree. From a source picture to the frame on screen:

1. the grade changes its colours;
2. a panel's strokes lie on the picture;
3. the framing chooses a part of the picture (a panel's own, and within that part the event's);
4. that part is cropped evenly to the frame's aspect (`window`), never stretched;
5. flop mirrors the result left to right, strokes and moves included.

Only the choice of a part is counted in floats; time is in whole frames and exact fractions.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from studio.project.cut_cards import EventCard, Rect, Stroke
from studio.project.grade import Grade
from studio.project.timing import FrameRate

WHOLE: Rect = (0.0, 0.0, 1.0, 1.0)
LEAST = 0.01
"""Of a picture's width or height that a framing is taken to show."""
STILL = -1
"""In place of a take_frame: the source is one picture."""

Size = tuple[int, int]
"""width, height in pixels"""


@dataclass(frozen=True)
class Framing:
    """A rectangle that moves over some frames of an event: exactly `start` at the first, `end` at the last."""

    start: Rect
    end: Rect
    ease: str
    first: int
    """event_frame of its first frame; below 0 where the event shows only the rest of a move"""
    frames: int

    def rect(self, event_frame: int) -> Rect:
        if self.start == self.end or self.frames < 2:
            return self.start
        # An event that was trimmed after a split may reach past the move: there it stands.
        way = eased(max(Fraction(0), min(Fraction(event_frame - self.first, self.frames - 1), Fraction(1))), self.ease)
        left, top, width, height = (_between(a, b, way) for a, b in zip(self.start, self.end, strict=True))
        return left, top, width, height

    @property
    def moves(self) -> bool:
        return self.start != self.end and self.frames > 1


@dataclass(frozen=True)
class ShownFrame:
    """One frame of the film. Without a source the missing-shot card stands there."""

    source: Path | None
    take_frame: int = STILL
    flop: bool = False
    framing: Rect | None = None
    """The part of the picture that is seen, before it is cropped to the frame's aspect; None: all of it."""
    strokes: tuple[Stroke, ...] = ()
    """In parts of the whole picture."""
    held: bool = False
    """The take has no frame for this place; its nearest one is shown."""
    grade: Grade | None = None


@dataclass(frozen=True)
class Piece:
    """Frames of one event that come from one file at one pace."""

    start: int
    """event_frame at which it begins"""
    frames: int
    source: Path | None
    """None: the missing-shot card."""
    still: bool = True
    """The source is a picture and no movie."""
    take_in: Fraction = Fraction(0)
    """Where in the take event_frame 0 lies, were the piece to reach there."""
    step: Fraction = Fraction(0)
    """Take frames in one film frame; 0 where one frame stands, below 0 backwards."""
    held: bool = False
    flop: bool = False
    framings: tuple[Framing, ...] = ()
    """Each within the one before."""
    strokes: tuple[Stroke, ...] = ()
    panel: str | None = None
    grade: Grade | None = None

    def take_frame(self, event_frame: int) -> int:
        return STILL if self.still else math.floor(self.take_in + event_frame * self.step)

    def framing(self, event_frame: int) -> Rect | None:
        rects = [framing.rect(event_frame) for framing in self.framings]
        if not rects:
            return None
        shown = rects[0]
        for rect in rects[1:]:
            shown = within(shown, rect)
        return shown

    def shown(self, event_frame: int) -> ShownFrame:
        if self.source is None:
            return ShownFrame(None)
        return ShownFrame(self.source, self.take_frame(event_frame), self.flop, self.framing(event_frame),
                          self.strokes, self.held, self.grade)

    @property
    def end(self) -> int:
        """The first event_frame after it."""
        return self.start + self.frames

    @property
    def moves(self) -> bool:
        """Whether its framing changes from frame to frame."""
        return any(framing.moves for framing in self.framings)


def pieces(event: EventCard, film_rate: FrameRate) -> tuple[Piece, ...]:
    """The event from its first frame to its last without a hole: its take, else its panels, else the card.

    A take that is shorter than its event holds its nearest frame before and after what it has.
    """
    return tuple(piece for piece in _pieces(event, film_rate) if piece.frames > 0)


def piece_at(found: tuple[Piece, ...], event_frame: int) -> Piece | None:
    """The piece at a frame of the event; before its start the first one, past its end the last one."""
    if not found:
        return None
    return found[max(0, bisect_right([piece.start for piece in found], event_frame) - 1)]


def shown_at(event: EventCard, film_rate: FrameRate, event_frame: int) -> ShownFrame:
    """The picture at frame `event_frame` of the event, counted from 0."""
    piece = piece_at(pieces(event, film_rate), event_frame)
    return piece.shown(event_frame) if piece else ShownFrame(None)


def eased(way: Fraction, ease: str) -> float:
    """How far a move is after the part `way` (0 to 1) of its time.

    At an even pace w; `both` 3w² − 2w³, slow at both ends; `in` (3w² − w³)/2, its slow start, and `out` (3w − w³)/2,
    its slow end, are the two halves of `both`.
    """
    curves = {"in": (3 * way**2 - way**3) / 2, "out": (3 * way - way**3) / 2, "both": 3 * way**2 - 2 * way**3}
    return float(curves.get(ease, way))


def within(outer: Rect, inner: Rect) -> Rect:
    """`inner`, given in parts of `outer`, in parts of what `outer` is a part of."""
    left, top, width, height = outer
    return left + inner[0] * width, top + inner[1] * height, inner[2] * width, inner[3] * height


def window(framing: Rect | None, picture: Size, frame: Size) -> Rect:
    """The part of a picture of this size that fills a frame of that size, evenly cropped around its centre.

    In parts of the picture and always inside it. The whole of a picture of the frame's own aspect is exactly WHOLE.
    """
    left, top, width, height = _inside(framing or WHOLE)
    wide, high = width * picture[0] * frame[1], height * picture[1] * frame[0]
    if abs(wide - high) <= 1e-9 * high:
        return left, top, width, height
    if wide > high:
        narrow = width * high / wide
        return left + (width - narrow) / 2, top, narrow, height
    low = height * wide / high
    return left, top + (height - low) / 2, width, low


def _pieces(event: EventCard, film_rate: FrameRate) -> Iterator[Piece]:
    if event.media is not None and event.take_frames > 0:
        yield from _of_take(event, film_rate)
    elif event.panels:
        yield from _of_panels(event)
    elif event.media is None and event.picture is not None:
        yield Piece(0, event.frames, event.picture, flop=event.flop, framings=_framings(event), panel=event.panel,
                    grade=event.grade)
    else:
        yield Piece(0, event.frames, None)


def _of_take(event: EventCard, film_rate: FrameRate) -> Iterator[Piece]:
    rate = (event.take_rate or film_rate).fraction
    step = Fraction(event.speed_num, event.speed_den) * rate / film_rate.fraction
    begin, last = event.take_in + event.take_phase, event.take_frames - 1

    def piece(start: int, end: int, take_in: int | Fraction, step: Fraction, held: bool) -> Piece:
        return Piece(start, end - start, event.media, False, Fraction(take_in), step, held, event.flop,
                     _framings(event), grade=event.grade)

    if event.hold or not step:
        at = math.floor(begin + ((event.frames - 1) * step if event.hold == "last" else 0))
        outside = not event.hold and not 0 <= at <= last
        yield piece(0, event.frames, max(0, min(at, last)), Fraction(0), outside)
        return
    inside, after = (max(0, min(one, event.frames)) for one in _played(begin, last, step))
    before_at, after_at = (0, last) if step > 0 else (last, 0)
    yield piece(0, inside, before_at, Fraction(0), True)
    yield piece(inside, after, begin, step, False)
    yield piece(after, event.frames, after_at, Fraction(0), True)


def _played(begin: Fraction, last: int, step: Fraction) -> tuple[int, int]:
    """The first event_frame at which the take has a frame, and the first after those; the event may end before."""
    if step > 0:
        return math.ceil(-begin / step), math.ceil((last + 1 - begin) / step)
    return math.floor((begin - last - 1) / -step) + 1, math.floor(begin / -step) + 1


def _of_panels(event: EventCard) -> Iterator[Piece]:
    start = 0
    for place, panel in enumerate(event.panels):
        rest = event.frames - start
        frames = rest if place + 1 == len(event.panels) else min(panel.frames, rest)
        own = _framing(panel.framing_start, panel.framing_end, "", start - panel.framing_first,
                       panel.framing_frames or frames)
        yield Piece(start, frames, panel.picture, flop=event.flop, framings=(*own, *_framings(event)),
                    strokes=panel.strokes, panel=panel.panel, grade=event.grade)
        start += frames


def _framings(event: EventCard) -> tuple[Framing, ...]:
    return _framing(event.framing_start, event.framing_end, event.ease, -event.framing_first,
                    event.framing_frames or event.frames)


def _framing(start: Rect | None, end: Rect | None, ease: str, first: int, frames: int) -> tuple[Framing, ...]:
    if start is None and end is None:
        return ()
    return (Framing(start or WHOLE, end or WHOLE, ease, first, frames),)


def _between(start: float, end: float, way: float) -> float:
    return end if way == 1 else start + (end - start) * way


def _inside(rect: Rect) -> Rect:
    left, top, width, height = rect
    width, height = (max(LEAST, min(size, 1.0)) for size in (width, height))
    return max(0.0, min(left, 1.0 - width)), max(0.0, min(top, 1.0 - height)), width, height
