"""Pictures for lists: decoded by a few workers as QImage, turned into pixmaps on the GUI thread, kept in a bound."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QRunnable, QSize, Qt, QThreadPool, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap

from studio.errors import StudioError

log = logging.getLogger(__name__)

LIMIT = 96 << 20
"""Bytes of pixmaps kept; the ones unused longest go first."""


class _Arrivals(QObject):
    """Carries what a worker decoded to the GUI thread; lives as long as the store."""

    decoded = Signal(object, QImage)


class _Decode(QRunnable):
    def __init__(self, key: object, read: Callable[[], QImage], arrivals: _Arrivals) -> None:
        super().__init__()
        self._key, self._read, self._arrivals = key, read, arrivals

    def run(self) -> None:
        try:
            image = self._read()
        except (OSError, StudioError) as error:
            log.warning("a picture cannot be read: %s", error)
            image = QImage()
        self._arrivals.decoded.emit(self._key, image)


def read_covering(source: Path | bytes, width: int, height: int) -> QImage:
    """The picture, scaled while decoding so that it just covers `width` x `height`; a null image if unreadable."""
    if isinstance(source, bytes):
        buffer = QBuffer()
        buffer.setData(QByteArray(source))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        return _read(QImageReader(buffer), width, height)
    return _read(QImageReader(str(source)), width, height)


def _read(reader: QImageReader, width: int, height: int) -> QImage:
    size = reader.size()
    target = size.scaled(QSize(width, height), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
    if size.isValid() and target.width() < size.width():
        reader.setScaledSize(target)
    return reader.read()


class PictureStore(QObject):
    """`pixmap(path)` answers at once with what is there and announces `arrived(path)` when more has come.

    `make` (called on a worker) creates a picture that is not on the disk yet, such as a poster in `cache/`, and says
    where it lies.
    """

    arrived = Signal(object)

    def __init__(self, parent: QObject | None = None, make: Callable[[Path], Path] | None = None) -> None:
        super().__init__(parent)
        self._make = make
        self._pixmaps: OrderedDict[Path, QPixmap] = OrderedDict()
        self._asked: set[Path] = set()
        self._bytes = 0
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(2)
        self._arrivals = _Arrivals()
        self._arrivals.decoded.connect(self._keep, Qt.ConnectionType.QueuedConnection)
        self._scale = 1.0

    def set_scale(self, scale: float) -> None:
        """Pixels of the screen for each logical pixel; pictures are decoded for it from now on."""
        self._scale = scale

    def pixmap(self, path: Path | None, width: int = 200, height: int = 120) -> QPixmap | None:
        """The decoded picture, a null pixmap where it cannot be read, None while it is on its way."""
        if path is None:
            return QPixmap()
        if path in self._pixmaps:
            self._pixmaps.move_to_end(path)
            return self._pixmaps[path]
        self._ask(path, round(width * self._scale), round(height * self._scale))
        return None

    def forget(self, path: Path) -> None:
        gone = self._pixmaps.pop(path, None)
        self._bytes -= _weight(gone) if gone else 0

    @property
    def busy(self) -> bool:
        """Whether pictures that were asked for are still on their way."""
        return bool(self._asked)

    def close(self) -> None:
        """Waits for the workers; called before the window goes."""
        self._pool.clear()
        self._pool.waitForDone()

    def _ask(self, path: Path, width: int, height: int) -> None:
        if path in self._asked:
            return
        self._asked.add(path)
        make = self._make

        def read() -> QImage:
            there = make(path) if make is not None and not path.exists() else path
            return read_covering(there, width, height)

        self._pool.start(_Decode(path, read, self._arrivals))

    def _keep(self, path: Path, image: QImage) -> None:
        self._asked.discard(path)
        pixmap = QPixmap.fromImage(image)
        self._pixmaps[path] = pixmap
        self._bytes += _weight(pixmap)
        while self._bytes > LIMIT and len(self._pixmaps) > 1:
            self._bytes -= _weight(self._pixmaps.popitem(last=False)[1])
        self.arrived.emit(path)


class PreviewStore(QObject):
    """The newest live preview of each job, decoded by a worker from the JPEG files inside a message."""

    arrived = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pixmaps: dict[str, list[QPixmap]] = {}
        self._newest: dict[str, int] = {}
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._arrivals = _Arrivals()
        self._arrivals.decoded.connect(self._keep, Qt.ConnectionType.QueuedConnection)

    def show(self, job: str, pictures: tuple[bytes, ...]) -> None:
        turn = self._newest.get(job, 0) + 1
        self._newest[job] = turn
        for place, picture in enumerate(pictures):
            read = _reader(picture)
            self._pool.start(_Decode((job, turn, place, len(pictures)), read, self._arrivals))

    def pixmap(self, job: str | None) -> QPixmap | None:
        """The middle picture of the newest preview."""
        all_of_it = self._pixmaps.get(job or "", [])
        return all_of_it[len(all_of_it) // 2] if all_of_it else None

    def drop(self, job: str) -> None:
        self._pixmaps.pop(job, None)
        self._newest.pop(job, None)

    def close(self) -> None:
        self._pool.clear()
        self._pool.waitForDone()

    def _keep(self, key: tuple[str, int, int, int], image: QImage) -> None:
        job, turn, place, count = key
        if self._newest.get(job) != turn or image.isNull():
            return
        pixmaps = self._pixmaps.setdefault(job, [])
        pixmaps[place:] = [QPixmap.fromImage(image)]
        if place == count - 1:
            self.arrived.emit(job)


def _reader(picture: bytes) -> Callable[[], QImage]:
    return lambda: read_covering(picture, 640, 360)


def _weight(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * 4
