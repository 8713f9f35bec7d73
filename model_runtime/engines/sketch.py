"""Our own model as an engine: a caption and perhaps a first frame in; movie or still, poster and latents out.

The video code and torch are imported late, inside the calls that need them: `Ready` must not wait for seconds.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from model_runtime import devices, frames, protocol, safe_files
from model_runtime.engines.base import JobFolder, LoadFacts, Made, Outcome, Reporter, Stopped
from model_runtime.failures import BadInput

if TYPE_CHECKING:
    import numpy as np

    from model_runtime.video.pipeline import Latents, SamplingState, Sketch, SketchRequest, StepReport
    from model_runtime.video.weights import WeightFiles

log = logging.getLogger(__name__)

ENGINE = "sketch"
STEPS = 30
GUIDANCE = 2.5
MOST_STEPS = 1000
LONGEST_PROMPT = 4000
DRAWINGS_PER_SECOND = 12
HOLDS = range(1, 61)
SAVE_EVERY = 5
"""Steps between two savings of the progress: a lost process costs at most so many."""


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
        return protocol.EngineInfo(
            id=ENGINE,
            title="Sketch",
            tasks=("still", "clip", "first_frame"),
            frames=tuple(count for count in shapes.legal_frames(preset.max_frames) if count > 1),
            drawings_per_second=DRAWINGS_PER_SECOND,
            width=preset.width * preset.autoencoder.draws,
            height=preset.height * preset.autoencoder.draws,
            steps=STEPS,
            guidance=GUIDANCE,
            prompt_style=ENGINE,
            max_prompt=LONGEST_PROMPT,
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
        known = self.seconds_per_step_and_drawing
        steps = request.steps or STEPS
        seconds = known * steps * request.engine_frames if known >= 0 else -1.0
        return seconds, devices.peak_memory()

    def unload(self) -> None:
        self.sketch = None

    def generate(self, request: protocol.Generate, reporter: Reporter, folder: JobFolder) -> Outcome:
        self.load()
        assert self.sketch is not None
        check(request, self.info().frames)
        drawing = Drawing(self.sketch, request, reporter, folder)
        outcome = drawing.make()
        if isinstance(outcome, Made) and drawing.steps_done:
            spent = drawing.seconds["drawing"] / drawing.steps_done
            self.seconds_per_step_and_drawing = spent / request.engine_frames
        return outcome


def check(request: protocol.Generate, lengths: tuple[int, ...]) -> None:
    """Refuse what this engine cannot draw, in words; the studio refuses the same before it asks."""
    still = request.kind == "still"
    legal = (1,) if still else lengths
    if request.engine_frames not in legal:
        raise BadInput(
            f"The sketch engine cannot draw {request.engine_frames} drawings.",
            f"It draws {', '.join(map(str, legal))}.",
        )
    if request.hold not in HOLDS:
        raise BadInput(f"A drawing cannot be held {request.hold} frames.", "Hold it 1 to 60 frames.")
    if not 0 <= request.frames <= request.engine_frames * request.hold:
        raise BadInput(
            f"{request.engine_frames} drawings held {request.hold} frames each cannot last {request.frames} frames."
        )
    if not 0 <= request.steps <= MOST_STEPS:
        raise BadInput(f"{request.steps} steps cannot be drawn.", f"Choose 1 to {MOST_STEPS}, or 0 for {STEPS}.")
    if still and request.first_frame:
        raise BadInput("A still has no first frame.", "Ask for a clip, or leave the first frame out.")
    if request.last_frame or request.guide or request.references:
        raise BadInput("The sketch engine takes no last frame, no guide and no reference pictures.", "Leave them out.")
    frames.MovieSpec(request.width, request.height, request.rate).check()


@dataclass
class Drawing:
    """One attempt, stage by stage; what is finished is on the disk before the next stage begins."""

    sketch: Sketch
    request: protocol.Generate
    reporter: Reporter
    folder: JobFolder
    seconds: dict[str, float] = field(default_factory=dict)
    steps_done: int = 0
    began: float = 0.0

    def make(self) -> Outcome:
        first_frame = self._read()
        latents = self._draw(first_frame)
        if isinstance(latents, Stopped):
            return latents
        if self.reporter.should_stop():
            return Stopped(self._steps())
        drawings = self._decode(latents)
        if self.reporter.should_stop():
            return Stopped(self._steps())
        files = self._write(drawings, first_frame, latents)
        return Made(files, self._facts()) if files else Stopped(self._steps())

    # --- reading and drawing -----------------------------------------------------------------------------------

    def _read(self) -> np.ndarray | None:
        self.reporter.progress("reading", 0, 1)
        given = self.request.first_frame
        picture = frames.read_picture(self.folder.input_path(given)) if given else None
        self.reporter.progress("reading", 1, 1)
        return picture

    def _draw(self, first_frame: np.ndarray | None) -> Latents | Stopped:
        """Latents of the request: those an earlier attempt finished, or drawn from where it was saved."""
        kept = self.folder.progress_path(self.request, self.sketch.fingerprint)
        done = kept.with_name(kept.name.replace("progress-", "drawn-"))
        self.folder.drop_other_progress((kept, done))
        latents = self._earlier_latents(done) if self.request.resume else None
        if latents is not None and not self.request.stop_at:
            return latents
        began = time.monotonic()
        latents_or_stop = self._sample(first_frame, kept)
        self.seconds["drawing"] = time.monotonic() - began
        if not isinstance(latents_or_stop, Stopped):
            # From here on a failed decode or a full disk never costs the drawing again.
            safe_files.write_bytes(done, latents_or_stop.to_bytes())
        return latents_or_stop

    def _sample(self, first_frame: np.ndarray | None, kept: Path) -> Latents | Stopped:
        """In stretches of a few steps, saved after each; going on is bit-equal to never having stopped."""
        from model_runtime.video import pipeline

        wish = self._sketch_request(first_frame)
        state = self._earlier_state(kept, wish) if self.request.resume else None
        self.began = time.monotonic()
        while True:
            first = state.step if state else 0
            if self.request.stop_at and first >= self.request.stop_at:
                return Stopped(first)
            stretch = Stretch(self, first, min(first + SAVE_EVERY, self.request.stop_at or first + SAVE_EVERY))
            result = pipeline.sample(
                self.sketch, wish, on_step=stretch.on_step, should_stop=stretch.should_stop, state=state
            )
            if isinstance(result, pipeline.Latents):
                return result
            state = result.state
            safe_files.write_bytes(kept, state.to_bytes())
            if self.reporter.should_stop():
                return Stopped(state.step)

    def stepped(self, report: StepReport) -> None:
        from model_runtime.video import pipeline

        self.steps_done += 1
        spent = (time.monotonic() - self.began) / self.steps_done
        self.reporter.progress("drawing", report.step, report.steps, spent * (report.steps - report.step))
        if self.reporter.wants_preview():
            self.reporter.preview(pipeline.preview(self.sketch, report.latents))

    def _sketch_request(self, first_frame: np.ndarray | None) -> SketchRequest:
        from model_runtime.video.pipeline import SketchRequest

        return SketchRequest(
            prompt=self.request.prompt,
            negative=self.request.negative,
            seed=self.request.seed,
            frames=self.request.engine_frames,
            steps=self._steps(),
            guidance=self.request.guidance or GUIDANCE,
            first_frame=first_frame,
        )

    def _steps(self) -> int:
        return self.request.steps or STEPS

    def _earlier_state(self, kept: Path, wish: SketchRequest) -> SamplingState | None:
        from model_runtime.video.pipeline import SamplingState

        try:
            state = SamplingState.from_bytes(kept.read_bytes())
        except FileNotFoundError:
            return None
        except ValueError as error:
            self.reporter.notice(f"Job {self.request.job} begins anew: {error}.")
            return None
        return state if state.facts == wish.facts() else None

    def _earlier_latents(self, done: Path) -> Latents | None:
        from model_runtime.video.pipeline import Latents

        try:
            return Latents.from_bytes(done.read_bytes())
        except FileNotFoundError:
            return None
        except ValueError as error:
            self.reporter.notice(f"Job {self.request.job} is drawn again: {error}.")
            return None

    # --- decoding and writing ----------------------------------------------------------------------------------

    def _decode(self, latents: Latents) -> np.ndarray:
        from model_runtime.video import pipeline

        began = time.monotonic()
        self.reporter.progress("decoding", 0, 1)
        drawings = pipeline.decode(self.sketch, latents)
        self.reporter.progress("decoding", 1, 1)
        self.seconds["decoding"] = time.monotonic() - began
        return drawings

    def _write(
        self, drawings: np.ndarray, first_frame: np.ndarray | None, latents: Latents
    ) -> tuple[protocol.OutputFile, ...]:
        """The files, or none when stopped in the middle."""
        began = time.monotonic()
        request, path = self.request, self.folder.path
        pictures = enlarged_drawings(drawings, first_frame, request.width, request.height)
        if request.kind == "still":
            frames.write_still(path / frames.STILL, next(pictures), request.recipe)
            files = [self.folder.output("still", frames.STILL)]
        else:
            poster = Poster(pictures)
            if not self._write_movie(poster):
                return ()
            frames.write_poster(path / frames.POSTER, poster.picture())
            files = [self.folder.output("movie", frames.MOVIE), self.folder.output("poster", frames.POSTER)]
        values = latents.values.float().cpu().numpy()
        frames.write_latents(path / frames.LATENTS, values, {"engine": ENGINE, "weights": self.sketch.fingerprint})
        self.seconds["writing"] = time.monotonic() - began
        return (*files, self.folder.output("latents", frames.LATENTS))

    def _write_movie(self, pictures: Iterator[np.ndarray]) -> bool:
        request = self.request
        count = request.frames or request.engine_frames * request.hold
        spec = frames.MovieSpec(
            request.width, request.height, request.rate, request.recipe, request.start_timecode, request.reel
        )
        return frames.write_movie(
            self.folder.path / frames.MOVIE,
            held(pictures, request.hold, count),
            spec,
            count=count,
            on_frame=lambda done: self.reporter.progress("writing", done, count),
            should_stop=self.reporter.should_stop,
        )

    def _facts(self) -> dict[str, object]:
        request = self.request
        width, height = self.sketch.output_size
        still = request.kind == "still"
        return {
            "frames": 1 if still else request.frames or request.engine_frames * request.hold,
            "width": request.width,
            "height": request.height,
            "rate": list(request.rate),
            "native_width": width,
            "native_height": height,
            "engine_frames": request.engine_frames,
            "hold": request.hold,
            "steps": self._steps(),
            "weights": self.sketch.fingerprint,
            "device": str(self.sketch.device),
            "seconds": frames.seconds_facts(self.seconds),
            "peak_memory": devices.peak_memory(),
        }


@dataclass
class Stretch:
    """A few steps of a drawing, up to `last`, where it pauses to be saved."""

    drawing: Drawing
    step: int
    last: int

    def on_step(self, report: StepReport) -> None:
        self.step = report.step
        self.drawing.stepped(report)

    def should_stop(self) -> bool:
        return self.step >= self.last or self.drawing.reporter.should_stop()


@dataclass
class Poster:
    """Passes pictures on and keeps the first, which stands for the take."""

    pictures: Iterator[np.ndarray]
    first: np.ndarray | None = None

    def __iter__(self) -> Iterator[np.ndarray]:
        return self

    def __next__(self) -> np.ndarray:
        picture = next(self.pictures)
        if self.first is None:
            self.first = picture
        return picture

    def picture(self) -> np.ndarray:
        assert self.first is not None
        return self.first


def enlarged_drawings(
    drawings: np.ndarray, first_frame: np.ndarray | None, width: int, height: int
) -> Iterator[np.ndarray]:
    """Each drawing at the film's size; a given first frame stands in for the first as it is, cropped where needed."""
    from model_runtime.engines import enlarge

    for index, drawing in enumerate(drawings):
        if index == 0 and first_frame is not None:
            yield enlarge.covering(first_frame, width, height)
        else:
            yield enlarge.enlarged(drawing, width, height)


def held(pictures: Iterator[np.ndarray], hold: int, count: int) -> Iterator[np.ndarray]:
    """Each picture exactly `hold` times, `count` frames in all."""
    left = count
    for picture in pictures:
        for _ in range(min(hold, left)):
            yield picture
        left -= hold
        if left <= 0:
            return


def _bytes_of(sketch: Sketch) -> int:
    parts = (sketch.autoencoder, sketch.text_encoder, sketch.transformer)
    return sum(one.numel() * one.element_size() for part in parts for one in part.parameters())
