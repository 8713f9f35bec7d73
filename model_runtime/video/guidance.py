"""Guidance on text and on references apart: which branches one clip needs, and their velocities as one batch.

With v(text, references), 0 for none, each step follows

    v(0, 0) + reference_guidance * (v(0, R) - v(0, 0)) + guidance * (v(T, R) - v(0, R))

as a weighted sum, in which a branch of weight 0 is not drawn. Given frames and the guide stand in every branch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from model_runtime.video.context import ContextKeys
from model_runtime.video.given import Conditions
from model_runtime.video.networks import Sketch
from model_runtime.video.presets import PATCH
from model_runtime.video.request import SketchRequest
from model_runtime.video.transformer import SketchTransformer, TextKeys


@dataclass(frozen=True)
class Branch:
    """One of the velocities that are weighed up: with the prompt or the negative text, with references or without."""

    prompt: bool
    references: bool
    weight: float


def branches(guidance: float, reference_guidance: float, *, references: bool) -> tuple[Branch, ...]:
    """The branch with everything first, then those that a guidance other than 1 needs."""
    apart = reference_guidance if references else 1.0
    others = (Branch(False, True, apart - guidance), Branch(False, False, 1.0 - apart))
    return Branch(True, True, guidance), *(each for each in others if each.weight)


@dataclass(frozen=True)
class Guidance:
    """Keys of text and context of every branch, made once for a clip."""

    transformer: SketchTransformer
    branches: tuple[Branch, ...]
    text: TextKeys
    context: ContextKeys | None
    interval: tuple[float, float]

    @staticmethod
    def of(sketch: Sketch, request: SketchRequest, found: Conditions) -> Guidance:
        needed = branches(request.guidance, request.reference_guidance, references=found.references is not None)
        texts = [request.prompt] if len(needed) == 1 else [request.prompt, request.negative]
        keys = sketch.transformer.text_keys(*sketch.text_encoder.encode(texts))
        text = keys.only([0 if each.prompt else 1 for each in needed])
        context = _context_of(sketch.transformer, found, needed)
        return Guidance(sketch.transformer, needed, text, context, request.guidance_interval)

    def velocity(self, inputs: Tensor, time: float) -> Tensor:
        """(1, 3c + 2, t, h, w) as the model takes it -> guided velocity (1, c, t, h, w)"""
        first, last = self.interval
        if len(self.branches) > 1 and not first <= time <= last:
            context = None if self.context is None else self.context.only([0])
            return self._velocities(inputs, time, self.text.only([0]), context)
        velocities = self._velocities(inputs, time, self.text, self.context)
        if len(self.branches) == 1:
            return velocities
        weights = torch.tensor([each.weight for each in self.branches], device=inputs.device, dtype=inputs.dtype)
        return (velocities * weights.view(-1, 1, 1, 1, 1)).sum(dim=0, keepdim=True)

    def _velocities(self, inputs: Tensor, time: float, text: TextKeys, context: ContextKeys | None) -> Tensor:
        count = text.summary.shape[0]
        times = torch.full((count,), time, device=inputs.device, dtype=inputs.dtype)
        result: Tensor = self.transformer(inputs.expand(count, -1, -1, -1, -1), times, text, context)
        return result


def _context_of(transformer: SketchTransformer, found: Conditions, needed: Sequence[Branch]) -> ContextKeys | None:
    """Context of every branch: stills in all of them, references where a branch has them."""
    stills = () if found.stills is None else (found.stills,)
    keys = transformer.context_keys(1, found.references, stills)
    if keys is None:
        return None
    keys = keys.only([0] * len(needed))
    if all(each.references for each in needed):
        return keys
    tokens = sum(each.latents[:, 0].numel() // PATCH**2 for each in stills)  # stills come first among a clip's context
    hidden = torch.tensor([not each.references for each in needed], device=keys.mask.device)
    late = torch.arange(keys.mask.shape[1], device=keys.mask.device) >= tokens
    return replace(keys, mask=keys.mask & ~(hidden[:, None] & late[None]))
