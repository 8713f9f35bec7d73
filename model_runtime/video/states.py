"""What leaves the sampling loop: reports, states to go on from, finished latents, and their bytes without pickles."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from safetensors import SafetensorError
from safetensors.torch import load, save
from torch import Tensor

from model_runtime.video.shapes import drawn_frames

STATE_VERSION = 2


@dataclass(frozen=True)
class StepReport:
    """After step `step` of `steps`: where the latents would end if the flow went straight on, for previews."""

    step: int
    steps: int
    latents: Tensor  # (c, t, h, w)


@dataclass
class SamplingState:
    """Everything needed to go on bit-equal: latents after `step` steps, and the request they belong to."""

    step: int
    latents: Tensor  # (1, c, t, h, w)
    facts: dict[str, Any]
    first: np.ndarray | None = None
    """uint8 (h, w, 3): the still a loop begins and ends with, once it is drawn."""

    def to_bytes(self) -> bytes:
        """A safetensors file."""
        tensors = {"latents": self.latents.cpu().contiguous()}
        if self.first is not None:
            tensors["first"] = torch.from_numpy(self.first)
        facts = json.dumps({"version": STATE_VERSION, "step": self.step, "facts": self.facts})
        return bytes(save(tensors, metadata={"sampling": facts}))

    @staticmethod
    def from_bytes(data: bytes) -> SamplingState:
        """ValueError if the bytes are no whole, finite state."""
        try:
            tensors = load(data)
            latents, first = tensors["latents"], tensors.get("first")
            size = int.from_bytes(data[:8], "little")
            stored = json.loads(json.loads(data[8 : 8 + size])["__metadata__"]["sampling"])
            picture = None if first is None else first.numpy()
            state = SamplingState(int(stored["step"]), latents, dict(stored["facts"]), picture)
        except (SafetensorError, KeyError, TypeError, ValueError) as error:
            raise ValueError("the saved state is damaged and cannot be continued") from error
        if stored.get("version") != STATE_VERSION:
            raise ValueError("the saved state was written by another version of the program and cannot be continued")
        if not bool(torch.isfinite(latents).all()):
            raise ValueError("the saved state holds numbers that are not finite and cannot be continued")
        return state


@dataclass(frozen=True)
class Kept:
    """What is written back into decoded drawings, all at the decoder's size.

    pictures: uint8 (k, h, w, 3); numbers: (k,) the drawings they are, of which one may lie past the clip's end, where a
    loop meets its start; redrawn: bool (h, w) where the clip's own pixels stand instead, or None if nowhere.
    """

    pictures: np.ndarray
    numbers: np.ndarray
    redrawn: np.ndarray | None = None

    def by_number(self) -> dict[int, np.ndarray]:
        return {int(number): picture for number, picture in zip(self.numbers, self.pictures, strict=True)}

    def bordering(self, frames: int) -> dict[int, np.ndarray]:
        """Those of `frames` drawings, or past their end, that stand beside one that was drawn: its detail is theirs.

        Where a loop's end is one of them, so is the loop's first, which it meets.
        """
        known = self.by_number()
        drawn = set(range(frames)) - set(known)
        beside = {one for one in known if {one - 1, one + 1} & drawn}
        met = {0} if frames in beside else set()
        return {one: picture for one, picture in known.items() if one in beside | met}


@dataclass(frozen=True)
class Latents:
    """A finished drawing before decoding: normalised latents (c, t, h, w) and what is written back into it."""

    values: Tensor
    kept: Kept | None = None

    def to_bytes(self) -> bytes:
        """A safetensors file."""
        tensors = {"latents": self.values.cpu().contiguous()}
        if self.kept is not None:
            tensors["pictures"] = torch.from_numpy(self.kept.pictures)
            tensors["numbers"] = torch.from_numpy(self.kept.numbers)
            if self.kept.redrawn is not None:
                tensors["redrawn"] = torch.from_numpy(self.kept.redrawn.astype(np.uint8))
        return bytes(save(tensors))

    @staticmethod
    def from_bytes(data: bytes) -> Latents:
        """ValueError if the bytes are no latents."""
        try:
            tensors = load(data)
            values, kept = tensors["latents"], None
            if "pictures" in tensors:
                redrawn = tensors.get("redrawn")
                kept = Kept(
                    tensors["pictures"].numpy(),
                    tensors["numbers"].numpy(),
                    None if redrawn is None else redrawn.numpy().astype(bool),
                )
        except (SafetensorError, KeyError) as error:
            raise ValueError("the saved latents are damaged") from error
        found = Latents(values, kept)
        if not found.fits_together() or not found.is_finite():
            raise ValueError("the saved latents are damaged")
        return found

    def fits_together(self) -> bool:
        """Whether these are latents at all, and what is written back has a place in their drawings."""
        return (
            self.values.ndim == 4
            and self.values.numel() > 0
            and (self.kept is None or _belongs(self.kept, self.values))
        )

    def is_finite(self) -> bool:
        return bool(torch.isfinite(self.values).all())


def _belongs(kept: Kept, values: Tensor) -> bool:
    """Whether pictures of this size and number can be written into the drawings of these latents."""
    if kept.pictures.ndim != 4 or kept.numbers.shape != kept.pictures.shape[:1]:
        return False
    size = kept.pictures.shape[1:3]
    scale = size[0] // values.shape[2]
    return (
        size == (scale * values.shape[2], scale * values.shape[3])
        and bool((kept.numbers >= 0).all() and (kept.numbers <= drawn_frames(values.shape[1])).all())
        and (kept.redrawn is None or kept.redrawn.shape == size)
    )


@dataclass(frozen=True)
class Stopped:
    """Sampling ended before its last step because it was asked to."""

    state: SamplingState
