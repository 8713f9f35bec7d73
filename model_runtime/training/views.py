"""Encoded scenes: what a shard holds, and one of them as a view that a training step takes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from model_runtime.stage.scene import Person, Scene, Thing


def scene_to_json(scene: Scene) -> str:
    return json.dumps(asdict(scene), separators=(",", ":"))


def scene_from_json(text: str) -> Scene:
    fields = json.loads(text)
    people = tuple(Person(**person) for person in fields.pop("people"))
    things = tuple(Thing(**thing) for thing in fields.pop("things"))
    return Scene(people=people, things=things, **fields)


@dataclass(frozen=True)
class View:
    """One encoded scene; latents are raw, of any floating kind and on any device.

    Letters: c channels, t, h, w latents, s subjects.
    """

    scene: Scene
    latents: Tensor  # (c, t, h, w)
    figures: Tensor  # (t, h/2, w/2): the share of each token that figures cover
    sheets: Tensor | None  # (s, 2, c, 12, 8): reference pictures of each subject
    guide: Tensor | None  # (c, t, h, w): its line drawing or grey blocking
    stills: Tensor | None  # (2, c, h, w): drawings of a clip, each encoded as a still of its own
    still_frames: tuple[int, ...]  # their drawing numbers

    @property
    def frames(self) -> int:
        """Latents in time."""
        return self.latents.shape[1]


@dataclass(frozen=True)
class Views:
    """Encoded scenes of one size and length: row k of `latents` and `figures` is scene k.

    What only some have is a list of its own, in the order of `rows_of_*`: rows of scenes, for sheets one a subject.
    """

    scenes: list[str]  # JSON
    latents: Tensor  # (k, c, t, h, w)
    figures: Tensor  # (k, t, h/2, w/2)
    sheets: Tensor  # (p, 2, c, 12, 8)
    rows_of_sheets: list[int]
    guides: Tensor  # (g, c, t, h, w)
    rows_of_guides: list[int]
    stills: Tensor  # (k, 2, c, h, w), or (0, ...) of stills
    still_frames: list[tuple[int, ...]]

    def __len__(self) -> int:
        return len(self.scenes)

    @cached_property
    def _parsed(self) -> list[Scene]:
        return [scene_from_json(text) for text in self.scenes]

    @cached_property
    def _sheets_at(self) -> dict[int, list[int]]:
        places: dict[int, list[int]] = {}
        for place, row in enumerate(self.rows_of_sheets):
            places.setdefault(row, []).append(place)
        return places

    @cached_property
    def _guide_at(self) -> dict[int, int]:
        return {row: place for place, row in enumerate(self.rows_of_guides)}

    def view(self, row: int) -> View:
        sheets, guide = self._sheets_at.get(row), self._guide_at.get(row)
        return View(
            self._parsed[row],
            self.latents[row],
            self.figures[row],
            None if sheets is None else self.sheets[sheets[0] : sheets[-1] + 1],
            None if guide is None else self.guides[guide],
            self.stills[row] if len(self.stills) else None,
            self.still_frames[row] if self.still_frames else (),
        )

    def save(self, path: Path) -> None:
        """Whole or not at all."""
        torch.save({name: getattr(self, name) for name in self.__dataclass_fields__}, path.with_suffix(".tmp"))
        path.with_suffix(".tmp").replace(path)

    @staticmethod
    def load(path: Path) -> Views:
        """Tensors stay on disk until they are looked at."""
        fields: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True, mmap=True)
        return Views(**fields)


def joined(parts: Sequence[Views]) -> Views:
    """All of them as one, of one size and length."""
    before = [sum(len(part) for part in parts[:number]) for number in range(len(parts))]
    return Views(
        [scene for part in parts for scene in part.scenes],
        torch.cat([part.latents for part in parts]),
        torch.cat([part.figures for part in parts]),
        torch.cat([part.sheets for part in parts]),
        [first + row for first, part in zip(before, parts, strict=True) for row in part.rows_of_sheets],
        torch.cat([part.guides for part in parts]),
        [first + row for first, part in zip(before, parts, strict=True) for row in part.rows_of_guides],
        torch.cat([part.stills for part in parts]),
        [frames for part in parts for frames in part.still_frames],
    )
