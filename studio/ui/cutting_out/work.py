"""What a worker does for the sheet: reads the picture, finds the thing in it, writes what was cut.

OpenCV is heavy, so `studio.sight` is imported by who needs it, when it is needed: the window starts without.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtGui import QImage

from studio.ui.cutting_out.cut_out import DROP, KEEP, CutOut, Dab

LONGEST = 1600
"""Pixels of the copy that is shown and on which the thing is looked for, while the hand draws."""


@dataclass(frozen=True)
class Shown:
    """The picture as the sheet shows it."""

    image: QImage
    width: int
    height: int
    """Of the picture itself."""
    pixels: Any
    """The RGB array of the copy."""

    @property
    def scale(self) -> float:
        """Pixels of the copy for each of the picture."""
        return self.image.width() / self.width


@dataclass(frozen=True)
class Found:
    """The thing that was found, at the size of the copy."""

    kept: QImage
    """See-through where nothing is kept."""
    mask: Any


def read_picture(path: Path) -> Shown:
    from studio.sight import cut_picture

    picture = cut_picture.read(path)
    height, width = picture.shape[:2]
    pixels = cut_picture.seen(cut_picture.no_longer(picture, LONGEST))
    image = QImage(pixels.data, pixels.shape[1], pixels.shape[0], pixels.strides[0], QImage.Format.Format_RGB888)
    return Shown(image.convertToFormat(QImage.Format.Format_RGB32), width, height, pixels)


def find_thing(shown: Shown, cut_out: CutOut) -> Found:
    """Raises BadValue where nothing is found."""
    from studio.sight import cutout

    scale = shown.scale

    def stroke(dab: Dab) -> cutout.Stroke:
        return cutout.Stroke(tuple((x * scale, y * scale) for x, y in dab.points), dab.radius * scale)

    left, top, width, height = (round(one * scale) for one in cut_out.region.rect)
    mask = cutout.select(shown.pixels, (left, top, width, height), [stroke(one) for one in cut_out.of(KEEP)],
                         [stroke(one) for one in cut_out.of(DROP)])  # fmt: skip
    alone = cutout.cut_out(shown.pixels, mask)
    image = QImage(alone.data, alone.shape[1], alone.shape[0], alone.strides[0], QImage.Format.Format_RGBA8888)
    return Found(image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied), mask)


def cut_png(path: Path, cut_out: CutOut, found: Found | None) -> bytes:
    """What is cut, at the picture's own size: the thing that was found, else the region. Raises BadValue."""
    from studio.sight import cut_picture

    picture = cut_picture.read(path)
    if found is not None:
        return cut_picture.thing_png(picture, found.mask)
    return cut_picture.region_png(picture, cut_out.region.rect)
