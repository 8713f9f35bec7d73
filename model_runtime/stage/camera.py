"""Where the camera is: what each shot size and angle means, the moves, and how far people travel.

Design units: the frame of a wide shot at 144 x 80 is 144 x 80 units, x to the right, y down, its middle at CENTRE.
A frame of another aspect sees as many square units around that middle, so that nothing is drawn coarser in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import sqrt

from model_runtime.stage.figures.poses import STRIDES
from model_runtime.stage.pen import Point
from model_runtime.stage.scene import Person, Scene, Subject

DRAWINGS_PER_SECOND = 12
CLIP_DRAWINGS = 25  # moves are spread over so many drawings, also when fewer are drawn
MIDDLE_DRAWING = (CLIP_DRAWINGS - 1) / 2

FRAME_WIDTH, FRAME_HEIGHT = 144.0, 80.0
CENTRE: Point = (72.0, 40.0)
SET_HORIZON = 34.0  # the height at which sets are drawn with their horizon
JITTER = 2.0  # design units a set or a figure may stand aside
ZOOM_STEP = 0.20  # how much a push in enlarges over the clip
ZOOM_FAR_SHARE = 0.6  # of a push in that the far plane takes part in
GROWTH = 110.0  # design units of travel toward us that double a figure


@dataclass(frozen=True)
class Framing:
    """What a shot size means: enlargement of the set, how far aside people stand, what moves how far a drawing.

    Paces are quarters of a design unit, so that most drawings fall on whole pixels.
    """

    set_zoom: float
    set_centre: Point
    aside: tuple[float, float]  # from the middle, of one person alone and of two
    pan: float
    truck: tuple[float, float]  # of the near and the far plane
    walk: float
    run: float


FRAMINGS = {
    "extreme wide shot": Framing(0.48, (72, 38), (36, 36), pan=0.75, truck=(0.75, 0.25), walk=0.25, run=0.5),
    "wide shot": Framing(1.0, (72, 40), (34, 34), pan=1.0, truck=(1.25, 0.5), walk=0.75, run=1.25),
    "medium shot": Framing(1.22, (72, 33), (32, 34), pan=1.0, truck=(1.25, 0.5), walk=0.5, run=1.0),
    "close-up": Framing(1.5, (72, 30), (20, 33), pan=0.75, truck=(1.0, 0.25), walk=0.25, run=0.25),
}
TILT = 0.5


@dataclass(frozen=True)
class Stand:
    """How an angle sees people: the horizon in the frame, the height of a figure, of the camera in figures."""

    horizon: float
    figure: float
    eye: float


# By angle and size. A figure's feet are `eye` of its height below the horizon, however far away it stands.
STANDS = {
    "eye level": {
        "extreme wide shot": Stand(38, 22, 0.86),
        "wide shot": Stand(34, 52, 0.77),
        "medium shot": Stand(41, 98, 0.745),
        "close-up": Stand(46, 190, 0.83),
    },
    "high angle": {
        "extreme wide shot": Stand(12, 19, 2.2),
        "wide shot": Stand(9, 43, 1.42),
        "medium shot": Stand(8, 80, 1.08),
        "close-up": Stand(6, 158, 1.05),
    },
    "low angle": {
        "extreme wide shot": Stand(62, 25, 0.40),
        "wide shot": Stand(61, 62, 0.26),
        "medium shot": Stand(67, 106, 0.46),
        "close-up": Stand(72, 205, 0.70),
    },
}


@dataclass(frozen=True)
class Slant:
    """What an angle does to upright lines and to the ground.

    `lean`: how much wider the frame's foot is drawn than its head; `ground`: how steeply the ground is seen, 1 as
    the sets are drawn; `head`: how large heads look; `stretch`: height of figures against their width.
    """

    lean: float = 0.0
    ground: float = 1.0
    head: float = 1.0
    stretch: float = 1.0


SLANTS = {
    "high angle": Slant(lean=-0.30, ground=1.25, head=1.14, stretch=0.86),
    "low angle": Slant(lean=0.32, ground=0.55, head=0.92, stretch=1.08),
}
LEVEL = Slant()


@dataclass(frozen=True)
class Sight:
    """What the camera sees at rest: decided by size, angle and the frame's aspect alone. Design units."""

    size: str
    left: float
    top: float
    width: float
    height: float
    taller: float  # than in a frame of 144 x 80 everything is drawn
    horizon: float
    figure: float  # height of an adult at the middle distance
    eye: float  # height of the camera, in figures
    slant: Slant
    reach: tuple[float, float]  # how far a move may take the frame to either side, up or down

    @property
    def bottom(self) -> float:
        return self.top + self.height

    def feet(self, figure: float) -> float:
        """The row on which a figure of this height stands on the ground."""
        return self.horizon + self.eye * figure


@cache
def sight_of(size: str, angle: str, width: int, height: int) -> Sight:
    """Of a frame of so many pixels."""
    stand = STANDS.get(angle, STANDS["eye level"])[size]
    wide = sqrt(FRAME_WIDTH * FRAME_HEIGHT * width / height)
    high = wide * height / width
    taller = sqrt(high / FRAME_HEIGHT)
    return Sight(
        size=size,
        left=CENTRE[0] - wide / 2,
        top=CENTRE[1] - high / 2,
        width=wide,
        height=high,
        taller=taller,
        horizon=CENTRE[1] + (stand.horizon - CENTRE[1]) * high / FRAME_HEIGHT,
        figure=stand.figure * taller,
        eye=stand.eye,
        slant=SLANTS.get(angle, LEVEL),
        reach=(furthest_pan(size) + JITTER, TILT * MIDDLE_DRAWING),
    )


@dataclass(frozen=True)
class View:
    """The camera at one drawing, for one plane: a point p lands at CENTRE + zoom * (p - CENTRE) + (x, y)."""

    zoom: float = 1.0
    x: float = 0.0
    y: float = 0.0


# what a move makes the picture do: a camera that turns left sees it go right
WAYS = {"left": 1.0, "right": -1.0, "up": 1.0, "down": -1.0}


def views(scene: Scene, drawing: int) -> tuple[View, View]:
    """The near and the far plane's view at a drawing. A pan or tilt takes both along, a truck leaves the far one."""
    framing = FRAMINGS[scene.size]
    kind, _, way = scene.move.partition(" ")
    if kind in ("push", "pull"):
        share = drawing / (CLIP_DRAWINGS - 1)
        step = ZOOM_STEP * (share if kind == "push" else 1.0 - share)
        return View(1.0 + step), View(1.0 + step * ZOOM_FAR_SHARE)
    away = WAYS.get(way, 0.0) * (drawing - MIDDLE_DRAWING)
    if kind == "tilt":
        return View(y=TILT * away), View(y=TILT * away)
    near, far = framing.truck if kind == "truck" else (framing.pan, framing.pan)
    return View(x=near * away), View(x=far * away)


def view_between(views: tuple[View, View], parallax: float) -> View:
    """Of what stands at `parallax`: 1 moves with the near plane, 0 with the far one, more is nearer still."""
    near, far = views
    return View(near.zoom, far.x + (near.x - far.x) * parallax, near.y)


def furthest_pan(size: str) -> float:
    """How far a move takes the near plane out of the frame, in design units."""
    return max(FRAMINGS[size].pan, FRAMINGS[size].truck[0]) * MIDDLE_DRAWING


def pace(subject: Subject, size: str) -> float:
    """Design units a drawing that a subject goes over the ground."""
    framing = FRAMINGS[size]
    if not isinstance(subject, Person):
        return framing.run if subject.motion == "moving" else 0.0
    stride = STRIDES.get(subject.action, 0.0)
    return stride * (framing.run if subject.action in ("running", "driving") else framing.walk)


def travel(subject: Subject, size: str, drawing: int) -> tuple[float, float]:
    """How far a subject has come: design units to the right, and how much larger when it comes at us."""
    away = pace(subject, size) * (drawing - MIDDLE_DRAWING)
    toward_us = {"us": 1.0, "away": -1.0}.get(subject.facing)
    if toward_us is not None:
        near = min(GROWTH, 2.1 * STANDS["eye level"][size].figure)
        return 0.0, 1.0 + toward_us * away / near
    return (away if subject.facing == "right" else -away), 1.0
