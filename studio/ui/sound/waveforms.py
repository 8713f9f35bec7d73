"""Waveforms of sound clips: peaks found by a worker, kept in a bound, drawn one line a pixel."""

from __future__ import annotations

import logging
import math
import threading
from collections import OrderedDict
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, QRunnable, Qt, QThreadPool, Signal
from PySide6.QtGui import QColor, QImage, QPainter

from studio.errors import StudioError
from studio.project.cut_cards import SoundCard

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from studio.interchange.sound_peaks import Peaks

    Columns = NDArray[np.float32]
    """(n, 2): lowest and highest of each column, -1 to 1"""

log = logging.getLogger(__name__)

LIMIT = 48 << 20
"""Bytes of peaks kept, some twelve hours of sound; those unused longest go first."""
OPACITY = 0.75
"""Of `grey-4`, the colour of a waveform."""


class _Arrivals(QObject):
    """Carries peaks to the GUI thread; lives as long as the store."""

    found = Signal(object, object)


class _Find(QRunnable):
    def __init__(self, media: Path, cache: Path | None, closing: threading.Event, arrivals: _Arrivals) -> None:
        super().__init__()
        self._media, self._cache, self._closing, self._arrivals = media, cache, closing, arrivals

    def run(self) -> None:
        from studio.interchange import sound_peaks  # numpy, which the window does without until there is sound

        try:
            found = sound_peaks.peaks(self._media, self._cache, self._closing.is_set)
        except sound_peaks.Stopped:
            return
        except (OSError, StudioError) as error:
            log.warning("a sound has no waveform: %s", error)
            found = None
        self._arrivals.found.emit(self._media, found)


class WaveformStore(QObject):
    """`peaks(sound, ...)` answers at once with what is there and announces `arrived(media)` when more has come."""

    arrived = Signal(object)
    """The path of a sound file whose waveform can be drawn now."""

    def __init__(self, cache: Path | None, parent: QObject | None = None) -> None:
        """`cache` is the folder for waveforms, in the film's `cache/`; None where nothing may be written."""
        super().__init__(parent)
        self._cache = cache
        self._found: OrderedDict[Path, Peaks | None] = OrderedDict()
        self._asked: set[Path] = set()
        self._closing = threading.Event()
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._arrivals = _Arrivals()
        self._arrivals.found.connect(self._keep, Qt.ConnectionType.QueuedConnection)

    def peaks(
        self, sound: SoundCard, samples_per_pixel: float, first: int = 0, count: int | None = None
    ) -> Columns | None:
        """Columns of the clip, with its own gain, from its column `first` on: all there are, or at most `count`.

        None while they are on their way, and for good where the file cannot be read. Ask for what is seen only.
        """
        if sound.media not in self._found:
            self._ask(sound.media)
            return None
        self._found.move_to_end(sound.media)
        found = self._found[sound.media]
        if found is None:
            return None
        there = max(0, math.ceil(sound.source_length / samples_per_pixel) - first)
        start = sound.source_start + math.floor(first * samples_per_pixel)
        columns = found.columns(start, samples_per_pixel, there if count is None else min(count, there))
        return (columns * 10 ** (sound.gain / 20)).clip(-1, 1)

    @property
    def busy(self) -> bool:
        """Whether waveforms that were asked for are still on their way."""
        return bool(self._asked)

    def forget(self, media: Path) -> None:
        """Look at the file again when it is asked for next, because it has come back or changed."""
        self._found.pop(media, None)

    def close(self) -> None:
        """Stops the worker; called before the window goes."""
        self._closing.set()
        self._pool.clear()
        self._pool.waitForDone()

    def _ask(self, media: Path) -> None:
        if media not in self._asked:
            self._asked.add(media)
            self._pool.start(_Find(media, self._cache, self._closing, self._arrivals))

    def _keep(self, media: Path, found: Peaks | None) -> None:
        self._asked.discard(media)
        self._found[media] = found
        while len(self._found) > 1 and sum(one.weight for one in self._found.values() if one) > LIMIT:
            self._found.popitem(last=False)
        self.arrived.emit(media)


def paint_waveform(painter: QPainter, rect: QRectF, peaks: Columns, colour: QColor) -> None:
    """One upright line for each pixel column of `rect` from its left on, silence a line one pixel high.

    `peaks` has a row a logical pixel; or, where there are more rows than `rect` is wide, a row a pixel of the screen.
    """
    if len(peaks) == 0 or rect.height() < 1:
        return
    scale = painter.device().devicePixelRatioF()
    width = 1.0 if len(peaks) <= math.ceil(rect.width()) else 1 / scale
    picture = _picture(peaks, round(rect.height() * scale), colour)
    painter.drawImage(QRectF(rect.left(), rect.top(), len(peaks) * width, rect.height()), picture)


def _picture(peaks: Columns, height: int, colour: QColor) -> QImage:
    """Drawn at once by numpy: a painter takes 20 ms for as many lines as a screen is wide at scale 2."""
    import numpy as np

    middle = (height - 1) / 2
    top, bottom = np.rint(middle - peaks[:, 1] * middle), np.rint(middle - peaks[:, 0] * middle)
    rows = np.arange(height, dtype=np.float32)[:, None]
    ink = np.uint32(colour.rgba())
    pixels = np.where((rows >= top) & (rows <= bottom), ink, np.uint32(0))
    image = QImage(pixels.data, len(peaks), height, len(peaks) * 4, QImage.Format.Format_ARGB32)
    return image.copy()  # which owns its pixels
