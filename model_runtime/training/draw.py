"""Draws scenes, encodes them with the frozen autoencoder and writes them as shards; several processes share a run."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import cv2
from filelock import FileLock, Timeout

from model_runtime.training.latents import encode_scenes, freeze
from model_runtime.training.scenes import BATCH, UNUSUAL_EVERY, DrawnScene, Size, draw_scene, rng_for
from model_runtime.training.views import Views, joined
from model_runtime.video.autoencoder import SketchAutoencoder
from model_runtime.video.presets import SketchPreset

SCENES = {"stills": 1024, "clips": 128}  # in a shard
SEEDS = {"stills": 11, "clips": 12}
STILL_SHARDS_FIRST = 8  # before clips and stills take turns
CLIP_SHARDS_A_TURN = 4  # for each of stills: training takes about two stills for a clip


@dataclass(frozen=True)
class Shard:
    kind: str
    number: int

    @property
    def name(self) -> str:
        return f"{self.kind}-{self.number:04d}"

    def frames(self, preset: SketchPreset) -> int:
        return 1 if self.kind == "stills" else preset.max_frames

    def size(self, preset: SketchPreset, *, every_aspect: bool) -> Size:
        """(width, height) of its drawings: mostly the usual one, now and then each of the others in turn."""
        turn, place = divmod(self.number, UNUSUAL_EVERY[self.kind])
        others = preset.sizes[1:]
        unusual = every_aspect and others and place == UNUSUAL_EVERY[self.kind] - 1
        return others[turn % len(others)] if unusual else preset.sizes[0]


def order() -> Iterator[Shard]:
    """Without end: some stills, then clips and stills in turn."""
    yield from (Shard("stills", number) for number in range(STILL_SHARDS_FIRST))
    for turn in count():
        yield from (Shard("clips", CLIP_SHARDS_A_TURN * turn + each) for each in range(CLIP_SHARDS_A_TURN))
        yield Shard("stills", STILL_SHARDS_FIRST + turn)


@dataclass
class Spent:
    """Seconds spent on drawing and on encoding."""

    drawing: float = 0.0
    encoding: float = 0.0


def write_shards(
    preset: SketchPreset,
    folder: Path,
    minutes: float,
    *,
    shards: int | None = None,
    every_aspect: bool = True,
    start: Path | None = None,
) -> None:
    """Fill `folder`/latents until the minutes are over or `shards` of them are there; finished ones are kept.

    A shard is claimed by a lock that ends with its process, so that any number of processes may share the folder.
    """
    cv2.setNumThreads(1)
    folder.mkdir(parents=True, exist_ok=True)
    network = freeze(preset, folder, start)
    latents = folder / "latents"
    latents.mkdir(exist_ok=True)
    until = time.perf_counter() + 60.0 * minutes
    for number, shard in enumerate(order()):
        if time.perf_counter() > until or (shards is not None and number >= shards):
            return
        path = latents / f"{shard.name}.pt"
        if path.exists():
            continue
        try:
            with FileLock(path.with_suffix(".lock"), timeout=0):
                if not path.exists():
                    _write(network, preset, shard, path, every_aspect=every_aspect)
        except Timeout:  # another process is at it
            continue


def _write(network: SketchAutoencoder, preset: SketchPreset, shard: Shard, path: Path, *, every_aspect: bool) -> None:
    spent = Spent()
    size = shard.size(preset, every_aspect=every_aspect)
    drawn_views(network, shard, size, shard.frames(preset), spent).save(path)
    scenes = SCENES[shard.kind]
    print(
        f"{shard.name}: {scenes} scenes of {size[0]}x{size[1]}, each {1000 * spent.drawing / scenes:.1f} ms to draw "
        f"and {1000 * spent.encoding / scenes:.1f} ms to encode",
        flush=True,
    )


def drawn_views(network: SketchAutoencoder, shard: Shard, size: Size, frames: int, spent: Spent) -> Views:
    """The scenes of a shard; the same whoever draws them, and whenever."""
    rng = rng_for(SEEDS[shard.kind], shard.number)
    parts = []
    for _ in range(0, SCENES[shard.kind], BATCH):
        began = time.perf_counter()
        drawn: list[DrawnScene] = [draw_scene(rng, size, frames) for _ in range(BATCH)]
        done = time.perf_counter()
        parts.append(encode_scenes(network, drawn))
        spent.drawing += done - began
        spent.encoding += time.perf_counter() - done
    return joined(parts)
