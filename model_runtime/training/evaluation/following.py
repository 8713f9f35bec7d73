"""Does the picture show what the caption says? Stills of anything and of single people, clips of actions and moves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from model_runtime.stage.caption import caption
from model_runtime.stage.scene import Scene
from model_runtime.training.drawings import to_signal
from model_runtime.training.evaluation.attributes import (
    WALK_OR_STAND,
    attribute,
    move_attributes,
    person_attributes,
    still_attributes,
)
from model_runtime.training.evaluation.bench import SHORT, Answers, Bench, answer_rows, read, told
from model_runtime.training.evaluation.lots import (
    acting,
    any_scene,
    moving_camera,
    scenes_of,
    single,
    walking_or_standing,
)
from model_runtime.training.evaluation.rows import Row
from model_runtime.training.evaluation.sampling import draw
from model_runtime.training.evaluation.scorer import Scorer

STILLS_EXTRA, SINGLES_EXTRA = 1.25, 1.6  # more pictures where some of them do not tell what is asked
OF_ANY = ("location", "time of day", "weather", "shot size", "angle", "people")
OF_SINGLE = ("side", "top colour", "facing", "garment", "kind", "hair", "hat")


def _generated(bench: Bench, scenes: Sequence[Scene], frames: int) -> Iterator[np.ndarray]:
    requests = [bench.request(caption(scene), seed, frames) for seed, scene in enumerate(scenes)]
    return draw(bench.sketch, requests)


def _asked(scene: Scene, names: Sequence[str]) -> Answers:
    return {
        name: answer
        for name, answer in told([*still_attributes(), *person_attributes()], scene).items()
        if name in names
    }


def stills(bench: Bench) -> list[Row]:
    scenes = scenes_of("stills", any_scene, round(STILLS_EXTRA * bench.count))
    generated = read(bench.still, _generated(bench, scenes, 1))
    drawn = read(bench.still, (bench.drawing(scene, 1) for scene in scenes))
    asked = [_asked(scene, OF_ANY) for scene in scenes]
    return answer_rows("stills", [caption(scene) for scene in scenes], asked, generated, drawn)


def singles(bench: Bench) -> list[Row]:
    """One person: where they are is read off the whole picture, who they are where they should stand."""
    scenes = scenes_of("singles", single, round(SINGLES_EXTRA * bench.count))
    generated = [
        _read_single(bench, still, scene) for still, scene in zip(_generated(bench, scenes, 1), scenes, strict=True)
    ]
    drawn = [_read_single(bench, bench.drawing(scene, 1), scene) for scene in scenes]
    asked = [_asked(scene, OF_SINGLE) for scene in scenes]
    return answer_rows("singles", [caption(scene) for scene in scenes], asked, generated, drawn)


def _read_single(bench: Bench, still: np.ndarray, scene: Scene) -> Answers:
    signal = to_signal(still)
    return {**bench.still.answers(signal), **bench.person.answers(signal, scene.people[0].side)}


def actions(bench: Bench) -> list[Row]:
    scenes = scenes_of("actions", acting, bench.count)
    generated = read(bench.action, _generated(bench, scenes, SHORT))
    drawn = read(bench.action, (bench.drawing(scene, SHORT) for scene in scenes))
    asked = [{"action": scene.people[0].action} for scene in scenes]
    return answer_rows("actions", [caption(scene) for scene in scenes], asked, generated, drawn)


def walks_or_stands(scorer: Scorer, clip: np.ndarray) -> Answers:
    """Which of the two a clip shows, whatever else it may show."""
    chances = scorer.chances(to_signal(clip))["action"]
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
