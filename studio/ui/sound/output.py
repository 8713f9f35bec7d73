"""The sound device of this machine, opened through miniaudio. Everything here runs on the mixing thread.

miniaudio is imported when the first sound is to be heard, not with the window: it takes a tenth of a second.
"""

from __future__ import annotations

import ctypes
import logging
import sys
from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, Any, Protocol

from studio.project.sound_time import SAMPLES

if TYPE_CHECKING:
    import miniaudio

log = logging.getLogger(__name__)

PERIOD_MS = 20
PERIODS = 3
"""60 ms in the device: two calls may come late, because a window that paints holds Python for a while."""

Fill = Callable[[int], memoryview]
"""So many samples, stereo float32. Called by the device's own thread; must neither wait nor raise."""


class NoDevice(Exception):
    """This machine has no sound device that can be opened now."""


class Output(Protocol):
    latency: int
    """Samples between being handed over and being heard."""

    @property
    def lost(self) -> bool:
        """Whether the device went away by itself."""

    def start(self, fill: Fill) -> None:
        """Raises NoDevice."""

    def stop(self) -> None: ...

    def close(self) -> None: ...


class DeviceOutput:
    """The system's chosen device, 48 kHz stereo; miniaudio turns that into what the device takes."""

    latency = PERIOD_MS * PERIODS * SAMPLES // 1000

    def __init__(self, backends: list[miniaudio.Backend]) -> None:
        import miniaudio

        self._failures = (miniaudio.MiniaudioError,)
        self._stopping = False
        self._lost = False
        try:
            self._device = miniaudio.PlaybackDevice(
                miniaudio.SampleFormat.FLOAT32, 2, SAMPLES, PERIOD_MS, callback_periods=PERIODS, backends=backends,
                app_name="Shotwright",
            )  # fmt: skip
        except self._failures as error:
            raise NoDevice(str(error)) from error
        self._device.stop_callback = self._stopped

    @property
    def lost(self) -> bool:
        return self._lost

    def start(self, fill: Fill) -> None:
        self._stopping = False
        waiting = _answers(fill)
        next(waiting)
        try:
            self._device.start(waiting)
        except self._failures as error:
            raise NoDevice(str(error)) from error

    def stop(self) -> None:
        self._stopping = True
        try:
            self._device.stop()
        except self._failures as error:
            log.info("the sound device did not stop: %s", error)

    def close(self) -> None:
        self._stopping = True
        self._device.close()

    def _stopped(self) -> None:
        """Called by the device's thread, after `stop` too."""
        self._lost = not self._stopping


def open_device() -> Output:
    """The device that the system would use. Raises NoDevice."""
    try:
        import miniaudio
    except (ImportError, OSError) as error:
        raise NoDevice(f"miniaudio cannot be used: {error}") from error
    unreal = (miniaudio.Backend.NULL, miniaudio.Backend.CUSTOM)
    backends = [one for one in miniaudio.get_enabled_backends() if one not in unreal]
    _quiet_alsa()
    return DeviceOutput(sorted(backends, key=lambda one: one.value))


def open_null() -> Output:
    """A device that plays into nothing, in real time; for tests and measurements."""
    import miniaudio

    return DeviceOutput([miniaudio.Backend.NULL])


def _answers(fill: Fill) -> Generator[memoryview | bytes, int, None]:
    """What miniaudio asks for its samples."""
    count = yield b""
    while True:
        count = yield fill(count)


_AlsaSays = ctypes.CFUNCTYPE(None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p)


@_AlsaSays
def _hear_alsa(file: bytes, line: int, function: bytes, error: int, words: bytes) -> None:
    log.debug("ALSA, %s: %s", function, words)


def _quiet_alsa() -> None:
    """Without a sound card the ALSA library writes dozens of lines to the terminal; they go to the log instead."""
    if sys.platform != "linux":
        return
    try:
        library: Any = ctypes.CDLL("libasound.so.2")
    except OSError:
        return
    library.snd_lib_error_set_handler(_hear_alsa)
