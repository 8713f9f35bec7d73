"""A small network that tells people apart: 64 numbers of who stands in a window. Its weights are our own.

It learned from drawings that the same person in another place, pose and light has numbers that point the same way
(tests/continuity/learning.py, which computes the same in torch). Here numpy computes it, for the studio has no torch.

Letters: n windows, c channels, h, w size.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file

from studio import assets
from studio.errors import ProjectError
from studio.sight.colour import Picture

WEIGHTS_FILE = "recogniser.safetensors"
FOLD = 4  # pixels of a window, in either direction, that become channels
STRIDES = (2, 1, 2, 1)  # of the four convolutions
GROUPS, TINY = 8, 1e-5
SEEN_FROM = 2  # the convolution from which on it is remembered what was seen
GRID = (5, 4)  # cells in which it is remembered where

Weights = Mapping[str, np.ndarray]


@dataclass(frozen=True, eq=False)
class Recogniser:
    """Weights by name, float32."""

    weights: Weights

    def __call__(self, windows: Picture) -> np.ndarray:
        """uint8 (n, 160, 128, 3) -> (n, 64), each of length 1."""
        x = _folded(windows)  # (n, 48, 40, 32)
        seen: list[np.ndarray] = []
        for number, stride in enumerate(STRIDES):
            x = self._layer(x, number, stride)
            if number >= SEEN_FROM:
                seen += [x.mean(axis=(2, 3)), x.max(axis=(2, 3))]
        where = self.weights["where"] @ x.reshape(*x.shape[:2], -1)
        seen.append(_cells(np.maximum(where, 0.0).reshape(len(x), -1, *x.shape[2:])))
        numbers = np.concatenate(seen, axis=1) @ self.weights["head"].T
        return np.asarray(numbers / np.maximum(np.linalg.norm(numbers, axis=1, keepdims=True), 1e-9))

    def _layer(self, x: np.ndarray, number: int, stride: int) -> np.ndarray:
        named = {each: self.weights[f"{number}.{each}"] for each in ("weight", "bias", "scale", "shift")}
        x = _convolved(x, named["weight"], stride) + named["bias"][:, None, None]
        return np.maximum(_evened(x) * named["scale"][:, None, None] + named["shift"][:, None, None], 0.0)


@cache
def shipped() -> Recogniser:
    """Read once, when somebody is first looked for."""
    return read(assets.folder() / "models" / "likeness" / WEIGHTS_FILE)


def read(path: Path) -> Recogniser:
    """Raises ProjectError where the file is missing or broken."""
    try:
        kept = load_file(path)
    except (OSError, SafetensorError) as error:
        raise ProjectError(f"'{path.name}' of Shotwright's own files cannot be read.", assets.REINSTALL) from error
    return Recogniser({name: each.astype(np.float32) for name, each in kept.items()})


def _folded(windows: Picture) -> np.ndarray:
    """(n, 3 * FOLD * FOLD, h / FOLD, w / FOLD) from -1 to 1, as torch's pixel_unshuffle orders them."""
    n, height, width, _ = windows.shape
    signal = windows.astype(np.float32) / 127.5 - 1.0
    cells = signal.reshape(n, height // FOLD, FOLD, width // FOLD, FOLD, 3)
    return cells.transpose(0, 5, 2, 4, 1, 3).reshape(n, 3 * FOLD * FOLD, height // FOLD, width // FOLD)


def _convolved(x: np.ndarray, weight: np.ndarray, stride: int) -> np.ndarray:
    """3 x 3, padded by one: nine products of matrices, half the time of one with all its copies."""
    n, channels, height, width = x.shape
    padded = np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)))
    rows, columns = -(-height // stride), -(-width // stride)
    out = np.zeros((n, len(weight), rows * columns), np.float32)
    for down in range(3):
        for right in range(3):
            seen = padded[:, :, down : down + height : stride, right : right + width : stride]
            out += weight[:, :, down, right] @ seen.reshape(n, channels, rows * columns)
    return out.reshape(n, len(weight), rows, columns)


def _evened(x: np.ndarray) -> np.ndarray:
    """Every group of channels to a mean of 0 and a deviation of 1, which takes a picture's own light off."""
    n, channels, height, width = x.shape
    groups = x.reshape(n, GROUPS, -1)
    spread = np.sqrt(groups.var(axis=2, keepdims=True) + TINY)
    return ((groups - groups.mean(axis=2, keepdims=True)) / spread).reshape(n, channels, height, width)


def _cells(x: np.ndarray) -> np.ndarray:
    """(n, c * GRID): the mean of each cell."""
    n, channels, height, width = x.shape
    rows, columns = GRID
    cells = x.reshape(n, channels, rows, height // rows, columns, width // columns)
    return cells.mean(axis=(3, 5)).reshape(n, -1)
