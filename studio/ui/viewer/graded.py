"""A decoded picture through the curves of its event's grade. Runs on the decoding thread."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QImage

from studio.project.grade import Grade

BLUE_FIRST = (2, 1, 0)
"""Where red, green and blue lie in a pixel of Format_RGB32, as our machines (little-endian) keep it."""


def graded(image: QImage, grade: Grade | None) -> QImage:
    """A picture of its own; the one given where there is no grade."""
    if grade is None:
        return image
    made = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(made.bits(), np.uint8).reshape(made.height(), made.bytesPerLine() // 4, 4)
    for place, curve in zip(BLUE_FIRST, grade.curves(), strict=True):
        pixels[..., place] = np.frombuffer(curve, np.uint8)[pixels[..., place]]
    return made
