"""One thing taken out of a picture: which pixels are its own (GrabCut), and the picture without the others.

Slow for large pictures: not for the GUI thread. The same picture and marks always give the same mask.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from studio.errors import BadValue

Picture = npt.NDArray[np.uint8]
Rect = tuple[int, int, int, int]
"""(left, top, width, height) in pixels of the picture."""
Colours = tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]

SIDE = 512
"""Longest side of the copy on which the choice is made: GrabCut's time grows faster than the pixels."""
ROUNDS, ROUNDS_AFTER = 5, 2
"""Of GrabCut, from the rectangle on and again once strokes were drawn."""
SEED = 7
LEAST = 4
"""Pixels a side of a rectangle that can hold anything."""
SPECK, HOLE = 0.02, 0.004
"""Parts smaller than this share of the largest are no part of the thing; smaller gaps are no gaps."""
EDGE_REACH, EDGE_FLATNESS = 4, 1e-4
"""Pixels of the copy over which the edge is fitted to the picture, and how little contrast counts as none."""
EDGE_STEEPNESS = 1.6
AIR = 0.04
"""Around what is kept, as a share of its longer side."""


@dataclass(frozen=True)
class Stroke:
    """A line drawn over the picture: all it touches is kept, or dropped."""

    points: tuple[tuple[float, float], ...]
    """(x, y) in pixels of the picture."""
    radius: float


def select(
    picture: Picture, rect: Rect, keep: Sequence[Stroke] = (), drop: Sequence[Stroke] = ()
) -> Picture:
    """(h, w) uint8 of an RGB picture (h, w, 3): 255 where the thing inside `rect` is, soft at its edges.

    Nothing outside the rectangle belongs to it but what `keep` touches; where strokes cross, `drop` wins. Raises
    BadValue for a rectangle without any of the picture in it, and where nothing is left of the thing.
    """
    inside = clipped(rect, picture)
    height, width = picture.shape[:2]
    scale = min(1.0, SIDE / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA) if scale < 1 else picture
    bgr = cv2.cvtColor(small, cv2.COLOR_RGB2BGR)
    colours = (np.zeros((1, 65), np.float64), np.zeros((1, 65), np.float64))
    marks = _grabbed(bgr, _rectangle(size, inside, scale), colours, ROUNDS, cv2.GC_INIT_WITH_MASK)
    if keep or drop:
        # On with the colours of the first choice: learned anew, one stroke can turn everything round.
        marks = _grabbed(bgr, _with_strokes(marks, scale, keep, drop), colours, ROUNDS_AFTER, cv2.GC_EVAL)
    chosen = _cleaned(marks)
    if not chosen.any():
        raise BadValue("Nothing inside the rectangle differs from what is around it.",
                       "Draw the rectangle tighter, or draw over what is to be kept.")
    return _enlarged(picture, small, chosen, marks)


def clipped(rect: Rect, picture: Picture) -> Rect:
    """The part of a rectangle that lies on the picture. Raises BadValue where that is next to nothing."""
    left, top, wide, high = rect
    height, width = picture.shape[:2]
    x0, y0, x1, y1 = max(0, left), max(0, top), min(width, left + wide), min(height, top + high)
    if x1 - x0 < LEAST or y1 - y0 < LEAST:
        raise BadValue(f"The rectangle holds less than {LEAST} × {LEAST} pixels of the picture.",
                       f"Draw it inside the picture, which is {width} × {height}.")
    return x0, y0, x1 - x0, y1 - y0


def cut_out(picture: Picture, mask: Picture, ground: tuple[int, int, int] | None = None) -> Picture:
    """What the mask keeps of an RGB picture: over the plain colour `ground`, or RGBA without one."""
    if ground is None:
        # Under what is wholly see-through nothing of the background is kept, which no one would expect in the file.
        return np.dstack([np.where(mask[..., None] > 0, picture, np.uint8(255)), mask])
    share = mask[..., None].astype(np.float32) / 255
    over = picture * share + np.array(ground, np.float32) * (1 - share)
    return np.asarray(over.round().astype(np.uint8))


def box_of(mask: Picture, air: float = AIR) -> Rect:
    """Around everything the mask keeps, with a little air. Raises BadValue for an empty mask."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not rows.size:
        raise BadValue("Nothing is kept of the picture.", "Draw over what is to be kept.")
    top, bottom, left, right = int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1
    more = round(air * max(bottom - top, right - left))
    x0, y0 = max(0, left - more), max(0, top - more)
    return x0, y0, min(mask.shape[1], right + more) - x0, min(mask.shape[0], bottom + more) - y0


# --- the choice, on the small copy -----------------------------------------------------------------------------------


def _rectangle(size: tuple[int, int], inside: Rect, scale: float) -> Picture:
    """(h, w) of OpenCV's four classes: surely and probably the thing, surely and probably not."""
    width, height = size
    marks = np.full((height, width), cv2.GC_BGD, np.uint8)
    left, top, wide, high = (one * scale for one in inside)
    rows = slice(int(top), max(int(top) + 1, round(top + high)))
    columns = slice(int(left), max(int(left) + 1, round(left + wide)))
    marks[rows, columns] = cv2.GC_PR_FGD
    if not (marks == cv2.GC_BGD).any():
        # A rectangle around everything: what stands at the very border is taken for the ground.
        marks[[0, -1], :] = marks[:, [0, -1]] = cv2.GC_BGD
    return marks


def _with_strokes(marks: Picture, scale: float, keep: Sequence[Stroke], drop: Sequence[Stroke]) -> Picture:
    marked = marks.copy()
    for strokes, kind in ((keep, cv2.GC_FGD), (drop, cv2.GC_BGD)):
        for stroke in strokes:
            _draw(marked, stroke, scale, kind)
    return marked


def _draw(marks: Picture, stroke: Stroke, scale: float, kind: int) -> None:
    # A stroke pulled far out of the picture ends at its edge, and no number is too large for the drawing.
    far = 4 * max(marks.shape)
    points = (np.array(stroke.points, np.float64).reshape(-1, 2) * scale).round().clip(-far, far).astype(np.int32)
    radius = max(1, round(stroke.radius * scale))
    for x, y in points:
        cv2.circle(marks, (int(x), int(y)), radius, kind, cv2.FILLED)
    cv2.polylines(marks, [points.reshape(-1, 1, 2)], False, kind, 2 * radius)


def _grabbed(bgr: Picture, marks: Picture, colours: Colours, rounds: int, mode: int) -> Picture:
    """The classes found; `colours`, of the ground and of the thing, are learned, or learned further.

    GrabCut is asked only where both sides have pixels: it fails on one alone.
    """
    likely = _is_thing(marks)
    if not likely.any() or likely.all():
        return marks
    classes = marks.copy()
    cv2.setRNGSeed(SEED)
    mode = mode if colours[0].any() else cv2.GC_INIT_WITH_MASK
    cv2.grabCut(bgr, classes, (0, 0, 0, 0), *colours, rounds, mode)
    return classes


def _is_thing(marks: Picture) -> npt.NDArray[np.bool_]:
    return np.asarray((marks == cv2.GC_FGD) | (marks == cv2.GC_PR_FGD))


def _cleaned(marks: Picture) -> Picture:
    """(h, w) 1 where the thing is, without specks and pinholes but for those a stroke asked for."""
    chosen = _without_small(_is_thing(marks).astype(np.uint8), SPECK, marks == cv2.GC_FGD)
    gaps = _without_small(1 - chosen, HOLE, marks == cv2.GC_BGD, int(chosen.sum()))
    return np.asarray(1 - gaps, dtype=np.uint8)


def _without_small(chosen: Picture, share: float, asked: npt.NDArray[np.bool_], of: int = 0) -> Picture:
    """Parts kept: those with at least a share of `of` pixels (0: of the largest part's), and those asked for."""
    count, parts, figures, _ = cv2.connectedComponentsWithStats(chosen, connectivity=4)
    if count < 2:
        return chosen
    areas = figures[:, cv2.CC_STAT_AREA].copy()
    areas[0] = 0
    large = areas >= share * (of or int(areas.max()))
    large[np.unique(parts[asked])] = True
    large[0] = False
    return np.asarray(large[parts].astype(np.uint8))


# --- at full size ----------------------------------------------------------------------------------------------------


def _enlarged(picture: Picture, small: Picture, chosen: Picture, marks: Picture) -> Picture:
    """The choice at the picture's size, its edge laid where the picture's own edge is.

    A guided filter whose coefficients are found on the small copy (He and Sun, Fast Guided Filter, 2015); far from the
    edge the choice stands as it is.
    """
    guide, mask = _grey(small), chosen.astype(np.float32)
    reach = (2 * EDGE_REACH + 1,) * 2
    mean = lambda one: cv2.blur(one, reach)  # noqa: E731
    slope = (mean(guide * mask) - mean(guide) * mean(mask)) / (mean(guide * guide) - mean(guide) ** 2 + EDGE_FLATNESS)
    offset = mean(mask) - slope * mean(guide)
    size = (picture.shape[1], picture.shape[0])
    slope, offset = (cv2.resize(mean(one), size, interpolation=cv2.INTER_LINEAR) for one in (slope, offset))
    soft = (slope * _grey(picture) + offset - 0.5) * EDGE_STEEPNESS + 0.5
    around = np.ones((2 * EDGE_REACH + 1,) * 2, np.uint8)
    surely = cv2.erode(chosen, around) | (marks == cv2.GC_FGD)
    perhaps = cv2.dilate(chosen, around) & (marks != cv2.GC_BGD)
    lowest, highest = (cv2.resize(one.astype(np.float32), size, interpolation=cv2.INTER_LINEAR)
                       for one in (surely, perhaps))  # fmt: skip
    return np.asarray((np.clip(soft, lowest, highest).clip(0, 1) * 255).round().astype(np.uint8))


def _grey(picture: Picture) -> npt.NDArray[np.float32]:
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.float32) / 255)
