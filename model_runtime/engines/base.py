"""What an engine is to the worker: what it can take, loading, one request to files, and how it reports meanwhile."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from model_runtime import protocol, safe_files
from model_runtime.failures import BadInput

if TYPE_CHECKING:
    import numpy as np

REQUEST_FILE = "request.json"
JOB_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
WITHOUT_EFFECT_ON_THE_PICTURE = ("attempt", "stop_at", "resume", "recipe", "job")


class Reporter(Protocol):
    """How a running engine talks. Called on the worker's thread; never blocks; never raises."""

    def progress(self, stage: str, done: int, total: int, seconds_left: float = -1.0) -> None: ...

    def wants_preview(self) -> bool:
        """Whether a preview would be sent now; asked before pictures are made for nothing."""

    def preview(self, pictures: list[np.ndarray]) -> None:
        """Up to 8 RGB pictures (h, w, 3) uint8; more are thinned out."""

    def notice(self, text: str) -> None: ...

    def should_stop(self) -> bool:
        """Looked at between steps: a cancel was heard, or the program ends."""


@dataclass(frozen=True)
class Made:
    """The files of a finished attempt and what was measured on the way."""

    files: tuple[protocol.OutputFile, ...]
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Stopped:
    """Left before the end because `should_stop` said so, or at `stop_at`; `step` is what is saved on the disk."""

    step: int


Outcome = Made | Stopped


@dataclass(frozen=True)
class LoadFacts:
    device: str = "cpu"
    memory: int = 0
    """Bytes the weights hold."""


@dataclass(frozen=True)
class JobFolder:
    """The folder of one job and the media folder its inputs come from."""

    path: Path
    media: Path

    def input_path(self, wished: protocol.InputFile | protocol.Reference) -> Path:
        """The file of an input; refused unless it has a plain name in the media folder and its hash is right."""
        if Path(wished.name).name != wished.name or wished.name in ("", ".", ".."):
            raise BadInput(f"The input {wished.name!r} is no plain file name.", "Import the picture again.")
        path = self.media / wished.name
        if not path.is_file():
            raise BadInput(f"The input {wished.name} is not in the film's media folder.", "Import the picture again.")
        if safe_files.sha256(path) != wished.hash:
            raise BadInput(
                f"The input {wished.name} is not the file it was when it was imported.", "Import the picture again."
            )
        return path

    def output(self, role: str, name: str) -> protocol.OutputFile:
        path = self.path / name
        return protocol.OutputFile(role, name, path.stat().st_size, safe_files.sha256(path))

    def progress_path(self, key: str, part: int) -> Path:
        """Where a part of the picture with this `picture_key` is saved while it is drawn."""
        return self.path / f"progress-{key}-{part}.safetensors"

    def drawn_path(self, key: str, part: int) -> Path:
        """Where it is saved once it is drawn, until the whole job is written."""
        return self.path / f"drawn-{key}-{part}.safetensors"

    def drop_other_progress(self, key: str) -> None:
        """Delete saved progress of an earlier, different request: going on from it would draw something else."""
        for one in (*self.path.glob("progress-*.safetensors"), *self.path.glob("drawn-*.safetensors")):
            if f"-{key}-" not in one.name:
                one.unlink()


def picture_key(request: protocol.Generate, weights: str) -> str:
    """Short hash of everything in the request that the picture depends on."""
    content = json.loads(protocol.encode(request))
    for name in WITHOUT_EFFECT_ON_THE_PICTURE:
        content.pop(name)
    text = json.dumps([content, weights], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def film_frames(request: protocol.Generate) -> int:
    """Film frames of what is finished; 1 for a still."""
    if request.kind == "still":
        return 1
    return request.frames or request.engine_frames * request.hold - request.skip


def drawings_reached(request: protocol.Generate) -> int:
    """How many drawings, from the first on, what is finished reaches."""
    return -(-(request.skip + film_frames(request)) // request.hold)


class Engine(Protocol):
    """One way to turn a request into files. Every call but `info` comes on the worker's thread."""

    def info(self) -> protocol.EngineInfo:
        """What it can take. Called before anything is loaded; must not import torch."""

    def load(self) -> LoadFacts:
        """Make ready to generate; a second call costs nothing."""

    def estimate(self, request: protocol.Estimate) -> tuple[float, int]:
        """Seconds (-1 where nothing was measured in this process yet) and bytes of memory."""

    def generate(self, request: protocol.Generate, reporter: Reporter, folder: JobFolder) -> Outcome: ...

    def unload(self) -> None:
        """Give back memory; the next `load` starts afresh."""
