"""Turns a scene into its drawings: the set once a clip, every pose once, then one composition a drawing.

Everything is drawn on a picture twice as fine as a small frame (or as fine as a large one) and brought down, so that
the same scene looks the same at every size, only sharper.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np

from model_runtime.stage.camera import (
    CENTRE,
    CLIP_DRAWINGS,
    FRAME_HEIGHT,
    FRAME_WIDTH,
    FRAMINGS,
    View,
    reach,
    travel,
    views,
)
from model_runtime.stage.figure import SEATED_DROP, SKINS, Body, look_of
from model_runtime.stage.light import Light
from model_runtime.stage.pen import Pen, Picture
from model_runtime.stage.poses import CYCLES, PHASES, pose
from model_runtime.stage.rain import RAIN_CYCLE, rain_tile, rain_at
from model_runtime.stage.scene import Person, Scene
from model_runtime.stage.set_planes import Planes, draw_planes

FINE_WIDTH = 288  # at least so many pixels across are drawn before the picture is brought down
FIGURE_LINE = 2.6  # ink of figures, in pixels of a drawing FINE_WIDTH wide


class Drawn(NamedTuple):
    frames: Picture  # (t, h, w, 3) RGB
    figures: Picture  # (t, h, w), 1 where a figure is


def render(scene: Scene, *, frames: int = CLIP_DRAWINGS, width: int = 144, height: int = 80) -> Drawn:
    """The first `frames` drawings of a scene's clip, at 12 a second; one alone is the clip's first."""
    if frames < 1 or width < 16 or height < 9:
        raise ValueError(f"cannot draw {frames} frames of {width} x {height}")
    return _Clip(scene, width, height).drawn(frames)


@dataclass
class _Sprite:
    """One pose of one figure: premultiplied, with the design point its corner lies on."""

    picture: Picture
    left: float
    top: float


@dataclass(frozen=True)
class _Placed:
    person: Person
    x: float
    feet: float
    height: float
    phase: int
    skin: int


class _Clip:
    def __init__(self, scene: Scene, width: int, height: int) -> None:
        self.scene, self.width, self.height = scene, width, height
        self.light = Light(scene.time, scene.weather)
        self.scale = max(width / FRAME_WIDTH, height / FRAME_HEIGHT)
        self.finer = -(-FINE_WIDTH // width)
        self.fine = self.scale * self.finer
        rng = np.random.default_rng(scene.seed)
        self.shift = rng.uniform(-2.0, 2.0)
        self.placed = [self._place(person, rng) for person in scene.people]
        self.sprites: dict[tuple[int, int], _Sprite] = {}
        self.planes = self._planes()
        self.tile = rain_tile(scene.seed, self.width, self.height, self.light) if self.light.raining else None
        self.backgrounds: dict[object, Picture] = {}
        self.compositions: dict[object, tuple[Picture, Picture]] = {}

    def drawn(self, frames: int) -> Drawn:
        pictures = np.empty((frames, self.height, self.width, 3), np.uint8)
        figures = np.empty((frames, self.height, self.width), np.uint8)
        for drawing in range(frames):
            pictures[drawing], figures[drawing] = self._composition(drawing)
        return Drawn(pictures, figures)

    def _place(self, person: Person, rng: np.random.Generator) -> _Placed:
        framing = FRAMINGS[self.scene.size]
        sides = framing.sides if len(self.scene.people) == 1 else framing.sides_of_two
        tall = framing.figure * (1.03 if person.kind == "man" else 0.97)
        feet = framing.head_top + framing.figure
        return _Placed(
            person=person,
            x=sides[person.side] + rng.uniform(-2.0, 2.0),
            feet=feet + rng.uniform(-0.6, 0.6),
            height=tall,
            phase=int(rng.integers(PHASES)),
            skin=int(rng.integers(len(SKINS))),
        )

    def _planes(self) -> Planes:
        spots = [(placed.x, placed.feet, placed.height) for placed in self.placed]
        seated = [placed.person.action == "sitting" for placed in self.placed]
        return draw_planes(
            self.scene, self.light, self.fine, spots, seated, shift=self.shift, size=(self.width, self.height)
        )

    # one drawing

    def _composition(self, drawing: int) -> tuple[Picture, Picture]:
        near, far = views(self.scene, drawing)
        steps = tuple(self._step(placed, drawing) for placed in self.placed)
        moves = tuple(travel(placed.person, self.scene, drawing) for placed in self.placed)
        falling = drawing % RAIN_CYCLE if self.tile is not None else 0
        key = (near, far, steps, moves, falling)
        if key not in self.compositions:
            self.compositions[key] = self._composed(near, far, steps, moves, falling)
        return self.compositions[key]

    def _step(self, placed: _Placed, drawing: int) -> int:
        cycle = CYCLES[placed.person.action]
        return (drawing + placed.phase * cycle // PHASES) % cycle

    def _composed(
        self, near: View, far: View, steps: tuple[int, ...], moves: tuple[tuple[float, float], ...], falling: int
    ) -> tuple[Picture, Picture]:
        picture = self._background(near, far, falling)
        cover = np.zeros((self.height, self.width), np.uint8)
        for index in reversed(range(len(self.placed))):
            self._add_figure(picture, cover, index, steps[index], moves[index], near)
        if self.tile is not None and not self.planes.indoors:
            cv2.add(picture, rain_at(self.tile, falling, self.width, self.height), dst=picture)
        return picture, cover

    def _background(self, near: View, far: View, falling: int) -> Picture:
        rain_behind = self.tile is not None and self.planes.indoors
        key = (near, far, falling if rain_behind else 0)
        if key not in self.backgrounds:
            back = self._warped(self.planes.far, far, self.planes.left, self.planes.top)
            if rain_behind and self.tile is not None:
                cv2.add(back, rain_at(self.tile, falling, self.width, self.height), dst=back)
            front = self._warped(self.planes.near, near, self.planes.left, self.planes.top)
            clear = cv2.cvtColor(255 - front[..., 3], cv2.COLOR_GRAY2RGB)
            cv2.multiply(back, clear, dst=back, scale=1 / 255)
            self.backgrounds[key] = cv2.add(back, np.ascontiguousarray(front[..., :3]))
        return self.backgrounds[key].copy()

    def _warped(self, plane: Picture, view: View, left: float, top: float) -> Picture:
        matrix = self._matrix(view, left, top)
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        size = (self.width, self.height)
        return np.asarray(cv2.warpAffine(plane, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE))

    def _matrix(self, view: View, left: float, top: float) -> np.ndarray:
        """From pixels of the frame to pixels of a fine picture whose corner is the design point (left, top)."""
        step = self.finer / view.zoom
        # pixel centres: frame pixel 0 covers design 0 .. 1/scale, less what a frame of another aspect cuts off
        cut_x, cut_y = self._cut()
        design_x = (0.5 / self.scale + cut_x - CENTRE[0] - view.shift) / view.zoom + CENTRE[0]
        design_y = (0.5 / self.scale + cut_y - CENTRE[1]) / view.zoom + CENTRE[1]
        offset_x = (design_x - left) * self.fine - 0.5
        offset_y = (design_y - top) * self.fine - 0.5
        return np.array([[step, 0, offset_x], [0, step, offset_y]])

    def _cut(self) -> tuple[float, float]:
        return (FRAME_WIDTH - self.width / self.scale) / 2, (FRAME_HEIGHT - self.height / self.scale) / 2

    # figures

    def _add_figure(
        self, picture: Picture, cover: Picture, index: int, step: int, move: tuple[float, float], view: View
    ) -> None:
        sprite = self._sprite(index, step)
        placed = self.placed[index]
        grown = move[1]
        # growing keeps the head where it is in large shots, the feet in wide ones
        pivot_y = placed.feet if self.scene.size == "wide shot" else placed.feet - placed.height
        left = placed.x + (sprite.left - placed.x) * grown + move[0]
        top = pivot_y + (sprite.top - pivot_y) * grown
        high, wide = sprite.picture.shape[:2]
        box = self._frame_box(left, top, wide / self.fine * grown, high / self.fine * grown, view)
        if box is None:
            return
        x0, y0, x1, y1 = box
        matrix = self._matrix(view, left, top)
        matrix /= grown
        matrix[:, 2] += (1 / grown - 1) * 0.5
        matrix[:, 2] += matrix[0, 0] * np.array((x0, y0))
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        patch = cv2.warpAffine(sprite.picture, matrix, (x1 - x0, y1 - y0), flags=flags)
        alpha = patch[..., 3]
        clear = cv2.cvtColor(255 - alpha, cv2.COLOR_GRAY2RGB)
        under = picture[y0:y1, x0:x1]
        picture[y0:y1, x0:x1] = cv2.add(
            cv2.multiply(under, clear, scale=1 / 255), np.ascontiguousarray(patch[..., :3])
        )
        cover[y0:y1, x0:x1] |= (alpha > 127).view(np.uint8)

    def _frame_box(
        self, left: float, top: float, wide: float, high: float, view: View
    ) -> tuple[int, int, int, int] | None:
        cut_x, cut_y = self._cut()

        def across(x: float) -> float:
            return ((x - CENTRE[0]) * view.zoom + CENTRE[0] + view.shift - cut_x) * self.scale

        def down(y: float) -> float:
            return ((y - CENTRE[1]) * view.zoom + CENTRE[1] - cut_y) * self.scale

        x0, x1 = max(0, int(across(left))), min(self.width, int(across(left + wide)) + 1)
        y0, y1 = max(0, int(down(top))), min(self.height, int(down(top + high)) + 1)
        return (x0, y0, x1, y1) if x1 > x0 and y1 > y0 else None

    def _sprite(self, index: int, step: int) -> _Sprite:
        placed = self.placed[index]
        posed = pose(placed.person.action, step)
        key = (index, posed)
        if key not in self.sprites:
            self.sprites[key] = self._drawn_sprite(placed, posed)
        return self.sprites[key]

    def _drawn_sprite(self, placed: _Placed, posed) -> _Sprite:
        person, tall = placed.person, placed.height
        sink = SEATED_DROP if posed.seated else 0.0
        # a seated figure in a large shot keeps half of its drop: lower than others, yet in the frame
        feet = placed.feet - (0.0 if self.scene.size == "wide shot" else 0.55 * sink * tall)
        left, right = placed.x - 0.44 * tall, placed.x + 0.44 * tall
        top, low = feet - 1.09 * tall, min(feet + 0.05 * tall, FRAME_HEIGHT + 6.0)
        margin = reach(self.scene) + 24.0
        left, right = max(left, -margin), min(right, FRAME_WIDTH + margin)
        top = max(top, -4.0)
        # whole fine pixels, so that standing still keeps lines crisp
        left, top = round(left * 2) / 2, round(top * 2) / 2
        size = (int((low - top) * self.fine) + 1, int((right - left) * self.fine) + 1, 4)
        picture = np.zeros(size, np.uint8)
        flip = -1 if person.facing == "left" or (person.facing == "us" and person.side == "right") else 1
        pen = Pen(
            picture,
            scale_x=flip * tall * self.fine,
            scale_y=-tall * self.fine,
            left=(placed.x - left) * self.fine,
            top=(feet - top) * self.fine,
            ink=self.light.ink,
            line=FIGURE_LINE * self.fine / 2,
        )
        look = look_of(
            person.kind,
            person.hair,
            person.colour,
            person.garment,
            person.scarf,
            hood=person.hood,
            front=person.facing == "us",
            skin=placed.skin,
            light=self.light,
        )
        Body(pen, look, posed).draw(legs=self.scene.size != "close-up")
        return _Sprite(picture, left, top)
