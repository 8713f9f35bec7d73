"""One subject of a clip as it is drawn: each pose once, with its seat, its set piece and its shadow."""

from __future__ import annotations

from collections.abc import Hashable
from typing import NamedTuple

import cv2
import numpy as np

from model_runtime.stage.camera import LEVEL, Sight
from model_runtime.stage.composition import DROP_FOLLOWS, LARGE, Place
from model_runtime.stage.figures.figure import Body, head_place, room
from model_runtime.stage.figures.look import look_of
from model_runtime.stage.figures.poses import CYCLES, PHASES, Pose, UpperKey, pose
from model_runtime.stage.figures.props import setpiece
from model_runtime.stage.figures.things import HALF_LENGTHS, THING_CYCLES, draw_thing, reach
from model_runtime.stage.layers import Layer, Stamp, clear_of, press
from model_runtime.stage.light import Light
from model_runtime.stage.pen import Pen, Picture
from model_runtime.stage.scene import Person, Thing
from model_runtime.stage.sets.ink import SET_LINE
from model_runtime.stage.sets.seats import draw_seat
from model_runtime.stage.shadow import CONTACT, Fall, shadow_of

# Ink of figures up to so many design units high, in pixels of a drawing 288 wide.
LINES = ((30.0, 1.0), (75.0, 2.0), (float("inf"), 3.0))
BEYOND_FRAME = 16.0  # design units drawn outside it, for figures that rise or have yet to come near
BELOW_GROUND = 0.06  # of animals, vehicles and doors, for their outlines
TAPER = 0.7  # of the lean of upright lines that figures take part in


class _Sheet(NamedTuple):
    """An empty picture around a subject, with its pen; its corner in pixels of the drawing."""

    picture: Picture
    pen: Pen
    left: int
    top: int


class Cast:
    """Draws a subject at its place; `at` tells its pose as a key, `layer` and `shadow` what is seen of it."""

    def __init__(self, place: Place, location: str, light: Light, sight: Sight, fine: float) -> None:
        self.place, self.location, self.light, self.sight, self.fine = place, location, light, sight, fine
        self.look = look_of(place.person, light) if place.person else None
        self.room = self._room()
        self._layers: dict[Hashable, Layer] = {}
        self._shadows: dict[Hashable, Layer] = {}
        self._uppers: dict[UpperKey, tuple[Picture, Picture]] = {}
        self.seat = self._seat() if place.person and place.person.action == "sitting" else None

    def at(self, drawing: int) -> Hashable:
        """What decides how the subject looks at a drawing."""
        return self._step(drawing) if self._stepwise() else pose(self._person.action, self._step(drawing))

    def layer(self, drawing: int) -> Layer:
        key = self.at(drawing)
        if key not in self._layers:
            step = self._step(drawing)
            drawn = self._draw_person(step) if self.place.person else self._draw_thing(step)
            self._layers[key] = self._finished(drawn)
        return self._layers[key]

    def shadow(self, drawing: int, fall: Fall | None) -> Layer | None:
        """None where the ground under it is not seen."""
        place = self.place
        if place.afloat or place.feet > self.sight.bottom + 2:
            return None
        key = self.at(drawing)
        if key not in self._shadows:
            self._shadows[key] = shadow_of(self.layer(drawing), self._pixel(place.x, place.feet), self._contact(), fall)
        return self._shadows[key]

    # poses

    @property
    def _person(self) -> Person:
        assert self.place.person is not None
        return self.place.person

    def _stepwise(self) -> bool:
        return self.place.person is None or setpiece(self.place.person.action) is not None

    def _step(self, drawing: int) -> int:
        subject = self.place.subject
        cycle = CYCLES[subject.action] if isinstance(subject, Person) else THING_CYCLES[subject.thing]
        return (drawing + self.place.phase * cycle // PHASES) % cycle

    # drawing

    def _room(self) -> tuple[float, float, float]:
        """To either side, above the ground and below it, in figure heights: the same for every pose."""
        subject = self.place.subject
        if isinstance(subject, Thing):
            return (*reach(subject.thing), BELOW_GROUND)
        piece = setpiece(subject.action)
        rooms = [room(pose(subject.action, step)) for step in range(CYCLES[subject.action])]
        rooms += [(piece.aside, piece.above, BELOW_GROUND)] if piece else []
        aside, above, below = (max(measures) for measures in zip(*rooms, strict=True))
        return aside, above, below

    def _draw_person(self, step: int) -> _Sheet:
        assert self.look is not None
        posed, piece = pose(self._person.action, step), setpiece(self._person.action)
        sheet = self._sheet(posed)
        body = Body(sheet.pen, self.look, posed, self.place.head)
        if piece:
            piece.draw_behind(sheet.pen, self.look, self.light, step)
        if posed.lying:
            body.draw_lying()
        else:
            self._draw_upright(sheet, body, posed)
        if piece:
            piece.draw_before(sheet.pen, self.look, self.light, step)
        return sheet

    def _draw_upright(self, sheet: _Sheet, body: Body, posed: Pose) -> None:
        tall = self.place.height
        body.draw_behind(legs=self.place.feet - 0.5 * tall < self.sight.bottom + BEYOND_FRAME)
        rise = round((posed.rise + posed.breath) * tall * self.fine)
        press(sheet.picture, Stamp(*self._upper(posed), 0, -rise))
        body.draw_before()

    def _upper(self, posed: Pose) -> tuple[Picture, Picture]:
        """Chest and head, with what they leave of what is behind them."""
        if posed.upper not in self._uppers:
            assert self.look is not None
            sheet = self._sheet(posed)
            Body(sheet.pen, self.look, posed, self.place.head).draw_upper()
            self._uppers[posed.upper] = sheet.picture, clear_of(sheet.picture)
        return self._uppers[posed.upper]

    def _draw_thing(self, step: int) -> _Sheet:
        subject = self.place.subject
        assert isinstance(subject, Thing)
        sheet = self._sheet(None)
        draw_thing(sheet.pen, subject, self.light, step)
        return sheet

    def _seat(self) -> Layer:
        sheet = self._sheet(None)
        x, y = self._pixel(self.place.x, self.place.feet)
        line = SET_LINE * self.fine / 2
        pen = Pen(sheet.picture, self.fine, self.fine, x - sheet.left, y - sheet.top, self.light.ink, line)
        size = self.sight.size if self.place.feet > self.sight.bottom else "wide shot"
        draw_seat(pen, self.location, self.light, size, self.place.height, self._person.facing)
        return Layer(sheet.picture, sheet.left, sheet.top)

    def _sheet(self, posed: Pose | None) -> _Sheet:
        """As large as any move of clip and camera may show of the subject."""
        place, sight, fine, tall = self.place, self.sight, self.fine, self.place.height
        aside, above, below = self.room
        follows = DROP_FOLLOWS.get(sight.size, 0.0) if place.feet > sight.bottom else 0.0
        feet = place.feet - (follows * posed.drop * tall if posed else 0.0)
        wide = tall / sight.slant.stretch
        outside = 1.5 * sight.reach[0] + 24.0
        left = int((max(place.x - aside * wide, sight.left - outside) - sight.left) * fine)
        right = int((min(place.x + aside * wide, sight.left + sight.width + outside) - sight.left) * fine)
        top = int((max(feet - above * tall, sight.top - BEYOND_FRAME) - sight.top) * fine)
        low = int((min(feet + below * tall, sight.bottom + BEYOND_FRAME) - sight.top) * fine) + 2
        picture = np.zeros((max(1, low - top), max(1, right - left), 4), np.uint8)
        way = -1 if self._flipped() else 1
        x, y = self._pixel(place.x - way * self._lean(posed) * wide, feet)
        line = next(line for limit, line in LINES if tall / sight.taller <= limit)
        scale = (way * wide * fine, -tall * fine)
        pen = Pen(picture, *scale, x - left, y - top, self.light.ink, line * fine * sight.taller / 2)
        return _Sheet(picture, pen, left, top)

    def _flipped(self) -> bool:
        # an arm that waves at us or points does so toward the middle of the frame
        subject = self.place.subject
        return subject.facing == "left" or (subject.facing in ("us", "away") and subject.side == "right")

    def _lean(self, posed: Pose | None) -> float:
        """Who leans in a large shot keeps the head where the side tells."""
        if posed is None or self.look is None or posed.lying or self.sight.size not in LARGE:
            return 0.0
        return head_place(self.look, posed, self.place.head)[0]

    def _finished(self, sheet: _Sheet) -> Layer:
        layer = Layer(sheet.picture, sheet.left, sheet.top)
        if self.sight.slant != LEVEL:
            layer = self._tapered(layer)
        if self.place.dim < 1.0:
            dim = self.place.dim
            layer.picture = np.asarray(cv2.multiply(layer.picture, (dim, dim, dim, 1.0)), dtype=np.uint8)
        return layer

    def _tapered(self, layer: Layer) -> Layer:
        """Seen from above heads are wider than feet, from below the other way round."""
        place, (height, width) = self.place, layer.picture.shape[:2]
        x, feet = self._pixel(place.x, place.feet)
        middle = feet - 0.5 * place.height * self.fine
        rows = np.arange(height, dtype=np.float32)[:, None] + layer.top
        lean = TAPER * self.sight.slant.lean * np.clip((rows - middle) / (place.height * self.fine), -0.6, 0.6)
        columns = np.arange(width, dtype=np.float32)[None] + layer.left
        across = x + (columns - x) / (1.0 + lean) - layer.left
        down = np.broadcast_to(rows - layer.top, across.shape)
        picture = cv2.remap(layer.picture, across.astype(np.float32), down.astype(np.float32), cv2.INTER_LINEAR)
        return Layer(np.asarray(picture, dtype=np.uint8), layer.left, layer.top)

    def _contact(self) -> tuple[float, float]:
        subject, tall = self.place.subject, self.place.height * self.fine
        flat = self.sight.slant.ground
        if isinstance(subject, Thing):
            return 0.92 * HALF_LENGTHS[subject.thing] * tall, 0.045 * flat * tall
        half = 0.5 if subject.action == "lying" else CONTACT[0]
        return half * tall, CONTACT[1] * flat * tall

    def _pixel(self, x: float, y: float) -> tuple[float, float]:
        return (x - self.sight.left) * self.fine, (y - self.sight.top) * self.fine
