"""An engine's small drawings at the film's size, their middle cut out as its aspect asks and enlarged; and back."""

from __future__ import annotations

import cv2
import numpy as np

from model_runtime.video.pictures import fit, middle, resized
from model_runtime.video.shapes import cover_box

SHARPEN_STEPS = 2
SHARPEN = 0.6
"""Both chosen by eye and by comparison with drawings made at full size: more roughens thin lines and rain."""


def factor(drawing: np.ndarray, width: int, height: int) -> float:
    """How many pixels of the output a pixel of a drawing (h, w, 3) becomes."""
    return width / middle(drawing, (width, height)).shape[1]


def enlarged(drawing: np.ndarray, width: int, height: int) -> np.ndarray:
    """A drawing (h, w, 3) uint8 at the output size with its lines kept clean.

    Lanczos, then a few steps that steepen edges. After each, every value is held between the darkest and the brightest
    of its surroundings in the small drawing, so that no halo and no new colour can appear.
    """
    times = factor(drawing, width, height)
    if times <= 1.0:
        return fit(drawing, (width, height))
    shown = middle(drawing, (width, height))
    low, high = _bounds(shown, (width, height))
    large = _between(cv2.resize(shown, (width, height), interpolation=cv2.INTER_LANCZOS4), low, high)
    for _ in range(SHARPEN_STEPS if times >= 1.5 else 0):
        soft = cv2.GaussianBlur(large, (0, 0), times * 0.5)
        large = _between(cv2.addWeighted(large, 1 + SHARPEN, soft, -SHARPEN, 0), low, high)
    return large


def reduced(picture: np.ndarray, film: tuple[int, int], drawn: tuple[int, int]) -> np.ndarray:
    """Any picture (h, w, 3) or mask (h, w) as the drawing that, `enlarged`, shows it again, cropped to the film.

    film, drawn: (width, height). What the film's aspect leaves out of a drawing is not in the picture: there its edge
    goes on, and of a mask nothing.
    """
    left, top, right, bottom = cover_box(*drawn, *film)
    small = resized(fit(picture, film), (right - left, bottom - top))
    goes_on = cv2.BORDER_REPLICATE if picture.ndim == 3 else cv2.BORDER_CONSTANT
    return np.asarray(cv2.copyMakeBorder(small, top, drawn[1] - bottom, left, drawn[0] - right, goes_on))


def _bounds(drawing: np.ndarray, size: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
    """Darkest and brightest value around each pixel, at the large size."""
    around = np.ones((3, 3), np.uint8)
    low = cv2.resize(cv2.erode(drawing, around), size, interpolation=cv2.INTER_LINEAR)
    high = cv2.resize(cv2.dilate(drawing, around), size, interpolation=cv2.INTER_LINEAR)
    return low, high


def _between(picture: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    return np.minimum(np.maximum(picture, low), high)
