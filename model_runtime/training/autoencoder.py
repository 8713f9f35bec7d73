"""Trains the temporal autoencoder on drawings: crops first, whole frames late; once frozen, its decoder alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
import torch
from PIL import Image
from torch import Tensor
from torch.nn import functional

from model_runtime.training.drawings import ClipPool, smaller, to_signal, validation_clips
from model_runtime.training.optimizers import Ema, Optimizers
from model_runtime.training.plots import Record, write_plot
from model_runtime.training.quality import psnr, ssim
from model_runtime.training.runs import Run, compute_device
from model_runtime.training.warm_start import start_autoencoder
from model_runtime.video.autoencoder import SketchAutoencoder
from model_runtime.video.presets import SketchPreset

CROP = 64
CROPS = {9: 10, 17: 6, 25: 4}  # crops in a batch, by their frames: short ones show more scenes for the same time
ON_GPU = 8  # times as many of everything in a batch
POOL, FIRST_CLIPS = 400, 60  # clips in memory, and how many of them before the first step
MEASURED = 12
RATE = 2e-3
DECODER_NOISE = 0.05  # at most, in raw latents, whose spread is about 1; three times as much cost 0.2 dB
KL_WEIGHT = 1e-4  # on the mean over latents, in nats
EDGE_WEIGHT = 0.05
OUTLIER_WEIGHT = 0.0  # Movie Gen's penalty on lonely large latents; a switch, no gain was seen at this size
MEASURE_EVERY, LOG_EVERY = 250, 50

Loss = Callable[[SketchAutoencoder, Tensor], tuple[Tensor, Tensor]]


def build(preset: SketchPreset) -> SketchAutoencoder:
    network = SketchAutoencoder(**vars(preset.autoencoder))
    return network.to(memory_format=torch.channels_last)


def outlier_penalty(latents: Tensor, reach: float = 3.0) -> Tensor:
    """Movie Gen's OPL over (b, c, t, h, w): how far values lie outside `reach` deviations of their channel."""
    mean = latents.mean(dim=(3, 4), keepdim=True)
    spread = latents.std(dim=(3, 4), keepdim=True)
    return functional.relu((latents - mean).abs() - reach * spread).mean()


def edges(x: Tensor) -> tuple[Tensor, Tensor]:
    return x[..., 1:, :] - x[..., :-1, :], x[..., :, 1:] - x[..., :, :-1]


def reconstruction_loss(drawn: Tensor, target: Tensor) -> Tensor:
    """Between L1 and L2, and on the edges, because ink lines are what a panel is made of."""
    error = drawn - target.to(drawn.dtype)
    loss = functional.smooth_l1_loss(error, torch.zeros((), dtype=error.dtype).expand_as(error), beta=0.5)
    for mine in edges(error):
        loss = loss + EDGE_WEIGHT * mine.abs().mean()
    return loss.float()


def batch_loss(network: SketchAutoencoder, target: Tensor) -> tuple[Tensor, Tensor]:
    """(loss, reconstruction part) of clips (b, 3, t, h*draws, w*draws)."""
    with torch.autocast(target.device.type, torch.bfloat16):
        mean, log_variance = network.posterior(smaller(target, network.draws))
    mean, log_variance = mean.float(), log_variance.float()
    latents = mean + torch.randn_like(mean) * (0.5 * log_variance).exp()
    with torch.autocast(target.device.type, torch.bfloat16):
        drawn = network.decode_raw(latents)
    reconstruction = reconstruction_loss(drawn, target)
    kl = 0.5 * (mean.square() + log_variance.exp() - 1.0 - log_variance).mean()
    loss = reconstruction + KL_WEIGHT * kl
    if OUTLIER_WEIGHT:
        loss = loss + OUTLIER_WEIGHT * outlier_penalty(mean)
    return loss, reconstruction


def decoder_loss(network: SketchAutoencoder, target: Tensor) -> tuple[Tensor, Tensor]:
    """The same with the encoder frozen; noise teaches the decoder to forgive the transformer's small errors."""
    with torch.autocast(target.device.type, torch.bfloat16):
        with torch.no_grad():
            mean = network.posterior(smaller(target, network.draws))[0].float()
            amount = DECODER_NOISE * torch.rand(mean.shape[0], 1, 1, 1, 1, device=mean.device)
            latents = mean + amount * torch.randn_like(mean)
        drawn = network.decode_raw(latents)
    reconstruction = reconstruction_loss(drawn, target)
    return reconstruction, reconstruction


def next_batch(pool: ClipPool, run: Run, half: _Half, times: int = 1) -> Tensor:
    """Stills, crops of one of two lengths, or late whole clips; `times` as many as a CPU takes."""
    if run.step % 5 == 4:
        return pool.whole(8 * times, frames=1)
    if run.progress > half.whole_from:
        return pool.whole(2 * times, frames=17)
    frames = half.lengths[run.step % 3 == 0]
    return pool.crops(CROPS[frames] * times, size=min(CROP, pool.preset.height), frames=frames)


@torch.no_grad()
def round_trip(network: SketchAutoencoder, clip: np.ndarray) -> tuple[Tensor, Tensor, Tensor]:
    """(drawn, target) at the decoder's size and the smaller target, for one uint8 clip."""
    target = to_signal(clip)[None].to(network.latent_mean.device)
    small = smaller(target, network.draws)
    return network.decode_raw(network.posterior(small)[0]).float(), target, small


def measure(network: SketchAutoencoder, clips: list[np.ndarray]) -> dict[str, float]:
    """Mean PSNR and SSIM over clips at the engine's own size, and at the size the decoder draws (`_drawn`)."""
    found: dict[str, list[float]] = {"psnr": [], "ssim": [], "psnr_drawn": [], "ssim_drawn": []}
    for clip in clips:
        drawn, target, small = round_trip(network, clip)
        own = smaller(drawn, network.draws)
        for name, mine, theirs in (("", own, small), ("_drawn", drawn, target)):
            found[f"psnr{name}"].append(psnr(mine, theirs))
            found[f"ssim{name}"].append(ssim(mine, theirs))
    return {name: float(np.mean(values)) for name, values in found.items()}


def write_sheet(network: SketchAutoencoder, clips: list[np.ndarray], path: Path) -> None:
    """Drawn above target, first, middle and last frame of each clip."""
    columns = []
    for clip in clips:
        drawn, target, _ = round_trip(network, clip)
        both = torch.cat([drawn, target], dim=-2)[0][:, [0, 12, -1]]
        pictures = ((both.clamp(-1, 1) + 1) * 127.5).round().byte().permute(1, 2, 3, 0).cpu()
        columns.append(np.concatenate(list(pictures.numpy()), axis=0))
    Image.fromarray(np.concatenate(columns, axis=1)).save(path)


@dataclass(frozen=True)
class _Half:
    """What is trained: both halves, or once the encoder is frozen the decoder alone, on a budget of its own."""

    name: str
    loss: Loss
    rate: float
    lengths: tuple[int, int]  # frames of crops
    whole_from: float  # share of the budget after which whole frames replace crops
    seed: int


BOTH = _Half("autoencoder", batch_loss, RATE, (9, 17), 0.9, 0)
DECODER = _Half("decoder", decoder_loss, RATE / 5, (17, 25), 0.3, 500)


def train_autoencoder(
    preset: SketchPreset, folder: Path, minutes: float, *, start: Path | None = None, processes: int = 0, seed: int = 1
) -> None:
    """Trains both halves, from the weights in `start` if given; once `draw` has frozen the encoder, the decoder.

    Beside a GPU, so many processes draw for it.
    """
    half = DECODER if (folder / "frozen.pt").exists() else BOTH
    run, device = Run(folder, minutes), compute_device()
    torch.manual_seed(seed)
    network = _started(build(preset), half, folder, start).to(device)
    trained = network.decoder if half is DECODER else network
    optimizers = Optimizers(trained, lr=half.rate, adam_lr=half.rate)
    ema = Ema(network, decay=0.998)
    if state := run.resume(half.name):
        network.load_state_dict(state["network"])
        ema.load_state_dict(state["ema"])
        optimizers.load_state_dict(state["optimizers"])
    torch.manual_seed(seed + run.step)
    measured = [clip for _, clip in validation_clips(preset, MEASURED)]
    drawing = processes if device.type == "cuda" else 0
    pool = ClipPool(preset, POOL, seed=seed * 1000 + run.step + half.seed, processes=drawing)
    pool.fill(FIRST_CLIPS)
    record = Record(folder / f"{half.name}.csv")
    record.go_on_from(run.step)
    run.restart_clock()
    try:
        for loss in steps(run, network, ema, optimizers, pool, half):
            if run.step % LOG_EVERY == 0:
                run.log(loss=loss)
                record.add(step=run.step, minutes=run.spent_s / 60, loss=loss)
            if run.step % MEASURE_EVERY == 0 or run.is_over:
                _measure(run, cast(SketchAutoencoder, ema.network), measured, record, half.name)
            if run.is_due or run.is_over:
                states = {"network": network, "ema": ema, "optimizers": optimizers}
                run.save(half.name, **{name: each.state_dict() for name, each in states.items()})
    finally:
        pool.close()


def _started(network: SketchAutoencoder, half: _Half, folder: Path, start: Path | None) -> SketchAutoencoder:
    if half is DECODER:
        network.load_state_dict(torch.load(folder / "frozen.pt", map_location="cpu", weights_only=True))
        network.encoder.requires_grad_(False)
    elif start is not None:
        start_autoencoder(network, start)
    return network


def _measure(run: Run, following: SketchAutoencoder, clips: list[np.ndarray], record: Record, name: str) -> None:
    found = measure(following, clips)
    run.log(**found)
    record.add(step=run.step, minutes=run.spent_s / 60, **found)
    write_plot(record, run.folder / f"{name}-curves.png", ("loss",), ("psnr", "psnr_drawn"), ("ssim", "ssim_drawn"))
    write_sheet(following, clips[:6], run.folder / f"{name}.png")
    run.restart_clock()


def steps(
    run: Run, network: SketchAutoencoder, ema: Ema, optimizers: Optimizers, pool: ClipPool, half: _Half
) -> Iterator[float]:
    """Trains on crops of two lengths until the budget is spent, yielding the mean reconstruction loss."""
    mean, device = 0.0, network.latent_mean.device
    times = ON_GPU if device.type == "cuda" else 1
    while not run.is_over:
        pool.refresh(1)
        target = next_batch(pool, run, half, times).to(device)
        loss, reconstruction = half.loss(network, target)
        loss.backward()
        optimizers.step(run.rate())
        ema.follow(network)
        run.tick()
        now = float(reconstruction.detach())
        mean = 0.98 * mean + 0.02 * now if mean else now
        yield mean
