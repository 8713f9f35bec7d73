"""FakeRuntime: a RuntimeClient without a process, whose every report is scripted, and whose files are real."""

from __future__ import annotations

import base64
import dataclasses
import io
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

import av
import numpy as np
from PIL import Image, PngImagePlugin
from PySide6.QtCore import QTimer

from model_runtime import protocol, safe_files
from studio.errors import RuntimeFailed
from studio.runtime.client import ClientState, RuntimeClient
from studio.runtime.process import End, RuntimeOutcome

SKETCH = protocol.EngineInfo(
    id="sketch",
    title="Sketch",
    tasks=(
        "still", "clip", "first_frame", "last_frame", "extend", "bridge", "redo", "inpaint", "loop", "restyle", "guide",
        "references",
    ),
    frames=(9, 17, 25),
    drawings_per_second=12,
    width=144,
    height=80,
    steps=4,
    guidance=2.5,
    prompt_style="sketch",
    max_prompt=2000,
    references=8,
    reference_kinds=("character", "prop"),
    part=25,
    weights="feedc0de",
)  # fmt: skip
LONG = dataclasses.replace(SKETCH, frames=tuple(range(9, 490, 8)))
"""As the real one: longer clips are drawn in parts."""
SLATE = protocol.EngineInfo(
    id="slate",
    title="Missing-shot card",
    tasks=("clip", "still"),
    frames=(),
    drawings_per_second=0,
    width=0,
    height=0,
    steps=0,
    guidance=0.0,
    prompt_style="",
    max_prompt=0,
)

Sent = TypeVar("Sent", bound=protocol.Down)


class FakeRuntime(RuntimeClient):
    """Keeps what it was sent in `sent`; reports what it is told to.

    `jobs` is the film's jobs folder (needed to finish a job). With `automatic` it greets when started and answers
    every wish by itself, one turn of the event loop later; without, it does only what a test tells it.
    """

    def __init__(
        self,
        jobs: Path | None = None,
        *,
        serve: str = "frames",
        engines: tuple[protocol.EngineInfo, ...] = (SKETCH, SLATE),
        automatic: bool = False,
        steps: int = 4,
    ) -> None:
        super().__init__()
        self.jobs = jobs
        self.serve = serve
        self.offered = engines
        self.automatic = automatic
        self.steps = steps
        self.sent: list[protocol.Down] = []
        self.starts = 0
        self.kills = 0
        self.lost_for_good = False
        self.texts: dict[str, str] = {}
        """What a draft is expanded to; a draft not named here is put after its fields."""

    # --- RuntimeClient ------------------------------------------------------------------------------------------

    @property
    def given_up(self) -> bool:
        return self.lost_for_good

    def start(self) -> None:
        if self._state in (ClientState.STARTING, ClientState.READY):
            return
        self.starts += 1
        self.lost_for_good = False
        self._change_state(ClientState.STARTING)
        if self.automatic:
            QTimer.singleShot(0, self, self.greet)

    def send(self, message: protocol.Down) -> None:
        if self._state is not ClientState.READY:
            raise RuntimeFailed("The fake runtime is not ready.", "Call greet().")
        protocol.encode(message)
        self.sent.append(message)
        if self.automatic:
            QTimer.singleShot(0, self, lambda: self._answer(message))

    def stop_now(self) -> None:
        self.kills += 1
        if self._state in (ClientState.STARTING, ClientState.READY):
            self.lose(End.STOPPED)

    def shut_down(self, timeout_s: float = 10.0) -> None:
        self._change_state(ClientState.STOPPED)

    # --- the script ---------------------------------------------------------------------------------------------

    def greet(self) -> None:
        """Say Ready, as a started runtime does."""
        if self._state is ClientState.STOPPED:
            return
        self._ready = protocol.Ready(
            protocol.VERSION,
            "words" if self.serve == "words" else "frames",
            "shotwright 0.0.test",
            self.offered if self.serve == "frames" else (),
            ("grammar",) if self.serve == "words" else (),
            {"torch": "0.test"},
        )
        self._change_state(ClientState.READY)
        self.reported.emit(self._ready)

    def lose(self, end: End = End.DIED, *, given_up: bool = False) -> None:
        """Go away; a new start follows as it does with a real one, unless given up."""
        self.lost_for_good = given_up
        self._change_state(ClientState.LOST)
        self.lost.emit(RuntimeOutcome(self.serve, end, signal=9, losses=1, given_up=given_up))
        if not given_up:
            self.start()

    def say(self, report: protocol.Up) -> None:
        self.reported.emit(report)

    def of(self, kind: type[Sent]) -> list[Sent]:
        """The wishes of one kind that were sent, in order."""
        return [one for one in self.sent if isinstance(one, kind)]

    @property
    def wish(self) -> protocol.Generate:
        """The newest Generate it was sent."""
        return self.of(protocol.Generate)[-1]

    def progress(self, done: int, stage: str = "drawing", wish: protocol.Generate | None = None) -> None:
        one = wish or self.wish
        self.say(protocol.Progress(one.job, one.attempt, stage, done, self.steps, float(self.steps - done)))

    def preview(self, wish: protocol.Generate | None = None) -> None:
        one = wish or self.wish
        picture = io.BytesIO()
        Image.new("RGB", (72, 40), "#4FB9E3").save(picture, "JPEG")
        self.say(protocol.Preview(one.job, one.attempt, (base64.b64encode(picture.getvalue()).decode(),)))

    def finish(self, wish: protocol.Generate | None = None) -> protocol.Finished:
        """Write the files a runtime would have written and report them."""
        finished = self.deliver(wish)
        self.say(finished)
        return finished

    def deliver(self, wish: protocol.Generate | None = None) -> protocol.Finished:
        """Write the files, `finished.json` last, and say nothing: a runtime whose report was never heard."""
        one = wish or self.wish
        assert self.jobs is not None, "FakeRuntime needs the film's jobs folder to finish a job"
        folder = safe_files.make_folder(self.jobs / one.job)
        files = list(_still(folder, one) if one.kind == "still" else _clip(folder, one))
        facts = {"frames": one.frames, "width": one.width, "height": one.height}
        finished = protocol.Finished(one.job, one.attempt, tuple(files), facts)
        safe_files.write_bytes(folder / "finished.json", protocol.encode(finished))
        return finished

    # --- answering by itself ------------------------------------------------------------------------------------

    def _answer(self, message: protocol.Down) -> None:
        match message:
            case protocol.Generate():
                self._draw(message)
            case protocol.ExpandPrompt():
                text = self.texts.get(message.draft) or ", ".join([*message.fields.values(), message.draft])
                self.say(protocol.Expanded(message.job, message.attempt, text))
            case protocol.Cancel():
                self.say(protocol.Cancelled(message.job, message.attempt))

    def _draw(self, wish: protocol.Generate) -> None:
        self.say(protocol.Accepted(wish.job, wish.attempt))
        for done in range(self.steps + 1):
            self.progress(done, wish=wish)
        self.preview(wish)
        self.finish(wish)


def _clip(folder: Path, wish: protocol.Generate) -> list[protocol.OutputFile]:
    write_movie(folder / "take.mp4", wish.frames, wish.rate, (wish.width, wish.height), wish.recipe, wish.seed)
    (folder / "latents.safetensors").write_bytes(b"latents of " + wish.job.encode())
    return [_output(folder, "movie", "take.mp4"), _output(folder, "latents", "latents.safetensors")]


def _still(folder: Path, wish: protocol.Generate) -> list[protocol.OutputFile]:
    text = PngImagePlugin.PngInfo()
    text.add_itxt("recipe", wish.recipe)
    picture = Image.new("RGB", (wish.width, wish.height), (wish.seed % 256, 120, 160))
    picture.save(folder / "still.png", pnginfo=text)
    return [_output(folder, "still", "still.png")]


def _output(folder: Path, role: str, name: str) -> protocol.OutputFile:
    path = folder / name
    return protocol.OutputFile(role, name, path.stat().st_size, safe_files.sha256(path))


def write_movie(
    path: Path, frames: int, rate: tuple[int, int], size: tuple[int, int], recipe: str = "", seed: int = 0
) -> None:
    """A small H.264 movie of exactly `frames` frames, each of another grey."""
    width, height = size
    with av.open(str(path), "w", options={"movflags": "use_metadata_tags"}) as movie:
        movie.metadata["comment"] = recipe
        stream = movie.add_stream(
            "libx264", rate=Fraction(*rate), options={"preset": "ultrafast", "bf": "0", "g": "12"}
        )
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.codec_context.thread_count = 1
        for number in range(frames):
            grey = (seed * 7 + number * 5) % 200 + 20
            picture = np.full((height, width, 3), grey, np.uint8)
            movie.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        movie.mux(stream.encode(None))


def engine(base: protocol.EngineInfo = SKETCH, **changes: object) -> protocol.EngineInfo:
    """An engine like `base` with some fields replaced."""
    return dataclasses.replace(base, **changes)  # type: ignore[arg-type]
