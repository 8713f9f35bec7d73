"""Clips of several lengths and aspects side by side in rows of tokens (NaViT, Patch n' Pack, section 2).

Letters: b clips, r rows, n tokens of a row, s clips of a row, m tokens of one clip's text or context.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from model_runtime.video.layers import KeysValues


@dataclass(frozen=True)
class Rows:
    """Where each clip stands: `clip` (r, n) is whose a token is, `clips` (r, s) who is in a row; -1 is nobody."""

    clip: Tensor
    clips: Tensor
    places: tuple[tuple[int, int, int], ...]
    """(row, first token, tokens) of each clip."""

    @property
    def device(self) -> torch.device:
        return self.clip.device

    def lay(self, tokens: Sequence[Tensor]) -> Tensor:
        """Each clip's (n, d) into (r, n, d); zero where nobody stands."""
        out = tokens[0].new_zeros(*self.clip.shape, tokens[0].shape[-1])
        for (row, first, count), each in zip(self.places, tokens, strict=True):
            out[row, first : first + count] = each
        return out

    def take(self, rows: Tensor) -> list[Tensor]:
        """(r, n, d) -> each clip's (n, d)"""
        return [rows[row, first : first + count] for row, first, count in self.places]

    def spread(self, values: Tensor) -> Tensor:
        """One value a clip (b, ...) to each of its tokens (r, n, ...)."""
        return values[self.clip.clamp(min=0)]

    def attention(self) -> Tensor:
        """(r, 1, n, n): within a clip only. Tokens of nobody see each other, so that no row is empty."""
        return (self.clip[:, :, None] == self.clip[:, None, :])[:, None]

    def keys(self, layer: KeysValues) -> KeysValues:
        """Keys and values of clips (b, e, m, k) side by side by rows: (r, e, s*m, k)"""
        return self._side_by_side(layer[0]), self._side_by_side(layer[1])

    def keys_mask(self, mask: Tensor) -> Tensor:
        """(r, 1, n, s*m) from a mask of clips (b, m): a token sees the text, or the context, of its own clip.

        Tokens of nobody see everything, because a softmax over nothing is no number.
        """
        own = self.clip[:, :, None] == self.clips[:, None, :]  # (r, n, s)
        there = mask[self.clips.clamp(min=0)]  # (r, s, m)
        seen = own[:, :, :, None] & there[:, None] & (self.clips >= 0)[:, None, :, None]
        return (seen.flatten(2) | (self.clip < 0)[:, :, None])[:, None]

    def _side_by_side(self, values: Tensor) -> Tensor:
        return values[self.clips.clamp(min=0)].permute(0, 2, 1, 3, 4).flatten(2, 3)


def pack(counts: Sequence[int], most: int, device: torch.device | None = None) -> Rows:
    """Rows of at most `most` tokens for clips of so many tokens each, the longest first into the fullest row that fits.

    ValueError if a clip alone is longer than a row.
    """
    rows: list[list[int]] = []
    filled: list[int] = []
    for clip in sorted(range(len(counts)), key=lambda one: -counts[one]):
        if counts[clip] > most:
            raise ValueError(f"a clip of {counts[clip]} tokens does not fit in a row of {most}")
        fitting = [row for row, used in enumerate(filled) if used + counts[clip] <= most]
        row = max(fitting, key=lambda one: filled[one]) if fitting else len(rows)
        if row == len(rows):
            rows.append([])
            filled.append(0)
        rows[row].append(clip)
        filled[row] += counts[clip]
    return _laid_out(rows, counts, max(filled), device)


def _laid_out(rows: list[list[int]], counts: Sequence[int], width: int, device: torch.device | None) -> Rows:
    clip = torch.full((len(rows), width), -1, dtype=torch.long)
    clips = torch.full((len(rows), max(map(len, rows))), -1, dtype=torch.long)
    places = [(0, 0, 0)] * len(counts)
    for row, members in enumerate(rows):
        first = 0
        for seat, one in enumerate(members):
            clip[row, first : first + counts[one]] = one
            clips[row, seat] = one
            places[one] = (row, first, counts[one])
            first += counts[one]
    return Rows(clip.to(device), clips.to(device), tuple(places))
