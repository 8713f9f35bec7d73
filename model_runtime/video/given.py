"""From the pictures of a request to what the transformer is given. Training draws its conditions by the same rules.

A run of given drawings from the clip's start enters as clean latents, as far as it fills whole ones: drawing 0, then
eight at a time. With a mask the whole clip is encoded and every latent cell counts as given that the region to redraw,
widened by `MASK_MARGIN` pixels, does not touch. Any other given drawing enters as a still of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import torch
from torch import Tensor

from model_runtime.video import conditioning
from model_runtime.video.networks import Sketch
from model_runtime.video.pictures import contain, fit, redrawn, signal
from model_runtime.video.presets import LATENT_STRIDE, REFERENCE_HEIGHT, REFERENCE_WIDTH
from model_runtime.video.request import SketchRequest
from model_runtime.video.shapes import ClipShape
from model_runtime.video.states import Kept

MASK_MARGIN = 8  # pixels
STILLS_OF_A_RUN = 4


@dataclass(frozen=True)
class Conditions:
    """All that one clip is drawn from beside its text; `clip` is where a restyled clip starts, (1, c, t, h, w)."""

    given: conditioning.Given
    stills: conditioning.Stills | None = None
    guide: conditioning.Guide | None = None
    references: conditioning.References | None = None
    clip: Tensor | None = None

    def model_input(self, noisy: Tensor) -> Tensor:
        return conditioning.model_input(noisy, self.given, self.guide)


def conditions(sketch: Sketch, request: SketchRequest, shape: ClipShape, like: Tensor) -> Conditions:
    """Of a checked request; `like` (1, c, t, h, w) tells size, device and kind of its latents."""
    whole = request.restyles or request.mask is not None
    clip = _encoded(sketch, request, shape, range(request.frames)) if whole else None
    return Conditions(
        given=_given(sketch, request, shape, like) if clip is None else _given_around(request, shape, clip),
        stills=_stills(sketch, request, shape) if clip is None else None,
        guide=_guide(sketch, request, shape),
        references=_references(sketch, request),
        clip=clip if request.restyles else None,
    )


def kept(sketch: Sketch, request: SketchRequest, shape: ClipShape) -> Kept | None:
    """What decoding writes back: the given drawings, at the decoder's size; None if there is nothing to."""
    numbers = [number for number in sorted(request.given) if number <= request.frames]
    if not numbers or (request.restyles and request.mask is None):
        return None
    size = sketch.drawn_size((shape.width, shape.height))
    pictures = np.stack([fit(request.given[number], size) for number in numbers])
    region = None if request.mask is None else redrawn(request.mask, size)
    return Kept(pictures, np.asarray(numbers, dtype=np.int64), region)


def runs(numbers: Sequence[int]) -> list[range]:
    """Drawing numbers, in any order, as unbroken runs in order."""
    found: list[range] = []
    for number in sorted(numbers):
        if found and number == found[-1].stop:
            found[-1] = range(found[-1].start, number + 1)
        else:
            found.append(range(number, number + 1))
    return found


def whole_latents(numbers: Sequence[int]) -> int:
    """Latents wholly filled by the run of given drawings that begins at drawing 0."""
    first = next(iter(runs(numbers)), range(0))
    if not first or first.start:
        return 0
    return 1 + (len(first) - 1) // LATENT_STRIDE


def still_numbers(numbers: Sequence[int]) -> list[int]:
    """Given drawings that no whole latent holds: of each run at most four, the first, the last and evenly between."""
    latents = whole_latents(numbers)
    covered = 1 + (latents - 1) * LATENT_STRIDE if latents else 0
    found: list[int] = []
    for run in runs([number for number in numbers if number >= covered]):
        places = np.linspace(0, len(run) - 1, min(len(run), STILLS_OF_A_RUN)).round().astype(int)
        found.extend(run[place] for place in places)
    return found


def given_cells(region: np.ndarray) -> np.ndarray:
    """Bool (h/8, w/8): latent cells that a region to redraw, bool (h, w), does not touch when widened by a margin."""
    around = np.ones((2 * MASK_MARGIN + 1, 2 * MASK_MARGIN + 1), np.uint8)
    wide = cv2.dilate(region.astype(np.uint8), around).astype(bool)
    height, width = (size // LATENT_STRIDE for size in region.shape)
    return np.asarray(~wide.reshape(height, LATENT_STRIDE, width, LATENT_STRIDE).any(axis=(1, 3)))


def _encoded(sketch: Sketch, request: SketchRequest, shape: ClipShape, numbers: Sequence[int]) -> Tensor:
    """Given drawings, encoded as a clip: (1, c, t, h, w)"""
    pictures = [fit(request.given[number], (shape.width, shape.height)) for number in numbers]
    return sketch.autoencoder.encode(signal(pictures, sketch.device, sketch.dtype))


def _given(sketch: Sketch, request: SketchRequest, shape: ClipShape, like: Tensor) -> conditioning.Given:
    latents = whole_latents([number for number in request.given if number < request.frames])
    if not latents:
        return conditioning.Given.nothing(like)
    values = torch.zeros_like(like)
    values[:, :, :latents] = _encoded(sketch, request, shape, range(1 + (latents - 1) * LATENT_STRIDE))
    where = torch.arange(like.shape[2], device=like.device)[None] < latents
    return conditioning.Given.frames(values, where)


def _given_around(request: SketchRequest, shape: ClipShape, clip: Tensor) -> conditioning.Given:
    """Cells of a wholly given clip that stay; none of one that is restyled everywhere."""
    if request.mask is None:
        return conditioning.Given.nothing(clip)
    cells = given_cells(redrawn(request.mask, (shape.width, shape.height)))
    return conditioning.Given.where(clip, torch.from_numpy(cells).to(clip.device)[None, None, None])


def _stills(sketch: Sketch, request: SketchRequest, shape: ClipShape) -> conditioning.Stills | None:
    numbers = still_numbers(list(request.given))
    if not numbers:
        return None
    latents = torch.cat([_encoded(sketch, request, shape, [number]) for number in numbers])[:, :, 0]
    frames = torch.tensor([float(number) for number in numbers], device=sketch.device)
    return conditioning.Stills(latents, frames, torch.zeros(len(numbers), dtype=torch.long, device=sketch.device))


def _guide(sketch: Sketch, request: SketchRequest, shape: ClipShape) -> conditioning.Guide | None:
    if request.guide is None or request.guide.strength == 0.0:
        return None
    pictures = [fit(each, (shape.width, shape.height)) for each in request.guide.frames]
    latents = sketch.autoencoder.encode(signal(pictures, sketch.device, sketch.dtype))
    return conditioning.Guide(latents, torch.tensor([request.guide.strength], device=sketch.device))


def _references(sketch: Sketch, request: SketchRequest) -> conditioning.References | None:
    if not request.references:
        return None
    pictures = [contain(each.picture, (REFERENCE_WIDTH, REFERENCE_HEIGHT)) for each in request.references]
    stills = [sketch.autoencoder.encode(signal([each], sketch.device, sketch.dtype)) for each in pictures]
    marks = sketch.text_encoder.marks([each.slot for each in request.references])
    owner = torch.zeros(len(pictures), dtype=torch.long, device=sketch.device)
    return conditioning.References(torch.cat(stills)[:, :, 0], marks, owner)
