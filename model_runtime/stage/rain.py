"""Rain over a clip: one tile of streaks that repeats in both directions and falls one cycle in eight drawings."""

from __future__ import annotations

import cv2
import numpy as np

from model_runtime.stage.layers import Grid
from model_runtime.stage.light import Light
from model_runtime.stage.pen import SHIFT, Picture

RAIN_CYCLE = 8  # drawings; the number a latent holds, so that every latent sees the same rain
KINDS = 4  # as many different rains there are; more would only be noise to learn
DROPS_ACROSS, DROPS_DOWN = 4, 5  # of a tile, which fills half the frame's width and all its height
FALLS = 2  # frame heights a cycle, while the rain moves aside by one tile
LENGTH = 0.20  # of a streak, in frame heights
BRIGHTNESS = {"day": 58, "dawn": 52, "dusk": 48, "night": 44}


def rain_tile(seed: int, grid: Grid, light: Light) -> Picture:
    """Light to add to a frame, (2 h, 2 w, 4), large enough to be read from any place of its first quarter."""
    rng = np.random.default_rng(seed % KINDS)
    across, down = np.meshgrid(np.arange(DROPS_ACROSS), np.arange(DROPS_DOWN))
    drops = np.stack((across + 0.5 * (down % 2), down), axis=-1).reshape(-1, 2)
    heads = (drops + rng.uniform(0.0, 0.6, drops.shape)) / (DROPS_ACROSS, DROPS_DOWN)
    along = np.array((-LENGTH / FALLS, LENGTH))
    # neighbours of the tile are drawn as well, for the streaks that cross its edges
    heads = np.concatenate([heads + np.array((aside, fall)) for aside in (0, 1) for fall in (0, -1)])
    size = (grid.width // 2, grid.height)
    fine = np.array(size) * grid.finer
    lines = np.rint(np.stack((heads, heads + along), axis=1) * fine * (1 << SHIFT)).astype(np.int32)
    tile = np.zeros((fine[1], fine[0], 4), np.uint8)
    brightness = (BRIGHTNESS[light.time],) * 3 + (0,)
    cv2.polylines(
        tile, list(lines), False, brightness, max(1, round(grid.width * grid.finer / 144)), cv2.LINE_AA, SHIFT
    )
    small = cv2.resize(tile, size, interpolation=cv2.INTER_AREA)
    return np.tile(small, (2, 5, 1))


def rain_at(tile: Picture, falling: int, grid: Grid) -> Picture:
    """The streaks at one drawing of the cycle."""
    share = falling / RAIN_CYCLE
    width, height = grid.width, grid.height
    down = round(FALLS * share * height) % height
    aside = round(share * (width // 2)) % (width // 2)
    return np.ascontiguousarray(tile[height - down : 2 * height - down, aside : aside + width])
