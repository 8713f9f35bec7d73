"""Seconds and memory of one clip as the engine draws it, each measured in a fresh process, kept in `timing.json`."""

from __future__ import annotations

import json
import multiprocessing
import platform
import resource
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np

TIMING_FILE = "timing.json"
THREADS = 2
PROMPT = "wide shot, static. pier, night, rain. <s1>, left, facing right, walking. <s2>, right, facing left, standing."
KINDS = ("still", "clip", "clip with references")


@dataclass(frozen=True)
class Cost:
    """Drawing and decoding, without loading; memory is the whole process's peak."""

    kind: str
    drawings: int
    steps: int
    references: int
    guidances: str
    seconds: float
    megabytes: float


def measure_costs(weights: Path) -> None:
    """Write `timing.json` beside the weights."""
    spawning = multiprocessing.get_context("spawn")
    costs = []
    for kind in KINDS:
        with ProcessPoolExecutor(1, mp_context=spawning) as process:
            costs.append(process.submit(cost_of, weights, kind).result())
    told = {"machine": machine(), "threads": THREADS, "costs": [asdict(each) for each in costs]}
    (weights / TIMING_FILE).write_text(json.dumps(told, indent=1) + "\n", "utf-8")


def machine() -> str:
    """The processor's name as the system tells it."""
    path = Path("/proc/cpuinfo")
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def cost_of(weights: Path, kind: str) -> Cost:
    """In a process of its own, so that its peak memory is the clip's; the first still warms up."""
    import torch

    from model_runtime.video.pipeline import Latents, Reference, SketchRequest, decode, sample
    from model_runtime.video.presets import REFERENCE_GUIDANCE
    from model_runtime.video.weights import load_sketch

    torch.set_num_threads(THREADS)
    sketch = load_sketch(weights)

    def drawn(request: SketchRequest) -> None:
        latents = sample(sketch, request, on_step=lambda report: None, should_stop=lambda: False)
        assert isinstance(latents, Latents)
        decode(sketch, latents)

    request = SketchRequest(PROMPT, 1, 1 if kind == "still" else sketch.preset.max_frames)
    if kind == "clip with references":
        sheet = np.full((96, 64, 3), 180, np.uint8)
        shown = (Reference(sheet, 1), Reference(sheet, 2))
        request = replace(request, references=shown, reference_guidance=REFERENCE_GUIDANCE)
    drawn(replace(request, frames=1, steps=2))
    began = time.perf_counter()
    drawn(request)
    seconds = time.perf_counter() - began
    guidances = "text and references" if request.references else "text"
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Cost(kind, request.frames, request.steps, len(request.references), guidances, round(seconds, 2), round(peak))
