"""The frozen autoencoder: its statistics, and drawn scenes through it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from filelock import FileLock
from torch import Tensor
from torch.nn import functional

from model_runtime.stage.draw import render
from model_runtime.stage.scene import random_scene
from model_runtime.training.autoencoder import build
from model_runtime.training.drawings import to_signal
from model_runtime.training.scenes import BATCH, SHEETS, DrawnScene, rng_for
from model_runtime.training.views import Views, scene_to_json
from model_runtime.training.warm_start import remember_start, start_autoencoder
from model_runtime.video.autoencoder import PREVIEW_SCALE, SketchAutoencoder
from model_runtime.video.presets import LATENT_STRIDE, PATCH, REFERENCE_HEIGHT, REFERENCE_WIDTH, SketchPreset

STATS_STILLS, STATS_CLIPS = 512, 96
PREVIEW_BATCHES, PREVIEW_BATCH = 12, 16


def figure_weights(figures: np.ndarray) -> Tensor:
    """uint8 (k, t, h, w) -> the share of each token (k, latents, h/16, w/16) that figures cover."""
    masks = torch.from_numpy(figures).float()
    cells = functional.avg_pool2d(masks, LATENT_STRIDE * PATCH)
    later = cells[:, 1:].unflatten(1, (-1, LATENT_STRIDE)).amax(dim=2) if cells.shape[1] > 1 else cells[:, 1:]
    return torch.cat([cells[:, :1], later], dim=1)


@torch.inference_mode()
def encoded(network: SketchAutoencoder, frames: np.ndarray) -> Tensor:
    """Raw latents (k, c, t, h, w) in half precision, of uint8 clips (k, t, h, w, 3)."""
    signal = to_signal(frames).to(network.latent_mean.device)
    with torch.autocast(signal.device.type, torch.bfloat16):
        mean, _ = network.posterior(signal)
    return mean.half()


def encode_scenes(network: SketchAutoencoder, drawn: Sequence[DrawnScene]) -> Views:
    """Scenes of one size and length."""
    guided = [row for row, each in enumerate(drawn) if each.guide is not None]
    owners = [row for row, each in enumerate(drawn) if each.sheets is not None for _ in each.sheets]
    # reference pictures and stills are clips of one drawing
    sheets = _encoded_or_none(
        network,
        [sheet[None] for each in drawn if each.sheets is not None for pair in each.sheets for sheet in pair],
        (1, REFERENCE_HEIGHT, REFERENCE_WIDTH, 3),
    )
    stills = _encoded_or_none(
        network, [still[None] for each in drawn if each.stills is not None for still in each.stills], _one(drawn)
    )
    return Views(
        [scene_to_json(each.scene) for each in drawn],
        encoded(network, np.stack([each.frames for each in drawn])),
        figure_weights(np.stack([each.figures for each in drawn])).half(),
        sheets[:, :, 0].unflatten(0, (-1, SHEETS)),
        owners,
        _encoded_or_none(network, [drawn[row].guide for row in guided], drawn[0].frames.shape),
        guided,
        stills[:, :, 0].unflatten(0, (-1, 2)),
        [each.still_frames for each in drawn if each.still_frames],
    )


def _one(drawn: Sequence[DrawnScene]) -> tuple[int, ...]:
    return (1, *drawn[0].frames.shape[1:])


def _encoded_or_none(network: SketchAutoencoder, clips: Sequence[np.ndarray | None], shape: tuple[int, ...]) -> Tensor:
    """Latents (k, c, t, h, w) of clips of `shape` (t, h, w, 3), in parts that fit in a cache; k may be 0."""
    present = [clip for clip in clips if clip is not None]
    if not present:
        frames, height, width = (
            1 + (shape[0] - 1) // LATENT_STRIDE,
            shape[1] // LATENT_STRIDE,
            shape[2] // LATENT_STRIDE,
        )
        device = network.latent_mean.device
        return torch.zeros(0, network.latent_channels, frames, height, width, dtype=torch.half, device=device)
    parts = range(0, len(present), BATCH)
    return torch.cat([encoded(network, np.stack(present[first : first + BATCH])) for first in parts])


# --- freezing --------------------------------------------------------------------------------------------------


def frozen_autoencoder(preset: SketchPreset, folder: Path) -> SketchAutoencoder:
    """The following copy of the trained autoencoder."""
    state = torch.load(folder / "autoencoder.pt", map_location="cpu", weights_only=True)
    network = build(preset)
    network.load_state_dict(state["ema"]["network"])
    return network.eval().requires_grad_(False)


def _plain_latents(
    network: SketchAutoencoder, preset: SketchPreset, rng: np.random.Generator, count: int, frames: int
) -> Tensor:
    parts = []
    for _ in range(0, count, BATCH):
        scenes = [random_scene(rng) for _ in range(BATCH)]
        drawn = [render(scene, frames=frames, width=preset.width, height=preset.height).frames for scene in scenes]
        parts.append(encoded(network, np.stack(drawn)).float())
    return torch.cat(parts)


def measure_stats(network: SketchAutoencoder, preset: SketchPreset, seed: int = 7) -> None:
    """Set the autoencoder's mean per channel and its common spread, for first and later latents."""
    rng = rng_for(seed)
    stills = _plain_latents(network, preset, rng, STATS_STILLS, 1)
    clips = _plain_latents(network, preset, rng, STATS_CLIPS, preset.max_frames)
    for row, latents in enumerate((stills, clips[:, :, 1:])):
        network.latent_mean[row] = latents.mean(dim=(0, 2, 3, 4))
        # one spread for all: what little a weak channel holds should drown in noise first, not count as much as layout
        network.latent_std[row] = latents.std(dim=(0, 2, 3, 4)).square().mean().sqrt()


def fit_preview(network: SketchAutoencoder, preset: SketchPreset, seed: int = 8) -> None:
    """Set the linear map from one latent to the colours of its 4 x 4 preview pixels, by least squares."""
    rng = rng_for(seed)
    rows, colours = [], []
    for _ in range(PREVIEW_BATCHES):
        scenes = [random_scene(rng) for _ in range(PREVIEW_BATCH)]
        drawn = [render(scene, frames=1, width=preset.width, height=preset.height).frames for scene in scenes]
        signal = to_signal(np.stack(drawn))
        with torch.inference_mode():
            latents = network.encode(signal)
        small = functional.avg_pool2d(signal[:, :, 0], LATENT_STRIDE // PREVIEW_SCALE) / 2 + 0.5
        cells = functional.pixel_unshuffle(small, PREVIEW_SCALE)
        rows.append(latents[:, :, 0].movedim(1, -1).flatten(0, 2))
        colours.append(cells.movedim(1, -1).flatten(0, 2))
    inputs = torch.cat([torch.cat(rows), torch.ones(sum(map(len, rows)), 1)], dim=1)
    network.preview_map.copy_(torch.linalg.lstsq(inputs, torch.cat(colours)).solution.t())


def freeze(preset: SketchPreset, folder: Path, start: Path | None = None) -> SketchAutoencoder:
    """Keep the autoencoder as it is now, with its statistics, in `frozen.pt`; load it if that was done before.

    A run that has trained none takes that of the weights it starts from, as it is.
    """
    path = folder / "frozen.pt"
    if start is not None:
        remember_start(start, folder)
    with FileLock(folder / "frozen.lock"):  # several processes may start on one run at once
        if path.exists():
            network = build(preset)
            network.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
            return network.eval().requires_grad_(False)
        if start is not None and not (folder / "autoencoder.pt").exists():
            network = build(preset).eval().requires_grad_(False)
            start_autoencoder(network, start)
        else:
            network = frozen_autoencoder(preset, folder)
            measure_stats(network, preset)
            fit_preview(network, preset)
        torch.save(network.state_dict(), path.with_suffix(".tmp"))
        path.with_suffix(".tmp").replace(path)
    return network
