"""What a training clip is drawn from, by lot: its length, its text, what is given of it, its guide and references.

The shares stand here and nowhere else. What is given has the forms the pipeline gives: whole latents from the head
of a clip, single drawings as stills, cells outside a region.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import torch
from torch import Tensor

from model_runtime.stage.caption import Mark, caption
from model_runtime.training.scenes import GUIDED_SHARE, PAST_END_SHARE, PAST_ENDS, REFERENCED_SHARE
from model_runtime.training.views import View
from model_runtime.video.presets import MOST_REFERENCES
from model_runtime.video.shapes import drawn_frames, latent_frames
from model_runtime.video.text import MARKS

LENGTHS = {2: 0.12, 3: 0.13}  # latents a clip is cut to; otherwise it is whole
DROP_TEXT = 0.10

NOTHING, FIRST, FIRST_AND_LAST, LAST, HEAD, SOME, REGION, PAST_END = (
    "nothing",
    "first",
    "first and last",
    "last",
    "head",
    "some",
    "region",
    "past the end",
)
GIVEN = {
    NOTHING: 0.38,
    FIRST: 0.20,
    FIRST_AND_LAST: 0.13,
    LAST: 0.06,
    HEAD: 0.07,
    SOME: 0.05,
    REGION: 0.04,
    PAST_END: 0.07,
}
GIVEN_STILL = {NOTHING: 0.96, REGION: 0.04}
HEAD_LATENTS = 2  # a run of nine drawings
BRIDGE = 0.33  # of heads meet a last drawing too
BETWEEN = 0.3  # of clips with a given last drawing have one before it given too

GUIDED = 0.12
WEAKEST_GUIDE = 0.3
GUIDE_SHIFT = 2.0  # latent cells a guide may stand aside as its strength nears 0

REFERENCED = 0.45  # of clips with subjects
SUBJECT_REFERENCED = 0.75
BOTH_SHEETS = 0.5
MARK_ALONE = 0.5
DROP_REFERENCES = 0.12  # of those with references: all their pictures, the text stays

_Lot = TypeVar("_Lot", str, int)


@dataclass(frozen=True)
class Shown:
    """One reference picture: which sheet of which subject, in which slot (1 to 8)."""

    subject: int
    sheet: int
    slot: int


@dataclass(frozen=True)
class Task:
    """How one view is trained on. `stills` are places in the view's own `stills`, `guide` a strength or None."""

    latents: int
    text: str
    given: Tensor  # (1, t, h, w), 1 where clean latents are given
    stills: tuple[int, ...] = ()
    guide: float | None = None
    references: tuple[Shown, ...] = ()


def draw_task(rng: np.random.Generator, view: View) -> Task:
    marks, references = _references(rng, view)
    kind = _given_kind(rng, view)
    latents = _length(rng, view, kind)
    text = "" if rng.random() < DROP_TEXT else caption(view.scene, marks)
    given, stills = _given(rng, view, kind, latents)
    return Task(latents, text, given, stills, _guide(rng, view), references)


# --- what is given ---------------------------------------------------------------------------------------------


def _given_kind(rng: np.random.Generator, view: View) -> str:
    if view.frames == 1:
        return _by_lot(rng, GIVEN_STILL)
    # only some clips have a drawing past their end, so that those are asked more often
    past_end = GIVEN[PAST_END] / PAST_END_SHARE if _past_end(view) else 0.0
    return _by_lot(rng, {**GIVEN, PAST_END: past_end})


def _past_end(view: View) -> int | None:
    """The number of the drawing one past the end, of a clip cut to so many drawings."""
    ends = [frame for frame in view.still_frames if frame in PAST_ENDS]
    return ends[0] if ends else None


def _length(rng: np.random.Generator, view: View, kind: str) -> int:
    """Latents to keep, with which the given drawings exist."""
    if view.frames == 1:
        return 1
    if kind == PAST_END and (end := _past_end(view)) is not None:
        return latent_frames(end)
    kept = int(_by_lot(rng, {**LENGTHS, view.frames: 1.0 - sum(LENGTHS.values())}))
    needs_last = kind in (FIRST_AND_LAST, LAST) and drawn_frames(kept) - 1 not in view.still_frames
    return view.frames if needs_last or (kind == HEAD and kept <= HEAD_LATENTS) else kept


def _given(rng: np.random.Generator, view: View, kind: str, latents: int) -> tuple[Tensor, tuple[int, ...]]:
    """(mask of the given latents (1, t, h, w), which stills)"""
    mask = torch.zeros(1, latents, *view.latents.shape[2:])
    stills: tuple[int, ...] = ()
    if kind in (FIRST, FIRST_AND_LAST, PAST_END):
        mask[:, 0] = 1
    elif kind == HEAD:
        mask[:, :HEAD_LATENTS] = 1
    elif kind == SOME:
        mask[:, _some(rng, latents)] = 1
    elif kind == REGION:
        mask[:] = 1 - _box(rng, mask.shape[2], mask.shape[3])
    if kind in (FIRST_AND_LAST, LAST) or (kind == HEAD and rng.random() < BRIDGE):
        stills = _last_stills(rng, view, latents)
    elif kind == PAST_END:
        stills = tuple(place for place, frame in enumerate(view.still_frames) if frame == _past_end(view))
    return mask, stills


def _some(rng: np.random.Generator, latents: int) -> list[int]:
    """At least one latent and not all."""
    count = int(rng.integers(1, latents))
    return [int(place) for place in rng.permutation(latents)[:count]]


def _box(rng: np.random.Generator, height: int, width: int) -> Tensor:
    """(h, w), 1 in a box of at least a quarter of each side."""
    inside = torch.zeros(height, width)
    rows, columns = (int(rng.integers(max(1, side // 4), side + 1)) for side in (height, width))
    top, left = int(rng.integers(height - rows + 1)), int(rng.integers(width - columns + 1))
    inside[top : top + rows, left : left + columns] = 1
    return inside


def _last_stills(rng: np.random.Generator, view: View, latents: int) -> tuple[int, ...]:
    """The last drawing where there is a still of it, sometimes with one before it."""
    last = drawn_frames(latents) - 1
    between = rng.random() < BETWEEN
    return tuple(place for place, frame in enumerate(view.still_frames) if frame == last or (between and frame < last))


# --- guide -----------------------------------------------------------------------------------------------------


def _guide(rng: np.random.Generator, view: View) -> float | None:
    if view.guide is None or rng.random() >= GUIDED / GUIDED_SHARE:
        return None
    return float(rng.uniform(WEAKEST_GUIDE, 1.0))


def loosened(rng: np.random.Generator, guide: Tensor, strength: float) -> Tensor:
    """A guide (c, t, h, w) as it is followed with `strength`: the weaker, the more of it lacks or stands aside.

    Places (2 x 2 cells, over all time) are dropped with probability 1 - strength, and the whole is shifted by up to
    (1 - strength) * GUIDE_SHIFT cells, so that a weak guide tells roughly where things are and no more.
    """
    height, width = guide.shape[2:]
    reach = GUIDE_SHIFT * (1.0 - strength)
    shift = [round(float(rng.uniform(-reach, reach))) for _ in range(2)]
    kept = torch.from_numpy(rng.random(((height + 1) // 2, (width + 1) // 2)) < strength)
    cells = kept.repeat_interleave(2, 0).repeat_interleave(2, 1)[:height, :width]
    return torch.roll(guide, shift, dims=(2, 3)) * cells.to(guide)


# --- references ------------------------------------------------------------------------------------------------


def _references(rng: np.random.Generator, view: View) -> tuple[Mapping[int, Mark], tuple[Shown, ...]]:
    """How the text names the subjects, and the pictures that are shown of them."""
    if view.sheets is None or rng.random() >= REFERENCED / REFERENCED_SHARE:
        return {}, ()
    chosen = [subject for subject in range(len(view.sheets)) if rng.random() < SUBJECT_REFERENCED]
    slots = [int(slot) + 1 for slot in rng.permutation(MOST_REFERENCES)[: len(chosen)]]
    marks = {
        subject: Mark(MARKS[slot - 1], alone=bool(rng.random() < MARK_ALONE))
        for subject, slot in zip(chosen, slots, strict=True)
    }
    shown = [
        Shown(subject, sheet, slot)
        for subject, slot in zip(chosen, slots, strict=True)
        for sheet in _sheets(rng, view.sheets.shape[1])
    ]
    return marks, () if rng.random() < DROP_REFERENCES else tuple(shown)


def _sheets(rng: np.random.Generator, count: int) -> Sequence[int]:
    return range(count) if rng.random() < BOTH_SHEETS else (int(rng.integers(count)),)


def _by_lot(rng: np.random.Generator, shares: Mapping[_Lot, float]) -> _Lot:
    names = list(shares)
    bounds = np.cumsum([shares[name] for name in names])
    return names[int(np.searchsorted(bounds, rng.random() * bounds[-1], side="right"))]
