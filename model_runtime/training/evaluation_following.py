"""Does the picture show what the caption says? Stills of anything and of single people, clips of actions and moves."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from model_runtime.stage.caption import caption
from model_runtime.stage.scene import Scene
from model_runtime.training.attributes import WALK_OR_STAND, attribute, move_attributes, still_attributes
from model_runtime.training.drawings import to_signal
from model_runtime.training.evaluation_bench import SHORT, Answers, Bench, answer_rows, read, told
from model_runtime.training.evaluation_lots import (
    Lot,
    acting,
    any_scene,
    moving_camera,
    scenes_of,
    single,
    walking_or_standing,
)
from model_runtime.training.evaluation_rows import Row
from model_runtime.training.evaluation_sampling import draw
from model_runtime.training.scorer import Scorer

STILLS_EXTRA, SINGLES_EXTRA = 1.25, 1.6  # more pictures where some of them do not tell what is asked
OF_ANY = ("location", "time of day", "weather", "shot size", "angle", "people")
OF_SINGLE = ("top colour", "side", "facing", "garment", "kind", "hair", "hat")


def _generated(bench: Bench, scenes: Sequence[Scene], frames: int) -> list[np.ndarray]:
    requests = [bench.request(caption(scene), seed, frames) for seed, scene in enumerate(scenes)]
    return list(draw(bench.sketch, requests))


def _still_rows(bench: Bench, figure: str, lot: Lot, count: int, names: Sequence[str]) -> list[Row]:
    scenes = scenes_of(figure, lot, count)
    attributes = [each for each in still_attributes() if each.name in names]
    generated = read(bench.still, _generated(bench, scenes, 1))
    drawn = read(bench.still, (bench.drawing(scene, 1) for scene in scenes))
    asked = [told(attributes, scene) for scene in scenes]
    return answer_rows(figure, [caption(scene) for scene in scenes], asked, generated, drawn)


def stills(bench: Bench) -> list[Row]:
    return _still_rows(bench, "stills", any_scene, round(STILLS_EXTRA * bench.count), OF_ANY)


def singles(bench: Bench) -> list[Row]:
    return _still_rows(bench, "singles", single, round(SINGLES_EXTRA * bench.count), OF_SINGLE)


def actions(bench: Bench) -> list[Row]:
    scenes = scenes_of("actions", acting, bench.count)
    generated = read(bench.action, _generated(bench, scenes, SHORT))
    drawn = read(bench.action, (bench.drawing(scene, SHORT) for scene in scenes))
    asked = [{"action": scene.people[0].action} for scene in scenes]
    return answer_rows("actions", [caption(scene) for scene in scenes], asked, generated, drawn)


def walks_or_stands(scorer: Scorer, clip: np.ndarray) -> Answers:
    """Which of the two a clip shows, whatever else it may show."""
    chances = scorer.chances(to_signal(clip)[None])["action"][0]
    known = attribute("action").answers
    return {"walks or stands": max(WALK_OR_STAND, key=lambda word: float(chances[known.index(word)]))}


def walks(bench: Bench) -> list[Row]:
    scenes = scenes_of("walks", walking_or_standing, bench.count)
    generated = [walks_or_stands(bench.action, clip) for clip in _generated(bench, scenes, SHORT)]
    drawn = [walks_or_stands(bench.action, bench.drawing(scene, SHORT)) for scene in scenes]
    asked = [{"walks or stands": scene.people[0].action} for scene in scenes]
    return answer_rows("walks", [caption(scene) for scene in scenes], asked, generated, drawn)


def moves(bench: Bench) -> list[Row]:
    frames = bench.sketch.preset.max_frames
    scenes = scenes_of("moves", moving_camera, bench.count)
    generated = read(bench.move, _generated(bench, scenes, frames))
    drawn = read(bench.move, (bench.drawing(scene, frames) for scene in scenes))
    asked = [told(move_attributes(), scene) for scene in scenes]
    return answer_rows("moves", [caption(scene) for scene in scenes], asked, generated, drawn)
