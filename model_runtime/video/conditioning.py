"""What a clip is drawn from beside its text: given frames, a guide, single given stills, and references.

Every task is these four in some mixture; see `pipeline.py` for which task gives what.

Letters: b clips, c channels, t, h, w latents; p pictures (stills or references), all clips together.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor


def input_channels(latent_channels: int) -> int:
    """Noisy, given, where given, guide, how strongly guided: what `model_input` makes of so many channels."""
    return 3 * latent_channels + 2


@dataclass(frozen=True)
class Given:
    """Clean normalised latents (b, c, t, h, w) where mask (b, 1, t, h, w) is 1; elsewhere both are 0."""

    latents: Tensor
    mask: Tensor

    @staticmethod
    def nothing(like: Tensor) -> Given:
        return Given(torch.zeros_like(like), torch.zeros_like(like[:, :1]))

    @staticmethod
    def where(latents: Tensor, mask: Tensor) -> Given:
        """Those of (b, c, t, h, w) where `mask`, 1 or 0 and broadcast to (b, 1, t, h, w), is 1."""
        full = mask.to(latents.dtype).expand_as(latents[:, :1])
        return Given(latents * full, full)

    @staticmethod
    def frames(latents: Tensor, where: Tensor) -> Given:
        """Whole latent frames of (b, c, t, h, w) where the bool (b, t) is true."""
        return Given.where(latents, where[:, None, :, None, None])

    def keep(self, latents: Tensor) -> Tensor:
        """Put what is given back in its place."""
        return latents * (1 - self.mask) + self.latents


@dataclass(frozen=True)
class Guide:
    """An encoded clip of lines, grey blocking or the like (b, c, t, h, w), followed with `strength` (b,) 0..1."""

    latents: Tensor
    strength: Tensor


@dataclass(frozen=True)
class Stills:
    """Given frames that are not the first, each encoded as a still of its own: latents (p, c, h, w).

    `frames` (p,) are drawing numbers in the clip, also fractions and one past its end; `owner` (p,) is whose they are.
    """

    latents: Tensor
    frames: Tensor
    owner: Tensor


@dataclass(frozen=True)
class References:
    """Reference pictures as latents (p, c, h, w), the text vectors of the words that mark them (p, text d), owner."""

    latents: Tensor
    marks: Tensor
    owner: Tensor


def model_input(noisy: Tensor, given: Given | None = None, guide: Guide | None = None) -> Tensor:
    """(b, 3c + 2, t, h, w): noisy latents with given ones in place, the given alone, their mask, guide, strength."""
    known = given or Given.nothing(noisy)
    led, strength = torch.zeros_like(noisy), torch.zeros_like(noisy[:, :1])
    if guide is not None:
        strength = guide.strength.to(noisy.dtype).view(-1, 1, 1, 1, 1).expand_as(strength)
        led = guide.latents * strength
    return torch.cat([known.keep(noisy), known.latents, known.mask, led, strength], dim=1)


def clean_input(latents: Tensor) -> Tensor:
    """The same of pictures (p, c, h, w) that are wholly given: (p, 3c + 2, 1, h, w)."""
    pictures = latents[:, :, None]
    return model_input(pictures, Given(pictures, torch.ones_like(pictures[:, :1])))
