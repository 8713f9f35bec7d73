"""Pictures as an encoder takes them: planes of 8-bit 4:2:0 in BT.709, read from a movie or made from RGB.

Movies stay in their planes from file to file: nothing is turned to RGB and back on the way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import groupby
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.error import FFmpegError
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace
from numpy.typing import NDArray
from PIL import Image

from studio.errors import ProjectError
from studio.project.cut_cards import Rect
from studio.project.grade import Grade
from studio.project.media_names import refuse_link

Planes = NDArray[np.uint8]
"""(height * 3 // 2, width): the luma plane, then the two quarter-size colour planes, as ffmpeg lays out yuv420p."""

# BT.709, full-range RGB to limited-range Y'CbCr (Rec. ITU-R BT.709-6, items 3.2 to 3.4 and 4.6)
TO_709 = np.array(
    [[0.2126, 0.7152, 0.0722], [-0.2126 / 1.8556, -0.7152 / 1.8556, 0.5], [0.5, -0.7152 / 1.5748, -0.0722 / 1.5748]]
)
SPAN = np.array([219.0, 224.0, 224.0]) / 255
LOWEST = np.array([16.0, 128.0, 128.0])
BACKWARDS_AT_ONCE = 12
"""Frames kept while a movie is read backwards: our takes have a key frame every 12."""
FURTHER_BACK = (0, 48, 480)
"""Frames: a seek in an mp4 may land behind the frame asked for, so it is tried again from further back."""


def from_rgb(picture: Image.Image) -> Planes:
    """An RGB picture of even size as planes."""
    rgb = np.asarray(picture.convert("RGB"), dtype=np.float32)  # (h, w, 3)
    y, cb, cr = np.moveaxis(rgb @ TO_709.T.astype(np.float32) * SPAN + LOWEST, -1, 0)
    quarters = [one.reshape(one.shape[0] // 2, 2, -1, 2).mean((1, 3)) for one in (cb, cr)]  # (h/2, w/2)
    return _joined(*(np.clip(np.rint(one), 0, 255).astype(np.uint8) for one in (y, *quarters)))


def to_rgb(planes: Planes) -> NDArray[np.uint8]:
    """(h, w, 3): the picture as it is seen."""
    frame = VideoFrame.from_ndarray(planes, "yuv420p")
    frame.colorspace, frame.color_range = Colorspace.ITU709, ColorRange.MPEG
    rgb = frame.reformat(format="rgb24", src_colorspace=Colorspace.ITU709).to_ndarray()
    return np.asarray(rgb, dtype=np.uint8)


def flopped(planes: Planes) -> Planes:
    """Mirrored left to right."""
    y, cb, cr = _apart(planes)
    return _joined(y[:, ::-1], cb[:, ::-1], cr[:, ::-1])


def graded(planes: Planes, grade: Grade) -> Planes:
    """Each of red, green and blue through its curve, by way of 8-bit RGB as the viewer shows it."""
    rgb = to_rgb(planes)
    for channel, curve in enumerate(grade.curves()):
        rgb[..., channel] = np.frombuffer(curve, np.uint8)[rgb[..., channel]]
    back = VideoFrame.from_ndarray(rgb, "rgb24").reformat(format="yuv420p", dst_colorspace=Colorspace.ITU709)
    return planes_of(back)


def framed(planes: Planes, part: Rect, width: int, height: int) -> Planes:
    """The part of a picture that fills a frame of this size, resampled where it really lies, between pixels too.

    `part` has the frame's aspect and lies in the picture. The whole of a picture of the frame's size is given back bit
    for bit. Enlarged with a cubic; made smaller, each pixel is the average of what it covers.
    """
    apart = _apart(planes)
    high, wide = apart[0].shape
    if (wide, high) == (width, height) and part == (0.0, 0.0, 1.0, 1.0):
        return planes
    size = width, height
    return _joined(*(_resampled(one, part, (size[0] // by, size[1] // by)) for one, by in zip(apart, (1, 2, 2),
                                                                                                strict=True)))


def _resampled(plane: Planes, part: Rect, size: tuple[int, int]) -> Planes:
    high, wide = plane.shape
    left, top = part[0] * wide, part[1] * high
    box = left, top, min(left + part[2] * wide, wide), min(top + part[3] * high, high)
    picture = Image.fromarray(np.ascontiguousarray(plane))
    return np.asarray(picture.resize(size, Image.Resampling.BICUBIC, box), dtype=np.uint8)


def frames_of(movie: Path, numbers: Sequence[int]) -> Iterator[tuple[int, VideoFrame]]:
    """These frames of a movie, each once, in the order given, which rises or falls throughout.

    Backwards only a few frames are kept at a time, however long the movie. A frame the movie does not have is left
    out. ProjectError names a movie that cannot be read.
    """
    wanted = list(dict.fromkeys(numbers))
    try:
        with av.open(str(refuse_link(movie))) as container:
            container.streams.video[0].thread_type = "AUTO"
            if wanted[0] <= wanted[-1]:
                yield from _decoded(movie, container, wanted)
                return
            for _, some in groupby(wanted, lambda number: number // BACKWARDS_AT_ONCE):
                yield from reversed(list(_decoded(movie, container, sorted(some))))
    except (FFmpegError, IndexError, OSError) as error:
        raise ProjectError(f"The movie {movie.name} in the film's media folder cannot be read: {error}.",
                           "Run shotwright check on the film; then choose or draw another take.") from error


def _decoded(movie: Path, container: Any, rising: Sequence[int]) -> Iterator[tuple[int, VideoFrame]]:
    wanted = set(rising)
    for number, frame in _from(movie, container, rising[0]):
        if number in wanted:
            yield number, frame
        if number >= rising[-1]:
            return


def _from(movie: Path, container: Any, first: int) -> Iterator[tuple[int, VideoFrame]]:
    """The movie's frames with their numbers from `first`, or from a key frame before it, on."""
    stream = container.streams.video[0]
    rate, base, start = stream.average_rate, stream.time_base, stream.start_time or 0
    if rate is None or base is None:
        raise ProjectError(f"{movie.name} says no frame rate.", "Run shotwright check on the film.")
    for back in FURTHER_BACK:
        target = max(0, first - back)
        container.seek(int(Fraction(target) / rate / base) + start, stream=stream)
        found = ((round((frame.pts - start) * base * rate), frame) for frame in container.decode(stream))
        begun = next(found, None)
        if begun is not None and (begun[0] <= first or target == 0):
            yield begun
            yield from found
            return


def covering(frame: VideoFrame, width: int, height: int) -> Planes:
    """A decoded frame scaled evenly until it covers width x height, and cropped at the centre."""
    if (frame.width, frame.height) == (width, height):
        return planes_of(frame)
    factor = max(Fraction(width, frame.width), Fraction(height, frame.height))
    wide, high = (max(least, 2 * round(size * factor / 2))
                  for least, size in ((width, frame.width), (height, frame.height)))
    scaled = planes_of(frame.reformat(wide, high, "yuv420p", interpolation="LANCZOS"))
    left, top = (wide - width) // 4 * 2, (high - height) // 4 * 2
    y, cb, cr = _apart(scaled)
    half = (slice(top // 2, (top + height) // 2), slice(left // 2, (left + width) // 2))
    return _joined(y[top:top + height, left:left + width], cb[half], cr[half])


def planes_of(frame: VideoFrame) -> Planes:
    """A decoded frame as it is, in our form of planes."""
    same = frame if frame.format.name == "yuv420p" else frame.reformat(format="yuv420p")
    return np.asarray(same.to_ndarray(), dtype=np.uint8)


def _apart(planes: Planes) -> tuple[Planes, Planes, Planes]:
    height, width = planes.shape[0] * 2 // 3, planes.shape[1]
    y, colours = planes[:height], planes[height:].reshape(2, height // 2, width // 2)
    return y, colours[0], colours[1]


def _joined(y: Planes, cb: Planes, cr: Planes) -> Planes:
    flat = np.concatenate([np.ascontiguousarray(one).reshape(-1) for one in (y, cb, cr)])
    return flat.reshape(y.shape[0] * 3 // 2, y.shape[1])
