"""An engine's small drawings at the film's size, enlarged evenly until they cover, cropped at the centre; and back."""

from __future__ import annotations

import cv2
import numpy as np

SHARPEN_STEPS = 2
SHARPEN = 0.6
"""Both chosen by eye and by comparison with drawings made at full size: more roughens thin lines and rain."""


def cover_size(width: int, height: int, out_width: int, out_height: int) -> tuple[int, int]:
    """The smallest even enlargement (width, height) of a picture that covers the output in both directions."""
    if width * out_height > height * out_width:
        return max(out_width, round(width * out_height / height)), out_height
    return out_width, max(out_height, round(height * out_width / width))


def crop_centre(picture: np.ndarray, width: int, height: int) -> np.ndarray:
    left, top = (picture.shape[1] - width) // 2, (picture.shape[0] - height) // 2
    return picture[top : top + height, left : left + width]


def covering(picture: np.ndarray, width: int, height: int) -> np.ndarray:
    """Any RGB picture (h, w, 3) uint8 at the output size, without the treatment of drawn lines."""
    if picture.shape[:2] == (height, width):
        return picture
    size = cover_size(picture.shape[1], picture.shape[0], width, height)
    smaller = size[0] < picture.shape[1]
    resized = cv2.resize(picture, size, interpolation=cv2.INTER_AREA if smaller else cv2.INTER_CUBIC)
    return np.ascontiguousarray(crop_centre(resized, width, height))


def enlarged(drawing: np.ndarray, width: int, height: int) -> np.ndarray:
    """A drawing (h, w, 3) uint8 at the output size with its lines kept clean.

    Lanczos, then a few steps that steepen edges. After each, every value is held between the darkest and the brightest
    of its surroundings in the small drawing, so that no halo and no new colour can appear.
    """
    size = cover_size(drawing.shape[1], drawing.shape[0], width, height)
    factor = size[0] / drawing.shape[1]
    if factor <= 1.0:
        return covering(drawing, width, height)
    low, high = _bounds(drawing, size)
    low, high = crop_centre(low, width, height), crop_centre(high, width, height)
    large = crop_centre(cv2.resize(drawing, size, interpolation=cv2.INTER_LANCZOS4), width, height)
    large = _between(large, low, high)
    for _ in range(SHARPEN_STEPS if factor >= 1.5 else 0):
        soft = cv2.GaussianBlur(large, (0, 0), factor * 0.5)
        large = _between(cv2.addWeighted(large, 1 + SHARPEN, soft, -SHARPEN, 0), low, high)
    return np.ascontiguousarray(large)


def reduced(picture: np.ndarray, film: tuple[int, int], drawn: tuple[int, int]) -> np.ndarray:
    """Any picture (h, w, 3) or mask (h, w) as the drawing that, `enlarged`, shows it again, cropped to the film.

    film, drawn: (width, height). What the film's aspect leaves out of a drawing is not in the picture: there its edge
    goes on, and of a mask nothing.
    """
    shown = covering(picture, *film)
    large = cover_size(*drawn, *film)
    width, height = (
        max(1, min(side, round(side * part / whole))) for side, part, whole in zip(drawn, film, large, strict=True)
    )
    smaller = width <= shown.shape[1]
    small = cv2.resize(shown, (width, height), interpolation=cv2.INTER_AREA if smaller else cv2.INTER_CUBIC)
    left, top = (drawn[0] - width) // 2, (drawn[1] - height) // 2
    goes_on = cv2.BORDER_REPLICATE if picture.ndim == 3 else cv2.BORDER_CONSTANT
    return np.asarray(cv2.copyMakeBorder(small, top, drawn[1] - height - top, left, drawn[0] - width - left, goes_on))


def _bounds(drawing: np.ndarray, size: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
    """Darkest and brightest value around each pixel, at the large size."""
    around = np.ones((3, 3), np.uint8)
    low = cv2.resize(cv2.erode(drawing, around), size, interpolation=cv2.INTER_LINEAR)
    high = cv2.resize(cv2.dilate(drawing, around), size, interpolation=cv2.INTER_LINEAR)
    return low, high


def _between(picture: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    return np.minimum(np.maximum(picture, low), high)
