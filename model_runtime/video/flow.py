"""The flow between noise and data: its schedule, one pure Euler step, and the times training draws.

Times run from 1 (noise) to 0 (data): x = (1 - time) * data + time * noise; velocity = noise - data.
"""

from __future__ import annotations

import torch
from diffusers.configuration_utils import ConfigMixin, register_to_config
from diffusers.schedulers.scheduling_utils import SchedulerMixin
from torch import Tensor


def mixed(data: Tensor, noise: Tensor, times: Tensor) -> Tensor:
    """The noisy latents at times (b,)."""
    times = times.view(-1, *[1] * (data.ndim - 1))
    return (1 - times) * data + times * noise


def euler_step(latents: Tensor, velocity: Tensor, time: float, next_time: float) -> Tensor:
    return latents + (next_time - time) * velocity


def data_estimate(latents: Tensor, velocity: Tensor, time: float) -> Tensor:
    """Where the flow would end if it went straight on from here."""
    return latents - time * velocity


def training_times(count: int, generator: torch.Generator | None = None, *, mean: float = 0.5) -> Tensor:
    """Logit-normal times; a `mean` above 0 shifts them toward noise, where layout is decided."""
    return torch.sigmoid(torch.randn(count, generator=generator) + mean)


class SketchFlow(SchedulerMixin, ConfigMixin):
    """Uniform steps, shifted toward noise by `shift` (1 is none)."""

    @register_to_config
    def __init__(self, shift: float = 2.0) -> None:
        self.shift = shift

    def times(self, steps: int) -> list[float]:
        """`steps` + 1 times from 1 to 0."""
        if steps < 1:
            raise ValueError(f"{steps} steps draw nothing: at least 1 is needed")
        uniform = [1 - i / steps for i in range(steps + 1)]
        return [self.shift * u / (1 + (self.shift - 1) * u) for u in uniform]
