"""Guidance on text and on references apart, against the branches drawn one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import Tensor

from model_runtime.video.given import Conditions, conditions
from model_runtime.video.guidance import Guidance, branches
from model_runtime.video.networks import Sketch
from model_runtime.video.request import Guide, Reference, SketchRequest, check_request

PICTURES = np.random.default_rng(3).integers(0, 256, (9, 64, 96, 3), dtype=np.uint8)
REQUEST = SketchRequest(
    "woman <s1> in a red coat, pier.",
    seed=1,
    frames=9,
    negative="rain.",
    guidance=3.0,
    reference_guidance=1.7,
    given={0: PICTURES[0], 8: PICTURES[8]},
    guide=Guide(PICTURES, 0.5),
    references=(Reference(PICTURES[1], 1), Reference(PICTURES[2], 4)),
)


@pytest.fixture(autouse=True)
def no_gradients() -> Iterator[None]:
    with torch.inference_mode():
        yield


def noise() -> Tensor:
    return torch.randn(1, 32, 2, 4, 6, generator=torch.Generator().manual_seed(2))


def conditions_of(sketch: Sketch, request: SketchRequest) -> Conditions:
    return conditions(sketch, request, check_request(request, sketch.preset), noise())


def guided(sketch: Sketch, request: SketchRequest, time: float = 0.6) -> Tensor:
    found = conditions_of(sketch, request)
    return Guidance.of(sketch, request, found).velocity(found.model_input(noise()), time)


def alone(sketch: Sketch, text: str, *, references: bool, time: float = 0.6) -> Tensor:
    """One branch by itself, as a separate call of the transformer."""
    found = conditions_of(sketch, REQUEST)
    keys = sketch.transformer.text_keys(*sketch.text_encoder.encode([text]))
    assert found.stills is not None
    context = sketch.transformer.context_keys(1, found.references if references else None, [found.stills])
    result: Tensor = sketch.transformer(found.model_input(noise()), torch.tensor([time]), keys, context)
    return result


def test_guided_velocity_is_the_three_branches_weighed(tiny: Sketch) -> None:
    nothing = alone(tiny, REQUEST.negative, references=False)
    shown = alone(tiny, REQUEST.negative, references=True)
    everything = alone(tiny, REQUEST.prompt, references=True)
    expected = nothing + 1.7 * (shown - nothing) + 3.0 * (everything - shown)
    assert torch.allclose(guided(tiny, REQUEST), expected, atol=1e-4)
    for one, other in ((nothing, shown), (shown, everything)):
        assert (one - other).abs().max() > 1e-3


def test_without_guidance_on_references_two_branches_are_enough(tiny: Sketch) -> None:
    shown, everything = (alone(tiny, text, references=True) for text in (REQUEST.negative, REQUEST.prompt))
    result = guided(tiny, replace(REQUEST, reference_guidance=1.0))
    assert torch.allclose(result, shown + 3.0 * (everything - shown), atol=1e-4)


def test_no_guidance_is_one_branch_bit_for_bit(tiny: Sketch) -> None:
    result = guided(tiny, replace(REQUEST, guidance=1.0, reference_guidance=1.0))
    assert torch.equal(result, alone(tiny, REQUEST.prompt, references=True))


@pytest.mark.parametrize("time", [0.1, 0.9])
def test_outside_its_interval_guidance_does_not_act(tiny: Sketch, time: float) -> None:
    within = replace(REQUEST, guidance_interval=(0.2, 0.8))
    everything = alone(tiny, REQUEST.prompt, references=True, time=time)
    assert torch.allclose(guided(tiny, within, time), everything, atol=1e-5)
    assert torch.allclose(guided(tiny, within, 0.5), guided(tiny, REQUEST, 0.5), atol=1e-6)


@pytest.mark.parametrize(
    ("guidance", "apart", "references", "weights"),
    [
        (1.0, 1.0, True, [1.0]),
        (2.5, 1.0, True, [2.5, -1.5]),
        (2.5, 2.5, True, [2.5, -1.5]),
        (2.5, 2.0, True, [2.5, -0.5, -1.0]),
        (1.0, 2.0, True, [1.0, 1.0, -1.0]),
        (2.5, 7.0, False, [2.5, -1.5]),
        (1.0, 7.0, False, [1.0]),
        (0.0, 1.0, False, [0.0, 1.0]),
    ],
)
def test_branches_that_weigh_nothing_are_not_drawn(
    guidance: float, apart: float, references: bool, weights: list[float]
) -> None:
    needed = branches(guidance, apart, references=references)
    assert [each.weight for each in needed] == pytest.approx(weights)
    assert needed[0].prompt and needed[0].references and sum(weights) == pytest.approx(1.0)
