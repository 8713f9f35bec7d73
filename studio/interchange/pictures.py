"""Pictures as an encoder takes them: planes of 8-bit 4:2:0 in BT.709, read from a movie or made from RGB.

Movies stay in their planes from file to file: nothing is turned to RGB and back on the way.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.error import FFmpegError
from av.video.frame import VideoFrame
from numpy.typing import NDArray
from PIL import Image

from studio.errors import ProjectError
from studio.project.media_names import refuse_link

Planes = NDArray[np.uint8]
"""(height * 3 // 2, width): the luma plane, then the two quarter-size colour planes, as ffmpeg lays out yuv420p."""

# BT.709, full-range RGB to limited-range Y'CbCr (Rec. ITU-R BT.709-6, items 3.2 to 3.4 and 4.6)
TO_709 = np.array(
    [[0.2126, 0.7152, 0.0722], [-0.2126 / 1.8556, -0.7152 / 1.8556, 0.5], [0.5, -0.7152 / 1.5748, -0.0722 / 1.5748]]
)
SPAN = np.array([219.0, 224.0, 224.0]) / 255
LOWEST = np.array([16.0, 128.0, 128.0])


def from_rgb(picture: Image.Image) -> Planes:
    """An RGB picture of even size as planes."""
    rgb = np.asarray(picture.convert("RGB"), dtype=np.float32)  # (h, w, 3)
    y, cb, cr = np.moveaxis(rgb @ TO_709.T.astype(np.float32) * SPAN + LOWEST, -1, 0)
    quarters = [one.reshape(one.shape[0] // 2, 2, -1, 2).mean((1, 3)) for one in (cb, cr)]  # (h/2, w/2)
    return _joined(*(np.clip(np.rint(one), 0, 255).astype(np.uint8) for one in (y, *quarters)))


def flopped(planes: Planes) -> Planes:
    """Mirrored left to right."""
    y, cb, cr = _apart(planes)
    return _joined(y[:, ::-1], cb[:, ::-1], cr[:, ::-1])


def frames_of(movie: Path, first: int, last: int, width: int, height: int) -> Iterator[tuple[int, Planes]]:
    """Frames `first` to `last` of a movie with their numbers, in order, covering width x height.

    Another size is scaled evenly until it covers and cropped at the centre. ProjectError names a movie that cannot
    be read.
    """
    try:
        with av.open(str(refuse_link(movie))) as container:
            stream = container.streams.video[0]
            stream.thread_type = "AUTO"
            rate, base = stream.average_rate, stream.time_base
            if rate is None or base is None:
                raise ProjectError(f"{movie.name} says no frame rate.", "Run shotwright check on the film.")
            container.seek(int(Fraction(first) / rate / base) + (stream.start_time or 0), stream=stream)
            for frame in container.decode(stream):
                number = round((frame.pts - (stream.start_time or 0)) * base * rate)
                if number > last:
                    return
                if number >= first:
                    yield number, _covering(frame, width, height)
    except (FFmpegError, IndexError, OSError) as error:
        raise ProjectError(f"The movie {movie.name} in the film's media folder cannot be read: {error}.",
                           "Run shotwright check on the film; then choose or draw another take.") from error


def _covering(frame: VideoFrame, width: int, height: int) -> Planes:
    if (frame.width, frame.height) == (width, height):
        return _planes(frame if frame.format.name == "yuv420p" else frame.reformat(format="yuv420p"))
    factor = max(Fraction(width, frame.width), Fraction(height, frame.height))
    wide, high = (max(least, 2 * round(size * factor / 2))
                  for least, size in ((width, frame.width), (height, frame.height)))
    scaled = _planes(frame.reformat(wide, high, "yuv420p", interpolation="LANCZOS"))
    left, top = (wide - width) // 4 * 2, (high - height) // 4 * 2
    y, cb, cr = _apart(scaled)
    half = (slice(top // 2, (top + height) // 2), slice(left // 2, (left + width) // 2))
    return _joined(y[top:top + height, left:left + width], cb[half], cr[half])


def _planes(frame: VideoFrame) -> Planes:
    return np.asarray(frame.to_ndarray(), dtype=np.uint8)


def _apart(planes: Planes) -> tuple[Planes, Planes, Planes]:
    height, width = planes.shape[0] * 2 // 3, planes.shape[1]
    y, colours = planes[:height], planes[height:].reshape(2, height // 2, width // 2)
    return y, colours[0], colours[1]


def _joined(y: Planes, cb: Planes, cr: Planes) -> Planes:
    flat = np.concatenate([np.ascontiguousarray(one).reshape(-1) for one in (y, cb, cr)])
    return flat.reshape(y.shape[0] * 3 // 2, y.shape[1])
