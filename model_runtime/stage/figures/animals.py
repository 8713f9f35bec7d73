"""Dog, cat, horse and bird: legs that run, wings that beat, seen from the side, the front and behind.

In heights of an adult: the origin is the ground under the animal's middle, y grows upwards, x is the way it faces.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, radians, sin

from model_runtime.stage.figures.look import Turn
from model_runtime.stage.light import shaded
from model_runtime.stage.pen import Colour, Pen, Point

CYCLE = 8
FLIGHT = 0.46  # how high above the ground a flying bird's body is: low, so that near shots keep it in the frame
EYE_WHITE: Colour = (246, 246, 240)
BEAK: Colour = (240, 164, 52)


@dataclass(frozen=True)
class Beast:
    """Measures of a four-legged animal seen from the side."""

    hind: Point  # where the trunk ends
    front: Point  # and where it begins
    trunk: float  # its thickness
    leg: float  # thickness of a leg
    stride: float  # degrees a running leg swings to either side
    head: Point
    neck: float  # its thickness
    skull: tuple[float, float]
    muzzle: Point  # from the middle of the head
    snout: tuple[float, float]
    ears: str  # "hanging", "pointed" or "upright"
    tail: tuple[Point, ...]
    tail_width: float
    mane: bool = False

    @property
    def hip(self) -> float:
        return self.hind[1]


DOG = Beast(
    hind=(-0.19, 0.265),
    front=(0.13, 0.275),
    trunk=0.155,
    leg=0.052,
    stride=38,
    head=(0.24, 0.405),
    neck=0.105,
    skull=(0.080, 0.072),
    muzzle=(0.082, -0.022),
    snout=(0.056, 0.040),
    ears="hanging",
    tail=((-0.25, 0.30), (-0.32, 0.37), (-0.33, 0.46)),
    tail_width=0.038,
)
CAT = Beast(
    hind=(-0.13, 0.165),
    front=(0.08, 0.170),
    trunk=0.120,
    leg=0.040,
    stride=34,
    head=(0.165, 0.250),
    neck=0.075,
    skull=(0.074, 0.066),
    muzzle=(0.040, -0.018),
    snout=(0.030, 0.024),
    ears="pointed",
    tail=((-0.18, 0.18), (-0.26, 0.24), (-0.25, 0.34), (-0.21, 0.40)),
    tail_width=0.034,
)
HORSE = Beast(
    hind=(-0.34, 0.640),
    front=(0.27, 0.650),
    trunk=0.285,
    leg=0.078,
    stride=34,
    head=(0.52, 0.985),
    neck=0.185,
    skull=(0.090, 0.080),
    muzzle=(0.120, -0.095),
    snout=(0.072, 0.056),
    ears="upright",
    tail=((-0.46, 0.70), (-0.57, 0.58), (-0.55, 0.36)),
    tail_width=0.085,
    mane=True,
)
BEASTS = {"dog": DOG, "cat": CAT, "horse": HORSE}


def draw_beast(pen: Pen, name: str, colour: Colour, turn: Turn, step: int, *, moving: bool) -> None:
    beast = BEASTS[name]
    if turn == "side":
        _beast_aside(pen, beast, colour, step, moving=moving)
    else:
        _beast_ahead(pen, beast, colour, turn, step, moving=moving)


def _beast_aside(pen: Pen, beast: Beast, colour: Colour, step: int, *, moving: bool) -> None:
    turn = 2 * pi * (step % CYCLE) / CYCLE
    bound = 0.06 * beast.hip * abs(sin(turn)) if moving else 0.0
    dark = shaded(colour, 0.72)
    far_phases, near_phases = (0.4 * pi, 1.25 * pi), (0.0, 0.9 * pi)
    for foot, phase in zip((beast.hind, beast.front), far_phases, strict=True):
        _leg(pen, beast, (foot[0] + 0.2 * beast.trunk, foot[1] + bound), turn + phase, dark, moving=moving)
    wag = 0.0 if moving else 0.05 * beast.hip * round(1.4 * sin(turn))
    tail = [(x + (wag if i else 0.0), y + bound) for i, (x, y) in enumerate(beast.tail)]
    pen.limb(tail, dark if beast.mane else colour, beast.tail_width)
    for foot, phase in zip((beast.hind, beast.front), near_phases, strict=True):
        _leg(pen, beast, (foot[0], foot[1] + bound), turn + phase, colour, moving=moving)
    _trunk(pen, beast, colour, bound)
    _head_aside(pen, beast, colour, bound)


def _leg(pen: Pen, beast: Beast, hip: Point, turn: float, colour: Colour, *, moving: bool) -> None:
    swing = radians(beast.stride * sin(turn)) if moving else 0.0
    lift = radians(70 * max(0.0, cos(turn))) if moving else 0.0
    upper, lower = 0.5 * beast.hip, 0.5 * beast.hip - beast.leg / 2
    knee = (hip[0] + upper * sin(swing), hip[1] - upper * cos(swing))
    foot = (knee[0] + lower * sin(swing - lift), knee[1] - lower * cos(swing - lift))
    pen.limb((hip, knee, foot), colour, beast.leg)


def _trunk(pen: Pen, beast: Beast, colour: Colour, bound: float) -> None:
    hind, front = (beast.hind[0], beast.hind[1] + bound), (beast.front[0], beast.front[1] + bound)
    head = (beast.head[0], beast.head[1] + bound)
    pen.limb((hind, front), colour, beast.trunk)
    throat = (front[0] + 0.1 * beast.trunk, front[1] + 0.15 * beast.trunk)
    pen.limb((throat, head), colour, beast.neck)
    # the neck's outline must not run through the shoulder
    pen.stroke((hind, front, throat), colour, width=beast.neck)
    low = -0.30 * beast.trunk
    pen.stroke(((hind[0], hind[1] + low), (front[0], front[1] + low)), shaded(colour, 0.84), width=0.34 * beast.trunk)


def _head_aside(pen: Pen, beast: Beast, colour: Colour, bound: float) -> None:
    x, y = beast.head[0], beast.head[1] + bound
    dark = shaded(colour, 0.62)
    if beast.mane:
        neck = (beast.front[0] - 0.02, beast.front[1] + 0.16 + bound)
        pen.limb(((x - 0.06, y + 0.07), (x - 0.13, y - 0.06), neck), dark, 0.075)
    if beast.ears != "hanging":
        _upright_ears(pen, beast, (x, y), colour)
    snout = (x + beast.muzzle[0], y + beast.muzzle[1])
    if beast.mane:
        pen.limb(((x, y), snout), colour, 2 * beast.snout[0])
        pen.oval((snout[0] + 0.02, snout[1]), 0.048, 0.044, dark, inked=False)
    else:
        pen.oval(snout, *beast.snout, colour)
        pen.oval((x, y), *beast.skull, colour)
        pen.oval((snout[0] - 0.01, snout[1]), beast.snout[0], beast.snout[1] * 0.86, colour, inked=False)
        pen.disc((snout[0] + 0.8 * beast.snout[0], snout[1] + 0.012), 0.2 * beast.skull[0], pen.ink, inked=False)
    if beast.ears == "hanging":
        ear = ((x - 0.055, y + 0.050), (x - 0.005, y + 0.045), (x - 0.020, y - 0.065), (x - 0.070, y - 0.055))
        pen.shape(ear, dark)
    pen.disc((x + 0.34 * beast.skull[0], y + 0.16 * beast.skull[1]), 0.17 * beast.skull[0], pen.ink, inked=False)


def _upright_ears(pen: Pen, beast: Beast, head: Point, colour: Colour) -> None:
    x, y = head
    wide, high = beast.skull[0] * 0.48, beast.skull[1] * (1.85 if beast.ears == "pointed" else 2.1)
    for middle, tone in ((0.35, shaded(colour, 0.8)), (-0.45, colour)):
        at = x + middle * beast.skull[0]
        pen.shape(((at - wide, y + 0.4 * beast.skull[1]), (at, y + high), (at + wide, y + 0.4 * beast.skull[1])), tone)


def _beast_ahead(pen: Pen, beast: Beast, colour: Colour, turn: Turn, step: int, *, moving: bool) -> None:
    """From the front or behind: legs under a round trunk, head or tail before it."""
    phase = 2 * pi * (step % CYCLE) / CYCLE
    half = 0.62 * beast.trunk
    for side in (-1, 1):
        lift = 0.16 * beast.hip * max(0.0, side * sin(phase)) if moving else 0.0
        x = side * 0.58 * half
        pen.limb(((x, beast.hip), (x, 0.5 * beast.leg + lift)), colour, beast.leg * 1.1)
    # the neck comes toward us, so that it looks shorter
    head_y = beast.hip + (1.0 if turn == "back" else 0.72) * (beast.head[1] - beast.hip)
    if turn == "back":
        pen.limb(((0.0, beast.hip), (0.0, head_y)), colour, beast.neck)
        _head_ahead(pen, beast, colour, head_y, face=False)
    pen.oval((0.0, beast.hip), half, 0.66 * beast.trunk, colour)
    if turn == "back":
        sway = half * (0.7 + 0.3 * round(1.4 * sin(phase)))
        root = beast.hip + 0.30 * beast.trunk
        rise = 0.7 * (beast.tail[-1][1] - beast.tail[0][1])
        tail = ((0.0, root), (0.5 * sway, root + 0.45 * rise), (sway, root + rise))
        pen.limb(tail, shaded(colour, 0.8), 0.85 * beast.tail_width)
        return
    pen.limb(((0.0, beast.hip + 0.2 * beast.trunk), (0.0, head_y)), colour, beast.neck)
    _head_ahead(pen, beast, colour, head_y, face=True)


def _head_ahead(pen: Pen, beast: Beast, colour: Colour, y: float, *, face: bool) -> None:
    wide, high = beast.skull
    dark = shaded(colour, 0.62)
    if beast.ears == "hanging":
        for side in (-1, 1):
            pen.oval((side * wide * 1.0, y - 0.1 * high), 0.36 * wide, 0.85 * high, dark)
    else:
        _upright_ears(pen, beast, (0.0, y), colour)
    pen.oval((0.0, y), wide, high, colour)
    if not face:
        return
    drop = abs(beast.muzzle[1]) + 0.02
    pen.oval((0.0, y - drop), 0.62 * wide, max(0.5 * high, 0.9 * drop), colour)
    nose_y = y - drop - (0.5 * drop if beast.mane else 0.0)
    pen.oval((0.0, nose_y), 0.26 * wide, 0.18 * wide, pen.ink, inked=False)
    for side in (-1, 1):
        pen.disc((side * 0.46 * wide, y + 0.2 * high), 0.18 * wide, pen.ink, inked=False)


# bird


def draw_bird(pen: Pen, colour: Colour, turn: Turn, step: int, *, moving: bool) -> None:
    """A large bird: on its legs when it stands, beating its wings at FLIGHT above the ground when it moves."""
    if not moving:
        _standing_bird(pen, colour, turn, step)
    elif turn == "side":
        _flying_bird(pen, colour, step)
    else:
        _bird_ahead(pen, colour, turn, step)


def _standing_bird(pen: Pen, colour: Colour, turn: Turn, step: int) -> None:
    side = turn == "side"
    dip = 0.012 if (step % CYCLE) in (2, 3) else 0.0
    for x in (-0.03, 0.04):
        pen.limb(((x, 0.16), (x, 0.012), (x + 0.04, 0.008)), BEAK, 0.016)
    if not side:
        pen.oval((0.0, 0.225), 0.105, 0.115, colour)
        _bird_head(pen, colour, (0.0, 0.385 - dip), turn)
        return
    tail = ((-0.14, 0.25), (-0.31, 0.20), (-0.30, 0.15), (-0.12, 0.17))
    pen.shape(tail, shaded(colour, 0.7))
    pen.oval((0.0, 0.225), 0.160, 0.095, colour)
    pen.limb(((0.10, 0.26), (0.155, 0.375 - dip)), colour, 0.085)
    wing = ((0.06, 0.26), (-0.02, 0.285), (-0.22, 0.22), (-0.06, 0.175))
    pen.shape(wing, shaded(colour, 0.78))
    _bird_head(pen, colour, (0.165, 0.385 - dip), turn)


def _bird_head(pen: Pen, colour: Colour, head: Point, turn: Turn) -> None:
    x, y = head
    if turn == "side":
        pen.shape(((x + 0.04, y + 0.030), (x + 0.155, y - 0.008), (x + 0.04, y - 0.030)), BEAK)
    pen.disc(head, 0.066, colour)
    if turn == "side":
        pen.disc((x + 0.022, y + 0.016), 0.014, pen.ink, inked=False)
    elif turn == "front":
        pen.shape(((x - 0.024, y), (x + 0.024, y), (x, y - 0.052)), BEAK)
        for way in (-1, 1):
            pen.disc((x + way * 0.030, y + 0.018), 0.013, pen.ink, inked=False)


def _flying_bird(pen: Pen, colour: Colour, step: int) -> None:
    beat = cos(2 * pi * (step % CYCLE) / CYCLE)
    y = FLIGHT - 0.03 * beat
    tip = y + 0.05 + 0.34 * beat
    far = ((0.10, y + 0.03), (0.12, y + 0.6 * (tip - y)), (0.02, tip + 0.03), (-0.10, y + 0.03))
    pen.shape(far, shaded(colour, 0.62))
    pen.shape(((-0.14, y + 0.02), (-0.33, y + 0.05), (-0.31, y - 0.04), (-0.14, y - 0.03)), shaded(colour, 0.7))
    pen.oval((0.0, y), 0.19, 0.075, colour)
    _bird_head(pen, colour, (0.205, y + 0.045), "side")
    near = (
        (0.11, y + 0.02),
        (0.06, y + 0.6 * (tip - y)),
        (-0.14, tip),
        (-0.12, y + 0.3 * (tip - y)),
        (-0.10, y + 0.01),
    )
    pen.shape(near, shaded(colour, 0.84))


def _bird_ahead(pen: Pen, colour: Colour, turn: Turn, step: int) -> None:
    beat = cos(2 * pi * (step % CYCLE) / CYCLE)
    y = FLIGHT - 0.03 * beat
    for side in (-1, 1):
        elbow = (side * 0.20, y + 0.04 + 0.16 * beat)
        tip = (side * 0.40, y + 0.02 + 0.24 * beat)
        pen.shape(
            ((side * 0.05, y + 0.05), elbow, tip, (side * 0.22, elbow[1] - 0.09), (side * 0.05, y - 0.04)), colour
        )
    pen.oval((0.0, y), 0.085, 0.085, shaded(colour, 0.88))
    _bird_head(pen, colour, (0.0, y + 0.055), turn)
