"""Pictures for lists: decoded by a few workers as QImage, turned into pixmaps on the GUI thread, kept in a bound."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QRunnable, QSize, Qt, QThreadPool, QTimer, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap

from studio.errors import StudioError

log = logging.getLogger(__name__)

LIMIT = 64 << 20
"""Bytes of pixmaps kept; the ones unused longest go first."""
WORKERS = 2
MOST_WAITING = 600
"""Pictures that wait to be decoded; whoever still shows an older one asks again."""
QUICK = 40
"""Below 50 Qt decodes JPEG by the quicker of two ways; at half the size and less nobody sees a difference."""
GATHER_MS = 6
"""Pictures that come within this time are announced together, so that a list paints them together."""
COARSE = 1.25
"""A picture asked for so much larger than it was decoded is decoded again."""


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
    if target.width() * 2 <= size.width():
        reader.setQuality(QUICK)
    return reader.read()


@dataclass(frozen=True)
class _Kept:
    pixmap: QPixmap
    size: QSize
    """What it was decoded to cover."""


class _Wishes:
    """Pictures to be decoded, shared by the GUI thread and the workers: the newest burst first, in its own order."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: dict[Path, QSize] = {}
        self._done: list[tuple[Path, QSize, QImage]] = []
        self._at_work = 0
        """Workers that will still ask for the next one; one that ends is counted out under the lock."""

    def add(self, burst: dict[Path, QSize]) -> list[Path]:
        """Returns the oldest ones that are given up, because more than `MOST_WAITING` wait."""
        with self._lock:
            self._waiting = burst | {path: size for path, size in self._waiting.items() if path not in burst}
            given_up = list(self._waiting)[MOST_WAITING:]
            for path in given_up:
                del self._waiting[path]
            return given_up

    def workers_needed(self) -> int:
        """How many more are to be started now; they count as at work from here on."""
        with self._lock:
            more = max(0, min(WORKERS - self._at_work, len(self._waiting)))
            self._at_work += more
            return more

    def next(self) -> tuple[Path, QSize] | None:
        """None: nothing waits, and the worker that asked ends."""
        with self._lock:
            path = next(iter(self._waiting), None)
            if path is None:
                self._at_work -= 1
                return None
            return path, self._waiting.pop(path)

    def finish(self, path: Path, size: QSize, image: QImage) -> bool:
        """Whether nobody was told of a finished picture yet."""
        with self._lock:
            self._done.append((path, size, image))
            return len(self._done) == 1

    def take_done(self) -> list[tuple[Path, QSize, QImage]]:
        with self._lock:
            done, self._done = self._done, []
            return done

    def forget(self) -> None:
        with self._lock:
            self._waiting.clear()


class _Worker(QRunnable):
    """Decodes until nothing waits."""

    def __init__(self, wishes: _Wishes, make: Callable[[Path], Path] | None, arrivals: _Arrivals) -> None:
        super().__init__()
        self._wishes, self._make, self._arrivals = wishes, make, arrivals

    def run(self) -> None:
        while (wish := self._wishes.next()) is not None:
            path, size = wish
            if self._wishes.finish(path, size, self._read(path, size)):
                self._arrivals.decoded.emit(None, QImage())

    def _read(self, path: Path, size: QSize) -> QImage:
        try:
            there = self._make(path) if self._make is not None and not path.exists() else path
            return read_covering(there, size.width(), size.height())
        except (OSError, StudioError) as error:
            log.warning("a picture cannot be read: %s", error)
        except Exception:  # a fault in one picture must not end the worker: those after it would never come
            log.exception("a fault while %s was read", path)
        return QImage()


class PictureStore(QObject):
    """`pixmap(path)` answers at once with what is there and announces `arrived(path)` when more has come.

    What is asked for in one turn of the event loop is decoded together, before what was asked for earlier: after a
    jump the pictures that are seen come first. `make` (called on a worker) creates a picture that is not on the disk
    yet, such as a poster in `cache/`, and says where it lies.
    """

    arrived = Signal(object)

    def __init__(self, parent: QObject | None = None, make: Callable[[Path], Path] | None = None) -> None:
        super().__init__(parent)
        self._make = make
        self._kept: OrderedDict[Path, _Kept] = OrderedDict()
        self._asked: set[Path] = set()
        self._burst: dict[Path, QSize] = {}
        self._wishes = _Wishes()
        self._bytes = 0
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(WORKERS)
        self._arrivals = _Arrivals()
        self._arrivals.decoded.connect(self._take_in_soon, Qt.ConnectionType.QueuedConnection)
        self._gather = QTimer(self, singleShot=True, interval=GATHER_MS)
        self._gather.timeout.connect(self._take_in)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._send_burst)
        self._scale = 1.0

    def set_scale(self, scale: float) -> None:
        """Pixels of the screen for each logical pixel; pictures are decoded for it from now on."""
        self._scale = scale

    def pixmap(self, path: Path | None, width: int = 200, height: int = 120) -> QPixmap | None:
        """The decoded picture, a null pixmap where it cannot be read, None while it is on its way.

        One that was decoded for a smaller place is given for now, and `arrived` tells when the larger has come.
        """
        if path is None:
            return QPixmap()
        size = QSize(round(width * self._scale), round(height * self._scale))
        kept = self._kept.get(path)
        if kept is None:
            self._ask(path, size)
            return None
        self._kept.move_to_end(path)
        if size.width() > kept.size.width() * COARSE and not kept.pixmap.isNull():
            self._ask(path, size)
        return kept.pixmap

    def is_coming(self, path: Path) -> bool:
        """Whether the picture, or a larger one of it, is on its way."""
        return path in self._asked

    def forget(self, path: Path) -> None:
        gone = self._kept.pop(path, None)
        self._bytes -= _weight(gone.pixmap) if gone else 0

    @property
    def busy(self) -> bool:
        """Whether pictures that were asked for are still on their way."""
        return bool(self._asked)

    def close(self) -> None:
        """Waits for the workers; called before the window goes."""
        self._soon.stop()
        self._gather.stop()
        self._wishes.forget()
        self._pool.clear()
        self._pool.waitForDone()

    def _ask(self, path: Path, size: QSize) -> None:
        if path in self._asked:
            return
        self._asked.add(path)
        self._burst[path] = size
        if not self._soon.isActive():
            self._soon.start()

    def _send_burst(self) -> None:
        """Together, at the end of the turn: workers that start while a list is painted slow that down."""
        burst, self._burst = self._burst, {}
        self._asked.difference_update(self._wishes.add(burst))
        for _ in range(self._wishes.workers_needed()):
            self._pool.start(_Worker(self._wishes, self._make, self._arrivals))

    def _take_in_soon(self) -> None:
        if not self._gather.isActive():
            self._gather.start()

    def _take_in(self) -> None:
        for path, size, image in self._wishes.take_done():
            self._asked.discard(path)
            self.forget(path)
            kept = self._kept[path] = _Kept(QPixmap.fromImage(image), size)
            self._bytes += _weight(kept.pixmap)
            self.arrived.emit(path)
        while self._bytes > LIMIT and len(self._kept) > 1:
            self._bytes -= _weight(self._kept.popitem(last=False)[1].pixmap)


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
