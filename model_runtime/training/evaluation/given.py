"""Given drawings: how faithfully they come back before they are written back, and whether their seams show after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import torch

from model_runtime.stage.caption import caption
from model_runtime.stage.scene import Scene
from model_runtime.training.drawings import smaller, to_signal
from model_runtime.training.evaluation.bench import SHORT, Bench
from model_runtime.training.evaluation.lots import any_scene, scenes_of
from model_runtime.training.evaluation.rows import Row
from model_runtime.training.evaluation.sampling import BATCH, sample_all
from model_runtime.training.quality import psnr
from model_runtime.video.pipeline import Latents, Sketch, SketchRequest, decode

ENDS = 17  # drawings of a clip between a given first and a given last one
SEAM_LIMIT = 95  # percentile of a clip's own steps

Seams = Mapping[str, tuple[int, int]]


def first_and_last(bench: Bench) -> list[Row]:
    """A clip of 17 between its first and its last drawing."""
    seams = {"first seam": (0, 1), "last seam": (ENDS - 2, ENDS - 1)}
    return _rows(bench, "first and last", ENDS, [0, ENDS - 1], seams, "first and last drawing")


def bridges(bench: Bench) -> list[Row]:
    """The seven drawings between the end of one take and the start of the next, nine of each given."""
    frames = bench.sketch.preset.max_frames
    given = [*range(SHORT), *range(frames - SHORT, frames)]
    seams = {"first seam": (SHORT - 1, SHORT), "last seam": (frames - SHORT - 1, frames - SHORT)}
    return _rows(bench, "bridges", frames, given, seams, f"{SHORT} drawings at each end")


def loops(bench: Bench) -> list[Row]:
    """A clip that ends where it begins, from its first drawing."""
    seams = {"first seam": (0, 1), "loop seam": (SHORT - 1, 0)}
    return _rows(bench, "loops", SHORT, [0], seams, "first drawing, loop", loop=True)


def _rows(
    bench: Bench, figure: str, frames: int, given: Sequence[int], seams: Seams, words: str, *, loop: bool = False
) -> list[Row]:
    scenes = scenes_of(figure, any_scene, bench.count)
    rows: list[Row] = []
    for start in range(0, len(scenes), BATCH):
        part = scenes[start : start + BATCH]
        clips = [bench.drawing(scene, frames, large=True) for scene in part]
        requests = [
            _request(bench, scene, start + number, clip, given, loop=loop)
            for number, (scene, clip) in enumerate(zip(part, clips, strict=True))
        ]
        for request, clip, latents in zip(requests, clips, sample_all(bench.sketch, requests), strict=True):
            measured = {**fidelity(bench.sketch, latents, clip, given), **_seams(bench.sketch, latents, seams)}
            rows.append(Row(figure, len(rows), request.prompt, words, measured=measured))
    return rows


def _request(
    bench: Bench, scene: Scene, seed: int, clip: np.ndarray, given: Sequence[int], *, loop: bool
) -> SketchRequest:
    plain = bench.request(caption(scene), seed, len(clip))
    return replace(plain, given={number: clip[number] for number in given}, loop=loop)


def _psnr(drawn: np.ndarray, target: np.ndarray) -> float:
    return psnr(to_signal(drawn[None])[None], to_signal(target[None])[None])


@torch.inference_mode()
def fidelity(sketch: Sketch, latents: Latents, clip: np.ndarray, given: Sequence[int]) -> dict[str, float]:
    """Decibels of given drawings before writing back, and of the autoencoder's round trips of the whole clip.

    `clip` is what was given, uint8 (t, h, w, 3) at the decoder's size. Where the clip loops, only its first is.
    """
    drawn = decode(sketch, latents, write_back=False)
    encoded = sketch.autoencoder.encode(smaller(to_signal(clip)[None], sketch.autoencoder.draws).to(sketch.device))
    back = decode(sketch, Latents(encoded[0]))
    values = {"first": _psnr(drawn[0], clip[0]), "first round trip": _psnr(back[0], clip[0])}
    others = [number for number in given if number]
    if others:
        values["others"] = float(np.mean([_psnr(drawn[number], clip[number]) for number in others]))
        values["others round trip"] = float(np.mean([_psnr(back[number], clip[number]) for number in others]))
    return values


def _seams(sketch: Sketch, latents: Latents, seams: Seams) -> dict[str, float]:
    return seam_steps(decode(sketch, latents), seams)


def seam_steps(frames: np.ndarray, seams: Seams) -> dict[str, float]:
    """Mean change of a pixel at each seam, and the 95th percentile of it over the clip's other steps, in 0..255."""
    levels = frames.astype(np.float32)

    def step(one: int, other: int) -> float:
        return float(np.abs(levels[one] - levels[other]).mean())

    at_seams = set(seams.values())
    own = [step(number, number + 1) for number in range(len(frames) - 1) if (number, number + 1) not in at_seams]
    return {**{name: step(*pair) for name, pair in seams.items()}, "own steps": float(np.percentile(own, SEAM_LIMIT))}
