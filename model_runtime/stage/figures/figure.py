"""One person drawn in ink and flat colour: limbs, and what joins them to clothes and head.

Lengths are in figure heights; the origin is the ground between the feet, y grows upwards, x is the way the figure
faces, or the picture's right where it faces us or away.
"""

from __future__ import annotations

from math import cos, radians, sin

from model_runtime.stage.figures.garments import HIP, SHOULDER, Torso, draw_lap, draw_scarf, draw_torso
from model_runtime.stage.figures.hair import draw_back_hair
from model_runtime.stage.figures.head import draw_head
from model_runtime.stage.figures.held import draw_held
from model_runtime.stage.figures.look import CUTS, Look
from model_runtime.stage.figures.poses import Bend, Limb, Pose
from model_runtime.stage.figures.turned_pen import lying_pen
from model_runtime.stage.light import shaded
from model_runtime.stage.pen import Pen, Point

HEAD = 0.905
CHIN = HEAD - 0.092
THIGH, SHIN = 0.225, 0.215
UPPER_ARM, FOREARM = 0.150, 0.135
HAND = 0.046  # from the wrist to the middle of the hand
ARM_WIDTH, LEG_WIDTH = 0.072, 0.084
LEG_SWING_SEEN = 1.55  # flat on, a stride shows only as a shorter leg: more than it would, to be told from standing


def room(pose: Pose) -> tuple[float, float, float]:
    """Room a figure takes to either side of its origin, above the ground and below, in figure heights."""
    return (0.88, 0.52, 0.10) if pose.lying else (0.62, 1.30 + max(0.0, pose.rise), 0.06)


def head_place(look: Look, pose: Pose, head_size: float = 1.0) -> Point:
    """The middle of the face: x along the way it faces, y above the ground, in figure heights."""
    if pose.lying:
        along, up = _lying_place(look)
        return -(HEAD - along), up
    x, y = Body.upper_of(look, pose, 0.0 if look.front else 0.012, CHIN)
    y += (HEAD - CHIN) * head_size * look.head
    return x * look.body, (y - 0.02 * pose.bow) * look.body + pose.rise


def _lying_place(look: Look) -> Point:
    """Where the middle of a lying body is along its length, and how high its axis lies above the ground."""
    return 0.5, 0.05 + (0.13 if look.front else 0.10) * look.breadth


class Body:
    """Where the parts of a posed body are, and the strokes that draw them."""

    def __init__(self, pen: Pen, look: Look, pose: Pose, head_size: float = 1.0) -> None:
        self.figure_pen = pen
        self.pen = pen.enlarged(look.body, (0.0, 0.0)) if look.body != 1.0 else pen
        self.look, self.pose, self.head_size = look, pose, head_size * look.head
        self.cut = CUTS[look.garment]
        self.rise = pose.rise / look.body
        self.thick = (1.0 + look.breadth) / 2  # limbs take half a part in a build's breadth

    @staticmethod
    def upper_of(look: Look, pose: Pose, x: float, y: float) -> Point:
        """A point of the upper body, which leans and sinks with the hips; it rises when it is laid on the legs."""
        above = (y - HIP) / (SHOULDER - HIP)
        return x + (pose.tilt if look.front else pose.lean) * above, y - pose.drop

    def upper(self, x: float, y: float) -> Point:
        return self.upper_of(self.look, self.pose, x, y)

    def draw_behind(self, *, legs: bool) -> None:
        """What the upper body covers."""
        if legs and self.pose.legs:
            self._legs()
        if self.look.turn == "side":
            self._arm(self.pose.far_arm, 1)
        elif self.look.turn == "back":
            for limb, side in self._arms(before_chest=True):
                self._arm(limb, side)
            if not self._shown():
                self._held()

    def draw_upper(self) -> None:
        """Chest and head without any rise."""
        look = self.look
        head = self.upper(0.0 if look.front else 0.012, HEAD)
        head_pen = self.pen.enlarged(self.head_size, (head[0], head[1] - (HEAD - CHIN)))
        head = (head[0] + (0.0 if look.front else 0.016 * self.pose.bow), head[1] - 0.018 * self.pose.bow)
        torso = Torso(self.pen, look, self.upper, self.pose)
        if look.turn == "back":
            draw_torso(torso)
            draw_scarf(torso)
            draw_head(head_pen, look, head, self.pose)
            return
        draw_back_hair(head_pen, look, head)
        draw_torso(torso)
        draw_head(head_pen, look, head, self.pose)
        draw_scarf(torso)

    def draw_before(self) -> None:
        """What covers the upper body."""
        if self.pose.seated and self.look.turn != "back":
            draw_lap(Torso(self.pen, self.look, self.upper, self.pose))
        # from the side the near arm covers the box and the book; a cup, a phone and what is seen flat on cover arms
        arms_last = self.look.turn == "side" and self.pose.holds in ("box", "book")
        if arms_last:
            self._held()
        if self.look.turn == "back":
            for limb, side in self._arms(before_chest=False):
                self._arm(limb, side)
        else:
            if self.look.turn == "front":
                self._arm(self.pose.far_arm, 1)
            self._arm(self.pose.near_arm, -1)
        if not arms_last and self._shown():
            self._held()

    def draw_lying(self) -> None:
        """The whole figure on the ground: face up when it looks to a side, on its side when it looks at us or away."""
        along, up = _lying_place(self.look)
        flat = Body(lying_pen(self.figure_pen, along, up), self.look, self.pose, self.head_size / self.look.head)
        flat.draw_behind(legs=True)
        flat.draw_upper()
        flat.draw_before()

    def _arms(self, *, before_chest: bool) -> list[tuple[Limb, int]]:
        """The arms that are on that side of the chest of who is seen from behind."""
        arms = ((self.pose.far_arm, 1), (self.pose.near_arm, -1))
        return [(limb, side) for limb, side in arms if _before_chest(limb) == before_chest]

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
        # seen flat on a limb that swings forward only looks shorter
        shortened = cos(forward) if abs(bend[1]) < 60 else 1.0
        return side * sin(outward), -cos(outward) * shortened

    # legs

    def _legs(self) -> None:
        for limb, side in ((self.pose.far_leg, 1), (self.pose.near_leg, -1)):
            joints = self._leg_joints(limb, side)
            legs = self.look.legs if side < 0 or self.look.front else shaded(self.look.legs)
            self.pen.limb(joints, legs, LEG_WIDTH * self.thick)
            self._boot(joints, side)

    def _leg_joints(self, limb: Limb, side: int) -> list[Point]:
        hip_y = HIP - self.pose.drop + self.rise
        spread = (0.055 if self.look.front else 0.012) * self.look.breadth
        start = (side * spread, hip_y)
        if self.look.front and self.pose.seated:
            knee_x = start[0] + side * 0.02
            return [start, (knee_x, hip_y - 0.035), (knee_x, 0.03)]
        if self.look.front and self.pose.kneeling:
            return self._kneeling_joints(start, side)
        if self.look.front:
            (thigh, out), (shin, below) = limb
            limb = (thigh * LEG_SWING_SEEN, out), (shin * LEG_SWING_SEEN, below)
        return self._joints(start, limb, (THIGH, SHIN), side)

    def _kneeling_joints(self, start: Point, side: int) -> list[Point]:
        # one knee up, its shin before us; the other on the ground with its shin behind
        if side < 0:
            return [start, (start[0] - 0.085, start[1] + 0.01), (start[0] - 0.08, 0.03)]
        return [start, (start[0] + 0.06, 0.05), (start[0] + 0.13, 0.035)]

    def _boot(self, joints: list[Point], side: int) -> None:
        knee, ankle = joints[1], joints[2]
        if self.look.front:
            toe = (ankle[0] + side * 0.014, ankle[1] - 0.008)
        else:
            # the foot stands at right angles to the shin, or lies on behind who kneels on it
            length = max(1e-6, ((ankle[0] - knee[0]) ** 2 + (ankle[1] - knee[1]) ** 2) ** 0.5)
            along_x, along_y = (ankle[0] - knee[0]) / length, (ankle[1] - knee[1]) / length
            toe = (ankle[0] - along_y * 0.058, ankle[1] + along_x * 0.058)
            if self.pose.kneeling and side > 0:
                toe = (ankle[0] + along_x * 0.05, ankle[1] + along_y * 0.05 - 0.01)
        self.pen.limb((ankle, toe), self.look.boots, 0.054 * self.thick)

    # arms

    def _arm_joints(self, limb: Limb, side: int) -> list[Point]:
        across = 0.112 * self.look.breadth if self.look.front else 0.045
        shoulder = self.upper(side * across, SHOULDER - 0.029)
        shoulder = (shoulder[0], shoulder[1] + self.rise + self.pose.breath)
        return self._joints(shoulder, limb, (UPPER_ARM, FOREARM), side)

    def _hand(self, joints: list[Point]) -> tuple[Point, Point]:
        """The middle of the hand and the direction of the forearm."""
        (elbow_x, elbow_y), (wrist_x, wrist_y) = joints[1:]
        along = ((wrist_x - elbow_x) / FOREARM, (wrist_y - elbow_y) / FOREARM)
        return (wrist_x + along[0] * HAND, wrist_y + along[1] * HAND), along

    def _arm(self, limb: Limb, side: int) -> None:
        look, joints = self.look, self._arm_joints(limb, side)
        hand, along = self._hand(joints)
        self.pen.disc(hand, 0.033 * max(1.0, 1.2 * self.head_size - 0.2), look.skin)
        if self.pose.pointing and side > 0:
            tip = (hand[0] + along[0] * 0.068, hand[1] + along[1] * 0.068)
            self.pen.limb((hand, tip), look.skin, 0.020)
        behind = side > 0 and not look.front
        cloth = look.cloth_shade if behind else look.cloth
        width = ARM_WIDTH * self.thick * self.cut.sleeve
        if self.cut.bare:
            self.pen.limb((joints[1], hand), shaded(look.skin) if behind else look.skin, width * 0.72)
            (elbow_x, elbow_y), (wrist_x, wrist_y) = joints[1:]
            end = (elbow_x + 0.25 * (wrist_x - elbow_x), elbow_y + 0.25 * (wrist_y - elbow_y))
            self.pen.limb((*joints[:2], end), cloth, width)
        else:
            self.pen.limb(joints, cloth, width)

    def _shown(self) -> bool:
        """What is held is on our side of the body: a phone at the ear always is."""
        return self.look.turn != "back" or self.pose.holds == "phone"

    def _held(self) -> None:
        if not self.pose.holds:
            return
        near = self._hand(self._arm_joints(self.pose.near_arm, -1))
        far = self._hand(self._arm_joints(self.pose.far_arm, 1))
        draw_held(self.pen, self.look, self.pose.holds, near, far)


def _before_chest(limb: Limb) -> bool:
    return max(limb[0][0], limb[1][0]) > 45 and limb[0][1] < 40
