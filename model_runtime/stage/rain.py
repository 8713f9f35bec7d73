"""Rain over a clip: one tile of streaks that repeats in both directions and falls one cycle in eight drawings."""

from __future__ import annotations

import cv2
import numpy as np

from model_runtime.stage.light import Light
from model_runtime.stage.pen import SHIFT, Picture

RAIN_CYCLE = 8  # drawings; the number a latent holds, so that every latent sees the same rain
KINDS = 4  # as many different rains there are; more would only be noise to learn
DROPS_ACROSS, DROPS_DOWN = 9, 5
SLANT = 0.5  # the tile moves sideways by half its width when it falls by its height
LENGTH = 0.17  # of a streak, in frame heights
BRIGHTNESS = {"day": 62, "dawn": 58, "dusk": 56, "night": 50}


def rain_tile(seed: int, width: int, height: int, light: Light) -> Picture:
    """Light to add to a frame: (h, w, 3), to be read with wrapping at both edges."""
    rng = np.random.default_rng(seed % KINDS)
    tile = np.zeros((height * 2, width * 2, 3), np.uint8)
    grid = np.stack(np.meshgrid(np.arange(DROPS_ACROSS), np.arange(DROPS_DOWN)), axis=-1).reshape(-1, 2)
    at = (grid + rng.uniform(0.1, 0.9, grid.shape)) / (DROPS_ACROSS, DROPS_DOWN)
    at[:, 0] += grid[:, 1] / DROPS_DOWN * 0.3
    size = np.array((width, height)) * 2
    along = np.array((-LENGTH * SLANT, LENGTH))
    strokes = []
    for dx in (-1, 0, 1):
        for dy in (-1, 0):
            start = at + (dx, dy)
            strokes.append(np.stack((start, start + along), axis=1))
    lines = np.rint(np.concatenate(strokes) * size * (1 << SHIFT)).astype(np.int32)
    light_of_drop = (BRIGHTNESS[light.time],) * 3
    thick = max(1, round(width / 144 * 2))
    cv2.polylines(tile, list(lines), False, light_of_drop, thick, cv2.LINE_AA, SHIFT)
    small = cv2.resize(tile, (width, height), interpolation=cv2.INTER_AREA)
    return np.tile(small, (2, 2, 1))


def rain_at(tile: Picture, falling: int, width: int, height: int) -> Picture:
    """The streaks at one drawing of the cycle."""
    share = falling / RAIN_CYCLE
    down = round(share * height) % height
    aside = round(2 * share * SLANT * width) % width
    return np.ascontiguousarray(tile[height - down : 2 * height - down, aside : aside + width])
