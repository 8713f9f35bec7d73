"""What a waveform is drawn from: the lowest and the highest value of every stretch of a sound file, fine and coarse.

Computed once a file, a megasample at a time, and kept in the film's `cache/` under the file's name, its content's hash.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from model_runtime import safe_files
from studio.interchange.wave_file import WaveFile

log = logging.getLogger(__name__)

FINEST = 128
"""Samples of a peak on the finest level; each level above holds a quarter as many peaks."""
STEP = 4
CHUNK = FINEST * 8192
FULL_SCALE = 128

Pairs = NDArray[np.int8]
"""(n, 2): lowest and highest of both sides, full scale is 128"""


class Stopped(Exception):
    """Nobody waits for the peaks any more."""


@dataclass(frozen=True)
class Peaks:
    samples: int
    """Of the file."""
    levels: tuple[Pairs, ...]
    """From fine to coarse."""

    @property
    def weight(self) -> int:
        """Bytes in memory."""
        return sum(one.nbytes for one in self.levels)

    def columns(self, start: int, samples_per_column: float, count: int) -> NDArray[np.float32]:
        """(count, 2), lowest and highest of each column from sample `start` on, -1 to 1; 0 outside the file."""
        level, step = self._level(samples_per_column)
        edges = (start + np.arange(count + 1) * samples_per_column) / step
        first = np.floor(edges[:-1]).astype(np.int64)
        last = np.maximum(np.ceil(edges[1:]).astype(np.int64), first + 1)
        there = (last > 0) & (first < len(level))
        drawn = np.zeros((count, 2), np.float32)
        if there.any():
            first, last = np.maximum(first[there], 0), np.minimum(last[there], len(level))
            drawn[there, 0] = _over(level[:, 0], first, last, np.minimum)
            drawn[there, 1] = _over(level[:, 1], first, last, np.maximum)
        drawn /= FULL_SCALE
        return drawn

    def _level(self, samples_per_column: float) -> tuple[Pairs, int]:
        """The coarsest level that is still as fine as a column."""
        level = 0
        while level + 1 < len(self.levels) and FINEST * STEP ** (level + 1) <= samples_per_column:
            level += 1
        return self.levels[level], FINEST * STEP**level


def peaks(media: Path, cache: Path | None, stopped: Callable[[], bool] = lambda: False) -> Peaks:
    """The peaks of a sound file, read from the folder `cache` where they lie there, else computed and put there.

    For a worker: three hours take seconds. Raises OSError or BadValue where the sound cannot be read, Stopped when
    `stopped` says so. A cache that cannot be written costs no more than the next wait.
    """
    kept = cache / f"{media.stem}.npy" if cache is not None else None
    with WaveFile(media) as file:
        finest = _kept(kept, file.samples)
        if finest is None:
            finest = _finest(file, stopped)
            _keep(kept, finest)
        return Peaks(file.samples, _levels(finest))


def _finest(file: WaveFile, stopped: Callable[[], bool]) -> Pairs:
    pairs = np.zeros((-(-file.samples // FINEST), 2), np.int8)
    for start in range(0, file.samples, CHUNK):
        if stopped():
            raise Stopped
        raw = file.raw(start, CHUNK)
        if len(raw) == 0:
            break
        found = _pairs(raw)
        pairs[start // FINEST : start // FINEST + len(found)] = found
    return pairs


def _pairs(raw: NDArray[np.int16]) -> Pairs:
    """Of samples that begin at a peak's first; a last peak that is not full is of what there is."""
    padding = -len(raw) % FINEST
    if padding:
        raw = np.concatenate((raw, np.repeat(raw[-1:], padding, axis=0)))
    stretches = raw.reshape(len(raw) // FINEST, -1)
    return np.stack((stretches.min(axis=1) >> 8, stretches.max(axis=1) >> 8), axis=1).astype(np.int8)


def _levels(finest: Pairs) -> tuple[Pairs, ...]:
    levels = [finest]
    while len(levels[-1]) > STEP:
        starts = np.arange(0, len(levels[-1]), STEP)
        low, high = (one.reduceat(levels[-1][:, side], starts) for side, one in enumerate((np.minimum, np.maximum)))
        levels.append(np.stack((low, high), axis=1))
    return tuple(levels)


def _over(
    values: NDArray[np.int8], first: NDArray[np.int64], last: NDArray[np.int64], reduce: np.ufunc
) -> NDArray[np.int8]:
    """The lowest or highest of each [first, last), which may overlap."""
    bounds = np.stack((first, np.minimum(last, len(values) - 1)), axis=1).ravel()
    found = reduce.reduceat(values, bounds)[::2]
    # reduceat cannot be told of an end behind the last value; that value is taken in by hand.
    at_end = last == len(values)
    found[at_end] = reduce(found[at_end], values[-1])
    return np.asarray(found, np.int8)


def _kept(file: Path | None, samples: int) -> Pairs | None:
    if file is None or not file.is_file():
        return None
    try:
        found = np.load(file, allow_pickle=False)
    except (OSError, ValueError, EOFError) as error:
        log.info("a kept waveform is made again: %s", error)
        return None
    fits = found.dtype == np.int8 and found.shape == (-(-samples // FINEST), 2)
    return found if fits else None


def _keep(file: Path | None, finest: Pairs) -> None:
    if file is None:
        return
    try:
        safe_files.make_folder(file.parent)
        with safe_files.open_new(file) as written:
            np.lib.format.write_array(written, finest, allow_pickle=False)
    except OSError as error:
        log.info("a waveform could not be kept: %s", error)
