"""One clip divided among two processes on the CPU, by diffusers' own plan, is what one process draws."""

from __future__ import annotations

from pathlib import Path
from unittest import mock

import pytest
import torch
import torch.distributed as dist
import torch.multiprocessing as processes
from diffusers import ContextParallelConfig
from diffusers.models._modeling_parallel import ParallelConfig
from torch import Tensor

from model_runtime.video.conditioning import References, Stills, model_input
from model_runtime.video.presets import TINY
from model_runtime.video.transformer import SketchTransformer
from tests.video.conftest import awake

PROCESSES = 2


def network() -> SketchTransformer:
    torch.set_num_threads(1)
    torch.manual_seed(1)
    transformer = SketchTransformer(**vars(TINY.transformer)).eval().requires_grad_(False)
    awake(transformer)
    return transformer


def velocity(transformer: SketchTransformer, *, context: bool) -> Tensor:
    """Of two clips with texts of different lengths, of which one has two references and one a given still."""
    generator = torch.Generator().manual_seed(2)
    noisy = torch.randn(2, 32, 3, 4, 6, generator=generator)
    there = torch.ones(2, 5, dtype=torch.bool)
    there[1, 3:] = False
    text = transformer.text_keys(torch.randn(2, 5, TINY.text.width, generator=generator), there)
    keys = None
    if context:
        marks = torch.randn(2, TINY.text.width, generator=generator)
        references = References(torch.randn(2, 32, 12, 8, generator=generator), marks, torch.tensor([0, 0]))
        stills = Stills(torch.randn(1, 32, 4, 6, generator=generator), torch.tensor([16.0]), torch.tensor([1]))
        keys = transformer.context_keys(2, references, [stills])
    result: Tensor = transformer(model_input(noisy), torch.tensor([0.4, 0.8]), text, keys)
    return result


def divided(rank: int, folder: str) -> None:
    """One of the processes; writes what it drew."""
    where = Path(folder)
    dist.init_process_group("gloo", init_method=f"file://{where}/meet", rank=rank, world_size=PROCESSES)
    transformer = network()
    # enable_parallelism divides by the number of accelerators, which a machine without any has none of
    with mock.patch.object(torch.accelerator, "device_count", return_value=PROCESSES):
        transformer.enable_parallelism(config=ContextParallelConfig(ulysses_degree=PROCESSES))
    torch.save([velocity(transformer, context=context) for context in (False, True)], where / f"{rank}.pt")
    dist.barrier()  # gloo aborts a process whose neighbour is gone before the last message arrived
    dist.destroy_process_group()


@pytest.mark.process
def test_two_processes_draw_what_one_does_with_references_and_without(tmp_path: Path) -> None:
    processes.spawn(divided, (str(tmp_path),), nprocs=PROCESSES)
    transformer = network()
    for number, context in enumerate((False, True)):
        whole = velocity(transformer, context=context)
        for rank in range(PROCESSES):
            theirs = torch.load(tmp_path / f"{rank}.pt")[number]
            assert theirs.shape == whole.shape
            assert (theirs - whole).abs().max() < 1e-4 < whole.abs().mean()


def test_a_ring_is_refused_in_words() -> None:
    attention = network().blocks[0].attention
    attention.processor._parallel_config = ParallelConfig(ContextParallelConfig(ring_degree=PROCESSES))
    with pytest.raises(ValueError, match="ring_degree must be 1"):
        attention(torch.zeros(1, 4, TINY.transformer.width))
