"""The same castings as our own engine draws them, from the shipped weights; the only part of measuring with torch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from model_runtime.stage.caption import Mark, caption
from model_runtime.stage.reference import reference_sheet
from model_runtime.stage.scene import Scene
from model_runtime.stage.words import MARKS
from tests.continuity.lots import Casting, castings, cuts

WEIGHTS = Path(__file__).resolve().parents[2] / "assets" / "models" / "sketch"
WORDS, REFERENCES = "words", "words and references"
CLIP_CASTS, CLIP_CUTS = 100, 60  # pairs
CLIP_SEED, TUNING_CLIP_SEED = 50_003, 70_003
DRAWINGS, STEPS, AT_ONCE = 9, 16, 8

Seen = tuple[np.ndarray, np.ndarray]  # the last drawing of one clip and the first of the other, uint8 (h, w, 3)


def clip_castings(*, held_out: bool = True) -> list[Casting]:
    return castings(CLIP_CASTS, CLIP_SEED if held_out else TUNING_CLIP_SEED, held_out=held_out)


def drawn(cache: Path, given: str, *, held_out: bool = True) -> list[Seen]:
    """Of each casting; taken from `cache` where they were drawn before."""
    name = f"{given.replace(' ', '-')}-{'held-out' if held_out else 'tuning'}"
    return _kept(cache / f"{name}.npz", [(each.one, each.other) for each in clip_castings(held_out=held_out)], given)


def drawn_cuts(cache: Path) -> list[Seen]:
    """Of each cut, told in words."""
    return _kept(cache / "cuts.npz", [(each.last, each.first) for each in cuts(CLIP_CUTS, CLIP_SEED)], WORDS)


def _kept(path: Path, pairs: list[tuple[Scene, Scene]], given: str) -> list[Seen]:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        seen = list(_draw(pairs, given))
        np.savez_compressed(path, last=[last for last, _ in seen], first=[first for _, first in seen])
    kept = np.load(path)
    return list(zip(kept["last"], kept["first"], strict=True))


def _draw(pairs: list[tuple[Scene, Scene]], given: str) -> Iterator[Seen]:
    import torch

    from model_runtime.training.evaluation.sampling import draw
    from model_runtime.video.pipeline import SketchRequest
    from model_runtime.video.presets import GUIDANCE
    from model_runtime.video.weights import load_sketch

    torch.set_num_threads(1)
    rng = np.random.default_rng(CLIP_SEED)
    scenes = [scene for pair in pairs for scene in pair]
    requests = [
        _request(SketchRequest(caption(scene), seed, DRAWINGS, steps=STEPS, guidance=GUIDANCE), scene, given, rng)
        for seed, scene in enumerate(scenes)
    ]
    clips = draw(load_sketch(WEIGHTS), requests, batch=AT_ONCE)
    for last, first in zip(clips, clips, strict=True):
        yield last[-1], first[0]


def _request(plain, scene: Scene, given: str, rng: np.random.Generator):
    from model_runtime.video.pipeline import Reference
    from model_runtime.video.presets import REFERENCE_GUIDANCE

    if given == WORDS:
        return plain
    marks = {place: Mark(MARKS[place]) for place in range(len(scene.people))}
    shown = tuple(Reference(reference_sheet(one, rng), place + 1) for place, one in enumerate(scene.people))
    return replace(plain, prompt=caption(scene, marks), references=shown, reference_guidance=REFERENCE_GUIDANCE)
