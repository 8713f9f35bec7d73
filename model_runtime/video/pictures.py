"""Pictures of any size made to fit, and pictures to signals and back. Arrays are uint8 RGB; sizes (width, height)."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import torch
from torch import Tensor

from model_runtime.video.shapes import cover_box

REDRAWN = 128  # from this value on a mask means that a pixel is redrawn
FEATHER = 6  # pixels, at the decoder's size, over which a redrawn region fades in


def middle(values: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """The part of values (h, w, ...) that pictures of the aspect of (width, height) show; not resized, not copied."""
    left, top, right, bottom = cover_box(values.shape[1], values.shape[0], *size)
    return values[top:bottom, left:right]


def fit(picture: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """The middle of a picture, cropped to the aspect of (width, height) and resized; never stretched."""
    return resized(middle(picture, size), size)


def resized(picture: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """A copy at exactly (width, height)."""
    if picture.shape[1::-1] == size:
        return picture.copy()
    shrinks = picture.shape[1] >= size[0]
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC))


def contain(picture: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """The whole picture within (width, height), neither cropped nor stretched, on the mean colour of its border."""
    height, width = picture.shape[:2]
    scale = min(size[0] / width, size[1] / height)
    inner = resized(picture, (max(1, round(width * scale)), max(1, round(height * scale))))
    border = np.concatenate([picture[0], picture[-1], picture[:, 0], picture[:, -1]])
    canvas = np.empty((size[1], size[0], 3), np.uint8)
    canvas[:] = border.reshape(-1, 3).mean(axis=0).round()
    top, left = (size[1] - inner.shape[0]) // 2, (size[0] - inner.shape[1]) // 2
    canvas[top : top + inner.shape[0], left : left + inner.shape[1]] = inner
    return canvas


def redrawn(mask: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """Bool (height, width): where a mask, cropped like the pictures it lies over, redraws any part of a pixel."""
    share = (middle(mask, size) >= REDRAWN).astype(np.float32)
    if share.shape[1::-1] != size:
        shrinks = share.shape[1] >= size[0]
        share = cv2.resize(share, size, interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_NEAREST)
    return np.asarray(share > 0)


def signal(pictures: Sequence[np.ndarray] | np.ndarray, device: torch.device, dtype: torch.dtype) -> Tensor:
    """uint8 (t, h, w, 3) -> (1, 3, t, h, w) in -1..1"""
    values = torch.from_numpy(np.ascontiguousarray(np.stack(list(pictures))))
    return values.permute(3, 0, 1, 2)[None].to(device, dtype) / 127.5 - 1


def pictures_of(signal: Tensor) -> np.ndarray:
    """(3, t, h, w) in about -1..1 -> uint8 (t, h, w, 3)"""
    levels = ((signal.float().clamp(-1, 1) + 1) * 127.5).round().to(torch.uint8)
    return np.ascontiguousarray(levels.permute(1, 2, 3, 0).cpu().numpy())


def inner_share(region: np.ndarray, feather: float = FEATHER) -> np.ndarray:
    """How much of the drawn picture shows, float (h, w, 1): 0 outside a bool region, rising within it from its edge."""
    inwards = cv2.distanceTransform(region.astype(np.uint8), cv2.DIST_L2, 5)
    return np.minimum(inwards / (feather + 1), 1.0)[:, :, None].astype(np.float32)


def blended(drawn: np.ndarray, given: np.ndarray, share: np.ndarray) -> np.ndarray:
    """`drawn` where its share is 1, exactly `given` where it is 0."""
    mixed = (share * drawn + (1 - share) * given).round().astype(np.uint8)
    return np.where(share > 0, mixed, given)
