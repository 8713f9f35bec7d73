"""Turns a scene into its drawings: the set once a clip, every pose once, then one composition a drawing.

Everything is drawn at least FINE_WIDTH pixels across and brought down, so that the same scene looks the same at
every size, only sharper: a frame of 144 pixels is the mean of the pixels of one of 288.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np

from model_runtime.stage.camera import (
    CLIP_DRAWINGS,
    FRAME_HEIGHT,
    FRAME_WIDTH,
    FRAMINGS,
    JITTER,
    View,
    furthest_pan,
    travel,
    views,
)
from model_runtime.stage.figure import SEATED_DROP, Body
from model_runtime.stage.layers import Grid, Layer, Placing, Stamp, clear_of, press
from model_runtime.stage.light import Light
from model_runtime.stage.look import SKINS, Look, look_of
from model_runtime.stage.pen import Pen, Picture
from model_runtime.stage.poses import CYCLES, PHASES, Pose, pose
from model_runtime.stage.rain import RAIN_CYCLE, rain_at, rain_tile
from model_runtime.stage.scene import Person, Scene
from model_runtime.stage.set_planes import SET_LINE, draw_seat, planes_of

FINE_WIDTH = 288
# Ink of figures, in pixels of a drawing FINE_WIDTH wide. Small figures want finer lines and larger heads.
FIGURE_LINES = {"wide shot": 2.0, "medium shot": 3.0, "close-up": 3.0}
HEAD_SIZES = {"wide shot": 1.34, "medium shot": 1.14, "close-up": 1.0}
# A seated figure is raised again by so much of the drop of its hips: large shots keep its face in the frame.
SEATED_RISES = {"wide shot": 0.0, "medium shot": 0.55, "close-up": 0.75}
SHADOW_COVER = 96  # of the ground under a figure; below half, so that the mask leaves it out
BELOW_FRAME = 16.0  # design units drawn below it, for figures that rise or have yet to come near
FIGURE_REACH = (0.52, 1.10, 0.05)  # room for a figure aside, above and below its feet, in figure heights


class Drawn(NamedTuple):
    frames: Picture  # (t, h, w, 3) RGB
    figures: Picture  # (t, h, w), 1 where a figure is


def render(scene: Scene, *, frames: int = CLIP_DRAWINGS, width: int = 144, height: int = 80) -> Drawn:
    """The first `frames` drawings of a scene's clip, at 12 a second; one alone is the clip's first."""
    if frames < 1 or width < 16 or height < 9:
        raise ValueError(f"cannot draw {frames} frames of {width} x {height}")
    return _Clip(scene, width, height).drawn(frames)


@dataclass(frozen=True)
class _Cast:
    """A person with the place and the chances of this clip; x, feet and height in design units."""

    person: Person
    look: Look
    x: float
    feet: float
    height: float
    phase: int


class _Sheet(NamedTuple):
    picture: Picture
    pen: Pen
    left: int  # of the picture, in pixels of the drawing
    top: int


class _Clip:
    def __init__(self, scene: Scene, width: int, height: int) -> None:
        self.scene = scene
        self.light = Light(scene.time, scene.weather)
        self.grid = Grid(width, height, -(-FINE_WIDTH // width))
        # pixels of the drawing a design unit; a frame of another aspect loses a little at two edges
        self.fine = max(width / FRAME_WIDTH, height / FRAME_HEIGHT) * self.grid.finer
        self.origin = (
            round((width * self.grid.finer - FRAME_WIDTH * self.fine) / 2),
            round((height * self.grid.finer - FRAME_HEIGHT * self.fine) / 2),
        )
        rng = np.random.default_rng(scene.seed)
        aside = _half_steps(rng.uniform(-JITTER, JITTER))
        self.cast = [self._cast(person, rng) for person in scene.people]
        self.indoors, self.far, self.near = self._planes(aside)
        self.seats = [self._seat(one) if one.person.action == "sitting" else None for one in self.cast]
        self.poses: dict[tuple[int, Pose], Layer] = {}
        self.uppers: dict[tuple[int, tuple[float, float, bool]], tuple[Picture, Picture]] = {}
        self.tile = rain_tile(scene.seed, self.grid, self.light) if self.light.raining else None
        self.rain: dict[int, Picture] = {}
        self.backgrounds: dict[object, Picture] = {}
        self.compositions: dict[object, tuple[Picture, Picture]] = {}

    def drawn(self, frames: int) -> Drawn:
        size = (frames, self.grid.height, self.grid.width)
        pictures, figures = np.empty((*size, 3), np.uint8), np.empty(size, np.uint8)
        for drawing in range(frames):
            picture, figures[drawing] = self._composition(drawing)
            cv2.cvtColor(picture, cv2.COLOR_RGBA2RGB, dst=pictures[drawing])
        return Drawn(pictures, figures)

    # what is drawn once

    def _cast(self, person: Person, rng: np.random.Generator) -> _Cast:
        framing = FRAMINGS[self.scene.size]
        sides = framing.sides if len(self.scene.people) == 1 else framing.sides_of_two
        look = look_of(
            person.kind,
            person.hair,
            person.colour,
            person.garment,
            person.scarf,
            hood=person.hood,
            front=person.facing == "us",
            skin=int(rng.integers(len(SKINS))),
            light=self.light,
        )
        return _Cast(
            person=person,
            look=look,
            x=_half_steps(sides[person.side] + rng.uniform(-JITTER, JITTER)),
            feet=framing.head_top + framing.figure,
            height=framing.figure * (1.03 if person.kind == "man" else 0.97),
            phase=int(rng.integers(PHASES)),
        )

    def _planes(self, aside: float) -> tuple[bool, Layer, Layer]:
        planes = planes_of(self.scene.location, self.light, self.scene.size, self.fine)
        left, top = self.origin[0] + round(aside * self.fine) - planes.margin, self.origin[1]
        return planes.indoors, Layer(planes.far, left, top), Layer(planes.near, left, top)

    def _pose(self, index: int, drawing: int) -> tuple[int, Pose]:
        one = self.cast[index]
        cycle = CYCLES[one.person.action]
        return index, pose(one.person.action, drawing + one.phase * cycle // PHASES)

    def _posed(self, key: tuple[int, Pose]) -> Layer:
        if key not in self.poses:
            self.poses[key] = self._draw_figure(*key)
        return self.poses[key]

    def _draw_figure(self, index: int, posed: Pose) -> Layer:
        one, legs = self.cast[index], self.scene.size != "close-up"
        sheet = self._sheet(one, posed)
        if legs and self.scene.size == "wide shot":
            sheet.pen.oval((0.0, 0.0), 0.20, 0.030, self.light.ink, inked=False, cover=SHADOW_COVER)
        body = Body(sheet.pen, one.look, posed, HEAD_SIZES[self.scene.size])
        body.draw_behind(legs=legs)
        rise = round((posed.rise + posed.breath) * one.height * self.fine)
        press(sheet.picture, Stamp(*self._upper(index, posed), 0, -rise))
        body.draw_before()
        return Layer(sheet.picture, sheet.left + self.origin[0], sheet.top + self.origin[1])

    def _upper(self, index: int, posed: Pose) -> tuple[Picture, Picture]:
        """Chest and head, with what they leave of what is behind them."""
        key = (index, posed.upper)
        if key not in self.uppers:
            sheet = self._sheet(self.cast[index], posed)
            Body(sheet.pen, self.cast[index].look, posed, HEAD_SIZES[self.scene.size]).draw_upper()
            self.uppers[key] = sheet.picture, clear_of(sheet.picture)
        return self.uppers[key]

    def _seat(self, one: _Cast) -> Layer:
        sheet = self._sheet(one, None)
        x, feet = one.x * self.fine - sheet.left, one.feet * self.fine - sheet.top
        line = SET_LINE * self.fine / 2
        pen = Pen(sheet.picture, self.fine, self.fine, x, feet, self.light.ink, line)
        draw_seat(pen, self.scene.location, self.light, self.scene.size, one.height)
        return Layer(sheet.picture, sheet.left + self.origin[0], sheet.top + self.origin[1])

    def _sheet(self, one: _Cast, posed: Pose | None) -> _Sheet:
        """An empty picture around a figure, as far as any move of clip and camera may show it, and its pen."""
        size, tall, fine = self.scene.size, one.height, self.fine
        seated = posed is not None and posed.seated
        feet = one.feet - (SEATED_RISES[size] * SEATED_DROP * tall if seated else 0.0)
        aside, above, below = FIGURE_REACH
        outside = furthest_pan(size) + 24.0
        left = int(max(one.x - aside * tall, -outside) * fine)
        right = int(min(one.x + aside * tall, FRAME_WIDTH + outside) * fine)
        top = int(max(feet - above * tall, -6.0) * fine)
        low = int(min(feet + below * tall, FRAME_HEIGHT + BELOW_FRAME) * fine)
        picture = np.zeros((low - top, right - left, 4), np.uint8)
        # an arm that waves at us or points does so toward the middle of the frame
        flipped = one.person.facing == "left" or (one.person.facing == "us" and one.person.side == "right")
        way = -1 if flipped else 1
        # who leans forward in a large shot keeps the head where the side tells
        lean = posed.lean * 1.4 if posed is not None and not one.look.front and size != "wide shot" else 0.0
        pen = Pen(
            picture,
            scale_x=way * tall * fine,
            scale_y=-tall * fine,
            left=(one.x - way * lean * tall) * fine - left,
            top=feet * fine - top,
            ink=self.light.ink,
            line=FIGURE_LINES[size] * fine / 2,
        )
        return _Sheet(picture, pen, left, top)

    # one drawing

    def _composition(self, drawing: int) -> tuple[Picture, Picture]:
        near, far = (self._placing(view) for view in views(self.scene, drawing))
        poses = tuple(self._pose(index, drawing) for index in range(len(self.cast)))
        moves = tuple(self._moved(near, one, drawing) for one in self.cast)
        falling = drawing % RAIN_CYCLE if self.tile is not None else 0
        key = (near, far, poses, moves, falling)
        if key not in self.compositions:
            picture = self._background(near, far, falling).copy()
            cover = np.zeros(picture.shape[:2], np.uint8)
            for pose_key, move in reversed(list(zip(poses, moves, strict=True))):
                seat = self.seats[pose_key[0]]
                if seat:
                    self._press(picture, seat, move)
                self._add_figure(picture, cover, self._posed(pose_key), move)
            if not self.indoors:
                self._add_rain(picture, falling)
            self.compositions[key] = picture, cover
        return self.compositions[key]

    def _placing(self, view: View) -> Placing:
        return Placing(shift=round(view.shift * self.fine), zoom=view.zoom)

    def _moved(self, camera: Placing, one: _Cast, drawing: int) -> Placing:
        moved, grown = travel(one.person, self.scene, drawing)
        # who comes at us grows from the feet, and in large shots, where these are far below, from the head
        pivot_y = one.feet if self.scene.size == "wide shot" else one.feet - one.height
        pivot = (round(one.x * self.fine) + self.origin[0], round(pivot_y * self.fine) + self.origin[1])
        return camera._replace(moved=round(moved * self.fine), grown=grown, pivot=pivot)

    def _background(self, near: Placing, far: Placing, falling: int) -> Picture:
        key = (near, far, falling if self.indoors else 0)
        if key not in self.backgrounds:
            picture = self._far_picture(far)
            if self.indoors:
                self._add_rain(picture, falling)
            self._press(picture, self.near, near)
            self.backgrounds[key] = picture
        return self.backgrounds[key]

    def _far_picture(self, far: Placing) -> Picture:
        # the far plane is opaque and fills the frame at every place a camera takes it to
        stamp = self.far.stamp(self.grid, far)
        if stamp is None:
            raise ValueError("the far plane has left the frame")
        rows = slice(-stamp.top, self.grid.height - stamp.top)
        columns = slice(-stamp.left, self.grid.width - stamp.left)
        return stamp.picture[rows, columns].copy()

    def _press(self, picture: Picture, layer: Layer, placing: Placing) -> tuple[slice, slice, Picture] | None:
        stamp = layer.stamp(self.grid, placing)
        return press(picture, stamp) if stamp else None

    def _add_figure(self, picture: Picture, cover: Picture, layer: Layer, placing: Placing) -> None:
        met = self._press(picture, layer, placing)
        if met:
            rows, columns, front = met
            cover[rows, columns] |= (cv2.extractChannel(front, 3) > 127).view(np.uint8)

    def _rain(self, falling: int) -> Picture:
        if falling not in self.rain and self.tile is not None:
            self.rain[falling] = rain_at(self.tile, falling, self.grid)
        return self.rain[falling]

    def _add_rain(self, picture: Picture, falling: int) -> None:
        if self.tile is not None:
            cv2.add(picture, self._rain(falling), dst=picture)


def _half_steps(units: float) -> float:
    """Half design units are whole pixels of every drawing that is a multiple of FINE_WIDTH wide: lines stay crisp."""
    return round(units * 2) / 2
