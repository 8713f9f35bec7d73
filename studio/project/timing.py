"""Exact film time: frame rates as fractions, frame ranges, timecode text. No floats anywhere.

Drop-frame follows SMPTE ST 12-1: at 29.97 the labels 00 and 01 of every minute are skipped (at 59.94: 00 to 03),
except in minutes 0, 10, 20, 30, 40 and 50. Time of day wraps at 24 hours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from studio.errors import BadValue

_DROP_NOMINALS = (30, 60)
_TIMECODE = re.compile(r"^(\d{1,2})[:;.](\d{1,2})[:;.](\d{1,2})([:;.])(\d{1,2})$", re.ASCII)
_LIST = "23.976, 24, 25, 29.97, 30, 48, 50, 59.94 or 60"


@dataclass(frozen=True, order=True)
class FrameRate:
    """Frames per second as an exact fraction in lowest terms."""

    num: int
    den: int = 1

    def __post_init__(self) -> None:
        if (self.num, self.den) not in _LEGAL:
            raise BadValue(f"{self.num}/{self.den} is not a frame rate a film can have.", f"Use {_LIST}.")

    @classmethod
    def parse(cls, text: str) -> FrameRate:
        """From `24`, `23.976`, `23.98`, `29.97` or `24000/1001`. Raises BadValue for anything else."""
        clean = text.strip()
        if clean in _BY_NAME:
            return cls(*_BY_NAME[clean])
        raise BadValue(f"{text[:40]!r} is not a frame rate a film can have.", f"Use {_LIST}.")

    @property
    def fraction(self) -> Fraction:
        return Fraction(self.num, self.den)

    @property
    def nominal(self) -> int:
        """Frames a second of timecode counts: 24 for 24000/1001."""
        return -(-self.num // self.den)

    @property
    def can_drop(self) -> bool:
        return self.den == 1001 and self.nominal in _DROP_NOMINALS

    @property
    def shown(self) -> str:
        """`23.976`, `29.97`, `24`: what people say."""
        return _SHOWN[self.num, self.den]

    def seconds(self, frames: int) -> Fraction:
        return Fraction(frames * self.den, self.num)

    def frames_in(self, seconds: Fraction | int) -> int:
        """Whole frames begun within `seconds`, counted from 0."""
        return int(Fraction(seconds) * self.fraction)

    def __str__(self) -> str:
        return str(self.num) if self.den == 1 else f"{self.num}/{self.den}"


_LEGAL = frozenset(
    {(24000, 1001), (24, 1), (25, 1), (30000, 1001), (30, 1), (48, 1), (50, 1), (60000, 1001), (60, 1)}
)
_SHOWN = {one: str(one[0]) for one in _LEGAL if one[1] == 1} | {
    (24000, 1001): "23.976",
    (30000, 1001): "29.97",
    (60000, 1001): "59.94",
}
_BY_NAME = (
    {shown: one for one, shown in _SHOWN.items()}
    | {f"{num}/{den}": (num, den) for num, den in _LEGAL}
    | {"23.98": (24000, 1001), "24.0": (24, 1), "25.0": (25, 1), "30.0": (30, 1)}
)
LEGAL_RATES = tuple(sorted((FrameRate(*one) for one in _LEGAL), key=lambda rate: rate.fraction))


@dataclass(frozen=True)
class FrameRange:
    """`length` frames from `start`; which clock they are on is said by the name that holds the range."""

    start: int
    length: int

    def __post_init__(self) -> None:
        if self.length < 0:
            raise BadValue(f"A range of {self.length} frames cannot be.", "Give 0 or more frames.")

    @property
    def end(self) -> int:
        """The first frame after the range."""
        return self.start + self.length

    def __contains__(self, frame: int) -> bool:
        return self.start <= frame < self.end

    def meets(self, other: FrameRange) -> bool:
        return self.start < other.end and other.start < self.end


def frames_in_24_hours(rate: FrameRate, *, drop: bool | None = None) -> int:
    """Timecode labels of one day: fewer where labels are dropped."""
    labels = 24 * 3600 * rate.nominal
    return labels - 24 * 54 * _dropped(rate) if _drops(rate, drop) else labels


def timecode(frame: int, rate: FrameRate, *, drop: bool | None = None) -> str:
    """`HH:MM:SS:FF`, with `;` before the frames when drop-frame (the default at 29.97 and 59.94).

    Frames past 24 hours, and negative ones, wrap around the day. `drop=True` at any other rate raises BadValue.
    """
    drops = _drops(rate, drop)
    label = frame % frames_in_24_hours(rate, drop=drops)
    if drops:
        label = _with_dropped_labels(label, rate)
    seconds, frames = divmod(label, rate.nominal)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}{';' if drops else ':'}{frames:02}"


def parse_timecode(text: str, rate: FrameRate) -> int:
    """The frame of `HH:MM:SS:FF` counted from 00:00:00:00. A `;` or `.` before the frames means drop-frame.

    At 29.97 and 59.94 a `:` there means non-drop. Raises BadValue for a label that does not exist at this rate.
    """
    found = _TIMECODE.match(text.strip())
    if not found:
        raise BadValue(f"{text[:40]!r} is not a timecode.", "Write hours:minutes:seconds:frames, as in 01:00:00:00.")
    hours, minutes, seconds, frames = (int(found[one]) for one in (1, 2, 3, 5))
    drops = found[4] != ":"
    if hours > 23 or minutes > 59 or seconds > 59 or frames >= rate.nominal:
        raise BadValue(f"{text!r} does not exist at {rate.shown} frames a second.", f"Frames go to {rate.nominal - 1}.")
    if drops and not rate.can_drop:
        raise BadValue(f"{text!r} is drop-frame timecode, which {rate.shown} does not have.", "Write : throughout.")
    label = ((hours * 60 + minutes) * 60 + seconds) * rate.nominal + frames
    return _without_dropped_labels(label, text, rate) if drops else label


def is_drop(text: str) -> bool:
    """Whether a timecode text is written as drop-frame."""
    return text.strip()[-3:-2] in (";", ".")


@dataclass(frozen=True)
class FilmTimecode:
    """How a film labels its frames: from its start timecode on, and drop-frame where that is written so."""

    rate: FrameRate
    start: int = 0
    """The first frame's label, as a frame counted from 00:00:00:00."""
    drop: bool = False

    @classmethod
    def of(cls, start_timecode: str, rate: FrameRate) -> FilmTimecode:
        return cls(rate, parse_timecode(start_timecode, rate), is_drop(start_timecode))

    def at(self, film_frame: int) -> str:
        return timecode(self.start + film_frame, self.rate, drop=self.drop)

    def film_frame(self, text: str) -> int:
        """Of a timecode that was typed; below 0 before the film. In a drop-frame film `:` does for `;` as well.

        Raises BadValue for what is no timecode of this film.
        """
        found = _TIMECODE.match(text.strip())
        if found is None:
            return parse_timecode(text, self.rate) - self.start
        if is_drop(found[0]) and self.rate.can_drop and not self.drop:
            raise BadValue(f"{found[0]!r} is drop-frame timecode, which this film does not count in.",
                           "Write : throughout.")
        before, after = found[0][: found.start(4)], found[0][found.end(4) :]
        return parse_timecode(f"{before}{';' if self.drop else found[4]}{after}", self.rate) - self.start


def _drops(rate: FrameRate, drop: bool | None) -> bool:
    if drop and not rate.can_drop:
        raise BadValue(f"Drop-frame timecode does not exist at {rate.shown}.", "Only 29.97 and 59.94 have it.")
    return rate.can_drop if drop is None else drop


def _dropped(rate: FrameRate) -> int:
    """Labels skipped at the start of a minute."""
    return rate.nominal // 15


def _with_dropped_labels(frame: int, rate: FrameRate) -> int:
    dropped = _dropped(rate)
    minute = 60 * rate.nominal - dropped
    ten_minutes = 600 * rate.nominal - 9 * dropped
    tens, rest = divmod(frame, ten_minutes)
    passed = max(0, (rest - dropped) // minute)
    return frame + dropped * (9 * tens + passed)


def _without_dropped_labels(label: int, text: str, rate: FrameRate) -> int:
    dropped = _dropped(rate)
    minutes, within = divmod(label, 60 * rate.nominal)
    if minutes % 10 and within < dropped:
        raise BadValue(f"{text!r} is one of the labels drop-frame skips.", f"Its minute begins at frame {dropped:02}.")
    return label - dropped * (minutes - minutes // 10)
