"""One training step's worth of views: chosen to fill rows of tokens, given their tasks, laid out as tensors.

Letters: b clips of one shape, c channels, t, h, w latents, p pictures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from model_runtime.training.shelf import Source
from model_runtime.training.tasks import Task, draw_task, loosened
from model_runtime.training.views import View
from model_runtime.video.autoencoder import SketchAutoencoder
from model_runtime.video.conditioning import Given, Guide, Stills
from model_runtime.video.layers import KeysValues
from model_runtime.video.packing import Rows, pack
from model_runtime.video.presets import PATCH

FIGURE_WEIGHT = 2.5  # of a token that a figure covers, beside 1 for one of background

Lesson = tuple[View, Task]


@dataclass(frozen=True)
class Group:
    """Clips of one shape (b, c, t, h, w), normalised, with their tasks."""

    latents: Tensor
    given: Given
    guide: Guide
    weights: Tensor  # (b, 1, t, h, w)


@dataclass(frozen=True)
class Pictures:
    """Reference pictures (p, c, h, w) with the slot of each and the clip that owns it."""

    latents: Tensor
    slots: list[int]
    owner: Tensor


@dataclass(frozen=True)
class Batch:
    """Clips in the order of `groups`; texts, owners and rows count them in that order."""

    groups: list[Group]
    texts: list[str]
    references: Pictures | None
    stills: list[Stills]
    rows: Rows


class Chooser:
    """Takes views with their tasks from a source until they fill a step of `tokens`.

    Packed, a step mixes lengths, which share rows; otherwise it holds one length, a row for each clip: the same
    clips come in another order, and a CPU, which gains nothing from long rows, is done in four fifths of the time.
    """

    def __init__(self, source: Source, tokens: int, *, packed: bool) -> None:
        self.source, self.tokens, self.packed = source, tokens, packed
        self._waiting: dict[int, list[Lesson]] = {}

    def lessons(self, rng: np.random.Generator, kind: str) -> list[Lesson]:
        return self._filling(rng, kind) if self.packed else self._alike(rng, kind)

    def _draw(self, rng: np.random.Generator, kind: str) -> Lesson:
        view = self.source.any(kind, rng)
        return view, draw_task(rng, view)

    def _filling(self, rng: np.random.Generator, kind: str) -> list[Lesson]:
        """Of any length; where no clip fits any more, stills fill up."""
        lessons: list[Lesson] = []
        left = self.tokens
        for each in dict.fromkeys((kind, "stills")):
            while (count := tokens_of(lesson := self._draw(rng, each))) <= left:
                left -= count
                lessons.append(lesson)
        return lessons

    def _alike(self, rng: np.random.Generator, kind: str) -> list[Lesson]:
        """Of the first length there are enough of; the others wait for a later step."""
        while True:
            lesson = self._draw(rng, kind)
            waiting = self._waiting.setdefault(lesson[1].latents, [])
            if sum(map(tokens_of, waiting)) + tokens_of(lesson) > self.tokens:
                self._waiting[lesson[1].latents] = [lesson]
                return waiting
            waiting.append(lesson)


def tokens_of(lesson: Lesson) -> int:
    view, task = lesson
    return task.latents * (view.latents.shape[2] // PATCH) * (view.latents.shape[3] // PATCH)


class OwnRows(Rows):
    """Clip k alone in row k: what is told of a clip need neither be gathered nor repeated for each of its tokens."""

    def spread(self, values: Tensor) -> Tensor:
        """(b, ...) -> (r, 1, ...)"""
        return values[:, None]

    def keys(self, layer: KeysValues) -> KeysValues:
        return layer


def rows_of(counts: Sequence[int], most: int, device: torch.device) -> Rows:
    """Clips of so many tokens each in rows of `most`."""
    rows = pack(counts, most, device)
    in_order = [place[0] for place in rows.places] == list(range(len(counts)))
    return OwnRows(rows.clip, rows.clips, rows.places) if in_order and rows.clips.shape[1] == 1 else rows


def compose(
    rng: np.random.Generator, lessons: Sequence[Lesson], autoencoder: SketchAutoencoder, most: int = 0
) -> Batch:
    """Tensors of the lessons, on the autoencoder's device, in rows of `most` tokens, or as many as the longest has."""
    device = autoencoder.latent_mean.device
    by_shape: dict[tuple[int, ...], list[Lesson]] = {}
    for lesson in sorted(lessons, key=lambda one: -tokens_of(one)):  # the order `pack` fills rows in
        by_shape.setdefault((lesson[1].latents, *lesson[0].latents.shape[2:]), []).append(lesson)
    ordered = [lesson for group in by_shape.values() for lesson in group]
    counts = [tokens_of(lesson) for lesson in ordered]
    groups = [_group(rng, group, autoencoder) for group in by_shape.values()]
    return Batch(
        groups,
        [task.text for _, task in ordered],
        _references(ordered, autoencoder),
        _stills(ordered, autoencoder),
        rows_of(counts, max(most, *counts), device),
    )


def _group(rng: np.random.Generator, lessons: Sequence[Lesson], autoencoder: SketchAutoencoder) -> Group:
    """Lessons of one shape."""
    device = autoencoder.latent_mean.device
    latents = autoencoder.normalise(
        torch.stack([view.latents[:, : task.latents] for view, task in lessons]).to(device, torch.float32)
    )
    mask = torch.stack([task.given for _, task in lessons]).to(device)
    figures = torch.stack([view.figures[: task.latents] for view, task in lessons]).to(device, torch.float32)
    return Group(latents, Given.where(latents, mask), _guide(rng, lessons, autoencoder, latents), _weights(figures))


def _guide(rng: np.random.Generator, lessons: Sequence[Lesson], autoencoder: SketchAutoencoder, like: Tensor) -> Guide:
    """Zero, with strength 0, where a task has none: what `model_input` makes of no guide at all."""
    guides, strengths = torch.zeros_like(like), torch.zeros(len(lessons), device=like.device)
    for number, (view, task) in enumerate(lessons):
        if task.guide is not None and view.guide is not None:
            raw = view.guide[None, :, : task.latents].to(like.device, torch.float32)
            guides[number] = loosened(rng, autoencoder.normalise(raw)[0], task.guide)
            strengths[number] = task.guide
    return Guide(guides, strengths)


def _weights(figures: Tensor) -> Tensor:
    """The share of each token that figures cover (b, t, h/2, w/2) -> weights of latents (b, 1, t, h, w)"""
    weights = 1 + (FIGURE_WEIGHT - 1) * figures[:, None].clamp(0, 1).sqrt()
    return weights.repeat_interleave(PATCH, dim=3).repeat_interleave(PATCH, dim=4)


def _pictures(latents: Sequence[Tensor], autoencoder: SketchAutoencoder) -> Tensor:
    """Raw latents of stills, (c, h, w) each -> normalised (p, c, h, w)"""
    raw = torch.stack(list(latents)).to(autoencoder.latent_mean.device, torch.float32)
    return autoencoder.normalise(raw[:, :, None])[:, :, 0]


def _references(lessons: Sequence[Lesson], autoencoder: SketchAutoencoder) -> Pictures | None:
    shown = [
        (view.sheets[each.subject, each.sheet], each.slot, owner)
        for owner, (view, task) in enumerate(lessons)
        if view.sheets is not None
        for each in task.references
    ]
    if not shown:
        return None
    latents = _pictures([picture for picture, _, _ in shown], autoencoder)
    owners = torch.tensor([owner for _, _, owner in shown], device=latents.device)
    return Pictures(latents, [slot for _, slot, _ in shown], owners)


def _stills(lessons: Sequence[Lesson], autoencoder: SketchAutoencoder) -> list[Stills]:
    """One group for each size."""
    by_size: dict[tuple[int, ...], list[tuple[Tensor, int, int]]] = {}
    for owner, (view, task) in enumerate(lessons):
        for place in task.stills:
            if view.stills is not None:
                still = (view.stills[place], view.still_frames[place], owner)
                by_size.setdefault(tuple(view.latents.shape[2:]), []).append(still)
    return [_still_group(group, autoencoder) for group in by_size.values()]


def _still_group(group: Sequence[tuple[Tensor, int, int]], autoencoder: SketchAutoencoder) -> Stills:
    latents = _pictures([picture for picture, _, _ in group], autoencoder)
    frames = torch.tensor([float(frame) for _, frame, _ in group], device=latents.device)
    return Stills(latents, frames, torch.tensor([owner for _, _, owner in group], device=latents.device))
