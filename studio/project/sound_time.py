"""Where film frames lie in sound: exact positions in samples of 48 kHz, whatever the film's rate."""

from __future__ import annotations

from studio.project.timing import FrameRate

SAMPLES = 48_000
"""A second of every sound file in media/, and of everything that is heard or exported."""


def sample_of(film_frame: int, rate: FrameRate) -> int:
    """The sample a frame starts at, counted from frame 0: the exact time, rounded down. Frames may be negative.

    Counted from 0 each time and never added up, so that nothing drifts over hours at 23.976.
    """
    return film_frame * SAMPLES * rate.den // rate.num


def frame_at(sample: int, rate: FrameRate) -> int:
    """The frame that is shown while this sample is heard: the last one that starts no later than it."""
    return -(-(sample + 1) * rate.num // (SAMPLES * rate.den)) - 1
