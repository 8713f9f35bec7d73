"""Reading stretches of the film's sound files: 16-bit WAVs of 48 kHz, mono or stereo, as long as they like."""

from __future__ import annotations

import wave
from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from studio.errors import BadValue
from studio.project.sound_time import SAMPLES

FULL_SCALE = 32_768


class WaveFile:
    """One open file. Not for two threads at once.

    Read, not mapped into memory: were the disk it lies on unplugged, a read fails with an OSError, where touching a
    mapping would end the whole program.
    """

    def __init__(self, path: Path) -> None:
        """Raises OSError where it cannot be opened, BadValue where it is no sound file as we write them.

        A link is none: it could lead out of the film.
        """
        if path.is_symlink():
            raise _unreadable(path, "it is a link to another place")
        try:
            self._file = wave.open(str(path), "rb")  # noqa: SIM115  # closed by close()
        except (wave.Error, EOFError) as error:
            raise _unreadable(path, str(error) or "it ends too early") from error
        self._path = path
        self.channels = self._file.getnchannels()
        self.samples = self._file.getnframes()
        kind = (self._file.getsampwidth(), self._file.getframerate())
        if kind != (2, SAMPLES) or self.channels not in (1, 2):
            self._file.close()
            raise _unreadable(path, f"{self.channels} channels of {kind[0] * 8} bits at {kind[1]} Hz")

    def __enter__(self) -> WaveFile:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._file.close()

    def raw(self, start: int, count: int) -> NDArray[np.int16]:
        """(n, channels) as they lie in the file; fewer than `count` where it ends. `start` is inside the file.

        Raises OSError, or BadValue where the file is damaged.
        """
        try:
            self._file.setpos(min(start, self.samples))
            read = self._file.readframes(count)
        except RuntimeError as error:
            # The wave module's word for sizes in the file's head that contradict each other.
            raise _unreadable(self._path, "its head is damaged") from error
        whole = len(read) // (2 * self.channels)
        return np.frombuffer(read, "<i2", whole * self.channels).reshape(whole, self.channels)

    def stereo(self, start: int, count: int) -> NDArray[np.float32]:
        """(count, 2), full scale is 1; mono on both sides, silence before the file's start and after its end."""
        heard = np.zeros((count, 2), np.float32)
        before = max(0, -start)
        if before < count and start + before < self.samples:
            raw = self.raw(start + before, count - before)
            heard[before : before + len(raw)] = raw / np.float32(FULL_SCALE)
        return heard


def _unreadable(path: Path, why: str) -> BadValue:
    return BadValue(f"{path.name} is no sound file of this film: {why}.", "Bring the sound in again.")
