"""Decoded frames ahead of the eye: one decoding thread, a bounded cache, the newest wish first."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage

from studio.errors import NotFound
from studio.ui.parts.pictures import read_covering
from studio.ui.viewer.clip_reader import ClipReader
from studio.ui.viewer.sequence import STILL, Wanted

log = logging.getLogger(__name__)

LIMIT = 160 << 20
"""Bytes of decoded frames kept."""
READERS = 3
"""Movies kept open."""


@dataclass(frozen=True)
class _Wish:
    pictures: tuple[Wanted, ...] = ()
    width: int = 0
    height: int = 0


class FrameStore(QObject):
    """`want` from the GUI thread; `ready` and `unreadable` arrive there too. Never decodes on the GUI thread."""

    ready = Signal(object)
    unreadable = Signal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._turn = threading.Condition()
        self._wish = _Wish()
        self._closed = False
        self._images: OrderedDict[tuple[Wanted, int, int], QImage] = OrderedDict()
        self._bytes = 0
        self._broken: set[Wanted] = set()
        self._readers: OrderedDict[object, ClipReader] = OrderedDict()
        self._thread = threading.Thread(target=self._run, name="viewer decode", daemon=True)
        self._thread.start()

    def want(self, pictures: Sequence[Wanted], size: QSize) -> None:
        """What is shown now, then what is shown next, decoded to fit `size` in screen pixels."""
        wish = _Wish(tuple(pictures), size.width(), size.height())
        with self._turn:
            if wish != self._wish:
                self._wish = wish
                self._turn.notify()

    def image(self, wanted: Wanted, size: QSize) -> QImage | None:
        """A null image where it cannot be read, None while it is on its way."""
        with self._turn:
            if wanted in self._broken:
                return QImage()
            key = (wanted, size.width(), size.height())
            if key in self._images:
                self._images.move_to_end(key)
                return self._images[key]
        return None

    def forget(self) -> None:
        """Drops what could not be read, so that it is tried again."""
        with self._turn:
            self._broken.clear()

    def close(self) -> None:
        with self._turn:
            self._closed = True
            self._turn.notify()
        self._thread.join()

    # --- the decoding thread ---

    def _run(self) -> None:
        while (task := self._next_task()) is not None:
            wanted, wish = task
            try:
                self._decode(wanted, wish)
            except NotFound as error:
                with self._turn:
                    self._broken.add(wanted)
                self.unreadable.emit(wanted, error.sentence)
        for reader in self._readers.values():
            reader.close()
        self._readers.clear()

    def _next_task(self) -> tuple[Wanted, _Wish] | None:
        """Waits for the first picture of the newest wish that is not there yet; None when the store is closed."""
        with self._turn:
            while not self._closed:
                wish = self._wish
                for wanted in wish.pictures:
                    if (wanted, wish.width, wish.height) not in self._images and wanted not in self._broken:
                        return wanted, wish
                self._turn.wait()
        return None

    def _decode(self, wanted: Wanted, wish: _Wish) -> None:
        size = QSize(wish.width, wish.height)
        if wanted.take_frame == STILL:
            image = read_covering(wanted.source, wish.width, wish.height)
            if image.isNull():
                raise NotFound(f"The picture {wanted.source.name} cannot be read.")
            self._keep(wanted, wish, image)
            return
        for index, image in self._reader(wanted).pictures(wanted.take_frame, size):
            self._keep(Wanted(wanted.source, index), wish, image)

    def _reader(self, wanted: Wanted) -> ClipReader:
        reader = self._readers.pop(wanted.source, None) or ClipReader(wanted.source)
        self._readers[wanted.source] = reader
        if len(self._readers) > READERS:
            self._readers.popitem(last=False)[1].close()
        return reader

    def _keep(self, wanted: Wanted, wish: _Wish, image: QImage) -> None:
        with self._turn:
            key = (wanted, wish.width, wish.height)
            if key not in self._images:
                self._bytes += image.sizeInBytes()
            self._images[key] = image
            while self._bytes > LIMIT and len(self._images) > 1:
                self._bytes -= self._images.popitem(last=False)[1].sizeInBytes()
            current = bool(wish.pictures) and self._wish.pictures[:1] == (wanted,)
        if current:
            self.ready.emit(wanted)
