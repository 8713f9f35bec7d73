"""One attempt of the sketch engine, stage by stage; what is finished is on the disk before the next stage begins."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from model_runtime import devices, frames, protocol, safe_files
from model_runtime.engines import take_latents
from model_runtime.engines.base import JobFolder, Made, Outcome, Reporter, Stopped, picture_key
from model_runtime.engines.finishing import Poster, held, large_drawings
from model_runtime.engines.parts import Part, plan_parts
from model_runtime.engines.sketch_inputs import Inputs, read_inputs
from model_runtime.engines.take_latents import DrawnPart
from model_runtime.failures import BadInput
from model_runtime.video import pipeline
from model_runtime.video.networks import Sketch
from model_runtime.video.pipeline import Guide, Latents, SamplingState, SketchRequest, StepReport

SAVE_EVERY = 5
"""Steps between two savings of the progress: a lost process costs at most so many."""
SEED_STRIDE = 1_000_003
"""Between the noise of one part and the next: takes of neighbouring seeds share none."""


@dataclass
class SketchJob:
    sketch: Sketch
    request: protocol.Generate
    """With the engine's own numbers where the studio asked for no others."""
    reporter: Reporter
    folder: JobFolder
    seconds: dict[str, float] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    """What was converted or read otherwise than asked, one sentence each."""
    steps_done: int = 0
    """Steps drawn in this attempt, each counted once for every drawing it drew."""

    def make(self) -> Outcome:
        inputs = self._read()
        progress = Progress(self, inputs)
        drawn = progress.draw()
        if isinstance(drawn, Stopped):
            return drawn
        if self.reporter.should_stop():
            return Stopped(progress.steps)
        drawings = self._decode_last(progress, drawn)
        if self.reporter.should_stop():
            return Stopped(progress.steps)
        files = self._write(drawings, inputs, drawn)
        return Made(files, self._facts(inputs, drawn)) if files else Stopped(progress.steps)

    def tell(self, text: str) -> None:
        if text not in self.notes:
            self.notes.append(text)
            self.reporter.notice(text)

    @property
    def shown(self) -> int:
        """How many drawings, from the first on, the finished take reaches."""
        request = self.request
        frames = request.frames or request.engine_frames * request.hold - request.skip
        return 1 if request.kind == "still" else -(-(request.skip + frames) // request.hold)

    @property
    def restyles(self) -> bool:
        return self.request.strength < 1.0

    def _read(self) -> Inputs:
        self.reporter.progress("reading", 0, 1)
        inputs = read_inputs(self.request, self.sketch, self.folder, self.tell)
        self.reporter.progress("reading", 1, 1)
        return inputs

    def _decode_last(self, progress: Progress, drawn: list[DrawnPart]) -> dict[int, np.ndarray]:
        """Every shown drawing, at the decoder's size. Of a clip in parts all but the last part is decoded by now."""
        self.reporter.progress("decoding", 0, 1)
        began = time.monotonic()
        progress.decode(drawn[-1])
        self.seconds["decoding"] = time.monotonic() - began
        self.reporter.progress("decoding", 1, 1)
        return progress.drawings

    def _write(
        self, drawings: dict[int, np.ndarray], inputs: Inputs, drawn: list[DrawnPart]
    ) -> tuple[protocol.OutputFile, ...]:
        """The files, or none when stopped in the middle."""
        began = time.monotonic()
        request, path = self.request, self.folder.path
        numbers = range(request.skip // request.hold, self.shown)
        size = (request.width, request.height)
        pictures = large_drawings(drawings, inputs, numbers, size, restyled=self.restyles)
        if request.kind == "still":
            frames.write_still(path / frames.STILL, next(pictures), request.recipe)
            files = [self.folder.output("still", frames.STILL)]
        else:
            poster = Poster(pictures)
            if not self._write_movie(poster):
                return ()
            frames.write_poster(path / frames.POSTER, poster.picture())
            files = [self.folder.output("movie", frames.MOVIE), self.folder.output("poster", frames.POSTER)]
        self._write_latents(inputs, drawn)
        self.seconds["writing"] = time.monotonic() - began
        return (*files, self.folder.output("latents", frames.LATENTS))

    def _write_latents(self, inputs: Inputs, drawn: list[DrawnPart]) -> None:
        request, given = self.request, () if self.restyles else inputs.given
        skipped = request.skip // request.hold
        path = self.folder.path / frames.LATENTS
        take_latents.write(path, drawn, given, skipped, request.engine, self.sketch.fingerprint)

    def _write_movie(self, pictures: Iterator[np.ndarray]) -> bool:
        request = self.request
        count = request.frames or request.engine_frames * request.hold - request.skip
        spec = frames.MovieSpec(
            request.width, request.height, request.rate, request.recipe, request.start_timecode, request.reel
        )
        return frames.write_movie(
            self.folder.path / frames.MOVIE,
            held(pictures, request.hold, count, request.skip % request.hold),
            spec,
            count=count,
            on_frame=lambda done: self.reporter.progress("writing", done, count),
            should_stop=self.reporter.should_stop,
        )

    def _facts(self, inputs: Inputs, drawn: list[DrawnPart]) -> dict[str, object]:
        request = self.request
        width, height = self.sketch.drawn_size(inputs.size)
        still = request.kind == "still"
        return {
            "frames": 1 if still else request.frames or request.engine_frames * request.hold - request.skip,
            "width": request.width,
            "height": request.height,
            "rate": list(request.rate),
            "native_width": width,
            "native_height": height,
            "engine_frames": request.engine_frames,
            "parts": len(drawn),
            "hold": request.hold,
            "steps": request.steps,
            "weights": self.sketch.fingerprint,
            "device": str(self.sketch.device),
            "seconds": frames.seconds_facts(self.seconds),
            "peak_memory": devices.peak_memory(),
            "notes": list(self.notes),
        }


class Progress:
    """The parts of one clip, drawn one after another, each saved while it is drawn and once it is."""

    def __init__(self, job: SketchJob, inputs: Inputs) -> None:
        self.job, self.inputs = job, inputs
        request, preset = job.request, job.sketch.preset
        redraws = job.restyles or inputs.mask is not None
        whole = [Part(0, request.engine_frames)]
        kept = inputs.given
        self.parts = whole if redraws else plan_parts(request.engine_frames, kept, job.shown, preset.max_frames)
        self.drawings: dict[int, np.ndarray] = {} if redraws else dict(kept)
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
        self.job.folder.drop_other_progress(self.key)
        found: list[DrawnPart] = []
        for number, part in enumerate(self.parts):
            if found:
                self.decode(found[-1])
            began = time.monotonic()
            latents = self._draw_part(number)
            self.job.seconds["drawing"] = self.job.seconds.get("drawing", 0.0) + time.monotonic() - began
            if isinstance(latents, Stopped):
                return latents
            found.append(DrawnPart(part, latents))
            self.done += self.counts[number]
        return found

    def decode(self, drawn: DrawnPart) -> None:
        """Its drawings become known, those that were known before excepted."""
        pictures = pipeline.decode(self.job.sketch, drawn.latents)
        for number, picture in enumerate(pictures, drawn.part.first):
            self.drawings.setdefault(number, picture)

    # --- one part --------------------------------------------------------------------------------------------------

    def _draw_part(self, number: int) -> Latents | Stopped:
        """Latents an earlier attempt finished, or drawn from where it was saved."""
        job, stop_at = self.job, self.job.request.stop_at
        done = job.folder.drawn_path(self.key, number)
        whole = not stop_at or stop_at > self.done + self.counts[number]
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
                self._keep_preview(stretch)
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

    def _keep_preview(self, stretch: Stretch) -> None:
        """A held job is looked at before it is continued: what the clip would become, drawn out from here."""
        if stretch.report is not None:
            pictures = pipeline.decode(self.job.sketch, Latents(stretch.report.latents))
            frames.write_preview(self.job.folder.path / protocol.PREVIEW_FILE, list(pictures))

    # --- what a part is asked for ----------------------------------------------------------------------------------

    def _wish(self, number: int, *, with_drawings: bool = True) -> SketchRequest:
        request, inputs, part = self.job.request, self.inputs, self.parts[number]
        known = {one: self.drawings[one] for one in range(part.first, part.stop) if one in self.drawings}
        if self.job.restyles or inputs.mask is not None:
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

    progress: Progress
    part: Part
    step: int
    last: int
    report: StepReport | None = None

    def on_step(self, report: StepReport) -> None:
        self.step, self.report = report.step, report
        self.progress.stepped(self.part, report)

    def should_stop(self) -> bool:
        return self.step >= self.last or self.progress.job.reporter.should_stop()
