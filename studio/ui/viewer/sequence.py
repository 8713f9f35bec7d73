"""What the viewer plays: events, shots and takes in a row. Pure; no Qt, no files.

What stands at each frame is decided by `studio/project/shown.py`, as in every export.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from studio.project.cards import PanelCard, ShotCard, TakeCard
from studio.project.cut_cards import EventCard, PanelShown
from studio.project.grade import Grade
from studio.project.shown import STILL, Piece, ShownFrame, piece_at, pieces
from studio.project.timing import FrameRate
from studio.project.trimming import Span, take_start

__all__ = [
    "STILL", "CardWords", "PlayList", "Shown", "Stretch", "Wanted", "camera_words", "event_stretch", "panel_shown",
    "shot_stretch", "take_stretch", "with_take",
]


class Wanted(NamedTuple):
    """One decoded picture: a frame of a movie, or a still (take_frame -1), graded where it is."""

    source: Path
    take_frame: int
    grade: Grade | None = None


@dataclass(frozen=True)
class CardWords:
    """What the missing-shot card says."""

    number: str
    camera: str = ""
    action: str = ""
    dialogue: str = ""


@dataclass(frozen=True)
class Shown:
    """Everything the screen needs for one frame of the sequence."""

    frame: ShownFrame
    """Source, flop, framing, strokes, and whether the take is held there."""
    words: CardWords
    """For the missing-shot card, which stands where `wanted` is None."""
    name: str

    @property
    def wanted(self) -> Wanted | None:
        return None if self.frame.source is None else Wanted(
            self.frame.source, self.frame.take_frame, self.frame.grade)


@dataclass(frozen=True)
class Stretch:
    """One event, shot or take of the sequence, from its frame `start` on."""

    event: EventCard
    """As it stands in the cut; of a shot or take by itself an event that shows just that."""
    rate: FrameRate
    """The film's."""
    words: CardWords
    name: str
    """`1B take 3`"""
    film_frame: int | None = None
    """Where it begins in the cut; None where the cut does not show it."""
    start: int = 0

    @property
    def frames(self) -> int:
        return self.event.frames

    @property
    def shot(self) -> str:
        return self.event.shot

    @property
    def source(self) -> Path | None:
        """Of its first frame; None where the missing-shot card stands."""
        return self._pieces[0].source if self._pieces else None

    @property
    def movie(self) -> bool:
        return bool(self._pieces) and not self._pieces[0].still

    @property
    def flop(self) -> bool:
        return self.event.flop

    def shown(self, frame: int) -> Shown:
        """`frame` counts from the start of this stretch and is taken into it."""
        inside = max(0, min(frame, self.frames - 1))
        piece = piece_at(self._pieces, inside)
        return Shown(piece.shown(inside) if piece else ShownFrame(None), self.words, self.name)

    def wanted(self, frame: int) -> Wanted | None:
        """The picture at a frame of this stretch; None where the missing-shot card stands."""
        return self.shown(frame).wanted

    @cached_property
    def _pieces(self) -> tuple[Piece, ...]:
        return pieces(self.event, self.rate)


class PlayList:
    """Stretches in order, each beginning where the one before ends."""

    def __init__(self, stretches: Iterable[Stretch] = ()) -> None:
        self.stretches: list[Stretch] = []
        self.frames = 0
        for stretch in stretches:
            self.stretches.append(stretch if stretch.start == self.frames else replace(stretch, start=self.frames))
            self.frames += stretch.frames
        self._starts = [stretch.start for stretch in self.stretches]

    def at(self, frame: int) -> Stretch | None:
        if not self.stretches:
            return None
        return self.stretches[max(0, bisect_right(self._starts, frame) - 1)]

    def shown(self, frame: int) -> Shown | None:
        """What stands at a frame; None where nothing is played."""
        stretch = self.at(frame)
        return stretch.shown(frame - stretch.start) if stretch else None

    def wanted(self, frame: int) -> Wanted | None:
        shown = self.shown(frame)
        return shown.wanted if shown else None

    def ahead(self, frame: int, step: int, count: int) -> list[Wanted]:
        """The next pictures from `frame` in the direction of `step`, each once."""
        frames = (frame + step * place for place in range(count))
        pictures = (self.wanted(one) for one in frames if 0 <= one < self.frames)
        return list(dict.fromkeys(one for one in pictures if one is not None))

    def cuts(self) -> Sequence[int]:
        """Frames where a stretch begins."""
        return self._starts

    def cut_after(self, frame: int) -> int:
        place = bisect_right(self._starts, frame)
        return self._starts[place] if place < len(self._starts) else max(0, self.frames - 1)

    def cut_before(self, frame: int) -> int:
        place = bisect_left(self._starts, frame) - 1
        return self._starts[place] if place >= 0 else 0

    def start_of(self, shot: str) -> int | None:
        return next((stretch.start for stretch in self.stretches if stretch.shot == shot), None)

    def film_frame(self, frame: int) -> int | None:
        stretch = self.at(frame)
        if stretch is None or stretch.film_frame is None:
            return None
        return stretch.film_frame + frame - stretch.start

    def frame_of(self, film_frame: int) -> int | None:
        """Where a frame of the cut stands in the sequence; None where the sequence does not hold it."""
        place = bisect_right(self._film_starts, (film_frame, self.frames)) - 1
        if place < 0:
            return None
        first, start = self._film_starts[place]
        within = film_frame - first
        stretch = self.at(start)
        return start + within if stretch is not None and within < stretch.frames else None

    @cached_property
    def _film_starts(self) -> list[tuple[int, int]]:
        """Of each stretch that the cut shows: where it begins in the cut, and here."""
        return sorted((one.film_frame, one.start) for one in self.stretches if one.film_frame is not None)


def event_stretch(event: EventCard, shot: ShotCard | None, rate: FrameRate) -> Stretch:
    """An event of the cut as the cut shows it. `rate` is the film's."""
    words = CardWords(event.shot_number, camera_words(shot) or event.camera, event.action, event.dialogue)
    name = event.shot_number if event.media is None else f"{event.shot_number} take {event.take_name}"
    return Stretch(event, rate, words, name, event.film_frame)


def shot_stretch(
    shot: ShotCard, take: TakeCard | None, panel: PanelShown | None, film_frame: int | None, rate: FrameRate
) -> Stretch:
    """A shot that is not in the cut: a take from the shot's first frame, as far as it lasts; else a panel, else the
    card. A panel that is looked at by itself too."""
    words = CardWords(shot.number, camera_words(shot), shot.action, shot.dialogue)
    if take is not None:
        frames = max(1, min(shot.frames, _film_frames(take.frames - take.head, take.rate, rate)))
        event, name = _alone(shot, take, take.head, frames), f"{shot.number} take {take.name}"
        return Stretch(event, rate, words, name, film_frame)
    event = replace(_of_shot(shot, shot.frames), panels=() if panel is None else (panel,))
    return Stretch(event, rate, words, f"{shot.number} panel" if panel else shot.number, film_frame)


def with_take(stretch: Stretch, take: TakeCard) -> Stretch:
    """The same event with another take in it: from the same frame of the shot, with all the event asks for."""
    event = stretch.event
    take_in, phase = take_start(Span.of(event), take.head, take.rate, stretch.rate)
    shown = replace(
        event, take=take.id, take_name=take.name, media=take.media, take_in=take_in, take_phase=phase,
        take_frames=take.frames, take_rate=take.rate, take_head=take.head,
    )  # fmt: skip
    return replace(stretch, event=shown, name=f"{event.shot_number} take {take.name}")


def take_stretch(shot: ShotCard, take: TakeCard, film_frame: int | None, rate: FrameRate) -> Stretch:
    """All a take has, its handles too. `film_frame` is that of the shot's first frame where the cut shows it."""
    words = CardWords(shot.number, camera_words(shot), shot.action, shot.dialogue)
    frames = max(1, _film_frames(take.frames, take.rate, rate))
    first = None if film_frame is None else film_frame - _film_frames(take.head, take.rate, rate)
    return Stretch(_alone(shot, take, 0, frames), rate, words, f"{shot.number} take {take.name}", first)


def panel_shown(panel: PanelCard, frames: int) -> PanelShown:
    """A panel by itself, with its own framing and what is drawn on it."""
    return PanelShown(panel.id, panel.picture, frames, panel.framing_start, panel.framing_end, panel.strokes)


def camera_words(shot: ShotCard | None) -> str:
    return ", ".join(filter(None, (shot.size, shot.angle, shot.move))).capitalize() if shot else ""


def _alone(shot: ShotCard, take: TakeCard, take_in: int, frames: int) -> EventCard:
    return replace(
        _of_shot(shot, frames), take=take.id, take_name=take.name, media=take.media, take_in=take_in,
        take_frames=take.frames, take_rate=take.rate, take_head=take.head,
    )  # fmt: skip


def _of_shot(shot: ShotCard, frames: int) -> EventCard:
    return EventCard("", shot.id, shot.number, shot.scene, 0, frames, None, "", None, 0, 0)


def _film_frames(take_frames: int, take_rate: FrameRate, rate: FrameRate) -> int:
    """Film frames begun while that many take frames play."""
    return -int(-(take_frames * rate.fraction / take_rate.fraction) // 1)
