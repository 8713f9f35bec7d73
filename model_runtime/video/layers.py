"""Norms, attention and feed-forward of the transformer and the text encoder.

Letters: b clips, n tokens, m text tokens, d width, e heads, k width of a head.
"""

from __future__ import annotations

from typing import cast

import torch
from diffusers.models.attention import AttentionModuleMixin
from torch import Tensor, nn
from torch.nn import functional

from model_runtime.video.parallel import Ulysses

KeysValues = tuple[Tensor, Tensor]


class RmsNorm(nn.Module):
    """x / rms(x), with a learned scale unless the caller modulates it anyway."""

    def __init__(self, width: int, *, scaled: bool = True, eps: float = 1e-6) -> None:
        super().__init__()
        self.width, self.eps = width, eps
        self.scale = nn.Parameter(torch.ones(width)) if scaled else None

    def forward(self, x: Tensor) -> Tensor:
        return functional.rms_norm(x, (self.width,), None if self.scale is None else self.scale.to(x.dtype), self.eps)


def split_heads(x: Tensor, heads: int) -> Tensor:
    """(b, n, d) -> (b, e, n, k)"""
    return x.unflatten(-1, (heads, -1)).transpose(1, 2)


def join_heads(x: Tensor) -> Tensor:
    """(b, e, n, k) -> (b, n, d)"""
    return x.transpose(1, 2).flatten(2)


def attend(q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None) -> Tensor:
    """(b, e, n, k) from queries, keys and values; a bool mask is true where attention may go."""
    if q.is_cuda:
        return functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
    # At a few hundred tokens on a CPU, plain products train 1.4 times as fast as the fused kernel.
    scores = (q * q.shape[-1] ** -0.5) @ k.mT
    if mask is not None:
        scores = scores.masked_fill(~mask, -1e4)
    return scores.softmax(dim=-1, dtype=scores.dtype) @ v


class SelfAttention(nn.Module, AttentionModuleMixin):
    """Bidirectional over a clip's tokens and its context, queries and keys normed per head."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(width, width, bias=False)
        self.key = nn.Linear(width, width, bias=False)
        self.value = nn.Linear(width, width, bias=False)
        self.out = nn.Linear(width, width, bias=False)
        self.query_norm = RmsNorm(width // heads)
        self.key_norm = RmsNorm(width // heads)
        self.processor = Ulysses()  # diffusers' name for what its enable_parallelism configures

    def keys_values(self, x: Tensor) -> KeysValues:
        """(b, n, d) -> two of (b, e, n, k)"""
        return self.key_norm(split_heads(self.key(x), self.heads)), split_heads(self.value(x), self.heads)

    def forward(self, x: Tensor, mask: Tensor | None = None, context: KeysValues | None = None) -> Tensor:
        """Attention of (b, n, d) to itself and to `context`."""
        q = self.query_norm(split_heads(self.query(x), self.heads))
        k, v = self.keys_values(x)
        if self.processor.divides:
            q, k, v = (self.processor.heads_of_all_tokens(each) for each in (q, k, v))
            context = None if context is None else self.processor.own_heads(context)
        if context is not None:
            k, v = torch.cat([k, context[0]], dim=2), torch.cat([v, context[1]], dim=2)
        seen = attend(q, k, v, mask)
        if self.processor.divides:
            seen = self.processor.tokens_of_all_heads(seen)
        return cast(Tensor, self.out(join_heads(seen)))

    def alone(self, x: Tensor, own: KeysValues) -> Tensor:
        """Attention of (b, n, d), whole on every process, to nothing but its own keys and values."""
        q = self.query_norm(split_heads(self.query(x), self.heads))
        return cast(Tensor, self.out(join_heads(attend(q, *own, None))))


class CrossAttention(nn.Module):
    """From tokens to text; keys and values are made once for a clip and handed to every step."""

    def __init__(self, width: int, heads: int, text_width: int) -> None:
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(width, width, bias=False)
        self.key = nn.Linear(text_width, width, bias=False)
        self.value = nn.Linear(text_width, width, bias=False)
        self.out = nn.Linear(width, width, bias=False)
        self.query_norm = RmsNorm(width // heads)
        self.key_norm = RmsNorm(width // heads)

    def keys_values(self, text: Tensor) -> KeysValues:
        """(b, m, text d) -> two of (b, e, m, k)"""
        return self.key_norm(split_heads(self.key(text), self.heads)), split_heads(self.value(text), self.heads)

    def forward(self, x: Tensor, text: KeysValues, mask: Tensor | None) -> Tensor:
        q = self.query_norm(split_heads(self.query(x), self.heads))
        return cast(Tensor, self.out(join_heads(attend(q, *text, mask))))


class FeedForward(nn.Module):
    """SwiGLU."""

    def __init__(self, width: int, hidden: int) -> None:
        super().__init__()
        self.gate = nn.Linear(width, hidden, bias=False)
        self.up = nn.Linear(width, hidden, bias=False)
        self.down = nn.Linear(hidden, width, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        return cast(Tensor, self.down(functional.silu(self.gate(x)) * self.up(x)))


class Positions(nn.Module):
    """Three learned tables, time, height and width, summed: one vector for each token of the grid."""

    def __init__(self, grid: tuple[int, int, int], width: int) -> None:
        super().__init__()
        self.table_time = nn.Parameter(torch.zeros(grid[0], width))
        self.table_height = nn.Parameter(torch.zeros(grid[1], width))
        self.table_width = nn.Parameter(torch.zeros(grid[2], width))

    def forward(self, grid: tuple[int, int, int]) -> Tensor:
        """(n, d), n = time * height * width"""
        time, height, width = grid
        summed = (
            self.table_time[:time, None, None]
            + self.table_height[None, :height, None]
            + self.table_width[None, None, :width]
        )
        return summed.flatten(0, 2)

    def of_picture(self, grid: tuple[int, int, int]) -> Tensor:
        """(n, d) of one picture without its time"""
        _, height, width = grid
        return (self.table_height[:height, None] + self.table_width[None, :width]).flatten(0, 1)


class PicturePositions(nn.Module):
    """Two learned tables for pictures that stand beside a clip, all of one size."""

    def __init__(self, grid: tuple[int, int], width: int) -> None:
        super().__init__()
        self.table_height = nn.Parameter(torch.zeros(grid[0], width))
        self.table_width = nn.Parameter(torch.zeros(grid[1], width))

    def forward(self) -> Tensor:
        """(n, d)"""
        return (self.table_height[:, None] + self.table_width[None]).flatten(0, 1)


def sinusoids(values: Tensor, width: int, scale: float = 1000.0) -> Tensor:
    """(b,) in 0..1 -> (b, width): sines and cosines of falling frequencies."""
    half = width // 2
    frequencies = torch.exp(-torch.arange(half, device=values.device) * (torch.log(torch.tensor(10_000.0)) / half))
    angles = values.float()[:, None] * scale * frequencies[None]
    return torch.cat([angles.cos(), angles.sin()], dim=-1)
