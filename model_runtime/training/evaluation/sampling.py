"""Several requests drawn at once with the pipeline's own parts, because measuring draws thousands of clips.

In float32 what comes out is what `pipeline.sample` draws of each request alone, to the last bits that batching rounds.
Measuring computes the transformer in bf16, as its training does, which takes a CPU half the time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import torch
from torch import Tensor

from model_runtime.video import conditioning
from model_runtime.video.flow import euler_step
from model_runtime.video.given import Conditions, conditions, kept
from model_runtime.video.guidance import branches
from model_runtime.video.pipeline import (
    Latents,
    Sketch,
    SketchRequest,
    check_request,
    decode,
    meeting,
    starting_noise,
)
from model_runtime.video.shapes import ClipShape

BATCH = 8


def draw(
    sketch: Sketch,
    requests: Sequence[SketchRequest],
    *,
    write_back: bool = True,
    batch: int = BATCH,
    dtype: torch.dtype = torch.bfloat16,
) -> Iterator[np.ndarray]:
    """uint8 (t, h, w, 3) at the decoder's size of each request, in their order."""
    for start in range(0, len(requests), batch):
        for latents in sample_all(sketch, requests[start : start + batch], dtype=dtype):
            yield decode(sketch, latents, write_back=write_back)


@torch.inference_mode()
def sample_all(
    sketch: Sketch, requests: Sequence[SketchRequest], *, dtype: torch.dtype = torch.bfloat16
) -> list[Latents]:
    """Latents of requests that differ only in prompt, seed and what is given; ValueError for others."""
    asked = [_plain(request) for request in requests]
    shape = _shared_shape(sketch, asked)
    first = asked[0]
    noise = [starting_noise(sketch, shape, request.seed) for request in asked]
    found = [conditions(sketch, request, shape, noise[0]) for request in asked]
    given = conditioning.Given(
        torch.cat([each.given.latents for each in found]), torch.cat([each.given.mask for each in found])
    )
    guide = _guides(found, noise[0])
    references = _references(found)
    needed = branches(first.guidance, first.reference_guidance, references=references is not None)
    texts = [request.prompt for request in asked] + [request.negative for request in asked]
    narrow = torch.autocast(sketch.device.type, dtype, enabled=dtype != torch.float32)
    with narrow:
        text = sketch.transformer.text_keys(*sketch.text_encoder.encode(texts))
        context = sketch.transformer.context_keys(len(asked), references, _stills(found))
    own, others = list(range(len(asked))), list(range(len(asked), 2 * len(asked)))
    text = text.only([row for each in needed for row in (own if each.prompt else others)])
    if context is not None:
        present = torch.tensor([each.references or references is None for each in needed for _ in asked])
        context = context.only(own * len(needed)).where(present.to(noise[0].device))
    latents = torch.cat(noise)
    for now, following in pairwise(sketch.flow.times(first.steps, first.schedule)):
        inputs = conditioning.model_input(latents, given, guide).repeat(len(needed), 1, 1, 1, 1)
        with narrow:
            velocities = sketch.transformer(inputs, inputs.new_full((len(inputs),), now), text, context)
        parts = velocities.float().chunk(len(needed))
        velocity = torch.stack([each.weight * part for each, part in zip(needed, parts, strict=True)]).sum(dim=0)
        latents = euler_step(latents, velocity, now, following)
    values = given.keep(latents)
    return [Latents(value, kept(sketch, request, shape)) for value, request in zip(values, asked, strict=True)]


def _plain(request: SketchRequest) -> SketchRequest:
    """A loop as the request it becomes; refuses what a batch does not share."""
    if request.restyles or request.guidance_interval != (0.0, 1.0):
        raise ValueError("restyling and guidance intervals are drawn one by one")
    if request.reference_guidance != 1.0 and request.given:
        raise ValueError("guidance on references apart of clips that are given drawings is drawn one by one")
    if not request.loop:
        return request
    if 0 not in request.given:
        raise ValueError("a loop without a first picture is drawn by itself")
    return replace(meeting(request, request.given[0]), loop=False)


def _shared_shape(sketch: Sketch, requests: Sequence[SketchRequest]) -> ClipShape:
    shapes = {check_request(request, sketch.preset) for request in requests}
    sampling = {(request.steps, request.guidance, request.reference_guidance, request.schedule) for request in requests}
    if len(shapes) != 1 or len(sampling) != 1:
        raise ValueError("clips drawn at once must agree in size, length, steps, schedule and guidance")
    return shapes.pop()


def _guides(found: Sequence[Conditions], like: Tensor) -> conditioning.Guide | None:
    """The guides of all, of no strength where there is none."""
    if all(each.guide is None for each in found):
        return None
    nothing = conditioning.Guide(torch.zeros_like(like), like.new_zeros(1))
    every = [each.guide or nothing for each in found]
    return conditioning.Guide(torch.cat([each.latents for each in every]), torch.cat([each.strength for each in every]))


def _owned(owner: Tensor, clip: int) -> Tensor:
    return torch.full_like(owner, clip)


def _stills(found: Sequence[Conditions]) -> list[conditioning.Stills]:
    there = [(clip, each.stills) for clip, each in enumerate(found) if each.stills is not None]
    if not there:
        return []
    return [
        conditioning.Stills(
            torch.cat([each.latents for _, each in there]),
            torch.cat([each.frames for _, each in there]),
            torch.cat([_owned(each.owner, clip) for clip, each in there]),
        )
    ]


def _references(found: Sequence[Conditions]) -> conditioning.References | None:
    there = [(clip, each.references) for clip, each in enumerate(found) if each.references is not None]
    if not there:
        return None
    return conditioning.References(
        torch.cat([each.latents for _, each in there]),
        torch.cat([each.marks for _, each in there]),
        torch.cat([_owned(each.owner, clip) for clip, each in there]),
    )
