"""The shipped weights really draw: seed, prompt and every block matter, and the same recipe gives the same bits."""

from __future__ import annotations

import copy
from dataclasses import replace

import numpy as np
import pytest
import torch

from model_runtime.video.pipeline import Latents, Sketch, SketchRequest, decode, sample
from model_runtime.video.weights import PARTS, TENSORS
from tests.video.conftest import SHIPPED

pytestmark = pytest.mark.weights

NIGHT = "wide shot, static. pier, night, clear. nobody."
DAY = "wide shot, static. beach, day, clear. nobody."
REQUEST = SketchRequest(NIGHT, seed=3, frames=1, steps=8)


def frames(sketch: Sketch, request: SketchRequest) -> np.ndarray:
    latents = sample(sketch, request, on_step=lambda report: None, should_stop=lambda: False)
    assert isinstance(latents, Latents)
    return decode(sketch, latents)


def difference(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.abs(a.astype(int) - b).mean())


def test_same_recipe_gives_the_same_bits(shipped: Sketch) -> None:
    request = replace(REQUEST, frames=9, steps=2)
    assert np.array_equal(frames(shipped, request), frames(shipped, request))


def test_another_seed_changes_the_frames(shipped: Sketch) -> None:
    assert difference(frames(shipped, REQUEST), frames(shipped, replace(REQUEST, seed=4))) > 0.5


def test_another_prompt_changes_the_frames_and_day_is_brighter_than_night(shipped: Sketch) -> None:
    night, day = frames(shipped, REQUEST), frames(shipped, replace(REQUEST, prompt=DAY))
    assert difference(night, day) > 10
    assert day.mean() > night.mean() + 30


@pytest.mark.parametrize("block", [0, 3, 7])
def test_one_shuffled_block_changes_the_frames(shipped: Sketch, block: int) -> None:
    transformer = copy.deepcopy(shipped.transformer)
    generator = torch.Generator().manual_seed(1)
    for parameter in transformer.blocks[block].parameters():
        order = torch.randperm(parameter.numel(), generator=generator)
        parameter.data = parameter.data.flatten()[order].view_as(parameter)
    shuffled = replace(shipped, transformer=transformer)
    assert difference(frames(shipped, REQUEST), frames(shuffled, REQUEST)) > 2


def test_frames_are_pictures_not_noise(shipped: Sketch) -> None:
    picture = frames(shipped, REQUEST)[0].astype(float)
    across = np.abs(np.diff(picture, axis=1)).mean()
    assert picture.std() > 10 and across < picture.std() / 2


def test_weights_are_within_their_limits(shipped: Sketch) -> None:
    parts = (shipped.autoencoder, shipped.text_encoder, shipped.transformer)
    assert sum(each.numel() for part in parts for each in part.parameters()) <= 14_000_000
    assert sum((SHIPPED / part / TENSORS).stat().st_size for part in PARTS) <= 30_000_000
