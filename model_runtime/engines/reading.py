"""Pictures, masks and movies of the media folder as arrays; what had to be converted on the way is told.

Working copies are PNG and H.264, written by the studio; still, every colour mode a PNG may have is read for what it
shows, and a broken file is one sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from model_runtime.failures import BadInput
from model_runtime.frames import LARGEST_SIDE

if TYPE_CHECKING:
    from PIL import Image

PAPER = 255
"""What is seen through the transparent parts of a picture."""
ANOTHER_MODE = {
    "P": "a palette",
    "1": "one bit a pixel",
    "CMYK": "printing colours (CMYK)",
    "LAB": "Lab colours",
    "HSV": "HSV colours",
    "YCbCr": "YCbCr colours",
}
WHITE_16 = 65535
EVEN_BORDER = 14.0
"""Standard deviation of a picture's border, in grey levels, up to which it counts as one flat ground."""
OFF_GROUND = 24
"""Grey levels by which a pixel must differ from that ground to belong to the subject."""
AROUND_SUBJECT = 0.06
REFERENCE_ASPECT = 2 / 3
"""Width to height of a reference picture as the networks see it."""

Tell = Callable[[str], None]


def read_picture(path: Path, tell: Tell) -> np.ndarray:
    """RGB (h, w, 3) uint8 of a picture of any mode; see-through parts show white. BadInput where it is none."""
    return np.asarray(_opened(path, lambda image: _shown(image, path.name, tell)))


def read_mask(path: Path) -> np.ndarray:
    """(h, w) uint8, 255 at its lightest; see-through parts are black: they mark nothing."""
    from PIL import Image

    def grey(image: Image.Image) -> np.ndarray:
        deep = _deep_grey(image)
        if deep is not None:
            return deep
        black = Image.new("RGBA", image.size, (0, 0, 0, 255))
        return np.asarray(Image.alpha_composite(black, image.convert("RGBA")).convert("L"))

    return np.asarray(_opened(path, grey))


def read_reference(path: Path, tell: Tell, name: str) -> np.ndarray:
    """RGB (h, w, 3) uint8 of the subject in a reference picture, 2 wide and 3 high, nothing of it cut off.

    `name` stands at the beginning of what is told, for the file's own is its hash.
    What is empty around the subject is left out where it is see-through or one flat ground; the rest is filled up
    with the mean colour of the border.
    """

    def both(image: Image.Image) -> tuple[np.ndarray, np.ndarray | None]:
        seen = np.asarray(image.convert("RGBA"))[:, :, 3] > 0 if _is_see_through(image) else None
        return _shown(image, name, tell), seen

    picture, seen = _opened(path, both)
    left, top, right, bottom = _subject_box(picture, seen)
    cropped = picture[top:bottom, left:right]
    if cropped.shape != picture.shape:
        tell(f"{name} is cropped to {right - left}x{bottom - top} around its subject.")
    return _filled_up(cropped)


@dataclass(frozen=True)
class MovieFacts:
    frames: int
    rate: Fraction


class Movie:
    """The frames of one movie in rising order; going back opens it again."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._decoded: Iterator[Any] = iter(())
        self._at = -1
        self._frame: Any = None
        self._file: Any = None

    def facts(self) -> MovieFacts:
        import av

        with self._refusing_broken(), av.open(str(self._path)) as movie:
            stream = movie.streams.video[0]
            frames = stream.frames or sum(1 for packet in movie.demux(stream) if packet.size)
            return MovieFacts(frames, Fraction(stream.average_rate or stream.guessed_rate or 24))

    def frame(self, number: int) -> np.ndarray:
        """RGB (h, w, 3) uint8 of frame `number`; BadInput past the movie's end and where it is broken."""
        with self._refusing_broken():
            if number < self._at or self._file is None:
                self._open()
            while self._at < number and (frame := next(self._decoded, None)) is not None:
                self._frame, self._at = frame, self._at + 1
            if self._at == number:
                return np.asarray(self._frame.to_ndarray(format="rgb24"))
        raise BadInput(
            f"{self._path.name} has {self._at + 1} frames; frame {number + 1} of it is asked for.",
            "Choose the take again.",
        )

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def _open(self) -> None:
        import av

        self.close()
        self._file = av.open(str(self._path))
        self._decoded, self._at = self._file.decode(video=0), -1

    @contextmanager
    def _refusing_broken(self) -> Iterator[None]:
        import av

        try:
            yield
        # The decoder's own errors are seldom the system's; what holds no pictures has no first stream.
        except (av.FFmpegError, OSError, ValueError, IndexError) as error:
            raise BadInput(
                f"The movie {self._path.name} cannot be read: it is broken or no movie.", "Import or generate it again."
            ) from error


# --- pictures ----------------------------------------------------------------------------------------------------


def _opened(path: Path, read: Callable[[Image.Image], Any]) -> Any:
    from PIL import Image

    try:
        with Image.open(path) as image:
            if max(image.size) > LARGEST_SIDE:
                raise BadInput(
                    f"The picture {path.name} is larger than {LARGEST_SIDE} pixels a side.", "Make it smaller first."
                )
            return read(image)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        if isinstance(error, BadInput):
            raise
        raise BadInput(
            f"The picture {path.name} cannot be read: it is broken or no picture.", "Import it again."
        ) from None


def _shown(image: Image.Image, name: str, tell: Tell) -> np.ndarray:
    """RGB as on a screen."""
    from PIL import Image

    deep = _deep_grey(image)
    if deep is not None:
        tell(f"{name} has 16 bits a pixel and is read with 8.")
        return np.repeat(deep[:, :, None], 3, axis=2)
    if _is_see_through(image):
        tell(f"{name} has see-through parts; they are shown white.")
        paper = Image.new("RGBA", image.size, (PAPER, PAPER, PAPER, 255))
        return np.asarray(Image.alpha_composite(paper, image.convert("RGBA")).convert("RGB"))
    if image.mode in ANOTHER_MODE:
        tell(f"{name} has {ANOTHER_MODE[image.mode]} and is read as RGB.")
    return np.asarray(image.convert("RGB"))


def _deep_grey(image: Image.Image) -> np.ndarray | None:
    """(h, w) uint8 of a picture with more than 8 bits a pixel; None for any other."""
    if not image.mode.startswith(("I", "F")):
        return None
    values = np.asarray(image).astype(np.float64)
    largest = float(values.max(initial=0.0))
    # Other modes hold values of any range.
    deep = image.mode.startswith("I;16") or largest > PAPER
    white = WHITE_16 if deep else 1.0 if image.mode == "F" and largest <= 1.0 else PAPER
    return np.asarray((values * (PAPER / white)).clip(0, PAPER).round().astype(np.uint8))


def _is_see_through(image: Image.Image) -> bool:
    """Whether anything of it is."""
    may_be = image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info
    return may_be and int(np.asarray(image.convert("RGBA"))[:, :, 3].min()) < 255


def _subject_box(picture: np.ndarray, seen: np.ndarray | None) -> tuple[int, int, int, int]:
    """(left, top, right, bottom) around what is seen, or differs from a flat ground, with a little air; else all."""
    height, width = picture.shape[:2]
    marked = _off_ground(picture) if seen is None or bool(seen.all()) else seen
    if marked is None or not bool(marked.any()):
        return 0, 0, width, height
    rows, columns = np.flatnonzero(marked.any(axis=1)), np.flatnonzero(marked.any(axis=0))
    top, bottom, left, right = int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1
    air = round(AROUND_SUBJECT * max(bottom - top, right - left)) + 1
    return max(0, left - air), max(0, top - air), min(width, right + air), min(height, bottom + air)


def _off_ground(picture: np.ndarray) -> np.ndarray | None:
    """Bool (h, w) where a picture differs from the flat ground it stands on; None where its border is not flat."""
    border = _border(picture)
    if float(border.std(axis=0).max()) > EVEN_BORDER:
        return None
    ground = np.median(border, axis=0)
    return np.asarray(np.abs(picture.astype(np.int16) - ground).max(axis=2) > OFF_GROUND)


def _filled_up(picture: np.ndarray) -> np.ndarray:
    height, width = picture.shape[:2]
    wide, high = max(width, round(height * REFERENCE_ASPECT)), max(height, round(width / REFERENCE_ASPECT))
    ground = [float(one) for one in _border(picture).mean(axis=0).round()]
    left, top = (wide - width) // 2, (high - height) // 2
    return np.asarray(
        cv2.copyMakeBorder(
            picture, top, high - height - top, left, wide - width - left, cv2.BORDER_CONSTANT, value=ground
        )
    )


def _border(picture: np.ndarray) -> np.ndarray:
    """(n, 3) pixels of the outermost rows and columns."""
    return np.concatenate([picture[0], picture[-1], picture[:, 0], picture[:, -1]])
