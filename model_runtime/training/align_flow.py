"""AlignFlow (arXiv 2510.15038): noise and data paired by semi-discrete optimal transport before flow matching.

Letters: n data of D numbers, k noises. Noise is N(0, I) in D dimensions, each datum i has weight b_i. A dual vector
g (n,) makes the map x -> argmin_i |x - y_i|^2 - g_i; it is right when each datum's cell holds mass b_i (section 3).
Nothing changes at inference: over all data the noise is still N(0, I).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True)
class Stage:
    """One stretch of the solver: Adam's rate, steps, noises a step, softness of the cells, decay of the averages."""

    rate: float
    steps: int
    batch: int
    softness: float
    decay: float


# After the authors' recipe for latents, shortened for some thousand data.
RECIPE = (Stage(10.0, 600, 1024, 1.0, 0.99), Stage(0.3, 400, 2048, 0.05, 0.99))


@dataclass(frozen=True)
class Dual:
    """The solved vector g (n,), and how far the cells' mass is from the wanted: |share - b| summed (L1)."""

    values: Tensor
    error: float


def costs(noise: Tensor, data: Tensor, dual: Tensor) -> Tensor:
    """(k, n) of |x - y|^2 - g without |x|^2, which is the same for every datum."""
    return data.square().sum(dim=1)[None] - 2.0 * noise @ data.t() - dual[None]


def assigned(noise: Tensor, data: Tensor, dual: Tensor) -> Tensor:
    """The datum (k,) each noise (k, D) belongs to."""
    return costs(noise, data, dual).argmin(dim=1)


def solve(data: Tensor, weights: Tensor | None = None, *, stages: Sequence[Stage] = RECIPE, seed: int = 0) -> Dual:
    """The dual of data (n, D) with `weights` (n,) that sum to 1 (equal ones where None), by stochastic ascent.

    A cell that holds too much mass lowers its g; Adam with AMSGrad takes the difference for a gradient, and the
    averages over the last steps are the result (section 3.2 and the authors' code).
    """
    if data.ndim != 2 or not len(data):
        raise ValueError(f"data to align must be (n, D), not {tuple(data.shape)}")
    wanted = torch.full((len(data),), 1.0 / len(data)) if weights is None else weights
    generator = torch.Generator().manual_seed(seed)
    dual = torch.zeros(len(data), requires_grad=True)
    average, gradient = torch.zeros(len(data)), torch.zeros(len(data))
    for stage in stages:
        optimizer = torch.optim.Adam([dual], lr=stage.rate, amsgrad=True)
        average.copy_(dual.detach())
        gradient.zero_()
        for step in range(stage.steps):
            noise = torch.randn(stage.batch, data.shape[1], generator=generator)
            dual.grad = _shares(noise, data, dual.detach(), stage.softness) - wanted
            optimizer.step()
            keep = min(stage.decay, (1 + step) / (10 + step))
            average.lerp_(dual.detach(), 1 - keep)
            gradient.lerp_(dual.grad, 1 - keep)
        dual.data.copy_(average)
    return Dual(average, float(gradient.abs().sum()))


def _shares(noise: Tensor, data: Tensor, dual: Tensor, softness: float) -> Tensor:
    """The mass (n,) that a batch of noises finds in each cell."""
    distances = costs(noise, data, dual)
    if softness:
        return (-distances / softness).softmax(dim=1).mean(dim=0)
    return torch.bincount(distances.argmin(dim=1), minlength=len(data)).float() / len(noise)


def balanced(owners: Tensor, count: int) -> Tensor:
    """Owners (k,) changed as little as possible so that all of `count` data own the same number of noises.

    ValueError unless k is a multiple of `count`. Which noises move is decided by their order, not by cost: after a
    good solution they are few.
    """
    if len(owners) % count:
        raise ValueError(f"{len(owners)} noises cannot be shared out evenly among {count} data")
    each = len(owners) // count
    order = torch.argsort(owners, stable=True)
    sizes = torch.bincount(owners, minlength=count)
    starts = torch.cumsum(sizes, 0) - sizes
    place = torch.empty_like(owners)
    place[order] = torch.arange(len(owners)) - starts[owners[order]]
    surplus = torch.nonzero(place >= each)[:, 0]
    lacking = torch.repeat_interleave(torch.arange(count), (each - sizes).clamp(min=0))
    result = owners.clone()
    result[surplus] = lacking
    return result


@dataclass(frozen=True)
class Pairs:
    """Noise seeds and the datum each belongs to: all that has to be kept."""

    seeds: Tensor
    data: Tensor

    def noise(self, row: int, shape: Sequence[int]) -> Tensor:
        return noise_of(int(self.seeds[row]), shape)


def noise_of(seed: int, shape: Sequence[int]) -> Tensor:
    return torch.randn(tuple(shape), generator=torch.Generator().manual_seed(seed))


def paired(data: Tensor, dual: Tensor, rounds: int, *, seed: int = 1, chunk: int = 4096) -> Pairs:
    """`rounds` noises for each of the data (n, D): drawn, assigned with `dual`, shared out evenly."""
    total = rounds * len(data)
    seeds = torch.arange(total) + (seed << 32)
    owners = torch.cat(
        [
            assigned(torch.stack([noise_of(int(one), data.shape[1:]) for one in part]), data, dual)
            for part in seeds.split(chunk)
        ]
    )
    return Pairs(seeds, balanced(owners, len(data)))
