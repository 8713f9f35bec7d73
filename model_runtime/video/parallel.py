"""One clip over several processes: each holds part of its tokens, and for attention all tokens of part of the heads.

This is DeepSpeed Ulysses, as diffusers' `enable_parallelism` arranges it: its hooks split and gather tokens by the
transformer's plan, and hand every attention module's processor their configuration. The exchange itself is done here
and not by diffusers' dispatcher, because the keys of stills and references are whole on every process: only the heads
of those are divided.

Letters: b clips, e heads, n tokens, m context tokens, k width of a head, p processes.
"""

from __future__ import annotations

from typing import Any

import torch
import torch.distributed as dist
from torch import Tensor

KeysValues = tuple[Tensor, Tensor]


class Ulysses:
    """An attention module's processor in diffusers' sense; without a configuration it does nothing."""

    _attention_backend: str | None = None
    _parallel_config: Any = None

    @property
    def divides(self) -> bool:
        return self._parallel_config is not None

    @property
    def group(self) -> dist.ProcessGroup:
        """The processes that share a clip; ValueError if they were to pass keys around in a ring."""
        config = self._parallel_config.context_parallel_config
        if config.ring_degree > 1:
            raise ValueError("the sketch transformer divides attention by heads only: ring_degree must be 1")
        group: dist.ProcessGroup = config._ulysses_mesh.get_group()
        return group

    def heads_of_all_tokens(self, x: Tensor) -> Tensor:
        """All heads of this process's tokens (b, e, n/p, k) -> its heads of all tokens (b, e/p, n, k)"""
        processes = dist.get_world_size(self.group)
        if x.shape[1] % processes:
            raise ValueError(f"{x.shape[1]} heads cannot be divided among {processes} processes")
        parts = x.unflatten(1, (processes, -1)).movedim(1, 0)  # (p, b, e/p, n/p, k), by receiver
        return self._exchanged(parts).movedim(0, 2).flatten(2, 3)

    def tokens_of_all_heads(self, x: Tensor) -> Tensor:
        """The way back: (b, e/p, n, k) -> (b, e, n/p, k)"""
        processes = dist.get_world_size(self.group)
        parts = x.unflatten(2, (processes, -1)).movedim(2, 0)  # (p, b, e/p, n/p, k), by receiver
        return self._exchanged(parts).movedim(0, 1).flatten(1, 2)

    def own_heads(self, context: KeysValues) -> KeysValues:
        """This process's heads of context that is whole everywhere: (b, e, m, k) -> (b, e/p, m, k), both."""
        mine, processes = dist.get_rank(self.group), dist.get_world_size(self.group)
        keys, values = (each.chunk(processes, dim=1)[mine] for each in context)
        return keys, values

    def _exchanged(self, parts: Tensor) -> Tensor:
        """Parts (p, ...) for each process -> the parts (p, ...) from each of them."""
        received = torch.empty_like(parts, memory_format=torch.contiguous_format)
        dist.all_to_all_single(received, parts.contiguous(), group=self.group)
        return received
