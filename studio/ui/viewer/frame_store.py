"""Decoded frames ahead of the eye: one decoding thread, a bounded cache, the newest wish first."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage

from studio.errors import NotFound
from studio.ui.parts.pictures import read_covering
from studio.ui.viewer.clip_reader import ClipReader
from studio.ui.viewer.graded import graded
from studio.ui.viewer.sequence import STILL, Wanted

log = logging.getLogger(__name__)

LIMIT = 96 << 20
"""Bytes of decoded frames kept."""
AHEAD_PART = 0.7
"""How much of that one wish may fill: the rest is what was just seen, for a step back."""
NAME_DIGITS = 16
READERS = 3
"""Movies kept open."""


@dataclass(frozen=True)
class _Wish:
    pictures: tuple[Wanted, ...] = ()
    width: int = 0
    height: int = 0
    now: int = 1
    """How many of the first ones are on screen at once."""

    def keys(self) -> set[tuple[Wanted, int, int]]:
        return {(wanted, self.width, self.height) for wanted in self.pictures}


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
        self._broken: dict[Wanted | Path, str] = {}
        self._readers: OrderedDict[object, ClipReader] = OrderedDict()
        self._thread = threading.Thread(target=self._run, name="viewer decode", daemon=True)
        self._thread.start()

    def want(self, pictures: Sequence[Wanted], size: QSize, now: int = 1) -> None:
        """What is shown now, then what is shown next, decoded to cover `size` in screen pixels.

        `ready` tells of the first `now` of them. No more are decoded ahead than are kept.
        """
        weight = max(1, size.width() * size.height() * 4)
        most = max(now, int(LIMIT * AHEAD_PART) // weight, 1)
        wish = _Wish(tuple(pictures[:most]), size.width(), size.height(), now)
        with self._turn:
            if wish != self._wish:
                self._wish = wish
                self._turn.notify()

    def image(self, wanted: Wanted, size: QSize) -> QImage | None:
        """A null image where it cannot be read, None while it is on its way."""
        with self._turn:
            if wanted in self._broken or wanted.source in self._broken:
                return QImage()
            key = (wanted, size.width(), size.height())
            if key in self._images:
                self._images.move_to_end(key)
                return self._images[key]
        return None

    def why(self, wanted: Wanted) -> str:
        """The sentence that says why a picture cannot be read; empty where it can."""
        with self._turn:
            return self._broken.get(wanted) or self._broken.get(wanted.source) or ""

    @property
    def bytes_kept(self) -> int:
        with self._turn:
            return self._bytes

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
                self._give_up(wanted, error.sentence)
            except Exception as error:  # a fault of the decoder's must not end the thread: nothing would be shown again
                log.exception("a fault while %s was decoded", wanted)
                if (reader := self._readers.pop(wanted.source, None)) is not None:
                    reader.close()
                self._give_up(wanted, f"The file media/{_short(wanted.source)} cannot be shown: {error}.")
        for reader in self._readers.values():
            reader.close()
        self._readers.clear()

    def _give_up(self, wanted: Wanted, sentence: str) -> None:
        gone = not wanted.source.is_file()
        if gone:
            sentence = f"The file media/{_short(wanted.source)} is not there any more."
        with self._turn:
            self._broken[wanted.source if gone else wanted] = sentence
        self.unreadable.emit(wanted, sentence)

    def _next_task(self) -> tuple[Wanted, _Wish] | None:
        """Waits for the first picture of the newest wish that is not there yet; None when the store is closed."""
        with self._turn:
            while not self._closed:
                wish = self._wish
                for wanted in wish.pictures:
                    there = (wanted, wish.width, wish.height) in self._images
                    if not (there or wanted in self._broken or wanted.source in self._broken):
                        return wanted, wish
                self._turn.wait()
        return None

    def _decode(self, wanted: Wanted, wish: _Wish) -> None:
        size = QSize(wish.width, wish.height)
        if wanted.take_frame == STILL:
            image = read_covering(wanted.source, wish.width, wish.height)
            if image.isNull():
                raise NotFound(f"The picture {wanted.source.name} cannot be read.")
            self._keep(wanted, wish, graded(image, wanted.grade))
            return
        for index, image in self._reader(wanted).pictures(wanted.take_frame, size):
            self._keep(wanted._replace(take_frame=index), wish, graded(image, wanted.grade))
            if not self._wished(wanted._replace(take_frame=index - 1), wish):
                return  # something else is wished for by now: the frames on the way can wait

    def _wished(self, before: Wanted, wish: _Wish) -> bool:
        """Whether the frame decoded before is still of use: nothing new was wished for, or it is part of that."""
        now = self._wish
        return now is wish or ((now.width, now.height) == (wish.width, wish.height) and before in now.pictures)

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
            self._drop_oldest()
            current = wanted in self._wish.pictures[: self._wish.now]
        if current:
            self.ready.emit(wanted)

    def _drop_oldest(self) -> None:
        """Down to the limit, but never what is wished for now: it would be decoded again and again."""
        if self._bytes <= LIMIT:
            return
        wished = self._wish.keys()
        for key in [key for key in self._images if key not in wished]:
            self._bytes -= self._images.pop(key).sizeInBytes()
            if self._bytes <= LIMIT:
                return


def _short(file: Path) -> str:
    """Its name as far as it tells files apart: those in media/ are named by 64 digits."""
    return file.name if len(file.stem) <= NAME_DIGITS else f"{file.stem[:NAME_DIGITS]}…{file.suffix}"
