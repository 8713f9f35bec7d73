"""Where the camera and the people are at each drawing: shot sizes, moves, travel over the ground."""

from __future__ import annotations

from dataclasses import dataclass

from model_runtime.stage.pen import Point
from model_runtime.stage.scene import Person, Scene

DRAWINGS_PER_SECOND = 12
CLIP_DRAWINGS = 25  # moves are spread over so many drawings, also when fewer are drawn

# Design units: the frame of a wide shot is 144 x 80, x to the right, y down.
FRAME_WIDTH, FRAME_HEIGHT = 144.0, 80.0
ZOOM_FAR_SHARE = 0.6  # of a push in that the far plane takes part in
JITTER = 2.0  # design units a set or a figure may stand aside
CENTRE: Point = (72.0, 40.0)
ZOOM_STEP = 0.18  # how much a push in enlarges over the clip


@dataclass(frozen=True)
class Framing:
    """What a shot size means: enlargement of the set, figure height and place, and what moves how far a drawing.

    Paces are quarters of a design unit, so that most drawings fall on whole pixels.
    """

    set_zoom: float
    set_centre: Point
    figure: float
    head_top: float
    sides: dict[str, float]
    sides_of_two: dict[str, float]
    pan: float
    pan_far: float
    walk: float
    run: float


FRAMINGS = {
    "wide shot": Framing(
        set_zoom=1.0,
        set_centre=(72, 40),
        figure=52.0,
        head_top=22.0,
        sides={"left": 38, "centre": 72, "right": 106},
        sides_of_two={"left": 38, "centre": 72, "right": 106},
        pan=1.25,
        pan_far=0.75,
        walk=0.75,
        run=1.25,
    ),
    "medium shot": Framing(
        set_zoom=1.22,
        set_centre=(72, 33),
        figure=98.0,
        head_top=16.0,
        sides={"left": 40, "centre": 72, "right": 104},
        sides_of_two={"left": 38, "centre": 72, "right": 106},
        pan=1.0,
        pan_far=0.5,
        walk=0.5,
        run=1.0,
    ),
    "close-up": Framing(
        set_zoom=1.5,
        set_centre=(72, 30),
        figure=190.0,
        head_top=14.0,
        sides={"left": 52, "centre": 72, "right": 92},
        sides_of_two={"left": 39, "centre": 72, "right": 105},
        pan=0.75,
        pan_far=0.5,
        walk=0.25,
        run=0.25,
    ),
}


@dataclass(frozen=True)
class View:
    """The camera at one drawing, for one plane: a point p lands at CENTRE + zoom * (p - CENTRE) + (shift, 0)."""

    zoom: float
    shift: float


STILL = View(1.0, 0.0)


def views(scene: Scene, drawing: int) -> tuple[View, View]:
    """The near and the far plane's view at a drawing."""
    share = drawing / (CLIP_DRAWINGS - 1)
    if scene.move.startswith("pan"):
        # the camera turns left: what it sees moves right
        way = 1 if scene.move == "pan left" else -1
        framing = FRAMINGS[scene.size]
        middle = (CLIP_DRAWINGS - 1) / 2
        away = way * (drawing - middle)
        return View(1.0, framing.pan * away), View(1.0, framing.pan_far * away)
    if scene.move in ("push in", "pull out"):
        step = ZOOM_STEP * (share if scene.move == "push in" else 1.0 - share)
        return View(1.0 + step, 0.0), View(1.0 + step * ZOOM_FAR_SHARE, 0.0)
    return STILL, STILL


def furthest_pan(size: str) -> float:
    """How far a pan takes the near plane out of the frame, in design units."""
    return FRAMINGS[size].pan * (CLIP_DRAWINGS - 1) / 2


def travel(person: Person, scene: Scene, drawing: int) -> tuple[float, float]:
    """How far a walker has come, in design units to the right, and how much larger when coming at us."""
    framing = FRAMINGS[scene.size]
    pace = {"walking": framing.walk, "running": framing.run}.get(person.action, 0.0)
    away = pace * (drawing - (CLIP_DRAWINGS - 1) / 2)
    if person.facing == "us":
        return 0.0, 1.0 + away / 110.0 if pace else 1.0
    return (away if person.facing == "right" else -away), 1.0
