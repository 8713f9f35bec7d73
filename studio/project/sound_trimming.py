"""What a trim or a split does to a sound clip, with its limits: used by the commands and by what a drag shows.

Ends are cut at the exact samples film frames start at, so that what is heard stays where it was on the film.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from studio.project.sound_time import frame_at, sample_of
from studio.project.timing import FrameRate


@dataclass(frozen=True)
class Stretch:
    """Where a clip starts in the cut, in film frames, and which samples of its file it plays."""

    film_frame: int
    source_start: int
    source_length: int

    def frames(self, rate: FrameRate) -> int:
        """Film frames it lasts; the last one may be begun only."""
        last = sample_of(self.film_frame, rate) + self.source_length - 1
        return frame_at(last, rate) - self.film_frame + 1


def trimmed_head(one: Stretch, by: int, rate: FrameRate) -> Stretch:
    """The clip beginning `by` film frames later, its end where it was; `by` is brought within its limits."""
    low, high = head_limits(one, rate)
    by = max(low, min(by, high))
    gone = sample_of(one.film_frame + by, rate) - sample_of(one.film_frame, rate)
    return Stretch(one.film_frame + by, one.source_start + gone, one.source_length - gone)


def trimmed_tail(one: Stretch, by: int, samples: int, rate: FrameRate) -> Stretch:
    """The clip ending `by` film frames later, its beginning where it was; `by` is brought within its limits.

    `samples`: those of the whole file.
    """
    low, high = tail_limits(one, samples, rate)
    by = max(low, min(by, high))
    if by == 0:
        return one
    ends = sample_of(one.film_frame + one.frames(rate) + by, rate) - sample_of(one.film_frame, rate)
    return replace(one, source_length=min(ends, max(one.source_length, samples - one.source_start)))


def split(one: Stretch, at: int, rate: FrameRate) -> tuple[Stretch, Stretch]:
    """Two clips that heard in turn are the one; the second starts `at` film frames after the first."""
    second = trimmed_head(one, at, rate)
    return replace(one, source_length=one.source_length - second.source_length), second


def head_limits(one: Stretch, rate: FrameRate) -> tuple[int, int]:
    """How far the beginning can go, in film frames: to the head of the film or of the file, and to the last frame."""
    before = frame_at(sample_of(one.film_frame, rate) - one.source_start - 1, rate) + 1
    return max(before, 0) - one.film_frame, one.frames(rate) - 1


def tail_limits(one: Stretch, samples: int, rate: FrameRate) -> tuple[int, int]:
    """How far the end can go, in film frames: one frame stays, and the file's end is the end."""
    whole = replace(one, source_length=max(one.source_length, samples - one.source_start))
    return 1 - one.frames(rate), whole.frames(rate) - one.frames(rate)
