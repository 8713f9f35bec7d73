"""The flow between noise and data: its schedule, one pure Euler step, and the times training draws.

Times run from 1 (noise) to 0 (data): x = (1 - time) * data + time * noise; velocity = noise - data.
"""

from __future__ import annotations

from typing import Literal

import torch
from diffusers.configuration_utils import ConfigMixin, register_to_config
from diffusers.schedulers.scheduling_utils import SchedulerMixin
from torch import Tensor

Schedule = Literal["uniform", "linear-quadratic"]
SCHEDULES: tuple[Schedule, ...] = ("uniform", "linear-quadratic")
EMULATED_STEPS = 250  # even steps whose beginning the linear half of a linear-quadratic schedule follows


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


def uniform(steps: int) -> list[float]:
    """`steps` + 1 times from 1 to 0, evenly spaced."""
    return [1 - i / steps for i in range(steps + 1)]


def linear_quadratic(steps: int, emulated: int = EMULATED_STEPS) -> list[float]:
    """`steps` + 1 times from 1 to 0: half of them the first of `emulated` even steps, then ever larger ones.

    Movie Gen, section 3.4.2; value and slope agree where the line becomes the parabola.
    """
    linear = steps // 2
    if not linear:
        return uniform(steps)
    quadratic = steps - linear
    threshold = linear / max(emulated, steps)
    deviation = linear - threshold * steps
    a = deviation / (linear * quadratic**2)
    b = threshold / linear - 2 * deviation / quadratic**2
    c = a * linear**2
    begin = [i * threshold / linear for i in range(linear)]
    rest = [a * i**2 + b * i + c for i in range(linear, steps)]
    return [1 - each for each in (*begin, *rest, 1.0)]


class SketchFlow(SchedulerMixin, ConfigMixin):
    """The times of a clip's steps, shifted toward noise by `shift` (1 is none)."""

    @register_to_config
    def __init__(self, shift: float = 2.0) -> None:
        self.shift = shift

    def times(self, steps: int, schedule: Schedule = "uniform") -> list[float]:
        """`steps` + 1 times from 1 to 0."""
        if steps < 1:
            raise ValueError(f"{steps} steps draw nothing: at least 1 is needed")
        plain = uniform(steps) if schedule == "uniform" else linear_quadratic(steps)
        return [self.shift * u / (1 + (self.shift - 1) * u) for u in plain]
