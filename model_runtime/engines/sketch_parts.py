"""The parts of one clip of the sketch engine, drawn one after another: each goes on from those before it.

A part is saved every few steps while it is drawn, and once it is, so that no stop and no crash costs more than that.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from model_runtime import frames, protocol, safe_files
from model_runtime.engines.base import Stopped, drawings_reached, picture_key
from model_runtime.engines.parts import Part, plan_parts
from model_runtime.engines.sketch_checks import redraws
from model_runtime.engines.sketch_inputs import Inputs
from model_runtime.engines.take_latents import DrawnPart
from model_runtime.failures import BadInput
from model_runtime.video import pipeline
from model_runtime.video.pipeline import Guide, Latents, SamplingState, SketchRequest, StepReport

if TYPE_CHECKING:
    from model_runtime.engines.sketch_job import SketchJob

SAVE_EVERY = 5
"""Steps between two savings of the progress: a lost process costs at most so many."""
SEED_STRIDE = 1_000_003
"""Between the noise of one part and the next: takes of neighbouring seeds share none."""


class PartsDrawn:
    """What is drawn of a job, and how far it is. `job` is told of every step."""

    def __init__(self, job: SketchJob, inputs: Inputs) -> None:
        self.job, self.inputs = job, inputs
        request, preset = job.request, job.sketch.preset
        count, reached = request.engine_frames, drawings_reached(request)
        kept = {} if redraws(request) else inputs.given
        whole = [Part(0, count)]
        self.parts = whole if redraws(request) else plan_parts(count, kept, reached, preset.max_frames)
        self.drawings = dict(kept)
        """Those known so far, at the decoder's size."""
        self.key = picture_key(request, job.sketch.fingerprint)
        self.began = time.monotonic()
        self.fresh_steps = 0
        self.done = 0
        """Steps of the parts that are drawn."""
        wishes = [self._wish(number, with_drawings=False) for number in range(len(self.parts))]
        self.counts = [self._count_steps(wish) for wish in wishes]

    @property
    def steps(self) -> int:
        """Of all parts."""
        return sum(self.counts)

    def draw(self) -> list[DrawnPart] | Stopped:
        """Every part's latents; all parts but the last are decoded on the way, for the next begins with them."""
        stop_at = self.job.request.stop_at
        self.job.folder.drop_other_progress(self.key)
        found: list[DrawnPart] = []
        for number, part in enumerate(self.parts):
            if found:
                pictures = self.decode(found[-1])
                if 0 < stop_at <= self.done:
                    self._keep_preview(pictures)
                    return Stopped(self.done)
            began = time.monotonic()
            latents = self._draw_part(number)
            self.job.seconds["drawing"] = self.job.seconds.get("drawing", 0.0) + time.monotonic() - began
            if isinstance(latents, Stopped):
                return latents
            found.append(DrawnPart(part, latents))
            self.done += self.counts[number]
        return found

    def decode(self, drawn: DrawnPart) -> np.ndarray:
        """Its drawings (t, h, w, 3); they become known, those that were known before excepted."""
        pictures = pipeline.decode(self.job.sketch, drawn.latents)
        for number, picture in enumerate(pictures, drawn.part.first):
            self.drawings.setdefault(number, picture)
        return pictures

    # --- one part --------------------------------------------------------------------------------------------------

    def _draw_part(self, number: int) -> Latents | Stopped:
        """Latents an earlier attempt finished, or drawn from where it was saved."""
        job, stop_at = self.job, self.job.request.stop_at
        done = job.folder.drawn_path(self.key, number)
        whole = not stop_at or stop_at >= self.done + self.counts[number]
        if job.request.resume and whole and (earlier := self._earlier_latents(done)) is not None:
            return earlier
        latents = self._sample(number)
        if not isinstance(latents, Stopped):
            # From here on a failed decode or a full disk never costs the drawing again.
            safe_files.write_bytes(done, latents.to_bytes())
        return latents

    def _sample(self, number: int) -> Latents | Stopped:
        """In stretches of a few steps, saved after each; going on is bit-equal to never having stopped."""
        job, saved = self.job, self.job.folder.progress_path(self.key, number)
        wish = self._checked_wish(number)
        state = self._earlier_state(saved, wish) if job.request.resume else None
        stop_at = job.request.stop_at - self.done if job.request.stop_at else 0
        while True:
            first = state.step if state else 0
            if stop_at and first >= stop_at:
                return Stopped(self.done + first)
            stretch = Stretch(self, self.parts[number], first, min(first + SAVE_EVERY, stop_at or first + SAVE_EVERY))
            result = pipeline.sample(
                job.sketch, wish, on_step=stretch.on_step, should_stop=stretch.should_stop, state=state
            )
            if isinstance(result, Latents):
                return result
            state = result.state
            safe_files.write_bytes(saved, state.to_bytes())
            if stop_at and state.step >= stop_at:
                assert stretch.report is not None
                self._keep_preview(pipeline.decode(job.sketch, Latents(stretch.report.latents)))
            if job.reporter.should_stop():
                return Stopped(self.done + state.step)

    def stepped(self, part: Part, report: StepReport) -> None:
        reporter, self.fresh_steps = self.job.reporter, self.fresh_steps + 1
        self.job.steps_done += part.count
        step = self.done + report.step
        spent = (time.monotonic() - self.began) / self.fresh_steps
        reporter.progress("drawing", step, self.steps, spent * (self.steps - step))
        if reporter.wants_preview():
            reporter.preview(pipeline.preview(self.job.sketch, report.latents))

    def _keep_preview(self, pictures: np.ndarray) -> None:
        """A held job is looked at before it is continued: what the clip would become, drawn out from here."""
        frames.write_preview(self.job.folder.path / protocol.PREVIEW_FILE, list(pictures))

    # --- what a part is asked for ----------------------------------------------------------------------------------

    def _wish(self, number: int, *, with_drawings: bool = True) -> SketchRequest:
        request, inputs, part = self.job.request, self.inputs, self.parts[number]
        known = {one: self.drawings[one] for one in range(part.first, part.stop) if one in self.drawings}
        if redraws(request):
            known = inputs.given
        given = {one - part.first: picture for one, picture in known.items()} if with_drawings else {}
        whole = part.count == request.engine_frames
        if request.loop and part.stop == request.engine_frames and not whole and 0 in self.drawings:
            given[part.count] = self.drawings[0]
        guide = None
        if inputs.guide is not None:
            guide = Guide(inputs.guide[part.first : part.stop], request.guide_strength)
        return SketchRequest(
            prompt=inputs.prompt,
            seed=request.seed + SEED_STRIDE * number,
            frames=part.count,
            negative=request.negative,
            steps=request.steps,
            guidance=request.guidance,
            reference_guidance=request.reference_guidance,
            given=given,
            mask=inputs.drawn_mask,
            strength=request.strength,
            loop=request.loop and whole,
            guide=guide,
            references=inputs.references,
            size=inputs.size,
        )

    def _checked_wish(self, number: int) -> SketchRequest:
        wish = self._wish(number)
        try:
            pipeline.check_request(wish, self.job.sketch.preset)
        except ValueError as error:
            text = str(error)
            raise BadInput(f"{text[:1].upper()}{text[1:]}.", "Change what is given.") from error
        return wish

    def _count_steps(self, wish: SketchRequest) -> int:
        """How many steps the pipeline counts for it."""
        if wish.restyles:
            times = self.job.sketch.flow.times(wish.steps, wish.schedule)
            return sum(time <= wish.strength for time in times) - 1
        return wish.steps * (2 if wish.loop and 0 not in self.inputs.given else 1)

    # --- what an earlier attempt left ------------------------------------------------------------------------------

    def _earlier_state(self, saved: Path, wish: SketchRequest) -> SamplingState | None:
        try:
            state = SamplingState.from_bytes(saved.read_bytes())
        except FileNotFoundError:
            return None
        except ValueError as error:
            self.job.tell(f"Job {self.job.request.job} begins anew: {error}.")
            return None
        return state if state.facts == wish.facts() else None

    def _earlier_latents(self, done: Path) -> Latents | None:
        try:
            return Latents.from_bytes(done.read_bytes())
        except FileNotFoundError:
            return None
        except ValueError as error:
            self.job.tell(f"Job {self.job.request.job} is drawn again: {error}.")
            return None


@dataclass
class Stretch:
    """A few steps of a part, up to `last`, where it pauses to be saved."""

    progress: PartsDrawn
    part: Part
    step: int
    last: int
    report: StepReport | None = None

    def on_step(self, report: StepReport) -> None:
        self.step, self.report = report.step, report
        self.progress.stepped(self.part, report)

    def should_stop(self) -> bool:
        return self.step >= self.last or self.progress.job.reporter.should_stop()
