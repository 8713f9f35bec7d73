"""What the viewer plays: stretches of takes, stills and missing-shot cards in a row. Pure; no Qt, no files."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from studio.project.cards import ShotCard, TakeCard
from studio.project.cut_cards import EventCard


class Wanted(NamedTuple):
    """One decoded picture: a frame of a movie, or a still (take_frame -1)."""

    source: Path
    take_frame: int


STILL = -1


@dataclass(frozen=True)
class CardWords:
    """What the missing-shot card says."""

    number: str
    camera: str = ""
    action: str = ""
    dialogue: str = ""


@dataclass(frozen=True)
class Stretch:
    """`frames` frames of the sequence from `start`. Without a source the missing-shot card stands there."""

    start: int
    frames: int
    shot: str
    words: CardWords
    source: Path | None = None
    movie: bool = True
    take_in: int = 0
    """First take_frame shown."""
    take_frames: int = 0
    """Frames the movie has; past the last one it holds."""
    film_frame: int | None = None
    """Where the stretch begins in the current cut; None where the cut does not show it."""
    name: str = ""
    """`1B take 3`."""
    flop: bool = False
    speed_num: int = 1
    speed_den: int = 1

    def wanted(self, shot_frame: int) -> Wanted | None:
        """The picture at a frame of this stretch; None where the missing-shot card stands."""
        if self.source is None:
            return None
        if not self.movie:
            return Wanted(self.source, STILL)
        frame = self.take_in + shot_frame * self.speed_num // self.speed_den
        return Wanted(self.source, max(0, min(frame, self.take_frames - 1)))


class PlayList:
    """Stretches in order, each beginning where the one before ends."""

    def __init__(self, stretches: Iterable[Stretch] = ()) -> None:
        self.stretches: list[Stretch] = []
        self.frames = 0
        for stretch in stretches:
            self.stretches.append(replace(stretch, start=self.frames))
            self.frames += stretch.frames
        self._starts = [stretch.start for stretch in self.stretches]

    def at(self, frame: int) -> Stretch | None:
        if not self.stretches:
            return None
        return self.stretches[max(0, bisect_right(self._starts, frame) - 1)]

    def wanted(self, frame: int) -> Wanted | None:
        stretch = self.at(frame)
        return stretch.wanted(frame - stretch.start) if stretch else None

    def ahead(self, frame: int, step: int, count: int) -> list[Wanted]:
        """The next pictures from `frame` in the direction of `step`, each once."""
        frames = (frame + step * place for place in range(count))
        pictures = (self.wanted(one) for one in frames if 0 <= one < self.frames)
        return list(dict.fromkeys(one for one in pictures if one is not None))

    def cuts(self) -> Sequence[int]:
        """Frames where a stretch begins."""
        return self._starts

    def cut_after(self, frame: int) -> int:
        return next((start for start in self._starts if start > frame), max(0, self.frames - 1))

    def cut_before(self, frame: int) -> int:
        return next((start for start in reversed(self._starts) if start < frame), 0)

    def start_of(self, shot: str) -> int | None:
        return next((stretch.start for stretch in self.stretches if stretch.shot == shot), None)

    def film_frame(self, frame: int) -> int | None:
        stretch = self.at(frame)
        if stretch is None or stretch.film_frame is None:
            return None
        return stretch.film_frame + frame - stretch.start


def event_stretch(event: EventCard, shot: ShotCard | None) -> list[Stretch]:
    """An event of the cut: its take, else its panel, else the card, which also fills what a short take leaves."""
    words = CardWords(event.shot_number, camera_words(shot), event.action, event.dialogue)
    if event.media is None:
        still = Stretch(0, event.frames, event.shot, words, event.picture, False, film_frame=event.film_frame)
        return [replace(still, name=event.shot_number)]
    shown = min(event.frames, _lasts(event))
    taken = Stretch(
        0, shown, event.shot, words, event.media, True, event.take_in, event.take_frames, event.film_frame,
        f"{event.shot_number} take {event.take_name}", event.flop, event.speed_num, event.speed_den,
    )  # fmt: skip
    after = event.film_frame + shown
    rest = Stretch(0, event.frames - shown, event.shot, words, film_frame=after, name=event.shot_number)
    return [one for one in (taken, rest) if one.frames > 0]


def _lasts(event: EventCard) -> int:
    """Film frames the rest of the take from `take_in` lasts at the event's speed."""
    left = max(0, event.take_frames - event.take_in)
    return -(-left * event.speed_den // max(1, event.speed_num))


def shot_stretch(shot: ShotCard, take: TakeCard | None, panel: Path | None, film_frame: int | None) -> Stretch:
    """One shot by itself: a take from the shot's first frame, as far as it lasts; else a panel, else the card."""
    words = CardWords(shot.number, camera_words(shot), shot.action, shot.dialogue)
    if take is not None:
        name = f"{shot.number} take {take.name}"
        frames = max(1, min(shot.frames, take.frames - take.head))
        return Stretch(0, frames, shot.id, words, take.media, True, take.head, take.frames, film_frame, name)
    name = f"{shot.number} panel" if panel else shot.number
    return Stretch(0, shot.frames, shot.id, words, panel, False, film_frame=film_frame, name=name)


def camera_words(shot: ShotCard | None) -> str:
    return ", ".join(filter(None, (shot.size, shot.angle, shot.move))).capitalize() if shot else ""
