"""The pool that feeds a GPU, with two processes on the CPU: it fills, is used, and takes in new views."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable

import numpy as np
import pytest
import torch

from model_runtime.training.drawings import ClipPool
from model_runtime.training.latents import encode_scenes
from model_runtime.training.pool import Pool, Ring
from model_runtime.training.scenes import BATCH, any_size, draw_scene, rng_for
from model_runtime.training.views import View
from model_runtime.video.autoencoder import SketchAutoencoder
from model_runtime.video.presets import SMALL, TINY


def views(count: int, first: int = 0) -> list[View]:
    return [
        View(None, torch.full((1, 1, 1, 1), float(first + number)), torch.zeros(1, 1, 1), None, None, None, ())  # type: ignore[arg-type]
        for number in range(count)
    ]


def test_a_view_is_used_about_five_times_before_a_newer_one_takes_its_place() -> None:
    ring, rng = Ring(2 * BATCH), np.random.default_rng(0)
    ring.put(views(BATCH))
    assert ring.wants
    ring.put(views(BATCH, BATCH))
    used: dict[int, int] = {}
    batches = 2
    for _ in range(4000):
        while ring.wants:
            ring.put(views(BATCH, BATCH * batches))
            batches += 1
        number = int(ring.any(rng).latents)
        used[number] = used.get(number, 0) + 1
    assert 4000 / (BATCH * batches) == pytest.approx(5.0, rel=0.1)
    assert min(used) == 0 and max(used) > 700


def test_the_oldest_go_first() -> None:
    ring, rng = Ring(2 * BATCH), np.random.default_rng(0)
    ring.put(views(2 * BATCH))
    for _ in range(5 * BATCH):
        assert len(ring.views) == 2 * BATCH
        ring.any(rng)
    ring.put(views(BATCH, 100))
    assert sorted(int(view.latents) for view in ring.views) == [*range(BATCH, 2 * BATCH), *range(100, 100 + BATCH)]


def test_sizes_have_their_shares() -> None:
    rng = rng_for(0)
    stills = [any_size(rng, SMALL, "stills") for _ in range(2000)]
    assert stills.count(SMALL.sizes[0]) / 2000 == pytest.approx(0.8, abs=0.04) and set(stills) == set(SMALL.sizes)


def test_a_pool_needs_a_process_for_either_kind() -> None:
    network = SketchAutoencoder(**vars(TINY.autoencoder))
    with pytest.raises(ValueError, match="not 1"):
        Pool(TINY, network, processes=1, seed=0)


@pytest.mark.process
def test_processes_fill_the_pool_and_it_is_renewed_while_it_is_used() -> None:
    torch.set_num_threads(1)
    network = SketchAutoencoder(**vars(TINY.autoencoder)).eval().requires_grad_(False)
    pool = Pool(TINY, network, processes=2, seed=0, sizes={"stills": BATCH, "clips": BATCH})
    try:
        until(pool, lambda: pool.ready("stills") == BATCH and pool.ready("clips") == BATCH)
        rng = np.random.default_rng(0)
        before = pool.any("clips", rng)
        assert before.frames == 4 and pool.any("stills", rng).frames == 1
        old = [view.latents.clone() for view in pool._rings["clips"].views]

        def renewed() -> bool:
            now = pool.any("clips", rng).latents
            return not any(torch.equal(now, each) for each in old)

        until(pool, renewed)
    finally:
        pool.close()
    assert not any(process.is_alive() for workers in pool.workers.values() for process in workers.processes)


def until(pool: Pool, fulfilled: Callable[[], bool]) -> None:
    end = time.monotonic() + 110
    while not fulfilled():
        assert time.monotonic() < end
        pool.look_again()
        time.sleep(0.01)


def test_a_pool_holds_what_a_shard_would() -> None:
    network = SketchAutoencoder(**vars(TINY.autoencoder)).eval().requires_grad_(False)
    drawn = [draw_scene(rng_for(3, number), TINY.sizes[1], 1) for number in range(2)]
    views = encode_scenes(network, drawn)
    assert views.view(1).scene == drawn[1].scene and views.view(1).latents.shape == (32, 1, 4, 4)


@pytest.mark.process
def test_a_clip_pool_is_renewed_by_its_processes() -> None:
    pool = ClipPool(TINY, 2, seed=0, processes=1)
    try:
        pool.fill(2)
        old = list(pool.clips)
        end = time.monotonic() + 110
        while any(clip is each for clip in pool.clips for each in old):
            assert time.monotonic() < end
            pool.refresh(1)
            time.sleep(0.01)
        assert pool.whole(1, frames=25).shape == (1, 3, 25, 64, 96)
    finally:
        pool.close()


def test_processes_that_draw_need_no_torch() -> None:
    script = (
        "import sys, model_runtime.training.__main__, model_runtime.training.scenes, model_runtime.training.workers; "
        "sys.exit('torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], timeout=60).returncode == 0
