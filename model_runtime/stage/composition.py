"""Where people, animals and vehicles stand in the frame: sides, depth, two-shots, over a shoulder.

Everything on the ground obeys one rule: its feet are as far below the horizon as its size and the camera's height say
(Sight.feet), so that what is smaller also stands farther up. Larger shots bend it to keep heads in the frame.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from model_runtime.stage.backing import ground_of, row_of
from model_runtime.stage.camera import CENTRE, FRAME_WIDTH, FRAMINGS, JITTER, SET_HORIZON, Sight
from model_runtime.stage.figures.animals import FLIGHT
from model_runtime.stage.figures.look import BUILDS, KINDS
from model_runtime.stage.figures.poses import PHASES
from model_runtime.stage.figures.things import HALF_LENGTHS, HEIGHTS
from model_runtime.stage.scene import Person, Scene, Subject, Thing

DEPTHS = {"far": 0.62, "middle": 1.0, "near": 1.38}  # of the figure's height
PARALLAXES = {"far": 0.7, "middle": 1.0, "near": 1.3}
LARGE = ("medium shot", "close-up")
# In large shots the camera goes to the face of a tall or a short person: by so much of what they differ.
HEAD_FOLLOWS = {"medium shot": 0.75, "close-up": 0.92}
# A seated or kneeling figure is raised again by so much of the drop of its hips: its face stays in a large shot.
DROP_FOLLOWS = {"medium shot": 0.55, "close-up": 0.75}
HEAD_SIZES = ((22, 52, 98, 190), (1.60, 1.34, 1.14, 1.0))  # heads of small figures are drawn larger
HEADROOM = 0.06  # above the highest head, of the frame's height
CHIN, FACE, HAT = 0.82, 0.19, 0.05  # heights of the chin, of the head above it and of a hat on top
WIDEST = 3.4  # heights of a figure in the share of the frame's width that each person has
HUG, LARGE_HUG = 0.19, 0.14  # from the middle of two who hug, in figure heights
CAR_LENGTH = 2.4  # in figure heights
# Of who is seen over: height in design units, the share of it below the frame, the share of the frame's width aside.
SHOULDER_HEIGHT, SHOULDER_BELOW, SHOULDER_ASIDE = 222.0, 0.67, 0.31
SHOULDER_ROOM = 110.0  # narrower frames, in design units, have smaller shoulders
SHOULDER_PARALLAX, SHOULDER_DIM = 1.5, 0.72
# The share of the frame's height and width an animal or vehicle may fill.
THING_FILLS = {
    "extreme wide shot": (0.5, 0.42),
    "wide shot": (0.62, 0.60),
    "medium shot": (0.62, 0.75),
    "close-up": (0.85, 1.0),
}
BESIDE_PEOPLE = 0.75  # of that width
BETWEEN_LARGE = 0.4  # between two large ones
BESIDE_LARGE = 46.0  # design units from the middle
LEAST_BEHIND = 30.0  # design units: an adult beside what stands behind large people
FLIES = 0.75  # of a bird's flight that a large shot of it goes up with
FOOT_ROOM = 3.0  # design units under an animal that is near, which would be cut off
WATER_ROW, WATER_EYE = 45.0, 0.77  # where boats lie in the sets, and the height those are seen from, in figures


@dataclass(frozen=True)
class Place:
    """One subject with the place and the chances of a clip; design units of the frame."""

    index: int  # in scene.subjects
    subject: Subject
    x: float
    feet: float
    height: float  # of the figure, or of an adult beside an animal or vehicle
    phase: int
    parallax: float = 1.0
    head: float = 1.0  # how large a head is drawn on its body
    dim: float = 1.0
    afloat: bool = False  # between the far and the near plane

    @property
    def person(self) -> Person | None:
        return self.subject if isinstance(self.subject, Person) else None


def places_of(scene: Scene, sight: Sight, rng: np.random.Generator) -> list[Place]:
    """In the order of scene.subjects; each takes the same number of draws from `rng`."""
    people = [_person(scene, sight, index, rng) for index in range(len(scene.people))]
    if scene.angle == "over-the-shoulder":
        people = _over_the_shoulder(people, sight)
    elif len(people) == 2 and all(person.action == "hugging" for person in scene.people):
        people = _hugging(people, LARGE_HUG if scene.size in LARGE else HUG)
    things = [_thing(scene, sight, len(people), thing, rng) for thing in scene.things]
    return [*people, *things]


def half_steps(units: float) -> float:
    """Half design units are whole pixels of every drawing 288 wide: lines stay crisp."""
    return round(units * 2) / 2


def _chances(rng: np.random.Generator) -> tuple[float, int]:
    return float(rng.uniform(-JITTER, JITTER)), int(rng.integers(PHASES))


def _across(side: str, aside: float, sight: Sight) -> float:
    way = {"left": -1, "centre": 0, "right": 1}[side]
    return CENTRE[0] + way * aside * sight.width / FRAME_WIDTH


# People


def _person(scene: Scene, sight: Sight, index: int, rng: np.random.Generator) -> Place:
    person, number = scene.people[index], len(scene.people)
    jitter, phase = _chances(rng)
    adult = min(sight.figure, WIDEST * sight.width / number) * DEPTHS[person.depth]
    if person.action == "driving" and scene.size not in LARGE:
        adult = min(adult, 0.66 * sight.width / CAR_LENGTH)
    height = adult * KINDS[person.kind].height * BUILDS[person.build].height
    feet = sight.feet(adult) - HEAD_FOLLOWS.get(scene.size, 0.0) * (adult - height)
    head = float(np.interp(adult / sight.taller, *HEAD_SIZES)) * sight.slant.head
    if person.action == "lying":
        feet = min(feet, sight.bottom - 0.08 * adult)
    else:
        jump = 0.10 * height if person.action == "jumping" and scene.size in LARGE else 0.0
        feet = max(feet + jump, sight.top + HEADROOM * sight.height + _crown(person, head) * height)
    return Place(
        index=index,
        subject=person,
        x=half_steps(_across(person.side, FRAMINGS[scene.size].aside[number - 1], sight) + jitter),
        feet=max(feet, ground_of(scene.location, sight) + 1.0),
        height=height,
        phase=phase,
        parallax=PARALLAXES[person.depth],
        head=head,
    )


def _crown(person: Person, head: float) -> float:
    """How high the top of a figure is, in figure heights."""
    head *= KINDS[person.kind].head * BUILDS[person.build].head
    return CHIN + FACE * head + (HAT if person.hat else 0.0)


def _hugging(people: list[Place], apart: float) -> list[Place]:
    """Face to face around the middle between their sides, the one on the left still on the left."""
    middle, tall = (people[0].x + people[1].x) / 2, (people[0].height + people[1].height) / 2
    ways = (-1, 1) if people[0].x < people[1].x else (1, -1)
    return [replace(one, x=half_steps(middle + way * apart * tall)) for one, way in zip(people, ways, strict=True)]


def _over_the_shoulder(people: list[Place], sight: Sight) -> list[Place]:
    first, second = people
    assert second.person is not None
    way = -1 if second.person.side == "left" else 1
    shown = SHOULDER_HEIGHT * min(sight.taller, sight.width / SHOULDER_ROOM)
    height = shown * BUILDS[second.person.build].height
    near = replace(
        second,
        x=half_steps(CENTRE[0] + way * SHOULDER_ASIDE * sight.width),
        feet=sight.bottom + SHOULDER_BELOW * height,
        height=height,
        head=1.0,
        parallax=SHOULDER_PARALLAX,
        dim=SHOULDER_DIM,
    )
    # the one who is looked at stands clear of the shoulder
    return [replace(first, x=half_steps(first.x - way * 0.07 * sight.width)), near]


# Animals and vehicles


def _thing(scene: Scene, sight: Sight, index: int, thing: Thing, rng: np.random.Generator) -> Place:
    jitter, phase = _chances(rng)
    aside = BESIDE_LARGE if scene.size in LARGE and scene.people else FRAMINGS[scene.size].aside[1]
    x = half_steps(_across(thing.side, aside, sight) + jitter)
    if thing.thing == "boat":
        return _boat(scene, sight, Place(index, thing, x, 0.0, 0.0, phase))
    height, feet = _fitted(scene, sight, thing)
    feet = min(max(feet, ground_of(scene.location, sight) + 1.0), sight.bottom - FOOT_ROOM)
    if thing.thing == "bird" and thing.motion == "moving" and scene.size in LARGE and not scene.people:
        feet += FLIES * FLIGHT * height
    return Place(index, thing, x, feet, height, phase, PARALLAXES[thing.depth])


def _fitted(scene: Scene, sight: Sight, thing: Thing) -> tuple[float, float]:
    """How high an adult beside it would be, and its feet: a length of street or of deck away where it is large."""
    fills_height, fills_width = THING_FILLS[scene.size]
    between = scene.size in LARGE and len(scene.people) == 2
    beside = BETWEEN_LARGE if between else BESIDE_PEOPLE if scene.people else 1.0
    tallest = fills_height * sight.height / HEIGHTS[thing.thing]
    longest = beside * fills_width * sight.width / (2 * HALF_LENGTHS[thing.thing])
    if scene.size in LARGE and not scene.people:
        # it alone is the subject: the camera goes down to it
        height = min(tallest, longest) * (0.7 if thing.depth == "far" else 1.0)
        return height, sight.bottom - 0.06 * sight.height
    height = min(sight.figure * DEPTHS[thing.depth], tallest, longest)
    if scene.size in LARGE:
        # behind large people, far enough for its feet to be seen
        height = min(height, max(LEAST_BEHIND, (sight.bottom - FOOT_ROOM - sight.horizon) / sight.eye))
    return height, sight.feet(height)


def _boat(scene: Scene, sight: Sight, place: Place) -> Place:
    """On the water of the set, beyond all ground."""
    unit = (WATER_ROW - SET_HORIZON) / WATER_EYE * FRAMINGS[scene.size].set_zoom * sight.taller
    return replace(place, feet=row_of(scene.location, sight, WATER_ROW), height=unit, parallax=0.5, afloat=True)
