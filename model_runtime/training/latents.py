"""Draws scenes, encodes them with the frozen autoencoder, and keeps latents, captions and figure weights in shards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from model_runtime.stage.caption import caption
from model_runtime.stage.draw import render
from model_runtime.stage.scene import random_scene
from model_runtime.training.autoencoder import build
from model_runtime.training.drawings import rng_for, to_signal
from model_runtime.video.autoencoder import SketchAutoencoder
from model_runtime.video.presets import LATENT_STRIDE, PATCH, SketchPreset

STILLS_IN_SHARD, CLIPS_IN_SHARD, BATCH = 2048, 256, 8
STATS_STILLS, STATS_CLIPS = 512, 96


@dataclass(frozen=True)
class Views:
    """Encoded scenes: raw latents (k, c, t, h, w) in half precision, where figures are (k, t, h/2, w/2), captions."""

    latents: Tensor
    figures: Tensor
    captions: list[str]

    def __len__(self) -> int:
        return len(self.captions)


def frozen_autoencoder(preset: SketchPreset, folder: Path) -> SketchAutoencoder:
    """The following copy of the trained autoencoder."""
    state = torch.load(folder / "autoencoder.pt", map_location="cpu", weights_only=True)
    network = build(preset)
    network.load_state_dict(state["ema"]["network"])
    return network.eval().requires_grad_(False)


def figure_weights(figures: np.ndarray) -> Tensor:
    """uint8 (k, t, h, w) -> the share of each token (k, latents, h/16, w/16) that figures cover."""
    masks = torch.from_numpy(figures).float()
    cells = functional.avg_pool2d(masks, LATENT_STRIDE * PATCH)
    later = cells[:, 1:].unflatten(1, (-1, LATENT_STRIDE)).amax(dim=2) if cells.shape[1] > 1 else cells[:, 1:]
    return torch.cat([cells[:, :1], later], dim=1)


@torch.inference_mode()
def draw_views(
    network: SketchAutoencoder, preset: SketchPreset, rng: np.random.Generator, count: int, frames: int
) -> Views:
    """`count` new scenes, never a held-out combination."""
    latents: list[Tensor] = []
    figures: list[Tensor] = []
    captions: list[str] = []
    for _ in range(0, count, BATCH):
        scenes = [random_scene(rng) for _ in range(BATCH)]
        drawn = [render(scene, frames=frames, width=preset.width, height=preset.height) for scene in scenes]
        signal = to_signal(np.stack([each.frames for each in drawn]))
        with torch.autocast("cpu", torch.bfloat16):
            mean, _ = network.posterior(signal)
        latents.append(mean.half())
        figures.append(figure_weights(np.stack([each.figures for each in drawn])).half())
        captions.extend(caption(scene) for scene in scenes)
    return Views(torch.cat(latents), torch.cat(figures), captions)


def measure_stats(network: SketchAutoencoder, preset: SketchPreset, seed: int = 7) -> None:
    """Set the autoencoder's mean and spread per channel, for first and later latents."""
    rng = rng_for(seed)
    stills = draw_views(network, preset, rng, STATS_STILLS, 1).latents.float()
    clips = draw_views(network, preset, rng, STATS_CLIPS, preset.max_frames).latents.float()
    for row, latents in enumerate((stills, clips[:, :, 1:])):
        network.latent_mean[row] = latents.mean(dim=(0, 2, 3, 4))
        network.latent_std[row] = latents.std(dim=(0, 2, 3, 4))


def fit_preview(network: SketchAutoencoder, preset: SketchPreset, seed: int = 8) -> None:
    """Set the linear map from one latent to the colours of its 4 x 4 preview pixels, by least squares."""
    from model_runtime.video.autoencoder import PREVIEW_SCALE

    rng = rng_for(seed)
    rows, colours = [], []
    for _ in range(12):
        drawn = [render(random_scene(rng), frames=1, width=preset.width, height=preset.height) for _ in range(16)]
        signal = to_signal(np.stack([each.frames for each in drawn]))
        with torch.inference_mode():
            latents = network.encode(signal)
        small = functional.avg_pool2d(signal[:, :, 0], LATENT_STRIDE // PREVIEW_SCALE) / 2 + 0.5
        cells = functional.pixel_unshuffle(small, PREVIEW_SCALE)
        rows.append(latents[:, :, 0].movedim(1, -1).flatten(0, 2))
        colours.append(cells.movedim(1, -1).flatten(0, 2))
    inputs = torch.cat([torch.cat(rows), torch.ones(sum(map(len, rows)), 1)], dim=1)
    network.preview_map.copy_(torch.linalg.lstsq(inputs, torch.cat(colours)).solution.t())


def freeze(preset: SketchPreset, folder: Path) -> SketchAutoencoder:
    """Keep the autoencoder as it is now, with its statistics, in `frozen.pt`; load it if that was done before."""
    path = folder / "frozen.pt"
    if path.exists():
        network = build(preset)
        network.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
        return network.eval().requires_grad_(False)
    network = frozen_autoencoder(preset, folder)
    measure_stats(network, preset)
    fit_preview(network, preset)
    torch.save(network.state_dict(), path)
    return network


def write_latents(preset: SketchPreset, folder: Path, *, still_shards: int = 16, clip_shards: int = 40) -> None:
    """Fill `latents/` with shards: some stills, then clips and stills in turn; finished shards are kept."""
    cv2.setNumThreads(1)
    network = freeze(preset, folder)
    shards = folder / "latents"
    shards.mkdir(exist_ok=True)
    for kind, number in _order(still_shards, clip_shards):
        path = shards / f"{kind}-{number:03d}.pt"
        if path.exists():
            continue
        rng = rng_for(11 if kind == "stills" else 12, number)
        count, frames = (STILLS_IN_SHARD, 1) if kind == "stills" else (CLIPS_IN_SHARD, preset.max_frames)
        views = draw_views(network, preset, rng, count, frames)
        torch.save(vars(views), path.with_suffix(".tmp"))
        path.with_suffix(".tmp").replace(path)
        print(f"{path.name}: {count} scenes", flush=True)


def _order(still_shards: int, clip_shards: int) -> Iterator[tuple[str, int]]:
    first = still_shards // 2
    yield from (("stills", number) for number in range(first))
    for number in range(max(clip_shards, still_shards - first)):
        if number < clip_shards:
            yield "clips", number
        if number < still_shards - first:
            yield "stills", first + number


class Shelf:
    """The shards of one kind, looked at again now and then, because another process may still write them."""

    def __init__(self, folder: Path, kind: str) -> None:
        self.folder, self.kind = folder / "latents", kind
        self.shards: dict[str, Views] = {}

    def look_again(self) -> None:
        for path in sorted(self.folder.glob(f"{self.kind}-*.pt")):
            if path.name not in self.shards:
                self.shards[path.name] = Views(**torch.load(path, map_location="cpu", weights_only=True))

    def __len__(self) -> int:
        return sum(len(views) for views in self.shards.values())

    def batch(self, rng: np.random.Generator, count: int) -> Views:
        """`count` views, drawn with putting back over all shards."""
        shards = list(self.shards.values())
        chosen = [(shards[int(rng.integers(len(shards)))], rng.random()) for _ in range(count)]
        places = [(views, int(place * len(views))) for views, place in chosen]
        return Views(
            torch.stack([views.latents[row] for views, row in places]).float(),
            torch.stack([views.figures[row] for views, row in places]).float(),
            [views.captions[row] for views, row in places],
        )
