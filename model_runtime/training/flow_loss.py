"""The flow-matching error of a batch: how far the velocity is from noise minus data, where nothing is given."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from model_runtime.training.batches import Batch
from model_runtime.training.networks import Networks
from model_runtime.video.conditioning import References, model_input
from model_runtime.video.flow import mixed


@dataclass(frozen=True)
class FlowErrors:
    """Sums over each clip (b,): weighted squared errors, and the weights they are to be divided by."""

    errors: Tensor
    counted: Tensor

    def mean(self) -> Tensor:
        """Over all latents of the batch, so that a long clip counts more than a still."""
        return self.errors.sum() / self.counted.sum()

    def of_clips(self) -> Tensor:
        return self.errors / self.counted.clamp(min=1e-6)


def noises_like(batch: Batch, generator: torch.Generator | None = None) -> list[Tensor]:
    """Noise for each group; made where the generator is, so that a seed gives the same on every device."""
    if generator is None:
        return [torch.randn_like(group.latents) for group in batch.groups]
    return [torch.randn(group.latents.shape, generator=generator).to(group.latents) for group in batch.groups]


def velocities(networks: Networks, batch: Batch, noisy: list[Tensor], times: Tensor) -> list[Tensor]:
    """Of noisy latents (b, c, t, h, w) of every group at times (all clips,) -> likewise."""
    inputs = [
        each for group, x in zip(batch.groups, noisy, strict=True) for each in model_input(x, group.given, group.guide)
    ]
    with torch.autocast(times.device.type, torch.bfloat16):
        text, mask = networks.text_encoder.encode(batch.texts)
        keys = networks.transformer.text_keys(text, mask)
        context = networks.transformer.context_keys(len(batch.texts), _marked(networks, batch), batch.stills)
        clips = networks.transformer.forward_packed(inputs, times, keys, batch.rows, context)
    parts = iter(clips)
    return [torch.stack([next(parts) for _ in x]).float() for x in noisy]


def flow_errors(networks: Networks, batch: Batch, times: Tensor, noises: list[Tensor]) -> FlowErrors:
    """Errors at times (all clips,) with noise for each group."""
    starts = times.split([len(group.latents) for group in batch.groups])
    noisy = [mixed(group.latents, noise, at) for group, noise, at in zip(batch.groups, noises, starts, strict=True)]
    found = velocities(networks, batch, noisy, times)
    errors, counted = [], []
    for group, noise, velocity in zip(batch.groups, noises, found, strict=True):
        weights = group.weights * (1 - group.given.mask)
        errors.append(((velocity - (noise - group.latents)).square() * weights).flatten(1).sum(dim=1))
        counted.append(weights.flatten(1).sum(dim=1) * group.latents.shape[1])
    return FlowErrors(torch.cat(errors), torch.cat(counted))


def _marked(networks: Networks, batch: Batch) -> References | None:
    shown = batch.references
    if shown is None:
        return None
    return References(shown.latents, networks.text_encoder.marks(shown.slots), shown.owner)
