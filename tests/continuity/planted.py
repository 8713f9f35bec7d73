"""A shift of light of known size, laid over a drawing."""

from __future__ import annotations

import numpy as np

from studio.sight.colour import codes_of, delta_e, lab_of
from tests.continuity.lots import Shift

PLANTED = 5.0  # mean delta-E of the picture
HALVINGS = 14
MOST = {"offset": 60.0, "balance": 4.0}  # delta-E, stops


def plant(picture: np.ndarray, shift: Shift) -> np.ndarray:
    """Uint8, as far off as the shift's kind says: half a stop, or PLANTED once what is cut off at white is cut off."""
    if shift.kind == "stops":
        return shifted(picture, shift, 1.0)
    low, high = 0.0, MOST[shift.kind]
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        short = apart(picture, shifted(picture, shift, middle)) < PLANTED
        low, high = (middle, high) if short else (low, middle)
    return shifted(picture, shift, high)


def shifted(picture: np.ndarray, shift: Shift, size: float) -> np.ndarray:
    way = np.array(shift.way) * size
    if shift.kind == "offset":
        return _picture(codes_of(lab_of(picture) + way))
    return _picture(_coded(np.clip(_light(picture / 255.0) * 2.0**way, 0.0, 1.0)))


def apart(one: np.ndarray, other: np.ndarray) -> float:
    """Mean delta-E of two pictures of one size."""
    return float(delta_e(lab_of(one), lab_of(other)).mean())


def graded(picture: np.ndarray, curves: tuple[bytes, bytes, bytes]) -> np.ndarray:
    """The picture through a grade's curves."""
    channels = [np.frombuffer(curve, np.uint8)[picture[..., place]] for place, curve in enumerate(curves)]
    return np.stack(channels, axis=-1)


def _picture(codes: np.ndarray) -> np.ndarray:
    return np.rint(np.clip(codes, 0.0, 1.0) * 255).astype(np.uint8)


def _light(codes: np.ndarray) -> np.ndarray:
    """IEC 61966-2-1: from code values to light."""
    return np.where(codes <= 0.04045, codes / 12.92, ((codes + 0.055) / 1.055) ** 2.4)


def _coded(light: np.ndarray) -> np.ndarray:
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * np.maximum(light, 1e-9) ** (1 / 2.4) - 0.055)
