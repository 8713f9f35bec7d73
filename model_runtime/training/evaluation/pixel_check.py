"""A check of pictures without learning: the sky tells the time of day, the horizon the angle, blobs the people.

It reads wide shots of places with an open horizon, at the engine's size, so that the scorer's answers to the same
generated pictures can be compared with answers that nothing was trained for.
"""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from model_runtime.stage.camera import FRAME_HEIGHT, STANDS
from model_runtime.stage.caption import caption
from model_runtime.stage.light import SKIES
from model_runtime.stage.scene import Scene
from model_runtime.training.evaluation.attributes import WHOLE_FIGURES, scene_where
from model_runtime.training.evaluation.bench import Answers, Bench, only, read
from model_runtime.training.evaluation.card_lines import BY_PIXELS
from model_runtime.training.evaluation.lots import any_scene, scenes_of
from model_runtime.training.evaluation.rows import Row
from model_runtime.training.evaluation.sampling import draw
from model_runtime.video.pictures import resized

OPEN_PLACES = ("beach", "desert", "pier", "ferry deck")
ANGLES = ("high angle", "eye level", "low angle")  # from the highest horizon to the lowest
ASKED = ("time of day", "angle", "people")
PICTURES = 100

# Where the four colours of a sky end, in shares of the frame's height above the horizon (see `backdrops.sky`).
SKY_ENDS = (0.291, 0.180, 0.074)
SKY_NEAR = 24.0  # the largest difference of a channel at which a pixel still has the colour of a sky
SKY_SHARE = 0.35  # of a row's pixels: a row that shows less of a sky speaks against it
FIGURE_STEP = 60.0  # a difference from the empty set that a figure makes
MOST_ASIDE = (5, 3)  # pixels to the right and down that a set may stand aside
LEAST_FIGURE = (90, 14)  # pixels, and pixels of height


def pixels(bench: Bench) -> list[Row]:
    """`generated` holds both answers, the scorer's and this module's."""
    scenes = scenes_of("pixels", _open_place, min(PICTURES, bench.count))
    requests = [bench.request(caption(scene), seed, 1) for seed, scene in enumerate(scenes)]
    rows = []
    for clip, (scene, drawn) in enumerate(zip(scenes, draw(bench.sketch, requests), strict=True)):
        told = {"time of day": scene.time, "angle": scene.angle, "people": str(len(scene.people))}
        empty = bench.drawing(replace(scene, people=()), 1)[0]
        real = bench.drawing(scene, 1)
        rows.append(
            Row(
                "pixels",
                clip,
                requests[clip].prompt,
                told=told,
                generated=_both(bench, drawn, empty),
                drawing=_both(bench, real, empty),
            )
        )
    return rows


def _both(bench: Bench, still: np.ndarray, empty: np.ndarray) -> Answers:
    scorer = only(read(bench.still, [still])[0], ASKED)
    found = answers(resized(still[0], bench.sketch.size), empty)
    return {**scorer, **{name + BY_PIXELS: found[name] for name in ASKED}}


def _open_place(rng: np.random.Generator) -> Scene:
    def wanted(scene: Scene) -> bool:
        seen = scene.location in OPEN_PLACES and scene.size == WHOLE_FIGURES and scene.angle in ANGLES
        # who hugs is one blob with whom they hug
        apart = all(person.action != "hugging" for person in scene.people)
        return seen and apart and not scene.things

    return scene_where(rng, wanted, any_scene)


def answers(picture: np.ndarray, empty: np.ndarray) -> Answers:
    """What a uint8 picture (h, w, 3) of an open place shows; `empty` is the same place without people."""
    time, angle = sky(picture)
    return {"time of day": time, "angle": angle, "people": str(min(2, figures(picture, empty)))}


def sky(picture: np.ndarray) -> tuple[str, str]:
    """(time of day, angle): of all skies the stage knows, above a horizon where each angle has it, the one seen."""
    still = cv2.medianBlur(picture, 3)  # no rain, snow or stars
    scores = {
        (time, weather, angle): _score(still, time, weather, angle) for time, weather in SKIES for angle in ANGLES
    }
    time, _, angle = max(scores, key=lambda each: scores[each])
    return time, angle


def _score(picture: np.ndarray, time: str, weather: str, angle: str) -> float:
    """The more rows show the sky's colours down to the horizon, the higher; rows that do not lower it."""
    wanted = sky_rows(time, weather, angle, len(picture))  # (rows, 3)
    difference = np.abs(picture[: len(wanted)].astype(np.float32) - wanted[:, None]).max(axis=2)
    return float(((difference < SKY_NEAR).mean(axis=1) - SKY_SHARE).sum())


def sky_rows(time: str, weather: str, angle: str, height: int) -> np.ndarray:
    """float32 (rows, 3): the colour of each row of a picture so high, from its top to the horizon."""
    horizon = STANDS[angle][WHOLE_FIGURES].horizon / FRAME_HEIGHT
    above = horizon - (np.arange(round(horizon * height)) + 0.5) / height
    bands = len(SKY_ENDS) - np.searchsorted(SKY_ENDS[::-1], above)
    return np.array(SKIES[time, weather], np.float32)[bands]


def figures(picture: np.ndarray, empty: np.ndarray) -> int:
    """Separate blobs, as tall as people are, in which the picture differs from the empty place."""
    differs = _difference(cv2.medianBlur(picture, 3), cv2.medianBlur(empty, 3)) > FIGURE_STEP
    cleaned = cv2.morphologyEx(differs.astype(np.uint8), cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    joined = cv2.morphologyEx(cleaned, cv2.MORPH_CLOSE, np.ones((5, 3), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    area, height = LEAST_FIGURE
    large = (stats[1:, cv2.CC_STAT_AREA] >= area) & (stats[1:, cv2.CC_STAT_HEIGHT] >= height)
    return int(large.sum())


def _difference(picture: np.ndarray, empty: np.ndarray) -> np.ndarray:
    """float32 (h, w): the least difference to the empty place, which may stand some pixels aside as a whole."""
    aside, down = MOST_ASIDE
    around = cv2.copyMakeBorder(empty, down, down, aside, aside, cv2.BORDER_REPLICATE).astype(np.float32)
    height, width = picture.shape[:2]
    seen = picture.astype(np.float32)
    best, least = seen, np.inf
    for top in range(2 * down + 1):
        for left in range(2 * aside + 1):
            difference = np.abs(around[top : top + height, left : left + width] - seen).max(axis=2)
            if (total := float(np.minimum(difference, FIGURE_STEP).mean())) < least:
                best, least = difference, total
    return best
