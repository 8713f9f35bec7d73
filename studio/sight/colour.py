"""Colours as numbers: sRGB pictures to CIE L*a*b* and back, and how far two colours lie apart.

L*a*b* is CIE 15:2004's, section 8.2.1, of sRGB (IEC 61966-2-1) under D65; delta-E is its colour difference of 1976,
the distance of two colours in L*a*b*. About 2.3 is the least that an eye tells side by side.
"""

from __future__ import annotations

from typing import TypeAlias

import cv2
import numpy as np

Picture: TypeAlias = np.ndarray  # uint8 (h, w, 3), red, green, blue
Colours: TypeAlias = np.ndarray  # float (..., 3): L* 0..100, then a* and b*
Codes: TypeAlias = np.ndarray  # float (..., 3): red, green, blue as code values from 0 to 1

BLACK_L = 16.0  # L* + 16 is proportional to the cube root of light


def lab(codes: Codes) -> Colours:
    """Of any shape (..., 3)."""
    flat = np.ascontiguousarray(codes, np.float32).reshape(1, -1, 3)
    return np.asarray(cv2.cvtColor(flat, cv2.COLOR_RGB2Lab), float).reshape(codes.shape)


def codes_of(colours: Colours) -> Codes:
    """Back from L*a*b*; what a screen cannot show is brought to the nearest it can."""
    flat = np.ascontiguousarray(colours, np.float32).reshape(1, -1, 3)
    back = np.asarray(cv2.cvtColor(flat, cv2.COLOR_Lab2RGB), float)
    return np.clip(back, 0.0, 1.0).reshape(colours.shape)


def delta_e(one: Colours, other: Colours) -> np.ndarray:
    """Colour difference of 1976, (...,)."""
    return np.asarray(np.linalg.norm(one - other, axis=-1))


def lab_of(picture: Picture) -> Colours:
    """(h, w, 3) of a whole picture."""
    return lab(picture.astype(np.float32) / 255.0)


def smaller(picture: Picture, longest: int) -> Picture:
    """The mean of its pixels where its longer side is more than `longest`; else the picture itself."""
    height, width = picture.shape[:2]
    scale = longest / max(height, width)
    if scale >= 1.0:
        return picture
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA))
