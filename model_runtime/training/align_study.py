"""Does AlignFlow help here? Two equal trainings of the tiny transformer on fixed drawings, paired and unpaired.

`python -m model_runtime.training.align_study --run RUN` encodes 4,096 stills with the autoencoder frozen in RUN and
prints a table.
Text is left out: with a caption of its own for each drawing, pairing would make the noise depend on the caption.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor

from model_runtime.stage.draw import render
from model_runtime.stage.scene import random_scene
from model_runtime.training.align_flow import Pairs, paired, solve
from model_runtime.training.drawings import rng_for, to_signal
from model_runtime.training.latents import freeze
from model_runtime.training.optimizers import Ema, Optimizers
from model_runtime.video.conditioning import model_input
from model_runtime.video.flow import SketchFlow, euler_step, mixed, training_times
from model_runtime.video.presets import SMALL, TINY
from model_runtime.video.transformer import SketchTransformer, TextKeys

DRAWINGS, BATCH, GENERATED = 4096, 256, 4096
ROUNDS = 16  # noises each drawing is paired with; used again and again
STEPS_MEASURED = (4, 8, 20)
COMPONENTS = 64  # principal components of the latents that distances are measured in
RATE = 2e-3


def fixed_latents(run: Path) -> Tensor:
    """Normalised latents (DRAWINGS, c, 1, h, w) of the same drawings every time, in the tiny preset's size."""
    autoencoder = freeze(SMALL, run)
    rng = rng_for(4096)
    parts = []
    for _ in range(0, DRAWINGS, 64):
        frames = [render(random_scene(rng), frames=1, width=TINY.width, height=TINY.height).frames for _ in range(64)]
        with torch.inference_mode():
            parts.append(autoencoder.encode(to_signal(np.stack(frames))))
    latents = torch.cat(parts)
    return (latents - latents.mean(dim=0)) / latents.std()


def no_text(network: SketchTransformer, count: int) -> TextKeys:
    text = torch.zeros(count, 1, TINY.text.width)
    return network.text_keys(text, torch.ones(count, 1, dtype=torch.bool))


def trained(data: Tensor, steps: int, draw: Callable[[torch.Generator], tuple[Tensor, Tensor]]) -> SketchTransformer:
    """The averaged tiny transformer after `steps`; `draw` gives a batch of (data, noise)."""
    torch.manual_seed(5)
    network = SketchTransformer(**{**vars(TINY.transformer), "latent_channels": data.shape[1]})
    optimizers, ema = Optimizers(network, lr=RATE, muon=False), Ema(network, decay=0.999)
    generator = torch.Generator().manual_seed(6)
    for step in range(steps):
        clean, noise = draw(generator)
        times = training_times(BATCH, generator, mean=0.0)
        velocity = network(model_input(mixed(clean, noise, times)), times, no_text(network, BATCH))
        (velocity - (noise - clean)).square().mean().backward()
        optimizers.step(min(1.0, (step + 1) / 100) * min(1.0, 3 * (1 - step / steps) + 0.02))
        ema.follow(network)
    following = ema.network
    assert isinstance(following, SketchTransformer)
    return following


def unpaired(data: Tensor) -> Callable[[torch.Generator], tuple[Tensor, Tensor]]:
    def draw(generator: torch.Generator) -> tuple[Tensor, Tensor]:
        rows = torch.randint(len(data), (BATCH,), generator=generator)
        return data[rows], torch.randn(BATCH, *data.shape[1:], generator=generator)

    return draw


def aligned(data: Tensor, pairs: Pairs) -> Callable[[torch.Generator], tuple[Tensor, Tensor]]:
    def draw(generator: torch.Generator) -> tuple[Tensor, Tensor]:
        rows = torch.randint(len(pairs.seeds), (BATCH,), generator=generator)
        noise = torch.stack([pairs.noise(int(row), (data[0].numel(),)) for row in rows])
        return data[pairs.data[rows]], noise.view(BATCH, *data.shape[1:])

    return draw


@torch.inference_mode()
def generated(network: SketchTransformer, like: Tensor, steps: int) -> Tensor:
    """(GENERATED, c, 1, h, w) from the same noises for both trainings."""
    generator = torch.Generator().manual_seed(7)
    parts = []
    for _ in range(0, GENERATED, BATCH):
        latents = torch.randn(BATCH, *like.shape[1:], generator=generator)
        for now, following in pairwise(SketchFlow(shift=1.0).times(steps)):
            velocity = network(model_input(latents), torch.full((BATCH,), now), no_text(network, BATCH))
            latents = euler_step(latents, velocity, now, following)
        parts.append(latents)
    return torch.cat(parts)


def frechet(one: Tensor, other: Tensor) -> float:
    """|m1 - m2|^2 + tr(C1 + C2 - 2 (C1 C2)^1/2) of two sets of (n, d)."""
    means, spreads = zip(*((x.mean(0), torch.cov(x.t())) for x in (one.double(), other.double())), strict=True)
    eigenvalues = torch.linalg.eigvals(spreads[0] @ spreads[1]).real.clamp(min=0)
    return float(
        (means[0] - means[1]).square().sum() + sum(each.trace() for each in spreads) - 2 * eigenvalues.sqrt().sum()
    )


def study(run: Path, steps: int) -> list[str]:
    """The table's lines: distance to the fixed drawings by number of steps, unpaired and paired, and what it cost."""
    data = fixed_latents(run)
    flat = data.flatten(1)
    _, _, basis = torch.pca_lowrank(flat, q=COMPONENTS, niter=4)
    began = time.process_time()
    dual = solve(flat)
    pairs = paired(flat, dual.values, ROUNDS)
    solving = time.process_time() - began
    results, minutes = {}, {}
    for name, draw in (("unpaired", unpaired(data)), ("AlignFlow", aligned(data, pairs))):
        began = time.process_time()
        network = trained(data, steps, draw)
        minutes[name] = (time.process_time() - began) / 60
        results[name] = [
            frechet(flat @ basis, generated(network, data, count).flatten(1) @ basis) for count in STEPS_MEASURED
        ]
    lines = [
        "| training | " + " | ".join(f"{count} steps" for count in STEPS_MEASURED) + " | CPU minutes |",
        "|---|" + "---|" * (len(STEPS_MEASURED) + 1),
    ]
    for name, values in results.items():
        lines.append(f"| {name} | " + " | ".join(f"{value:.2f}" for value in values) + f" | {minutes[name]:.1f} |")
    return [*lines, "", f"dual solved in {solving:.0f} s of CPU time, cells' mass off by {dual.error:.3f} (L1)"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, default=Path("runs/sketch"))
    parser.add_argument("--steps", type=int, default=6000)
    chosen = parser.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    print("\n".join(study(chosen.run, chosen.steps)))


if __name__ == "__main__":
    main()
