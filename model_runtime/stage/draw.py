"""Turns a scene into its drawings: the set once a clip, every pose once, then one composition a drawing.

Everything is drawn with about two pixels for each of a frame of 144 x 80 and brought down, so that the same scene
looks the same at every size, only sharper: a frame of 144 pixels is the mean of the pixels of one of 288.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from math import ceil
from typing import NamedTuple

import cv2
import numpy as np

from model_runtime.stage.backing import backing_of
from model_runtime.stage.camera import CLIP_DRAWINGS, JITTER, View, sight_of, travel, view_between, views
from model_runtime.stage.cast import Cast
from model_runtime.stage.composition import half_steps, places_of
from model_runtime.stage.layers import Grid, Layer, Placing, press
from model_runtime.stage.light import Light
from model_runtime.stage.pen import Picture
from model_runtime.stage.scene import Scene
from model_runtime.stage.shadow import fall_of
from model_runtime.stage.weather import Falling

FINER = 2.0  # pixels of the drawing for each design unit, at least
COVERED = 127  # a pixel belongs to a subject that covers more than half of it


class Drawn(NamedTuple):
    frames: Picture  # (t, h, w, 3) RGB
    subjects: Picture  # (t, h, w): 0, or 1 + the place in scene.subjects of the nearest one

    @property
    def figures(self) -> Picture:
        """1 where any subject is."""
        return (self.subjects > 0).view(np.uint8)


def render(scene: Scene, *, frames: int = CLIP_DRAWINGS, width: int = 144, height: int = 80) -> Drawn:
    """The first `frames` drawings of a scene's clip, at 12 a second; one alone is the clip's first."""
    return _Clip(scene, frames, width, height).drawn()


def render_plain(scene: Scene, *, frames: int = CLIP_DRAWINGS, width: int = 144, height: int = 80) -> Drawn:
    """The same clip on a clear day without shadows: everything where it is, nothing in the way of seeing it."""
    return _Clip(replace(scene, time="day", weather="clear"), frames, width, height, shadows=False).drawn()


class _Clip:
    def __init__(self, scene: Scene, frames: int, width: int, height: int, *, shadows: bool = True) -> None:
        if frames < 1 or width < 16 or height < 9:
            raise ValueError(f"cannot draw {frames} frames of {width} x {height}")
        self.scene, self.frames = scene, frames
        self.light = Light(scene.time, scene.weather)
        self.sight = sight_of(scene.size, scene.angle, width, height)
        self.grid = Grid(width, height, ceil(FINER * self.sight.width / width - 0.01))
        self.fine = width * self.grid.finer / self.sight.width  # pixels of the drawing a design unit
        rng = np.random.default_rng(scene.seed)
        aside = round(half_steps(rng.uniform(-JITTER, JITTER)) * self.fine)
        backing = backing_of(scene.location, self.light, self.sight, self.fine)
        self.indoors = backing.indoors
        self.far = Layer(backing.far, backing.left + aside, backing.top)
        self.near = Layer(backing.near, backing.left + aside, backing.top)
        places = places_of(scene, self.sight, rng)
        cast = [Cast(place, scene.location, self.light, self.sight, self.fine) for place in places]
        # from far to near: who stands farther up the frame is farther away
        self.cast = sorted(cast, key=lambda one: one.place.feet)
        self.shadows = shadows
        self.fall = fall_of(self.light, indoors=self.indoors)
        self.falling = Falling(scene.seed, self.grid, self.light)
        self.backgrounds: dict[Hashable, tuple[Picture, Picture]] = {}
        self.compositions: dict[Hashable, tuple[Picture, Picture]] = {}

    def drawn(self) -> Drawn:
        size = (self.frames, self.grid.height, self.grid.width)
        pictures, subjects = np.empty((*size, 3), np.uint8), np.empty(size, np.uint8)
        for drawing in range(self.frames):
            picture, subjects[drawing] = self._composition(drawing)
            cv2.cvtColor(picture, cv2.COLOR_RGBA2RGB, dst=pictures[drawing])
        return Drawn(pictures, subjects)

    def _composition(self, drawing: int) -> tuple[Picture, Picture]:
        falling = drawing % self.falling.cycle
        camera = views(self.scene, drawing)
        planes = (self._placing(camera[0]), self._placing(camera[1]))
        moves = [self._moved(camera, one, drawing) for one in self.cast]
        key = (planes, tuple(one.at(drawing) for one in self.cast), tuple(moves), falling)
        if key not in self.compositions:
            picture, cover = (each.copy() for each in self._background(drawing, planes, moves))
            self._add_ashore(picture, cover, drawing, moves)
            if not self.indoors:
                self.falling.add(picture, falling)
            self.compositions[key] = picture, cover
        return self.compositions[key]

    def _add_ashore(self, picture: Picture, cover: Picture, drawing: int, moves: list[Placing]) -> None:
        ashore = [(one, move) for one, move in zip(self.cast, moves, strict=True) if not one.place.afloat]
        if self.shadows:
            for one, move in ashore:
                self._press(picture, one.shadow(drawing, self.fall), move)
        for one, move in ashore:
            self._press(picture, one.seat, move)
            self._add_subject(picture, cover, one, drawing, move)

    # where things lie

    def _placing(self, view: View) -> Placing:
        return Placing(shift=(round(view.x * self.fine), round(view.y * self.fine)), zoom=view.zoom)

    def _moved(self, camera: tuple[View, View], one: Cast, drawing: int) -> Placing:
        place = one.place
        moved, grown = travel(place.subject, self.scene.size, drawing)
        # who comes at us grows away from the horizon, and so goes down the frame
        pivot = (place.x - self.sight.left, self.sight.horizon - self.sight.top)
        return self._placing(view_between(camera, place.parallax))._replace(
            moved=round(moved * self.fine),
            grown=grown,
            pivot=(round(pivot[0] * self.fine), round(pivot[1] * self.fine)),
        )

    # layers

    def _background(
        self, drawing: int, planes: tuple[Placing, Placing], moves: list[Placing]
    ) -> tuple[Picture, Picture]:
        """The set with what lies on its water, and where that is seen."""
        afloat = [(one, move) for one, move in zip(self.cast, moves, strict=True) if one.place.afloat]
        falling = drawing % self.falling.cycle if self.indoors else 0
        key = (planes, falling, tuple((one.at(drawing), move) for one, move in afloat))
        if key not in self.backgrounds:
            picture, cover = self._far_picture(planes[1]), np.zeros((self.grid.height, self.grid.width), np.uint8)
            if self.indoors:
                self.falling.add(picture, falling)
            for one, move in afloat:
                self._add_subject(picture, cover, one, drawing, move)
            met = self._press(picture, self.near, planes[0])
            if met and afloat:
                rows, columns, front = met
                cover[rows, columns][front[..., 3] > COVERED] = 0
            self.backgrounds[key] = picture, cover
        return self.backgrounds[key]

    def _far_picture(self, far: Placing) -> Picture:
        # the far plane is opaque and fills the frame at every place a camera takes it to
        stamp = self.far.stamp(self.grid, far)
        if stamp is None:
            raise ValueError("the far plane has left the frame")
        rows = slice(-stamp.top, self.grid.height - stamp.top)
        columns = slice(-stamp.left, self.grid.width - stamp.left)
        return stamp.picture[rows, columns].copy()

    def _add_subject(self, picture: Picture, cover: Picture, one: Cast, drawing: int, move: Placing) -> None:
        met = self._press(picture, one.layer(drawing), move)
        if met:
            rows, columns, front = met
            cover[rows, columns][front[..., 3] > COVERED] = 1 + one.place.index

    def _press(self, picture: Picture, layer: Layer | None, placing: Placing) -> tuple[slice, slice, Picture] | None:
        stamp = layer.stamp(self.grid, placing) if layer else None
        return press(picture, stamp) if stamp else None
