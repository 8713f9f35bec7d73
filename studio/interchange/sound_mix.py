"""What is heard: lanes and clips of a cut mixed to stereo, float32, 48 kHz. The player and the exported movie use it.

Every sample depends on its place in the cut alone, never on where a stretch was asked to begin: stretches mixed one
after the other are, bit for bit, the stretch mixed in one go.

Edges. Where a clip begins or ends inside its file its loudness rises or falls over `FADE` samples, against clicks. The
file's own first and last samples are left as they were recorded, and clips that go on where the one before them ended
(a clip that was split) are not faded but led from one gain to the other.

Limit. Where all that sounds at a moment cannot exceed full scale, one clip at 0 dB for instance, nothing is changed.
Elsewhere what lies above the knee K (-1 dB) is bent: |y| = K + (1 - K) * u / (1 + u) with u = (|x| - K) / (1 - K),
which leaves K at slope 1 and never reaches full scale.
"""

from __future__ import annotations

import contextlib
import logging
import math
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from studio.errors import BadValue
from studio.interchange.wave_file import WaveFile
from studio.project.cut_cards import LaneCard, SoundCard
from studio.project.sound_time import sample_of
from studio.project.timing import FrameRate

log = logging.getLogger(__name__)

Samples = NDArray[np.float32]
"""(n, 2); full scale is 1"""

FADE = 144
"""3 ms"""
KNEE = np.float32(10 ** (-1 / 20))
FILES_OPEN = 32


@dataclass(frozen=True)
class _Stretch:
    """A clip that is heard, in samples of the cut."""

    media: Path
    lane: str
    start: int
    end: int
    source_start: int
    gain: float
    gain_before: float
    """What its first samples rise or fall from."""
    gain_after: float

    def gains(self, start: int, end: int) -> Samples:
        """The factor of every sample of [start, end), which lies inside the clip."""
        place = np.arange(start, end)
        entered = np.clip((place - self.start + 1) / (FADE + 1), 0, 1)
        leaving = np.clip((self.end - place) / (FADE + 1), 0, 1)
        rising = self.gain_before + (self.gain - self.gain_before) * entered
        falling = self.gain_after + (self.gain - self.gain_after) * leaving
        return np.where(entered < leaving, rising, falling).astype(np.float32)


class Mix:
    """The sound of a cut, ready to be read anywhere. Keeps files open until `close`; not for two threads at once."""

    def __init__(self, lanes: Iterable[LaneCard], sounds: Iterable[SoundCard], rate: FrameRate) -> None:
        self.rate = rate
        self._stretches = _stretches(tuple(lanes), sounds, rate)
        self._starts = np.array([one.start for one in self._stretches], np.int64)
        self._ends = np.array([one.end for one in self._stretches], np.int64)
        self._files: OrderedDict[Path, WaveFile] = OrderedDict()
        self._silent: set[Path] = set()

    @property
    def empty(self) -> bool:
        """Whether nothing can be heard anywhere."""
        return not self._stretches

    def close(self) -> None:
        while self._files:
            self._files.popitem()[1].close()

    def frames(self, first_frame: int, frames: int, speed: int | Fraction = 1) -> Samples:
        """The sound of these film frames; see `mix`."""
        start, end = sample_of(first_frame, self.rate), sample_of(first_frame + frames, self.rate)
        if speed == 1:
            return self.samples(start, end - start)
        count = math.ceil((end - start) / abs(Fraction(speed)))
        return self.at_speed(Fraction(start if speed > 0 else end - 1), Fraction(speed), count)

    def samples(self, start: int, count: int) -> Samples:
        """`count` samples of the cut from `start` on; silence before its head and where no clip is."""
        mixed, loudest = np.zeros((count, 2), np.float32), np.zeros(count, np.float32)
        for index in np.flatnonzero((self._starts < start + count) & (self._ends > start)):
            one = self._stretches[index]
            first, last = max(start, one.start), min(start + count, one.end)
            gains, here = one.gains(first, last), slice(first - start, last - start)
            mixed[here] += self._read(one.media, one.source_start + first - one.start, last - first) * gains[:, None]
            loudest[here] += gains
        return _limited(mixed, loudest)

    def at_speed(self, place: Fraction, speed: Fraction, count: int) -> Samples:
        """`count` samples as a tape gives them at this speed, backwards below 0; `place` is the first, in samples."""
        if speed == place.denominator == 1:
            return self.samples(int(place), count)
        shared = place.denominator * speed.denominator
        at = int(place * shared) + np.arange(count, dtype=np.int64) * int(speed * shared)
        whole, part = at // shared, ((at % shared) / shared).astype(np.float32)[:, None]
        width = -(-abs(speed.numerator) // speed.denominator)
        lowest, highest = int(whole.min()), int(whole.max())
        read = _averaged(self.samples(lowest, highest - lowest + 1 + width), width)
        return read[whole - lowest] * (1 - part) + read[whole - lowest + 1] * part

    def _read(self, media: Path, start: int, count: int) -> Samples:
        if media not in self._silent:
            try:
                return self._open(media).stereo(start, count)
            except (OSError, BadValue) as error:
                log.warning("a sound is silent: %s", error)
                self._silent.add(media)
        return np.zeros((count, 2), np.float32)

    def _open(self, media: Path) -> WaveFile:
        if media not in self._files:
            self._files[media] = WaveFile(media)
            if len(self._files) > FILES_OPEN:
                self._files.popitem(last=False)[1].close()
        self._files.move_to_end(media)
        return self._files[media]


def mix(
    lanes: Iterable[LaneCard],
    sounds: Iterable[SoundCard],
    rate: FrameRate,
    first_frame: int,
    frames: int,
    *,
    speed: int | Fraction = 1,
) -> Samples:
    """The sound of `frames` film frames from `first_frame` on.

    At speed 1 exactly the samples from the start of `first_frame` to the start of the frame after the last. At other
    speeds, which must not be 0, that many divided by the speed, rounded up; below 0 from the last one back. A file that
    is missing or unreadable is silence. Who reads many stretches keeps a `Mix`, and with it the files open.
    """
    with contextlib.closing(Mix(lanes, sounds, rate)) as all_of_it:
        return all_of_it.frames(first_frame, frames, speed)


def _stretches(lanes: Sequence[LaneCard], sounds: Iterable[SoundCard], rate: FrameRate) -> tuple[_Stretch, ...]:
    """What is heard, by where it starts; clips that go on where another ended are joined to it."""
    heard = {lane.id: lane for lane in lanes if lane.audible}
    cards = [card for card in sounds if card.lane in heard and card.source_length > 0]
    found = sorted((_stretch(card, heard[card.lane], rate) for card in cards), key=lambda one: (one.start, one.end))
    for before, after in list(_continued(found)):
        one, other = found[before], found[after]
        found[before] = replace(one, end=other.start, gain_after=one.gain)
        found[after] = replace(other, gain_before=one.gain)
    return tuple(found)


def _stretch(card: SoundCard, lane: LaneCard, rate: FrameRate) -> _Stretch:
    start = sample_of(card.film_frame, rate)
    gain = 10 ** ((lane.gain + card.gain) / 20)
    cut_after = card.source_start + card.source_length < card.source_samples
    return _Stretch(
        media=card.media,
        lane=card.lane,
        start=start,
        end=start + card.source_length,
        source_start=card.source_start,
        gain=gain,
        gain_before=0.0 if card.source_start > 0 else gain,
        gain_after=0.0 if cut_after else gain,
    )


def _continued(found: Sequence[_Stretch]) -> Iterator[tuple[int, int]]:
    """Pairs of which the second plays on, on the same lane, what the first began.

    Their places are whole frames and so may lie a sample apart; the first then ends where the second starts.
    """
    begins = defaultdict(list)
    for index, one in enumerate(found):
        begins[one.lane, one.media, one.source_start].append(index)
    for index, one in enumerate(found):
        source_end = one.source_start + one.end - one.start
        for after in begins[one.lane, one.media, source_end]:
            if abs(found[after].start - one.end) <= 1 and after != index:
                yield index, after
                break


def _limited(mixed: Samples, loudest: Samples) -> Samples:
    """`loudest` is the most each sample could be; see the formula at the head of this file."""
    size = np.abs(mixed)
    bent = (size > KNEE) & (loudest > 1)[:, None]
    if bent.any():
        over = (size[bent] - KNEE) / (1 - KNEE)
        mixed[bent] = np.copysign(KNEE + (1 - KNEE) * over / (1 + over), mixed[bent])
    return mixed


def _averaged(read: Samples, width: int) -> Samples:
    """Every sample and the `width - 1` after it as one, so that what is too high to be heard faster does not ring."""
    if width == 1:
        return read
    return np.mean(np.lib.stride_tricks.sliding_window_view(read, width, axis=0), axis=2, dtype=np.float32)
