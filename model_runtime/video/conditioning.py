"""Given frames and regions as clean latents with a mask: the one form in which every task reaches the transformer.

A still and text to video give nothing; a first frame gives its latent at time 0. Last frames, extension,
regions and redone ranges are other masks of the same form.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True)
class Given:
    """Clean normalised latents (b, c, t, h, w) where mask (b, 1, t, h, w) is 1; elsewhere both are 0."""

    latents: Tensor
    mask: Tensor

    @staticmethod
    def nothing(like: Tensor) -> Given:
        return Given(torch.zeros_like(like), torch.zeros_like(like[:, :1]))

    @staticmethod
    def frames(latents: Tensor, where: Tensor) -> Given:
        """Whole latent frames of (b, c, t, h, w) where the bool (b, t) is true."""
        mask = where[:, None, :, None, None].to(latents.dtype).expand(-1, -1, -1, *latents.shape[3:])
        return Given(latents * mask, mask)

    @staticmethod
    def first(first_latent: Tensor, like: Tensor) -> Given:
        """A first frame's latent (b, c, 1, h, w) for latents shaped as `like`."""
        if first_latent.shape[3:] != like.shape[3:]:
            raise ValueError(
                f"the first frame has {tuple(first_latent.shape[3:])} latents, the clip {tuple(like.shape[3:])}"
            )
        full = torch.zeros_like(like)
        full[:, :, :1] = first_latent
        where = torch.zeros(like.shape[0], like.shape[2], dtype=torch.bool)
        where[:, 0] = True
        return Given.frames(full, where)

    def keep(self, latents: Tensor) -> Tensor:
        """Put what is given back in its place."""
        return latents * (1 - self.mask) + self.latents

    def model_input(self, noisy: Tensor) -> Tensor:
        """(b, 2c + 1, t, h, w): noisy latents with the given ones in place, the given ones alone, the mask."""
        return torch.cat([self.keep(noisy), self.latents, self.mask], dim=1)
