"""What falls through a clip: streaks of rain, flakes of snow, nothing on clear days and in fog.

`Falling(seed, grid, light).add(picture, drawing)` brightens a frame of the grid's own pixels, (h, w, 4) premultiplied
RGB with cover, in place. Outdoors it is called once the figures are drawn; indoors on the far plane alone, before the
near one hides all but the window. What falls comes back after `cycle` drawings: eight, the number a latent holds, so
that every latent sees the same weather, or one where nothing falls.
"""

from __future__ import annotations

from functools import lru_cache
from math import ceil, pi, sin, sqrt

import cv2
import numpy as np

from model_runtime.stage.layers import Grid
from model_runtime.stage.light import Light
from model_runtime.stage.pen import ONE, SHIFT, Picture

CYCLE = 8
KINDS = 4  # as many different falls there are; more would only be noise to learn

# Lengths are shares of the height of a frame of 144 x 80; frames of other aspects see drops of the same size.
RAIN_LIGHT = {"day": 42, "dawn": 38, "dusk": 34, "night": 30}
RAIN_APART = 0.13  # between tracks
RAIN_PERIOD, RAIN_LENGTH = 1.0, 0.22
RAIN_PACE = 2  # periods a cycle: rain falls fast
RAIN_SLANT = -0.30  # across for each unit down

SNOW_LIGHT = {"day": 88, "dawn": 84, "dusk": 88, "night": 92}
SNOW_APART, SNOW_PERIOD = 0.13, 0.40  # a flake falls 4 of 80 pixels a drawing
SNOW_SWAY = 0.03  # to either side
FLAKE = 0.034  # across: nearly three of 80 pixels


class Falling:
    """One clip's rain or snow. `seed` chooses one of KINDS, so that clips of one seed repeat it bit for bit."""

    def __init__(self, seed: int, grid: Grid, light: Light) -> None:
        self._pictures = _pictures(seed % KINDS, grid, light) if light.weather in ("rain", "snow") else ()

    @property
    def cycle(self) -> int:
        return len(self._pictures) or 1

    def add(self, picture: Picture, drawing: int) -> None:
        if self._pictures:
            cv2.add(picture, self._pictures[drawing % CYCLE], dst=picture)


@lru_cache(maxsize=KINDS * 2 * 4)
def _pictures(kind: int, grid: Grid, light: Light) -> tuple[Picture, ...]:
    """The light each drawing of the cycle gains, (h, w, 4) with no cover; not to be written on."""
    draw = _rain if light.weather == "rain" else _snow
    return tuple(draw(kind, grid, light, step / CYCLE) for step in range(CYCLE))


def _rain(kind: int, grid: Grid, light: Light, share: float) -> Picture:
    width, height = _fine(grid)
    unit = _unit(grid)
    rng = np.random.default_rng(kind)
    tracks = np.arange(ceil((width - RAIN_SLANT * height) / (RAIN_APART * unit)) + 1)
    columns = (tracks + rng.uniform(0.0, 0.7, tracks.shape)) * RAIN_APART * unit
    starts = rng.uniform(0.0, 1.0, tracks.shape)
    # a whole number of periods on, the same drops stand where they stood
    rows = np.arange(-1, ceil(height / (RAIN_PERIOD * unit)) + 1)
    heads = ((starts[:, None] + RAIN_PACE * share) % 1.0 + rows[None]) * RAIN_PERIOD * unit
    x = columns[:, None] + RAIN_SLANT * heads
    along = np.array((RAIN_SLANT, 1.0)) * RAIN_LENGTH * unit
    lines = np.stack((x, heads), axis=-1).reshape(-1, 1, 2) + np.stack((np.zeros(2), along))[None]
    picture = np.zeros((height, width, 4), np.uint8)
    paint = (RAIN_LIGHT[light.time],) * 3 + (0,)
    placed = list(np.rint(lines * ONE).astype(np.int32))
    cv2.polylines(picture, placed, False, paint, max(1, round(unit / 80)), cv2.LINE_AA, SHIFT)
    return _brought_down(picture, grid)


def _snow(kind: int, grid: Grid, light: Light, share: float) -> Picture:
    width, height = _fine(grid)
    unit = _unit(grid)
    rng = np.random.default_rng(kind)
    picture = np.zeros((height, width, 4), np.uint8)
    paint = (SNOW_LIGHT[light.time],) * 3 + (0,)
    for track in range(ceil(width / (SNOW_APART * unit))):
        column, start, phase, small = rng.uniform(size=4)
        radius = FLAKE * unit / 2 * (0.8 if small < 0.5 else 1.15)
        for flake in range(-1, ceil(height / (SNOW_PERIOD * unit)) + 1):
            down = (flake + start + share) * SNOW_PERIOD
            # a flake stands where its track bends at that height, so that it takes the place of the one before it
            across = (track + column) * SNOW_APART + SNOW_SWAY * sin(2 * pi * (1.5 * down + phase))
            centre = (round((across * unit - 0.5) * ONE), round((down * unit - 0.5) * ONE))
            cv2.circle(picture, centre, round(radius * ONE), paint, -1, cv2.LINE_AA, SHIFT)
    return _brought_down(picture, grid)


def _fine(grid: Grid) -> tuple[int, int]:
    return grid.width * grid.finer, grid.height * grid.finer


def _unit(grid: Grid) -> float:
    """The height, in pixels of the fine drawing, of a frame of 144 x 80 that is as large as this one."""
    return sqrt(grid.width * grid.height * 80 / 144) * grid.finer


def _brought_down(picture: Picture, grid: Grid) -> Picture:
    if grid.finer == 1:
        return picture
    return np.asarray(cv2.resize(picture, (grid.width, grid.height), interpolation=cv2.INTER_AREA), dtype=np.uint8)
