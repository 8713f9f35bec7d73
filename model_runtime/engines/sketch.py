"""Our own model as an engine: one request for every task; movie or still, poster and latents out.

The video code and torch are imported late, inside the calls that need them: `Ready` must not wait for seconds.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from model_runtime import devices, protocol
from model_runtime.engines.base import JobFolder, LoadFacts, Made, Outcome, Reporter
from model_runtime.engines.parts import plan_parts
from model_runtime.engines.sketch_checks import check
from model_runtime.video.presets import GUIDANCE, REFERENCE_GUIDANCE

if TYPE_CHECKING:
    from model_runtime.video.networks import Sketch
    from model_runtime.video.weights import WeightFiles

log = logging.getLogger(__name__)

ENGINE = "sketch"
TASKS = (
    "still", "clip", "first_frame", "last_frame", "extend", "bridge", "redo", "inpaint", "loop", "restyle", "guide",
    "references",
)  # fmt: skip
REFERENCE_KINDS = ("character", "prop")
"""What the training scenes show by reference pictures; they have no pictures of places or looks."""
VIEWS = 2
"""Pictures of one subject it learned to read together: as many as each was shown by in training."""
STEPS = 20
LONGEST_PROMPT = 4000
DRAWINGS_PER_SECOND = 12
LONGEST_S = 40
"""Of a clip drawn in parts: as long as anything a storyboard holds, and a bound for memory."""


class SketchEngine:
    def __init__(self, assets: Path) -> None:
        self.folder = assets / "models" / "sketch"
        self.found: WeightFiles | None = None
        self.sketch: Sketch | None = None
        self.device = "cpu"
        self.seconds_per_step_and_drawing = -1.0

    def info(self) -> protocol.EngineInfo:
        from model_runtime.video import presets, shapes, weights

        reason = hint = ""
        try:
            self.found = self.found or weights.find_weights(self.folder)
        except (weights.WeightsMissing, weights.WeightsBroken) as error:
            reason, hint = error.sentence, error.hint
        preset = self.found.preset if self.found else presets.SMALL
        draws = preset.autoencoder.draws
        return protocol.EngineInfo(
            id=ENGINE,
            title="Sketch",
            tasks=TASKS,
            frames=tuple(one for one in shapes.legal_frames(LONGEST_S * DRAWINGS_PER_SECOND + 1) if one > 1),
            drawings_per_second=DRAWINGS_PER_SECOND,
            width=preset.width * draws,
            height=preset.height * draws,
            steps=STEPS,
            guidance=GUIDANCE,
            prompt_style=ENGINE,
            max_prompt=LONGEST_PROMPT,
            references=presets.MOST_REFERENCES,
            reference_kinds=REFERENCE_KINDS,
            views=VIEWS,
            reference_size=(presets.REFERENCE_WIDTH, presets.REFERENCE_HEIGHT),
            # A negative text shifts the guidance a little and takes nothing out: with "rain." it rains on.
            negative=False,
            part=preset.max_frames,
            sizes=tuple((width * draws, height * draws) for width, height in preset.sizes),
            weights=self.found.fingerprint if self.found else "",
            available=self.found is not None,
            reason=reason,
            hint=hint,
        )

    def load(self) -> LoadFacts:
        if self.sketch is None:
            from model_runtime.video import weights

            plan = devices.plan_device()
            devices.use_threads(plan)
            self.sketch = weights.load_sketch(self.folder, device=plan.device)
            self.found = weights.find_weights(self.folder)
            self.device = plan.device
        return LoadFacts(self.device, _bytes_of(self.sketch))

    def estimate(self, request: protocol.Estimate) -> tuple[float, int]:
        known, steps = self.seconds_per_step_and_drawing, request.steps or STEPS
        parts = plan_parts(request.engine_frames, (), request.engine_frames, self.info().part)
        drawings = sum(part.count for part in parts)
        return known * steps * drawings if known >= 0 else -1.0, devices.peak_memory()

    def _with_defaults(self, request: protocol.Generate) -> protocol.Generate:
        return replace(
            request,
            steps=request.steps or STEPS,
            guidance=request.guidance or GUIDANCE,
            reference_guidance=request.reference_guidance or REFERENCE_GUIDANCE,
        )

    def unload(self) -> None:
        self.sketch = None

    def generate(self, request: protocol.Generate, reporter: Reporter, folder: JobFolder) -> Outcome:
        from model_runtime.engines.sketch_job import SketchJob  # torch

        self.load()
        assert self.sketch is not None
        check(request, self.info())
        job = SketchJob(self.sketch, self._with_defaults(request), reporter, folder)
        outcome = job.make()
        if isinstance(outcome, Made) and job.steps_done:
            self.seconds_per_step_and_drawing = job.seconds["drawing"] / job.steps_done
        return outcome


def _bytes_of(sketch: Sketch) -> int:
    parts = (sketch.autoencoder, sketch.text_encoder, sketch.transformer)
    return sum(one.numel() * one.element_size() for part in parts for one in part.parameters())
