"""Trains the temporal autoencoder on drawings: crops first, whole frames late; once frozen, its decoder alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import numpy as np
import torch
from PIL import Image
from torch import Tensor
from torch.nn import functional

from model_runtime.training.drawings import ClipPool, smaller, to_signal, validation_clips
from model_runtime.training.optimizers import Ema, Optimizers
from model_runtime.training.runs import Run
from model_runtime.video.autoencoder import SketchAutoencoder
from model_runtime.video.presets import SketchPreset

CROP = 64
CROPS = {9: 10, 17: 6, 25: 4}  # crops in a batch, by their frames: short ones show more scenes for the same time
POOL, FIRST_CLIPS = 400, 60  # clips in memory, and how many of them before the first step
MEASURED = 12
RATE = 2e-3
DECODER_NOISE = 0.15  # at most, in raw latents, whose spread is about 1
WHOLE_FROM = 0.9  # share of the budget after which whole frames replace crops
KL_WEIGHT = 1e-4  # on the mean over latents, in nats
EDGE_WEIGHT = 0.05
OUTLIER_WEIGHT = 0.0  # Movie Gen's penalty on lonely large latents; a switch, no gain was seen at this size
MEASURE_EVERY = 250


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
    with torch.autocast("cpu", torch.bfloat16):
        mean, log_variance = network.posterior(smaller(target, network.draws))
    mean, log_variance = mean.float(), log_variance.float()
    latents = mean + torch.randn_like(mean) * (0.5 * log_variance).exp()
    with torch.autocast("cpu", torch.bfloat16):
        drawn = network.decode_raw(latents)
    reconstruction = reconstruction_loss(drawn, target)
    kl = 0.5 * (mean.square() + log_variance.exp() - 1.0 - log_variance).mean()
    loss = reconstruction + KL_WEIGHT * kl
    if OUTLIER_WEIGHT:
        loss = loss + OUTLIER_WEIGHT * outlier_penalty(mean)
    return loss, reconstruction


def decoder_loss(network: SketchAutoencoder, target: Tensor) -> tuple[Tensor, Tensor]:
    """The same with the encoder frozen; noise teaches the decoder to forgive the transformer's small errors."""
    with torch.autocast("cpu", torch.bfloat16):
        with torch.no_grad():
            mean = network.posterior(smaller(target, network.draws))[0].float()
            amount = DECODER_NOISE * torch.rand(mean.shape[0], 1, 1, 1, 1)
            latents = mean + amount * torch.randn_like(mean)
        drawn = network.decode_raw(latents)
    reconstruction = reconstruction_loss(drawn, target)
    return reconstruction, reconstruction


def next_batch(pool: ClipPool, run: Run, lengths: tuple[int, int] = (9, 17)) -> Tensor:
    if run.step % 5 == 4:
        return pool.whole(8, frames=1)
    if run.progress > WHOLE_FROM:
        return pool.whole(2, frames=17)
    frames = lengths[run.step % 3 == 0]
    return pool.crops(CROPS[frames], size=min(CROP, pool.preset.height), frames=frames)


def psnr(drawn: Tensor, target: Tensor) -> float:
    """Decibels between two signals in -1..1."""
    error = functional.mse_loss(drawn.clamp(-1, 1), target) / 4.0
    return float(-10.0 * torch.log10(error.clamp(min=1e-10)))


@torch.no_grad()
def round_trip(network: SketchAutoencoder, clip: np.ndarray) -> tuple[Tensor, Tensor, Tensor]:
    """(drawn, target) at the decoder's size and the smaller target, for one uint8 clip."""
    target = to_signal(clip)[None]
    small = smaller(target, network.draws)
    return network.decode_raw(network.posterior(small)[0]).float(), target, small


def measure(network: SketchAutoencoder, clips: list[np.ndarray]) -> tuple[float, float]:
    """Mean PSNR over clips at the engine's own size, and at the size the decoder draws."""
    own, large = [], []
    for clip in clips:
        drawn, target, small = round_trip(network, clip)
        own.append(psnr(smaller(drawn, network.draws), small))
        large.append(psnr(drawn, target))
    return float(np.mean(own)), float(np.mean(large))


def write_sheet(network: SketchAutoencoder, clips: list[np.ndarray], path: Path) -> None:
    """Drawn above target, first, middle and last frame of each clip."""
    columns = []
    for clip in clips:
        drawn, target, _ = round_trip(network, clip)
        both = torch.cat([drawn, target], dim=-2)[0][:, [0, 12, -1]]
        pictures = ((both.clamp(-1, 1) + 1) * 127.5).round().byte().permute(1, 2, 3, 0)
        columns.append(np.concatenate(list(pictures.numpy()), axis=0))
    Image.fromarray(np.concatenate(columns, axis=1)).save(path)


def train_autoencoder(preset: SketchPreset, folder: Path, minutes: float, *, seed: int = 1) -> None:
    """Trains both halves; once `latents` has frozen the encoder, goes on with the decoder, on a budget of its own."""
    frozen = folder / "frozen.pt"
    decoder_only = frozen.exists()
    name = "decoder" if decoder_only else "autoencoder"
    run = Run(folder, minutes)
    torch.manual_seed(seed)
    network = build(preset)
    if decoder_only:
        network.load_state_dict(torch.load(frozen, map_location="cpu", weights_only=True))
        network.encoder.requires_grad_(False)
    rate = RATE / 2 if decoder_only else RATE
    optimizers = Optimizers(network.decoder if decoder_only else network, lr=rate, adam_lr=rate)
    ema = Ema(network, decay=0.998)
    if state := run.resume(name):
        network.load_state_dict(state["network"])
        ema.load_state_dict(state["ema"])
        optimizers.load_state_dict(state["optimizers"])
    torch.manual_seed(seed + run.step)
    measured = [clip for _, clip in validation_clips(preset, MEASURED)]
    pool = ClipPool(preset, POOL, seed=seed * 1000 + run.step + (500 if decoder_only else 0))
    pool.fill(FIRST_CLIPS)
    run.restart_clock()
    loss_of, lengths = (decoder_loss, (17, 25)) if decoder_only else (batch_loss, (9, 17))
    for loss in steps(run, network, ema, optimizers, pool, loss_of, lengths):
        if run.step % 50 == 0:
            run.log(loss=loss)
        if run.step % MEASURE_EVERY == 0 or run.is_over:
            following = cast(SketchAutoencoder, ema.network)
            own, large = measure(following, measured)
            run.log(psnr=own, psnr_drawn=large, pool=len(pool.clips))
            write_sheet(following, measured[:6], folder / f"{name}.png")
            run.restart_clock()
        if run.is_due or run.is_over:
            run.save(name, network=network.state_dict(), ema=ema.state_dict(), optimizers=optimizers.state_dict())


Loss = Callable[[SketchAutoencoder, Tensor], tuple[Tensor, Tensor]]


def steps(
    run: Run,
    network: SketchAutoencoder,
    ema: Ema,
    optimizers: Optimizers,
    pool: ClipPool,
    loss_of: Loss,
    lengths: tuple[int, int],
) -> Iterator[float]:
    """Trains on crops of two lengths until the budget is spent, yielding the mean reconstruction loss."""
    mean = 0.0
    while not run.is_over:
        pool.refresh(1)
        loss, reconstruction = loss_of(network, next_batch(pool, run, lengths))
        loss.backward()
        optimizers.step(run.rate())
        ema.follow(network)
        run.tick()
        now = float(reconstruction.detach())
        mean = 0.98 * mean + 0.02 * now if mean else now
        yield mean
