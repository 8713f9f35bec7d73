"""The transformer that turns noise into latents: a DiT with text, flow time and given frames as conditions.

Letters: b clips, c channels, t, h, w latents; n tokens of 1 x 2 x 2 latents; m text tokens; d width.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import torch
from diffusers.configuration_utils import ConfigMixin, register_to_config
from diffusers.models.modeling_utils import ModelMixin
from einops import rearrange
from torch import Tensor, nn
from torch.nn import functional

from model_runtime.video.layers import (
    CrossAttention,
    FeedForward,
    KeysValues,
    Positions,
    RmsNorm,
    SelfAttention,
    sinusoids,
)
from model_runtime.video.presets import PATCH

MODULATIONS = 6  # shift, scale, gate for attention and for the feed-forward


@dataclass(frozen=True)
class TextKeys:
    """What the transformer needs of a text, made once for a clip: keys and values per block, mask, summary."""

    layers: list[KeysValues]
    mask: Tensor  # (b, 1, 1, m), true where there is text
    summary: Tensor  # (b, d)


def patchify(latents: Tensor) -> Tensor:
    """(b, c, t, h, w) -> (b, n, c*4)"""
    return rearrange(latents, "b c t (h p) (w q) -> b (t h w) (c p q)", p=PATCH, q=PATCH)


def unpatchify(tokens: Tensor, grid: tuple[int, int, int]) -> Tensor:
    """(b, n, c*4) -> (b, c, t, h, w)"""
    time, height, width = grid
    return rearrange(tokens, "b (t h w) (c p q) -> b c t (h p) (w q)", t=time, h=height, w=width, p=PATCH, q=PATCH)


class TransformerBlock(nn.Module):
    """Self-attention, cross-attention to text, feed-forward; positions come in again at every block."""

    def __init__(self, width: int, heads: int, hidden: int, text_width: int) -> None:
        super().__init__()
        self.norm_1 = RmsNorm(width, scaled=False)
        self.attention = SelfAttention(width, heads)
        self.norm_text = RmsNorm(width)
        self.text = CrossAttention(width, heads, text_width)
        self.norm_2 = RmsNorm(width, scaled=False)
        self.feed_forward = FeedForward(width, hidden)
        self.modulation_table = nn.Parameter(torch.zeros(MODULATIONS, width))

    def forward(self, x: Tensor, positions: Tensor, modulation: Tensor, text: KeysValues, mask: Tensor) -> Tensor:
        """x (b, n, d), positions (n, d), modulation (b, 6, d); x stays float32 where the rest is autocast"""
        x = x + positions
        kind = modulation.dtype
        table = self.modulation_table.to(kind)
        shift_1, scale_1, gate_1, shift_2, scale_2, gate_2 = (modulation + table)[:, :, None].unbind(1)
        x = x + gate_1 * self.attention(self.norm_1(x).to(kind) * (1 + scale_1) + shift_1)
        x = x + self.text(self.norm_text(x).to(kind), text, mask)
        return x + gate_2 * self.feed_forward(self.norm_2(x).to(kind) * (1 + scale_2) + shift_2)


class SketchTransformer(ModelMixin, ConfigMixin):
    """Velocity (noise minus data) of noisy latents, given frames, flow time and text."""

    @register_to_config
    def __init__(
        self,
        layers: int = 8,
        width: int = 256,
        heads: int = 4,
        hidden: int = 682,
        grid: tuple[int, int, int] = (4, 5, 9),
        latent_channels: int = 16,
        text_width: int = 128,
    ) -> None:
        super().__init__()
        self.grid = (grid[0], grid[1], grid[2])
        self.width = width
        inputs = 2 * latent_channels + 1  # noisy, given, mask: conditioning.py
        self.patch_in = nn.Linear(inputs * PATCH**2, width)
        self.positions = Positions(self.grid, width)
        self.time_in = nn.Linear(width, width)
        self.time_out = nn.Linear(width, width)
        self.summary = nn.Linear(text_width, width)
        self.modulation = nn.Linear(width, MODULATIONS * width)  # one projection for all blocks
        self.blocks = nn.ModuleList(TransformerBlock(width, heads, hidden, text_width) for _ in range(layers))
        self.norm_out = RmsNorm(width, scaled=False)
        self.modulation_out = nn.Linear(width, 2 * width)
        self.patch_out = nn.Linear(width, latent_channels * PATCH**2)
        self.initialize_weights()

    def initialize_weights(self) -> None:
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                if module.bias is not None:
                    nn.init.zeros_(module.bias)
        for table in self.positions.parameters():
            nn.init.normal_(table, std=0.02)  # small beside the tokens they are added to
        # zero gates, zero text and a zero last layer: every block starts as the identity, the output as nothing
        nn.init.zeros_(self.modulation.weight)
        nn.init.zeros_(self.modulation_out.weight)
        nn.init.zeros_(self.patch_out.weight)
        for block in self.blocks:
            nn.init.zeros_(cast(TransformerBlock, block).text.out.weight)

    def text_keys(self, text: Tensor, mask: Tensor) -> TextKeys:
        """Keys of a text (b, m, text d) with its mask (b, m); the same for every step of a clip."""
        weights = mask.to(text.dtype)[:, :, None]
        mean = (text * weights).sum(dim=1) / weights.sum(dim=1)
        layers = [cast(TransformerBlock, block).text.keys_values(text) for block in self.blocks]
        return TextKeys(layers, mask[:, None, None, :], self.summary(mean))

    def forward(self, latents: Tensor, times: Tensor, text: TextKeys) -> Tensor:
        """(b, 2c + 1, t, h, w) as conditioning.py makes it, times (b,) from 1 (noise) to 0 -> (b, c, t, h, w)"""
        grid = (latents.shape[2], latents.shape[3] // PATCH, latents.shape[4] // PATCH)
        if any(mine > limit for mine, limit in zip(grid, self.grid, strict=True)):
            raise ValueError(f"these latents need {grid} tokens; the transformer reaches {self.grid}")
        x = self.patch_in(patchify(latents)).float()  # (b, n, d)
        positions = self.positions(grid)
        condition = functional.silu(self.time_in(sinusoids(times, self.width).to(latents.dtype)))
        condition = functional.silu(self.time_out(condition) + text.summary)  # (b, d)
        modulation = self.modulation(condition).unflatten(-1, (MODULATIONS, -1))  # (b, 6, d)
        for block, keys in zip(self.blocks, text.layers, strict=True):
            x = block(x, positions, modulation, keys, text.mask)
        shift, scale = self.modulation_out(condition)[:, None].chunk(2, dim=-1)
        return unpatchify(self.patch_out(self.norm_out(x).to(shift.dtype) * (1 + scale) + shift), grid)
