"""Stills and references beside a clip: tokens that never change, so their keys and values are made once for a clip.

Context tokens pass through the transformer's own blocks at flow time 0, each picture seeing itself alone; the clip's
tokens see them, they do not see the clip. So neither their order nor anybody else's presence changes them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from model_runtime.video.layers import KeysValues


@dataclass(frozen=True)
class ContextKeys:
    """Keys and values of each block (b, e, m, k), and which of the m tokens are there: mask (b, m)."""

    layers: list[KeysValues]
    mask: Tensor

    def only(self, clips: Sequence[int]) -> ContextKeys:
        """Those of some clips, in any order and number."""
        rows = torch.tensor(list(clips), device=self.mask.device)
        return ContextKeys([(k[rows], v[rows]) for k, v in self.layers], self.mask[rows])

    def where(self, present: Tensor) -> ContextKeys:
        """The same with the context of some clips hidden: `present` is bool (b,)."""
        return ContextKeys(self.layers, self.mask & present[:, None])


def gathered(layers: Sequence[Sequence[KeysValues]], owners: Sequence[Tensor], clips: int) -> ContextKeys:
    """Keys of pictures, in groups of one size each, brought to the clips that own them.

    layers: for each group, the blocks' keys and values (p, e, q, k); owners: for each group (p,).
    """
    owner = torch.cat([own.repeat_interleave(group[0][0].shape[2]) for own, group in zip(owners, layers, strict=True)])
    order = torch.argsort(owner, stable=True)
    counts = torch.bincount(owner, minlength=clips)
    most = int(counts.max())
    starts = torch.cumsum(counts, 0) - counts
    places = starts[:, None] + torch.arange(most, device=owner.device)[None]  # (b, m) in the ordered tokens
    mask = torch.arange(most, device=owner.device)[None] < counts[:, None]
    index = order[torch.where(mask, places, torch.zeros_like(places))]  # of nobody: any token, masked
    return ContextKeys([_at_clips([group[block] for group in layers], index) for block in range(len(layers[0]))], mask)


def _at_clips(groups: Sequence[KeysValues], index: Tensor) -> KeysValues:
    """(p, e, q, k) of every group -> (b, e, m, k)"""
    keys, values = (
        torch.cat([part.transpose(1, 2).flatten(0, 1) for part in parts])[index].transpose(1, 2)
        for parts in zip(*groups, strict=True)
    )
    return keys, values
