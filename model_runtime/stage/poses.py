"""How a body stands in each action: joint angles over a cycle of drawings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import cos, pi, sin
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
}
PHASES = 4  # a clip starts at one of so many places in its cycle

# Degrees from hanging straight down: (forward, as seen from the side; outward, as seen from the front), for the
# upper and the lower half of a limb.
Bend: TypeAlias = tuple[float, float]
Limb: TypeAlias = tuple[Bend, Bend]


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
    mouth: float = 0.0  # 0 closed .. 1 open
    seated: bool = False
    pointing: bool = False

    @property
    def upper(self) -> tuple[float, float, bool]:
        """All that changes the look of chest and head: they are drawn once for poses that agree in it."""
        return self.lean, self.mouth, self.seated


REST_ARM: Limb = ((2, 10), (8, 3))
REST_LEG: Limb = ((0, 3), (0, 1))


@cache
def pose(action: str, step: int) -> Pose:
    """The pose at drawing `step` of the action's cycle."""
    turn = 2 * pi * (step % CYCLES[action]) / CYCLES[action]
    return _POSES[action](turn)


def _breath(turn: float) -> float:
    # held on a few drawings: a still figure need not be drawn sixteen times
    return 0.006 * round(1.2 * sin(turn))


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
        seated=True,
    )


def _waving(turn: float) -> Pose:
    wag = 26 * sin(turn)
    return Pose(
        near_arm=REST_ARM,
        far_arm=((62, 72), (152 - wag, 162 - wag)),
        near_leg=REST_LEG,
        far_leg=REST_LEG,
        mouth=0.35,
    )


def _pointing(turn: float) -> Pose:
    jab = 4 * round(1.2 * sin(turn))
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
        mouth=(0.0, 0.5, 1.0)[round(1 + sin(2 * turn + 0.8))],
    )


_POSES = {
    "standing": _standing,
    "walking": _walking,
    "running": _running,
    "sitting": _sitting,
    "waving": _waving,
    "pointing": _pointing,
    "talking": _talking,
}
