"""How a body stands in each action: joint angles over a cycle of drawings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import acos, cos, degrees, pi, sin
from typing import TypeAlias

# Drawings a cycle. Divisors of 16, so that the phases of a clip line up with the eight drawings a latent holds.
CYCLES = {
    "standing": 16,
    "walking": 16,
    "running": 8,
    "sitting": 16,
    "waving": 8,
    "pointing": 16,
    "talking": 8,
    "kneeling": 16,
    "jumping": 16,
    "dancing": 16,
    "drinking": 16,
    "reading": 16,
    "phoning": 16,
    "carrying a box": 16,
    "lying": 16,
    "opening a door": 16,
    "driving": 8,
    "hugging": 16,
}
PHASES = 4  # a clip starts at one of so many places in its cycle
# How far an action carries its figure, as a share of the pace of who walks or, for "running", runs.
STRIDES = {"walking": 1.0, "running": 1.0, "carrying a box": 0.75, "driving": 1.0}

SEATED_DROP = 0.20  # how far the hips of a seated figure are below those of a standing one
KNEELING_DROP = 0.195
DRIVING_DROP = 0.12
LEG = 0.44  # length of a straight leg

# Degrees from hanging straight down: (forward, as seen from the side; outward, as seen from the front), for the
# upper and the lower half of a limb.
Bend: TypeAlias = tuple[float, float]
Limb: TypeAlias = tuple[Bend, Bend]
UpperKey: TypeAlias = tuple[float, float, float, float, float, bool]


@dataclass(frozen=True)
class Pose:
    """Angles of the limbs. `near` is the side turned to the picture's left when the figure faces us."""

    near_arm: Limb
    far_arm: Limb
    near_leg: Limb
    far_leg: Limb
    rise: float = 0.0  # of the whole body, in figure heights
    breath: float = 0.0  # of what is above the hips only
    lean: float = 0.0  # forward, in figure widths at the shoulder
    tilt: float = 0.0  # to the picture's right when seen flat on, in figure heights at the shoulder
    bow: float = 0.0  # of the head: 1 looks down on the hands, -1 is thrown back
    drop: float = 0.0  # of the hips below those of a standing figure, in figure heights
    mouth: float = 0.0  # 0 closed .. 1 open
    seated: bool = False
    kneeling: bool = False
    lying: bool = False  # the whole figure lies on the ground: see Body.draw_lying
    pointing: bool = False
    legs: bool = True  # False where a car hides them
    holds: str = ""  # "", "box", "phone", "book", "cup"

    @property
    def upper(self) -> UpperKey:
        """All that changes the look of chest and head: they are drawn once for poses that agree in it."""
        return self.lean, self.tilt, self.bow, self.mouth, self.drop, self.seated


REST_ARM: Limb = ((2, 10), (8, 3))
REST_LEG: Limb = ((0, 3), (0, 1))


@cache
def pose(action: str, step: int) -> Pose:
    """The pose at drawing `step` of the action's cycle."""
    turn = 2 * pi * (step % CYCLES[action]) / CYCLES[action]
    return _POSES[action](turn)


def _steps(value: float, number: float = 1.2) -> float:
    """-1, 0 or 1: held on a few drawings, since a still figure need not be drawn sixteen times."""
    return float(round(number * value))


def _breath(turn: float) -> float:
    return 0.006 * _steps(sin(turn))


def _talks(turn: float) -> float:
    return (0.0, 0.5, 1.0)[round(1 + sin(turn))]


def _standing(turn: float) -> Pose:
    return Pose(REST_ARM, REST_ARM, REST_LEG, REST_LEG, breath=_breath(turn))


def _stride(turn: float, reach: float, lift: float) -> Limb:
    thigh = reach * sin(turn)
    shin = thigh - lift * max(0.0, cos(turn)) - 4
    return (thigh, 2), (shin, 1)


def _walking(turn: float) -> Pose:
    swing = 24 * sin(turn)
    return Pose(
        near_arm=((-swing, 8), (-swing + 14, 2)),
        far_arm=((swing, 8), (swing + 14, 2)),
        near_leg=_stride(turn, 25, 34),
        far_leg=_stride(turn + pi, 25, 34),
        rise=0.014 * abs(cos(turn)) - 0.01,
        lean=0.02,
        tilt=0.014 * _steps(sin(turn)),
    )


def _running(turn: float) -> Pose:
    swing = 48 * sin(turn)
    return Pose(
        near_arm=((-swing - 8, 10), (-swing + 80, -6)),
        far_arm=((swing - 8, 10), (swing + 80, -6)),
        near_leg=_stride(turn, 46, 84),
        far_leg=_stride(turn + pi, 46, 84),
        rise=0.040 * abs(cos(turn)) - 0.02,
        lean=0.09,
    )


def _sitting(turn: float) -> Pose:
    return Pose(
        near_arm=((22, 12), (62, -8)),
        far_arm=((22, 12), (62, -8)),
        near_leg=((84, 8), (4, 2)),
        far_leg=((84, 8), (10, 2)),
        breath=_breath(turn),
        drop=SEATED_DROP,
        seated=True,
    )


def _waving(turn: float) -> Pose:
    wag = 26 * sin(turn)
    return Pose(
        near_arm=REST_ARM,
        far_arm=((84, 98), (158 - wag, 168 - wag)),
        near_leg=REST_LEG,
        far_leg=REST_LEG,
        mouth=0.35,
    )


def _pointing(turn: float) -> Pose:
    jab = 4 * _steps(sin(turn))
    return Pose(
        near_arm=REST_ARM,
        far_arm=((80 + jab, 76 + jab), (98 + jab, 98 + jab)),
        near_leg=REST_LEG,
        far_leg=REST_LEG,
        lean=0.01,
        pointing=True,
    )


def _talking(turn: float) -> Pose:
    gesture = sin(turn)
    return Pose(
        near_arm=((8, 14), (74 + 20 * gesture, -12)),
        far_arm=((34, 30), (122 - 24 * gesture, 40 - 16 * gesture)),
        near_leg=REST_LEG,
        far_leg=REST_LEG,
        breath=0.006 * round(gesture),
        mouth=_talks(2 * turn + 0.8),
    )


def _kneeling(turn: float) -> Pose:
    return Pose(
        near_arm=((34, 12), (58, -10)),
        far_arm=((20, 14), (40, 4)),
        near_leg=((88, 4), (2, 2)),
        far_leg=((4, 6), (-84, 2)),
        breath=_breath(turn),
        lean=0.03,
        bow=0.5,
        drop=KNEELING_DROP,
        kneeling=True,
    )


def _jumping(turn: float) -> Pose:
    """Half of the cycle in the air, half in the crouch between two jumps."""
    air, crouch = max(0.0, sin(turn)), max(0.0, -sin(turn))
    rise = 0.21 * air - 0.075 * crouch
    bent = degrees(acos(min(1.0, (LEG + min(0.0, rise)) / LEG)))
    return Pose(
        near_arm=((-24 * crouch + 140 * air, 16 + 124 * air), (-10 * crouch + 160 * air, 8 + 142 * air)),
        far_arm=((-24 * crouch + 120 * air, 16 + 124 * air), (-10 * crouch + 150 * air, 8 + 142 * air)),
        near_leg=((bent + 40 * air, 3 + 20 * air), (-bent - 50 * air, 1 + 14 * air)),
        far_leg=((bent - 20 * air, 3 + 20 * air), (-bent - 80 * air, 1 + 14 * air)),
        rise=rise,
        lean=0.05 * _steps(crouch),
        mouth=0.6,
    )


def _dancing(turn: float) -> Pose:
    swing = sin(turn)
    left, right = max(0.0, swing), max(0.0, -swing)
    return Pose(
        near_arm=((70 + 60 * left, 70 + 62 * left), (110 + 70 * left, 100 + 82 * left)),
        far_arm=((70 + 60 * right, 70 + 62 * right), (110 + 70 * right, 100 + 82 * right)),
        near_leg=((6 + 40 * right, 8 + 16 * right), (-4 - 44 * right, 4 - 12 * right)),
        far_leg=((-6 + 40 * left, 8 + 16 * left), (-4 - 44 * left, 4 - 12 * left)),
        rise=0.02 * abs(swing) - 0.01,
        tilt=0.03 * _steps(swing, 1.4),
        mouth=0.35,
    )


def _drinking(turn: float) -> Pose:
    tipped = 0.5 - 0.5 * cos(turn)  # 0: the cup before the chest, 1: at the mouth
    held = round(3 * tipped) / 3
    return Pose(
        near_arm=((40 + 10 * held, 32 + 8 * held), (130 + 40 * held, 208 + 22 * held)),
        far_arm=REST_ARM,
        near_leg=REST_LEG,
        far_leg=REST_LEG,
        bow=-0.5 * _steps(tipped, 1.0),
        holds="cup",
    )


def _reading(turn: float) -> Pose:
    return Pose(
        near_arm=((20, 18), (112, -25)),
        far_arm=((20, 18), (108, -25)),
        near_leg=REST_LEG,
        far_leg=REST_LEG,
        breath=_breath(turn),
        bow=0.8,
        holds="book",
    )


def _phoning(turn: float) -> Pose:
    return Pose(
        near_arm=((58, 75), (207, 205)),
        far_arm=((8, 14), (30, 6)),
        near_leg=REST_LEG,
        far_leg=REST_LEG,
        breath=_breath(turn),
        mouth=_talks(2 * turn + 0.8),
        holds="phone",
    )


def _carrying(turn: float) -> Pose:
    return Pose(
        near_arm=((10, 14), (80, -10)),
        far_arm=((10, 14), (80, -10)),
        near_leg=_stride(turn, 19, 28),
        far_leg=_stride(turn + pi, 19, 28),
        rise=0.010 * abs(cos(turn)) - 0.008,
        lean=-0.02,
        holds="box",
    )


def _lying(turn: float) -> Pose:
    return Pose(
        near_arm=((12, 16), (26, 10)),
        far_arm=((150, 128), (214, 214)),
        near_leg=((46, 8), (-34, 3)),
        far_leg=((4, 4), (0, 2)),
        breath=_breath(turn),
        lying=True,
    )


def _opening(turn: float) -> Pose:
    pull = opened(turn)
    return Pose(
        near_arm=REST_ARM,
        far_arm=((52 + 26 * pull, 44 + 34 * pull), (74 + 20 * pull, 74 + 18 * pull)),
        near_leg=((10, 3), (4, 1)),
        far_leg=((-8, 3), (-12, 1)),
        lean=0.03,
    )


def opened(turn: float) -> float:
    """How wide the door of who opens one stands, 0 to 1."""
    return 0.55 - 0.45 * cos(turn)


def _driving(turn: float) -> Pose:
    steer = 8 * _steps(sin(turn))
    return Pose(
        near_arm=((52 + steer, 18), (84 + steer, -12)),
        far_arm=((52 - steer, 18), (84 - steer, -12)),
        near_leg=((84, 8), (50, 2)),
        far_leg=((84, 8), (50, 2)),
        breath=0.006 * _steps(cos(turn)),
        drop=DRIVING_DROP,
        seated=True,
        legs=False,
    )


def _hugging(turn: float) -> Pose:
    return Pose(
        near_arm=((62, 40), (84, -64)),
        far_arm=((82, 40), (100, -56)),
        near_leg=((-6, 3), (-6, 1)),
        far_leg=((-2, 3), (-4, 1)),
        breath=_breath(turn),
        lean=0.06 + 0.008 * _steps(sin(turn)),
        bow=0.4,
    )


_POSES = {
    "standing": _standing,
    "walking": _walking,
    "running": _running,
    "sitting": _sitting,
    "waving": _waving,
    "pointing": _pointing,
    "talking": _talking,
    "kneeling": _kneeling,
    "jumping": _jumping,
    "dancing": _dancing,
    "drinking": _drinking,
    "reading": _reading,
    "phoning": _phoning,
    "carrying a box": _carrying,
    "lying": _lying,
    "opening a door": _opening,
    "driving": _driving,
    "hugging": _hugging,
}
