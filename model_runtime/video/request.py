"""What one clip or still is asked for: every task of the sketch engine is this one record, filled in differently.

| task | what is given |
| --- | --- |
| still, text to video | nothing |
| first frame | `{0: picture}` |
| first and last frame | `{0: picture, frames - 1: picture}` |
| extend a take's tail | `{0: ..., 8: ...}`, the take's last drawings |
| extend its head, bridge | its first drawings at the clip's end; both |
| redo a range | every drawing outside it |
| inpaint | every drawing, and a mask |
| restyle | every drawing, and a strength below 1 |
| loop | nothing or a first picture; `loop` |
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from model_runtime.video.flow import SCHEDULES, Schedule
from model_runtime.video.pictures import REDRAWN
from model_runtime.video.presets import MOST_REFERENCES, SketchPreset
from model_runtime.video.shapes import ClipShape

ASPECT_SLACK = 0.02  # by how much, relatively, a mask may differ in aspect from the pictures it lies over


@dataclass(frozen=True)
class Reference:
    """A picture of a subject, uint8 RGB (h, w, 3) of any size; `slot` is the k, 1 to 8, of its `<sk>` in the prompt."""

    picture: np.ndarray
    slot: int


@dataclass(frozen=True)
class Guide:
    """A clip of lines, grey blocking or the like, uint8 (t, h, w, 3), followed with a strength of 0 to 1."""

    frames: np.ndarray
    strength: float = 1.0


@dataclass(frozen=True)
class SketchRequest:
    """One clip or still to draw.

    given: drawing number -> uint8 RGB (h, w, 3) of any size, whose middle is used. `frames`, one past the end, is
    allowed: what a loop meets again.
    mask: uint8 (h, w) over the given pictures, 255 where they are redrawn; every drawing must be given.
    strength: below 1 the given clip is only where drawing starts from, mixed with so much noise.
    guidance_interval: flow times, 1 (noise) to 0 (data), between which guidance acts.
    size: native (width, height), one of the preset's; None is its usual one.
    """

    prompt: str
    seed: int
    frames: int = 25
    negative: str = ""
    steps: int = 20
    guidance: float = 2.5
    reference_guidance: float = 1.0
    guidance_interval: tuple[float, float] = (0.0, 1.0)
    schedule: Schedule = "uniform"
    given: Mapping[int, np.ndarray] = field(default_factory=dict)
    mask: np.ndarray | None = None
    strength: float = 1.0
    loop: bool = False
    guide: Guide | None = None
    references: tuple[Reference, ...] = ()
    size: tuple[int, int] | None = None

    @property
    def restyles(self) -> bool:
        return self.strength < 1.0

    def facts(self) -> dict[str, Any]:
        """What a saved state must agree with before it is continued; equal after a journey through JSON."""
        guide = self.guide
        return {
            "prompt": self.prompt,
            "negative": self.negative,
            "seed": self.seed,
            "frames": self.frames,
            "steps": self.steps,
            "guidance": self.guidance,
            "reference_guidance": self.reference_guidance,
            "guidance_interval": list(self.guidance_interval),
            "schedule": self.schedule,
            "given": [[number, digest(self.given[number])] for number in sorted(self.given)],
            "mask": None if self.mask is None else digest(self.mask),
            "strength": self.strength,
            "loop": self.loop,
            "guide": None if guide is None else [digest(guide.frames), guide.strength],
            "references": [[each.slot, digest(each.picture)] for each in self.references],
            "size": None if self.size is None else list(self.size),
        }


def digest(array: np.ndarray) -> str:
    """SHA-256 of an array's kind, shape and values."""
    told = hashlib.sha256(f"{array.dtype} {array.shape}".encode())
    told.update(np.ascontiguousarray(array).tobytes())
    return told.hexdigest()


def check_request(request: SketchRequest, preset: SketchPreset) -> ClipShape:
    """The clip's shape; ValueError names, in one sentence, what cannot be drawn."""
    width, height = request.size or (preset.width, preset.height)
    if (width, height) not in preset.sizes:
        known = ", ".join(f"{w}x{h}" for w, h in preset.sizes)
        raise ValueError(f"pictures of {width}x{height} cannot be drawn: these weights draw {known}")
    shape = ClipShape(request.frames, height, width)
    shape.check_fits(preset.transformer.grid)
    _check_sampling(request)
    _check_given(request)
    _check_mask(request)
    _check_guide(request)
    _check_references(request)
    return shape


def _check_sampling(request: SketchRequest) -> None:
    if request.steps < 1:
        raise ValueError(f"{request.steps} steps draw nothing: at least 1 is needed")
    if request.schedule not in SCHEDULES:
        raise ValueError(f"there is no schedule {request.schedule!r}; the schedules are {', '.join(SCHEDULES)}")
    for name, value in (("guidance", request.guidance), ("reference guidance", request.reference_guidance)):
        if not math.isfinite(value):
            raise ValueError(f"a {name} of {value} cannot be followed")
    first, last = request.guidance_interval
    if not 0.0 <= first <= last <= 1.0:
        raise ValueError(f"guidance cannot act from {first} to {last}: flow times lie between 0 and 1")


def _check_given(request: SketchRequest) -> None:
    for number, picture in request.given.items():
        if not 0 <= number <= request.frames:
            raise ValueError(f"drawing {number} is given, but the clip has {request.frames}")
        _check_picture(picture, "a given picture" if number else "a first frame")
    if not 0.0 <= request.strength <= 1.0:
        raise ValueError(f"a strength of {request.strength} is not between 0 and 1")
    if request.restyles:
        _check_whole(request, "restyled")
    if request.loop and (request.frames == 1 or request.restyles or request.mask is not None):
        raise ValueError("only a clip that is neither restyled nor redrawn in part can be drawn as a loop")


def _check_whole(request: SketchRequest, done: str) -> None:
    lacking = [number for number in range(request.frames) if number not in request.given]
    if lacking:
        raise ValueError(f"a clip can only be {done} where every drawing is given; drawing {lacking[0]} is not")


def _check_mask(request: SketchRequest) -> None:
    mask = request.mask
    if mask is None:
        return
    if mask.dtype != np.uint8 or mask.ndim != 2 or not mask.size:
        raise ValueError(f"a mask must be 8-bit grey, not {mask.dtype} of shape {mask.shape}")
    _check_whole(request, "redrawn in part")
    if not bool((mask >= REDRAWN).any()):
        raise ValueError("the mask is empty: there is nothing to redraw")
    height, width = request.given[0].shape[:2]
    if abs(mask.shape[1] * height / (mask.shape[0] * width) - 1) > ASPECT_SLACK:
        raise ValueError(f"a mask of {mask.shape[1]}x{mask.shape[0]} does not lie over pictures of {width}x{height}")


def _check_guide(request: SketchRequest) -> None:
    if request.guide is None:
        return
    frames = request.guide.frames
    if frames.dtype != np.uint8 or frames.ndim != 4 or frames.shape[3] != 3 or not frames.size:
        raise ValueError(f"a guide must be 8-bit RGB pictures, not {frames.dtype} of shape {frames.shape}")
    if len(frames) != request.frames:
        raise ValueError(f"a guide of {len(frames)} pictures does not fit a clip of {request.frames}")
    if not 0.0 <= request.guide.strength <= 1.0:
        raise ValueError(f"a guide cannot be followed with a strength of {request.guide.strength}: 0 to 1 is possible")


def _check_references(request: SketchRequest) -> None:
    if len(request.references) > MOST_REFERENCES:
        raise ValueError(f"{len(request.references)} references are too many: {MOST_REFERENCES} fit")
    for reference in request.references:
        _check_picture(reference.picture, "a reference")
        if not 1 <= reference.slot <= MOST_REFERENCES:
            raise ValueError(f"there is no slot {reference.slot} for a reference: slots are 1 to {MOST_REFERENCES}")


def _check_picture(picture: np.ndarray, what: str) -> None:
    if picture.dtype != np.uint8 or picture.ndim != 3 or picture.shape[2] != 3 or not picture.size:
        raise ValueError(f"{what} must be 8-bit RGB, not {picture.dtype} of shape {picture.shape}")
