"""A small classifier that reads attributes off pictures, to measure prompt following; trained here, never shipped.

It sees drawings and their autoencoder round trips, of scenes with other seeds than the transformer's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import cast

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from model_runtime.stage.draw import render
from model_runtime.stage.scene import Scene, random_scene
from model_runtime.stage.words import load_words
from model_runtime.training.drawings import rng_for, to_signal
from model_runtime.training.optimizers import Optimizers
from model_runtime.video.autoencoder import SketchAutoencoder
from model_runtime.video.presets import SketchPreset

SCORER_SEED = 31  # drawings of the scorer; the transformer's latents come from other generators
STEPS_OF_WALK = ("walking", "standing")


@dataclass(frozen=True)
class Attribute:
    """What is asked of a picture: its possible answers, and the right one for a scene."""

    name: str
    answers: tuple[str, ...]
    of: Callable[[Scene], str]

    def label(self, scene: Scene) -> int:
        return self.answers.index(self.of(scene))


def still_attributes() -> tuple[Attribute, ...]:
    words = load_words()
    return (
        Attribute("location", words.location, lambda scene: scene.location),
        Attribute("time of day", words.time, lambda scene: scene.time),
        Attribute("shot size", words.size, lambda scene: scene.size),
        Attribute("people", ("0", "1", "2"), lambda scene: str(len(scene.people))),
    )


def motion_attribute() -> Attribute:
    return Attribute("walks or stands", STEPS_OF_WALK, lambda scene: scene.people[0].action)


def any_scene(rng: np.random.Generator, *, held_out: bool = False) -> Scene:
    """With as many of each shot size and number of people as the lot gives; size needs a figure to be seen."""
    return random_scene(rng, held_out=held_out)


def walking_scene(rng: np.random.Generator, *, held_out: bool = False) -> Scene:
    """One person in a wide shot who walks or stands, before a resting camera."""
    while True:
        scene = random_scene(rng, held_out=held_out)
        alone = len(scene.people) == 1 and scene.size == "wide shot" and scene.move == "static"
        if alone and scene.people[0].action in STEPS_OF_WALK:
            return scene


def moments(frames: Tensor, count: int) -> Tensor:
    """(b, 3, t, h, w) -> (b, 3 * count, h/2, w/2): evenly spread moments side by side as channels."""
    places = torch.linspace(0, frames.shape[2] - 1, count).round().long()
    picked = frames[:, :, places].transpose(1, 2).flatten(1, 2)
    return functional.avg_pool2d(picked, 2)


class Scorer(nn.Module):
    """Four convolutions and a line for each attribute, on `looks` moments at half size."""

    def __init__(self, attributes: Sequence[Attribute], looks: int) -> None:
        super().__init__()
        self.attributes, self.looks = tuple(attributes), looks
        widths = (3 * looks, 32, 48, 64, 96)
        self.layers = nn.ModuleList(nn.Conv2d(a, b, 3, stride=2, padding=1) for a, b in pairwise(widths))
        self.norms = nn.ModuleList(nn.GroupNorm(8, width) for width in widths[1:])
        self.heads = nn.ModuleList(nn.Linear(2 * widths[-1], len(each.answers)) for each in attributes)

    def forward(self, frames: Tensor) -> list[Tensor]:
        """(b, 3, t, h, w) in -1..1 at the engine's size -> logits for each attribute"""
        x = moments(frames, self.looks)
        for layer, norm in zip(self.layers, self.norms, strict=True):
            x = functional.relu(norm(layer(x)))
        pooled = torch.cat([x.mean(dim=(2, 3)), x.amax(dim=(2, 3))], dim=1)
        return [cast(Tensor, head(pooled)) for head in self.heads]

    @torch.no_grad()
    def right(self, frames: Tensor, scenes: Sequence[Scene]) -> dict[str, list[bool]]:
        """For each attribute, which of the pictures show what their scene says."""
        return {
            each.name: [int(row.argmax()) == each.label(scene) for row, scene in zip(logits, scenes, strict=True)]
            for each, logits in zip(self.attributes, self(frames), strict=True)
        }


def draw_batch(scenes: Sequence[Scene], preset: SketchPreset, frames: int) -> Tensor:
    """(b, 3, t, h, w) in -1..1"""
    drawn = [render(scene, frames=frames, width=preset.width, height=preset.height).frames for scene in scenes]
    return to_signal(np.stack(drawn))


@torch.no_grad()
def round_trips(autoencoder: SketchAutoencoder, frames: Tensor) -> Tensor:
    """The same pictures as the autoencoder gives them back, at the engine's size."""
    from model_runtime.training.drawings import smaller

    with torch.autocast("cpu", torch.bfloat16):
        drawn = autoencoder.decode(autoencoder.encode(frames))
    return smaller(drawn.float().clamp(-1, 1), autoencoder.draws)


def train_scorer(
    scorer: Scorer,
    preset: SketchPreset,
    autoencoder: SketchAutoencoder,
    scene_of: Callable[[np.random.Generator], Scene],
    *,
    frames: int,
    looks: int,
    scenes: int,
    steps: int,
) -> None:
    """Half drawings, half round trips, slightly shifted and dimmed so that it looks at what is shown."""
    torch.manual_seed(SCORER_SEED)
    rng = rng_for(SCORER_SEED, frames)
    pictures, labelled = [], []
    for start in range(0, scenes, 16):
        batch = [scene_of(rng) for _ in range(16)]
        drawn = draw_batch(batch, preset, frames)
        shown = round_trips(autoencoder, drawn) if start % 32 else drawn
        places = torch.linspace(0, frames - 1, looks).round().long()
        pictures.append(shown[:, :, places].half())
        labelled.extend(batch)
    seen = torch.cat(pictures)
    labels = [torch.tensor([each.label(scene) for scene in labelled]) for each in scorer.attributes]
    optimizers = Optimizers(scorer, lr=2e-3)
    for step in range(steps):
        rows = torch.from_numpy(rng.integers(len(labelled), size=48))
        logits = scorer(_varied(seen[rows].float(), rng))
        loss = torch.stack(
            [functional.cross_entropy(mine, label[rows]) for mine, label in zip(logits, labels, strict=True)]
        )
        loss.sum().backward()
        optimizers.step(min(1.0, 2 * (1 - step / steps)))


def _varied(frames: Tensor, rng: np.random.Generator) -> Tensor:
    down, right = int(rng.integers(-3, 4)), int(rng.integers(-4, 5))
    moved = torch.roll(frames, (down, right), dims=(3, 4))
    gain = torch.empty(len(frames), 1, 1, 1, 1).uniform_(0.92, 1.08)
    return moved * gain + 0.03 * torch.randn_like(moved)
