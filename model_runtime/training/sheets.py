"""Sample sheets: what the networks draw while they are trained, always of the same prompts and given pictures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from PIL import Image

from model_runtime.stage.caption import Mark, caption
from model_runtime.stage.draw import render
from model_runtime.stage.reference import reference_sheet
from model_runtime.stage.scene import Scene, random_scene
from model_runtime.training.drawings import VALIDATION_SEED
from model_runtime.training.scenes import rng_for
from model_runtime.video.networks import Sketch
from model_runtime.video.pipeline import decode, sample
from model_runtime.video.presets import REFERENCE_HEIGHT, REFERENCE_WIDTH, SketchPreset
from model_runtime.video.request import Reference, SketchRequest
from model_runtime.video.states import Latents
from model_runtime.video.text import MARKS

SHEET_PROMPTS = (
    "wide shot, static. pier, night, rain. woman with black hair in a yellow raincoat, hood up, left, "
    "facing right, walking.",
    "close-up, static. pier, night, rain. woman with black hair in a yellow raincoat, hood up, centre, "
    "facing us, talking.",
    "medium shot, static. ferry deck, dawn, clear. man with brown hair in a dark coat, red scarf, right, "
    "facing left, standing.",
    "medium shot, pan left. street, day, clear. woman with red hair in a green jacket, left, facing right, "
    "waving. man with grey hair in a white sweater, right, facing left, pointing.",
    "wide shot, static. beach, dusk, clear. man with blond hair in a blue sweater, centre, facing us, running.",
    "close-up, static. kitchen, day, clear. woman with grey hair in a red sweater, right, facing left, talking.",
    "wide shot, push in. forest, dawn, rain. nobody.",
    "wide shot, static. ferry deck, dawn, clear. woman with black hair in a yellow raincoat, left, facing right, "
    "standing. man with brown hair in a dark coat, red scarf, right, facing left, sitting.",
)
STEPS = 16
SEED = 1


@dataclass(frozen=True)
class Example:
    """A held-out scene with its clip and a reference picture of each of its subjects."""

    scene: Scene
    clip: np.ndarray
    sheets: list[np.ndarray]


def example(preset: SketchPreset) -> Example:
    """Always the same: the first held-out scene with two subjects."""
    rng = rng_for(VALIDATION_SEED, 3)
    scene = random_scene(rng, held_out=True)
    while len(scene.subjects) != 2:
        scene = random_scene(rng, held_out=True)
    clip = render(scene, frames=preset.max_frames, width=preset.width, height=preset.height).frames
    sheets = [
        reference_sheet(subject, rng, width=REFERENCE_WIDTH, height=REFERENCE_HEIGHT) for subject in scene.subjects
    ]
    return Example(scene, clip, sheets)


def requests(shown: Example, frames: int) -> list[SketchRequest]:
    """With references, from a first drawing, and from a first and a last one."""
    text = SketchRequest(caption(shown.scene), SEED, frames, steps=STEPS)
    marks = {number: Mark(MARKS[number], alone=True) for number in range(len(shown.sheets))}
    references = tuple(Reference(sheet, number + 1) for number, sheet in enumerate(shown.sheets))
    first, last = shown.clip[0], shown.clip[frames - 1]
    return [
        replace(text, prompt=caption(shown.scene, marks), references=references),
        replace(text, given={0: first}),
        replace(text, given={0: first, frames - 1: last}),
    ]


def drawn(sketch: Sketch, request: SketchRequest) -> np.ndarray:
    latents = sample(sketch, request, on_step=lambda report: None, should_stop=lambda: False)
    assert isinstance(latents, Latents)
    return decode(sketch, latents)


def write_sheet(sketch: Sketch, shown: Example, path: Path, *, clips: bool) -> None:
    """One row a prompt: a still, then first, middle and last drawing of a clip once clips are trained."""
    rows = []
    for prompt in SHEET_PROMPTS:
        pictures = [drawn(sketch, SketchRequest(prompt, SEED, 1, steps=STEPS))[0]]
        if clips:
            pictures += _three(drawn(sketch, SketchRequest(prompt, SEED, sketch.preset.max_frames, steps=STEPS)))
        rows.append(pictures)
    if clips:
        real = np.asarray(Image.fromarray(shown.clip[-1]).resize((rows[0][0].shape[1], rows[0][0].shape[0])))
        rows += [[real, *_three(drawn(sketch, each))] for each in requests(shown, sketch.preset.max_frames)]
    Image.fromarray(np.concatenate([np.concatenate(pictures, axis=1) for pictures in rows])).save(path)


def _three(clip: np.ndarray) -> list[np.ndarray]:
    return [clip[0], clip[len(clip) // 2], clip[-1]]
