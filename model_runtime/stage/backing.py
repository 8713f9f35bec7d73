"""The two planes of a set as one camera sees them: drawn once for each place, light and sight, then kept."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from model_runtime.stage.camera import CENTRE, FRAMINGS, LEVEL, SET_HORIZON, Sight
from model_runtime.stage.light import Light, mixed
from model_runtime.stage.pen import Pen, Picture
from model_runtime.stage.sets import SETS
from model_runtime.stage.sets.ink import SET_LINE, add_light, draw_glows

KEPT = 300  # two thirds of a megabyte each at 144 x 80
GROUND_SEEN = 7.0  # design units of ground above the feet of people, at least
# The ink of a set fades toward the sky's colour, the more the larger the figures before it: those are read first.
INK_FADES = {"extreme wide shot": 0.20, "wide shot": 0.24, "medium shot": 0.32, "close-up": 0.42}
# The height in a set, in its design units, at which the ground that people stand on begins.
GROUNDS = {
    "pier": 37.0,
    "ferry deck": 57.0,
    "street": 47.0,
    "kitchen": 62.0,
    "forest": 48.0,
    "beach": 52.0,
    "desert": 46.0,
    "office": 60.0,
    "rooftop": 53.0,
    "station": 57.0,
    "bedroom": 60.0,
    "mountains": 46.0,
}


class Backing(NamedTuple):
    """Both planes, of four channels, with their corner in pixels of the drawing from the frame's; not written on."""

    far: Picture  # opaque
    near: Picture  # premultiplied RGB with cover
    left: int
    top: int
    indoors: bool


@lru_cache(maxsize=KEPT)
def backing_of(location: str, light: Light, sight: Sight, fine: float) -> Backing:
    """The planes at `fine` pixels a design unit, larger than the frame by as much as any move shows."""
    aside, above = (round(units * fine) + 1 for units in sight.reach)
    width, height = round(sight.width * fine) + 2 * aside, round(sight.height * fine) + 2 * above
    frame_x = sight.left + (np.arange(width) - aside + 0.5)[None] / fine
    frame_y = sight.top + (np.arange(height) - above + 0.5)[:, None] / fine
    x, y = _shown(location, sight, frame_x, frame_y)
    scale = fine * FRAMINGS[sight.size].set_zoom * sight.taller
    window = _Window(float(x.min()) - 0.5 / scale, float(y[0, 0]) - 0.5 / scale, scale)
    if sight.slant == LEVEL:
        far, near = _drawn(location, light, sight, window, (height, width))
    else:
        columns, rows = (x - window.left) * scale - 0.5, (y - window.top) * scale - 0.5
        size = (int(rows.max()) + 2, int(columns.max()) + 2)
        across, down = columns.astype(np.float32), np.broadcast_to(rows, columns.shape).astype(np.float32)
        far, near = (_taken(plane, across, down) for plane in _drawn(location, light, sight, window, size))
    return Backing(far, near, -aside, -above, SETS[location].indoors)


def ground_of(location: str, sight: Sight) -> float:
    """The row of the frame at which the ground begins, design units."""
    return row_of(location, sight, GROUNDS[location])


def row_of(location: str, sight: Sight, y: float) -> float:
    """The row of the frame at which a height `y` of the set is drawn, if that is not below the ground's edge."""
    return _horizon(location, sight) + FRAMINGS[sight.size].set_zoom * sight.taller * (y - SET_HORIZON)


def _horizon(location: str, sight: Sight) -> float:
    """Where the set's horizon is drawn: higher than that of the people where their floor would leave the frame."""
    framing = FRAMINGS[sight.size]
    zoom = framing.set_zoom * sight.taller
    if sight.slant == LEVEL:
        return CENTRE[1] + zoom * (SET_HORIZON - framing.set_centre[1])
    feet = sight.feet(sight.figure)
    return min(sight.horizon, feet - GROUND_SEEN - zoom * (GROUNDS[location] - SET_HORIZON))


def _shown(
    location: str, sight: Sight, frame_x: NDArray[Any], frame_y: NDArray[Any]
) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    """Which point of the set is seen at each column and row: x (h, w), y (h, 1), in the set's design units."""
    zoom = FRAMINGS[sight.size].set_zoom * sight.taller
    ground = ground_of(location, sight)
    below = np.maximum(0.0, frame_y - ground)
    y = GROUNDS[location] + (frame_y - below - ground) / zoom + below / (zoom * sight.slant.ground)
    widened = 1.0 + sight.slant.lean * (frame_y - CENTRE[1]) / sight.height
    return CENTRE[0] + (frame_x - CENTRE[0]) / (zoom * widened), y


class _Window(NamedTuple):
    """The corner of what is drawn of a set, in its design units, and pixels for each of those."""

    left: float
    top: float
    scale: float


def _drawn(
    location: str, light: Light, sight: Sight, window: _Window, size: tuple[int, int]
) -> tuple[Picture, Picture]:
    """The far and the near plane, upright and level."""
    plan, scale = SETS[location], window.scale
    place = (scale, scale, -window.left * scale, -window.top * scale)
    ink = mixed(light.ink, light.sky[1], INK_FADES[sight.size])
    line = SET_LINE * scale / (2 * FRAMINGS[sight.size].set_zoom)
    far, near = np.zeros((*size, 4), np.uint8), np.zeros((*size, 4), np.uint8)
    plan.far(Pen(far, *place, ink, line), light)
    plan.near(Pen(near, *place, ink, line), light)
    glows = plan.glows(light)
    if glows:
        added = np.zeros((*size, 3), np.uint8)
        draw_glows(Pen(added, *place, ink, line), glows)
        add_light(near, added)
    return far, near


def _taken(plane: Picture, across: NDArray[np.float32], down: NDArray[np.float32]) -> Picture:
    taken = cv2.remap(plane, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(taken, dtype=np.uint8)
