"""One attempt of the sketch engine, stage by stage; what is finished is on the disk before the next stage begins."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from model_runtime import devices, frames, protocol
from model_runtime.engines import take_latents
from model_runtime.engines.base import JobFolder, Made, Outcome, Reporter, Stopped, drawings_reached, film_frames
from model_runtime.engines.finishing import Poster, held, large_drawings
from model_runtime.engines.sketch_inputs import Inputs, read_inputs
from model_runtime.engines.sketch_parts import PartsDrawn
from model_runtime.engines.take_latents import DrawnPart
from model_runtime.video.networks import Sketch


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
        progress = PartsDrawn(self, inputs)
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
    def keeps_given(self) -> bool:
        """Whether given drawings stand in what is finished, in whole or outside a mask."""
        return self.request.mask is not None or self.request.strength == 1.0

    def _read(self) -> Inputs:
        self.reporter.progress("reading", 0, 1)
        inputs = read_inputs(self.request, self.sketch, self.folder, self.tell)
        self.reporter.progress("reading", 1, 1)
        return inputs

    def _decode_last(self, progress: PartsDrawn, drawn: list[DrawnPart]) -> dict[int, np.ndarray]:
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
        numbers = range(request.skip // request.hold, drawings_reached(request))
        size = (request.width, request.height)
        loops_at = request.engine_frames if request.loop else None
        pictures = large_drawings(drawings, inputs, numbers, size, keeps_given=self.keeps_given, loops_at=loops_at)
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
        request = self.request
        given = inputs.holding_given(request.engine_frames, loops=request.loop) if self.keeps_given else ()
        skipped = request.skip // request.hold
        path = self.folder.path / frames.LATENTS
        take_latents.write(path, drawn, given, skipped, request.engine, self.sketch.fingerprint)

    def _write_movie(self, pictures: Iterator[np.ndarray]) -> bool:
        request = self.request
        count = film_frames(request)
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
        return {
            "frames": film_frames(request),
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
