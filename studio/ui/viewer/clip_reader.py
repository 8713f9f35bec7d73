"""Exact frames of one movie: seeks to the key frame before, decodes to the frame asked for. Used on one thread only."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
from av.video.frame import VideoFrame
from av.video.reformatter import Colorspace
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

from studio.errors import NotFound

NEAR = 12
"""Frames to decode forward rather than to seek: takes have a key frame every 12."""
HD_HEIGHT = 720
"""Movies that do not say which matrix they use: BT.709 from this height on, BT.601 below."""


class ClipReader:
    """`pictures(k, size)` begins with take_frame k. Raises NotFound where the movie or that frame cannot be read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._container = av.open(str(path))
            self._stream = self._container.streams.video[0]
        except (av.FFmpegError, OSError, IndexError) as error:
            raise NotFound(f"The movie {path.name} cannot be read: {error}.", "Run the check of the film.") from error
        self._stream.codec_context.thread_count = 1
        self._rate = Fraction(self._stream.average_rate or self._stream.guessed_rate or 24)
        self._start = self._stream.start_time or 0
        self._frames: Iterator[VideoFrame] = iter(())
        self._next = -1
        """The take_frame the decoder gives next; -1 before the first seek."""

    def close(self) -> None:
        self._container.close()

    def pictures(self, take_frame: int, size: QSize) -> Iterator[tuple[int, QImage]]:
        """The asked frame at once, then those decoded on the way to it, nearest first: a step back would need them."""
        if not 0 <= take_frame - self._next <= NEAR or self._next < 0:
            self._seek(take_frame)
        passed: deque[tuple[int, VideoFrame]] = deque(maxlen=NEAR)
        for frame in self._frames:
            index = self._index(frame)
            self._next = index + 1
            passed.append((index, frame))
            if index >= take_frame:
                break
        if not passed or passed[-1][0] != take_frame:
            raise NotFound(f"The movie {self.path.name} has no frame {take_frame}.", "Run the check of the film.")
        while passed:
            index, frame = passed.pop()
            yield index, as_image(frame, size)

    def _seek(self, take_frame: int) -> None:
        """To the last key frame at or before; mp4 may land one too late, so one more try from further back."""
        for back in (0, 48, take_frame):
            target = max(0, take_frame - back)
            offset = self._start + int(target / self._rate / self._stream.time_base)
            try:
                self._container.seek(offset, stream=self._stream, backward=True)
                self._frames = self._decoded()
                first = next(self._frames)
            except (av.FFmpegError, StopIteration) as error:
                raise NotFound(f"The movie {self.path.name} cannot be read: {error}.") from error
            if self._index(first) <= take_frame or target == 0:
                self._frames = _again(first, self._frames)
                return

    def _decoded(self) -> Iterator[VideoFrame]:
        try:
            yield from self._container.decode(self._stream)
        except av.FFmpegError as error:
            raise NotFound(f"The movie {self.path.name} breaks off: {error}.", "Run the check of the film.") from error

    def _index(self, frame: VideoFrame) -> int:
        return round((Fraction(frame.pts or 0) - self._start) * self._stream.time_base * self._rate)


def _again(first: VideoFrame, rest: Iterator[VideoFrame]) -> Iterator[VideoFrame]:
    yield first
    yield from rest


def as_image(frame: VideoFrame, size: QSize) -> QImage:
    """The frame as 32-bit RGB, made smaller to just cover `size` (never larger); an empty size keeps it as it is."""
    full = QSize(frame.width, frame.height)
    target = full if size.isEmpty() else full.scaled(size, Qt.AspectRatioMode.KeepAspectRatioByExpanding)
    if target.width() > full.width():
        target = full
    elif max(abs(target.width() - size.width()), abs(target.height() - size.height())) <= 1:
        target = size  # a pixel more by rounding, and the screen would have to scale every frame again
    rgb = frame.reformat(target.width(), target.height(), format="bgra", src_colorspace=_matrix(frame))
    plane = rgb.planes[0]
    image = QImage(memoryview(plane), rgb.width, rgb.height, plane.line_size, QImage.Format.Format_RGB32)
    return image.copy()


def _matrix(frame: VideoFrame) -> Colorspace:
    if frame.colorspace == Colorspace.ITU709:
        return Colorspace.ITU709
    told = frame.colorspace not in (0, 2)  # 2: unspecified
    return Colorspace.ITU601 if told or frame.height < HD_HEIGHT else Colorspace.ITU709
