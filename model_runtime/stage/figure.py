"""One person drawn in ink and flat colour: body, clothes, head, from the front or turned to a side."""

from __future__ import annotations

from math import cos, radians, sin

from model_runtime.stage.head import draw_back_hair, draw_head
from model_runtime.stage.light import shaded
from model_runtime.stage.look import CUTS, Look
from model_runtime.stage.pen import Pen, Point
from model_runtime.stage.poses import Bend, Limb, Pose

# Lengths in figure heights; the origin is the ground between the feet, y grows upwards.
HIP, SHOULDER, NECK, HEAD = 0.455, 0.765, 0.80, 0.905
THIGH, SHIN = 0.225, 0.215
UPPER_ARM, FOREARM = 0.150, 0.135
ARM_WIDTH, LEG_WIDTH = 0.072, 0.082


class Body:
    """Where the parts of a posed body are, and the strokes that draw them."""

    def __init__(self, pen: Pen, look: Look, pose: Pose, head_size: float = 1.0) -> None:
        self.pen, self.look, self.pose, self.head_size = pen, look, pose, head_size
        self.drop = pose.drop
        self.cut = CUTS[look.garment]
        self.broad = look.breadth
        self.slim = 1.0 if look.front else 0.84
        self.lean = 0.0 if look.front else pose.lean

    def upper(self, x: float, y: float) -> Point:
        """A point of the upper body, which leans and sinks with the seat; it rises when it is laid on the legs."""
        return x + self.lean * (y - HIP) / (SHOULDER - HIP), y - self.drop

    def draw_behind(self, *, legs: bool) -> None:
        if legs:
            self._legs()
        if not self.look.front:
            self._arm(self.pose.far_arm, 1)

    def draw_upper(self) -> None:
        """Chest and head without any rise."""
        head = self.upper(0.0 if self.look.front else 0.012, HEAD)
        head_pen = self.pen.enlarged(self.head_size, (head[0], head[1] - 0.092))
        draw_back_hair(head_pen, self.look, head)
        self._torso()
        draw_head(head_pen, self.look, head, self.pose.mouth)
        self._scarf()

    def draw_before(self) -> None:
        if self.look.front:
            self._arm(self.pose.far_arm, 1)
        self._arm(self.pose.near_arm, -1)

    def _joints(self, start: Point, limb: Limb, lengths: tuple[float, float], side: int) -> list[Point]:
        joints = [start]
        for bend, length in zip(limb, lengths, strict=True):
            x, y = self._direction(bend, side)
            joints.append((joints[-1][0] + x * length, joints[-1][1] + y * length))
        return joints

    def _direction(self, bend: Bend, side: int) -> Point:
        forward, outward = radians(bend[0]), radians(bend[1])
        if not self.look.front:
            return sin(forward), -cos(forward)
        # seen from the front a limb that swings forward only looks shorter
        shortened = cos(forward) if abs(bend[1]) < 60 else 1.0
        return side * sin(outward), -cos(outward) * shortened

    def _legs(self) -> None:
        hip_y = HIP - self.drop + self.pose.rise
        spread = 0.055 if self.look.front else 0.02
        order = ((self.pose.far_leg, 1), (self.pose.near_leg, -1))
        for limb, side in order:
            start = (side * spread if self.look.front else side * spread * 0.6, hip_y)
            joints = self._joints(start, limb, (THIGH, SHIN), side)
            if self.look.front and self.pose.seated:
                joints = [start, (start[0] + side * 0.02, hip_y - 0.035), (start[0] + side * 0.02, 0.03)]
            trousers = self.look.trousers if side < 0 or self.look.front else shaded(self.look.trousers)
            self.pen.limb(joints, trousers, LEG_WIDTH)
            self._boot(joints, side)

    def _boot(self, joints: list[Point], side: int) -> None:
        knee, ankle = joints[1], joints[2]
        if self.look.front:
            toe = (ankle[0] + side * 0.012, ankle[1] - 0.008)
        else:
            # the foot stands at right angles to the shin
            along_x, along_y = (ankle[0] - knee[0]) / SHIN, (ankle[1] - knee[1]) / SHIN
            toe = (ankle[0] - along_y * 0.055, ankle[1] + along_x * 0.055)
        self.pen.limb((ankle, toe), self.look.boots, 0.052)

    def _arm(self, limb: Limb, side: int) -> None:
        if self.look.front:
            shoulder = self.upper(side * 0.112 * self.broad, SHOULDER - 0.028)
        else:
            shoulder = self.upper(side * 0.045, SHOULDER - 0.03)
        shoulder = (shoulder[0], shoulder[1] + self.pose.rise + self.pose.breath)
        joints = self._joints(shoulder, limb, (UPPER_ARM, FOREARM), side)
        (elbow_x, elbow_y), (wrist_x, wrist_y) = joints[1:]
        along = ((wrist_x - elbow_x) / FOREARM, (wrist_y - elbow_y) / FOREARM)
        hand = (wrist_x + along[0] * 0.046, wrist_y + along[1] * 0.046)
        self.pen.disc(hand, 0.031 * max(1.0, 1.2 * self.head_size - 0.2), self.look.skin)
        if self.pose.pointing and side > 0:
            tip = (wrist_x + along[0] * 0.105, wrist_y + along[1] * 0.105)
            self.pen.limb((hand, tip), self.look.skin, 0.016)
        behind = side > 0 and not self.look.front
        self.pen.limb(joints, self.look.cloth_shade if behind else self.look.cloth, ARM_WIDTH * self.broad)

    def _torso(self) -> None:
        look, cut, at = self.look, self.cut, self.upper
        half = 0.125 * self.broad * self.slim
        waist, hem = cut.waist_half * self.broad * self.slim, cut.hem_half * self.broad * self.slim
        hem_y = max(cut.hem, HIP - 0.06) if self.pose.seated else cut.hem
        right = [
            at(0.045, NECK + 0.01),
            at(half * 0.82, SHOULDER + 0.010),
            at(half, SHOULDER - 0.035),
            at(half * 0.98, 0.66),
            at(waist, 0.56),
            at(hem, hem_y),
        ]
        left = [
            at(-hem, hem_y),
            at(-waist, 0.56),
            at(-half * 0.98, 0.66),
            at(-half, SHOULDER - 0.035),
            at(-half * 0.82, SHOULDER + 0.010),
            at(-0.045, NECK + 0.01),
        ]
        self.pen.shape(right + left, look.cloth)
        shade = [at(half * 0.55, SHOULDER - 0.02), *right[2:], at(hem * 0.35, hem_y), at(waist * 0.45, 0.58)]
        self.pen.shape(shade, look.cloth_shade, inked=False)
        self._garment_marks(hem_y, waist, hem)
        if self.pose.seated and cut.hem < 0.4:
            self._lap()

    def _lap(self) -> None:
        """A long garment covers the thighs of who sits."""
        hip_y = HIP - self.drop
        if self.look.front:
            for side in (1, -1):
                self.pen.limb(((side * 0.05, hip_y), (side * 0.075, hip_y - 0.04)), self.look.cloth, 0.10)
        else:
            self.pen.limb(((0.0, hip_y), (0.19, hip_y - 0.005)), self.look.cloth, 0.10)

    def _garment_marks(self, hem_y: float, waist: float, hem: float) -> None:
        middle = 0.0 if self.look.front else 0.045
        at, pen, garment = self.upper, self.pen, self.look.garment
        thin = max(1, pen.line_width - 1)
        if garment == "sweater":
            band = hem_y + 0.035
            pen.stroke((at(-waist, band), at(waist, band)), pixels=thin)
            pen.stroke((at(-waist * 1.1, 0.64), at(waist * 1.1, 0.64)), self.look.white, width=0.022)
        elif garment == "jacket":
            shirt = (at(middle - 0.035, NECK), at(middle + 0.035, NECK), at(middle, 0.62))
            pen.shape(shirt, self.look.white, line=thin)
            pen.stroke((at(middle, 0.62), at(middle, hem_y)), pixels=thin)
        elif garment == "coat":
            pen.stroke((at(middle - 0.05, NECK), at(middle, 0.62), at(middle, hem_y)), pixels=thin)
            pen.stroke((at(middle + 0.05, NECK), at(middle, 0.62)), pixels=thin)
            pen.stroke((at(-waist, 0.54), at(waist, 0.54)), pixels=thin)
        else:
            pen.stroke((at(middle, NECK - 0.02), at(middle, hem_y)), pixels=thin)
            for y in (0.70, 0.58, 0.46):
                pen.disc(at(middle + 0.022, y), 0.009, pen.ink, inked=False)

    def _scarf(self) -> None:
        colour = self.look.scarf
        if colour is None:
            return
        at = self.upper
        tail_x = 0.045 if self.look.front else -0.02
        tail = (
            at(tail_x - 0.025, 0.80),
            at(tail_x + 0.03, 0.80),
            at(tail_x + 0.04, 0.61),
            at(tail_x - 0.02, 0.60),
        )
        self.pen.shape(tail, colour)
        self.pen.limb(
            (at(-0.058, NECK + 0.005), at(0.0, NECK - 0.012), at(0.062, NECK + 0.005)), colour, 0.052
        )
