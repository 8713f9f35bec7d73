"""The flow-matching loss of fixed held-out scenes at fixed times with fixed noises: one number a run can be told by."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

from model_runtime.stage.caption import caption
from model_runtime.stage.draw import render
from model_runtime.stage.scene import random_scene
from model_runtime.training.batches import Batch, compose
from model_runtime.training.drawings import VALIDATION_SEED
from model_runtime.training.flow_loss import flow_errors, noises_like
from model_runtime.training.latents import encode_scenes
from model_runtime.training.networks import Networks
from model_runtime.training.scenes import BATCH, KINDS, DrawnScene, rng_for
from model_runtime.training.tasks import Task
from model_runtime.training.views import View, Views, joined
from model_runtime.video.autoencoder import SketchAutoencoder
from model_runtime.video.presets import SketchPreset

SCENES = 32  # of each kind
AT_ONCE = 8


def held_out_views(network: SketchAutoencoder, preset: SketchPreset, folder: Path, kind: str) -> Views:
    """Held-out scenes as stills or clips, drawn once for a run; without figure weights, references or guides."""
    path = folder / f"validation-{kind}.pt"
    if not path.exists():
        rng = rng_for(VALIDATION_SEED, 1 + KINDS.index(kind))
        frames = 1 if kind == "stills" else preset.max_frames
        drawn = [_held_out(rng, preset, frames) for _ in range(SCENES)]
        parts = [encode_scenes(network, drawn[first : first + BATCH]) for first in range(0, SCENES, BATCH)]
        joined(parts).save(path)
    return Views.load(path)


def _held_out(rng: np.random.Generator, preset: SketchPreset, frames: int) -> DrawnScene:
    scene = random_scene(rng, held_out=True)
    drawn = render(scene, frames=frames, width=preset.width, height=preset.height).frames
    return DrawnScene(scene, drawn, np.zeros(drawn.shape[:3], np.uint8), None, None, None, ())


def _from_text(view: View) -> tuple[View, Task]:
    nothing = torch.zeros(1, *view.latents.shape[1:])
    return view, Task(view.frames, caption(view.scene), nothing)


class Validation:
    """Batches made once; `loss` of any networks on them."""

    def __init__(self, network: SketchAutoencoder, preset: SketchPreset, folder: Path) -> None:
        self._batches = {kind: _batches(network, held_out_views(network, preset, folder, kind)) for kind in KINDS}

    @torch.no_grad()
    def loss(self, networks: Networks, kind: str) -> float:
        found = []
        for number, batch in enumerate(self._batches[kind]):
            clips = len(batch.texts)
            times = (torch.arange(clips) + 0.5) / clips
            noises = noises_like(batch, torch.Generator().manual_seed(VALIDATION_SEED + number))
            device = batch.groups[0].latents.device
            found.append(flow_errors(networks, batch, times.to(device), noises).of_clips())
        return float(torch.cat(found).mean())


def _batches(network: SketchAutoencoder, views: Views) -> list[Batch]:
    lessons = [_from_text(views.view(row)) for row in range(len(views))]
    rng = np.random.default_rng(0)  # nothing is left to chance: there are no guides
    return [compose(rng, lessons[first : first + AT_ONCE], network) for first in range(0, len(lessons), AT_ONCE)]
