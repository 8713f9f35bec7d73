"""How near a drawn picture is to the real one: PSNR in decibels, SSIM from 0 to 1."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

WINDOW = 7  # pixels of SSIM's uniform window, as in scikit-image's default


def psnr(drawn: Tensor, target: Tensor) -> float:
    """Decibels between two signals in -1..1."""
    error = functional.mse_loss(drawn.clamp(-1, 1), target) / 4.0
    return float(-10.0 * torch.log10(error.clamp(min=1e-10)))


def ssim(drawn: Tensor, target: Tensor) -> float:
    """Mean structural similarity (Wang et al., 2004) of signals (b, 3, t, h, w) in -1..1, over all their pictures."""
    mine, theirs = (each.transpose(1, 2).flatten(0, 1).float().clamp(-1, 1) / 2 + 0.5 for each in (drawn, target))
    mean_1, mean_2 = _local(mine), _local(theirs)
    spread_1 = _local(mine * mine) - mean_1.square()
    spread_2 = _local(theirs * theirs) - mean_2.square()
    shared = _local(mine * theirs) - mean_1 * mean_2
    light, structure = 0.01**2, 0.03**2
    top = (2 * mean_1 * mean_2 + light) * (2 * shared + structure)
    below = (mean_1.square() + mean_2.square() + light) * (spread_1 + spread_2 + structure)
    return float((top / below).mean())


def _local(pictures: Tensor) -> Tensor:
    return functional.avg_pool2d(pictures, WINDOW, stride=1)
