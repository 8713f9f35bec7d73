"""Measures shipped weights on held-out combinations and writes the model card's table and the contact sheet."""

from __future__ import annotations

import csv
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from model_runtime.stage.caption import caption
from model_runtime.stage.scene import Scene
from model_runtime.training.autoencoder import measure, psnr
from model_runtime.training.card import write_card
from model_runtime.training.drawings import rng_for, smaller, to_signal, validation_clips
from model_runtime.training.scorer import (
    Scorer,
    any_scene,
    draw_batch,
    motion_attribute,
    still_attributes,
    train_scorer,
    walking_scene,
)
from model_runtime.training.transformer import SHEET_PROMPTS
from model_runtime.video.conditioning import Given
from model_runtime.video.flow import euler_step
from model_runtime.video.pipeline import Latents, Sketch, SketchRequest, decode, guided_velocity, sample
from model_runtime.video.weights import load_sketch

EVALUATE_SEED = 77
TARGETS = {"location": 80, "time of day": 80, "shot size": 80}
STILL_SCORER = {"frames": 1, "looks": 1, "scenes": 3072, "steps": 600}
MOTION_SCORER = {"frames": 25, "looks": 5, "scenes": 384, "steps": 300}
STEPS, GUIDANCE = 20, 2.5
PSNR_CLIPS = 48


@dataclass(frozen=True)
class Row:
    """One attribute of one generated picture."""

    attribute: str
    scene: int
    caption: str
    generated_right: bool
    drawing_right: bool


def interval(right: int, count: int) -> tuple[float, float]:
    """Wilson's 95 % interval, in per cent."""
    z, share = 1.96, right / count
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    reach = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count)) / (1 + z * z / count)
    return 100 * (middle - reach), 100 * (middle + reach)


@torch.inference_mode()
def generate(sketch: Sketch, captions: Sequence[str], frames: int, seed: int, *, batch: int = 8) -> Tensor:
    """(b, 3, t, h, w) in -1..1 at the engine's size; the pipeline's own steps, several captions at once."""
    shown = []
    generator = torch.Generator().manual_seed(seed)
    for start in range(0, len(captions), batch):
        texts = list(captions[start : start + batch])
        keys = sketch.transformer.text_keys(*sketch.text_encoder.encode(texts + [""] * len(texts)))
        latent_frames = 1 + (frames - 1) // 8
        height, width = sketch.preset.height // 8, sketch.preset.width // 8
        latents = torch.randn(
            len(texts), sketch.autoencoder.latent_channels, latent_frames, height, width, generator=generator
        )
        times = sketch.flow.times(STEPS)
        for now, following in pairwise(times):
            inputs = Given.nothing(latents).model_input(latents)
            velocity = guided_velocity(sketch, inputs, now, keys, GUIDANCE)
            latents = euler_step(latents, velocity, now, following)
        shown.append(smaller(sketch.autoencoder.decode(latents).clamp(-1, 1), sketch.autoencoder.draws))
    return torch.cat(shown)


def score(sketch: Sketch, scorer: Scorer, scenes: Sequence[Scene], frames: int, seed: int) -> list[Row]:
    captions = [caption(scene) for scene in scenes]
    generated = scorer.right(generate(sketch, captions, frames, seed), scenes)
    drawn = scorer.right(draw_batch(scenes, sketch.preset, frames), scenes)
    return [
        Row(name, number, captions[number], mine, theirs)
        for name in generated
        for number, (mine, theirs) in enumerate(zip(generated[name], drawn[name], strict=True))
        if name != "shot size" or scenes[number].people  # an empty set looks alike in two sizes
    ]


def scorers(sketch: Sketch, run: Path) -> tuple[Scorer, Scorer]:
    """The classifiers of stills and of motion, trained once for a run's frozen autoencoder and kept beside it."""
    still = Scorer(still_attributes(), int(STILL_SCORER["looks"]))
    motion = Scorer([motion_attribute()], int(MOTION_SCORER["looks"]))
    for name, scorer, scene_of, sizes in (
        ("still", still, any_scene, STILL_SCORER),
        ("motion", motion, walking_scene, MOTION_SCORER),
    ):
        path = run / f"scorer-{name}.pt"
        if not path.exists():
            train_scorer(scorer, sketch.preset, sketch.autoencoder, scene_of, **sizes)
            path.parent.mkdir(parents=True, exist_ok=True)
            torch.save(scorer.state_dict(), path)
        scorer.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
    return still.eval(), motion.eval()


def measure_following(sketch: Sketch, run: Path, stills: int, clips: int) -> list[Row]:
    """Scores of stills and clips of held-out combinations."""
    preset = sketch.preset
    scorer, motion = scorers(sketch, run)
    rng = rng_for(EVALUATE_SEED)
    rows = score(sketch, scorer, [any_scene(rng, held_out=True) for _ in range(stills)], 1, EVALUATE_SEED)
    scenes = [walking_scene(rng, held_out=True) for _ in range(clips)]
    return rows + score(sketch, motion, scenes, preset.max_frames, EVALUATE_SEED + 1)


def seconds_of(sketch: Sketch, frames: int) -> float:
    """Wall time of one still or clip as the engine draws it, 30 steps with guidance, decoding included."""
    request = SketchRequest(SHEET_PROMPTS[0], 1, frames)
    began = time.perf_counter()
    latents = sample(sketch, request, on_step=lambda report: None, should_stop=lambda: False)
    assert isinstance(latents, Latents)
    decode(sketch, latents)
    return time.perf_counter() - began


def table(rows: Sequence[Row], chances: dict[str, float]) -> str:
    lines = [
        "| attribute | chance | real drawings | generated | 95 % | pictures | target |",
        "|---|---|---|---|---|---|---|",
    ]
    for name in dict.fromkeys(row.attribute for row in rows):
        mine = [row for row in rows if row.attribute == name]
        right = sum(row.generated_right for row in mine)
        real = 100 * sum(row.drawing_right for row in mine) / len(mine)
        low, high = interval(right, len(mine))
        target = f"{TARGETS[name]} %" if name in TARGETS else "-"
        lines.append(
            f"| {name} | {chances[name]:.0f} % | {real:.0f} % | {100 * right / len(mine):.0f} % "
            f"| {low:.0f}-{high:.0f} | {len(mine)} | {target} |"
        )
    return "\n".join(lines)


def chances() -> dict[str, float]:
    return {each.name: 100 / len(each.answers) for each in (*still_attributes(), motion_attribute())}


def contact_sheet(sketch: Sketch, path: Path) -> None:
    """Stills, and first, middle and last drawing of clips, of the sheet's prompts; small enough to commit."""
    rows = []
    for seed, prompt in enumerate(SHEET_PROMPTS):
        still = _drawn(sketch, SketchRequest(prompt, 100 + seed, 1))[0]
        clip = _drawn(sketch, SketchRequest(prompt, seed, sketch.preset.max_frames))
        rows.append(np.concatenate([still, clip[0], clip[len(clip) // 2], clip[-1]], axis=1))
    sheet = Image.fromarray(np.concatenate(rows))
    sheet = sheet.resize((sheet.width * 2 // 3, sheet.height * 2 // 3), Image.Resampling.LANCZOS)
    path.parent.mkdir(parents=True, exist_ok=True)
    sheet.quantize(256, kmeans=2, dither=Image.Dither.NONE).save(path, optimize=True)


def _drawn(sketch: Sketch, request: SketchRequest) -> np.ndarray:
    latents = sample(sketch, request, on_step=lambda report: None, should_stop=lambda: False)
    assert isinstance(latents, Latents)
    return decode(sketch, latents)


def first_frame_psnr(sketch: Sketch, clips: Sequence[tuple[Scene, np.ndarray]]) -> float:
    """How closely the drawing after a given first frame resembles the real one, before writing back, in dB."""
    values = []
    for number, (scene, clip) in enumerate(clips):
        request = SketchRequest(caption(scene), number, len(clip), steps=STEPS, first_frame=clip[0])
        drawn = to_signal(_drawn(sketch, request)[1:2])[None]
        values.append(psnr(drawn, to_signal(clip[1:2])[None]))
    return float(np.mean(values))


def evaluate(weights: Path, run: Path, sheet: Path, *, stills: int = 200, clips: int = 64) -> None:
    """Writes `evaluation.csv` and the model card beside the weights, and the contact sheet."""
    sketch = load_sketch(weights)
    measured = validation_clips(sketch.preset, PSNR_CLIPS)
    own, large = measure(sketch.autoencoder, [clip for _, clip in measured])
    stills_own, _ = measure(sketch.autoencoder, [clip[:1] for _, clip in measured])
    following = first_frame_psnr(sketch, measured[:6])
    times = {frames: seconds_of(sketch, frames) for frames in (1, sketch.preset.max_frames)}
    rows = measure_following(sketch, run, stills, clips)
    with (weights / "evaluation.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("attribute", "scene", "caption", "generated_right", "drawing_right"))
        writer.writerows((r.attribute, r.scene, r.caption, int(r.generated_right), int(r.drawing_right)) for r in rows)
    figures = {
        "steps": STEPS,
        "guidance": GUIDANCE,
        "psnr_clips": PSNR_CLIPS,
        "autoencoder_psnr": own,
        "autoencoder_psnr_drawn": large,
        "autoencoder_psnr_stills": stills_own,
        "after_first_frame_psnr": following,
        "seconds_still": times[1],
        "seconds_clip": times[sketch.preset.max_frames],
    }
    write_card(weights, rows_table=table(rows, chances()), threads=torch.get_num_threads(), figures=figures)
    contact_sheet(sketch, sheet)
    print(table(rows, chances()))
    print(figures)
